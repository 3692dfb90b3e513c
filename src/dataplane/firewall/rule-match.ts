/** What a rule matches at a moment, asked of the flow's first packet (semantics 10F). */
import { type Intervals, single, subtract, interval, unionAll } from '../../net/interval.ts';
import { protocols } from '../../net/protocol.ts';
import type { Option } from '../../suricata/index.ts';
import { fact } from '../plane.ts';
import { type Predicate, and, not } from '../predicate.ts';
import type { Box } from './box.ts';
import type { RuleEntry } from './entry.ts';
import type { Inspection } from './inspection.ts';
import { type Matching, always, both, never, ofAnswer, perhaps, unsure, where, within } from './matching.ts';
import { ordinarilyAt, testedAt } from './flags.ts';
import type { Moment } from './moment.ts';
import { isApplication, isLookedAt } from './nature.ts';
import { askedOf } from './payload-match.ts';
import type { PayloadSpace } from './payload-space.ts';
import { type Meant, type Scope, addressesMeant, portsMeant } from './scope.ts';

/** What the matching of rules rests on beside the rules. */
export interface Judging {
  readonly payloads: PayloadSpace;
  readonly inspection: Inspection;
  /** TCP, or everything else. */
  readonly tcp: boolean;
  /** The engine has seen an answer, without which a flow of another protocol is never established (semantics 10.77). */
  readonly answered: Predicate;
  /** Whether some of these flowbits is set when the rule is looked at. */
  readonly bits: (names: readonly string[], reader: RuleEntry, at: Moment) => Matching;
  readonly found: Map<RuleEntry, Map<string, Matching>>;
}

/** Where the rule matches the packet of that moment; nowhere where it is not looked at. */
export function matchingAt(judging: Judging, entry: RuleEntry, moment: Moment): Matching {
  if (!isLookedAt(entry.nature, moment)) return never;
  const now = entry.rule.options.map((option) => atMoment(judging, entry, option, moment));
  if (now.includes(never)) return never;
  // The same object wherever nothing depends on the moment: a rule that did not match once is left out later.
  return now.reduce(both, standing(judging, entry, moment));
}

/** What does not depend on the moment, but for the packet's direction. */
function standing(judging: Judging, entry: RuleEntry, { toServer, app }: Moment): Matching {
  let found = judging.found.get(entry);
  if (found === undefined) judging.found.set(entry, (found = new Map()));
  const { asks, of } = askedOf(judging.payloads, entry.rule);
  // An application is asked for before any is known.
  if (asks && !app) return never;
  const key = toServer ? 'to server' : 'to client';
  let matching = found.get(key);
  if (matching === undefined) {
    const header = headerOf(entry, judging.tcp);
    const oriented = toServer ? header : ofAnswer(header, entry.scope.family);
    found.set(key, (matching = both(oriented, judging.inspection.hides(of, judging.tcp))));
  }
  return matching;
}

const icmp = unionAll([single(BigInt(protocols.icmp)), single(BigInt(protocols.icmpv6))]);
const withPorts = unionAll([single(BigInt(protocols.tcp)), single(BigInt(protocols.udp))]);
const tcpAlone = single(BigInt(protocols.tcp));
const everyProtocol = interval(0n, 255n);
const butTcp = subtract(everyProtocol, tcpAlone);

/** What it asks of the packet's own header. */
export function headerOf(entry: RuleEntry, tcp: boolean): Matching {
  const { rule } = entry;
  let protocol: Matching = byProtocol(entry);
  for (const option of rule.options) protocol = both(protocol, ofPacket(option));
  const ends = rule.direction === '->' ? oneWay(entry, false) : [...oneWay(entry, false), ...oneWay(entry, true)];
  const header = both(protocol, rule.direction === '=>' ? unsure(ends) : ends);
  return header.flatMap((one) => {
    const box = among(one.box, tcp);
    return box === undefined ? [] : [{ ...one, box }];
  });
}

