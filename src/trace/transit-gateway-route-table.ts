/** Transit gateway route tables: longest prefix, then static, prefix list, propagated (semantics 7.5 to 7.8). */
import { invariant } from '../base/invariant.ts';
import { type Address, formatAddress } from '../net/address.ts';
import { type Prefix, formatPrefix, prefixContains } from '../net/prefix.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type {
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
} from '../network/transit-gateway.ts';
import { prefers, up } from '../network/unknown.ts';
import type { Ended } from './place.ts';
import { entryFor } from './prefix-list.ts';
import { type Trip, drop, note, side } from './trip.ts';
import { wayTaken } from './way.ts';

const stepAt = (table: TransitGatewayRouteTable) =>
  ({ resource: table.id, kind: 'transit-gateway-route-table', source: table.source }) as const;

/** The attachment by which the packet goes on; ended when nothing leads on. */
export function decideAt(trip: Trip, table: TransitGatewayRouteTable): TransitGatewayAttachment | Ended {
  const { routes } = table;
  if (isUnread(routes)) return anywhere(trip, table, unreadKey(routes));
  const dst = formatAddress(trip.packet.dst);
  const found = lookUp(trip, table, routes, trip.packet.dst);
  if (found === undefined)
    return drop(trip, {
      ...stepAt(table),
      code: 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
      detail: `transit gateway route table \`${table.id}\` has no route to ${dst}`,
    });
  const { route, prefix } = found;
  const written = route.destination.kind === 'prefix' ? formatPrefix(prefix) : route.destination.id;
  const block = route.destination.kind === 'prefix' ? written : `\`${written}\` (${formatPrefix(prefix)})`;
  const chosen = route.state === 'blackhole' ? undefined : equalOf(trip, table, route.attachments);
  const step = { ...stepAt(table), rule: `${written} -> ${chosen ?? 'blackhole'}`, source: route.source };
  if (chosen === undefined)
    return drop(trip, {
      ...step,
      code: 'TGW_RTB_BAD_STATE_ROUTE',
      detail: `transit gateway route table \`${table.id}\`: ${block} is a blackhole, and no shorter prefix takes over`,
    });
  note(trip, {
    ...step,
    action: 'forward',
    detail: `transit gateway route table \`${table.id}\`: ${block} leads to \`${chosen}\``,
  });
  return attachmentOf(trip, chosen);
}

function attachmentOf(trip: Trip, id: string): TransitGatewayAttachment {
  const attachment = trip.network.transitGatewayAttachments.get(id);
  invariant(attachment !== undefined, `${id} is an attachment of the network`);
  return attachment;
}

/** A table whose routes were not read may lead to any attachment of the gateway: which is then a choice. */
function anywhere(trip: Trip, table: TransitGatewayRouteTable, key: string): TransitGatewayAttachment | Ended {
  const named = taken(trip, table);
  const chosen = named === undefined ? undefined : trip.network.transitGatewayAttachments.get(named);
  const said = `the routes of \`${table.id}\` were not read`;
  if (!side(trip, key) || chosen?.gateway !== table.gateway)
    return drop(trip, { ...stepAt(table), code: 'TGW_RTB_ROUTES_ARE_UNKNOWN', detail: said });
  note(trip, { ...stepAt(table), action: 'forward', detail: `${said}; one is taken to lead to \`${chosen.id}\`` });
  return chosen;
}

/** The attachment that the choices name for this time. */
const taken = (trip: Trip, { id }: TransitGatewayRouteTable): string | undefined =>
  wayTaken(trip, trip.request.choices.equals, id);

/** Of attachments with equal cost the one that the choices name, else the first (semantics 7.8). */
function equalOf(trip: Trip, table: TransitGatewayRouteTable, attachments: readonly string[]): string | undefined {
  const named = taken(trip, table);
  return attachments.find((id) => id === named) ?? attachments[0];
}

interface Candidate {
  readonly route: TransitGatewayRoute;
  /** The block of it that contains the destination. */
  readonly prefix: Prefix;
}

function lookUp(
  trip: Trip,
  table: TransitGatewayRouteTable,
  routes: readonly TransitGatewayRoute[],
  dst: Address,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const route of routes) {
    if (route.state === 'unknown' && !side(trip, up(route.attachments[0] ?? table.id))) continue;
    const { destination } = route;
    const prefix = destination.kind === 'prefix' ? destination.prefix : entryFor(trip, destination.id, dst, table.id);
    if (prefix === undefined || !prefixContains(prefix, dst)) continue;
    const each = { route, prefix };
    if (best === undefined || beats(trip, table, each, best)) best = each;
  }
  return best;
}

function beats(trip: Trip, table: TransitGatewayRouteTable, a: Candidate, b: Candidate): boolean {
  if (a.prefix.length !== b.prefix.length) return a.prefix.length > b.prefix.length;
  const byRank = rank(a.route) - rank(b.route);
  if (byRank !== 0) return byRank < 0;
  const [one, two] = [a.route.destination, b.route.destination];
  if (one.kind !== 'prefix-list' || two.kind !== 'prefix-list') return false;
  // Nothing tells which of two lists with the same block wins.
  const preferred = (list: string): boolean => side(trip, prefers(table.id, list));
  return preferred(one.id) === preferred(two.id) ? one.id < two.id : preferred(one.id);
}

/** A static route hides the propagated one of its block (semantics 7.6). */
function rank({ destination, origin }: TransitGatewayRoute): number {
  if (destination.kind === 'prefix-list') return 1;
  switch (origin) {
    case 'static':
      return 0;
    case 'propagated':
      return 2;
  }
}
