/** Route tables with their routes, written in them or beside them (semantics 4.15, 16.4, 16.5). */
import type { RouteFinding } from '../../network/build/findings.ts';
import type { RouteDestination } from '../../network/route-table.ts';
import { resource } from './common.ts';
import { vpcOf } from './default.ts';
import { endpointType, instanceType, interfaceType, natGatewayType, prefixListType, tableType } from './kinds.ts';
import { isFirst } from './interface.ts';
import { append } from './outside.ts';
import { has, idOf, known, objects, prefix, reference, text } from './property.ts';
import { type At, complain, type Construct, derive, note, provenance, type Reading, topOf } from './reading.ts';
import { associationsOf, changingOutside, mainTableOf, tablesOutside } from './route-association.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { same } from './three-way.ts';
import { Unknown } from './value.ts';

const routeType = 'AWS::EC2::Route';

export const routeTable: Construct = {
  identities: ['RouteTableId'],
  properties: ['VpcId', 'Tags', 'Routes', 'PropagatingVgws'],
  read(at) {
    const { id } = at.of;
    const vpc = vpcOf(at);
    const inline = objects(at, 'Routes');
    for (const unknown of inline.unknown) note(at, 'Routes', unknown, 'a route may lead from it anywhere');
    at.in.findings.routeTables.push({
      ...resource(at),
      kind: 'route-table',
      vpc,
      main: mainTableOf(at.in, vpc) === id,
      routes: [
        ...inline.known.flatMap((one) => routeOf(one) ?? []),
        ...inline.unknown.map((_, index) => anyRoute(at, `${at.of.address}/Routes/${index}`)),
        ...routesBeside(at.in, id),
      ],
      impliesLocal: true,
      ...associationsOf(at.in, id, vpc),
    });
  },
};

/** Routes of the table that are declared beside it. */
export function routesBeside(reading: Reading, table: string): readonly RouteFinding[] {
  const { certain, possible } = satellitesOf(reading, routeType, 'RouteTableId', table, tableType);
  for (const one of possible) maySay(one);
  return withPossible(
    certain.flatMap((one) => routeOf(one) ?? []),
    possible.map((one) => possibleRoute(one, table)),
  );
}

/** A route that may be there: what it would match may go anywhere. Of which it is not known whose it is, it may match anything. */
function possibleRoute(at: At, table: string): RouteFinding {
  const named = idOf(at, 'RouteTableId', tableType);
  const any = anyRoute(at, `${at.of.address}~${table}`);
  if (named instanceof Unknown) return { ...any, target: targetOf(at) };
  const destination = destinationOf(at);
  return destination === undefined ? any : { ...any, destination };
}

/** AWS holds one route a destination: of several that conditions choose among, one stands for all. */
function withPossible(certain: readonly RouteFinding[], possible: readonly RouteFinding[]): readonly RouteFinding[] {
  const routes = [...certain];
  for (const one of possible) if (!routes.some((other) => same(other.destination, one.destination))) routes.push(one);
  return routes;
}

/** Read by its table; of a table that is outside, here. */
export const route: Construct = {
  identities: ['CidrBlock'],
  properties: [
    'RouteTableId',
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'DestinationPrefixListId',
    'GatewayId',
    'NatGatewayId',
    'EgressOnlyInternetGatewayId',
    'VpcPeeringConnectionId',
    'TransitGatewayId',
    'LocalGatewayId',
    'CarrierGatewayId',
    'CoreNetworkArn',
    'OdbNetworkArn',
    'VpcEndpointId',
    'NetworkInterfaceId',
    'InstanceId',
  ],
};

/** Routes of tables that are not declared. */
export function routesOutside(reading: Reading): void {
  for (const [table, all, possible] of aroundOutside(reading, routeType, 'RouteTableId', tableType)) {
    for (const at of all) {
      const made = at.of.uncertain === undefined ? routeOf(at) : possibleRoute(at, table);
      if (made !== undefined) append(reading.outside.routes, table, made);
    }
    for (const at of possible) {
      maySay(at);
      append(reading.outside.routes, table, possibleRoute(at, table));
    }
  }
  for (const [of, table] of tablesOutside(reading)) reading.outside.tableOf.set(of, table);
  for (const of of changingOutside(reading)) reading.outside.changing.add(of);
}

function maySay(at: At): void {
  const table = idOf(at, 'RouteTableId', tableType);
  if (table instanceof Unknown) note(at, 'RouteTableId', table, 'the route may be in any table that it could name');
}

/** It may match any packet, and lead anywhere: a prefix list that nobody read stands for its destination. */
export const anyRoute = (at: At, id: string): RouteFinding => ({
  destination: { kind: 'prefix-list', id },
  target: { kind: 'unknown', id },
  state: 'active',
  origin: 'static',
  source: provenance(at),
});

function routeOf(at: At): RouteFinding | undefined {
  const destination = destinationOf(at);
  if (destination === undefined) return undefined;
  const target = targetOf(at);
  return {
    destination,
    target,
    state: 'active',
    origin: target.kind === 'local' ? 'local' : 'static',
    source: provenance(at),
  };
}

