/** The stateless rules: each packet by itself, by its own header (semantics 10B). */
import { invariant } from '../../base/invariant.ts';
import { type Family } from '../../net/address.ts';
import { type Intervals, intersect, single, unionAll } from '../../net/interval.ts';
import type { FirewallPolicy, StatelessAction, StatelessRule } from '../../network/firewall-policy.ts';
import { passes } from '../../network/unknown.ts';
import { type Plane, open } from '../plane.ts';
import { type Predicate, and, constant, equals, no, not, or, yes } from '../predicate.ts';
import { type Box, answeredBy } from './box.ts';
import { type Step, chain, runs } from './chain.ts';
import { blocks, ports } from './inspection.ts';
import { within } from './matching.ts';
import type { Moment } from './moment.ts';
import { bearsWhat, testedAt } from './flags.ts';
import { among } from './rule-match.ts';

/** What becomes of a packet, asked of the flow's first packet. */
export interface Passage {
  /** It is not dropped. */
  readonly survives: Predicate;
  /** The stateful engine gets to see it. */
  readonly forwarded: Predicate;
  /** Of what an ordinary sender sends at that moment the stateful engine gets to see a part; absent: all or nothing. */
  readonly torn?: Predicate;
}

export interface Stateless {
  /** As an ordinary sender sends it: whatever flags that may be under. */
  readonly ordinarily: (moment: Moment) => Passage;
  /** The ways through, for one who chooses the flags: several only where the rules tell flags apart. */
  readonly anyhow: (moment: Moment) => readonly Passage[];
}

type Group = { readonly rules: readonly StatelessRule[] } | { readonly unread: string };

/** `tcp`: of TCP's packets, else of all others. Equal moments share one passage, and so do flags that no rule tells apart. */
export function statelessOf(plane: Plane, policy: FirewallPolicy, family: Family, tcp: boolean): Stateless {
  const groups = [...policy.stateless.groups]
    .sort((a, b) => a.priority - b.priority)
    .map(({ group: arn }): Group => {
      const group = plane.network.ruleGroups.get(arn);
      if (group?.kind !== 'stateless-rule-group') return { unread: arn };
      return { rules: [...group.rules].sort((a, b) => a.priority - b.priority) };
    });
  const asking = groups.flatMap((group) =>
    'rules' in group ? group.rules.filter(({ tcpFlags }) => tcpFlags.length > 0) : [],
  );
  const found = new Map<string, Passage>();
  const passage = (moment: Moment): Passage => {
    const key = `${moment.toServer} ${asking.length > 0 ? moment.flags : ''}`;
    let known = found.get(key);
    if (known === undefined) found.set(key, (known = passageOf(plane, policy, groups, family, tcp, moment)));
    return known;
  };
  /** One of each that no rule tells from it. */
  const distinct = (flags: readonly number[]): readonly number[] => {
    const answers = flags.map((one) => asking.map((rule) => holds(rule, one)).join());
    return flags.filter((_, i) => answers.indexOf(answers[i]!) === i);
  };
  const under = (moment: Moment, flags: readonly number[]): readonly Passage[] =>
    distinct(flags).map((one) => passage({ ...moment, flags: one }));
  return {
    ordinarily: (moment) => {
      const borne = bearsWhat(moment);
      return borne === undefined ? passage(moment) : allOf(under(moment, borne.ordinary));
    },
    anyhow: (moment) => {
      const borne = bearsWhat(moment);
      return borne === undefined ? [passage(moment)] : eitherOf(under(moment, borne.any));
    },
  };
}

/** Each of the packets goes by. */
function allOf(of: readonly Passage[]): Passage {
  const [first, ...others] = of;
  if (others.length === 0) return first!;
  const seen = of.map(({ forwarded }) => forwarded);
  const forwarded = and(...seen);
  return {
    survives: and(...of.map(({ survives }) => survives)),
    forwarded,
    torn: and(or(...seen), not(forwarded)),
  };
}

/** One of the packets goes by: seen by the engine, or unseen. */
function eitherOf(of: readonly Passage[]): readonly Passage[] {
  const [first, ...others] = of;
  if (others.length === 0) return [first!];
  const some = (which: (passage: Passage) => Predicate, forwarded: Predicate): readonly Passage[] => {
    const survives = or(...of.map((one) => and(one.survives, which(one))));
    return survives.kind === 'false' ? [] : [{ survives, forwarded }];
  };
  return [...some(({ forwarded }) => forwarded, yes), ...some(({ forwarded }) => not(forwarded), no)];
}

