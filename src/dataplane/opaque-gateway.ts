/**
 * Gateways whose forwarding is not modelled, and route tables that no call read: on the may side what goes in comes out
 * as any packet, anywhere that they may lead; on the must side it does not come out.
 */
import { families } from '../net/address.ts';
import { publicUnicast } from '../net/special.ts';
import type { OpaqueGateway } from '../network/opaque-gateway.ts';
import type { Subnet } from '../network/subnet.ts';
import { handsOver } from '../network/unknown.ts';
import { settled } from './condition.ts';
import { askByEndpointElsewhere } from './consumer.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { emitted } from './emission.ts';
import { type Place, atGateway } from './place.ts';
import { type Plane, handsOnTo, once, open } from './plane.ts';
import { type Predicate, and, at, isIn, yes } from './predicate.ts';
import { askFromOutside } from './service-network.ts';
import { wellFormed } from './well-formed.ts';

/** By a route whose target nobody knows: it may be any element that is a waypoint. */
export const enterUnknownTarget = (plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] =>
  enterOpaqueGateway(plane, id, from, context).flatMap((one) => [
    one,
    ...edge(and(one.guard, wayOf(plane, id)), one.to, one.context, [...one.crosses, anything]),
  ]);

/** Into a gateway by a route; a reply that goes in may come back, by whatever way. */
export function enterOpaqueGateway(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  return handOver(plane, id, context).map((one) => ({
    ...one,
    guard: and(from.leaves(undefined), one.guard),
    crosses: [...from.crosses, ...one.crosses],
  }));
}

/** Into an opaque element, by whatever led there. */
export function handOver(plane: Plane, id: string, context: Context): readonly Edge[] {
  const guard = handsOnTo(plane, id);
  if (context.phase === 'forward') return edge(guard, { kind: 'opaque', id }, context, [id]);
  return [...edge(guard, { kind: 'replied' }, context, [id]), ...comeBack(plane, id, guard, context)];
}

/** By whatever way a reply comes back that nobody can follow, it may cross what is prescribed. */
export const comeBack = (plane: Plane, id: string, guard: Predicate, context: Context): readonly Edge[] =>
  edge(and(guard, wayOf(plane, id)), { kind: 'replied' }, { ...context, phase: 'reply' }, [id, anything]);

/** The element sends by the very way that is prescribed. */
const wayOf = (plane: Plane, id: string): Predicate => open(plane, handsOver(id));

/** By a route table that no call read, which may hold any route. */
export function enterUnreadTable(plane: Plane, key: string, leaves: Predicate, context: Context): readonly Edge[] {
  const to: Place = context.phase === 'reply' ? { kind: 'replied' } : { kind: 'opaque', id: key };
  return edge(and(leaves, open(plane, key)), to, context, [anything]);
}

/** Stands in `crosses` for whatever there is to cross: it satisfies a `via`, and excuses from nothing. */
export const anything = '*';

/** From outside into opaque gateways: what is on premises, or the internet behind somebody else's network. */
export function enterFromOutside(plane: Plane, context: Context): readonly Edge[] {
  const fromPremises = context.root === 'onprem' || context.transited === true;
  const lets = ({ kind, elsewhere, unread }: OpaqueGateway): boolean => {
    // Of a service network too: clients in VPCs that nobody read.
    if (kind === 'vpc-peering' || kind === 'service-network') return elsewhere === true && fromPremises;
    return unread !== true || fromPremises;
  };
  const gateways = [...plane.network.opaqueGateways.values()].flatMap((gateway) =>
    gateway.vpcs.length > 0 && lets(gateway) ? handOver(plane, gateway.id, context) : [],
  );
  const attachments = [...plane.network.transitGatewayAttachments.values()].flatMap((attachment) =>
    attachment.behind.kind === 'unknown'
      ? handOver(plane, attachment.id, context).map((one) => ({
          ...one,
          guard: and(settled(plane, attachment), one.guard),
        }))
      : [],
  );
  const asked = fromPremises ? [...askFromOutside(plane, context), ...askByEndpointElsewhere(plane, context)] : [];
  return [...gateways, ...attachments, ...asked];
}