function destinationOf(at: At): RouteDestination | undefined {
  const list = idOf(at, 'DestinationPrefixListId', prefixListType);
  if (typeof list === 'string') return { kind: 'prefix-list', id: list };
  for (const key of ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'])
    if (has(at, key)) {
      const block = prefix(at, key);
      if (!(block instanceof Unknown)) return block && { kind: 'prefix', prefix: block };
      note(at, key, block, 'the route may match any packet');
      return { kind: 'prefix-list', id: `${at.of.address}/${[at.path, key].filter((part) => part !== '').join('/')}` };
    }
  if (list instanceof Unknown) {
    note(at, 'DestinationPrefixListId', list, 'the route may match any packet');
    return { kind: 'prefix-list', id: `${at.of.address}/DestinationPrefixListId` };
  }
  complain(
    at,
    'missing-field',
    '',
    'the route has no destination.',
    'Give it one of `DestinationCidrBlock`, `DestinationIpv6CidrBlock`, `DestinationPrefixListId`.',
  );
  return undefined;
}

type Target = RouteFinding['target'];
type Kind = Exclude<Target['kind'], 'local'>;

/** What a route leads to, by the type of what it names. */
const kindOfType: Readonly<Record<string, Kind>> = {
  'AWS::EC2::InternetGateway': 'internet-gateway',
  'AWS::EC2::EgressOnlyInternetGateway': 'egress-only-internet-gateway',
  [natGatewayType]: 'nat-gateway',
  'AWS::EC2::TransitGateway': 'transit-gateway',
  'AWS::EC2::VPCPeeringConnection': 'vpc-peering',
  'AWS::EC2::VPNGateway': 'vpn-gateway',
  'AWS::EC2::LocalGateway': 'local-gateway',
  'AWS::EC2::CarrierGateway': 'carrier-gateway',
  'AWS::NetworkManager::CoreNetwork': 'core-network',
  [endpointType]: 'vpc-endpoint',
  [interfaceType]: 'network-interface',
};

/** Each field that names a target, with the type that it names, unless what it names is of another. */
const fields: readonly (readonly [key: string, type: string])[] = [
  ['NatGatewayId', natGatewayType],
  ['EgressOnlyInternetGatewayId', 'AWS::EC2::EgressOnlyInternetGateway'],
  ['VpcPeeringConnectionId', 'AWS::EC2::VPCPeeringConnection'],
  ['TransitGatewayId', 'AWS::EC2::TransitGateway'],
  ['LocalGatewayId', 'AWS::EC2::LocalGateway'],
  ['CarrierGatewayId', 'AWS::EC2::CarrierGateway'],
  ['CoreNetworkArn', 'AWS::NetworkManager::CoreNetwork'],
  ['VpcEndpointId', endpointType],
  ['NetworkInterfaceId', interfaceType],
  ['InstanceId', instanceType],
  ['GatewayId', ''],
  ['OdbNetworkArn', ''],
];

/** Ids of AWS's that tell what they are of. */
const starts: readonly (readonly [start: string, type: string])[] = [
  ['igw-', 'AWS::EC2::InternetGateway'],
  ['vgw-', 'AWS::EC2::VPNGateway'],
  ['vpce-', endpointType],
  ['eigw-', 'AWS::EC2::EgressOnlyInternetGateway'],
  ['nat-', natGatewayType],
  ['tgw-', 'AWS::EC2::TransitGateway'],
  ['pcx-', 'AWS::EC2::VPCPeeringConnection'],
  ['lgw-', 'AWS::EC2::LocalGateway'],
  ['cagw-', 'AWS::EC2::CarrierGateway'],
  ['eni-', interfaceType],
];

function targetOf(at: At): Target {
  for (const [key, type] of fields) {
    const written = text(at, key);
    if (written === undefined || written === '') continue;
    if (written instanceof Unknown) {
      note(at, key, written, 'the route may lead anywhere');
      return { kind: 'unknown', id: `${at.of.address}/${[at.path, key].filter((part) => part !== '').join('/')}` };
    }
    if (written === 'local') return { kind: 'local' };
    const guess = starts.find(([start]) => written.startsWith(start))?.[1] ?? type;
    const found = reference(at, key, guess);
    if (found === undefined || found instanceof Unknown) continue;
    const named = found.type ?? guess;
    if (named === instanceType)
      return found.resource === undefined
        ? { kind: 'unknown', id: found.id }
        : {
            kind: 'network-interface',
            id: firstInterface(at, found.id),
            instance: found.id,
          };
    const kind = kindOfType[named];
    return { kind: kind ?? 'unknown', id: found.id };
  }
  // AWS would not make it without a target.
  return { kind: 'unknown', id: `${at.of.address}/target` };
}

/** An instance's first interface, where no declared interface is. */
function firstInterface(at: At, instance: string): string {
  const declared = at.in.byId.get(instance);
  const told = declared && known(text(topOf(at.in, declared), 'PrimaryNetworkInterface'));
  const runs = at.in.around.instanceInterfaces.get(instance)?.[0] ?? (told === '' ? undefined : told);
  if (runs !== undefined) return runs;
  if (declared === undefined) return derive(at.in, `${instance}/eth0`, interfaceType);
  const first = objects(topOf(at.in, declared), 'NetworkInterfaces').known.find((one) => isFirst(one) === true);
  const id = first && idOf(first, 'NetworkInterfaceId', interfaceType);
  return typeof id === 'string' && id !== '' ? id : derive(at.in, `${instance}/eth0`, interfaceType);
}
