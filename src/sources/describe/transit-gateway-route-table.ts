/** Transit gateway route tables, and the answers about one table each that do not say whose they are (`interfaces.md`). */
import type {
  SearchTransitGatewayRoutesResult,
  TransitGatewayPrefixListReference,
  TransitGatewayRoute as AwsRoute,
  TransitGatewayRouteTable,
  TransitGatewayRouteTableAssociation,
  TransitGatewayRouteTablePropagation,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type {
  TransitGatewayRoutesFinding,
  TransitGatewayTableMembersFinding,
} from '../../network/build/transit-gateway-finding.ts';
import { conditionOf } from '../../network/state.ts';
import type { TransitGatewayRoute } from '../../network/transit-gateway.ts';
import { isOfClientVpn, readClientVpnRoutes } from './client-vpn-endpoint.ts';
import { type At, complain, flag, has, inner, isObject, list, prefix, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { isWhole } from './scope.ts';
import { subjectOf } from './subject.ts';
import { passOver } from './unmodelled.ts';

export function readTransitGatewayRouteTable(at: At<TransitGatewayRouteTable>, findings: Findings): void {
  const id = required(at, 'TransitGatewayRouteTableId');
  const gateway = required(at, 'TransitGatewayId');
  if (id === undefined || gateway === undefined) return;
  findings.transitGatewayRouteTables.push({ ...resource(at, id), gateway, state: text(at, 'State') ?? 'available' });
}

const table = /(?<![0-9A-Za-z])tgw-rtb-[0-9a-z]+/;

const subjectTable = (at: At<object>): string | undefined => subjectOf(at, 'TransitGatewayRouteTableId', table);

function untold(at: At<object>, key: string, call: string): void {
  complain(
    at,
    'unknown-subject',
    '',
    `It is not told which transit gateway route table these \`${key}\` belong to.`,
    `Put the id into the file name: ${call}.tgw-rtb-0123456789abcdef0.json`,
  );
}

export function readTransitGatewayRoutes(at: At<SearchTransitGatewayRoutesResult>, findings: Findings): void {
  const subject = subjectTable(at);
  if (subject !== undefined) return readRoutes(at, subject, askedOf(at.in.request), findings);
  const ours =
    has(at, 'AdditionalRoutesAvailable') || list(at, 'Routes').some((route) => has(route, 'TransitGatewayAttachments'));
  if (ours) untold(at, 'Routes', 'search-transit-gateway-routes');
  else if (isOfClientVpn(at)) readClientVpnRoutes(at, findings);
  else passOver(at, 'Routes', findings);
}

/** One of the answers for type=static that some tools list. */
export function readStaticRoutes(at: At<SearchTransitGatewayRoutesResult>, findings: Findings): void {
  const subject = subjectTable(at);
  if (subject === undefined) untold(at, 'TransitGatewayStaticRoutes', 'search-transit-gateway-routes');
  else readRoutes(at, subject, { static: true, propagated: false }, findings);
}

function readRoutes(
  at: At<SearchTransitGatewayRoutesResult>,
  subject: string,
  asked: TransitGatewayRoutesFinding['asked'],
  findings: Findings,
): void {
  const { account, region } = at.in;
  const routes = list(at, 'Routes').filter((route) => text(route, 'State') !== 'deleted');
  findings.transitGatewayRoutes.push({
    table: subject,
    routes: routes.flatMap((route) => readRoute(route) ?? []),
    continues: (text(at, 'NextToken') ?? '') !== '',
    cut: flag(at, 'AdditionalRoutesAvailable') === true,
    lists: routes.flatMap((route) => text(route, 'PrefixListId') || []),
    source: provenance(at),
    ...present({ asked, account, region }),
  });
}

/** Of which types the filters of a request leave out no active or blackhole route; undefined where none are told. */
function askedOf(request: Readonly<Record<string, unknown>> | undefined): TransitGatewayRoutesFinding['asked'] {
  const filters = request?.['Filters'];
  if (!Array.isArray(filters) || filters.length === 0) return undefined;
  const asked = { static: true, propagated: true };
  for (const filter of filters as unknown[]) {
    const { Name: name, Values: values } = isObject(filter) ? filter : {};
    const admits = (word: string): boolean => Array.isArray(values) && values.includes(word);
    const whole = name === 'type' || (name === 'state' && admits('active') && admits('blackhole'));
    asked.static &&= whole && (name !== 'type' || admits('static'));
    asked.propagated &&= whole && (name !== 'type' || admits('propagated'));
  }
  return asked;
}

function readRoute(at: At<AwsRoute>): TransitGatewayRoute | undefined {
  const destination = destinationOf(at);
  if (destination === undefined) return undefined;
  const type = text(at, 'Type') ?? 'static';
  const state = ['static', 'propagated'].includes(type) ? stateOf(text(at, 'State')) : 'unknown';
  return {
    destination,
    origin: type === 'propagated' ? 'propagated' : 'static',
    state,
    attachments:
      state === 'blackhole'
        ? []
        : list(at, 'TransitGatewayAttachments').flatMap((one) => text(one, 'TransitGatewayAttachmentId') ?? []),
    source: provenance(at),
    ...(destination.kind === 'prefix' ? present({ list: text(at, 'PrefixListId') }) : {}),
  };
}

/** A route of a prefix list is shown once for each block, with it. */
function destinationOf(at: At<AwsRoute>): TransitGatewayRoute['destination'] | undefined {
  const block = prefix(at, 'DestinationCidrBlock');
  if (block !== undefined) return { kind: 'prefix', prefix: block };
  if (text(at, 'DestinationCidrBlock') !== undefined) return undefined;
  const id = text(at, 'PrefixListId');
  if (id !== undefined) return { kind: 'prefix-list', id };
  complain(at, 'missing-field', '', 'The route has no destination.', 'Every route has one; was the file edited?');
  return undefined;
}

function stateOf(state: string | undefined): TransitGatewayRoute['state'] {
  return state === undefined || state === 'active' ? 'active' : state === 'blackhole' ? 'blackhole' : 'unknown';
}

/** One answer of get-transit-gateway-route-table-associations. */
export interface Associations {
  Associations?: TransitGatewayRouteTableAssociation[] | undefined;
  NextToken?: string | undefined;
}

export function readAssociations(at: At<Associations>, findings: Findings): void {
  const subject = subjectTable(at);
  const items = list(at, 'Associations');
  if (subject !== undefined) findings.transitGatewayAssociations.push(membersOf(at, subject, items));
  // A policy table's and a multicast domain's have ids of their own.
  else if (items.some((one) => has(one, 'TransitGatewayAttachmentId') && !('TransitGatewayPolicyTableId' in one.json)))
    untold(at, 'Associations', 'get-transit-gateway-route-table-associations');
  else passOver(at, 'Associations', findings);
}

/** One answer of get-transit-gateway-route-table-propagations. */
export interface Propagations {
  TransitGatewayRouteTablePropagations?: TransitGatewayRouteTablePropagation[] | undefined;
  NextToken?: string | undefined;
}

export function readPropagations(at: At<Propagations>, findings: Findings): void {
  const subject = subjectTable(at);
  const key = 'TransitGatewayRouteTablePropagations';
  if (subject === undefined) untold(at, key, 'get-transit-gateway-route-table-propagations');
  else findings.transitGatewayPropagations.push(membersOf(at, subject, list(at, key)));
}

function membersOf(
  at: At<{ NextToken?: string | undefined }>,
  subject: string,
  items: readonly At<TransitGatewayRouteTablePropagation | TransitGatewayRouteTableAssociation>[],
): TransitGatewayTableMembersFinding {
  const { TransitGatewayRouteTableId: _, ...others } = at.in.request ?? {};
  return {
    table: subject,
    members: items.flatMap((one) => {
      const attachment = required(one, 'TransitGatewayAttachmentId');
      if (attachment === undefined) return [];
      return {
        attachment,
        state: text(one, 'State') ?? 'enabled',
        announced: 'TransitGatewayRouteTableAnnouncementId' in one.json,
        source: provenance(one),
      };
    }),
    complete: isWhole(others),
    continues: (text(at, 'NextToken') ?? '') !== '',
    source: provenance(at),
  };
}

export function readPrefixListReference(at: At<TransitGatewayPrefixListReference>, findings: Findings): void {
  const subject = subjectTable(at);
  const id = required(at, 'PrefixListId');
  if (subject === undefined)
    return untold(at, 'TransitGatewayPrefixListReferences', 'get-transit-gateway-prefix-list-references');
  if (id === undefined) return;
  const shown = inner(at, 'TransitGatewayAttachment');
  const status = text(at, 'State') ?? 'available';
  const settled = conditionOf(status) === 'works';
  const blackhole = flag(at, 'Blackhole') === true;
  // While it is modified, where it leads is not known.
  const attachment = blackhole || status === 'modifying' ? undefined : shown;
  findings.transitGatewayPrefixListReferences.push({
    table: subject,
    list: id,
    state: settled ? (blackhole ? 'blackhole' : 'active') : 'unknown',
    source: provenance(at),
    ...present({ attachment: attachment && text(attachment, 'TransitGatewayAttachmentId') }),
  });
}
