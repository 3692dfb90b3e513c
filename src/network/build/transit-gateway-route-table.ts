/** The route tables of modelled transit gateways: which attachment is associated with which, and their routes. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { DefaultTaken } from '../coverage.ts';
import type { Provenance, Unread } from '../resource.ts';
import { conditionOf } from '../state.ts';
import type { TransitGateway, TransitGatewayAttachment, TransitGatewayRouteTable } from '../transit-gateway.ts';
import { passes } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { TransitGatewayAttachmentFinding, TransitGatewayRouteTableFinding } from './transit-gateway-finding.ts';
import { type ReachParts, wouldShow } from './reach.ts';
import { type Merged, mergedRoutes } from './transit-gateway-route.ts';

const call = 'describe-transit-gateway-route-tables';

/** The tables that were read, by id, but for those that are gone. */
export const tablesTold = ({ findings }: Building): ReadonlyMap<string, TransitGatewayRouteTableFinding> =>
  new Map(
    findings.transitGatewayRouteTables.flatMap((one) => (conditionOf(one.state) === 'idle' ? [] : [[one.id, one]])),
  );

interface Association {
  /** Absent where none is associated. */
  readonly id?: string;
  /** How AWS calls its state while it comes about or ends. */
  readonly changing?: string;
}

/** The table of an attachment; undefined where the answers contradict each other or it is not among those of its gateway. */
export function tableOf(
  building: Building,
  side: TransitGatewayAttachmentFinding,
  tables: ReadonlyMap<string, TransitGatewayRouteTableFinding>,
  parts: ReachParts,
): Association | undefined {
  const told = [
    ...(side.association?.table === undefined ? [] : [{ ...side.association, table: side.association.table }]),
    ...building.findings.transitGatewayAssociations.flatMap(({ table, members }) =>
      members.flatMap(({ attachment, state }) => {
        const elsewhere = (tables.get(table)?.gateway ?? side.gateway) !== side.gateway;
        return attachment === side.id && !elsewhere ? [{ table, state }] : [];
      }),
    ),
  ].filter(({ state }) => state !== 'disassociated');
  const [first] = told;
  if (first === undefined) return {};
  const other = told.find(({ table }) => table !== first.table);
  if (other !== undefined) {
    building.problems.push({
      code: 'conflicting-association',
      file: side.source.file,
      place: side.source.place,
      message: `\`${side.id}\` is associated with two transit gateway route tables: \`${first.table}\` and \`${other.table}\`.`,
      hint: 'Answers of different moments were mixed; write them again.',
    });
    return undefined;
  }
  const table = tables.get(first.table);
  const gateway = parts.gateways.get(side.gateway);
  if (table === undefined && gateway !== undefined && wouldShow(building, [call], [gateway], parts)) {
    blameDangling(building, side, 'transit gateway route table', first.table, call);
    return undefined;
  }
  if (table !== undefined && table.gateway !== side.gateway) return undefined;
  const { state } = told.find((one) => one.state !== 'associated') ?? first;
  return { id: first.table, ...(state === 'associated' ? {} : { changing: state }) };
}

/** What is associated with a policy table goes by one of the gateway's tables, or by none (semantics 7.26). */
export const policyTableOf = ({
  policyTable,
  state,
}: NonNullable<TransitGatewayAttachmentFinding['association']>): Association => ({
  ...present({ id: policyTable }),
  ...(state === 'associated' ? {} : { changing: state }),
});

interface Parts {
  readonly parts: ReachParts;
  readonly gateways: ReadonlyMap<string, TransitGateway>;
  readonly attachments: readonly TransitGatewayAttachment[];
  readonly vpcs: ReadonlyMap<string, Vpc>;
}

export function buildTransitGatewayRouteTables(
  building: Building,
  { gateways, attachments, vpcs, parts }: Parts,
): Map<string, TransitGatewayRouteTable> {
  const told = tablesTold(building);
  const found = new Map([...told].filter(([, { gateway }]) => gateways.has(gateway)));
  for (const { routeTable, gateway, source, account, region } of attachments)
    // No call read the tables, and an association names this one.
    if (routeTable !== undefined && !found.has(routeTable))
      found.set(routeTable, {
        id: routeTable,
        tags: {},
        gateway,
        state: 'available',
        source,
        ...present({ account, region }),
      });
  const byGateway = groupBy(attachments, ({ gateway }) => gateway);
  const tables = new Map<string, TransitGatewayRouteTable>();
  for (const { state, ...table } of found.values()) {
    const own = byGateway.get(table.gateway) ?? [];
    const { routes, learns, untold }: Merged = isPolicyTable(table.id)
      ? { untold: false }
      : mergedRoutes(building, table, { attachments: own, vpcs });
    const works = conditionOf(state) === 'works';
    if (untold) building.defaults.push(filters(table.id));
    tables.set(table.id, {
      ...table,
      kind: 'transit-gateway-route-table',
      routes: works && routes !== undefined ? routes : unread(table.id),
      ...(works && learns !== undefined && learns.length > 0 ? { learns: { ...unread(table.id), from: learns } } : {}),
    });
  }
  accountForOthers(building, told, tables, parts);
  return tables;
}

const unread = (subject: string): Unread => ({
  unread: isPolicyTable(subject) ? 'get-transit-gateway-policy-table-entries' : 'search-transit-gateway-routes',
  subject,
});

const isPolicyTable = (id: string): boolean => id.startsWith('tgw-ptb-');

/** Which routes an answer was asked for is told by the request alone, and a file seldom holds it. */
const filters = (table: string): DefaultTaken => ({
  setting: `${table}.Filters`,
  value: 'state=active,blackhole',
  call: 'ec2 search-transit-gateway-routes',
});

/** Tables of gateways that stay opaque, and routes of tables that nobody described. */
function accountForOthers(
  building: Building,
  told: ReadonlyMap<string, TransitGatewayRouteTableFinding>,
  built: ReadonlyMap<string, TransitGatewayRouteTable>,
  parts: ReachParts,
): void {
  const kind = 'transit-gateway-route-table';
  const strange = (id: string, why: string, source: Provenance): void => {
    const affects = 'flows through its transit gateway';
    building.coverage.push({ kind, id, status: 'not-modelled', why, affects, source });
  };
  for (const table of told.values()) {
    const { id, gateway, source } = table;
    if (built.has(id)) continue;
    if (parts.gateways.has(gateway))
      building.coverage.push({ kind, id, status: 'assumed', assumption: passes(gateway), source });
    else if (wasRead(building, 'describe-transit-gateways', table))
      blameDangling(building, table, 'transit gateway', gateway, 'describe-transit-gateways');
    else strange(id, `its transit gateway \`${gateway}\` is not in the input`, source);
  }
  const { transitGatewayRoutes, transitGatewayAssociations, transitGatewayPropagations } = building.findings;
  const mentioned = new Set<string>();
  for (const { table, source, account, region } of transitGatewayRoutes) {
    if (told.has(table) || built.has(table) || mentioned.has(table)) continue;
    mentioned.add(table);
    const from = { id: 'search-transit-gateway-routes', source, ...present({ account, region }) };
    if (wasRead(building, call, from)) blameDangling(building, from, 'transit gateway route table', table, call);
    else strange(table, 'no answer tells whose table it is', source);
  }
  for (const { table, source } of [...transitGatewayAssociations, ...transitGatewayPropagations]) {
    if (told.has(table) || built.has(table) || mentioned.has(table)) continue;
    mentioned.add(table);
    strange(table, 'no answer tells whose table it is', source);
  }
}
