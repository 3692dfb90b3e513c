/** The choices that a path makes between networks: zones, equal routes, lines on premises. */
import { type Place, type Plane, type Predicate, unknownsIn } from '../dataplane/index.ts';
import type { Network } from '../network/network.ts';
import { type Choices, nextTurnKey } from '../network/replay.ts';
import { type TransitGatewayAttachment, awsIdOf } from '../network/transit-gateway.ts';
import { passes } from '../network/unknown.ts';
import { zoneAmongAll } from '../network/zone.ts';
import type { Path } from './search.ts';

type Ways = Pick<Choices, 'enters' | 'transits' | 'returnsBy' | 'zones' | 'equals'>;

export function betweenNetworks({ network, sides }: Pick<Plane, 'network' | 'sides'>, { steps }: Path): Ways {
  const zones = new Map<string, string>();
  const equals = new Map<string, string>();
  const lines: { enters?: string; transits?: string; returnsBy?: string } = {};
  for (const { from, to, guard } of steps) {
    const direction = from.context.phase === 'forward' ? 'forward' : 'return';
    if (to.place.kind === 'replied') {
      if (from.place.kind !== 'transit-gateway') continue;
      const left = lostBy(network, from.place.gateway, guard, sides);
      if (left !== undefined) equals.set(nextTurnKey(equals, `${from.place.table} ${direction}`), left);
      continue;
    }
    const { place } = to;
    if (place.kind === 'transit-gateway' && place.zone !== undefined) {
      const entered = entranceOf(network, from.place, place.gateway, place.zone);
      if (entered !== undefined) zones.set(nextTurnKey(zones, `${entered.attachment} ${direction}`), entered.subnet);
    }
    if (from.place.kind === 'transit-gateway') {
      const left = leftBy(network, from.place.gateway, place);
      if (left === undefined) continue;
      equals.set(nextTurnKey(equals, `${from.place.table} ${direction}`), left);
      if (place.kind === 'network-function' && place.zone !== undefined)
        zones.set(nextTurnKey(zones, `${left} ${direction}`), place.zone);
      if (place.kind === 'subnet') zones.set(nextTurnKey(zones, `${left} ${direction}`), place.id);
    }
    if (from.place.kind !== 'onprem' || from.context.phase !== to.context.phase) continue;
    const line = lineInto(network, to.place);
    if (line === undefined) continue;
    if (direction === 'return') lines.returnsBy = line;
    else if (from.context.origin === 'onprem') lines.enters = line;
    else lines.transits = line;
  }
  return { ...lines, ...(zones.size > 0 ? { zones } : {}), ...(equals.size > 0 ? { equals } : {}) };
}

/** The attachment by which a VPC's packet came in, and the subnet of it in that zone. */
function entranceOf(
  { subnets, transitGatewayAttachments: all }: Network,
  from: Place,
  gateway: string,
  zone: string,
): { readonly attachment: string; readonly subnet: string } | undefined {
  const vpc = from.kind === 'subnet' ? subnets.get(from.id)?.vpc : from.kind === 'gateway-table' ? from.vpc : undefined;
  for (const { id, gateway: of, behind } of all.values()) {
    if (of !== gateway || behind.kind !== 'vpc' || behind.vpc !== vpc) continue;
    const subnet = behind.subnets.find((one) => zoneAmongAll(subnets.get(one)!) === zone);
    if (subnet !== undefined) return { attachment: id, subnet };
  }
  return undefined;
}

/** The attachment by which a packet left the gateway. */
function leftBy({ transitGatewayAttachments: all }: Network, gateway: string, to: Place): string | undefined {
  if (to.kind === 'onprem') return to.line;
  if (to.kind === 'network-function') return to.id;
  const far = to.kind === 'transit-gateway' ? all.get(to.line ?? '') : undefined;
  const leadsThere = ({ id, behind }: TransitGatewayAttachment): boolean => {
    if (to.kind === 'subnet') return behind.kind === 'vpc' && behind.subnets.includes(to.id);
    const peer = behind.kind === 'transit-gateway' ? behind.id : undefined;
    if (to.kind === 'opaque') return id === to.id || peer === to.id;
    return far !== undefined && peer === far.gateway && awsIdOf(id) === awsIdOf(far.id);
  };
  return [...all.values()].find((one) => one.gateway === gateway && leadsThere(one))?.id;
}

/** The attachment by which a reply left the gateway for what is not modelled and may bring it back: one that the step leans on. */
function lostBy(
  { transitGatewayAttachments: all, transitGateways }: Network,
  gateway: string,
  guard: Predicate,
  sides: Plane['sides'],
): string | undefined {
  const told = unknownsIn(guard);
  return [...all.values()].find(({ id, gateway: of, behind }) => {
    const beyond = behind.kind === 'transit-gateway' && !transitGateways.has(behind.id) ? behind.id : undefined;
    const key = passes(beyond ?? id);
    const leads = beyond !== undefined || behind.kind === 'unknown';
    return of === gateway && leads && (told.has(key) || sides.get(key) === true);
  })?.id;
}

/** The line that leads from on premises to that place. */
function lineInto(network: Network, to: Place): string | undefined {
  if (to.kind === 'transit-gateway') return to.line;
  if (to.kind === 'opaque') return to.id;
  if (to.kind === 'client-vpn') return to.endpoint;
  if (to.kind === 'lattice') return to.network;
  if (to.kind !== 'local' && to.kind !== 'gateway-table') return undefined;
  return [...network.vpnGateways.values()].find(({ vpc }) => vpc === to.vpc)?.id;
}
