/**
 * The builder: findings in, a checked network or every problem out. It promises that each id a network holds names
 * something in it, or is marked as unread or unknown, so that nothing downstream checks references again.
 */
import type { Problem } from '../../base/problem.ts';
import { type Result, unless } from '../../base/result.ts';
import type { Network } from '../network.ts';
import type { Resource } from '../resource.ts';
import { checkAddresses } from './address-check.ts';
import { startBuilding } from './building.ts';
import { buildCarrierGateways } from './carrier-gateway.ts';
import { buildClientVpnEndpoints } from './client-vpn-endpoint.ts';
import { buildCoreNetworks } from './core-network.ts';
import { coverageOf } from './coverage.ts';
import { buildDirectConnectGateways, buildVirtualInterfaces } from './direct-connect-gateway.ts';
import { buildDnsFirewalls } from './dns-firewall.ts';
import { buildEndpoints } from './endpoint.ts';
import { buildEndpointServices } from './endpoint-service.ts';
import { withEncryptionControls } from './encryption-control.ts';
import type { Findings } from './findings.ts';
import { buildFirewallPolicies } from './firewall-policy.ts';
import { buildEgressOnlyInternetGateways, buildInternetGateways, buildNatGateways } from './gateway.ts';
import { buildInstances } from './instance.ts';
import { buildInterfaces } from './interface.ts';
import { checkIntegrity } from './integrity.ts';
import { buildLoadBalancers } from './load-balancer.ts';
import { buildOpaqueGateways } from './opaque-gateway.ts';
import { buildPrefixLists } from './prefix-list.ts';
import { checkReferences } from './reference-check.ts';
import { buildResolverEndpoints, buildResolverRules } from './resolver-endpoint.ts';
import { checkRoutes } from './route-check.ts';
import { buildRouteTables } from './route-table.ts';
import { buildSecurityGroups } from './security-group.ts';
import { buildServiceNetworks } from './service-network.ts';
import { buildSubnets } from './subnet.ts';
import { buildTrafficMirrorSessions } from './traffic-mirror.ts';
import { bothTransits, buildTransit } from './transit-gateway.ts';
import { unreadInterfaces } from './unread-interface.ts';
import { takeForUnused } from './unused-service.ts';
import { buildVpcs } from './vpc.ts';
import { buildVpcPeerings, isIdle } from './vpc-peering.ts';
import { buildVpnConnections, buildVpnGateways } from './vpn-gateway.ts';
import { buildWebAcls } from './web-acl.ts';

/** What of an input that AWS would refuse is let in, for somebody who will say what is wrong with it. */
export interface Leniency {
  /** Rule groups of another rule order than their policy's. */
  readonly twoOrders?: boolean;
}

