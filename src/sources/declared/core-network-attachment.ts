/**
 * Attachments of core networks: to VPCs, VPN connections, Connect, Direct Connect gateways and the route tables of transit
 * gateways. The policy in force says where each is put (`network/build/core-network.ts`), by its tags and kind.
 */
import { present } from '../../base/present.ts';
import type { CoreNetworkAttachmentFinding } from '../../network/build/core-network-finding.ts';
import type { AttachmentFinding } from '../../network/build/opaque-gateway-finding.ts';
import { lastOfArn } from '../arn.ts';
import { resource } from './common.ts';
import { type CoreNetworks, coreNetworksOf, declaredCoreNetworks, idInArn } from './core-network.ts';
import { mayBe } from './every.ts';
import { subnetType, vpcType } from './kinds.ts';
import { idOf, inner, known, named, text, texts } from './property.ts';
import { type At, type Construct, isThere, note, provenance, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { gatewayType, isOn } from './transit-gateway-association.ts';
import { attach as attachToTransitGateway } from './transit-gateway-attachment.ts';
import { coreNetworkAcceptance } from './types.ts';
import { Unknown } from './value.ts';

interface Side {
  /** AWS's AttachmentType. */
  readonly type: CoreNetworkAttachmentFinding['type'];
  /** The id of what is attached; absent where AWS shows none. */
  readonly behind?: string;
  /** The Region of its edge; empty where that is not told. */
  readonly edge: string;
  /** Something else of it is not known: then it is not known how the core network forwards. */
  readonly open?: boolean;
}

function attach(at: At, { gateways, known: isKnown }: CoreNetworks, { type, behind, edge, open = false }: Side): void {
  const { findings, openTags } = at.in;
  const { id } = at.of;
  const own = resource(at);
  const to: AttachmentFinding['to'] =
    type === 'VPC' && behind !== undefined ? { kind: 'vpc', id: behind } : { kind: 'on-premises', id: behind ?? id };
  lead(at, gateways, [to]);
  const [gateway] = gateways;
  // Of which one it is is not known: nothing says what stands in it then.
  if (gateway === undefined || !isKnown) return;
  const accepted = satellitesOf(at.in, coreNetworkAcceptance, 'AttachmentId', id, at.of.type).certain.length > 0;
  const resourceId = behind !== undefined && !isDeclared(at, behind) ? behind : undefined;
  findings.coreNetworkAttachments.push({
    ...own,
    ...present({ region: edge || undefined, behind }),
    coreNetwork: gateway,
    coreNetworkId: lastOfArn(gateway),
    type,
    state: isThere(at) ? 'AVAILABLE' : 'UNKNOWN',
    edge,
    moving: open,
    unplaced: { openTags: openTags.has(at.of.address), accepted, ...present({ resource: resourceId }) },
  });
}

/** It has no id of AWS's yet. */
const isDeclared = (at: At, id: string): boolean => at.in.byId.get(id)?.address === id;

/** Where the core networks lead, for as long as nothing else is known of them. */
function lead(at: At, gateways: readonly string[], ends: readonly AttachmentFinding['to'][]): void {
  const { id } = at.of;
  for (const gateway of gateways)
    for (const to of ends)
      at.in.findings.attachments.push({
        id,
        gateway: { kind: 'core-network', id: gateway },
        to,
        name: 'core-network-attachment',
        source: provenance(at),
      });
}

const common = [
  'CoreNetworkId',
  'ProposedSegmentChange',
  'ProposedNetworkFunctionGroupChange',
  'RoutingPolicyLabel',
  'Tags',
];

export const coreNetworkVpcAttachment: Construct = {
  identities: ['AttachmentId'],
  properties: [...common, 'VpcArn', 'SubnetArns', 'Options'],
  read(at) {
    const networks = coreNetworksOf(at, 'CoreNetworkId');
    const told = vpcAttached(at);
    if (told instanceof Unknown) {
      note(at, 'VpcArn', told, 'it may be any VPC');
      return lead(
        at,
        networks.gateways,
        mayBe(at, told, vpcType).map((id) => ({ kind: 'vpc', id })),
      );
    }
    const subnets = texts(at, 'SubnetArns');
    const options = inner(at, 'Options');
    const chosen = options instanceof Unknown ? undefined : optionsOf(options);
    for (const one of [...subnets.unknown, ...(options instanceof Unknown ? [options] : [])])
      note(at, 'SubnetArns', one, 'how its core network forwards is not known');
    const open = chosen === undefined || subnets.unknown.length > 0;
    attach(at, networks, { type: 'VPC', edge: at.of.region ?? '', open, ...present({ behind: told }) });
    at.in.findings.coreNetworkVpcAttachments.push({
      id: at.of.id,
      subnets: subnets.known.map((arn) => named(at, lastOfArn(arn), subnetType).id),
      ...chosen,
    });
  },
};

function vpcAttached(at: At): string | Unknown | undefined {
  const told = text(at, 'VpcArn');
  return typeof told === 'string' ? named(at, lastOfArn(told), vpcType).id : told;
}

/** Appliance mode and IPv6 are off where they are not asked for; undefined where that is not known. */
function optionsOf(options: At | undefined) {
  const applianceMode = options === undefined ? false : isOn(options, 'ApplianceModeSupport', false);
  const ipv6 = options === undefined ? false : isOn(options, 'Ipv6Support', false);
  if (applianceMode instanceof Unknown || ipv6 instanceof Unknown) return undefined;
  const referencing = options && isOn(options, 'SecurityGroupReferencingSupport', undefined);
  return { applianceMode, ipv6, ...present({ securityGroupReferencing: known(referencing) }) };
}

/** One that leads to no VPC of its own: what is behind it, by an ARN or an id. */
const leading = (type: Side['type'], key: string, places?: string): Construct => ({
  identities: ['AttachmentId'],
  properties: [...common, key, ...(places === undefined ? [] : [places]), 'Options'],
  read(at) {
    const told = idInArn(at, key);
    if (told instanceof Unknown) note(at, key, told, 'what lies behind it is not known');
    const edges = places === undefined ? undefined : texts(at, places);
    const [edge, ...others] = edges?.known ?? [at.of.region ?? ''];
    const open = told instanceof Unknown || others.length > 0 || (edges?.unknown.length ?? 0) > 0;
    attach(at, coreNetworksOf(at, 'CoreNetworkId'), {
      type,
      edge: edge ?? '',
      open,
      ...present({ behind: type === 'CONNECT' ? undefined : known(told) }),
    });
  },
});

export const coreNetworkVpnAttachment = leading('SITE_TO_SITE_VPN', 'VpnConnectionArn');
export const coreNetworkConnectAttachment = leading('CONNECT', 'TransportAttachmentId', 'EdgeLocation');
export const coreNetworkDirectConnectAttachment = leading(
  'DIRECT_CONNECT_GATEWAY',
  'DirectConnectGatewayArn',
  'EdgeLocations',
);

const peeringType = 'AWS::NetworkManager::TransitGatewayPeering';

/** The transit gateway's side: which of its tables it uses, a policy table chooses (semantics 7.26). */
export const coreNetworkPeering: Construct = {
  identities: ['PeeringId', 'TransitGatewayPeeringAttachmentId'],
  properties: ['CoreNetworkId', 'TransitGatewayArn', 'Tags'],
  read(at) {
    const told = idInArn(at, 'TransitGatewayArn');
    const gateway = typeof told === 'string' ? named(at, told, gatewayType).id : told;
    for (const behind of coreNetworksOf(at, 'CoreNetworkId').gateways)
      attachToTransitGateway(at, { id: at.of.id, gateway, type: 'peering', behind, state: 'modifying' });
  },
};

export const coreNetworkTableAttachment: Construct = {
  identities: ['AttachmentId'],
  properties: [...common, 'PeeringId', 'TransitGatewayRouteTableArn'],
  read(at) {
    const peering = idOf(at, 'PeeringId', peeringType);
    const own = typeof peering === 'string' ? at.in.byId.get(peering) : undefined;
    const told = idInArn(at, 'TransitGatewayRouteTableArn');
    if (own === undefined)
      note(
        at,
        'PeeringId',
        peering instanceof Unknown ? peering : new Unknown('its peering is not declared'),
        'it may be any core network that is declared',
      );
    const networks =
      own === undefined
        ? { gateways: declaredCoreNetworks(at.in), known: false }
        : coreNetworksOf(topOf(at.in, own), 'CoreNetworkId');
    const region = own?.region ?? at.of.region ?? '';
    attach(at, networks, {
      type: 'TRANSIT_GATEWAY_ROUTE_TABLE',
      edge: region,
      open: told instanceof Unknown || own === undefined,
      ...present({ behind: known(told) }),
    });
  },
};

/** Read by the attachment that it accepts. */
export const coreNetworkAttachmentAcceptance: Construct = { properties: ['AttachmentId'] };
