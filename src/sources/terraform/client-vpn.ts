/** Client VPN: endpoints, their associations, routes and authorization rules. */
import { filled, hanging, inBlock, link, links, same, tags, told, type Translation, value } from './translation.ts';

export const endpoint: Translation = (at) => [
  told(at, 'AWS::EC2::ClientVpnEndpoint', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    SecurityGroupIds: filled(links(at, 'security_group_ids', ['security-group'])),
    TrafficIpAddressType: value(at, 'traffic_ip_address_type'),
    TransitGatewayConfiguration: inBlock(at, 'transit_gateway_configuration', (one) => ({
      TransitGatewayId: link(one, 'transit_gateway_id', 'transit-gateway'),
    })),
    Tags: tags(at),
  }),
];

export const association: Translation = (at) => [
  hanging('AWS::EC2::ClientVpnTargetNetworkAssociation', {
    ClientVpnEndpointId: link(at, 'client_vpn_endpoint_id', 'client-vpn-endpoint'),
    SubnetId: link(at, 'subnet_id', 'subnet'),
  }),
];

export const route: Translation = (at) => [
  hanging('AWS::EC2::ClientVpnRoute', {
    ClientVpnEndpointId: link(at, 'client_vpn_endpoint_id', 'client-vpn-endpoint'),
    TargetVpcSubnetId: link(at, 'target_vpc_subnet_id', 'subnet'),
    ...same(at, 'destination_cidr_block'),
  }),
];

export const rule: Translation = (at) => [
  hanging('AWS::EC2::ClientVpnAuthorizationRule', {
    ClientVpnEndpointId: link(at, 'client_vpn_endpoint_id', 'client-vpn-endpoint'),
    ...same(at, 'target_network_cidr', 'authorize_all_groups', 'access_group_id'),
  }),
];
