/**
 * Transit gateways: in by the attachment of the VPC, on by the table of the attachment arrived by, out by the routes of
 * that table (semantics 7.1 to 7.31, 3.15, 3.16, 2.19 to 2.21).
 */
import { groupBy } from '../base/group.ts';
import { type Intervals, subtract, union, unionAll } from '../net/interval.ts';
import { publicUnicast } from '../net/special.ts';
import { isLocalZone } from '../network/zone.ts';
import { type TransitGateway, type TransitGatewayAttachment, awsIdOf } from '../network/transit-gateway.ts';
import { up } from '../network/unknown.ts';
import { chosenAnew } from './choice.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { flowOf } from './header.ts';
import { arriveOnPremises, lineCarries } from './line.ts';
import { acl, aclId } from './network-acl.ts';
import { handOver } from './opaque-gateway.ts';
import { type Place, atGateway } from './place.ts';
import { type Plane, blocksOf, once, open } from './plane.ts';
import { type Predicate, and, isIn, not, yes } from './predicate.ts';
import { withoutReferences } from './security-group.ts';
import { transitChoices } from './transit-route.ts';

type VpcSide = Extract<TransitGatewayAttachment['behind'], { readonly kind: 'vpc' }>;

/** By a route of the VPC, through the attachment's subnet in the zone that the packet leaves (7.11, 7.12). */
export function enterTransitGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  // An outbound rule that names a group counts for nothing beyond (semantics 2.21).
  if (context.owes) return [];
  const { family } = context.header;
  return attachmentsOf(plane, id).flatMap((attachment) => {
    const { behind } = attachment;
    if (behind.kind !== 'vpc' || behind.vpc !== from.vpc || !carries(behind, context)) return [];
    return entrances(plane, attachment, behind, from, context).flatMap(({ subnet, guard, after: entering }) => {
      // Both ACLs apply even where one subnet is both (semantics 3.16).
      const passes = and(from.leaves(undefined), settled(plane, attachment), acl(plane, subnet, 'inbound', family));
      const { zone } = plane.network.subnets.get(subnet)!;
      const to: Place = { ...atGateway(attachment), zone };
      const crosses = [...from.crosses, ...namesOf(attachment), subnet, ...aclId(plane, subnet)];
      const after = throughGateway(plane, attachment, behind, entering);
      const plain = from.zone !== undefined && withoutReferences.has(from.zone);
      return edge(and(passes, guard), to, plain ? { ...after, transit: 'plain' } : after, crosses);
    });
  });
}

/** The attachment's subnets that a packet may enter by: the one in its zone. */
function entrances(
  plane: Plane,
  { id }: TransitGatewayAttachment,
  { subnets }: VpcSide,
  { zone, subnet: left }: Departure,
  context: Context,
): readonly Landing[] {
  const here = subnets.filter((subnet) => plane.network.subnets.get(subnet)?.zone === zone);
  if (here.length > 0) return here.map((subnet) => ({ subnet, guard: yes, after: context }));
  // What left no subnet has no zone, and a Local Zone's parent is not shown (semantics 7.31).
  const local = zone !== undefined && isLocalZone(zone);
  if (left !== undefined && !local) return [];
  return anyOf(plane, id, subnets, local ? open(plane, up(id)) : yes, context);
}

/** Onto or out of one of the attachment's subnets, and the packet as it goes on. */
interface Landing {
  readonly subnet: string;
  readonly guard: Predicate;
  readonly after: Context;
}

/** By whichever zone AWS chooses, another each time (semantics 7.13). */
const anyOf = (
  plane: Plane,
  id: string,
  subnets: readonly string[],
  where: Predicate,
  context: Context,
): readonly Landing[] =>
  subnets.map((subnet, i) => {
    const { guard, after } = chosenAnew(plane, context, { what: 'zone', id, count: subnets.length }, i);
    return { subnet, guard: and(where, guard), after };
  });

const carries = ({ ipv6 }: VpcSide, { header }: Context): boolean => header.family === 'ipv4' || ipv6;

/** The context of a packet that went in: whether references to groups count beyond (semantics 2.19, 2.20). */
function throughGateway(
  plane: Plane,
  { gateway }: TransitGatewayAttachment,
  { securityGroupReferencing: supported }: VpcSide,
  context: Context,
): Context {
  const gatewayToo = plane.network.transitGateways.get(gateway)?.securityGroupReferencing;
  const transit = weakest(weakest(grade(supported), grade(gatewayToo)), context.transit ?? 'references');
  return { ...context, transit };
}

type Grade = NonNullable<Context['transit']>;

const grade = (supported: boolean | undefined): Grade =>
  supported === undefined ? 'unread' : supported ? 'references' : 'plain';

const weakest = (a: Grade, b: Grade): Grade =>
  a === 'plain' || b === 'plain' ? 'plain' : a === 'unread' || b === 'unread' ? 'unread' : 'references';

type AtGateway = Extract<Place, { readonly kind: 'transit-gateway' }>;

/** At the gateway: by the table of the attachment arrived by (semantics 7.2). */
export function leaveTransitGateway(plane: Plane, { table: id, zone }: AtGateway, context: Context): readonly Edge[] {
  const table = plane.network.transitGatewayRouteTables.get(id ?? '');
  if (table === undefined) return [];
  return transitChoices(plane, table, context.header.family).flatMap(({ attachments, guard }) =>
    attachments.flatMap((by, i) => {
      const leaving = plane.network.transitGatewayAttachments.get(by)!;
      const { guard: takes, after } = chosenAnew(
        plane,
        context,
        { what: 'equal', id: table.id, count: attachments.length },
        i,
      );
      const way = and(guard, settled(plane, leaving), takes);
      return exits(plane, leaving, zone, after).map((one) => ({
        ...one,
        guard: and(way, one.guard),
        crosses: [table.id, ...namesOf(leaving), ...one.crosses],
      }));
    }),
  );
}

