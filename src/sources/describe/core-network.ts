/** Cloud WAN: what is attached to a core network, in which segment, and the routes that AWS computed for each segment. */
import { present } from '../../base/present.ts';
import { type CoreNetworkRoutesFinding, groupTable, segmentTable } from '../../network/build/core-network-finding.ts';
import { destinationText } from '../../network/build/transit-gateway-route.ts';
import type { AttachmentFinding } from '../../network/build/opaque-gateway-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { TransitGatewayRoute } from '../../network/transit-gateway.ts';
import { type At, complain, flag, inner, isObject, list, prefix, provenance, required, text, texts } from './fields.ts';
import { attach } from './opaque-gateway.ts';
import { resource } from './resource.ts';

interface Attachment {
  readonly AttachmentId?: string;
  readonly CoreNetworkArn?: string;
  readonly CoreNetworkId?: string;
  readonly OwnerAccountId?: string;
  readonly AttachmentType?: string;
  readonly EdgeLocation?: string;
  readonly ResourceArn?: string;
  readonly SegmentName?: string;
  readonly NetworkFunctionGroupName?: string;
  readonly State?: string;
  readonly ProposedSegmentChange?: object;
  readonly ProposedNetworkFunctionGroupChange?: object;
}

/** Other answers have `Attachments` too, of something else. */
export const isCoreNetworkAttachments = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => isObject(item) && 'CoreNetworkId' in item && 'AttachmentId' in item);

export function readCoreNetworkAttachment(at: At<Attachment>, findings: Findings): void {
  const id = required(at, 'AttachmentId');
  // Routes name the core network by its ARN.
  const coreNetworkId = text(at, 'CoreNetworkId');
  const network = text(at, 'CoreNetworkArn') ?? coreNetworkId;
  const state = text(at, 'State') ?? 'AVAILABLE';
  if (id === undefined || network === undefined || /^(?:REJECTED|FAILED)$/.test(state)) return;
  const arn = text(at, 'ResourceArn') ?? '';
  const vpc = /:vpc\/(vpc-\w+)$/.exec(arn)?.[1];
  const to: AttachmentFinding['to'] = vpc === undefined ? { kind: 'on-premises', id } : { kind: 'vpc', id: vpc };
  attach(at, 'core-network', network, { id, to, name: 'core-network-attachment' }, findings);
  if (coreNetworkId === undefined) return;
  const proposed = [inner(at, 'ProposedSegmentChange'), inner(at, 'ProposedNetworkFunctionGroupChange')];
  const region = text(at, 'EdgeLocation');
  findings.coreNetworkAttachments.push({
    ...resource(at, id, { account: text(at, 'OwnerAccountId') }),
    ...present({ region }),
    coreNetwork: network,
    coreNetworkId,
    type: text(at, 'AttachmentType') ?? '',
    state,
    edge: region ?? '',
    moving: proposed.some((one) => one !== undefined && Object.keys(one.json).length > 0),
    ...present({
      behind: /[/:]([^/:]+)$/.exec(arn)?.[1],
      segment: text(at, 'SegmentName') || undefined,
      networkFunctionGroup: text(at, 'NetworkFunctionGroupName') || undefined,
    }),
  });
}

interface VpcAttachment {
  readonly Attachment?: Attachment;
  readonly SubnetArns?: string[];
  readonly Options?: {
    readonly Ipv6Support?: boolean;
    readonly ApplianceModeSupport?: boolean;
    readonly SecurityGroupReferencingSupport?: boolean;
  };
}

