/** Whether one option of a rule holds for a packet (semantics 10.77 to 10.82). */
import type { Payload } from '../../net/payload.ts';
import { isIcmp, protocols } from '../../net/protocol.ts';
import type { Buffer, Option, RuleAction } from '../../suricata/index.ts';
import { holdsAll } from './content.ts';
import type { Moment } from './conversation.ts';
import { type Truth, not, some, truthOf } from './truth.ts';

/** A packet as the engine sees it, with what it remembers of the flow. */
export interface Sight {
  readonly moment: Moment;
  readonly payload: Payload;
  readonly established: Truth;
  readonly notEstablished: Truth;
  /** TLS inspection took the flow apart: what is not asked of TLS itself is not known (semantics 10.68). */
  readonly decrypted: boolean;
  /** The IPv6 blocks of the firewall's VPC are in HOME_NET, where nobody gives it any (semantics 10.42). */
  readonly homeHoldsIpv6: boolean;
  /** Whether a flowbit is set. */
  readonly bit: (name: string) => Truth;
}

/** `action`: of the rule whose option it is. */
export function optionHolds(option: Option, action: RuleAction, sight: Sight): Truth {
  const { packet } = sight.moment;
  switch (option.kind) {
    case 'flow':
      return flowHolds(option, sight);
    case 'flowbits':
      return bitsHold(option, sight);
    case 'buffer':
      return bufferHolds(option, sight);
    case 'payload':
    case 'unknown':
      return 'unknown';
    case 'app-layer-protocol':
      return detectionHolds(option, sight);
    case 'ip_proto':
      return truthOf((packet.protocol === option.protocol) !== option.negated);
    case 'itype':
      return truthOf(isIcmp(packet.protocol) && within(option, packet.icmpType));
    case 'icode':
      return truthOf(isIcmp(packet.protocol) && within(option, packet.icmpCode));
    case 'tcp.flags':
      return packet.protocol === protocols.tcp ? flagsSeen(option, sight.moment, action === 'pass') : 'no';
    case 'ssl_state':
      return sslStateHolds(option, sight);
    case 'some-header':
      if (sight.decrypted) return 'unknown';
      return truthOf(sight.moment.request && sight.payload.app === 'http' && sight.payload.bare === undefined);
    case 'priority':
    case 'noalert':
    case 'meta':
      return 'yes';
  }
}

type Kind<K extends Option['kind']> = Extract<Option, { kind: K }>;

const within = ({ from, to }: { from: number; to: number }, value: number): boolean => value >= from && value <= to;

function flowHolds({ direction, state, other }: Kind<'flow'>, sight: Sight): Truth {
  if (direction !== undefined && direction !== sight.moment.direction) return 'no';
  const held = state === 'established' ? sight.established : state === 'not_established' ? sight.notEstablished : 'yes';
  return held !== 'no' && other.length > 0 ? 'unknown' : held;
}

/** Several names are alternatives; those that write the flow's bits hold for any packet. */
function bitsHold({ command, names }: Kind<'flowbits'>, { bit }: Sight): Truth {
  switch (command) {
    case 'isset':
      return some(names.map((name) => bit(name)));
    case 'isnotset':
      return some(names.map((name) => not(bit(name))));
    case 'set':
    case 'unset':
    case 'toggle':
      return 'yes';
  }
}

/** What not all flags agree on that the packet may go under is not known: the sender decides. */
function flagsSeen(option: Kind<'tcp.flags'>, { bears, chosen, flags, detected }: Moment, passing: boolean): Truth {
  const holds = (one: number): boolean => flagsHold(option, one & ~option.ignored);
  if (bears === undefined) return truthOf(holds(flags));
  // A handshake that is passed as ordinary ends make it is passed.
  if (passing && !detected && chosen !== true && bears.ordinary.every(holds)) return 'yes';
  return bears.possible.every(holds) ? 'yes' : bears.possible.some(holds) ? 'unknown' : 'no';
}

function flagsHold({ match, flags: wanted }: Kind<'tcp.flags'>, flags: number): boolean {
  switch (match) {
    case 'exact':
      return flags === wanted;
    case 'all':
      return (flags & wanted) === wanted;
    case 'any':
      return (flags & wanted) !== 0;
    case 'none':
      return (flags & wanted) === 0;
  }
}

/** Whether the flow was found to be of the protocol, by the name that a rule's header has for it (semantics 10.72). */
export function isApp(name: string, { moment, payload, decrypted }: Sight): Truth {
  if (!moment.detected) return 'no';
  if (payload.app === name) return 'yes';
  return decrypted && name !== 'tls' ? 'unknown' : 'no';
}

/** A negation holds once detection is done, also when it has failed (semantics 10.81). */
function detectionHolds({ negated, protocol, mode }: Kind<'app-layer-protocol'>, sight: Sight): Truth {
  if (protocol === 'failed' || protocol === 'unknown' || mode !== undefined) return 'unknown';
  if (!sight.moment.detected) return 'no';
  const found = isApp(protocol, sight);
  return negated ? not(found) : found;
}

function sslStateHolds({ negated, state }: Kind<'ssl_state'>, { moment, payload }: Sight): Truth {
  if (payload.app !== 'tls' || !moment.detected) return 'no';
  if (state !== 'client_hello' || !moment.request) return 'unknown';
  return truthOf(!negated);
}

/** A buffer that the message does not have holds nothing, and not even a negation is asked of it. */
function bufferHolds({ buffer, dotprefix, matches }: Kind<'buffer'>, sight: Sight): Truth {
  if (!sight.moment.request) return 'no';
  if (sight.decrypted && buffer !== 'tls.sni') return 'unknown';
  if (sight.payload.app !== appOf[buffer]) return 'no';
  const text = textOf(buffer, sight.payload);
  // Every request has a method and a target, told or not.
  if (text === undefined) return buffer === 'http.method' || buffer === 'http.uri' ? 'unknown' : 'no';
  return holdsAll(dotprefix ? `.${text}` : text, matches);
}

const appOf: Readonly<Record<Buffer, string>> = {
  'tls.sni': 'tls',
  'http.host': 'http',
  'http.method': 'http',
  'http.uri': 'http',
  'dns.query': 'dns',
};

function textOf(buffer: Buffer, payload: Payload): string | undefined {
  switch (buffer) {
    case 'tls.sni':
      return payload.sni;
    case 'http.host':
      return payload.httpHost;
    case 'http.method':
      return payload.httpMethod;
    case 'http.uri':
      return payload.httpUri;
    case 'dns.query':
      return payload.dnsName;
  }
}
