/** Transit gateways and their route tables, the default one too, with every route that is declared (semantics section 7). */
import { present } from '../../base/present.ts';
import { parsePrefix } from '../../net/prefix.ts';
import type { TransitGatewayRoute } from '../../network/transit-gateway.ts';
import { derivedResource, resource } from './common.ts';
import { flag, idOf, known, prefix } from './property.ts';
import { type At, type Construct, isMade, isThere, note, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import {
  associationType,
  attachmentType,
  defaultTable,
  gatewayType,
  isOn,
  propagationsByDefault,
  propagationsTo,
  propagationType,
  tableType,
} from './transit-gateway-association.ts';
import { transitGatewayPrefixListReference } from './types.ts';
import { Unknown } from './value.ts';

const routeType = 'AWS::EC2::TransitGatewayRoute';

export const transitGateway: Construct = {
  identities: ['TransitGatewayArn', 'TransitGatewayId'],
  properties: [
    'DefaultRouteTableAssociation',
    'DefaultRouteTablePropagation',
    'AssociationDefaultRouteTableId',
    'PropagationDefaultRouteTableId',
    'SecurityGroupReferencingSupport',
    'AutoAcceptSharedAttachments',
    'AmazonSideAsn',
    'Description',
    'DnsSupport',
    'EncryptionSupport',
    'MulticastSupport',
    'TransitGatewayCidrBlocks',
    'VpnEcmpSupport',
    'Tags',
  ],
  attribute: (at, name) => (name === 'DefaultRouteTable' ? defaultTable(at) : undefined),
  read(at) {
    const found = { ...resource(at), kind: 'transit-gateway' } as const;
    // Off unless it is asked for (semantics 2.19).
    const referencing = isOn(at, 'SecurityGroupReferencingSupport', false);
    at.in.findings.opaqueGateways.push(found);
    at.in.findings.transitGateways.push({
      ...found,
      state: isThere(at) ? 'available' : 'pending',
      ...present({ securityGroupReferencing: known(referencing) }),
    });
    if (!isMade(at)) return;
    at.in.findings.edges.whole.add(at.of.id);
    const tables = (['Association', 'Propagation'] as const).flatMap((what) => {
      const on = isOn(at, `DefaultRouteTable${what}`, true);
      return on === false ? [] : [defaultTable(at, what)];
    });
    for (const table of new Set(tables))
      if (typeof table === 'string' && !at.in.byId.has(table)) {
        at.in.findings.transitGatewayRouteTables.push({
          ...derivedResource(at, table),
          gateway: at.of.id,
          state: 'available',
        });
        tablesIn(at.in).push({ table, gateway: at.of.id, at });
      }
  },
};

export const transitGatewayRouteTable: Construct = {
  identities: ['TransitGatewayRouteTableId'],
  properties: ['TransitGatewayId', 'Tags'],
  read(at) {
    const gateway = idOf(at, 'TransitGatewayId', gatewayType);
    if (gateway instanceof Unknown) note(at, 'TransitGatewayId', gateway, 'no transit gateway has the table');
    if (typeof gateway !== 'string') return;
    const state = isThere(at) ? 'available' : 'pending';
    at.in.findings.transitGatewayRouteTables.push({ ...resource(at), gateway, state });
    if (at.of.lookedUp !== true) tablesIn(at.in).push({ table: at.of.id, gateway, at });
  },
};

interface Table {
  readonly table: string;
  readonly gateway: string;
  readonly at: At;
}

const tables = new WeakMap<Reading, Table[]>();

/** Tables that AWS makes along with gateways, and those that are declared. */
function tablesIn(reading: Reading): Table[] {
  const own = tables.get(reading) ?? [];
  tables.set(reading, own);
  return own;
}

/** All that is declared of each table, once every attachment is known. */
export function fillTables(reading: Reading): void {
  for (const one of tablesIn(reading)) fill(reading, one);
}

function fill(reading: Reading, { table, gateway, at }: Table): void {
  const { findings } = reading;
  const routes = satellitesOf(reading, routeType, 'TransitGatewayRouteTableId', table, tableType);
  const lists = satellitesOf(
    reading,
    transitGatewayPrefixListReference,
    'TransitGatewayRouteTableId',
    table,
    tableType,
  );
  for (const one of lists.certain) refer(one, table);
  const unknown = [...routes.possible, ...lists.possible];
  findings.transitGatewayRoutes.push({
    table,
    routes: [...routes.certain.flatMap((one) => routeOf(one, gateway)), ...unknown.map(anywhere)],
    // A table that exists may hold others.
    asked: { static: isMade(at), propagated: false },
    continues: false,
    cut: false,
    lists: [],
    source: provenance(at),
    ...present({ account: at.of.account, region: at.of.region }),
  });
  const { attachments, whole } = propagationsTo(reading, table, gateway);
  findings.transitGatewayPropagations.push({
    table,
    members: attachments.map(({ attachment, at: by }) => ({
      attachment,
      state: 'enabled',
      announced: false,
      source: provenance(by),
    })),
    complete: whole && isMade(at),
    continues: false,
    source: provenance(at),
  });
}

/** A route that may be there, and may lead anywhere: with it the table is one of which nothing is known. */
const anywhere = (at: At): TransitGatewayRoute => ({
  destination: { kind: 'prefix', prefix: parsePrefix('0.0.0.0/0')! },
  origin: 'static',
  state: 'unknown',
  attachments: [],
  source: provenance(at),
});

function routeOf(at: At, gateway: string | undefined): readonly TransitGatewayRoute[] {
  const destination = prefix(at, 'DestinationCidrBlock');
  if (destination instanceof Unknown) note(at, 'DestinationCidrBlock', destination, 'the table counts as unread');
  if (destination instanceof Unknown) return [anywhere(at)];
  if (destination === undefined) return [];
  const leads = waysOf(at, gateway);
  if (leads === 'unknown') return [anywhere(at)];
  return [
    {
      destination: { kind: 'prefix', prefix: destination },
      origin: 'static',
      state: leads === 'blackhole' ? 'blackhole' : 'active',
      attachments: leads === 'blackhole' ? [] : [leads.attachment],
      source: provenance(at),
    },
  ];
}

/** Where it leads; `unknown` where that is not told, or to nothing that the gateway is known to have. */
function waysOf(at: At, gateway: string | undefined): 'blackhole' | 'unknown' | { readonly attachment: string } {
  const blackhole = flag(at, 'Blackhole');
  if (blackhole === true) return 'blackhole';
  const attachment = idOf(at, 'TransitGatewayAttachmentId', attachmentType);
  const unknown = [blackhole, attachment].find((one) => one instanceof Unknown);
  if (unknown instanceof Unknown) note(at, 'TransitGatewayAttachmentId', unknown, 'the table counts as unread');
  if (unknown instanceof Unknown || typeof attachment !== 'string') return 'unknown';
  const here = at.in.byId.has(attachment) || at.in.derived.has(attachment);
  const owner = gateway === undefined ? undefined : at.in.byId.get(gateway);
  return here || owner === undefined || owner.lookedUp === true ? { attachment } : 'unknown';
}

/** Of the prefix list's blocks, whatever they are. */
function refer(at: At, table: string): void {
  const list = idOf(at, 'PrefixListId', 'AWS::EC2::PrefixList');
  if (list instanceof Unknown) note(at, 'PrefixListId', list, 'the route to it is not known');
  const leads = waysOf(at, undefined);
  at.in.findings.transitGatewayPrefixListReferences.push({
    table,
    list: typeof list === 'string' ? list : `${at.of.id}/prefix-list`,
    state: leads === 'blackhole' ? 'blackhole' : leads === 'unknown' ? 'unknown' : 'active',
    source: provenance(at),
    ...(typeof leads === 'object' ? leads : {}),
  });
}

/** Routes and propagations of tables that exist already, beside those that they have. */
export function addToOutsideTables(reading: Reading): void {
  const { findings } = reading;
  const push = (table: string, source: At, routes: readonly TransitGatewayRoute[]): void => {
    findings.transitGatewayRoutes.push({
      table,
      routes,
      asked: { static: false, propagated: false },
      continues: false,
      cut: false,
      lists: [],
      source: provenance(source),
    });
  };
  const propagate = (table: string, source: At, members: readonly string[]): void => {
    findings.transitGatewayPropagations.push({
      table,
      members: members.map((attachment) => ({
        attachment,
        state: 'enabled',
        announced: false,
        source: provenance(source),
      })),
      complete: false,
      continues: false,
      source: provenance(source),
    });
  };
  for (const [table, all, possible] of aroundOutside(reading, routeType, 'TransitGatewayRouteTableId', tableType)) {
    for (const at of possible) maySay(at);
    const sure = all.filter(isThere);
    const routes = [
      ...sure.flatMap((one) => routeOf(one, undefined)),
      ...[...possible, ...all.filter((one) => !isThere(one))].map(anywhere),
    ];
    push(table, [...all, ...possible][0]!, routes);
  }
  for (const [table, all, possible] of aroundOutside(
    reading,
    propagationType,
    'TransitGatewayRouteTableId',
    tableType,
  )) {
    for (const at of possible) maySay(at);
    const told = all.map((at) => [at, idOf(at, 'TransitGatewayAttachmentId', attachmentType)] as const);
    const sure = told.flatMap(([at, attachment]) =>
      typeof attachment === 'string' && isThere(at) ? [attachment] : [],
    );
    const open = [...possible, ...told.flatMap(([at, id]) => (typeof id === 'string' && isThere(at) ? [] : [at]))];
    for (const [at, attachment] of told)
      if (attachment instanceof Unknown)
        note(at, 'TransitGatewayAttachmentId', attachment, 'what the table leads to is not known');
    if (sure.length > 0) propagate(table, all[0]!, sure);
    if (open.length > 0) push(table, open[0]!, open.map(anywhere));
  }
  for (const { table, attachment, at } of propagationsByDefault(reading))
    if (table === undefined) reading.outside.mayPropagate.add(attachment);
    else if (!reading.byId.has(table)) propagate(table, at, [attachment]);
  joinOutside(reading);
  for (const [table, all, possible] of aroundOutside(
    reading,
    transitGatewayPrefixListReference,
    'TransitGatewayRouteTableId',
    tableType,
  )) {
    for (const at of all) refer(at, table);
    for (const at of possible) {
      maySay(at);
      push(table, at, [anywhere(at)]);
    }
  }
}

function maySay(at: At): void {
  const table = idOf(at, 'TransitGatewayRouteTableId', tableType);
  if (table instanceof Unknown)
    note(at, 'TransitGatewayRouteTableId', table, 'any table that it could name may lead anywhere by it');
}

/** Attachments that exist already, of which the association alone is declared. */
function joinOutside(reading: Reading): void {
  for (const [attachment, all, possible] of aroundOutside(
    reading,
    associationType,
    'TransitGatewayAttachmentId',
    attachmentType,
  ))
    for (const at of [...all, ...possible]) {
      const named = idOf(at, 'TransitGatewayAttachmentId', attachmentType);
      const table = idOf(at, 'TransitGatewayRouteTableId', tableType);
      const source = provenance(at);
      if (table instanceof Unknown)
        note(at, 'TransitGatewayRouteTableId', table, `what table \`${attachment}\` has is not known`);
      if (named instanceof Unknown)
        note(at, 'TransitGatewayAttachmentId', named, `what table \`${attachment}\` has is not known`);
      if (table === undefined) continue;
      const sure = typeof table === 'string' && !(named instanceof Unknown) && isThere(at);
      reading.findings.transitGatewayAssociations.push({
        table: typeof table === 'string' ? table : `${at.of.id}/TransitGatewayRouteTableId`,
        members: [{ attachment, state: sure ? 'associated' : 'associating', announced: false, source }],
        complete: false,
        continues: false,
        source,
      });
    }
}

/** Read by the route table, or by the attachment. */
export const transitGatewayRoute: Construct = {
  properties: [
    'TransitGatewayRouteTableId',
    'DestinationCidrBlock',
    'TransitGatewayAttachmentId',
    'Blackhole',
    'PrefixListId',
    'State',
  ],
};
