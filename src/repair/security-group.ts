/** Rules of security groups as candidates: those that let a packet through, and those that are missing (semantics section 2). */
import { sameAddress } from '../net/address.ts';
import { type Prefix, prefixContains, samePrefix } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { Places, Question } from '../policy/question.ts';
import { type Candidate, blocksFor, candidate, matches, named, ofPrefix, peerOf, trafficOf } from './candidate.ts';
import type { Step } from './step.ts';
import { asMatches, blocksAsked } from './traffic.ts';

type Direction = 'ingress' | 'egress';

/** The rule that admits goes, or admits less; or the interface leaves the group. */
export function closingRules(network: Network, step: Step, question: Question): readonly Candidate[] {
  const group = network.securityGroups.get(step.resource);
  if (group === undefined || step.rule === undefined) return [];
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const rules = group[direction];
    const rule = isUnread(rules) ? undefined : rules.find(({ id }) => id === step.rule);
    if (rule === undefined) return [];
    const gone = { group: group.id, direction, traffic: rule.match, peer: peerOf(rule.peer) };
    return [
      candidate({ kind: 'remove-rule', ...gone }, 0.1),
      ...narrowed(network, group, direction, rule, question, step).map((to, i) =>
        candidate({ kind: 'change-rule', ...gone, newTraffic: to.match, newPeer: peerOf(to.peer) }, 0.02 + i / 100),
      ),
      ...leaving(network, group, step, direction),
    ];
  });
}

type Admitted = Pick<SecurityGroupRule, 'match' | 'peer'>;

/** What the question excuses of the rule, or what the VPC itself needs of it. */
function narrowed(
  network: Network,
  group: SecurityGroup,
  direction: Direction,
  { match, peer }: SecurityGroupRule,
  { except, kind }: Question,
  { after }: Step,
): readonly Admitted[] {
  if (kind !== 'forbid') return [];
  const excused = except.flatMap(({ traffic = [] }) => asMatches(traffic)).filter((one) => isNarrower(one, match));
  const others = except.flatMap(({ from, to }) => (direction === 'ingress' ? from : to) ?? []);
  const groups = [...new Set(others.flatMap((places) => groupsOf(network, places)))].filter((id) => id !== group.id);
  const vpc = network.vpcs.get(group.vpc);
  const wide = peer.kind === 'prefix' ? peer.prefix : undefined;
  const home = wide === undefined ? [] : (vpc?.cidrs ?? []).filter((cidr) => isWithin(cidr, wide));
  const peers: readonly Admitted['peer'][] = [
    ...groups.slice(0, 2).map((id) => ({ kind: 'security-group', id, known: true, stale: false }) as const),
    ...home.slice(0, 2).map((prefix) => ({ kind: 'prefix', prefix }) as const),
  ];
  return [
    ...excused.filter((one) => !matches(one, after)).map((one) => ({ match: one, peer })),
    ...peers.map((one) => ({ match, peer: one })),
    ...excused.flatMap((one) => peers.map((other) => ({ match: one, peer: other }))),
  ];
}

/** The groups that all interfaces of the places have. */
function groupsOf({ interfaces }: Network, { members }: Places): readonly string[] {
  const nics = members.map((one) => (one.kind === 'interface' ? interfaces.get(one.id) : undefined));
  const [first] = nics;
  return (first?.groups ?? []).filter((id) => nics.every((nic) => nic?.groups.includes(id) === true));
}

const isNarrower = (one: TrafficMatch, other: TrafficMatch): boolean =>
  one.protocol !== 'all' &&
  (other.protocol === 'all' ||
    (other.protocol === one.protocol &&
      other.icmp === undefined &&
      one.ports !== undefined &&
      (other.ports === undefined ||
        (other.ports.from <= one.ports.from &&
          one.ports.to <= other.ports.to &&
          (other.ports.from < one.ports.from || one.ports.to < other.ports.to)))));

const isWithin = (one: Prefix, other: Prefix): boolean =>
  !samePrefix(one, other) &&
  one.length > other.length &&
  prefixContains(other, { family: one.family, value: one.base });

const leaving = (network: Network, { id }: SecurityGroup, step: Step, direction: Direction): readonly Candidate[] =>
  holdersAt(network, step, direction).flatMap((nic) =>
    nic.groups.includes(id) && nic.groups.length > 1
      ? [candidate({ kind: 'change-groups', interface: nic.id, change: 'remove', groups: id }, 0.5)]
      : [],
  );

/** The interfaces at which the groups were asked: those that send the packet, or that it is for. */
function holdersAt({ interfaces }: Network, { after }: Step, direction: Direction): readonly NetworkInterface[] {
  const address = direction === 'egress' ? after.src : after.dst;
  return [...interfaces.values()].filter((nic) => nic.addresses.some((one) => sameAddress(one.address, address)));
}

/** A rule that admits the packet, in a group that the interface has: by group, by block, by address. */
export function openingRules(network: Network, step: Step, question: Question): readonly Candidate[] {
  const meant = asMatches(question.traffic).filter((one) => matches(one, step.after));
  const kinds = meant.length > 0 ? meant : [trafficOf(step.after)];
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const remote = direction === 'ingress' ? step.after.src : step.after.dst;
    const others = holdersAt(network, step, direction === 'ingress' ? 'egress' : 'ingress');
    return holdersAt(network, step, direction).flatMap((nic) => {
      if (!nic.groups.includes(step.resource)) return [];
      const theirs = others.filter((other) => other.id !== nic.id).flatMap(({ groups }) => groups);
      const peers = [...new Set(theirs.filter((id) => network.securityGroups.has(id)))].map((id) => ({
        peer: named(id),
        weight: 0.1,
      }));
      const blocks = blocksFor(network, remote, blocksAsked(question)).map((prefix, i) => ({
        peer: ofPrefix(prefix),
        weight: 0.14 - i / 50,
      }));
      return leastUsed(network, nic).flatMap((group, i) =>
        kinds.flatMap((traffic) =>
          [...peers, ...blocks].map(({ peer, weight }) =>
            candidate({ kind: 'add-rule', group, direction, traffic, peer }, weight + i / 20),
          ),
        ),
      );
    });
  });
}

/** The groups of the interface, those of fewer interfaces first. */
function leastUsed({ interfaces, securityGroups }: Network, { groups }: NetworkInterface): readonly string[] {
  const users = (id: string): number => [...interfaces.values()].filter((nic) => nic.groups.includes(id)).length;
  return groups
    .filter((id) => securityGroups.has(id))
    .toSorted((a, b) => users(a) - users(b))
    .slice(0, 3);
}
