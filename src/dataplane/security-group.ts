/** Security groups as predicates: the union of the rules of an interface's groups (semantics 2.1 to 2.26). */
import type { Family } from '../net/address.ts';
import { type Intervals, unionAll } from '../net/interval.ts';
import { intervalsOf, rangeOf } from '../net/prefix.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { SecurityGroup, SecurityGroupRule } from '../network/security-group.ts';
import { declaredMembers, members } from '../network/unknown.ts';
import type { Context } from './context.ts';
import type { InterfaceClass } from './interface-class.ts';
import { closedBy } from './opening.ts';
import { type Plane, fact, memberAddresses, once, open } from './plane.ts';
import { prefixListEntries } from './prefix-list.ts';
import { type Predicate, and, anyOf, constant, isIn, no, or, yes } from './predicate.ts';
import { trafficPredicate } from './traffic-match.ts';

/** What lets a new flow out: by address alone, and by group references alone (semantics 2.12, 2.15). */
export interface Egress {
  readonly byAddress: Predicate;
  readonly byReference: Predicate;
}

export const egressOf = (plane: Plane, of: InterfaceClass, family: Family): Egress =>
  once(plane, `egress ${of.vpc} ${of.groups.join(',')} ${of.imaginary} ${family}`, () => ({
    // What has no group has no filter (semantics 2.38, 2.39).
    byAddress: of.groups.length === 0 ? yes : anyOf(of.groups.map((id) => addressRules(plane, id, 'egress', family))),
    byReference: anyOf(
      of.groups.flatMap((id) =>
        referenceRules(plane, id, 'egress').map((rule) =>
          and(trafficPredicate(rule.match), referenced(plane, rule, of.vpc, 'dst', family)),
        ),
      ),
    ),
  }));

/**
 * What lets a new flow in. A reference counts only for a packet that is as its sender's interface sent it, from the
 * same VPC or through a peering connection (semantics 2.15 to 2.18, 2.24).
 */
export function ingressOf(plane: Plane, of: InterfaceClass, context: Context): Predicate {
  const { family } = context.header;
  const byAddress = ingressByAddress(plane, of, family);
  // Who sends out of an opaque gateway is not known, and so neither is its membership (semantics 2.26); whoever sends
  // anew what came from there is, whose membership its packets lose like any other's (semantics 2.16, 2.17).
  if (context.stranger === true) return or(byAddress, strangers(plane, of, family));
  // What is clean and from another VPC came by a peering connection of one Region (semantics 2.18).
  if (!context.clean || context.vpc === undefined || !countsBeyond(plane, of, context)) return byAddress;
  const { balancer, forger, imaginary, vpc } = context;
  const byReference = once(
    plane,
    `ingress refs ${vpc} ${of.groups.join(',')} ${family} ${forger ?? ''} ${balancer ?? ''} ${imaginary}`,
    () =>
      anyOf(
        of.groups.flatMap((id) =>
          referenceRules(plane, id, 'ingress').map((rule) =>
            and(trafficPredicate(rule.match), sentByMember(plane, rule, vpc, family, context)),
          ),
        ),
      ),
  );
  return or(byAddress, context.transit === 'unread' ? and(fact(plane, '2.19-unread'), byReference) : byReference);
}

/** What lets a new flow in whoever sent it: by its address. */
export const ingressByAddress = (plane: Plane, { groups }: InterfaceClass, family: Family): Predicate =>
  once(plane, `ingress ${groups.join(',')} ${family}`, () =>
    groups.length === 0 ? yes : anyOf(groups.map((id) => addressRules(plane, id, 'ingress', family))),
  );

/** Zones in which references to groups never count over a transit gateway (semantics 2.19). */
export const withoutReferences: ReadonlySet<string> = new Set(['use1-az3']);

/** References count over transit gateways that support them, but not for endpoints (semantics 2.19, 9.20). */
const countsBeyond = ({ network }: Plane, { role, subnet }: InterfaceClass, { transit }: Context): boolean =>
  transit === undefined ||
  (transit !== 'plain' && role !== 'interface-endpoint' && !withoutReferences.has(network.subnets.get(subnet)!.zone));

/** References to groups whose members may send from where nothing was read. */
const strangers = (plane: Plane, of: InterfaceClass, family: Family): Predicate =>
  anyOf(
    of.groups.flatMap((id) =>
      referenceRules(plane, id, 'ingress').map(({ match, peer }) =>
        peer.kind === 'security-group' && !peer.stale
          ? and(trafficPredicate(match), mayJoin(plane, peer.id, 'src', family))
          : no,
      ),
    ),
  );