/** `sources` are the names of the files read. */
export function buildNetwork(
  found: Findings,
  sources: readonly string[],
  { twoOrders = false }: Leniency = {},
): Result<Network> {
  const findings = withEncryptionControls(found);
  const building = startBuilding(findings);
  const vpcs = buildVpcs(building);
  const firewallsOfNames = buildDnsFirewalls(building, vpcs);
  const subnets = buildSubnets(building);
  const policies = buildFirewallPolicies(building, twoOrders);
  const told = buildEndpoints(building, policies.firewallPolicies);
  const interfaces = buildInterfaces(building, subnets, told.endpoints);
  const natGateways = buildNatGateways(building, interfaces);
  for (const nic of unreadInterfaces(building, { subnets, interfaces, natGateways, endpoints: told.endpoints }))
    interfaces.set(nic.id, nic);
  const internetGateways = buildInternetGateways(building, vpcs, interfaces);
  const egressOnlyInternetGateways = buildEgressOnlyInternetGateways(building);
  const vpcPeerings = buildVpcPeerings(building, vpcs);
  const gateways = buildOpaqueGateways(building, { vpcs, interfaces, peerings: vpcPeerings });
  const places = {
    vpcs,
    subnets,
    opaqueGateways: gateways,
    firewalls: told.firewalls,
    policies: policies.firewallPolicies,
  };
  const transit = bothTransits(buildTransit(building, places), buildCoreNetworks(building, places));
  const vpnGateways = buildVpnGateways(building, vpcs, gateways);
  const carrierGateways = buildCarrierGateways(building, vpcs);
  // What is modelled is opaque no more.
  const opaqueGateways = new Map(
    [...gateways].filter(
      ([id]) => !transit.transitGateways.has(id) && !vpnGateways.has(id) && !carrierGateways.has(id),
    ),
  );
  for (const id of transit.transitGateways.keys()) building.assumed.delete(id);
  const endpoints = checkReferences(building, { subnets, interfaces, natGateways, endpoints: told.endpoints });
  const routeTables = buildRouteTables(building, {
    vpcs,
    endpoints,
    inactive: new Set(findings.vpcPeerings.filter((one) => isIdle(one)).map(({ id }) => id)),
    resources: {
      'internet-gateway': internetGateways,
      'egress-only-internet-gateway': egressOnlyInternetGateways,
      'nat-gateway': natGateways,
      'network-interface': interfaces,
      'transit-gateway': gateways,
      'vpc-peering': new Map<string, Resource>([...vpcPeerings, ...gateways]),
      'vpn-gateway': gateways,
      'local-gateway': gateways,
      'carrier-gateway': gateways,
      'core-network': gateways,
      'odb-network': gateways,
    },
  });
  const instances = buildInstances(building, interfaces);
  const { targets, ...balancing } = buildLoadBalancers(building, { vpcs, subnets, interfaces, instances });
  const lattice = buildServiceNetworks(building, { vpcs, subnets, interfaces, instances }, targets);
  for (const id of lattice.serviceNetworks.keys()) {
    opaqueGateways.delete(id);
    building.assumed.delete(id);
  }
  const parts = {
    vpcs,
    subnets,
    interfaces,
    instances,
    securityGroups: buildSecurityGroups(building, interfaces, vpcs),
    networkAcls: new Map(
      findings.networkAcls.map((one) => {
        const { subnets: _, understood: __, ...acl } = one;
        return [acl.id, acl];
      }),
    ),
    routeTables,
    prefixLists: buildPrefixLists(building),
    internetGateways,
    egressOnlyInternetGateways,
    natGateways,
    endpoints,
    firewalls: told.firewalls,
    ...policies,
    ...balancing,
    ...lattice,
    targetGroups: new Map([...balancing.targetGroups, ...lattice.targetGroups]),
    ...buildWebAcls(building, balancing.loadBalancers),
    endpointServices: buildEndpointServices(building, { endpoints, subnets, interfaces, ...balancing }),
    vpcPeerings,
    ...transit,
    vpnGateways,
    vpnConnections: buildVpnConnections(building),
    directConnectGateways: buildDirectConnectGateways(building),
    virtualInterfaces: buildVirtualInterfaces(building),
    carrierGateways,
    trafficMirrorSessions: buildTrafficMirrorSessions(building),
    flowLogs: new Map(findings.flowLogs.map((one) => [one.id, one])),
    clientVpnEndpoints: buildClientVpnEndpoints(building, { subnets, interfaces }),
    opaqueGateways,
    ...firewallsOfNames,
    resolverEndpoints: buildResolverEndpoints(building, { vpcs, interfaces }),
    resolverRules: buildResolverRules(building, vpcs),
  };
  takeForUnused(building, vpcs);
  const network: Network = {
    ...parts,
    coverage: coverageOf(building, parts),
    defaults: building.defaults,
    warnings: building.warnings,
    sources: [...sources].sort(),
  };
  // A reference that the builder blamed already needs no second word.
  const more = building.problems.length > 0 ? checkPlaces(network) : checkNetwork(network);
  return unless([...building.problems, ...more], () => network);
}

const checkPlaces = (network: Network): readonly Problem[] => [...checkAddresses(network), ...checkRoutes(network)];

/** Everything that a network promises: references that hold, addresses in their blocks, routes that AWS would make. */
export const checkNetwork = (network: Network): readonly Problem[] => [
  ...checkIntegrity(network),
  ...checkPlaces(network),
];
