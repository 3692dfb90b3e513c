/** The shape of a snapshot: the network's own vocabulary in JSON, checked field by field when it is read back. */
import { z } from 'zod';
import type { CarrierGateway } from '../../network/carrier-gateway.ts';
import type { CoverageEntry, DefaultTaken } from '../../network/coverage.ts';
import type { VpcEndpoint } from '../../network/endpoint.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { EgressOnlyInternetGateway, InternetGateway, NatGateway } from '../../network/gateway.ts';
import type { Instance } from '../../network/instance.ts';
import { abilities, type InterfaceRole, type NetworkInterface } from '../../network/interface.ts';
import type { NetworkAcl } from '../../network/network-acl.ts';
import type { OpaqueGateway } from '../../network/opaque-gateway.ts';
import type { PrefixList } from '../../network/prefix-list.ts';
import type { RouteTable } from '../../network/route-table.ts';
import type { SecurityGroup } from '../../network/security-group.ts';
import type { Subnet } from '../../network/subnet.ts';
import type { FlowLog } from '../../network/flow-log.ts';
import type { TrafficMirrorSession } from '../../network/traffic-mirror.ts';
import type { Vpc } from '../../network/vpc.ts';
import type { VpcPeering } from '../../network/vpc-peering.ts';
import {
  address,
  destination,
  ids,
  intervals,
  maybe,
  port,
  prefix,
  resource,
  routeState,
  source,
  unread,
} from './fields.ts';
import { dnsFirewallAssociation, dnsFirewallDomainList, dnsFirewallRuleGroup, vpcDnsFirewall } from './dns-firewall.ts';
import { resolverEndpoint, resolverRule } from './resolver-endpoint.ts';
import { firewallPolicy, ruleGroup, tlsInspection } from './firewall-policy.ts';
import { clientVpnEndpoint } from './client-vpn-endpoint.ts';
import { endpointService } from './endpoint-service.ts';
import { directConnectGateway, virtualInterface } from './direct-connect-gateway.ts';
import type { Kept } from './kept.ts';
import { loadBalancer, targetGroup, webAcl } from './load-balancer.ts';
import { latticeService, resourceConfiguration, resourceGateway, serviceNetwork } from './service-network.ts';
import {
  transitGateway,
  transitGatewayAttachment,
  transitGatewayRouteTable,
  vpnConnection,
  vpnGateway,
} from './transit-gateway.ts';

const blockMode = z.enum(['off', 'block-bidirectional', 'block-ingress']);

const vpc = z.strictObject({
  ...resource,
  kind: z.literal('vpc'),
  cidrs: z.array(prefix),
  enableDnsSupport: z.boolean(),
  enableDnsHostnames: z.boolean(),
  dnsFirewall: maybe(vpcDnsFirewall),
  internetGatewayBlockMode: blockMode,
  flowLogsRead: maybe(z.literal(true)),
  subnetsUnread: maybe(z.literal(true)),
}) satisfies z.ZodType<Vpc>;

const subnet = z.strictObject({
  ...resource,
  kind: z.literal('subnet'),
  vpc: z.string(),
  cidrs: z.array(prefix),
  zone: z.string(),
  routeTable: z.union([z.string(), unread]),
  networkAcl: z.union([z.string(), unread]),
  mapPublicIpOnLaunch: z.boolean(),
  assignIpv6AddressOnCreation: z.boolean(),
  enableDns64: z.boolean(),
  ipv6Native: z.boolean(),
  internetGatewayBlockMode: blockMode,
  excludedFromBlock: maybe(z.literal(true)),
}) satisfies z.ZodType<Subnet>;

const networkInterface = z.strictObject({
  ...resource,
  kind: z.literal('network-interface'),
  vpc: z.string(),
  subnet: z.string(),
  interfaceType: z.string(),
  role: z.enum(Object.keys(abilities) as [InterfaceRole, ...InterfaceRole[]]),
  description: z.string(),
  instance: maybe(z.string()),
  groups: ids,
  addresses: z.array(
    z.strictObject({
      address,
      publicIp: maybe(address),
      carrierIp: maybe(address),
      pending: maybe(intervals),
      publicPending: maybe(z.literal(true)),
    }),
  ),
  prefixes: z.array(prefix),
  sourceDestCheck: z.boolean(),
  denyAllIgwTraffic: z.boolean(),
  state: maybe(z.string()),
  attached: z.boolean(),
  down: maybe(z.literal(true)),
  imaginary: maybe(
    z.strictObject({
      pool: z.strictObject({ ipv4: maybe(intervals), ipv6: maybe(intervals) }),
      publicIp: maybe(address),
    }),
  ),
  unread: maybe(unread),
}) satisfies z.ZodType<NetworkInterface>;

const instance = z.strictObject({
  ...resource,
  kind: z.literal('instance'),
  state: z.string(),
  interfaces: ids,
}) satisfies z.ZodType<Instance>;

