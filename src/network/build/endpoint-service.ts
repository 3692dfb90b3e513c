/** Endpoint services: the load balancers behind them, and the endpoints that lead to them. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { EndpointService } from '../endpoint-service.ts';
import type { LoadBalancer } from '../load-balancer.ts';
import { isUnread, type Unread } from '../resource.ts';
import type { NetworkInterface } from '../interface.ts';
import { serviceBehind } from '../private-link.ts';
import { conditionOf } from '../state.ts';
import type { TargetGroup } from '../target-group.ts';
import type { Subnet } from '../subnet.ts';
import { passes, up } from '../unknown.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import { accountFor, connectionsCall, connectionsOf, servicesCall } from './endpoint-connection.ts';
import type { EndpointServiceFinding as Found } from './endpoint-service-finding.ts';
import { labelIn } from './listener.ts';
import { zonesOf } from './target-group.ts';

const balancersCall = 'elbv2 describe-load-balancers';

interface Parts {
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
}

export function buildEndpointServices(building: Building, parts: Parts): Map<string, EndpointService> {
  const { findings, defaults } = building;
  const balancers = groupBy(parts.loadBalancers.values(), ({ id }) => labelIn(id));
  const zones = zonesOf(findings.loadBalancers, parts.subnets);
  const connections = connectionsOf(building, parts.endpoints);
  const services = new Map<string, EndpointService>();
  for (const [first, ...others] of groupBy(findings.endpointServices, ({ serviceName }) => serviceName).values())
    for (const other of others) blameSameName(building, other, first!);
  for (const found of findings.endpointServices) {
    const { balancers: _, zones: __, families, acceptanceRequired, ...own } = found;
    const byDefault = (setting: string, value: string) =>
      defaults.push({ setting: `${found.id}.${setting}`, value, call: `ec2 ${servicesCall}` });
    if (acceptanceRequired === undefined) byDefault('AcceptanceRequired', 'true');
    if (families === undefined) byDefault('SupportedIpAddressTypes', 'ipv4');
    const service: EndpointService = {
      ...own,
      loadBalancers: balancersOf(building, found, balancers),
      zones: zonesIn(found, zones),
      families: families ?? ['ipv4'],
      acceptanceRequired: acceptanceRequired ?? true,
      connections: connections(found),
      ...(wasRead(building, connectionsCall, found) ? {} : { unread: { unread: connectionsCall, subject: found.id } }),
    };
    services.set(service.id, service);
  }
  const isModelled = (endpoint: string): boolean =>
    serviceBehind({ ...parts, endpointServices: services }, endpoint) !== undefined;
  for (const service of services.values()) {
    const assumption = assumptionOf(service, isModelled);
    if (assumption !== undefined) building.assumed.set(service.id, assumption);
  }
  accountFor(building, services, isModelled);
  return services;
}

/** An endpoint names its service by the name alone. */
function blameSameName({ problems }: Building, { id, serviceName, source }: Found, first: Found): void {
  problems.push({
    code: 'ambiguous-name',
    file: source.file,
    place: source.place,
    message: `The endpoint services \`${id}\` and \`${first.id}\` have one name: \`${serviceName}\`.`,
    hint: 'Every endpoint service has a name of its own; was one of them edited?',
  });
}

/** Those behind the service; unread where one of them is in no answer. */
function balancersOf(
  building: Building,
  { id, account, region, state, source, balancers: arns }: Found,
  known: ReadonlyMap<string, readonly LoadBalancer[]>,
): readonly string[] | Unread {
  if (arns === undefined) return { unread: servicesCall, subject: id };
  const ids: string[] = [];
  for (const arn of new Set(arns)) {
    const balancer = known.get(labelIn(arn))?.[0];
    if (balancer !== undefined) ids.push(balancer.id);
    else {
      const from = { id, source, ...present({ account, region }) };
      // AWS keeps every load balancer that a service uses.
      if (conditionOf(state) !== 'idle' && wasRead(building, balancersCall, from))
        blameDangling(building, from, 'load balancer', arn, balancersCall);
      return { unread: balancersCall, subject: arn };
    }
  }
  return ids;
}

/** Names of zones are the account's own; its load balancers tell which zones they mean (semantics 7.31). */
function zonesIn({ id, account = '', zones }: Found, known: ReadonlyMap<string, string>): readonly string[] | Unread {
  const ids =
    zones === undefined ? [] : 'ids' in zones ? zones.ids : zones.names.map((name) => known.get(`${account} ${name}`));
  const told = ids.filter((zone) => zone !== undefined);
  return told.length > 0 && told.length === ids.length ? told : { unread: servicesCall, subject: id };
}

/** What comes by an endpoint goes on by the endpoint's assumption; what is unread of the service stands before that. */
function assumptionOf(
  { id, state, loadBalancers, zones, connections, unread }: EndpointService,
  isModelled: (endpoint: string) => boolean,
): string | undefined {
  if (conditionOf(state) === 'changing') return up(id);
  if (isUnread(loadBalancers) || isUnread(zones) || unread !== undefined) return undefined;
  const by = connections.find((one) => one.known && conditionOf(one.state) !== 'idle' && !isModelled(one.endpoint));
  return by && passes(by.endpoint);
}
