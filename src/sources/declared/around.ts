/** What another network tells of what a declaration leans on (`--base`). */
import { groupBy } from '../../base/group.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { InterfaceFinding } from '../../network/build/interface-finding.ts';
import { ownerInDescription, roleOf } from '../../network/build/interface-role.ts';
import type { TransitGatewayFinding } from '../../network/build/transit-gateway-finding.ts';
import {
  aclType,
  endpointType,
  groupType,
  instanceType,
  interfaceType,
  prefixListType,
  subnetType,
  tableType,
  vpcType,
} from './kinds.ts';

export interface SubnetFacts {
  readonly vpc: string;
  readonly cidrs: readonly Prefix[];
  /** Undefined where it is not known. */
  readonly mapPublicIpOnLaunch: boolean | undefined;
  readonly assignIpv6AddressOnCreation: boolean | undefined;
  readonly ipv6Native: boolean;
}

export interface EndpointFacts {
  readonly vpc: string;
  readonly interfaces: readonly string[];
  /** It has an interface in each of its subnets. */
  readonly inSubnets: boolean;
  /** Those of its interfaces; undefined where it has none yet, or they differ. */
  readonly groups: readonly string[] | undefined;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

export interface ClientVpnFacts {
  /** With which it is associated. */
  readonly subnets: readonly string[];
  /** The security groups of its interfaces; undefined where it has none yet, or they differ. */
  readonly groups: readonly string[] | undefined;
}

/** What exists already, by id. */
export interface Around {
  /** By CloudFormation's type, the ids of what exists of it: what an unknown reference may mean. */
  readonly existing: ReadonlyMap<string, readonly string[]>;
  readonly endpoints: ReadonlyMap<string, EndpointFacts>;
  /** What AWS made for a service, by its owner and subnet: `vpce-1 subnet-1`. */
  readonly serviceInterfaces: ReadonlyMap<string, readonly string[]>;
  /** By gateway endpoint: the prefix list of its service; a list that nobody read where none is told. */
  readonly endpointLists: ReadonlyMap<string, string>;
  /** By the firewall's ARN and subnet: `ARN subnet-1`. */
  readonly firewallEndpoints: ReadonlyMap<string, string>;
  /** By transit gateway: the tables that attachments get where none is told; absent where that is not told. */
  readonly transitDefaults: ReadonlyMap<string, NonNullable<TransitGatewayFinding['defaults']>>;
  /** VPCs to which an internet gateway is attached. */
  readonly withInternetGateway: ReadonlySet<string>;
  /** With their blocks. */
  readonly vpcs: ReadonlyMap<string, readonly Prefix[]>;
  readonly subnets: ReadonlyMap<string, SubnetFacts>;
  /** By VPC. */
  readonly defaultGroups: ReadonlyMap<string, string>;
  readonly defaultAcls: ReadonlyMap<string, string>;
  readonly mainTables: ReadonlyMap<string, string>;
  /** Route tables, with the VPC of each. */
  readonly tableVpcs: ReadonlyMap<string, string>;
  /** By instance: its interfaces, the first one first. */
  readonly instanceInterfaces: ReadonlyMap<string, readonly string[]>;
  /** By NAT gateway. */
  readonly natInterfaces: ReadonlyMap<string, string>;
  /** By function's name and subnet: `NAME subnet-1`. */
  readonly functionInterfaces: ReadonlyMap<string, string>;
  readonly clientVpns: ReadonlyMap<string, ClientVpnFacts>;
  /** ARNs of core networks by their ids. */
  readonly coreNetworks: ReadonlyMap<string, string>;
  /** ARNs of listeners of VPC Lattice. */
  readonly latticeListeners: readonly string[];
}

export const nothingAround: Around = {
  existing: new Map(),
  endpoints: new Map(),
  serviceInterfaces: new Map(),
  endpointLists: new Map(),
  firewallEndpoints: new Map(),
  transitDefaults: new Map(),
  withInternetGateway: new Set(),
  vpcs: new Map(),
  subnets: new Map(),
  defaultGroups: new Map(),
  defaultAcls: new Map(),
  mainTables: new Map(),
  tableVpcs: new Map(),
  instanceInterfaces: new Map(),
  natInterfaces: new Map(),
  functionInterfaces: new Map(),
  clientVpns: new Map(),
  coreNetworks: new Map(),
  latticeListeners: [],
};

export function aroundOf(findings: Findings): Around {
  const interfaces = [...findings.interfaces.values(), ...findings.instanceInterfaces];
  const held = groupBy(
    interfaces.filter((one) => one.interface.instance !== undefined),
    (one) => one.interface.instance!,
  );
  const shown = new Map(findings.instances.map((one) => [one.id, one.interfaces]));
  return {
    existing: existingIn(findings),
    endpointLists: new Map(
      findings.endpoints.flatMap(({ id, endpointType: type, serviceName }) =>
        type === 'Gateway'
          ? [[id, findings.prefixLists.find(({ name }) => name === serviceName)?.id ?? `${id}/prefix-list`] as const]
          : [],
      ),
    ),
    firewallEndpoints: new Map(
      findings.firewalls.flatMap(({ id, endpoints }) =>
        endpoints.flatMap(({ endpoint, subnet }) =>
          subnet === undefined ? [] : [[`${id} ${subnet}`, endpoint] as const],
        ),
      ),
    ),
    endpoints: new Map(findings.endpoints.map((one) => [one.id, endpointFacts(findings, one)])),
    serviceInterfaces: serviceInterfacesIn(findings),
    transitDefaults: new Map(
      findings.transitGateways.flatMap(({ id, defaults }) => (defaults ? [[id, defaults]] : [])),
    ),
    withInternetGateway: new Set(findings.internetGateways.flatMap(({ vpc }) => vpc ?? [])),
    vpcs: new Map(findings.vpcs.map(({ id, cidrs }) => [id, cidrs])),
    clientVpns: clientVpnsIn(findings),
    subnets: new Map(findings.subnets.map((one) => [one.id, one])),
    defaultGroups: new Map(
      findings.securityGroups.flatMap(({ id, name, vpc, tags }) =>
        name === 'default' && tags['Name'] === undefined ? [[vpc, id] as const] : [],
      ),
    ),
    defaultAcls: new Map(
      findings.networkAcls.flatMap(({ id, vpc, isDefault }) => (isDefault ? [[vpc, id] as const] : [])),
    ),
    mainTables: new Map(findings.routeTables.flatMap(({ id, vpc, main }) => (main ? [[vpc, id] as const] : []))),
    tableVpcs: new Map(findings.routeTables.map(({ id, vpc }) => [id, vpc])),
    instanceInterfaces: new Map(
      [...new Set([...held.keys(), ...shown.keys()])].map((instance) => {
        const own = held.get(instance) ?? [];
        const first = own.find((one) => one.primary === true)?.interface.id;
        const all = [...(shown.get(instance) ?? []), ...own.map((one) => one.interface.id)];
        return [instance, [...new Set([...(first === undefined ? [] : [first]), ...all])]];
      }),
    ),
    natInterfaces: new Map(
      findings.natGateways.flatMap(({ id, addresses }) => {
        const own =
          addresses.find((one) => one.interface !== undefined)?.interface ??
          interfaces.find((one) => ownerInDescription(one.interface.description) === id)?.interface.id;
        return own === undefined ? [] : [[id, own] as const];
      }),
    ),
    functionInterfaces: new Map(
      interfaces.flatMap((one) => {
        if (roleOf(one) !== 'lambda') return [];
        const [, name] =
          /^AWS Lambda VPC ENI-(.+?)(?:-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/.exec(
            one.interface.description,
          ) ?? [];
        return name === undefined ? [] : [[`${name} ${one.interface.subnet}`, one.interface.id] as const];
      }),
    ),
    coreNetworks: new Map(
      findings.coreNetworkAttachments.map(({ coreNetworkId, coreNetwork }) => [coreNetworkId, coreNetwork]),
    ),
    latticeListeners: findings.lattice.listeners.map(({ id }) => id),
  };
}

function endpointFacts(findings: Findings, one: Findings['endpoints'][number]): EndpointFacts {
  const all = one.interfaces.flatMap((id) => findings.interfaces.get(id)?.interface ?? []);
  const groups = new Map(all.map((nic) => [nic.groups.join(), nic.groups]));
  const has = (family: 'ipv4' | 'ipv6'): boolean =>
    all.some(({ addresses }) => addresses.some(({ address }) => address.family === family));
  return {
    vpc: one.vpc,
    interfaces: one.interfaces,
    inSubnets: one.endpointType !== 'Gateway' && one.endpointType !== 'GatewayLoadBalancer',
    groups: groups.size === 1 ? all[0]!.groups : undefined,
    ipv4: has('ipv4') || !has('ipv6'),
    ipv6: has('ipv6'),
  };
}

/** By what names the interfaces, or their descriptions (semantics 1.20). */
function serviceInterfacesIn(findings: Findings): Around['serviceInterfaces'] {
  const balancers = new Map(findings.loadBalancers.map(({ id, label }) => [label, id]));
  const named = new Map(
    [...findings.endpoints, ...findings.dns.endpoints].flatMap(({ id, interfaces = [] }) =>
      interfaces.map((nic) => [nic, id] as const),
    ),
  );
  const ownerOf = ({ id, description }: InterfaceFinding['interface']): string | undefined => {
    const owner = ownerInDescription(description) ?? /^Route 53 Resolver: (rslvr-\w+-\w+)/.exec(description)?.[1];
    return named.get(id) ?? (owner === undefined ? undefined : (balancers.get(owner) ?? owner));
  };
  const owned = [...findings.interfaces.values()].flatMap(({ interface: nic }) => {
    const owner = ownerOf(nic);
    return owner === undefined ? [] : [{ key: `${owner} ${nic.subnet}`, id: nic.id }];
  });
  return new Map([...groupBy(owned, ({ key }) => key)].map(([key, all]) => [key, all.map(({ id }) => id)]));
}

const clientVpnsIn = (findings: Findings): Around['clientVpns'] =>
  new Map(
    findings.clientVpnEndpoints.map(({ id }) => {
      const all = findings.clientVpnAssociations.flatMap((one) => (one.endpoint === id ? one.items : []));
      const groups = new Map(all.map((one) => [one.groups.join(), one.groups]));
      return [id, { subnets: all.map(({ subnet }) => subnet), groups: groups.size === 1 ? all[0]!.groups : undefined }];
    }),
  );

const idsOf = (all: Iterable<{ readonly id: string }>): readonly string[] => [...all].map(({ id }) => id);

const existingIn = (findings: Findings): Around['existing'] =>
  new Map<string, readonly string[]>([
    [vpcType, idsOf(findings.vpcs)],
    [subnetType, idsOf(findings.subnets)],
    [groupType, idsOf(findings.securityGroups)],
    [tableType, idsOf(findings.routeTables)],
    [aclType, idsOf(findings.networkAcls)],
    [prefixListType, idsOf(findings.prefixLists)],
    [endpointType, idsOf(findings.endpoints)],
    [instanceType, idsOf(findings.instances)],
    [
      interfaceType,
      [...new Set([...findings.interfaces.keys(), ...findings.instanceInterfaces.map((one) => one.interface.id)])],
    ],
    ['AWS::NetworkFirewall::Firewall', idsOf(findings.firewalls)],
    ['AWS::WAFv2::WebACL', idsOf(findings.webAcls)],
    ['AWS::Route53Resolver::FirewallRuleGroup', idsOf(findings.dns.groups)],
    ['AWS::Route53Resolver::ResolverRule', idsOf(findings.dns.resolverRules)],
    ['AWS::EC2::ClientVpnEndpoint', idsOf(findings.clientVpnEndpoints)],
    ['AWS::EC2::InternetGateway', idsOf(findings.internetGateways)],
    ['AWS::EC2::VPNGateway', idsOf(findings.vpnGateways)],
    ['AWS::EC2::VPNConnection', idsOf(findings.vpnConnections)],
    ['AWS::EC2::TransitGateway', idsOf(findings.transitGateways)],
    ['AWS::EC2::TransitGatewayAttachment', idsOf(findings.transitGatewayAttachments)],
    ['AWS::EC2::TransitGatewayRouteTable', idsOf(findings.transitGatewayRouteTables)],
    ['AWS::VpcLattice::ServiceNetwork', idsOf(findings.lattice.networks)],
    ['AWS::VpcLattice::Service', idsOf(findings.lattice.services)],
    ['AWS::VpcLattice::Listener', idsOf(findings.lattice.listeners)],
    ['AWS::VpcLattice::ResourceGateway', idsOf(findings.lattice.resourceGateways)],
    ['AWS::VpcLattice::ResourceConfiguration', idsOf(findings.lattice.resourceConfigurations)],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', idsOf(findings.loadBalancers)],
    ['AWS::ElasticLoadBalancingV2::Listener', idsOf(findings.listeners.flatMap(({ listeners }) => listeners))],
    ['AWS::ElasticLoadBalancingV2::TargetGroup', idsOf(findings.targetGroups)],
  ]);