export function readCoreNetworkVpcAttachment(at: At<VpcAttachment>, findings: Findings): void {
  const attachment = inner(at, 'Attachment');
  const id = attachment && required(attachment, 'AttachmentId');
  if (id === undefined) return;
  const options = inner(at, 'Options');
  findings.coreNetworkVpcAttachments.push({
    id,
    subnets: texts(at, 'SubnetArns').map((arn) => arn.replace(/^.*\//, '')),
    ...present({
      applianceMode: options && flag(options, 'ApplianceModeSupport'),
      ipv6: options && flag(options, 'Ipv6Support'),
      securityGroupReferencing: options && flag(options, 'SecurityGroupReferencingSupport'),
    }),
  });
}

interface Route {
  readonly DestinationCidrBlock?: string;
  readonly PrefixListId?: string;
  readonly State?: string;
  readonly Type?: string;
  readonly Destinations?: { readonly CoreNetworkAttachmentId?: string }[];
}

interface NetworkRoutes {
  readonly NetworkRoutes?: Route[];
  readonly CoreNetworkSegmentEdge?: Edge;
  readonly NextToken?: string;
}

interface Edge {
  readonly CoreNetworkId?: string;
  readonly SegmentName?: string;
  readonly NetworkFunctionGroupName?: string;
  readonly EdgeLocation?: string;
}

/** An answer tells its segment; that of a network function group is told by the request alone. */
export function readNetworkRoutes(at: At<NetworkRoutes>, findings: Findings): void {
  const { RouteTableIdentifier: asked, GlobalNetworkId: _, ...filters } = at.in.request ?? {};
  const identifier = isObject(asked) ? asked : {};
  // Of a transit gateway's table other calls tell.
  if ('TransitGatewayRouteTableArn' in identifier || isOfTransitGateway(at)) return;
  const table = [at.json, identifier].flatMap((one) => tableIn(one as object) ?? [])[0];
  if (table === undefined)
    return complain(
      at,
      'unknown-subject',
      '',
      'It is not told which segment or network function group, at which edge, these `NetworkRoutes` belong to.',
      'Put the answer beside its request: {"Request": {"RouteTableIdentifier": {…}}, "Response": {…}}',
    );
  const routes = list(at, 'NetworkRoutes').map(readRoute);
  findings.coreNetworkRoutes.push({
    ...table,
    routes: routes.filter((route) => route !== undefined),
    whole:
      Object.keys(filters).length === 0 &&
      (text(at, 'NextToken') ?? '') === '' &&
      eachOnce(routes) &&
      routes.every((route) => route !== undefined && (route.state === 'blackhole' || route.attachments.length > 0)),
    source: provenance(at),
  });
}

/** Of two routes for one block, of one kind, it is not told which is in force. */
const eachOnce = (routes: readonly (TransitGatewayRoute | undefined)[]): boolean =>
  new Set(routes.map((one) => one && `${destinationText(one.destination)} ${one.origin}`)).size === routes.length;

const isOfTransitGateway = ({ json }: At<object>): boolean =>
  'RouteTableType' in json && json.RouteTableType === 'TRANSIT_GATEWAY_ROUTE_TABLE';

function tableIn(beside: object): Pick<CoreNetworkRoutesFinding, 'table' | 'coreNetworkId'> | undefined {
  const { CoreNetworkSegmentEdge: segment, CoreNetworkNetworkFunctionGroup: group } = beside as Readonly<
    Record<string, Edge | undefined>
  >;
  const { CoreNetworkId: id, EdgeLocation: edge } = segment ?? group ?? {};
  if (id === undefined || edge === undefined) return undefined;
  const [name, of] = [segment?.SegmentName, group?.NetworkFunctionGroupName];
  if (name !== undefined && name !== '') return { table: segmentTable(id, name, edge), coreNetworkId: id };
  return of === undefined ? undefined : { table: groupTable(id, of, edge), coreNetworkId: id };
}

/** Undefined for one whose destination is not told, or not understood. */
function readRoute(at: At<Route>): TransitGatewayRoute | undefined {
  const block = prefix(at, 'DestinationCidrBlock');
  const named = text(at, 'PrefixListId');
  if (block === undefined && named === undefined) return undefined;
  const type = (text(at, 'Type') ?? '').toUpperCase();
  const told = (text(at, 'State') ?? 'ACTIVE').toUpperCase();
  const known = ['PROPAGATED', 'STATIC'].includes(type);
  const state = told === 'BLACKHOLE' ? 'blackhole' : told === 'ACTIVE' && known ? 'active' : 'unknown';
  // One that leads to an edge, and to no attachment there, leads to wherever that edge has it.
  const attachments = list(at, 'Destinations').flatMap((one) => text(one, 'CoreNetworkAttachmentId') ?? []);
  return {
    destination: block === undefined ? { kind: 'prefix-list', id: named! } : { kind: 'prefix', prefix: block },
    origin: type === 'PROPAGATED' ? 'propagated' : 'static',
    state,
    attachments: state === 'blackhole' ? [] : attachments,
    source: provenance(at),
  };
}