/** Out of the element: any well-formed packet, at each place that it may reach. */
export const leaveOpaqueGateway = (plane: Plane, id: string, context: Context): readonly Edge[] =>
  families.flatMap((family) => {
    const after = emitted(plane, id, family, context);
    return exitsOf(plane, id).flatMap((to) => {
      const outward = to.kind === 'internet' ? isIn('dst', publicUnicast[family]) : yes;
      return edge(at(after.header, and(wellFormed(family), outward)), to, after);
    });
  });

const exitsOf = (plane: Plane, id: string): readonly Place[] =>
  once(plane, `exits ${id}`, () => {
    const behind = plane.network.transitGatewayAttachments.get(id)?.behind;
    if (behind?.kind === 'unknown') return attachmentExits(plane, id, behind.vpcs);
    if (plane.network.carrierGateways.has(id)) return carrierExits(plane);
    const gateway = plane.network.opaqueGateways.get(id);
    if (gateway?.kind === 'vpc-peering') return peerExits(gateway);
    if (gateway?.kind === 'direct-internet-access') return [{ kind: 'internet' }];
    const vpcs = gateway?.vpcs ?? [...plane.network.vpcs.keys()];
    const subnets = [...plane.network.subnets.values()].filter(({ vpc }) => vpcs.includes(vpc));
    const entered = gateway === undefined ? subnets : attachmentSubnets(plane, gateway, subnets);
    const table = gateway?.routeTable;
    return [
      ...vpcs.map((vpc): Place => ({ kind: 'local', vpc })),
      ...entered.map((subnet): Place => ({ kind: 'subnet', id: subnet.id })),
      ...(table === undefined ? [] : vpcs.map((vpc): Place => ({ kind: 'gateway-table', table, vpc, branch: 'all' }))),
      ...(gateway === undefined ? gatewayEndpoints(plane, vpcs) : []),
      { kind: 'internet' },
      { kind: 'onprem' },
    ];
  });

/** A peer VPC leads no further: not to its gateways, not on premises (semantics 6.6, 6.7); unless nobody read it. */
const peerExits = ({ vpcs, elsewhere }: OpaqueGateway): readonly Place[] => [
  ...vpcs.map((vpc): Place => ({ kind: 'local', vpc })),
  ...(elsewhere === true ? [{ kind: 'onprem' } as const] : []),
];

/** A carrier's network leads to the internet, to its customers, and to the VPCs that have a gateway of its own (semantics 4.32). */
const carrierExits = ({ network }: Plane): readonly Place[] => [
  ...[...network.carrierGateways.values()].map(({ vpc }): Place => ({ kind: 'local', vpc })),
  { kind: 'internet' },
  { kind: 'onprem' },
];

/** Of an attachment behind which nothing is modelled: back at its gateway as well, by its own table (semantics 7.22, 7.23). */
const attachmentExits = (plane: Plane, id: string, vpcs: readonly string[]): readonly Place[] => [
  { ...atGateway(plane.network.transitGatewayAttachments.get(id)!), line: id },
  ...vpcs.map((vpc): Place => ({ kind: 'local', vpc })),
  ...[...plane.network.subnets.values()].flatMap((subnet): Place[] =>
    vpcs.includes(subnet.vpc) ? [{ kind: 'subnet', id: subnet.id }] : [],
  ),
  { kind: 'internet' },
  { kind: 'onprem' },
];

/** From a transit gateway or core network a packet goes on by the table of the attachment's subnet (semantics 7.14). */
function attachmentSubnets(plane: Plane, { kind }: OpaqueGateway, subnets: readonly Subnet[]): readonly Subnet[] {
  if (kind !== 'transit-gateway' && kind !== 'core-network') return [];
  return subnets.filter(({ id, vpc }) => {
    const attachments = [...plane.network.interfaces.values()].filter(
      (nic) => nic.vpc === vpc && nic.role === 'transit-gateway-attachment',
    );
    return attachments.length === 0 || attachments.some((nic) => nic.subnet === id);
  });
}

const gatewayEndpoints = (plane: Plane, vpcs: readonly string[]): readonly Place[] =>
  [...plane.network.endpoints.values()].flatMap(({ id, vpc, endpointType }): Place[] =>
    endpointType === 'Gateway' && vpcs.includes(vpc) ? [{ kind: 'service', endpoint: id }] : [],
  );
