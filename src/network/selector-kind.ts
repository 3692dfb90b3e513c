/** The words that narrow a selector to one kind of thing: hop kinds and their short forms (`interfaces.md`, Selectors). */
import type { VpcEndpoint } from './endpoint.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { AnyResource } from './network.ts';

interface SelectorKind {
  /** What people call one of them, in AWS's words. */
  readonly noun: string;
  readonly matches: (resource: AnyResource) => boolean;
}

const ofKind = (noun: string, ...kinds: readonly AnyResource['kind'][]): SelectorKind => ({
  noun,
  matches: (resource) => kinds.includes(resource.kind),
});

const endpoints = (noun: string, ...types: readonly VpcEndpoint['endpointType'][]): SelectorKind => ({
  noun,
  matches: (resource) => resource.kind === 'vpc-endpoint' && types.includes(resource.endpointType),
});

const balancers = (noun: string, ...types: readonly LoadBalancer['balancerType'][]): SelectorKind => ({
  noun,
  matches: (resource) => resource.kind === 'load-balancer' && types.includes(resource.balancerType),
});

const networkInterface = ofKind('network interface', 'network-interface');
const securityGroup = ofKind('security group', 'security-group');
const networkAcl = ofKind('network ACL', 'network-acl');
const routeTable = ofKind('route table', 'route-table');
const internetGateway = ofKind('internet gateway', 'internet-gateway');
const natGateway = ofKind('NAT gateway', 'nat-gateway');
const firewall = ofKind('network firewall', 'network-firewall');
const loadBalancer = balancers('load balancer', 'application', 'network', 'gateway', 'classic');
const gatewayLoadBalancer = balancers('Gateway Load Balancer', 'gateway');
const transitGateway = ofKind('transit gateway', 'transit-gateway');
const peering = ofKind('VPC peering connection', 'vpc-peering');
const clientVpn = ofKind('Client VPN endpoint', 'client-vpn-endpoint');
const vpnGateway = ofKind('virtual private gateway', 'vpn-gateway');

export const selectorKinds = {
  eni: networkInterface,
  'network-interface': networkInterface,
  instance: ofKind('instance', 'instance'),
  subnet: ofKind('subnet', 'subnet'),
  vpc: ofKind('VPC', 'vpc'),
  sg: securityGroup,
  'security-group': securityGroup,
  acl: networkAcl,
  'network-acl': networkAcl,
  rtb: routeTable,
  'route-table': routeTable,
  'prefix-list': ofKind('prefix list', 'prefix-list'),
  igw: internetGateway,
  'internet-gateway': internetGateway,
  'egress-only-internet-gateway': ofKind('egress-only internet gateway', 'egress-only-internet-gateway'),
  nat: natGateway,
  'nat-gateway': natGateway,
  endpoint: endpoints('endpoint', 'Gateway', 'Interface', 'Resource', 'ServiceNetwork', 'Tunnel'),
  'gateway-endpoint': endpoints('gateway endpoint', 'Gateway'),
  'interface-endpoint': endpoints('interface endpoint', 'Interface'),
  'firewall-endpoint': endpoints('firewall endpoint', 'GatewayLoadBalancer'),
  firewall,
  'network-firewall': firewall,
  alb: balancers('Application Load Balancer', 'application'),
  nlb: balancers('Network Load Balancer', 'network'),
  clb: balancers('Classic Load Balancer', 'classic'),
  gwlb: gatewayLoadBalancer,
  'gateway-load-balancer': gatewayLoadBalancer,
  lb: loadBalancer,
  'load-balancer': loadBalancer,
  'target-group': ofKind('target group', 'target-group'),
  'web-acl': ofKind('web ACL', 'web-acl'),
  'endpoint-service': ofKind('endpoint service', 'endpoint-service'),
  'lattice-service': ofKind('VPC Lattice service', 'lattice-service'),
  'resource-gateway': ofKind('resource gateway', 'resource-gateway'),
  'resource-configuration': ofKind('resource configuration', 'resource-configuration'),
  tgw: transitGateway,
  'transit-gateway': transitGateway,
  'transit-gateway-attachment': ofKind('transit gateway attachment', 'transit-gateway-attachment'),
  'transit-gateway-route-table': ofKind('transit gateway route table', 'transit-gateway-route-table'),
  pcx: peering,
  'vpc-peering': peering,
  vgw: vpnGateway,
  'vpn-gateway': vpnGateway,
  'vpn-connection': ofKind('VPN connection', 'vpn-connection'),
  'direct-connect-gateway': ofKind('Direct Connect gateway', 'direct-connect-gateway'),
  'client-vpn': clientVpn,
  'client-vpn-endpoint': clientVpn,
  'virtual-interface': ofKind('virtual interface', 'virtual-interface'),
  'local-gateway': ofKind('local gateway', 'local-gateway'),
  'carrier-gateway': ofKind('carrier gateway', 'carrier-gateway'),
  'traffic-mirror-session': ofKind('traffic mirror session', 'traffic-mirror-session'),
  'flow-log': ofKind('flow log', 'flow-log'),
  'core-network': ofKind('core network', 'core-network'),
  'core-network-attachment': ofKind('core network attachment', 'core-network-attachment'),
  'core-network-route-table': ofKind('core network route table', 'core-network-route-table'),
  'odb-network': ofKind('ODB network', 'odb-network'),
  'service-network': ofKind('service network', 'service-network'),
  'direct-internet-access': ofKind('direct internet access', 'direct-internet-access'),
} as const satisfies Readonly<Record<string, SelectorKind>>;

export type KindWord = keyof typeof selectorKinds;

export const isKindWord = (word: string): word is KindWord => Object.hasOwn(selectorKinds, word);

/** A bare word names one of these (`interfaces.md`). */
export const bareWordKinds: readonly KindWord[] = ['load-balancer', 'network-firewall'];
