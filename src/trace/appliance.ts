/** Which appliance behind a Gateway Load Balancer takes what comes to an endpoint (semantics 11.1, 11.3, 11.6). */
import type { Appliance, Inspection } from '../network/gateway-load-balancer.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Subnet } from '../network/subnet.ts';
import { up } from '../network/unknown.ts';
import { areComparable } from '../network/zone.ts';
import { whyCutOff } from './geneve.ts';
import { whyDown } from './interface.ts';
import { nameOf } from './listener.ts';
import { type Trip, isLostBy, side, subnetOf } from './trip.ts';

/** Why the appliance gets nothing of what comes by an endpoint in `subnet`: by zone, health, or what bars GENEVE. */
export function whyNotTaken(trip: Trip, appliance: Appliance, subnet: Subnet): string | undefined {
  const at = trip.network.interfaces.get(appliance.interface);
  if (at === undefined) return `\`${appliance.interface}\` is not there`;
  if (!isInReach(trip, appliance, subnet))
    return `\`${nameOf(appliance.balancer)}\` sends from ${subnet.zone} to no target in another zone, such as \`${at.id}\``;
  const { health } = appliance;
  if (health !== undefined && health !== 'healthy' && !side(trip, up(at.id))) return `\`${at.id}\` is ${health}`;
  return whyDown(trip, at) ?? (isLostBy(trip, '11.1') ? whyCutOff(trip, appliance, at, subnet) : undefined);
}

/** For every zone, for this one, for one of which that cannot be told, or across zones. */
function isInReach(trip: Trip, appliance: Appliance, subnet: Subnet): boolean {
  const setting = appliance.group.crossZone ?? appliance.balancer.crossZone;
  return isNear(trip, appliance, subnet) || (isUnread(setting) ? side(trip, unreadKey(setting)) : setting);
}

function isNear(trip: Trip, appliance: Appliance, subnet: Subnet): boolean {
  const { zone, balancer } = appliance;
  if (zone === 'all') return true;
  const at = trip.network.interfaces.get(appliance.interface);
  const own = at === undefined ? undefined : subnetOf(trip, at.subnet);
  const account = zone === undefined ? own?.account : balancer.account;
  const there = { zone: zone ?? own?.zone ?? '', ...(account === undefined ? {} : { account }) };
  return there.zone === subnet.zone || !areComparable(there, subnet);
}

/** Some target is registered that the zone's nodes send to, whatever nobody told: the zone is not empty (semantics 11.6). */
export const isServed = (trip: Trip, { appliances }: Inspection, subnet: Subnet): boolean =>
  appliances.some((one) => isNear(trip, one, subnet) || (one.group.crossZone ?? one.balancer.crossZone) === true);
