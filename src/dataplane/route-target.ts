/** Where a selected route leads: one branch a kind of target, each told by its own construct. */
import type { RouteTarget } from '../network/route-table.ts';
import { leaveByCarrierGateway } from './carrier-gateway.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { leaveByEgressOnly } from './egress-only-internet-gateway.ts';
import { enterGatewayEndpoint } from './endpoint.ts';
import { enterFirewallEndpoint } from './firewall-endpoint.ts';
import { enterGuest } from './guest.ts';
import { leaveByInternetGateway } from './internet-gateway.ts';
import { enterNatGateway } from './nat-gateway.ts';
import { enterOpaqueGateway, enterUnknownTarget } from './opaque-gateway.ts';
import { type Plane, blocksOf } from './plane.ts';
import { and, isIn } from './predicate.ts';
import { enterTransitGateway } from './transit-gateway.ts';
import { enterVpcPeering } from './vpc-peering.ts';
import { enterVpnGateway } from './vpn-gateway.ts';

export function follow(plane: Plane, target: RouteTarget, from: Departure, context: Context): readonly Edge[] {
  switch (target.kind) {
    case 'local': {
      const guard = and(from.leaves(undefined), isIn('dst', blocksOf(plane, from.vpc, context.header.family)));
      return edge(guard, { kind: 'local', vpc: from.vpc }, context, from.crosses);
    }
    case 'internet-gateway':
      return leaveByInternetGateway(plane, target.id, from, context);
    case 'egress-only-internet-gateway':
      return leaveByEgressOnly(plane, target.id, from, context);
    case 'nat-gateway':
      return enterNatGateway(plane, target.id, from, context);
    case 'gateway-endpoint':
      return enterGatewayEndpoint(plane, target.id, from, context);
    case 'firewall-endpoint':
      return enterFirewallEndpoint(plane, target.id, from, context);
    case 'network-interface':
      return enterGuest(plane, target.id, from, context);
    case 'vpc-peering':
      return plane.network.vpcPeerings.has(target.id)
        ? enterVpcPeering(plane, target.id, from, context)
        : context.transit === undefined
          ? enterOpaqueGateway(plane, target.id, from, context)
          : [];
    case 'transit-gateway':
    case 'core-network':
      return plane.network.transitGateways.has(target.id)
        ? enterTransitGateway(plane, target.id, from, context)
        : enterOpaqueGateway(plane, target.id, from, context);
    case 'vpn-gateway': {
      const gateway = plane.network.vpnGateways.get(target.id);
      return gateway === undefined
        ? enterOpaqueGateway(plane, target.id, from, context)
        : enterVpnGateway(plane, gateway, from, context);
    }
    case 'carrier-gateway': {
      const gateway = plane.network.carrierGateways.get(target.id);
      return gateway === undefined
        ? enterOpaqueGateway(plane, target.id, from, context)
        : leaveByCarrierGateway(plane, gateway, from, context);
    }
    case 'local-gateway':
    case 'odb-network':
      return enterOpaqueGateway(plane, target.id, from, context);
    case 'unknown':
      return enterUnknownTarget(plane, target.id, from, context);
  }
}