function passageOf(
  plane: Plane,
  { stateless }: FirewallPolicy,
  groups: readonly Group[],
  family: Family,
  tcp: boolean,
  moment: Moment,
): Passage {
  const survives: Item[] = [];
  const forwarded: Item[] = [];
  for (const group of groups) {
    if ('unread' in group) {
      // It passes what comes to it, or drops it.
      const side = open(plane, passes(group.unread));
      survives.push({ kind: 'end', of: side });
      forwarded.push({ kind: 'end', of: no });
      continue;
    }
    for (const rule of group.rules) {
      const boxes = boxesOf(rule, family, tcp, moment);
      survives.push({ kind: rule.action === 'aws:drop' ? 'drop' : 'pass', boxes });
      forwarded.push({ kind: rule.action === 'aws:forward_to_sfe' ? 'pass' : 'drop', boxes });
    }
  }
  const otherwise = (holds: (action: StatelessAction) => boolean): Predicate => {
    const whole = constant(holds(stateless.default));
    if (tcp || !moment.toServer) return whole;
    const fragment = constant(holds(stateless.fragmentDefault));
    return whole.kind === fragment.kind
      ? whole
      : or(and(equals('fragment', 0), whole), and(equals('fragment', 1), fragment));
  };
  return {
    survives: chain(
      steps(survives),
      otherwise((action) => action !== 'aws:drop'),
    ),
    forwarded: chain(
      steps(forwarded),
      otherwise((action) => action === 'aws:forward_to_sfe'),
    ),
  };
}

/** A rule's boxes, or what nobody read. */
type Item =
  { readonly kind: 'pass' | 'drop'; readonly boxes: readonly Box[] } | Extract<Step, { readonly of: Predicate }>;

/** Neighbouring rules of one effect become one step. */
const steps = (items: readonly Item[]): readonly Step[] =>
  runs(items, (item) => ('of' in item ? undefined : item.kind)).map((run) => {
    const [first] = run;
    if ('of' in first!) return first;
    const boxes = run.flatMap((one) => ('of' in one ? [] : one.boxes));
    return { kind: first!.kind, matches: [{ matching: boxes.flatMap(within), unknown: () => no }] };
  });

const withPorts: Intervals = unionAll([single(6n), single(17n)]);

/** Ports are no fragment's, and no other protocol's; flags are TCP's alone (semantics 10.15, 10.16). */
function boxesOf(rule: StatelessRule, family: Family, tcp: boolean, moment: Moment): readonly Box[] {
  const src = blocks(rule.sources, family);
  const dst = blocks(rule.destinations, family);
  const [srcPort, dstPort] = [ports(rule.sourcePorts), ports(rule.destinationPorts)];
  const flags = rule.tcpFlags.length === 0 || testedAt(moment, (value) => holds(rule, value));
  if (flags === false) return [];
  invariant(flags !== undefined, 'a packet is looked at under flags of its own');
  let protocol: Intervals | undefined =
    rule.protocols.length === 0 ? undefined : unionAll(rule.protocols.map((one) => single(BigInt(one))));
  if (srcPort !== undefined || dstPort !== undefined)
    protocol = protocol === undefined ? withPorts : intersect(protocol, withPorts);
  const box: Box = {
    ...(src === undefined ? {} : { src }),
    ...(dst === undefined ? {} : { dst }),
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    ...(srcPort === undefined && dstPort === undefined ? {} : { fragment: single(0n) }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(flags === true ? {} : { flags }),
  };
  if (Object.values(box).some((set) => set.length === 0)) return [];
  const oriented = moment.toServer ? box : answeredBy(box, family);
  const left = oriented && among(oriented, tcp);
  return left === undefined ? [] : [left];
}

/** One of its settings: the masked flags are exactly these; without a mask all are looked at. */
const holds = ({ tcpFlags }: StatelessRule, value: number): boolean =>
  tcpFlags.some(({ flags, masks }) => (value & (masks === 0 ? 255 : masks)) === flags);
