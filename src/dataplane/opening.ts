/**
 * What a plane can be asked to hold open: every filter, table and gateway condition by an unknown of its own, so that it
 * can be seen which of them a proof of absence rests on. On every other plane nothing of this leaves a trace.
 */
import type { Route, RouteTable } from '../network/route-table.ts';
import type { Plane } from './plane.ts';
import { type Predicate, no, or, unknown, yes } from './predicate.ts';

/** Something that lets through what it would not, once it is held open. */
export type Closer =
  /** The rules of one group: opened, it lets everything through. */
  | { readonly kind: 'security-group'; readonly id: string; readonly direction: 'ingress' | 'egress' }
  | { readonly kind: 'network-acl'; readonly id: string; readonly direction: 'inbound' | 'outbound' }
  /** Opened, it leads every packet to whatever a route of it may name. */
  | { readonly kind: 'route-table'; readonly id: string }
  /** Opened, it leads every packet to every attachment of its gateway. */
  | { readonly kind: 'transit-gateway-route-table'; readonly id: string }
  | { readonly kind: 'network-firewall'; readonly id: string }
  /** Of a VPC's resolver: DNS Firewall and the rules by which names are looked up. */
  | { readonly kind: 'dns-resolver'; readonly id: string }
  /** In a subnet, or in a VPC where no subnet is left. */
  | { readonly kind: 'block-public-access'; readonly id: string }
  /** Opened, every address of the VPC is its own public one. */
  | { readonly kind: 'public-address'; readonly id: string }
  /** Of the question: the ways, flows or places that it leaves out. */
  | { readonly kind: 'exception'; readonly id: string };

const opened = 'opened:';

/** The key of the unknown that holds it open. */
const openedKey = (one: Closer): string =>
  `${opened}${one.kind} ${'direction' in one ? `${one.direction} ` : ''}${one.id}`;

/** What the key holds open; undefined for every other unknown. */
export function closerOf(key: string): Closer | undefined {
  if (!key.startsWith(opened)) return undefined;
  const [kind = '', ...rest] = key.slice(opened.length).split(' ');
  return kind === 'security-group' || kind === 'network-acl'
    ? ({ kind, direction: rest[0], id: rest.slice(1).join(' ') } as Closer)
    : ({ kind, id: rest.join(' ') } as Closer);
}

const taken = 'taken:';

/** The key of the unknown that marks what goes by the table's route at that place of it. */
export const takenKey = (table: string, route: number): string => `${taken}${table} ${route}`;

/** Marks a way on a plane that tells; true on every other. */
export const takenBy = (plane: Plane, { id, routes }: RouteTable, route: Route): Predicate =>
  plane.opening === 'all' ? unknown(takenKey(id, routes.indexOf(route))) : yes;

const tables: ReadonlySet<Closer['kind']> = new Set(['route-table', 'transit-gateway-route-table']);

/** That it is held open; false on every plane but one that tells. */
export const heldOpen = (plane: Plane, one: Closer): Predicate =>
  plane.opening === undefined || (plane.opening === 'rules' && tables.has(one.kind)) ? no : unknown(openedKey(one));

/** What it lets through. */
export const closedBy = (plane: Plane, one: Closer, lets: Predicate): Predicate =>
  plane.opening === undefined ? lets : or(heldOpen(plane, one), lets);