const namesOf = ({ id, gateway }: TransitGatewayAttachment): readonly string[] => [gateway, awsIdOf(id), id];

function exits(
  plane: Plane,
  attachment: TransitGatewayAttachment,
  zone: string | undefined,
  context: Context,
): readonly Edge[] {
  const { id, gateway, behind } = attachment;
  switch (behind.kind) {
    case 'vpc':
      return intoVpc(plane, attachment, behind, zone, context);
    case 'on-premises':
      return arriveOnPremises(lineCarries(plane, id, 'out', context), id, context, [behind.id]);
    case 'transit-gateway': {
      const peer = plane.network.transitGateways.get(behind.id);
      if (peer === undefined) return handOver(plane, behind.id, context);
      const far = attachmentsOf(plane, peer.id).filter((one) => isFarEnd(one, id, gateway));
      return far.flatMap((one) =>
        edge(settled(plane, one), { ...atGateway(one), line: one.id }, { ...context, transit: 'plain' }, namesOf(one)),
      );
    }
    case 'network-function':
    case 'unknown':
      return handOver(plane, id, context);
  }
}

/** Both sides of a peering connection have one id, or one of them `ID@GATEWAY`. */
const isFarEnd = ({ id, behind }: TransitGatewayAttachment, near: string, gateway: string): boolean =>
  behind.kind === 'transit-gateway' && behind.id === gateway && awsIdOf(id) === awsIdOf(near);

/** Onto one of the attachment's subnets, whose table says where it goes on (semantics 7.13, 7.14, 7.19, 7.20). */
function intoVpc(
  plane: Plane,
  attachment: TransitGatewayAttachment,
  behind: VpcSide,
  zone: string | undefined,
  context: Context,
): readonly Edge[] {
  if (!carries(behind, context)) return [];
  const keeps = behind.applianceMode && plane.replies && context.phase === 'forward';
  return zones(plane, attachment, behind, zone, context).flatMap(({ subnet, guard, after }) => {
    const inside = inForeignVpc(plane, behind.vpc, throughGateway(plane, attachment, behind, after));
    const kept = keeps ? { kept: keeping(context, attachment.id, subnet) } : {};
    return edge(guard, { kind: 'subnet', id: subnet }, { ...inside, ...kept }, [subnet, behind.vpc]);
  });
}

/** The flow's zone, which may be another behind a translation: there it is another flow (semantics 7.19). */
function keeping({ header, kept }: Context, attachment: string, subnet: string): Context['kept'] {
  const flow = flowOf(header, false);
  return [...kept.filter(([by, of]) => by !== attachment || of !== flow), [attachment, flow, subnet]];
}

/** Of what comes from other VPCs it matters to references alone from which, and to the reply. */
function inForeignVpc(plane: Plane, into: string, context: Context): Context {
  if (plane.replies || context.transit !== 'plain' || context.vpc === into || context.home === into) return context;
  const { vpc: _, home: __, ...stranger } = context;
  return stranger;
}

function zones(
  plane: Plane,
  { id }: TransitGatewayAttachment,
  { subnets, applianceMode }: VpcSide,
  zone: string | undefined,
  context: Context,
): readonly Landing[] {
  const any = (where: Predicate): readonly Landing[] => anyOf(plane, id, subnets, where, context);
  const same = subnets.find((subnet) => plane.network.subnets.get(subnet)?.zone === zone);
  const to = (subnet: string, guard: Predicate): Landing => ({ subnet, guard, after: context });
  const before = applianceMode && context.phase === 'reply' ? keptBy(context, id) : undefined;
  if (before !== undefined) return [to(before, yes)];
  if (same === undefined) return any(yes);
  if (!applianceMode) return [to(same, yes)];
  // Between zones it is a hash of the flow that decides; what stays in its zone or goes to the internet stays in it.
  const stays = isIn('dst', stayingIn(plane, zone!, context));
  return [to(same, stays), ...any(not(stays))];
}

/** The subnet by which what this answers entered the attachment's VPC. */
function keptBy({ header, kept }: Context, attachment: string): string | undefined {
  const flow = flowOf(header, true);
  return kept.find(([by, of]) => by === attachment && of === flow)?.[2];
}

/**
 * Addresses of the zone's subnets and of the internet, but for those that a subnet of another zone has as well: whose
 * zone is not known, of a VPC that is not in the input or on premises, are told to stay nowhere.
 */
const stayingIn = (plane: Plane, zone: string, { header: { family } }: Context): Intervals =>
  once(plane, `staying in ${zone} ${family}`, () => {
    const byZone = groupBy([...plane.network.subnets.values()], (subnet) => (subnet.zone === zone ? 'same' : 'other'));
    const of = (which: 'same' | 'other') =>
      unionAll((byZone.get(which) ?? []).map(({ id }) => blocksOf(plane, id, family)));
    return subtract(union(of('same'), publicUnicast[family]), of('other'));
  });

const attachmentsOf = (plane: Plane, gateway: TransitGateway['id']): readonly TransitGatewayAttachment[] =>
  once(plane, 'attachments by gateway', () =>
    groupBy([...plane.network.transitGatewayAttachments.values()], (one) => one.gateway),
  ).get(gateway) ?? [];
