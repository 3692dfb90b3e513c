/** From what a selector names to the resources that a path crosses (`interfaces.md`, `--via` and `--avoid`). */
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { serviceShortName } from '../network/endpoint.ts';
import type { AnyResource, Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import { ruleGroupCalled } from '../network/rule-group-name.ts';
import type { Term } from '../network/selector.ts';
import { conditionOf } from '../network/state.ts';
import type { Waypoint } from './question.ts';
import type { Selection } from './selection.ts';

/**
 * Any of the resources named; a firewall brings its endpoints, a balancer, endpoint or instance its interfaces, a web
 * ACL its balancers, an endpoint service the endpoints that lead to it.
 */
export function waypointOf(network: Network, { text, matches }: Selection): Result<Waypoint, ProblemAt> {
  const problems: ProblemAt[] = [];
  const ids = new Set<string>();
  for (const { term, resources } of matches) {
    const things = term.named.kind === 'service' ? endpointsOf(network, term.named.name) : resources;
    if (things.length === 0)
      problems.push({
        code: 'not-a-waypoint',
        column: term.column,
        message:
          term.named.kind === 'service'
            ? `No endpoint of \`${term.text}\` is in this network.`
            : `\`${term.text}\` is a place, and no resource that a path crosses.`,
        hint: 'A path goes via gateways, endpoints, firewalls, balancers, route tables, subnets: `firewall:*`, `nat-…`.',
      });
    for (const resource of things) {
      const missing = untold(network, term, resource);
      if (missing !== undefined) problems.push(missing);
      if (!goesPast(term, resource)) for (const id of crossedFor(network, resource)) ids.add(id);
    }
  }
  return problems.length > 0 ? fail(...problems) : ok({ text, ids });
}

const endpointsOf = (network: Network, service: string): readonly AnyResource[] =>
  [...network.endpoints.values()].filter(({ serviceName }) => serviceShortName(serviceName) === service);

/** A rule group that does not look at every request is passed on no path for certain: the input's warnings say why. */
function goesPast({ named }: Term, resource: AnyResource): boolean {
  if (named.kind !== 'rule-group' || resource.kind !== 'web-acl' || isUnread(resource.ruleGroups)) return false;
  const { ruleGroups, notOfAll = [] } = resource;
  return ruleGroups.filter(ruleGroupCalled(named.name)).every((group) => notOfAll.includes(group));
}

/** Neither the paths by it nor those around it are known while others than those read may belong to it. */
function untold(network: Network, { column, named }: Term, resource: AnyResource): ProblemAt | undefined {
  if (named.kind === 'rule-group' && resource.kind === 'web-acl' && isUnread(resource.ruleGroups))
    return {
      code: 'missing-call',
      column,
      message: `No answer tells which rule groups the web ACL \`${resource.name ?? resource.id}\` refers to.`,
      hint: `Add the output of \`aws ${resource.ruleGroups.unread}\`.`,
    };
  if (resource.kind === 'web-acl' && resource.unread !== undefined)
    return {
      code: 'missing-call',
      column,
      message: `No answer tells every load balancer that the web ACL \`${resource.name ?? resource.id}\` is associated with.`,
      hint: `Add the output of \`aws ${resource.unread.unread}\`.`,
    };
  if (resource.kind !== 'endpoint-service' || resource.unread === undefined) return undefined;
  const { id, name = id, unread, connections, endpointType } = resource;
  const told = new Set([
    ...connections.map(({ endpoint }) => endpoint),
    ...[...network.firewalls.values()].flatMap(({ endpoints }) => endpoints),
  ]);
  const owned = new Set([...network.endpoints.values()].flatMap(({ interfaces }) => interfaces));
  const role = endpointType === 'Interface' ? 'interface-endpoint' : 'firewall-endpoint';
  const nameless =
    [...network.endpoints.values()].find(
      (one) => one.serviceName === '' && one.endpointType === endpointType && !told.has(one.id),
    ) ?? [...network.interfaces.values()].find((one) => one.role === role && !owned.has(one.id));
  if (nameless === undefined) return undefined;
  return {
    code: 'missing-call',
    column,
    message: `No answer tells whether \`${nameless.id}\` leads to the endpoint service \`${name}\`.`,
    hint: `Add the output of \`aws ec2 describe-vpc-endpoints\` or of \`aws ec2 ${unread.unread}\`.`,
  };
}

function crossedFor(network: Network, resource: AnyResource): readonly string[] {
  switch (resource.kind) {
    case 'web-acl':
      return [resource.id, ...resource.associated.flatMap((id) => crossedFor(network, network.loadBalancers.get(id)!))];
    case 'endpoint-service':
      return [
        resource.id,
        ...resource.connections.flatMap(({ endpoint, known, state }) =>
          known && conditionOf(state) !== 'idle' ? crossedFor(network, network.endpoints.get(endpoint)!) : [],
        ),
      ];
    case 'network-firewall':
      return [resource.id, ...resource.endpoints];
    case 'firewall-policy':
      return [
        resource.id,
        ...[...network.firewalls.values()].flatMap((one) =>
          one.policyArn === resource.id ? crossedFor(network, one) : [],
        ),
      ];
    case 'load-balancer':
    case 'instance':
    case 'vpc-endpoint':
    case 'resolver-endpoint':
    case 'resource-gateway':
      return [resource.id, ...resource.interfaces];
    case 'vpc':
    case 'subnet':
    case 'network-interface':
    case 'security-group':
    case 'network-acl':
    case 'route-table':
    case 'prefix-list':
    case 'stateless-rule-group':
    case 'stateful-rule-group':
    case 'tls-inspection-configuration':
    case 'target-group':
    case 'lattice-service':
    case 'resource-configuration':
    case 'internet-gateway':
    case 'egress-only-internet-gateway':
    case 'nat-gateway':
    case 'transit-gateway':
    case 'transit-gateway-attachment':
    case 'core-network-attachment':
    case 'transit-gateway-route-table':
    case 'core-network-route-table':
    case 'vpc-peering':
    case 'vpn-gateway':
    case 'vpn-connection':
    case 'direct-connect-gateway':
    case 'virtual-interface':
    case 'traffic-mirror-session':
    case 'flow-log':
    case 'client-vpn-endpoint':
    case 'local-gateway':
    case 'carrier-gateway':
    case 'core-network':
    case 'odb-network':
    case 'service-network':
    case 'direct-internet-access':
    case 'dns-firewall-rule-group':
    case 'dns-firewall-domain-list':
    case 'dns-firewall-association':
    case 'resolver-rule':
      return [resource.id];
  }
}
