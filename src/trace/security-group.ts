/** Security groups of one interface: the union of their rules, state for replies (semantics section 2). */
import { formatAddress } from '../net/address.ts';
import { formatPrefix, prefixContains } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../network/security-group.ts';
import type { VpcAssociation } from '../network/service-network.ts';
import { declaredMembers, members, passes } from '../network/unknown.ts';
import { isWithoutReferencing } from './group-referencing.ts';
import { entryFor } from './prefix-list.ts';
import { type Reference, type Trip, isFact, note, refused, side } from './trip.ts';
import { matchesTraffic, trafficBetween } from './traffic-match.ts';

type Direction = 'ingress' | 'egress';

/** Whether the packet goes on: some rule of some group admits it, or the state of its flow does. */
export function passGroups(trip: Trip, at: NetworkInterface, direction: Direction): boolean {
  // Nothing filters a service interface without groups (semantics 2.38).
  if (at.groups.length === 0) return true;
  if (trip.direction === 'return' && trip.flow.tracked.has(at.id)) {
    note(trip, {
      resource: at.groups[0] ?? at.id,
      kind: 'security-group',
      action: 'allow',
      detail: `${named(at.groups)} of \`${at.id}\` ${plural(at.groups, 'admits', 'admit')} the reply by the state of its flow`,
    });
    return true;
  }
  if (trip.direction === 'forward') trip.flow.tracked.add(at.id);
  const groups = groupsOf(trip, at);
  return admitted(trip, at, groups, direction) ?? denied(trip, at, groups, direction);
}

/**
 * A node's groups for what an endpoint hands to it: inbound rules, with the client's own address. The client's groups
 * count nowhere beyond the endpoint (semantics 2.42, 9.20).
 */
export function passGroupsByPrivateLink(trip: Trip, node: NetworkInterface): boolean {
  if (node.groups.length === 0) return true;
  trip.identified = false;
  const groups = groupsOf(trip, node);
  return admitted(trip, node, groups.map(withoutReferences), 'ingress') ?? denied(trip, node, groups, 'ingress');
}

/** Inbound rules of an association's groups, which see the client's own address; of its membership it is not told (semantics 14.1). */
export function passGroupsOfAssociation(
  trip: Trip,
  at: NetworkInterface,
  { id, groups, source }: VpcAssociation,
  serviceNetwork: string,
): boolean {
  if (isUnread(groups)) {
    const step = { resource: id, kind: 'security-group', source } as const;
    const said = `the security groups of the association \`${id}\`, which were not read, are taken to`;
    if (!side(trip, unreadKey(groups)))
      return refused(trip, { ...step, detail: `${said} deny ${wording(trip, 'ingress')}` });
    note(trip, { ...step, action: 'allow', detail: `${said} admit ${wording(trip, 'ingress')}` });
    return true;
  }
  if (groups.length === 0) return true;
  const counting = groupsOfAssociation(trip, groups, serviceNetwork);
  if (admitted(trip, at, counting, 'ingress') === true) return true;
  return refused(trip, {
    resource: counting[0]?.id ?? id,
    kind: 'security-group',
    code: 'ENI_SG_RULES_MISMATCH',
    detail: `the association \`${id}\` has ${named(groups)}, and no ingress rule there that admits ${wording(trip, 'ingress')}`,
    source: counting[0]?.source ?? source,
  });
}

/** Whether they admit the packet. */
export const admitsAtAssociation = (
  trip: Trip,
  at: NetworkInterface,
  { groups }: VpcAssociation,
  serviceNetwork: string,
): boolean =>
  isUnread(groups)
    ? side(trip, unreadKey(groups))
    : groups.length === 0 ||
      groupsOfAssociation(trip, groups, serviceNetwork).some(
        (group) => findAdmitting(trip, at, group, 'ingress') !== undefined,
      );

const groupsOfAssociation = (
  trip: Trip,
  groups: readonly string[],
  serviceNetwork: string,
): readonly SecurityGroup[] => {
  const all = groupsOf(trip, { groups });
  return side(trip, passes(serviceNetwork)) ? all : all.map(withoutReferences);
};

const withoutReferences = (group: SecurityGroup): SecurityGroup =>
  isUnread(group.ingress)
    ? group
    : { ...group, ingress: group.ingress.filter(({ peer }) => peer.kind !== 'security-group') };

const groupsOf = ({ network }: Trip, { groups }: Pick<NetworkInterface, 'groups'>): readonly SecurityGroup[] =>
  groups.map((id) => network.securityGroups.get(id)).filter((each) => each !== undefined);

