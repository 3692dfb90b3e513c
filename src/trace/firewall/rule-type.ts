/** Suricata's types of rules: when one is looked at, and how far its action reaches (semantics 10.35). */
import type { Option, Rule } from '../../suricata/index.ts';
import type { Moment } from './conversation.ts';

export type RuleType =
  /** Addresses and ports alone. */
  | 'ip-only'
  /** The same with some address negated. */
  | 'like-ip-only'
  /** `app-layer-protocol`, at most with a direction. */
  | 'detection'
  /** An application protocol in the header, at most with a direction. */
  | 'application'
  /** Buffers of a client's request. */
  | 'request'
  /** Buffers that are not modelled, of request or response. */
  | 'transaction'
  /** The payload itself. */
  | 'payload'
  | 'packet';

const layers3And4 = new Set(['ip', 'ipv4', 'ipv6', 'tcp', 'tcp-pkt', 'tcp-stream', 'udp', 'icmp', 'icmpv4', 'icmpv6']);

/** The header asks for an application protocol. */
export const isApplication = ({ protocol }: Rule): boolean => !layers3And4.has(protocol);

/** `negated`: some address of the header is. */
export function typeOf(rule: Rule, negated: boolean): RuleType {
  const options = rule.options.filter((option) => !isNeutral(option));
  if (options.some(isOfRequest)) return 'request';
  if (options.some(isOfTransaction)) return 'transaction';
  if (options.some(({ kind }) => kind === 'payload')) return 'payload';
  const plain = options.every((option) => option.kind === 'app-layer-protocol' || isDirection(option));
  if (plain && isApplication(rule)) return 'application';
  if (plain && options.some(({ kind }) => kind === 'app-layer-protocol')) return 'detection';
  if (options.length > 0 || isApplication(rule)) return 'packet';
  return negated ? 'like-ip-only' : 'ip-only';
}

/** What leaves a rule of the type that it is of without: `ip_proto` narrows the header (semantics 10.81). */
function isNeutral(option: Option): boolean {
  if (option.kind === 'flowbits') return option.command === 'set';
  return neutral.has(option.kind);
}

const neutral = new Set<Option['kind']>(['priority', 'noalert', 'meta', 'ip_proto']);

function isOfRequest(option: Option): boolean {
  if (option.kind === 'ssl_state') return option.state === 'client_hello' && !option.negated;
  return option.kind === 'buffer' || option.kind === 'some-header';
}

/** Later messages of a handshake are the server's, too. */
const isOfTransaction = (option: Option): boolean =>
  option.kind === 'ssl_state' || (option.kind === 'payload' && option.buffer !== undefined);

const isDirection = (option: Option): boolean =>
  option.kind === 'flow' && option.state === undefined && option.other.length === 0;

/** Whether the engine asks the rule about the packet at all. */
export function isLookedAt(type: RuleType, moment: Moment): boolean {
  switch (type) {
    case 'ip-only':
      return moment.first;
    case 'like-ip-only':
    case 'packet':
      return true;
    case 'detection':
    case 'application':
    case 'transaction':
    case 'payload':
      return moment.detected;
    case 'request':
      return moment.request;
  }
}

/** Whether its action is the whole flow's, both ways, or that packet's alone. */
export const reachesFlow = (type: RuleType): boolean => type !== 'packet';
