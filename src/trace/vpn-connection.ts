/** Site-to-Site VPN connections: which packets they carry, and whether they work at all (semantics 8.4). */
import type { Address } from '../net/address.ts';
import { formatPacket } from '../net/packet.ts';
import { type Prefix, prefixContains } from '../net/prefix.ts';
import type { VpnConnection } from '../network/vpn-gateway.ts';
import { up } from '../network/unknown.ts';
import { type Step, type Trip, inForce, side } from './trip.ts';

/** To on premises, or from there. */
export type Way = 'outward' | 'inward';

/** Nothing where it carries the packet. */
export function whyNotCarried(
  trip: Trip,
  connection: VpnConnection,
  way: Way,
): Pick<Step, 'code' | 'detail'> | undefined {
  const { id, state } = connection;
  if (!inForce(trip, connection)) return { code: 'BAD_STATE_VPN', detail: `\`${id}\` is ${state}` };
  if (connection.up === false && !side(trip, up(id)))
    return { code: 'TGW_BAD_STATE_VPN', detail: `no tunnel of \`${id}\` is up` };
  if (!selects(trip, connection, way))
    return { detail: `the traffic selectors of \`${id}\` leave out ${formatPacket(trip.packet)}` };
  return undefined;
}

/** Its traffic selectors, where they are narrower than everything. */
function selects({ packet }: Trip, { selectors }: VpnConnection, way: Way): boolean {
  if (selectors === undefined) return true;
  const [here, there] = way === 'outward' ? [packet.src, packet.dst] : [packet.dst, packet.src];
  return holds(selectors.aws, here) && holds(selectors.onPremises, there);
}

/** A selector that is not told is AWS's default, which is everything. */
const holds = (blocks: readonly Prefix[], address: Address): boolean =>
  blocks.length === 0 || blocks.some((each) => prefixContains(each, address));
