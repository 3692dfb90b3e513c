/** Direct Connect: gateways, what they are associated with, and virtual interfaces (semantics 8.10). */
import { present } from '../../base/present.ts';
import { type Prefix } from '../../net/prefix.ts';
import { blocksOfVpc } from './block.ts';
import { resource } from './common.ts';
import { vpcType } from './kinds.ts';
import { idOf, known, prefixIn, reference, texts } from './property.ts';
import { type At, type Construct, isMade, note, notModelled, provenance, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { attachmentMadeWith, gatewayType } from './transit-gateway-association.ts';
import { attach } from './transit-gateway-attachment.ts';
import { Unknown } from './value.ts';

const directConnectType = 'AWS::DirectConnect::DirectConnectGateway';

export const directConnectGateway: Construct = {
  identities: ['DirectConnectGatewayArn', 'DirectConnectGatewayId'],
  properties: ['DirectConnectGatewayName', 'AmazonSideAsn', 'Tags'],
  read(at) {
    at.in.findings.directConnectGateways.push({ ...resource(at), kind: 'direct-connect-gateway' });
    if (isMade(at))
      at.in.findings.directConnectAnswers.push({ subject: at.of.id, ...present({ account: at.of.account }) });
  },
};

export const directConnectAssociation: Construct = {
  identities: ['AssociationId'],
  properties: [
    'DirectConnectGatewayId',
    'AssociatedGatewayId',
    'AllowedPrefixesToDirectConnectGateway',
    'TransitGatewayAttachmentId',
    'AcceptDirectConnectGatewayAssociationProposalRoleArn',
  ],
  attribute: (at, name) => (name === 'TransitGatewayAttachmentId' ? attachmentMadeWith(at) : undefined),
  read(at) {
    const directConnect = idOf(at, 'DirectConnectGatewayId', directConnectType);
    const gateway = reference(at, 'AssociatedGatewayId', gatewayType);
    const unknown = [directConnect, gateway].find((one) => one instanceof Unknown);
    if (unknown instanceof Unknown) note(at, 'AssociatedGatewayId', unknown, 'it is not modelled');
    // A transit gateway may lead on premises by it, whatever the Direct Connect gateway.
    const isTransit = gateway instanceof Unknown || (gateway?.type ?? kindOf(gateway?.id)) === gatewayType;
    if (isTransit && gateway !== undefined)
      attach(at, {
        id: attachmentMadeWith(at),
        gateway: gateway instanceof Unknown ? gateway : gateway.id,
        type: 'direct-connect-gateway',
        behind: known(directConnect) ?? at.of.id,
        resource: 'derived',
      });
    const named = known(gateway);
    if (named === undefined || typeof directConnect !== 'string') {
      const why = 'what it joins is not known';
      return notModelled(at, 'direct-connect-association', why, 'flows between what it joins and on premises');
    }
    at.in.findings.directConnectAssociations.push({
      id: at.of.id,
      directConnectGateway: directConnect,
      gateway: named.id,
      allowed: allowedBy(at, named.id),
      source: provenance(at),
    });
  },
};

const kindOf = (id: string | undefined): string | undefined =>
  id?.startsWith('tgw-') === true ? gatewayType : undefined;

/** What it lets on premises know: of a virtual private gateway, the blocks of its VPC where nothing else is said. */
function allowedBy(at: At, gateway: string): readonly Prefix[] {
  const key = 'AllowedPrefixesToDirectConnectGateway';
  const told = texts(at, key);
  for (const one of told.unknown) note(at, key, one, 'on premises may not know it, or know of more');
  const blocks = told.known.flatMap((written) => prefixIn(at, key, written) ?? []);
  if (blocks.length > 0 || told.unknown.length > 0) return blocks;
  const { certain } = satellitesOf(
    at.in,
    'AWS::EC2::VPCGatewayAttachment',
    'VpnGatewayId',
    gateway,
    'AWS::EC2::VPNGateway',
  );
  return certain.flatMap((one) => {
    const vpc = known(idOf(one, 'VpcId', vpcType));
    const declared = vpc === undefined ? undefined : at.in.byId.get(vpc);
    return declared === undefined ? [] : blocksOfVpc(topOf(at.in, declared));
  });
}

/** Private and transit virtual interfaces. */
export const virtualInterface: Construct = {
  identities: ['VirtualInterfaceArn', 'VirtualInterfaceId'],
  properties: [
    'DirectConnectGatewayId',
    'VirtualGatewayId',
    'VirtualInterfaceName',
    'ConnectionId',
    'BgpPeers',
    'Vlan',
    'Mtu',
    'EnableSiteLink',
    'AllocatePrivateVirtualInterfaceRoleArn',
    'AllocateTransitVirtualInterfaceRoleArn',
    'Tags',
  ],
  read(at) {
    const gateway =
      idOf(at, 'DirectConnectGatewayId', directConnectType) ?? idOf(at, 'VirtualGatewayId', 'AWS::EC2::VPNGateway');
    if (gateway instanceof Unknown) note(at, 'DirectConnectGatewayId', gateway, 'it is not modelled');
    if (typeof gateway !== 'string')
      return notModelled(at, 'virtual-interface', 'to which gateway it leads is not known', 'flows through it');
    at.in.findings.virtualInterfaces.push({ ...resource(at), kind: 'virtual-interface', gateway });
  },
};

/** It leads to no VPC: what comes by it comes to public addresses. */
export const publicVirtualInterface: Construct = {
  properties: ['VirtualInterfaceName', 'ConnectionId', 'BgpPeers', 'RouteFilterPrefixes', 'Vlan', 'Tags'],
  read: (at) =>
    notModelled(
      at,
      'virtual-interface',
      'what comes by it counts as the internet',
      'flows between on-premises and public addresses',
    ),
};

/** The line itself, whatever goes over it. */
export const directConnectLine: Construct = {
  properties: ['ConnectionName', 'LagName', 'Location', 'Bandwidth', 'LagId', 'ProviderName', 'RequestMACSec', 'Tags'],
};
