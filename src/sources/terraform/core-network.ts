/** Cloud WAN: core networks, the policy put in force beside them, and attachments. */
import { coreNetworkAcceptance, coreNetworkPolicy } from '../declared/types.ts';
import {
  filled,
  type Given,
  hanging,
  inBlock,
  link,
  links,
  same,
  tags,
  told,
  type Translation,
  value,
} from './translation.ts';

export const coreNetwork: Translation = (at) => [
  told(
    at,
    'AWS::NetworkManager::CoreNetwork',
    { PolicyDocument: value(at, 'base_policy_document'), Tags: tags(at) },
    'arn',
  ),
];

export const policyAttachment: Translation = (at) => [
  hanging(coreNetworkPolicy, {
    CoreNetworkId: link(at, 'core_network_id', 'core-network'),
    PolicyDocument: value(at, 'policy_document'),
  }),
];

const common = (at: Given) => ({
  CoreNetworkId: link(at, 'core_network_id', 'core-network'),
  Tags: tags(at),
});

export const vpcAttachment: Translation = (at) => [
  told(at, 'AWS::NetworkManager::VpcAttachment', {
    ...common(at),
    VpcArn: link(at, 'vpc_arn', 'vpc-arn'),
    SubnetArns: filled(links(at, 'subnet_arns', ['subnet-arn'], { every: true })),
    Options: inBlock(at, 'options', (one) =>
      same(one, 'appliance_mode_support', 'ipv6_support', 'security_group_referencing_support'),
    ),
  }),
];

export const vpnAttachment: Translation = (at) => [
  told(at, 'AWS::NetworkManager::SiteToSiteVpnAttachment', {
    ...common(at),
    VpnConnectionArn: link(at, 'vpn_connection_arn', 'vpn-connection-arn'),
  }),
];

export const connectAttachment: Translation = (at) => [
  told(at, 'AWS::NetworkManager::ConnectAttachment', {
    ...common(at),
    TransportAttachmentId: link(at, 'transport_attachment_id', 'core-network-attachment'),
    EdgeLocation: value(at, 'edge_location'),
  }),
];

export const directConnectAttachment: Translation = (at) => [
  told(at, 'AWS::NetworkManager::DirectConnectGatewayAttachment', {
    ...common(at),
    DirectConnectGatewayArn: link(at, 'direct_connect_gateway_arn', 'direct-connect-gateway-arn'),
    EdgeLocations: value(at, 'edge_locations'),
  }),
];

export const peering: Translation = (at) => [
  told(at, 'AWS::NetworkManager::TransitGatewayPeering', {
    ...common(at),
    TransitGatewayArn: link(at, 'transit_gateway_arn', 'transit-gateway-arn'),
  }),
];

export const tableAttachment: Translation = (at) => [
  told(at, 'AWS::NetworkManager::TransitGatewayRouteTableAttachment', {
    PeeringId: link(at, 'peering_id', 'core-network-peering'),
    TransitGatewayRouteTableArn: link(at, 'transit_gateway_route_table_arn', 'transit-gateway-route-table-arn'),
    Tags: tags(at),
  }),
];

export const attachmentAcceptance: Translation = (at) => [
  hanging(coreNetworkAcceptance, { AttachmentId: link(at, 'attachment_id', 'core-network-attachment') }),
];