const byte = z.int().min(0).max(255);
const match = z.strictObject({
  protocol: z.union([byte, z.literal('all')]),
  ports: maybe(z.strictObject({ from: port, to: port }).refine(({ from, to }) => from <= to, 'is in descending order')),
  icmp: maybe(z.strictObject({ type: byte, code: maybe(byte) })),
});

const rule = z.strictObject({
  id: z.string(),
  match,
  peer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('prefix'), prefix }),
    z.strictObject({ kind: z.literal('prefix-list'), id: z.string() }),
    z.strictObject({
      kind: z.literal('security-group'),
      id: z.string(),
      account: maybe(z.string()),
      vpc: maybe(z.string()),
      known: z.boolean(),
      stale: z.boolean(),
    }),
  ]),
  description: maybe(z.string()),
  source,
});

const securityGroup = z.strictObject({
  ...resource,
  kind: z.literal('security-group'),
  vpc: z.string(),
  associatedVpcs: ids,
  ingress: z.union([z.array(rule), unread]),
  egress: z.union([z.array(rule), unread]),
}) satisfies z.ZodType<SecurityGroup>;

const entries = z
  .array(
    z.strictObject({
      number: z.int().min(1).max(65535),
      action: z.enum(['allow', 'deny']),
      match,
      prefix,
      source,
    }),
  )
  .transform((list) => list.sort((a, b) => a.number - b.number));

const networkAcl = z.strictObject({
  ...resource,
  kind: z.literal('network-acl'),
  vpc: z.string(),
  isDefault: z.boolean(),
  inbound: entries,
  outbound: entries,
}) satisfies z.ZodType<NetworkAcl>;

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('network-interface'), id: z.string(), instance: maybe(z.string()) }),
  z.strictObject({
    kind: z.enum([
      'internet-gateway',
      'egress-only-internet-gateway',
      'nat-gateway',
      'gateway-endpoint',
      'firewall-endpoint',
      'transit-gateway',
      'vpc-peering',
      'vpn-gateway',
      'local-gateway',
      'carrier-gateway',
      'core-network',
      'odb-network',
      'unknown',
    ]),
    id: z.string(),
  }),
]);

const routeTable = z.strictObject({
  ...resource,
  kind: z.literal('route-table'),
  vpc: z.string(),
  main: z.boolean(),
  changing: maybe(z.array(z.string())),
  routes: z.array(
    z.strictObject({
      destination,
      target,
      state: routeState,
      origin: z.enum(['local', 'static', 'propagated', 'advertised']),
      source,
    }),
  ),
}) satisfies z.ZodType<RouteTable>;

const prefixList = z.strictObject({
  ...resource,
  kind: z.literal('prefix-list'),
  family: maybe(z.enum(['ipv4', 'ipv6'])),
  entries: z.union([z.array(prefix), unread]),
}) satisfies z.ZodType<PrefixList>;

const internetGateway = z.strictObject({
  ...resource,
  kind: z.literal('internet-gateway'),
  vpc: maybe(z.string()),
  state: maybe(z.string()),
  routeTable: maybe(z.string()),
}) satisfies z.ZodType<InternetGateway>;

const egressOnlyInternetGateway = z.strictObject({
  ...resource,
  kind: z.literal('egress-only-internet-gateway'),
  vpc: maybe(z.string()),
  state: maybe(z.string()),
}) satisfies z.ZodType<EgressOnlyInternetGateway>;

const natGateway = z.strictObject({
  ...resource,
  kind: z.literal('nat-gateway'),
  vpc: z.string(),
  subnet: maybe(z.string()),
  availabilityMode: z.enum(['zonal', 'regional']),
  connectivity: z.enum(['public', 'private']),
  state: z.string(),
  routeTable: maybe(z.string()),
  addresses: z.array(
    z.strictObject({
      privateIp: maybe(address),
      publicIp: maybe(address),
      interface: maybe(z.string()),
      zone: maybe(z.string()),
      state: maybe(z.string()),
    }),
  ),
}) satisfies z.ZodType<NatGateway>;

const vpcEndpoint = z.strictObject({
  ...resource,
  kind: z.literal('vpc-endpoint'),
  endpointType: z.enum(['Gateway', 'Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork', 'Tunnel']),
  vpc: z.string(),
  serviceName: z.string(),
  state: z.string(),
  routeTables: ids,
  subnets: ids,
  interfaces: ids,
  privateDnsEnabled: z.boolean(),
  ipAddressType: maybe(z.string()),
  resourceConfiguration: maybe(z.string()),
  serviceNetwork: maybe(z.string()),
  policy: maybe(z.string()),
}) satisfies z.ZodType<VpcEndpoint>;

const firewall = z.strictObject({
  ...resource,
  kind: z.literal('network-firewall'),
  endpoints: ids,
  policyArn: maybe(z.string()),
  vpc: maybe(z.string()),
}) satisfies z.ZodType<Firewall>;

const vpcPeering = z.strictObject({
  ...resource,
  kind: z.literal('vpc-peering'),
  vpcs: z.tuple([z.string(), z.string()]),
  sameRegion: z.boolean(),
  state: maybe(z.string()),
}) satisfies z.ZodType<VpcPeering>;

