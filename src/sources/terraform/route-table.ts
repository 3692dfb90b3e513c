/** Route tables, routes, and what is associated with them (semantics 16.4, 16.5). */
import { mainRouteTableAssociation } from '../declared/types.ts';
import { Link, Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { blocks } from './given.ts';
import type { Kind } from './kinds.ts';
import {
  defined,
  type Given,
  hanging,
  isConfigured,
  link,
  links,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';

/** Arguments of a route and of a table's `route`, by CloudFormation's name: what each may hold. */
const targets: readonly (readonly [argument: string, property: string, ...kinds: readonly Kind[]])[] = [
  ['nat_gateway_id', 'NatGatewayId', 'nat-gateway'],
  ['transit_gateway_id', 'TransitGatewayId', 'transit-gateway'],
  ['vpc_peering_connection_id', 'VpcPeeringConnectionId', 'vpc-peering'],
  ['network_interface_id', 'NetworkInterfaceId', 'network-interface'],
  ['instance_id', 'InstanceId', 'instance'],
  ['egress_only_gateway_id', 'EgressOnlyInternetGatewayId', 'egress-only-internet-gateway'],
  ['vpc_endpoint_id', 'VpcEndpointId', 'endpoint', 'firewall-endpoint'],
  ['carrier_gateway_id', 'CarrierGatewayId', 'carrier-gateway'],
  ['core_network_arn', 'CoreNetworkArn', 'core-network'],
];

const further = [
  ['local_gateway_id', 'LocalGatewayId'],
  ['odb_network_arn', 'OdbNetworkArn'],
] as const;

/** What a gateway argument may hold: AWS takes other targets' ids there too. */
const gateways: readonly Kind[] = [
  'internet-gateway',
  'vpn-gateway',
  'nat-gateway',
  'egress-only-internet-gateway',
  'endpoint',
  'firewall-endpoint',
  'transit-gateway',
];

const destinations = [
  ['destination_cidr_block', 'DestinationCidrBlock'],
  ['destination_ipv6_cidr_block', 'DestinationIpv6CidrBlock'],
] as const;

export const route: Translation = (at) => [
  hanging('AWS::EC2::Route', {
    RouteTableId: link(at, 'route_table_id', 'route-table'),
    ...Object.fromEntries(destinations.map(([argument, property]) => [property, value(at, argument)])),
    DestinationPrefixListId: link(at, 'destination_prefix_list_id', 'prefix-list'),
    ...targetOf(at),
  }),
];

/** `claimed`: kinds that arguments of their own hold in the same expression. */
function targetOf(at: Given, claimed: readonly Kind[] = []): Told['properties'] {
  const named = Object.fromEntries(
    targets.map(([argument, property, ...kinds]) => [property, link(at, argument, ...kinds)]),
  );
  const others = Object.fromEntries(further.map(([argument, property]) => [property, value(at, argument)]));
  const gateway = link(at, 'gateway_id', ...gateways.filter((kind) => !claimed.includes(kind)));
  return { ...named, ...others, ...(gateway === undefined ? {} : { [propertyOf(at, gateway)]: gateway }) };
}

const byPrefix = [
  [/^nat-/, 'NatGatewayId'],
  [/^vpce-/, 'VpcEndpointId'],
  [/^eigw-/, 'EgressOnlyInternetGatewayId'],
  [/^tgw-/, 'TransitGatewayId'],
  [/^pcx-/, 'VpcPeeringConnectionId'],
  [/^eni-/, 'NetworkInterfaceId'],
] as const;

const byType: Readonly<Record<string, string>> = {
  aws_nat_gateway: 'NatGatewayId',
  aws_vpc_endpoint: 'VpcEndpointId',
  aws_networkfirewall_firewall: 'VpcEndpointId',
  aws_egress_only_internet_gateway: 'EgressOnlyInternetGatewayId',
  aws_ec2_transit_gateway: 'TransitGatewayId',
};

function propertyOf(at: Given, found: Value): string {
  if (typeof found === 'string') return byPrefix.find(([prefix]) => prefix.test(found))?.[1] ?? 'GatewayId';
  if (!(found instanceof Link)) return 'GatewayId';
  const target = at.world.instances.find(({ address }) => address === found.resource);
  return byType[target?.type ?? ''] ?? 'GatewayId';
}

/** The routes in a table. What `aws_route` manages beside it shows there too, and is told by itself. */
function routesOf(at: Given): Value | undefined {
  const shown = isConfigured(at, 'route') === true;
  const beside = shown ? [] : apart(at, ['aws_route'], 'route_table_id', text(at, 'id'));
  const taken = new Set(beside.flatMap((one) => destinationKeys.flatMap((key) => one[key] ?? [])));
  const all = blocks(at, 'route');
  const claimed = targets.flatMap(([argument, , ...kinds]) =>
    all.some((one) => !(one instanceof Unknown) && isNew(link(one, argument, ...kinds))) ? kinds : [],
  );
  const routes = all.flatMap((one): readonly Value[] => {
    if (one instanceof Unknown) return [one];
    const properties = {
      DestinationCidrBlock: value(one, 'cidr_block'),
      DestinationIpv6CidrBlock: value(one, 'ipv6_cidr_block'),
      DestinationPrefixListId: link(one, 'destination_prefix_list_id', 'prefix-list'),
      ...targetOf(one, claimed),
    };
    const { DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6, DestinationPrefixListId: list } = properties;
    return [v4, v6, list].some((each) => typeof each === 'string' && taken.has(each)) ? [] : [defined(properties)];
  });
  return routes.length === 0 && !shown ? undefined : routes;
}

const isNew = (found: Value | undefined): boolean => found instanceof Link || found instanceof Unknown;

const destinationKeys = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'];

export const routeTable: Translation = (at) => [
  told(at, 'AWS::EC2::RouteTable', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    Routes: routesOf(at),
    PropagatingVgws: propagating(at),
    Tags: tags(at),
  }),
];

function propagating(at: Given): Value | undefined {
  const beside = apart(at, ['aws_vpn_gateway_route_propagation'], 'route_table_id', text(at, 'id'));
  const taken = new Set(beside.map((one) => one.vpn_gateway_id));
  const found = links(at, 'propagating_vgws', ['vpn-gateway']);
  return Array.isArray(found) ? (found as readonly Value[]).filter((one) => !taken.has(one as string)) : found;
}

/** The VPC's original main table, adopted: emptied, then holding what is written in it (semantics 16.4). */
export const defaultRouteTable: Translation = (at) => {
  const id = text(at, 'id') ?? text(at, 'default_route_table_id');
  return [
    {
      type: 'AWS::EC2::RouteTable',
      ...(id === undefined ? {} : { id }),
      properties: {
        Adopts: adopts(at, 'default_route_table_id', 'route-table'),
        Routes: routesOf(at),
        PropagatingVgws: propagating(at),
        Tags: tags(at),
      },
    },
  ];
};

/** The VPC of something that is adopted by its id: the one that the id is an attribute of. */
export function adopts(at: Given, key: string, kind: Kind): Value {
  const known = text(at, 'vpc_id');
  if (known !== undefined) return { VpcId: known };
  const adopted = link(at, key, kind);
  return { VpcId: adopted instanceof Link ? new Link(adopted.resource) : new Unknown('known after apply') };
}

export const routeTableAssociation: Translation = (at) => {
  const RouteTableId = link(at, 'route_table_id', 'route-table');
  const GatewayId = link(at, 'gateway_id', 'internet-gateway', 'vpn-gateway');
  if (GatewayId !== undefined) return [hanging('AWS::EC2::GatewayRouteTableAssociation', { RouteTableId, GatewayId })];
  const SubnetId = link(at, 'subnet_id', 'subnet');
  return [hanging('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId, SubnetId })];
};

export const mainAssociation: Translation = (at) => [
  hanging(mainRouteTableAssociation, {
    VpcId: link(at, 'vpc_id', 'vpc'),
    RouteTableId: link(at, 'route_table_id', 'route-table'),
  }),
];

/** Routes that a VPN gateway propagates to a table. */
export const routeServerPropagation: Translation = (at) => [
  hanging('AWS::EC2::RouteServerPropagation', { RouteTableId: link(at, 'route_table_id', 'route-table') }),
];

export const routePropagation: Translation = (at) => [
  hanging('AWS::EC2::VPNGatewayRoutePropagation', {
    RouteTableIds: [link(at, 'route_table_id', 'route-table') ?? null],
    VpnGatewayId: link(at, 'vpn_gateway_id', 'vpn-gateway'),
  }),
];
