/** The routes of a transit gateway route table, out of all answers about it; none where they do not tell every route. */
import { formatPrefix } from '../../net/prefix.ts';
import type { TransitGatewayRoute } from '../transit-gateway.ts';
import type { Building } from './building.ts';
import type { TransitGatewayRoutesFinding } from './transit-gateway-finding.ts';
import { attachmentNamed, type Gateway, type Table } from './transit-gateway-member.ts';
import { propagatedRoutes } from './transit-gateway-propagation.ts';

export interface Merged {
  /** Absent where some may not be known. */
  readonly routes?: readonly TransitGatewayRoute[];
  /** Attachments to which it may have learnt routes besides, to any block. */
  readonly learns?: readonly string[];
  /** It is not told what the answers that they rest on were asked for. */
  readonly untold: boolean;
}

export function mergedRoutes(building: Building, table: Table, gateway: Gateway): Merged {
  const answers = building.findings.transitGatewayRoutes.filter((one) => one.table === table.id && !one.cut);
  const ended = answers.filter(({ continues }) => !continues);
  // Only what was asked for tells that there is nothing else of a type; untold, one that is shown does.
  const told = ended.some(({ asked }) => asked?.static) && ended.some(({ asked }) => asked?.propagated);
  const untold = !told && ended.some(({ asked }) => asked === undefined);
  const shows = ({ asked, routes }: TransitGatewayRoutesFinding) =>
    asked === undefined && routes.some(({ origin }) => origin === 'propagated');
  const propagated = ended.some((one) => one.asked?.propagated ?? answers.some((each) => shows(each)));
  if (!ended.some(({ asked }) => asked?.static ?? true)) return { untold: false };

  const shown = [...answers.flatMap(({ routes }) => routes), ...references(building, table, answers)];
  // What leads nowhere that is told could lead anywhere.
  if (shown.some(({ state, attachments }) => state !== 'blackhole' && attachments.length === 0))
    return { untold: false };
  const routes = once(building, table, shown).map((route) => resolved(building, table, route, gateway));
  if (propagated && !untold) return { routes, untold };

  // An attachment of which one propagated route is shown has all of them shown, if the answer is what it seems.
  const seen = routes.flatMap(({ origin, attachments }) => (propagated && origin === 'propagated' ? attachments : []));
  const derived = propagatedRoutes(building, table, routes, gateway, new Set(seen));
  const all = [...routes, ...derived.routes];
  if (propagated) return { routes: all, untold };
  return derived.whole ? { routes: all, learns: derived.learns, untold } : { untold: false };
}

/** References to prefix lists none of whose blocks an answer shows as a route (semantics 7.5). */
function references(
  { findings }: Building,
  { id }: Table,
  answers: readonly TransitGatewayRoutesFinding[],
): readonly TransitGatewayRoute[] {
  const expanded = new Set(answers.flatMap(({ lists }) => lists));
  return findings.transitGatewayPrefixListReferences.flatMap(({ table, list, state, attachment, source }) =>
    table !== id || expanded.has(list)
      ? []
      : {
          destination: { kind: 'prefix-list', id: list },
          origin: 'static',
          state,
          attachments: attachment === undefined ? [] : [attachment],
          source,
        },
  );
}

/** A block, or a prefix list's id. */
export const destinationText = (destination: TransitGatewayRoute['destination']): string =>
  destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id;

/** Each route once, though several answers show it; two that contradict each other are a mistake. */
function once(
  building: Building,
  table: Table,
  routes: readonly TransitGatewayRoute[],
): readonly TransitGatewayRoute[] {
  const seen = new Map<string, TransitGatewayRoute>();
  for (const route of routes) {
    const key = `${destinationText(route.destination)} ${route.origin}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, route);
    else if (ways(before) !== ways(route))
      building.problems.push({
        code: 'duplicate-id',
        file: route.source.file,
        place: route.source.place,
        message: `The route of \`${table.id}\` for ${destinationText(route.destination)} is described here and, differently, at ${before.source.place} of ${before.source.file}.`,
        hint: 'Keep the answers of one moment: the older file is to go.',
      });
  }
  return [...seen.values()];
}

const ways = ({ state, attachments }: TransitGatewayRoute): string => [state, ...[...attachments].sort()].join(' ');

/**
 * The route with its attachments as the network names them; to those that are gone nothing is carried. Only a static
 * route stays when its attachment goes (semantics 4.16, 7.7): any other, or one that comes about or ends, may be gone too.
 */
function resolved(
  building: Building,
  table: Table,
  route: TransitGatewayRoute,
  { attachments }: Gateway,
): TransitGatewayRoute {
  if (route.attachments.length === 0) return route;
  const known = route.attachments.flatMap(
    (id) => attachmentNamed(building, table, id, attachments, route.source) ?? [],
  );
  const stays = route.origin === 'static' && route.state === 'active';
  if (known.length === 0) return { ...route, state: stays ? 'blackhole' : 'unknown', attachments: [] };
  return { ...route, attachments: known.map(({ id }) => id) };
}
