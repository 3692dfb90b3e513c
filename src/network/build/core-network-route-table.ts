/**
 * The route tables of a modelled core network: as AWS computed them, where an answer shows it, else as the policy has
 * them come about (semantics 14.4); where neither tells, they are unread.
 */
import { present } from '../../base/present.ts';
import { prefixesOverlap } from '../../net/prefix.ts';
import type { Unread } from '../resource.ts';
import type { TransitGateway, TransitGatewayRoute, TransitGatewayRouteTable } from '../transit-gateway.ts';
import type { Building } from './building.ts';
import { destinationText } from './transit-gateway-route.ts';
import { type CoreNetworkRoutesFinding, groupTable, networkRoutesCall, segmentTable } from './core-network-finding.ts';
import { groupRoutes, type Policed, segmentRoutes, type TableRoutes } from './core-network-policy.ts';

interface Parts extends Policed {
  readonly gateway: TransitGateway;
}

/** Those that attachments are associated with; nothing looks into another. */
export function buildCoreNetworkRouteTables(building: Building, parts: Parts): readonly TransitGatewayRouteTable[] {
  const tables = new Map<string, TransitGatewayRouteTable>();
  for (const { coreNetworkId, segment, networkFunctionGroup, edge, source } of parts.sides) {
    const group = networkFunctionGroup ?? '';
    if (group === '' && (segment ?? '') === '') continue;
    const id = group === '' ? segmentTable(coreNetworkId, segment ?? '', edge) : groupTable(coreNetworkId, group, edge);
    if (tables.has(id)) continue;
    const told =
      toldRoutes(building, id, edge, parts) ??
      (group === '' ? segmentRoutes(parts, segment ?? '', edge) : groupRoutes(parts, group, edge));
    tables.set(id, {
      id,
      tags: {},
      source: told?.source ?? source,
      ...present({ account: parts.gateway.account, region: edge }),
      kind: 'core-network-route-table',
      gateway: parts.gateway.id,
      ...(told === undefined ? { routes: unread(id) } : written(id, told)),
    });
  }
  return [...tables.values()];
}

const unread = (subject: string): Unread => ({ unread: networkRoutesCall, subject });

/** Of an answer that holds all of them. */
function toldRoutes(building: Building, id: string, edge: string, parts: Parts): TableRoutes | undefined {
  const { findings, problems } = building;
  const { sides } = parts;
  const [answer, ...others] = findings.coreNetworkRoutes.filter(({ table, whole }) => table === id && whole);
  if (answer === undefined) return undefined;
  const other = others.find((one) => contentOf(one) !== contentOf(answer));
  if (other !== undefined)
    problems.push({
      code: 'duplicate-id',
      file: other.source.file,
      place: other.source.place,
      message: `The routes of \`${id}\` are described here and, differently, in ${answer.source.file}.`,
      hint: 'Keep the answers of one moment: the older file is to go.',
    });
  const known = new Set(sides.map((side) => side.id));
  const routes = answer.routes.map((route): TransitGatewayRoute => {
    const attachments = route.attachments.filter((one) => known.has(one));
    // An attachment that is gone leaves a static route that drops, and takes others with it.
    if (attachments.length > 0 || route.state === 'blackhole') return { ...route, attachments };
    return {
      ...route,
      attachments,
      state: route.origin === 'static' && route.state === 'active' ? 'blackhole' : 'unknown',
    };
  });
  const learns = new Set(routes.flatMap((route) => elsewhere(building, route, id, edge, parts)));
  return { routes, learns: [...learns].sort(), source: answer.source };
}

/**
 * Where a route that leads to another edge may lead besides: that edge may ask its own table of the segment, which knows
 * the same but for what routing policies keep from the first.
 */
function elsewhere(
  { findings }: Building,
  { destination, attachments }: TransitGatewayRoute,
  id: string,
  edge: string,
  { sides, policy }: Parts,
): readonly string[] {
  const far = new Set(sides.filter((one) => attachments.includes(one.id) && one.edge !== edge).map((one) => one.edge));
  return [...far].flatMap((other) => {
    const table = `${id.slice(0, -edge.length)}${other}`;
    const answer = findings.coreNetworkRoutes.find((one) => one.table === table && one.whole);
    if (answer !== undefined && destination.kind === 'prefix') {
      const { prefix } = destination;
      const differing = answer.routes.filter(
        (one) =>
          one.attachments.join(' ') !== attachments.join(' ') &&
          (one.destination.kind === 'prefix-list' ||
            (one.destination.prefix.length >= prefix.length && prefixesOverlap(one.destination.prefix, prefix))),
      );
      const there = new Set(sides.map((side) => side.id));
      return differing.flatMap((one) => [...attachments, ...one.attachments.filter((each) => there.has(each))]);
    }
    if (policy?.whole === true) return [];
    return sides.filter((one) => one.edge === other).map((one) => one.id);
  });
}

const contentOf = ({ routes }: CoreNetworkRoutesFinding): string =>
  routes
    .map(({ destination, origin, state, attachments }) =>
      [destinationText(destination), origin, state, ...[...attachments].sort()].join(' '),
    )
    .sort()
    .join('\n');

function written(id: string, { routes, learns }: TableRoutes): Pick<TransitGatewayRouteTable, 'routes' | 'learns'> {
  return { routes, ...(learns.length === 0 ? {} : { learns: { ...unread(id), from: learns } }) };
}
