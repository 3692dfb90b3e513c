/** Lines on premises: virtual private gateways, VPN connections, Direct Connect. */
import type { Value } from '../declared/value.ts';
import { attachmentBeside, attachmentIn, vpnGateways } from './gateway-attachment.ts';
import type { Instance } from './instance.ts';
import {
  filled,
  type Given,
  hanging,
  label,
  link,
  onceKnown,
  same,
  tags,
  text,
  told,
  type Translation,
  value,
} from './translation.ts';

export const vpnGateway: Translation = (at) => [
  told(at, 'AWS::EC2::VPNGateway', { Type: 'ipsec.1', Tags: tags(at) }),
  ...attachmentIn(at, vpnGateways),
];

export const vpnGatewayAttachment = attachmentBeside(vpnGateways);

export const customerGateway: Translation = (at) => [told(at, 'AWS::EC2::CustomerGateway', { Tags: tags(at) })];

export const vpnConnection: Translation = (at) => [
  told(at, 'AWS::EC2::VPNConnection', {
    VpnGatewayId: link(at, 'vpn_gateway_id', 'vpn-gateway'),
    TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
    TransitGatewayAttachmentId: onceKnown(value(at, 'transit_gateway_attachment_id')),
    // Where it is left out, the connection speaks BGP.
    ...same(
      at,
      'static_routes_only',
      'local_ipv4_network_cidr',
      'local_ipv6_network_cidr',
      'remote_ipv4_network_cidr',
      'remote_ipv6_network_cidr',
    ),
    Tags: tags(at),
  }),
];

export const vpnConnectionRoute: Translation = (at) => [
  hanging('AWS::EC2::VPNConnectionRoute', {
    VpnConnectionId: link(at, 'vpn_connection_id', 'vpn-connection'),
    DestinationCidrBlock: value(at, 'destination_cidr_block'),
  }),
];

export const directConnectGateway: Translation = (at) => [
  told(at, 'AWS::DirectConnect::DirectConnectGateway', { DirectConnectGatewayName: label(at, 'name') }),
];

export const directConnectAssociation: Translation = (at) => [
  told(at, 'AWS::DirectConnect::DirectConnectGatewayAssociation', {
    DirectConnectGatewayId: link(at, 'dx_gateway_id', 'direct-connect-gateway'),
    AssociatedGatewayId:
      link(at, 'associated_gateway_id', 'transit-gateway', 'vpn-gateway') ?? link(at, 'vpn_gateway_id', 'vpn-gateway'),
    AllowedPrefixesToDirectConnectGateway: filled(onceKnown(value(at, 'allowed_prefixes'))),
    TransitGatewayAttachmentId: attachmentOf(at),
  }),
];

/** AWS's id of the attachment, which a data source alone tells. */
function attachmentOf(at: Given): Value | undefined {
  const [gateway, transit] = [text(at, 'dx_gateway_id'), text(at, 'associated_gateway_id')];
  const fits = ({ data, type, values }: Instance): boolean =>
    data &&
    type === 'aws_ec2_transit_gateway_dx_gateway_attachment' &&
    gateway !== undefined &&
    values.dx_gateway_id === gateway &&
    values.transit_gateway_id === transit;
  const id = at.world.instances.find(fits)?.values.id;
  return typeof id === 'string' ? id : undefined;
}

export const virtualInterface: (type: 'Private' | 'Transit') => Translation = (type) => (at) => [
  told(at, `AWS::DirectConnect::${type}VirtualInterface`, {
    VirtualInterfaceName: label(at, 'name'),
    DirectConnectGatewayId: link(at, 'dx_gateway_id', 'direct-connect-gateway'),
    VirtualGatewayId: link(at, 'vpn_gateway_id', 'vpn-gateway'),
    Tags: tags(at),
  }),
];

export const publicVirtualInterface: Translation = (at) => [
  told(at, 'AWS::DirectConnect::PublicVirtualInterface', { VirtualInterfaceName: label(at, 'name'), Tags: tags(at) }),
];
