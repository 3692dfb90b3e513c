/** Virtual private gateways: out to the prefixes that they know, in to the VPC's own interfaces alone (semantics 8.1 to 8.6, 8.14). */
import { formatAddress } from '../net/address.ts';
import { formatPrefix } from '../net/prefix.ts';
import { unreadEdge } from '../network/edge-table.ts';
import type { VpnGateway } from '../network/vpn-gateway.ts';
import type { From, Place } from './place.ts';
import { decide } from './route-table.ts';
import { loseReference } from './security-group.ts';
import { type Trip, drop, inForce, note, side } from './trip.ts';
import { bringsIn, knows } from './vpn-gateway-prefix.ts';

const end: Place = { kind: 'ended' };

const stepAt = (gateway: VpnGateway) =>
  ({ resource: gateway.id, kind: 'vpn-gateway', source: gateway.source }) as const;

/** A route of its VPC leads to the gateway. */
export function leaveByVpnGateway(trip: Trip, gateway: VpnGateway, from: From): Place {
  const { src, dst } = trip.packet;
  const step = stepAt(gateway);
  if (gateway.vpc !== from.vpc || !inForce(trip, gateway)) return notAttached(trip, gateway, from.vpc);
  const holder = trip.atlas.holder(from.vpc, src, trip.request.choices);
  if (holder === undefined || (holder.kind === 'interface' && !holder.interface.attached))
    return drop(trip, {
      ...step,
      code: 'VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
      detail: `${formatAddress(src)} is no private address of an attached interface of \`${from.vpc}\``,
    });
  const known = knows(trip, gateway);
  if (known === undefined)
    return drop(trip, {
      ...step,
      code: 'NO_POSSIBLE_DESTINATION',
      detail: `\`${gateway.id}\` knows no prefix with ${formatAddress(dst)}, and drops what it does not know`,
    });
  if (!loseReference(trip, gateway.id)) return end;
  trip.identified = false;
  note(trip, {
    ...step,
    action: 'forward',
    ...(known === 'taken' ? {} : { rule: `${formatPrefix(known)} -> ${gateway.id}` }),
    detail:
      known === 'taken'
        ? `\`${gateway.id}\` is taken to know a prefix with ${formatAddress(dst)} on premises`
        : `\`${gateway.id}\` sends the packet on premises: it knows ${formatPrefix(known)}`,
  });
  return { kind: 'on-premises', line: gateway.id };
}

function notAttached(trip: Trip, gateway: VpnGateway, vpc: string | undefined): Place {
  const other = gateway.state === undefined || gateway.vpc !== vpc;
  return drop(trip, {
    ...stepAt(gateway),
    code: 'BAD_STATE_ATTACHMENT',
    detail: other
      ? `\`${gateway.id}\` is not attached to ${vpc === undefined ? 'a VPC' : `\`${vpc}\``}`
      : `\`${gateway.id}\` is ${gateway.state}`,
  });
}

/** A packet from on premises: by the edge table, if there is one, else to the interface that holds its destination. */
export function enterByVpnGateway(trip: Trip, gateway: VpnGateway): Place {
  const { dst } = trip.packet;
  const { vpc } = gateway;
  const step = stepAt(gateway);
  if (vpc === undefined || !inForce(trip, gateway)) return notAttached(trip, gateway, vpc);
  if (!bringsIn(trip, gateway))
    return drop(trip, {
      ...step,
      code: 'BAD_STATE_VPN',
      detail: `\`${gateway.id}\` has no connection, and no Direct Connect, that is known to carry the packet`,
    });
  const holder = trip.atlas.holder(vpc, dst, trip.request.choices);
  const able = holder?.kind === 'interface' ? holder.interface.attached : trip.direction === 'return';
  if (holder === undefined || !able)
    return drop(trip, {
      ...step,
      code: 'VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      detail: `${formatAddress(dst)} is no private address of an attached interface of \`${vpc}\``,
    });
  // Nothing of on premises is a member of a group (semantics 8.13).
  trip.identified = false;
  note(trip, { ...step, action: 'forward', detail: `\`${gateway.id}\` takes the packet into \`${vpc}\`` });
  return passEdge(trip, gateway, vpc);
}

/** The table of its edge association leads to interfaces, firewall endpoints and the VPC alone (semantics 4.21, 4.26). */
function passEdge(trip: Trip, gateway: VpnGateway, vpc: string): Place {
  const table = gateway.routeTable === undefined ? undefined : trip.network.routeTables.get(gateway.routeTable);
  const unread = unreadEdge(trip.network, gateway);
  if (unread !== undefined && !side(trip, unread))
    return drop(trip, { ...stepAt(gateway), detail: `whether \`${gateway.id}\` has an edge table was not read` });
  if (table === undefined) return { kind: 'local', vpc, subnet: undefined };
  const target = decide(trip, table);
  switch (target.kind) {
    case 'ended':
      return target;
    case 'local':
    case 'network-interface':
    case 'firewall-endpoint':
      return { kind: 'routed', target, from: { vpc, subnet: undefined, regionalNat: false } };
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
    case 'gateway-endpoint':
    case 'transit-gateway':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'core-network':
    case 'odb-network':
    case 'unknown':
      return drop(trip, {
        ...stepAt(gateway),
        code: 'CANNOT_ROUTE',
        detail: `the edge table of \`${gateway.id}\` cannot lead to \`${target.id}\``,
      });
  }
}
