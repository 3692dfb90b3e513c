/** Why a thing that exists can start or receive no flow (semantics 1.21). */
import { invariant } from '../base/invariant.ts';
import { type InterfaceRole, type NetworkInterface, abilities } from '../network/interface.ts';
import type { AnyResource } from '../network/network.ts';

/** The side of a question that a thing stands on. */
export type Side = 'from' | 'to';

/** Why the interface takes no part on that side; undefined where it does. */
export function whySilent(each: NetworkInterface, side: Side): string | undefined {
  if (!each.attached) return each.down === true ? 'it is down' : 'it is attached to nothing';
  const { starts, receives } = abilities[each.role];
  return (side === 'from' ? starts : receives) ? undefined : `it belongs to ${owners[each.role]}`;
}

const owners: Readonly<Record<InterfaceRole, string>> = {
  host: 'a host',
  lambda: 'a Lambda function, which starts flows and accepts none',
  'nat-gateway': 'a NAT gateway, which hands flows on and neither starts nor ends them',
  'interface-endpoint': 'an interface endpoint, which receives flows and starts none',
  'firewall-endpoint': 'a firewall endpoint, which hands flows on and neither starts nor ends them',
  'load-balancer': 'a load balancer, which receives flows and, but for those to its targets, starts none',
  'gateway-load-balancer': 'a Gateway Load Balancer, which hands flows on and neither starts nor ends them',
  'transit-gateway-attachment': 'a transit gateway attachment, which hands flows on and neither starts nor ends them',
  'managed-service': 'a managed service',
  'other-service': 'an AWS service',
};

/** Of a resource that holds interfaces, none of which takes part on that side. */
export function whyNothingInside(resource: AnyResource, inside: readonly NetworkInterface[], side: Side): string {
  const does = side === 'from' ? 'can start a flow' : 'can receive one';
  if (resource.kind === 'network-interface' && inside[0] !== undefined) return whySilent(inside[0], side) ?? '';
  if (inside.length === 0)
    return resource.kind === 'subnet' || resource.kind === 'vpc'
      ? `no network interface is in it`
      : `it has no network interface`;
  const reasons = [...new Set(inside.map((each) => whySilent(each, side)))];
  const [only] = reasons;
  if (inside.length === 1 && only !== undefined) return `its one network interface cannot: ${only}`;
  return `none of its ${inside.length} network interfaces ${does}`;
}

/** Of a resource that holds no interface by its nature. */
export function whyNothingItself(resource: AnyResource): string {
  switch (resource.kind) {
    case 'network-acl':
    case 'route-table':
    case 'transit-gateway-route-table':
    case 'core-network-route-table':
    case 'prefix-list':
    case 'web-acl':
    case 'firewall-policy':
    case 'stateless-rule-group':
    case 'stateful-rule-group':
    case 'tls-inspection-configuration':
    case 'dns-firewall-rule-group':
    case 'dns-firewall-domain-list':
    case 'dns-firewall-association':
    case 'resolver-rule':
      return 'it is a set of rules, and sends and receives nothing';
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
    case 'network-firewall':
    case 'endpoint-service':
    case 'lattice-service':
    case 'resource-gateway':
    case 'resource-configuration':
    case 'transit-gateway':
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'vpn-connection':
    case 'direct-connect-gateway':
    case 'virtual-interface':
    case 'client-vpn-endpoint':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'core-network':
    case 'odb-network':
    case 'service-network':
    case 'direct-internet-access':
      return 'it hands flows on, and neither starts nor ends them';
    case 'flow-log':
      return 'it records traffic, and no flow goes through it';
    case 'traffic-mirror-session':
      return 'it sends copies of packets, and no flow goes through it';
    case 'target-group':
      return 'it lists what a load balancer sends to; its targets receive by their own interfaces and addresses';
    case 'vpc-endpoint':
      return 'it is a gateway endpoint, which starts no flow';
    case 'vpc':
    case 'subnet':
    case 'network-interface':
    case 'instance':
    case 'security-group':
    case 'load-balancer':
    case 'resolver-endpoint':
      invariant(false, `a ${resource.kind} can hold interfaces`);
  }
}
