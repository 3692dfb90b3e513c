/**
 * Transit gateways: in by the attachment of the VPC, on by the table of the attachment arrived by, out by the routes of
 * that table (semantics 7.1 to 7.31, 3.15, 3.16, 2.19 to 2.21).
 */
import { groupBy } from '../base/group.ts';
import { isLocalZone, mayBeOneZone, zoneAmongAll } from '../network/zone.ts';
import { type TransitGateway, type TransitGatewayAttachment, awsIdOf } from '../network/transit-gateway.ts';
import { up } from '../network/unknown.ts';
import { anyOf, type InZones, keeping, type Landing, landings } from './attachment-zone.ts';
import { chosenAnew } from './choice.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { arriveOnPremises, lineCarries } from './line.ts';
import { acl, aclId } from './network-acl.ts';
import { handOver } from './opaque-gateway.ts';
import { heldOpen } from './opening.ts';
import { type Place, atGateway } from './place.ts';
import { type Plane, once, open } from './plane.ts';
import { and, yes } from './predicate.ts';
import { withoutReferences } from './security-group.ts';
import { throughFirewall } from './transit-gateway-firewall.ts';
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
    return entrances(plane, attachment, behind, from, context).flatMap(({ by: subnet, guard, after: entering }) => {
      // Both ACLs apply even where one subnet is both (semantics 3.16).
      const passes = and(from.leaves(undefined), settled(plane, attachment), acl(plane, subnet, 'inbound', family));
      const zone = zoneAmongAll(plane.network.subnets.get(subnet)!);
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
  side: VpcSide,
  { zone, subnet: left }: Departure,
  context: Context,
): readonly Landing[] {
  const here = side.subnets.filter((subnet) => plane.network.subnets.get(subnet)?.zone === zone);
  if (here.length > 0) return here.map((by) => ({ by, guard: yes, after: context }));
  // What left no subnet has no zone, and a Local Zone's parent is not shown (semantics 7.31).
  const standing = inZones(plane, id, side);
  const zones = side.subnets.map((subnet) => plane.network.subnets.get(subnet)!.zone);
  const untold = zone !== undefined && (isLocalZone(zone) || zones.some((one) => mayBeOneZone(one, zone)));
  if (left !== undefined && !untold) return [];
  return anyOf(plane, standing, untold ? open(plane, up(id)) : yes, context);
}

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
  const held = heldOpen(plane, { kind: 'transit-gateway-route-table', id: table.id });
  const any =
    held.kind === 'false'
      ? []
      : [{ attachments: attachmentsOf(plane, table.gateway).map((one) => one.id), guard: held }];
  return [...transitChoices(plane, table, context.header.family), ...any].flatMap(({ attachments, guard }) =>
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
      return throughFirewall(plane, attachment, behind, zone, context);
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
  const standing = inZones(plane, attachment.id, behind);
  return landings(plane, standing, zone, context).flatMap(({ by: subnet, guard, after }) => {
    const inside = inForeignVpc(plane, behind.vpc, throughGateway(plane, attachment, behind, after));
    const kept = keeping(plane, context, standing, subnet);
    return edge(guard, { kind: 'subnet', id: subnet }, { ...inside, ...kept }, [subnet, behind.vpc]);
  });
}

const inZones = (plane: Plane, id: string, { subnets, applianceMode }: VpcSide): InZones => ({
  id,
  ways: subnets.map((by) => ({ by, zone: zoneAmongAll(plane.network.subnets.get(by)!) })),
  applianceMode,
});

/** Of what comes from other VPCs it matters to references alone from which, and to the reply. */
function inForeignVpc(plane: Plane, into: string, context: Context): Context {
  if (plane.replies || context.transit !== 'plain' || context.vpc === into || context.home === into) return context;
  const { vpc: _, home: __, ...stranger } = context;
  return stranger;
}

const attachmentsOf = (plane: Plane, gateway: TransitGateway['id']): readonly TransitGatewayAttachment[] =>
  once(plane, 'attachments by gateway', () =>
    groupBy([...plane.network.transitGatewayAttachments.values()], (one) => one.gateway),
  ).get(gateway) ?? [];
