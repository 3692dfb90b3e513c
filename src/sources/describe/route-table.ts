/** describe-route-tables: every target field that AWS has (semantics 4.15). */
import type { Route as AwsRoute, RouteTable as AwsRouteTable, RouteTableAssociation } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings, RouteFinding } from '../../network/build/findings.ts';
import type { Route, RouteDestination } from '../../network/route-table.ts';
import { type At, complain, flag, inner, list, prefix, provenance, required, text, unknownKeys } from './fields.ts';
import { resource } from './resource.ts';

export function readRouteTable(at: At<AwsRouteTable>, findings: Findings): void {
  const id = required(at, 'RouteTableId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || vpc === undefined) return;
  const all = list(at, 'Associations');
  const associations = all.filter((association) => conditionOf(association) === 'in-force');
  const changing = all.filter((association) => conditionOf(association) === 'changing');
  findings.routeTables.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'route-table',
    vpc,
    main: associations.some((association) => flag(association, 'Main') === true),
    routes: list(at, 'Routes').flatMap((route) => readRoute(route) ?? []),
    subnets: associations.flatMap((association) => text(association, 'SubnetId') ?? []),
    gateways: associations.flatMap((association) => text(association, 'GatewayId') ?? []),
    ...(changing.length === 0 ? {} : { changing: changing.map((one) => ofWhat(one) ?? vpc) }),
  });
}

/** Which table holds at the moment is not told while an association comes about or ends, or has failed to change. */
function conditionOf(at: At<RouteTableAssociation>): 'in-force' | 'gone' | 'changing' {
  const state = inner(at, 'AssociationState');
  switch (state && text(state, 'State')) {
    case 'associated':
    case undefined:
      return 'in-force';
    case 'disassociated':
      return 'gone';
    default:
      return 'changing';
  }
}

/** The subnet or gateway that is associated; none of the main table's, which is its VPC's. */
const ofWhat = (at: At<RouteTableAssociation>): string | undefined => text(at, 'SubnetId') ?? text(at, 'GatewayId');

function readRoute(at: At<AwsRoute>): RouteFinding | undefined {
  const destination = destinationOf(at);
  if (destination === undefined) return undefined;
  const origin = originOf(at);
  return {
    destination,
    target: targetOf(at),
    state: origin === undefined ? 'unknown' : stateOf(at),
    origin: origin ?? 'static',
    source: provenance(at),
    ...present({ targetOwner: text(at, 'InstanceOwnerId') }),
  };
}

function destinationOf(at: At<AwsRoute>): RouteDestination | undefined {
  const prefixList = text(at, 'DestinationPrefixListId');
  if (prefixList !== undefined) return { kind: 'prefix-list', id: prefixList };
  const key = text(at, 'DestinationCidrBlock') === undefined ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
  const block = prefix(at, key);
  if (block !== undefined) return { kind: 'prefix', prefix: block };
  if (text(at, key) === undefined)
    complain(at, 'missing-field', '', 'The route has no destination.', 'Every route has one; was the file edited?');
  return undefined;
}

const gatewayKinds = [
  ['igw-', 'internet-gateway'],
  ['vgw-', 'vpn-gateway'],
  ['vpce-', 'vpc-endpoint'],
  ['eigw-', 'egress-only-internet-gateway'],
  ['nat-', 'nat-gateway'],
  ['tgw-', 'transit-gateway'],
  ['pcx-', 'vpc-peering'],
  ['lgw-', 'local-gateway'],
  ['cagw-', 'carrier-gateway'],
] as const;

/** Fields that name a target, but for `GatewayId`, `NetworkInterfaceId` and `InstanceId`. */
const targetFields = [
  ['NatGatewayId', 'nat-gateway'],
  ['EgressOnlyInternetGatewayId', 'egress-only-internet-gateway'],
  ['VpcPeeringConnectionId', 'vpc-peering'],
  ['TransitGatewayId', 'transit-gateway'],
  ['LocalGatewayId', 'local-gateway'],
  ['CarrierGatewayId', 'carrier-gateway'],
  ['CoreNetworkArn', 'core-network'],
  ['OdbNetworkArn', 'odb-network'],
] as const;

const known: ReadonlySet<string> = new Set<keyof AwsRoute>([
  'DestinationCidrBlock',
  'DestinationIpv6CidrBlock',
  'DestinationPrefixListId',
  'EgressOnlyInternetGatewayId',
  'GatewayId',
  'InstanceId',
  'InstanceOwnerId',
  'NatGatewayId',
  'TransitGatewayId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'NetworkInterfaceId',
  'Origin',
  'State',
  'VpcPeeringConnectionId',
  'CoreNetworkArn',
  'OdbNetworkArn',
  'IpAddress',
]);

function targetOf(at: At<AwsRoute>): RouteFinding['target'] {
  const gateway = text(at, 'GatewayId');
  if (gateway === 'local') return { kind: 'local' };
  const nic = text(at, 'NetworkInterfaceId');
  const instance = text(at, 'InstanceId');
  if (nic !== undefined && nic !== '') return { kind: 'network-interface', id: nic, ...present({ instance }) };
  for (const [key, kind] of targetFields) {
    const id = text(at, key);
    if (id !== undefined && id !== '') return { kind, id };
  }
  if (gateway !== undefined && gateway !== '') {
    const kind = gatewayKinds.find(([start]) => gateway.startsWith(start))?.[1];
    return { kind: kind ?? 'unknown', id: gateway };
  }
  if (instance !== undefined) return { kind: 'unknown', id: instance };
  const [field] = unknownKeys(at, known);
  const value = field === undefined ? undefined : (at.json as Record<string, unknown>)[field];
  return { kind: 'unknown', id: typeof value === 'string' ? value : (field ?? '') };
}

function stateOf(at: At<AwsRoute>): Route['state'] {
  const state = text(at, 'State');
  return state === undefined || state === 'active' ? 'active' : state === 'blackhole' ? 'blackhole' : 'unknown';
}

const origins: ReadonlyMap<string, Route['origin']> = new Map(
  Object.entries({
    CreateRouteTable: 'local',
    CreateRoute: 'static',
    EnableVgwRoutePropagation: 'propagated',
    Advertisement: 'advertised',
  } as const),
);

/** Undefined where AWS has an origin that this program does not know: its rank is then unknown. */
function originOf(at: At<AwsRoute>): Route['origin'] | undefined {
  const origin = text(at, 'Origin');
  if (origin !== undefined) return origins.get(origin);
  return text(at, 'GatewayId') === 'local' ? 'local' : 'static';
}