const wording = (trip: Trip, direction: Direction): string =>
  trafficBetween(trip.packet, direction === 'ingress' ? 'from' : 'to');

/** True if a rule admits; undefined if none does. */
function admitted(
  trip: Trip,
  at: NetworkInterface,
  groups: readonly SecurityGroup[],
  direction: Direction,
): true | undefined {
  let reference:
    { readonly group: SecurityGroup; readonly rule: SecurityGroupRule; readonly lost: Reference } | undefined;
  for (const group of groups) {
    const found = findAdmitting(trip, at, group, direction);
    if (found === undefined) continue;
    if (found === 'unread') {
      note(trip, {
        resource: group.id,
        kind: 'security-group',
        action: 'allow',
        detail: `security group \`${group.id}\`, whose rules were not read, is taken to admit ${wording(trip, direction)}`,
        source: group.source,
      });
      return true;
    }
    if (direction === 'egress' && found.peer.kind === 'security-group') {
      reference ??= { group, rule: found, lost: { group: group.id, rule: found.id, referenced: found.peer.id } };
      continue;
    }
    admit(trip, group, found, direction);
    return true;
  }
  if (reference === undefined) return undefined;
  trip.reference = reference.lost;
  admit(trip, reference.group, reference.rule, direction);
  return true;
}

/** The rule of the group that admits the packet: outbound one that names a group only where no other does. */
function findAdmitting(
  trip: Trip,
  at: NetworkInterface,
  group: SecurityGroup,
  direction: Direction,
): SecurityGroupRule | 'unread' | undefined {
  const rules = group[direction];
  if (isUnread(rules)) return side(trip, unreadKey(rules)) ? 'unread' : undefined;
  let naming: SecurityGroupRule | undefined;
  for (const rule of rules) {
    if (!matchesTraffic(rule.match, trip.packet) || !matchesPeer(trip, at, rule.peer, direction)) continue;
    if (direction === 'ingress' || rule.peer.kind !== 'security-group') return rule;
    naming ??= rule;
  }
  return naming;
}

function admit(trip: Trip, group: SecurityGroup, rule: SecurityGroupRule, direction: Direction): void {
  const preposition = direction === 'ingress' ? 'from' : 'to';
  note(trip, {
    resource: group.id,
    kind: 'security-group',
    action: 'allow',
    rule: rule.id,
    detail: `security group \`${group.id}\` admits ${wording(trip, direction)}: rule \`${rule.id}\`, ${preposition} ${peerText(rule.peer)}`,
    source: rule.source,
  });
}

const peerText = (peer: RulePeer): string => (peer.kind === 'prefix' ? formatPrefix(peer.prefix) : `\`${peer.id}\``);

function matchesPeer(trip: Trip, at: NetworkInterface, peer: RulePeer, direction: Direction): boolean {
  const remote = direction === 'ingress' ? trip.packet.src : trip.packet.dst;
  switch (peer.kind) {
    case 'prefix':
      return prefixContains(peer.prefix, remote);
    case 'prefix-list':
      return entryFor(trip, peer.id, remote) !== undefined;
    case 'security-group':
      return matchesReference(trip, at, peer, direction);
  }
}

/**
 * Inbound, the remote address must be a member's, the packet's sender a member, and nothing on the way may have taken
 * that from the packet (semantics 2.15 to 2.17). Outbound, what lies ahead is judged when it is met.
 */
function matchesReference(
  trip: Trip,
  at: NetworkInterface,
  peer: Extract<RulePeer, { kind: 'security-group' }>,
  direction: Direction,
): boolean {
  if (peer.stale) return false;
  const remote = direction === 'ingress' ? trip.packet.src : trip.packet.dst;
  const blocks = declaredMembers(trip.request.sides, peer.id);
  const declared = side(trip, members(peer.id)) || blocks.some((block) => prefixContains(block, remote));
  // Who sends out of an opaque gateway is not known, and so neither is its membership (semantics 2.26).
  if (direction === 'ingress' && trip.flow.opaque.size > 0 && trip.sender === undefined && !trip.byLattice)
    return declared;
  if (direction === 'ingress' && (!trip.identified || losesAt(trip, at))) return false;
  // Traffic of a balancer counts as its groups', whatever source it keeps (semantics 2.40).
  if (direction === 'ingress' && trip.sender?.role === 'load-balancer')
    return trip.sender.imaginary === undefined ? trip.sender.groups.includes(peer.id) : declared;
  const group = trip.network.securityGroups.get(peer.id);
  if (declared && (!peer.known || group === undefined || group.associatedVpcs.length > 0)) return true;
  if (direction === 'egress') {
    if (trip.atlas.isMemberAddress(peer.id, undefined, trip.packet.dst)) return true;
    return declared && trip.atlas.isImaginary(trip.packet.dst);
  }
  if (trip.sender?.imaginary !== undefined) return declared;
  // A sender in another VPC is known through peering within one Region (semantics 2.18).
  if (!trip.atlas.isMemberAddress(peer.id, trip.sender?.vpc ?? at.vpc, trip.packet.src)) return false;
  return trip.sender?.groups.includes(peer.id) === true || isFact(trip, '2.15-spoofed');
}

