/**
 * The normalised snapshot that `vpcproof import` writes: one file, the network's own vocabulary, and for every value
 * the file and place that it came from first. Read back it is the same network; edited by hand, it is checked anew.
 */
import type { z } from 'zod';
import type { Problem } from '../../base/problem.ts';
import { type Result, unless } from '../../base/result.ts';
import { checkNetwork } from '../../network/build/index.ts';
import type { Network } from '../../network/network.ts';
import { sharedSids } from '../shared-sid.ts';
import { beforeDirectConnect } from './direct-connect-gateway.ts';
import type { Kept } from './kept.ts';
import { marker, snapshot } from './schema.ts';
import { toJson } from './text.ts';

export const isSnapshot = (json: unknown): boolean => typeof json === 'object' && json !== null && marker in json;

/** One line for each resource, so that two snapshots can be compared by eye and by diff; and for each answer kept. */
export function formatSnapshot(network: Network, kept?: Kept): string {
  const { [marker]: _, answers: __, ...shape } = snapshot.shape;
  const lists = (Object.keys(shape) as (keyof typeof shape)[]).map((key) => {
    const lines = [...network[key].values()].map((one) => `\n    ${JSON.stringify(toJson(one))}`);
    return `  "${key}": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]`;
  });
  if (kept !== undefined) {
    const files = kept.files.map((one) => `\n    ${JSON.stringify(one)}`);
    lists.push(`  "answers": { "sha256": "${kept.sha256}", "files": [${files.join(',')}\n  ] }`);
  }
  return `{\n  "${marker}": 1,\n${lists.join(',\n')}\n}\n`;
}

export function readSnapshot(file: string, json: unknown): Result<Network> {
  const parsed = snapshot.safeParse(json);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(file, issue)) };
  const { [marker]: _, answers: __, coverage, defaults, warnings, sources, ...lists } = parsed.data;
  const problems: Problem[] = [];
  const byId = <T extends { readonly id: string }>(list: readonly T[], key: string): ReadonlyMap<string, T> => {
    const map = new Map<string, T>();
    for (const [index, one] of list.entries()) {
      if (map.has(one.id))
        problems.push({
          code: 'duplicate-id',
          file,
          place: `/${key}/${index}`,
          message: `There are two of \`${one.id}\` under \`${key}\`.`,
          hint: 'Give one of them another id.',
        });
      map.set(one.id, one);
    }
    return map;
  };
  const read: Network = {
    vpcs: byId(lists.vpcs, 'vpcs'),
    subnets: byId(lists.subnets, 'subnets'),
    interfaces: byId(lists.interfaces, 'interfaces'),
    instances: byId(lists.instances, 'instances'),
    securityGroups: byId(lists.securityGroups, 'securityGroups'),
    networkAcls: byId(lists.networkAcls, 'networkAcls'),
    routeTables: byId(lists.routeTables, 'routeTables'),
    prefixLists: byId(lists.prefixLists, 'prefixLists'),
    internetGateways: byId(lists.internetGateways, 'internetGateways'),
    egressOnlyInternetGateways: byId(lists.egressOnlyInternetGateways, 'egressOnlyInternetGateways'),
    natGateways: byId(lists.natGateways, 'natGateways'),
    endpoints: byId(lists.endpoints, 'endpoints'),
    firewalls: byId(lists.firewalls, 'firewalls'),
    firewallPolicies: byId(lists.firewallPolicies, 'firewallPolicies'),
    ruleGroups: byId(lists.ruleGroups, 'ruleGroups'),
    tlsInspections: byId(lists.tlsInspections, 'tlsInspections'),
    loadBalancers: byId(lists.loadBalancers, 'loadBalancers'),
    targetGroups: byId(lists.targetGroups, 'targetGroups'),
    webAcls: byId(lists.webAcls, 'webAcls'),
    endpointServices: byId(lists.endpointServices, 'endpointServices'),
    serviceNetworks: byId(lists.serviceNetworks, 'serviceNetworks'),
    latticeServices: byId(lists.latticeServices, 'latticeServices'),
    resourceGateways: byId(lists.resourceGateways, 'resourceGateways'),
    resourceConfigurations: byId(lists.resourceConfigurations, 'resourceConfigurations'),
    vpcPeerings: byId(lists.vpcPeerings, 'vpcPeerings'),
    transitGateways: byId(lists.transitGateways, 'transitGateways'),
    transitGatewayAttachments: byId(lists.transitGatewayAttachments, 'transitGatewayAttachments'),
    transitGatewayRouteTables: byId(lists.transitGatewayRouteTables, 'transitGatewayRouteTables'),
    vpnGateways: byId(lists.vpnGateways, 'vpnGateways'),
    vpnConnections: byId(lists.vpnConnections, 'vpnConnections'),
    directConnectGateways: byId(lists.directConnectGateways ?? [], 'directConnectGateways'),
    virtualInterfaces: byId(lists.virtualInterfaces, 'virtualInterfaces'),
    carrierGateways: byId(lists.carrierGateways, 'carrierGateways'),
    trafficMirrorSessions: byId(lists.trafficMirrorSessions, 'trafficMirrorSessions'),
    flowLogs: byId(lists.flowLogs, 'flowLogs'),
    clientVpnEndpoints: byId(lists.clientVpnEndpoints, 'clientVpnEndpoints'),
    opaqueGateways: byId(lists.opaqueGateways, 'opaqueGateways'),
    dnsFirewallRuleGroups: byId(lists.dnsFirewallRuleGroups, 'dnsFirewallRuleGroups'),
    dnsFirewallDomainLists: byId(lists.dnsFirewallDomainLists, 'dnsFirewallDomainLists'),
    dnsFirewallAssociations: byId(lists.dnsFirewallAssociations, 'dnsFirewallAssociations'),
    resolverEndpoints: byId(lists.resolverEndpoints, 'resolverEndpoints'),
    resolverRules: byId(lists.resolverRules, 'resolverRules'),
    coverage,
    defaults,
    warnings,
    sources,
  };
  const network = lists.directConnectGateways === undefined ? beforeDirectConnect(read) : read;
  // The places in it are those of the files it was made of; what is wrong now is wrong in the snapshot.
  const wrong = [...checkNetwork(network), ...[...network.ruleGroups.values()].flatMap(sharedSids)];
  const found = wrong.map((problem) => inSnapshot(file, problem));
  return unless([...problems, ...found], () => network);
}

const inSnapshot = (file: string, { place, ...problem }: Problem): Problem => ({
  ...problem,
  file,
  ...(problem.file === undefined || place === undefined ? {} : { place: `${problem.file} ${place}` }),
});

const problemOf = (file: string, issue: z.core.$ZodIssue): Problem => ({
  code: 'bad-snapshot',
  file,
  place: issue.path.map((key) => `/${String(key)}`).join(''),
  message: `${issue.message}.`,
  hint: 'Correct it by hand, or write the snapshot again with `vpcproof import`.',
});
