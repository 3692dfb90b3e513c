/** A small network to hold selectors and policies against: two VPCs, a firewall, a balancer, endpoints, an empty subnet. */
import { invariant } from '../../src/base/invariant.ts';
import { parseAddress, type Address } from '../../src/net/address.ts';
import { parsePrefix, type Prefix } from '../../src/net/prefix.ts';
import type { NetworkInterface } from '../../src/network/interface.ts';
import type { AnyResource, Network } from '../../src/network/network.ts';

export const address = (text: string): Address => {
  const value = parseAddress(text);
  invariant(value !== undefined, `${text} is an address`);
  return value;
};

export const cidr = (text: string): Prefix => {
  const value = parsePrefix(text);
  invariant(value !== undefined, `${text} is a CIDR block`);
  return value;
};

const common = { tags: {}, source: { file: 'network.json', place: '' } };

export const eni = (
  id: string,
  subnet: string,
  ip: string,
  more: Partial<NetworkInterface> = {},
): NetworkInterface => ({
  ...common,
  kind: 'network-interface',
  id,
  vpc: 'vpc-1',
  subnet,
  interfaceType: 'interface',
  role: 'host',
  description: '',
  groups: [],
  addresses: [{ address: address(ip) }],
  prefixes: [],
  sourceDestCheck: true,
  denyAllIgwTraffic: false,
  attached: true,
  ...more,
});

const subnet = (id: string, block: string, more: Record<string, unknown> = {}) =>
  ({
    ...common,
    kind: 'subnet',
    id,
    vpc: 'vpc-1',
    cidrs: [cidr(block)],
    zone: 'use1-az1',
    routeTable: 'rtb-1',
    networkAcl: 'acl-1',
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    ipv6Native: false,
    internetGatewayBlockMode: 'off',
    ...more,
  }) as const;

const named = (Name: string, tags: Record<string, string> = {}) => ({ name: Name, tags: { Name, ...tags } });

const vpc = (id: string, block: string) =>
  ({
    ...common,
    kind: 'vpc',
    id,
    cidrs: [cidr(block)],
    enableDnsSupport: true,
    enableDnsHostnames: true,
    internetGatewayBlockMode: 'off',
  }) as const;

const firewallArn = 'arn:aws:network-firewall:us-east-1:123456789012:firewall/egress';