/**
 * The packet comes from a member of the referenced group. An imaginary host may be one; a forged source counts only
 * where fact 2.15-spoofed says so, unless its sender is a member itself.
 */
function sentByMember(
  plane: Plane,
  rule: SecurityGroupRule,
  vpc: string,
  family: Family,
  { balancer, forger, imaginary }: Context,
): Predicate {
  const { peer } = rule;
  if (peer.kind !== 'security-group' || peer.stale) return no;
  if (imaginary) return mayJoin(plane, peer.id, 'src', family);
  // Traffic of a balancer counts as its groups', whatever source it keeps (semantics 2.40).
  if (balancer !== undefined) {
    const node = plane.network.interfaces.get(balancer);
    // The groups of a node that nobody read are not known.
    return node?.imaginary === undefined
      ? constant(node?.groups.includes(peer.id) === true)
      : mayJoin(plane, peer.id, 'src', family);
  }
  const source = referenced(plane, rule, vpc, 'src', family);
  if (forger === undefined || source.kind !== 'in') return source;
  const isMember = plane.network.interfaces.get(forger)?.groups.includes(peer.id) === true;
  return isMember ? source : and(source, fact(plane, '2.15-spoofed'));
}

function addressRules(plane: Plane, id: string, direction: 'ingress' | 'egress', family: Family): Predicate {
  return once(plane, `group ${id} ${direction} ${family}`, () => {
    const rules = rulesOf(plane, id, direction);
    if (!Array.isArray(rules)) return rules as Predicate;
    const field = direction === 'ingress' ? 'src' : 'dst';
    const lets = anyOf(
      (rules as readonly SecurityGroupRule[]).map(({ match, peer }): Predicate => {
        switch (peer.kind) {
          case 'prefix':
            return peer.prefix.family === family
              ? and(trafficPredicate(match), isIn(field, unionAll([[rangeOf(peer.prefix)]])))
              : no;
          case 'prefix-list':
            return and(trafficPredicate(match), prefixListEntries(plane, peer.id, field, family));
          case 'security-group':
            return no;
        }
      }),
    );
    return closedBy(plane, { kind: 'security-group', id, direction }, lets);
  });
}

function referenceRules(plane: Plane, id: string, direction: 'ingress' | 'egress'): readonly SecurityGroupRule[] {
  const rules = rulesOf(plane, id, direction);
  return Array.isArray(rules)
    ? (rules as readonly SecurityGroupRule[]).filter(({ peer }) => peer.kind === 'security-group')
    : [];
}

/** The rules, or the assumption that stands for rules that no call read. */
function rulesOf(plane: Plane, id: string, direction: 'ingress' | 'egress'): readonly SecurityGroupRule[] | Predicate {
  const group: SecurityGroup | undefined = plane.network.securityGroups.get(id);
  if (group === undefined) return open(plane, unreadKey({ unread: 'describe-security-groups', subject: id }));
  const rules = group[direction];
  return isUnread(rules) ? open(plane, unreadKey(rules)) : rules;
}

/** The address is one of the referenced group's members in that VPC; an unknown group may have any member (2.25, 2.26). */
function referenced(
  plane: Plane,
  rule: SecurityGroupRule,
  vpc: string,
  field: 'src' | 'dst',
  family: Family,
): Predicate {
  const { peer } = rule;
  if (peer.kind !== 'security-group' || peer.stale) return no;
  const joins = mayJoin(plane, peer.id, field, family);
  const group = plane.network.securityGroups.get(peer.id);
  if (!peer.known || group === undefined) return joins;
  // Outward a reference holds across peering as well (semantics 2.18); where it does not, no route leads there (2.21).
  const held = isIn(field, memberAddresses(plane, peer.id, field === 'src' ? vpc : undefined, family));
  // A group associated with further VPCs may have members that nobody read (semantics 2.27, 2.28).
  if (group.associatedVpcs.length > 0) return or(joins, held);
  return field === 'src' ? held : or(held, and(joins, isIn('dst', imaginaryAddresses(plane, family))));
}

/** What the group's members may be that no answer shows: of the blocks declared, else unknown. */
function mayJoin(plane: Plane, group: string, field: 'src' | 'dst', family: Family): Predicate {
  const blocks = declaredMembers(plane.sides, group);
  return blocks.length === 0 ? open(plane, members(group)) : isIn(field, intervalsOf(blocks, family));
}

/** Addresses that imaginary hosts may hold, who may be members of any group. */
const imaginaryAddresses = (plane: Plane, family: Family): Intervals =>
  once(plane, `imaginary ${family}`, () =>
    unionAll(plane.classes.flatMap((of) => (of.imaginary ? [of.addresses[family]] : []))),
  );
