/** The shapes that `aws … describe-*` prints: the SDK's own types, as JSON has them. */
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as firewall from '@aws-sdk/client-network-firewall';

/** A type of the SDK as JSON prints it: dates are text. */
type Json<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

export type Vpc = Json<ec2.Vpc>;
export type Subnet = Json<ec2.Subnet>;
export type RouteTable = Json<ec2.RouteTable>;
export type Route = Json<ec2.Route>;
export type NetworkAcl = Json<ec2.NetworkAcl>;
export type NetworkAclEntry = Json<ec2.NetworkAclEntry>;
export type SecurityGroup = Json<ec2.SecurityGroup>;
export type IpPermission = Json<ec2.IpPermission>;
/** The CLI prints `nat_gateway` where the SDK's type has `natGateway`. */
export type NetworkInterface = Omit<Json<ec2.NetworkInterface>, 'InterfaceType'> & { InterfaceType?: string };
export type Reservation = Json<ec2.Reservation>;
export type InternetGateway = Json<ec2.InternetGateway>;
export type EgressOnlyInternetGateway = Json<ec2.EgressOnlyInternetGateway>;
export type NatGateway = Json<ec2.NatGateway>;
export type Address = Json<ec2.Address>;
/** The CLI prints `available` where the SDK's type has `Available`. */
export type VpcEndpoint = Omit<Json<ec2.VpcEndpoint>, 'State'> & { State?: string };
export type PrefixList = Json<ec2.PrefixList>;
export type ManagedPrefixList = Json<ec2.ManagedPrefixList>;
export type PrefixListEntry = Json<ec2.PrefixListEntry>;
export type LoadBalancer = Json<elb.LoadBalancer>;
export type TransitGateway = Json<ec2.TransitGateway>;
export type TransitGatewayAttachment = Json<ec2.TransitGatewayAttachment>;
export type TransitGatewayVpcAttachment = Json<ec2.TransitGatewayVpcAttachment>;
export type TransitGatewayRouteTable = Json<ec2.TransitGatewayRouteTable>;
export type TransitGatewayRoute = Json<ec2.TransitGatewayRoute>;
export type Firewall = Json<firewall.DescribeFirewallResponse>;

/** Everything a snapshot holds, by the lists' own names. */
export interface Snapshot {
  readonly Vpcs: Vpc[];
  readonly Subnets: Subnet[];
  readonly RouteTables: RouteTable[];
  readonly NetworkAcls: NetworkAcl[];
  readonly SecurityGroups: SecurityGroup[];
  readonly NetworkInterfaces: NetworkInterface[];
  readonly Reservations: Reservation[];
  readonly InternetGateways: InternetGateway[];
  readonly EgressOnlyInternetGateways: EgressOnlyInternetGateway[];
  readonly NatGateways: NatGateway[];
  readonly Addresses: Address[];
  readonly VpcEndpoints: VpcEndpoint[];
  readonly PrefixLists: PrefixList[];
  readonly ManagedPrefixLists: ManagedPrefixList[];
  /** By the list's id. */
  readonly entries: Map<string, PrefixListEntry[]>;
  readonly LoadBalancers: LoadBalancer[];
  readonly TransitGateways: TransitGateway[];
  readonly TransitGatewayAttachments: TransitGatewayAttachment[];
  readonly TransitGatewayVpcAttachments: TransitGatewayVpcAttachment[];
  readonly TransitGatewayRouteTables: TransitGatewayRouteTable[];
  /** By the table's id. */
  readonly transitRoutes: Map<string, TransitGatewayRoute[]>;
  readonly firewalls: Firewall[];
}

export const emptySnapshot = (): Snapshot => ({
  Vpcs: [],
  Subnets: [],
  RouteTables: [],
  NetworkAcls: [],
  SecurityGroups: [],
  NetworkInterfaces: [],
  Reservations: [],
  InternetGateways: [],
  EgressOnlyInternetGateways: [],
  NatGateways: [],
  Addresses: [],
  VpcEndpoints: [],
  PrefixLists: [],
  ManagedPrefixLists: [],
  entries: new Map(),
  LoadBalancers: [],
  TransitGateways: [],
  TransitGatewayAttachments: [],
  TransitGatewayVpcAttachments: [],
  TransitGatewayRouteTables: [],
  transitRoutes: new Map(),
  firewalls: [],
});

export const account = '111122223333';
export const region = 'us-east-1';

export const named = (name: string, more: Readonly<Record<string, string>> = {}): { Key: string; Value: string }[] =>
  Object.entries({ Name: name, ...more }).map(([Key, Value]) => ({ Key, Value }));
