/** VPC endpoints: their interfaces, and the routes that a gateway endpoint puts into tables (semantics 9.3, 9.11, 9.24). */
import { present } from '../../base/present.ts';
import type { Address } from '../../net/address.ts';
import { parsePrefix } from '../../net/prefix.ts';
import type { RouteFinding } from '../../network/build/findings.ts';
import type { VpcEndpoint } from '../../network/endpoint.ts';
import { lastOfArn } from '../arn.ts';
import { answerOf } from './answer.ts';
import { derivedResource, resource } from './common.ts';
import { isConnected, serviceNamed } from './endpoint-service.ts';
import { tablesOfVpc } from './every.ts';
import { endpointType, groupType, prefixListType, subnetType, tableType, vpcType } from './kinds.ts';
import {
  address,
  candidatesOf,
  flag,
  idOf,
  known,
  type Listed,
  objects,
  references,
  settle,
  text,
  texts,
} from './property.ts';
import type { NewInterface } from './new-interface.ts';
import { type At, type Construct, derive, isThere, note, notModelled, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { familiesOfSubnet, sayUnknown, standIn, subnetsLike, vpcOfSubnet } from './service-interface.ts';
import {
  endpointGroupAssociation,
  endpointPolicy,
  endpointSubnetAssociation,
  endpointTableAssociation,
} from './types.ts';
import { Unknown } from './value.ts';

const types = [
  'Gateway',
  'Interface',
  'GatewayLoadBalancer',
  'Resource',
  'ServiceNetwork',
] as const satisfies readonly VpcEndpoint['endpointType'][];

export const endpoint: Construct = {
  identities: ['VpcEndpointId'],
  properties: [
    'VpcEndpointType',
    'VpcId',
    'ServiceName',
    'ServiceRegion',
    'SubnetIds',
    'SubnetConfigurations',
    'SecurityGroupIds',
    'RouteTableIds',
    'IpAddressType',
    'PrivateDnsEnabled',
    'PolicyDocument',
    'ResourceConfigurationArn',
    'ServiceNetworkArn',
    'PrefixListId',
    'CidrBlocks',
    'State',
    'AutoAccept',
    'DnsOptions',
    'Tags',
  ],
  read(at) {
    const told = text(at, 'VpcEndpointType');
    const subnets = subnetsOf(at);
    const type = told instanceof Unknown ? undefined : types.find((one) => one === (told ?? 'Gateway'));
    const around = idOf(at, 'VpcId', vpcType);
    const vpc =
      known(around) ?? subnets.known.map(({ subnet }) => vpcOfSubnet(at.in, subnet)).find((one) => one !== undefined);
    if (type === undefined || vpc === undefined) {
      for (const [key, one] of [
        ['VpcEndpointType', told],
        ['VpcId', around],
      ] as const)
        if (one instanceof Unknown) note(at, key, one, 'it is not modelled');
      for (const { subnet } of subnets.known) at.in.findings.edges.hiding.add(subnet);
      const why = type === undefined ? 'its type is not known' : 'its VPC is not known';
      return notModelled(at, 'vpc-endpoint', why, 'flows through it, and routes to it');
    }
    const service = serviceNamed(at);
    if (service instanceof Unknown) note(at, 'ServiceName', service, 'which service it leads to is not known');
    const stands = type === 'Gateway' || type === 'GatewayLoadBalancer' ? [] : interfacesOf(at, vpc, subnets);
    at.in.findings.endpoints.push({
      ...resource(at),
      kind: 'vpc-endpoint',
      endpointType: type,
      vpc,
      serviceName: typeof service === 'string' ? service : '',
      state: stateOf(at),
      routeTables: type === 'Gateway' ? tablesOf(at, vpc).certain : [],
      subnets: subnets.known.map(({ subnet }) => subnet),
      interfaces: stands,
      privateDnsEnabled: settle(flag(at, 'PrivateDnsEnabled'), false, false),
      ...present({
        policy: policyOf(at),
        ipAddressType: type === 'GatewayLoadBalancer' ? (known(text(at, 'IpAddressType')) ?? 'ipv4') : undefined,
        resourceConfiguration: idIn(at, 'ResourceConfigurationArn'),
        serviceNetwork: idIn(at, 'ServiceNetworkArn'),
      }),
    });
  },
};

/** Read by their endpoint. */
export const endpointAssociation: Construct = {
  properties: [
    'VpcEndpointId',
    'SubnetId',
    'RouteTableId',
    'SecurityGroupId',
    'ReplaceDefaultAssociation',
    'PolicyDocument',
  ],
};

/** The id in the ARN that the property is. */
function idIn(at: At, key: string): string | undefined {
  const told = known(text(at, key));
  return told === undefined ? undefined : lastOfArn(told);
}

/** While its service's owner has not accepted it, nothing is known for certain to pass. */
const stateOf = (at: At): string =>
  isThere(at) ? (known(text(at, 'State'))?.toLowerCase() ?? (isConnected(at) ? 'available' : 'pending')) : 'unknown';

interface Placed {
  readonly subnet: string;
  readonly addresses: readonly Address[];
}

/** In the properties of the endpoint, and in associations beside it. */
function subnetsOf(at: At): Listed<Placed> {
  const own = references(at, 'SubnetIds', subnetType);
  const configured = objects(at, 'SubnetConfigurations').known.flatMap((one): readonly Placed[] => {
    const subnet = known(idOf(one, 'SubnetId', subnetType));
    const addresses = ['Ipv4', 'Ipv6'].flatMap((key) => known(address(one, key)) ?? []);
    return subnet === undefined ? [] : [{ subnet, addresses }];
  });
  const beside = besides(at, endpointSubnetAssociation, 'SubnetId', subnetType);
  const others = [...own.known, ...beside.known].filter((id) => !configured.some(({ subnet }) => subnet === id));
  return {
    known: [...configured, ...[...new Set(others)].map((subnet) => ({ subnet, addresses: [] }))],
    unknown: [...own.unknown, ...beside.unknown],
  };
}

/** What associations beside the endpoint name; unknown too what an association names that may be another's. */
function besides(at: At, type: string, key: string, of: string): Listed<string> {
  const { certain, possible } = satellitesOf(at.in, type, 'VpcEndpointId', at.of.id, endpointType);
  const told = certain.map((one) => idOf(one, key, of));
  return {
    known: told.filter((one) => typeof one === 'string'),
    unknown: [
      ...told.filter((one) => one instanceof Unknown),
      ...possible.map(() => new Unknown('an association may be its own')),
    ],
  };
}

/** An interface in each subnet (semantics 9.11); those with IPv6 are closed to the internet (1.11). */
function interfacesOf(at: At, vpc: string, subnets: Listed<Placed>): readonly string[] {
  const families = text(at, 'IpAddressType');
  if (families instanceof Unknown)
    note(at, 'IpAddressType', families, 'its interfaces count as those of IPv4 and IPv6');
  const word = settle(families, 'ipv4', 'dualstack');
  sayUnknown(at, 'SubnetIds', subnets.unknown);
  const service = {
    interfaceType: 'vpc_endpoint',
    description: `an interface of ${at.of.address}`,
    groups: endpointGroups(at),
    denyAllIgwTraffic: word !== 'ipv4',
  };
  const stand = ({ subnet, addresses }: Placed, perhaps: boolean): string | undefined => {
    const has = familiesOfSubnet(at.in, subnet);
    const given = (family: Address['family']): boolean => addresses.some((one) => one.family === family);
    const ipv4 = word !== 'ipv6' && has.ipv4 && !given('ipv4') ? 1 : 0;
    const ipv6 = word !== 'ipv4' && has.ipv6 && !given('ipv6') ? 1 : 0;
    return standIn(at, service, { subnet, addresses, perhaps, pending: { ipv4, ipv6, public: false } });
  };
  const ids = { known: subnets.known.map(({ subnet }) => subnet), unknown: subnets.unknown };
  return [
    ...subnets.known.map((one) => stand(one, false)),
    ...subnetsLike(at, ids, vpc).map((subnet) => stand({ subnet, addresses: [] }, true)),
  ].filter((id) => id !== undefined);
}

/** The VPC's default group where none is named, unless an association replaces it. */
function endpointGroups(at: At): NewInterface['groups'] {
  const beside = besides(at, endpointGroupAssociation, 'SecurityGroupId', groupType);
  const { certain } = satellitesOf(at.in, endpointGroupAssociation, 'VpcEndpointId', at.of.id, endpointType);
  const replaces = certain.some((one) => flag(one, 'ReplaceDefaultAssociation') === true);
  const own = references(at, 'SecurityGroupIds', groupType);
  const named = own.known.length + own.unknown.length > 0;
  if (beside.known.length + beside.unknown.length === 0) return named ? own : undefined;
  // With the default group as well, which is not named, it is not known what all of them admit.
  const byDefault = named || replaces ? [] : [new Unknown('its default group is not named')];
  return {
    known: [...new Set([...own.known, ...beside.known])],
    unknown: [...own.unknown, ...beside.unknown, ...byDefault],
  };
}

/** The policy as text, with words in place of what is not known, which opens nothing. */
function policyOf(at: At): string | undefined {
  const [beside] = satellitesOf(at.in, endpointPolicy, 'VpcEndpointId', at.of.id, endpointType).certain;
  const of = beside ?? at;
  const told = answerOf<object | string>(of, 'PolicyDocument', { standIn: () => 'unknown' });
  if (told === undefined) return undefined;
  return typeof told.at.json === 'string' ? told.at.json : JSON.stringify(told.at.json);
}

/** The tables that hold its route, and those that may. */
function tablesOf(at: At, vpc: string): { readonly certain: readonly string[]; readonly possible: readonly string[] } {
  const own = references(at, 'RouteTableIds', tableType);
  const beside = besides(at, endpointTableAssociation, 'RouteTableId', tableType);
  const certain = [...new Set([...own.known, ...beside.known])];
  const unknown = [...own.unknown, ...beside.unknown];
  const possible = unknown.flatMap((one) => {
    const candidates = candidatesOf(at, one);
    return candidates.length > 0 ? candidates : tablesOfVpc(at.in, vpc);
  });
  return { certain, possible: [...new Set(possible)].filter((id) => !certain.includes(id)) };
}

/** Routes to gateway endpoints by the prefix lists of their services, in tables that have been read (semantics 4.13, 4.14). */
export function routeToEndpoints(reading: Reading): void {
  for (const at of reading.byType.get(endpointType) ?? []) {
    const made = reading.findings.endpoints.find(({ id }) => id === at.of.id);
    if (made?.endpointType !== 'Gateway') continue;
    const list = prefixListOf(at, made.serviceName);
    const { certain, possible } = tablesOf(at, made.vpc);
    const route = (state: RouteFinding['state']): RouteFinding => ({
      destination: { kind: 'prefix-list', id: list },
      target: { kind: 'vpc-endpoint', id: at.of.id },
      state,
      origin: 'static',
      source: provenance(at),
    });
    for (const unknown of references(at, 'RouteTableIds', tableType).unknown)
      note(at, 'RouteTableIds', unknown, 'its route may be in any table that it could name');
    for (const table of certain) addRoute(reading, table, route(isThere(at) ? 'active' : 'unknown'));
    for (const table of possible) addRoute(reading, table, route('unknown'));
  }
}

/** The same of endpoints that run, by tables that are associated with them beside. */
export function routeToEndpointsOutside(reading: Reading): void {
  const { endpoints, endpointLists } = reading.around;
  for (const [id, all, possible] of aroundOutside(reading, endpointTableAssociation, 'VpcEndpointId', endpointType)) {
    const list = endpointLists.get(id);
    if (list === undefined) continue;
    for (const at of [...all, ...possible]) {
      const table = idOf(at, 'RouteTableId', tableType);
      const sure = typeof table === 'string' && isThere(at) && !possible.includes(at);
      const tables = typeof table === 'string' ? [table] : tablesOfVpc(reading, endpoints.get(id)!.vpc);
      for (const one of tables)
        addRoute(reading, one, {
          destination: { kind: 'prefix-list', id: list },
          target: { kind: 'vpc-endpoint', id },
          state: sure ? 'active' : 'unknown',
          origin: 'static',
          source: provenance(at),
        });
    }
  }
}

/** Adds a route to a table that is declared; those of tables that exist already are for another input to hold. */
export function addRoute({ findings, outside }: Reading, table: string, route: RouteFinding): void {
  const at = findings.routeTables.findIndex(({ id }) => id === table);
  const found = findings.routeTables[at];
  if (found !== undefined) findings.routeTables[at] = { ...found, routes: [...found.routes, route] };
  else outside.routes.set(table, [...(outside.routes.get(table) ?? []), route]);
}

/** AWS's list of the service's addresses: by AWS's id where that is known. */
function prefixListOf(at: At, serviceName: string): string {
  const { prefixLists } = at.in.findings;
  const told = known(text(at, 'PrefixListId'));
  const named = prefixLists.find(({ name }) => name === serviceName && serviceName !== '')?.id;
  const id =
    told ?? named ?? derive(at.in, serviceName === '' ? `${at.of.id}/prefix-list` : serviceName, prefixListType);
  if (prefixLists.some((one) => one.id === id)) return id;
  const entries = texts(at, 'CidrBlocks').known.flatMap((written) => parsePrefix(written) ?? []);
  prefixLists.push({
    ...derivedResource(at, id, { name: serviceName === '' ? undefined : serviceName }),
    kind: 'prefix-list',
    ...(entries.length === 0 ? {} : { entries }),
  });
  return id;
}
