/** What became of every resource: modelled, standing on an assumption, or named as not modelled. */
import type { CoverageEntry } from '../coverage.ts';
import type { LoadBalancer } from '../load-balancer.ts';
import type { TrafficMirrorSession } from '../traffic-mirror.ts';
import { leadsOut as isForwarded } from '../resolver-endpoint.ts';
import { type AnyResource, type Network, resourcesOf } from '../network.ts';
import { isUnread, unreadKey } from '../resource.ts';
import type { BehindAttachment } from '../transit-gateway.ts';
import { failsOpen, forwards as forwardsKey, passes, up } from '../unknown.ts';
import type { LatticeService, ServiceNetwork } from '../service-network.ts';
import type { Building } from './building.ts';

export function coverageOf(
  building: Building,
  network: Omit<Network, 'coverage' | 'defaults' | 'warnings' | 'sources'>,
): readonly CoverageEntry[] {
  const { findings, assumed } = building;
  const entries: CoverageEntry[] = [];
  const add = (kind: string, id: string, assumption: string | undefined, source: CoverageEntry['source']): void => {
    entries.push(
      assumption === undefined
        ? { kind, id, status: 'modelled', source }
        : { kind, id, status: 'assumed', assumption, source },
    );
  };
  // A firewall's endpoints pass or drop as one, and where its policy was read, as that says.
  const judged = new Set<string>();
  const firewallOf = new Map<string, string>();
  for (const { id, endpoints, policyArn } of network.firewalls.values())
    for (const one of endpoints)
      if (policyArn !== undefined && network.firewallPolicies.has(policyArn)) judged.add(one);
      else firewallOf.set(one, passes(id));
  const whole: Network = { ...network, coverage: [], defaults: [], warnings: [], sources: [] };
  for (const resource of resourcesOf(whole)) {
    if (resource.kind === 'traffic-mirror-session') {
      entries.push(mirrored(resource));
      continue;
    }
    const own =
      opaqueOf(network, resource) ??
      assumed.get(resource.id) ??
      firewallOf.get(resource.id) ??
      (judged.has(resource.id) ? undefined : assumptionOf(resource));
    add(kindOf(resource), resource.id, own, resource.source);
    if (resource.kind === 'load-balancer' && !isUnread(resource.listeners))
      for (const { id, forwards: groups, source } of resource.listeners)
        add('listener', id, isUnread(groups) ? unreadKey(groups) : own, source);
    if (resource.kind === 'route-table')
      for (const { target, state, source } of resource.routes)
        if (target.kind === 'unknown' && state !== 'blackhole')
          add('route', `${resource.id} ${target.id}`, passes(target.id), source);
  }
  for (const { id, source } of findings.elasticAddresses) add('elastic-ip', id, undefined, source);
  for (const { id, source } of findings.carrierAddresses) add('elastic-ip', id, undefined, source);
  for (const { id, source } of findings.directConnectAssociations)
    add('direct-connect-gateway-association', id, undefined, source);
  for (const { id, source } of findings.blockPublicAccessExclusions) add('block-public-access', id, undefined, source);
  for (const { source } of findings.blockPublicAccess)
    add('block-public-access', 'InternetGatewayBlockMode', undefined, source);
  const attached = new Map(findings.attachments.map((one) => [one.id, one]));
  for (const { id, name, gateway, source } of attached.values())
    if (!network.transitGatewayAttachments.has(id) && !network.vpnConnections.has(id))
      add(name, id, network.serviceNetworks.has(gateway.id) ? undefined : passes(gateway.id), source);
  entries.push(...building.coverage, ...findings.notModelled);
  return entries;
}

const mirrored = ({ kind, id, source }: TrafficMirrorSession): CoverageEntry => ({
  kind,
  id,
  status: 'not-modelled',
  why: 'mirrored copies of packets are not modelled',
  affects: 'whether copies of packets reach the mirror target',
  source,
});

/** What belongs to a gateway that is opaque, whatever else it is, stands on the gateway's assumption. */
function opaqueOf({ opaqueGateways }: Pick<Network, 'opaqueGateways'>, resource: AnyResource): string | undefined {
  return 'gateway' in resource && opaqueGateways.has(resource.gateway) ? passes(resource.gateway) : undefined;
}

/** In the style of hop kinds. */
function kindOf(resource: AnyResource): string {
  if (resource.kind !== 'vpc-endpoint') return resource.kind;
  switch (resource.endpointType) {
    case 'Gateway':
      return 'gateway-endpoint';
    case 'GatewayLoadBalancer':
      return 'firewall-endpoint';
    case 'Interface':
    case 'Resource':
    case 'ServiceNetwork':
    case 'Tunnel':
      return 'interface-endpoint';
  }
}