const carrierGateway = z.strictObject({
  ...resource,
  kind: z.literal('carrier-gateway'),
  vpc: z.string(),
  state: z.string(),
}) satisfies z.ZodType<CarrierGateway>;

const trafficMirrorSession = z.strictObject({
  ...resource,
  kind: z.literal('traffic-mirror-session'),
  interface: z.string(),
  target: z.union([
    z.strictObject({
      id: z.string(),
      kind: z.enum(['network-interface', 'load-balancer', 'vpc-endpoint']),
      to: z.string(),
    }),
    unread,
  ]),
}) satisfies z.ZodType<TrafficMirrorSession>;

const flowLog = z.strictObject({
  ...resource,
  kind: z.literal('flow-log'),
  on: maybe(z.string()),
  traffic: maybe(z.string()),
  destination: maybe(z.string()),
  delivers: maybe(z.boolean()),
}) satisfies z.ZodType<FlowLog>;

const opaqueGateway = z.strictObject({
  ...resource,
  kind: z.enum([
    'transit-gateway',
    'vpc-peering',
    'vpn-gateway',
    'local-gateway',
    'carrier-gateway',
    'core-network',
    'odb-network',
    'service-network',
    'direct-internet-access',
  ]),
  vpcs: ids,
  elsewhere: maybe(z.boolean()),
  unread: maybe(z.boolean()),
  clients: maybe(ids),
  beside: maybe(ids),
  routeTable: maybe(z.string()),
}) satisfies z.ZodType<OpaqueGateway>;

const coverageEntry = z.strictObject({
  kind: z.string(),
  id: z.string(),
  status: z.enum(['modelled', 'assumed', 'not-modelled']),
  assumption: maybe(z.string()),
  why: maybe(z.string()),
  affects: maybe(z.string()),
  source,
}) satisfies z.ZodType<CoverageEntry>;

const defaultTaken = z.strictObject({
  setting: z.string(),
  value: z.string(),
  call: z.string(),
}) satisfies z.ZodType<DefaultTaken>;

/** The first key of a snapshot, by which one is known; its value is the version of this shape. */
export const marker = 'vpcproofSnapshot';

const kept = z.strictObject({
  sha256: z.string(),
  files: z.array(z.strictObject({ file: z.string(), json: z.unknown() })),
}) satisfies z.ZodType<Kept>;

export const snapshot = z.strictObject({
  [marker]: z.literal(1),
  vpcs: z.array(vpc),
  subnets: z.array(subnet),
  interfaces: z.array(networkInterface),
  instances: z.array(instance),
  securityGroups: z.array(securityGroup),
  networkAcls: z.array(networkAcl),
  routeTables: z.array(routeTable),
  prefixLists: z.array(prefixList),
  internetGateways: z.array(internetGateway),
  egressOnlyInternetGateways: z.array(egressOnlyInternetGateway),
  natGateways: z.array(natGateway),
  endpoints: z.array(vpcEndpoint),
  firewalls: z.array(firewall),
  // Snapshots that were written before there were these have none.
  firewallPolicies: z.array(firewallPolicy).default([]),
  ruleGroups: z.array(ruleGroup).default([]),
  tlsInspections: z.array(tlsInspection).default([]),
  loadBalancers: z.array(loadBalancer),
  targetGroups: z.array(targetGroup).default([]),
  webAcls: z.array(webAcl).default([]),
  endpointServices: z.array(endpointService).default([]),
  serviceNetworks: z.array(serviceNetwork).default([]),
  latticeServices: z.array(latticeService).default([]),
  resourceGateways: z.array(resourceGateway).default([]),
  resourceConfigurations: z.array(resourceConfiguration).default([]),
  vpcPeerings: z.array(vpcPeering),
  transitGateways: z.array(transitGateway).default([]),
  transitGatewayAttachments: z.array(transitGatewayAttachment).default([]),
  transitGatewayRouteTables: z.array(transitGatewayRouteTable).default([]),
  vpnGateways: z.array(vpnGateway).default([]),
  vpnConnections: z.array(vpnConnection).default([]),
  directConnectGateways: maybe(z.array(directConnectGateway)),
  virtualInterfaces: z.array(virtualInterface).default([]),
  carrierGateways: z.array(carrierGateway).default([]),
  trafficMirrorSessions: z.array(trafficMirrorSession).default([]),
  flowLogs: z.array(flowLog).default([]),
  clientVpnEndpoints: z.array(clientVpnEndpoint).default([]),
  opaqueGateways: z.array(opaqueGateway),
  dnsFirewallRuleGroups: z.array(dnsFirewallRuleGroup).default([]),
  dnsFirewallDomainLists: z.array(dnsFirewallDomainList).default([]),
  dnsFirewallAssociations: z.array(dnsFirewallAssociation).default([]),
  resolverEndpoints: z.array(resolverEndpoint).default([]),
  resolverRules: z.array(resolverRule).default([]),
  coverage: z.array(coverageEntry),
  defaults: z.array(defaultTaken),
  warnings: z.array(z.string()),
  sources: z.array(z.string()),
  answers: maybe(kept),
});