/** Beyond a transit gateway, interface endpoints and one zone know no groups (semantics 2.19). */
const losesAt = (trip: Trip, at: NetworkInterface): boolean =>
  trip.crossed !== undefined && (at.role === 'interface-endpoint' || isWithoutReferencing(trip, at.subnet));

function denied(trip: Trip, at: NetworkInterface, groups: readonly SecurityGroup[], direction: Direction): boolean {
  const traffic = wording(trip, direction);
  const [first] = groups;
  const empty = groups.every((each) => !isUnread(each[direction]) && each[direction].length === 0);
  const why = lostReference(trip, at, groups, direction);
  return refused(trip, {
    resource: first?.id ?? at.id,
    kind: 'security-group',
    code: empty ? 'SG_HAS_NO_RULES' : (why?.code ?? 'ENI_SG_RULES_MISMATCH'),
    detail:
      `${named(at.groups)} of \`${at.id}\` ${plural(at.groups, 'has', 'have')} no ${direction} rule that admits ${traffic}` +
      (why === undefined ? '' : `: ${why.detail}`),
    source: first?.source ?? at.source,
  });
}

/** Why a rule that names a group did not match, where one would otherwise have. */
function lostReference(
  trip: Trip,
  at: NetworkInterface,
  groups: readonly SecurityGroup[],
  direction: Direction,
): { readonly code: string; readonly detail: string } | undefined {
  const remote = direction === 'ingress' ? trip.packet.src : trip.packet.dst;
  for (const group of groups) {
    const rules = group[direction];
    if (isUnread(rules)) return undefined;
    for (const rule of rules) {
      const { peer } = rule;
      if (peer.kind !== 'security-group' || !matchesTraffic(rule.match, trip.packet)) continue;
      const said = `rule \`${rule.id}\` names \`${peer.id}\``;
      if (peer.stale) return { code: 'ENI_SG_RULES_MISMATCH', detail: `${said}, which is gone` };
      if (!peer.known) return { code: 'UNKNOWN_PEERED_SGS', detail: `${said}, whose members are not in the input` };
      const member =
        trip.flow.opaque.size > 0 ||
        trip.sender?.groups.includes(peer.id) === true ||
        trip.atlas.isMemberAddress(peer.id, at.vpc, remote);
      const lost = losesAt(trip, at) || trip.crossed?.referencing === false;
      if ((!trip.identified || lost) && member)
        return {
          code: lost ? 'SG_REFERENCING_SUPPORT' : 'SG_REFERENCES_NOT_PRESERVED',
          detail: `${said}, and the path does not keep group membership`,
        };
    }
  }
  return undefined;
}

/**
 * Whether the packet goes on past an element that takes its group membership away: not if a reference to a group was
 * all that let it out (semantics 2.16, 2.17).
 */
export function loseReference(trip: Trip, element: string): boolean {
  const lost = trip.reference;
  if (lost === undefined) return true;
  trip.reference = undefined;
  const source = trip.network.securityGroups.get(lost.group)?.source;
  return refused(trip, {
    resource: lost.group,
    kind: 'security-group',
    rule: lost.rule,
    code: 'SG_REFERENCES_NOT_PRESERVED',
    detail:
      `security group \`${lost.group}\` let ${formatAddress(trip.packet.dst)} be reached by naming \`${lost.referenced}\`, ` +
      `which does not count through \`${element}\``,
    ...(source === undefined ? {} : { source }),
  });
}

const plural = (groups: readonly string[], one: string, many: string): string => (groups.length === 1 ? one : many);

const named = (groups: readonly string[]): string =>
  `security ${plural(groups, 'group', 'groups')} ${groups.map((id) => `\`${id}\``).join(', ')}`;