export const resources: readonly AnyResource[] = [
  { ...vpc('vpc-1', '10.0.0.0/16'), ...named('prod', { env: 'prod' }) },
  vpc('vpc-2', '10.9.0.0/16'),
  { ...subnet('subnet-app', '10.0.1.0/24'), ...named('app-a', { tier: 'ai' }) },
  { ...subnet('subnet-model', '10.0.2.0/24'), ...named('model-a', { tier: 'ai' }) },
  { ...subnet('subnet-empty', '10.0.3.0/28', { mapPublicIpOnLaunch: true }), tags: { tier: 'spare' } },
  { ...subnet('subnet-far', '10.9.0.0/24', { vpc: 'vpc-2' }) },
  eni('eni-app', 'subnet-app', '10.0.1.10', { ...named('web-1'), groups: ['sg-app'], instance: 'i-app' }),
  eni('eni-app2', 'subnet-app', '10.0.1.11', { ...named('web-2'), groups: ['sg-app'] }),
  eni('eni-model', 'subnet-model', '10.0.2.10', { groups: ['sg-model'] }),
  eni('eni-spare', 'subnet-model', '10.0.2.11', { attached: false }),
  eni('eni-lambda', 'subnet-model', '10.0.2.12', { role: 'lambda' }),
  eni('eni-nat', 'subnet-app', '10.0.1.20', { role: 'nat-gateway' }),
  eni('eni-vpce', 'subnet-app', '10.0.1.30', { role: 'interface-endpoint' }),
  eni('eni-alb', 'subnet-app', '10.0.1.40', { role: 'load-balancer' }),
  { ...common, kind: 'instance', id: 'i-app', state: 'running', interfaces: ['eni-app'], ...named('web') },
  {
    ...common,
    kind: 'security-group',
    id: 'sg-app',
    name: 'app',
    vpc: 'vpc-1',
    associatedVpcs: [],
    ingress: [],
    egress: { unread: 'describe-security-group-rules', subject: 'sg-app' },
  },
  { ...common, kind: 'security-group', id: 'sg-unused', vpc: 'vpc-1', associatedVpcs: [], ingress: [], egress: [] },
  { ...common, kind: 'route-table', id: 'rtb-1', vpc: 'vpc-1', main: true, routes: [] },
  { ...common, kind: 'internet-gateway', id: 'igw-1', vpc: 'vpc-1' },
  {
    ...common,
    kind: 'nat-gateway',
    id: 'nat-1',
    vpc: 'vpc-1',
    subnet: 'subnet-app',
    availabilityMode: 'zonal',
    connectivity: 'public',
    state: 'available',
    addresses: [{ privateIp: address('10.0.1.20'), publicIp: address('203.0.113.1'), interface: 'eni-nat' }],
  },
  {
    ...common,
    kind: 'vpc-endpoint',
    id: 'vpce-bedrock',
    endpointType: 'Interface',
    vpc: 'vpc-1',
    serviceName: 'com.amazonaws.us-east-1.bedrock-runtime',
    state: 'available',
    routeTables: [],
    subnets: ['subnet-app'],
    interfaces: ['eni-vpce'],
    privateDnsEnabled: true,
  },
  {
    ...common,
    kind: 'vpc-endpoint',
    id: 'vpce-s3',
    endpointType: 'Gateway',
    vpc: 'vpc-1',
    serviceName: 'com.amazonaws.us-east-1.s3',
    state: 'available',
    routeTables: ['rtb-1'],
    subnets: [],
    interfaces: [],
    privateDnsEnabled: false,
  },
  {
    ...common,
    kind: 'vpc-endpoint',
    id: 'vpce-fw',
    endpointType: 'GatewayLoadBalancer',
    vpc: 'vpc-1',
    serviceName: '',
    state: 'available',
    routeTables: [],
    subnets: ['subnet-app'],
    interfaces: [],
    privateDnsEnabled: false,
  },
  { ...common, kind: 'network-firewall', id: firewallArn, arn: firewallArn, name: 'egress', endpoints: ['vpce-fw'] },
  {
    ...common,
    kind: 'load-balancer',
    id: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/1',
    name: 'front',
    balancerType: 'application',
    scheme: 'internet-facing',
    vpc: 'vpc-1',
    interfaces: ['eni-alb'],
    listeners: { unread: 'elbv2 describe-listeners', subject: 'front' },
    crossZone: true,
    enforcesOnPrivateLink: true,
  },
];

const ofKind = <K extends AnyResource['kind']>(...kinds: readonly K[]) =>
  new Map(
    resources.flatMap((each) =>
      (kinds as readonly string[]).includes(each.kind)
        ? [[each.id, each as Extract<AnyResource, { readonly kind: K }>] as const]
        : [],
    ),
  );

export const network: Network = {
  vpcs: ofKind('vpc'),
  subnets: ofKind('subnet'),
  interfaces: ofKind('network-interface'),
  instances: ofKind('instance'),
  securityGroups: ofKind('security-group'),
  networkAcls: ofKind('network-acl'),
  routeTables: ofKind('route-table'),
  prefixLists: ofKind('prefix-list'),
  firewallPolicies: new Map(),
  ruleGroups: new Map(),
  tlsInspections: new Map(),
  internetGateways: ofKind('internet-gateway'),
  egressOnlyInternetGateways: ofKind('egress-only-internet-gateway'),
  natGateways: ofKind('nat-gateway'),
  endpoints: ofKind('vpc-endpoint'),
  firewalls: ofKind('network-firewall'),
  loadBalancers: ofKind('load-balancer'),
  targetGroups: new Map(),
  webAcls: new Map(),
  endpointServices: new Map(),
  serviceNetworks: new Map(),
  latticeServices: new Map(),
  resourceGateways: new Map(),
  resourceConfigurations: new Map(),
  vpcPeerings: new Map(),
  transitGateways: new Map(),
  transitGatewayAttachments: new Map(),
  transitGatewayRouteTables: new Map(),
  vpnGateways: new Map(),
  vpnConnections: new Map(),
  directConnectGateways: new Map(),
  virtualInterfaces: new Map(),
  carrierGateways: new Map(),
  trafficMirrorSessions: new Map(),
  flowLogs: new Map(),
  clientVpnEndpoints: new Map(),
  opaqueGateways: new Map(),
  dnsFirewallRuleGroups: new Map(),
  dnsFirewallDomainLists: new Map(),
  dnsFirewallAssociations: new Map(),
  resolverEndpoints: new Map(),
  resolverRules: new Map(),
  coverage: resources.map(({ kind, id, source }) => ({ kind, id, status: 'modelled', source })),
  defaults: [],
  warnings: [],
  sources: ['network.json'],
};