/** The box among TCP's packets, which are whole, or among all others. */
export function among({ protocol = everyProtocol, ...box }: Box, tcp: boolean): Box | undefined {
  const is = protocol.some(({ lo, hi }) => lo <= 6n && 6n <= hi);
  if (tcp) {
    const { fragment: _, ...rest } = box;
    return is ? rest : undefined;
  }
  const others = subtract(protocol, tcpAlone);
  if (others.length === 0) return undefined;
  return subtract(butTcp, others).length === 0 ? box : { ...box, protocol: others };
}

function byProtocol({ rule: { protocol }, scope }: RuleEntry): Matching {
  switch (protocol) {
    case 'tcp':
    case 'tcp-pkt':
    case 'tcp-stream':
      return within({ protocol: tcpAlone });
    case 'udp':
      return within({ protocol: single(BigInt(protocols.udp)) });
    case 'icmp':
      return within({ protocol: icmp });
    case 'icmpv4':
      return within({ protocol: single(BigInt(protocols.icmp)) });
    case 'icmpv6':
      return within({ protocol: single(BigInt(protocols.icmpv6)) });
    case 'ipv4':
    case 'ip4':
      return scope.family === 'ipv4' ? always : never;
    case 'ipv6':
    case 'ip6':
      return scope.family === 'ipv6' ? always : never;
    case 'ip':
    case 'pkthdr':
      return always;
    default:
      return isApplication(protocol) ? always : perhaps;
  }
}

/** Addresses and ports in the order in which the rule has them, or swapped. */
function oneWay({ rule, scope }: RuleEntry, swapped: boolean): Matching {
  const [from, to] = swapped ? (['dst', 'src'] as const) : (['src', 'dst'] as const);
  const [fromPort, toPort] = swapped ? (['dstPort', 'srcPort'] as const) : (['srcPort', 'dstPort'] as const);
  return [
    lies(scope, from, addressesMeant(scope, rule.source)),
    lies(scope, to, addressesMeant(scope, rule.destination)),
    liesPort(scope, fromPort, portsMeant(scope, rule.sourcePort)),
    liesPort(scope, toPort, portsMeant(scope, rule.destinationPort)),
  ].reduce(both);
}

type Field = 'src' | 'dst' | 'srcPort' | 'dstPort';

/** What hangs on whether the VPC's IPv6 blocks are in HOME_NET is as AWS does it everywhere (semantics 10.42). */
function lies({ plane }: Scope, field: Field, { sure, possible, byHome, any }: Meant): Matching {
  if (any) return always;
  const known = sure.length === 0 ? never : within({ [field]: sure });
  if (sure === possible) return known;
  if (byHome !== undefined) {
    const held = fact(plane, '10.42');
    const provided = (set: Intervals, holds: Predicate): Matching =>
      set.length === 0 ? never : both(within({ [field]: set }), where(holds));
    return [...known, ...provided(byHome.within, held), ...provided(byHome.without, not(held))];
  }
  const rest = subtract(possible, sure);
  return rest.length === 0 ? known : [...known, ...unsure(within({ [field]: rest }))];
}

/**
 * Ports are no packet's whose protocol has none. A fragment (only those of UDP get here) has none either, but the ports of
 * what it is put together to count as well (semantics 10.74): where they match, the rule may.
 */
const liesPort = (scope: Scope, field: 'srcPort' | 'dstPort', meant: Meant): Matching =>
  meant.any
    ? always
    : [
        ...both(within({ protocol: withPorts, fragment: single(0n) }), lies(scope, field, meant)),
        ...unsure(
          both(within({ protocol: single(BigInt(protocols.udp)), fragment: single(1n) }), lies(scope, field, meant)),
        ),
      ];

