/** Client VPN: clients outside come in by the interfaces of an association, under the interface's address (semantics 14.3). */
import type { Family } from '../net/address.ts';
import { type Intervals, none, subtract, unionAll } from '../net/interval.ts';
import { type Prefix, rangeOf } from '../net/prefix.ts';
import { type ClientVpnAssociation, type ClientVpnEndpoint, clientVpnOf } from '../network/client-vpn-endpoint.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { passes, up } from '../network/unknown.ts';
import { chosen } from './choice.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { idsOf } from './interface-class.ts';
import { owing } from './owing.ts';
import { type Place } from './place.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, hasPorts, isIn, not, or, yes } from './predicate.ts';

/** From outside, over IPv4; which address a client has over IPv6 is not told, and it comes in by what is not modelled (`clients.ts`: what goes to it). */
export function enterByClientVpn(plane: Plane, context: Context): readonly Edge[] {
  if (context.header.family !== 'ipv4') return [];
  return [...plane.network.clientVpnEndpoints.values()].flatMap((endpoint) => {
    const { associations } = endpoint;
    if (isUnread(associations)) return [];
    return associations.flatMap((association, i) => {
      const connected = chosen(plane, context, `association ${endpoint.id}`, i, associations.length);
      const guard = and(connected, admitted(plane, endpoint, association, 'ipv4'));
      const { interfaces } = association;
      return interfaces.flatMap((nic, j) => {
        const of = plane.classOf.get(nic);
        if (of === undefined) return [];
        const by = chosen(plane, context, `interface ${endpoint.id} ${association.id}`, j, interfaces.length);
        const to: Place = { kind: 'client-vpn', endpoint: endpoint.id, interface: nic };
        return edge(and(guard, by), to, context, [endpoint.id, ...idsOf(plane.network, of)]);
      });
    });
  });
}

/** Under the interface's own address, and with a port of its own; from there on the interface sends it (semantics 2.16). */
export function leaveClientVpn(
  plane: Plane,
  { endpoint, interface: nic }: Extract<Place, { readonly kind: 'client-vpn' }>,
  context: Context,
): readonly Edge[] {
  const of = plane.classOf.get(nic)!;
  const own = of.interfaces[0]!;
  const address = own.addresses.find((one) => one.address.family === 'ipv4')?.address;
  if (address === undefined) return [];
  const { header } = context;
  const src = plane.symbols.constant(address.value, 32);
  const port = plane.symbols.variable(`client-vpn.${endpoint}.port`, 16, [{ lo: 1024n, hi: 65535n }]);
  const translated = (guard: Predicate, after: typeof header): readonly Edge[] => {
    const guest = { holder: nic, subnet: of.subnet };
    const crossings = owing(plane, context, {
      kind: 'translator',
      id: endpoint,
      guest,
      mark: '',
      before: header,
      after,
    });
    return edge(guard, { kind: 'leaving', of }, { ...context, header: after, vpc: of.vpc, clean: true, crossings });
  };
  return [...translated(hasPorts, { ...header, src, srcPort: port }), ...translated(not(hasPorts), { ...header, src })];
}

/** What the endpoint that the interface certainly belongs to lets its clients send by it; undefined where none does. */
export function admittedBy(plane: Plane, nic: string, family: Family): Predicate | undefined {
  const endpoint = clientVpnOf(plane.network, nic);
  if (endpoint === undefined || isUnread(endpoint.associations)) return undefined;
  const association = endpoint.associations.find(({ interfaces }) => interfaces.includes(nic))!;
  return admitted(plane, endpoint, association, family);
}

/** Authorized, and routed by the association's subnet. */
const admitted = (
  plane: Plane,
  endpoint: ClientVpnEndpoint,
  association: ClientVpnAssociation,
  family: Family,
): Predicate =>
  once(plane, `client vpn ${endpoint.id} ${association.id} ${family}`, () => {
    const { id, families, authorizationRules, routes } = endpoint;
    if (!families.includes(family)) return { kind: 'false' };
    const works = association.state === undefined ? yes : open(plane, up(id));
    const authorized = isUnread(authorizationRules)
      ? open(plane, unreadKey(authorizationRules))
      : within(plane, id, decide(authorizationRules, family, { may: () => true, sure: ({ everyone }) => everyone }));
    const by = ({ subnet }: { readonly subnet: string }): boolean => subnet === association.subnet;
    const routed = isUnread(routes)
      ? open(plane, unreadKey(routes))
      : within(plane, id, decide(routes, family, { may: by, sure: by }));
    return and(settled(plane, endpoint), works, authorized, routed);
  });

/** Destinations for which some entry may do, and those for which the one that decides does. */
interface Decided {
  readonly may: Intervals;
  readonly sure: Intervals;
}

const within = (plane: Plane, endpoint: string, { may, sure }: Decided): Predicate =>
  or(isIn('dst', sure), and(isIn('dst', may), open(plane, passes(endpoint))));

interface Entry {
  readonly destination: Prefix;
  readonly state?: string;
}

/** The longest block that holds the destination decides; one that comes about or ends does so for nobody certainly. */
function decide<E extends Entry>(
  entries: readonly E[],
  family: Family,
  { may, sure }: { readonly may: (entry: E) => boolean; readonly sure: (entry: E) => boolean },
): Decided {
  const own = entries.filter(({ destination }) => destination.family === family);
  const lengths = [...new Set(own.map(({ destination }) => destination.length))].sort((a, b) => b - a);
  const blocksOf = (some: readonly E[]): Intervals => unionAll(some.map(({ destination }) => [rangeOf(destination)]));
  let decided: Intervals = none;
  let certain: Intervals = none;
  for (const length of lengths) {
    const alike = own.filter(({ destination }) => destination.length === length);
    const sound = alike.filter((entry) => entry.state === undefined && sure(entry));
    certain = unionAll([certain, subtract(blocksOf(sound), decided)]);
    decided = unionAll([decided, blocksOf(alike)]);
  }
  return { may: blocksOf(own.filter(may)), sure: certain };
}