/** What the resource itself leaves open. */
function assumptionOf(resource: AnyResource): string | undefined {
  switch (resource.kind) {
    case 'security-group':
      return firstUnread(resource.ingress, resource.egress);
    case 'prefix-list':
      return isUnread(resource.entries) ? unreadKey(resource.entries) : undefined;
    case 'subnet':
      if (isUnread(resource.routeTable)) return unreadKey(resource.routeTable);
      return isUnread(resource.networkAcl) ? unreadKey(resource.networkAcl) : undefined;
    case 'network-interface':
      if (resource.unread !== undefined) return unreadKey(resource.unread);
      return resource.role === 'host' && !resource.sourceDestCheck ? forwardsKey(resource.id) : undefined;
    case 'vpc-endpoint':
      return resource.endpointType === 'GatewayLoadBalancer' ? passes(resource.id) : undefined;
    case 'stateful-rule-group':
      return isUnread(resource.rules) ? passes(resource.id) : undefined;
    case 'lattice-service':
      return authorized(resource);
    case 'resource-configuration':
      return resource.resources.some(({ address }) => address === undefined) ? passes(resource.id) : undefined;
    case 'target-group':
      return firstUnread(resource.targets, resource.preservesClientIp, resource.crossZone);
    case 'load-balancer':
      return leavesOpen(resource) ? passes(resource.id) : firstUnread(resource.crossZone);
    case 'web-acl': {
      const open = resource.unread ?? (isUnread(resource.ruleGroups) ? resource.ruleGroups : undefined);
      return open && unreadKey(open);
    }
    case 'endpoint-service': {
      const { loadBalancers, zones, unread } = resource;
      const open = isUnread(loadBalancers) ? loadBalancers : isUnread(zones) ? zones : unread;
      return open && unreadKey(open);
    }
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
      return resource.behind.kind === 'unknown' || isUntold(resource.behind) ? passes(resource.id) : undefined;
    case 'client-vpn-endpoint':
      return resource.state === undefined
        ? firstUnread(resource.associations, resource.routes, resource.authorizationRules)
        : up(resource.id);
    case 'transit-gateway-route-table':
    case 'core-network-route-table':
      return isUnread(resource.routes) ? unreadKey(resource.routes) : resource.learns && unreadKey(resource.learns);
    case 'vpn-gateway':
      if ('state' in resource && resource.state !== undefined) return up(resource.id);
      if (typeof resource.unread === 'object') return unreadKey(resource.unread);
      return 'unreadAssociation' in resource && resource.unreadAssociation !== undefined
        ? unreadKey(resource.unreadAssociation)
        : undefined;
    case 'carrier-gateway':
      // What the carrier's network sends in is not known.
      return passes(resource.id);
    case 'direct-connect-gateway':
      return resource.unread && unreadKey(resource.unread);
    case 'vpc': {
      const { unread, failOpen, profiles } = resource.dnsFirewall ?? {};
      if (unread !== undefined) return unreadKey(unread);
      return profiles !== undefined ? passes(resource.id) : failOpen === true ? failsOpen(resource.id) : undefined;
    }
    case 'dns-firewall-rule-group':
      return firstUnread(resource.rules);
    case 'dns-firewall-association':
      return resource.state === undefined ? undefined : up(resource.id);
    case 'resolver-rule':
      return (
        firstUnread(resource.domain, resource.associations) ?? (isForwarded(resource) ? passes(resource.id) : undefined)
      );
    case 'instance':
    case 'network-acl':
    case 'route-table':
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
    case 'network-firewall':
    case 'firewall-policy':
    case 'stateless-rule-group':
    case 'tls-inspection-configuration':
    case 'transit-gateway':
    case 'vpc-peering':
    case 'resource-gateway':
    case 'vpn-connection':
    case 'virtual-interface':
    case 'traffic-mirror-session':
    case 'flow-log':
    case 'resolver-endpoint':
    case 'dns-firewall-domain-list':
    case 'local-gateway':
    case 'core-network':
    case 'odb-network':
    case 'service-network':
      return 'authorizes' in resource ? authorized(resource) : undefined;
    case 'direct-internet-access':
      return undefined;
  }
}

/** Whom its auth policy lets pass is not known (semantics 14.1). */
const authorized = ({ id, authorizes }: ServiceNetwork | LatticeService): string | undefined =>
  isUnread(authorizes) ? unreadKey(authorizes) : authorizes ? passes(id) : undefined;

function firstUnread(...values: readonly unknown[]): string | undefined {
  const unread = values.find((value) => isUnread(value));
  return unread === undefined || !isUnread(unread) ? undefined : unreadKey(unread);
}

/** A firewall at a transit gateway, of which no answer tells which it is. */
const isUntold = (behind: BehindAttachment): boolean =>
  behind.kind === 'network-function' && behind.firewall === undefined;

/** Some rule of it may leave nothing to a later one. */
const leavesOpen = ({ listeners }: LoadBalancer): boolean =>
  !isUnread(listeners) &&
  listeners.some(({ forwards }) => !isUnread(forwards) && forwards.some(({ unsure }) => unsure !== undefined));