/** What an option asks of the packet's own header, whatever the moment. */
function ofPacket(option: Option): Matching {
  switch (option.kind) {
    case 'ip_proto': {
      const one = single(BigInt(option.protocol));
      return within({ protocol: option.negated ? subtract(everyProtocol, one) : one });
    }
    case 'itype':
    case 'icode': {
      const set = interval(BigInt(option.from), BigInt(option.to));
      if (set.length === 0) return never;
      return within({ protocol: icmp, [option.kind === 'itype' ? 'icmpType' : 'icmpCode']: set });
    }
    case 'unknown':
      return perhaps;
    case 'flow':
    case 'flowbits':
    case 'tcp.flags':
    case 'buffer':
    case 'payload':
    case 'app-layer-protocol':
    case 'ssl_state':
    case 'some-header':
    case 'priority':
    case 'noalert':
    case 'meta':
      return always;
  }
}

/** What an option asks of the moment. */
function atMoment(judging: Judging, entry: RuleEntry, option: Option, moment: Moment): Matching {
  switch (option.kind) {
    case 'flow': {
      const { direction, state, other } = option;
      if (direction !== undefined && (direction === 'to_server') !== moment.toServer) return never;
      return both(stateAt(judging, state, moment), other.length > 0 ? perhaps : always);
    }
    case 'tcp.flags': {
      const holds = (one: number): boolean => holdsOf(option, one);
      // A pass of what an ordinary sender sends passes him; a drop of that leaves it to the sender what else he sends.
      if (entry.rule.action === 'pass' && ordinarilyAt(moment, holds)) return always;
      const flags = testedAt(moment, holds);
      if (flags === undefined) return perhaps;
      if (typeof flags === 'boolean') return flags ? always : never;
      return flags.length === 0 ? never : within({ flags });
    }
    case 'flowbits': {
      if (option.command !== 'isset' && option.command !== 'isnotset') return always;
      if (option.command === 'isset') return judging.bits(option.names, entry, moment);
      // Alternatives, like those of `isset`: that one of them is not set is enough.
      return option.names.flatMap((name) => unset(judging.bits([name], entry, moment)));
    }
    case 'payload':
      return moment.data ? perhaps : never;
    case 'buffer':
    case 'app-layer-protocol':
    case 'ssl_state':
    case 'some-header':
    case 'ip_proto':
    case 'itype':
    case 'icode':
    case 'unknown':
    case 'priority':
    case 'noalert':
    case 'meta':
      return always;
  }
}

/** A client's first message that is held back counts as not established, as far as AWS says (semantics 10.69). */
function stateAt(
  { inspection, tcp, answered }: Judging,
  state: Extract<Option, { kind: 'flow' }>['state'],
  { established, request }: Moment,
): Matching {
  if (state === undefined || state === 'stateless') return always;
  if (established === undefined) return perhaps;
  if (!tcp && established) return where(state === 'established' ? answered : not(answered));
  const held = tcp && request ? inspection.held : undefined;
  if (held === undefined) return (state === 'established') === established ? always : never;
  if (state === 'not_established') return where(held);
  return [...where(not(held)), ...where(held, inspection.heldIsEstablished)];
}

/** It is not set: sure where it is neither set nor perhaps set. */
function unset(set: Matching): Matching {
  if (set === never) return always;
  const sure = set.filter((one) => one.sure).map(asPredicate);
  const open = set.filter((one) => !one.sure).map(asPredicate);
  const neither = where(...[...sure, ...open].map(not));
  return open.length === 0 ? neither : [...neither, ...unsure(where(...sure.map(not)))];
}

/** Flowbits speak in predicates alone. */
const asPredicate = ({ also }: Matching[number]): Predicate => and(...also);

type Flags = Extract<Option, { kind: 'tcp.flags' }>;

function holdsOf({ match, flags, ignored }: Flags, all: number): boolean {
  const seen = all & ~ignored;
  switch (match) {
    case 'exact':
      return seen === flags;
    case 'all':
      return (seen & flags) === flags;
    case 'any':
      return (seen & flags) !== 0;
    case 'none':
      return (seen & flags) === 0;
  }
}
