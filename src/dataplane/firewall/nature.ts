/** A rule's type: when it is looked at, and how far its action reaches (semantics 10.35). */
import { applications } from '../../net/application.ts';
import type { Option, Rule } from '../../suricata/index.ts';
import type { Moment } from './moment.ts';

export interface Nature {
  readonly kind:
    'ip-only' | 'like-ip-only' | 'detection' | 'application' | 'request' | 'transaction' | 'content' | 'packet';
  /** Of the action: the whole flow, or the packet that it matches. */
  readonly reach: 'flow' | 'packet';
}

export const isApplication = (protocol: string): boolean => Object.hasOwn(applications, protocol);

/** `negates`: some address of its is negated, as every $EXTERNAL_NET is. */
export function natureOf({ protocol, options }: Rule, negates: boolean): Nature {
  const asking = options.filter(asks);
  const rest = asking.filter(({ kind }) => kind !== 'app-layer-protocol');
  const directed = rest.every((option) => option.kind === 'flow' && option.state === undefined && !option.other.length);
  if (asking.some(looksAtRequest)) return { kind: 'request', reach: 'flow' };
  if (asking.some(looksAtTransaction)) return { kind: 'transaction', reach: 'flow' };
  if (asking.some(({ kind }) => kind === 'payload')) return { kind: 'content', reach: 'flow' };
  if (rest.length < asking.length) return directed ? { kind: 'detection', reach: 'flow' } : packet;
  if (isApplication(protocol)) return directed ? { kind: 'application', reach: 'flow' } : packet;
  if (rest.length > 0) return packet;
  return { kind: negates ? 'like-ip-only' : 'ip-only', reach: 'flow' };
}

const packet: Nature = { kind: 'packet', reach: 'packet' };

/**
 * Whether the option makes a rule of another type; of flowbits, to set them alone does not (semantics 10.35), and
 * `ip_proto` narrows the header (10.81).
 */
function asks(option: Option): boolean {
  switch (option.kind) {
    case 'priority':
    case 'noalert':
    case 'meta':
    case 'ip_proto':
      return false;
    case 'flowbits':
      return option.command !== 'set';
    case 'flow':
    case 'buffer':
    case 'payload':
    case 'app-layer-protocol':
    case 'itype':
    case 'icode':
    case 'tcp.flags':
    case 'ssl_state':
    case 'some-header':
    case 'unknown':
      return true;
  }
}

const looksAtRequest = (option: Option): boolean =>
  option.kind === 'buffer' ||
  option.kind === 'some-header' ||
  (option.kind === 'ssl_state' && option.state === 'client_hello' && !option.negated);

/** At what the client or the server sends: nobody told which (semantics 10.78). */
const looksAtTransaction = (option: Option): boolean =>
  option.kind === 'ssl_state' || (option.kind === 'payload' && option.buffer !== undefined);

export function isLookedAt({ kind }: Nature, moment: Moment): boolean {
  switch (kind) {
    case 'ip-only':
      return moment.first;
    case 'like-ip-only':
    case 'packet':
      return true;
    case 'detection':
    case 'application':
    case 'transaction':
      return moment.app;
    case 'request':
      return moment.request;
    case 'content':
      return moment.data;
  }
}
