/** Transit gateways with their attachments, tables and routes. */
import {
  transitGatewayAttachmentAcceptance,
  transitGatewayDefaultTable,
  transitGatewayPrefixListReference,
} from '../declared/types.ts';
import { Unknown } from '../declared/value.ts';
import {
  filled,
  type Given,
  hanging,
  link,
  links,
  onceKnown,
  same,
  tags,
  text,
  told,
  type Translation,
  value,
} from './translation.ts';

export const transitGateway: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGateway', {
    ...same(
      at,
      'default_route_table_association',
      'default_route_table_propagation',
      'security_group_referencing_support',
      'auto_accept_shared_attachments',
    ),
    AssociationDefaultRouteTableId: text(at, 'association_default_route_table_id'),
    PropagationDefaultRouteTableId: text(at, 'propagation_default_route_table_id'),
    Tags: tags(at),
  }),
];

/** Whether the gateway's default tables are the attachment's own. */
const byDefault = (at: Given) => ({
  DefaultRouteTableAssociation: value(at, 'transit_gateway_default_route_table_association'),
  DefaultRouteTablePropagation: value(at, 'transit_gateway_default_route_table_propagation'),
});

const table = (at: Given) => link(at, 'transit_gateway_route_table_id', 'transit-gateway-route-table');
const attachment = (at: Given) => link(at, 'transit_gateway_attachment_id', 'transit-gateway-attachment');

export const vpcAttachment: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGatewayVpcAttachment', {
    TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
    VpcId: link(at, 'vpc_id', 'vpc'),
    SubnetIds: filled(links(at, 'subnet_ids', ['subnet'], { every: true })),
    Options: Object.fromEntries(
      (
        [
          ['ApplianceModeSupport', 'appliance_mode_support'],
          ['Ipv6Support', 'ipv6_support'],
          ['SecurityGroupReferencingSupport', 'security_group_referencing_support'],
        ] as const
      ).flatMap(([name, key]) => {
        const found = value(at, key);
        return found === undefined ? [] : [[name, found] as const];
      }),
    ),
    ...byDefault(at),
    Tags: tags(at),
  }),
];

/** It stands for the attachment that it accepts. */
export const acceptance: Translation = (at) => [
  hanging(transitGatewayAttachmentAcceptance, { TransitGatewayAttachmentId: attachment(at), ...byDefault(at) }),
];

export const peeringAttachment: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGatewayPeeringAttachment', {
    TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
    PeerTransitGatewayId: link(at, 'peer_transit_gateway_id', 'transit-gateway'),
    ...same(at, 'peer_account_id', 'peer_region'),
    State: onceKnown(value(at, 'state')),
    Tags: tags(at),
  }),
];

export const connectAttachment: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGatewayConnect', {
    TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
    TransportTransitGatewayAttachmentId: link(at, 'transport_attachment_id', 'transit-gateway-attachment'),
    ...byDefault(at),
    Tags: tags(at),
  }),
];

export const connectPeer: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGatewayConnectPeer', {
    TransitGatewayAttachmentId: attachment(at),
    ConnectPeerConfiguration: Object.fromEntries(
      [value(at, 'peer_address')].flatMap((one) => (one === undefined ? [] : [['PeerAddress', one] as const])),
    ),
  }),
];

export const routeTable: Translation = (at) => [
  told(at, 'AWS::EC2::TransitGatewayRouteTable', {
    TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
    Tags: tags(at),
  }),
];

export const route: Translation = (at) => [
  hanging('AWS::EC2::TransitGatewayRoute', {
    TransitGatewayRouteTableId: table(at),
    TransitGatewayAttachmentId: attachment(at),
    DestinationCidrBlock: value(at, 'destination_cidr_block'),
    Blackhole: value(at, 'blackhole'),
  }),
];

export const prefixListReference: Translation = (at) => [
  hanging(transitGatewayPrefixListReference, {
    TransitGatewayRouteTableId: table(at),
    TransitGatewayAttachmentId: attachment(at),
    PrefixListId: link(at, 'prefix_list_id', 'prefix-list'),
    Blackhole: value(at, 'blackhole'),
  }),
];

const joining =
  (type: string): Translation =>
  (at) => [hanging(type, { TransitGatewayAttachmentId: attachment(at), TransitGatewayRouteTableId: table(at) })];

export const association = joining('AWS::EC2::TransitGatewayRouteTableAssociation');
export const propagation = joining('AWS::EC2::TransitGatewayRouteTablePropagation');

/** A policy table chooses among the others, by what it is not told here (semantics 7.26). */
export const policyTableAssociation: Translation = (at) => [
  hanging('AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: attachment(at),
    TransitGatewayRouteTableId: new Unknown('a policy table chooses it'),
  }),
];

/** Another table is made the default one, for one of the two ends. */
export const defaultTable =
  (of: 'Association' | 'Propagation'): Translation =>
  (at) => [
    hanging(transitGatewayDefaultTable, {
      TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
      [`${of}DefaultRouteTableId`]: table(at),
    }),
  ];
