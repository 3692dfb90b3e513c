/** VPC endpoints and firewalls: endpoints that only a firewall, an interface or a route shows; firewalls added up. */
import { present } from '../../base/present.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { Firewall } from '../firewall.ts';
import { conditionOf } from '../state.ts';
import { passes, up } from '../unknown.ts';
import { type Building, byId, wasRead } from './building.ts';
import type { FirewallEndpointFinding, FirewallFinding } from './firewall-finding.ts';
import type { InterfaceFinding } from './interface-finding.ts';
import { describedByService, ownerInDescription, roleOf } from './interface-role.ts';

export interface EndpointsAndFirewalls {
  readonly endpoints: Map<string, VpcEndpoint>;
  readonly firewalls: Map<string, Firewall>;
}

/** `policies`: those that were read, by ARN. */
export function buildEndpoints(building: Building, policies: ReadonlyMap<string, unknown>): EndpointsAndFirewalls {
  const { findings } = building;
  const endpoints = byId(findings.endpoints);
  const byEndpoint = interfacesByEndpoint(building);
  for (const firewall of findings.firewalls)
    for (const one of firewall.endpoints)
      if (!endpoints.has(one.endpoint)) {
        const made = ofFirewall(building, firewall, one, byEndpoint);
        if (made !== undefined) endpoints.set(made.id, made);
      }
  for (const [id, made] of ofServiceNetworks(building, endpoints, byEndpoint)) endpoints.set(id, made);
  for (const [id, nics] of byEndpoint) {
    const [first] = nics;
    if (endpoints.has(id) || wasRead(building, 'describe-vpc-endpoints', first.interface)) continue;
    const type = roleOf(first) === 'firewall-endpoint' ? 'GatewayLoadBalancer' : 'Interface';
    building.assumed.set(id, `unread:describe-vpc-endpoints:${id}`);
    endpoints.set(id, ofInterfaces(id, type, nics));
  }
  for (const [id, made] of ofPrefixListRoutes(building, endpoints)) endpoints.set(id, made);
  for (const endpoint of endpoints.values()) {
    if (conditionOf(endpoint.state) === 'changing') building.assumed.set(endpoint.id, up(endpoint.id));
    const nics = idsOf(byEndpoint.get(endpoint.id) ?? []);
    const more = nics.filter((id) => !endpoint.interfaces.includes(id));
    if (more.length > 0) endpoints.set(endpoint.id, { ...endpoint, interfaces: [...endpoint.interfaces, ...more] });
  }
  return { endpoints, firewalls: unite(building, endpoints, policies) };
}

const idsOf = (found: readonly InterfaceFinding[]): readonly string[] => found.map((one) => one.interface.id);

/** Interfaces whose description names the endpoint that they belong to. */
function interfacesByEndpoint({ findings }: Building): Map<string, [InterfaceFinding, ...InterfaceFinding[]]> {
  const by = new Map<string, [InterfaceFinding, ...InterfaceFinding[]]>();
  for (const found of findings.interfaces.values()) {
    const nic = found.interface;
    if (!nic.description.startsWith('VPC Endpoint Interface ') || !describedByService(found)) continue;
    const id = ownerInDescription(nic.description);
    if (id === undefined) continue;
    const others = by.get(id);
    if (others === undefined) by.set(id, [found]);
    else others.push(found);
  }
  return by;
}

function ofFirewall(
  building: Building,
  firewall: FirewallFinding,
  { endpoint: id, subnet, vpc, state }: FirewallEndpointFinding,
  byEndpoint: ReadonlyMap<string, readonly InterfaceFinding[]>,
): VpcEndpoint | undefined {
  const standsIn = vpc ?? building.findings.subnets.find((one) => one.id === subnet)?.vpc;
  if (standsIn === undefined || subnet === undefined) return undefined;
  const { account, region, source } = firewall;
  return {
    id,
    kind: 'vpc-endpoint',
    tags: {},
    endpointType: 'GatewayLoadBalancer',
    vpc: standsIn,
    serviceName: '',
    state: state === 'READY' ? 'available' : state.toLowerCase(),
    routeTables: [],
    subnets: [subnet],
    interfaces: idsOf(byEndpoint.get(id) ?? []),
    privateDnsEnabled: false,
    source,
    ...present({ account, region }),
  };
}

function ofInterfaces(
  id: string,
  endpointType: 'GatewayLoadBalancer' | 'Interface',
  nics: readonly [InterfaceFinding, ...InterfaceFinding[]],
): VpcEndpoint {
  const { vpc, account, region, source } = nics[0].interface;
  return {
    id,
    kind: 'vpc-endpoint',
    tags: {},
    endpointType,
    vpc,
    serviceName: '',
    state: 'available',
    routeTables: [],
    subnets: [...new Set(nics.map((found) => found.interface.subnet))],
    interfaces: idsOf(nics),
    privateDnsEnabled: false,
    source,
    ...present({ account, region }),
  };
}

/**
 * Service-network endpoints of which their network tells where they lead: those that the calls about endpoints leave
 * open, and those that only their interfaces show, as of another account in a shared VPC (semantics 1.25, 9.30).
 */
function ofServiceNetworks(
  building: Building,
  endpoints: ReadonlyMap<string, VpcEndpoint>,
  byEndpoint: ReadonlyMap<string, [InterfaceFinding, ...InterfaceFinding[]]>,
): ReadonlyMap<string, VpcEndpoint> {
  const made = new Map<string, VpcEndpoint>();
  for (const { id, network, state, source } of building.findings.lattice.endpointAssociations) {
    const known = endpoints.get(id);
    const nics = byEndpoint.get(id);
    if (known !== undefined) {
      if (known.endpointType === 'ServiceNetwork') made.set(id, { serviceNetwork: network, ...known });
    } else if (nics !== undefined)
      made.set(id, {
        ...ofInterfaces(id, 'Interface', nics),
        endpointType: 'ServiceNetwork',
        serviceNetwork: network,
        state,
      });
    else
      building.coverage.push({
        kind: 'vpc-endpoint',
        id,
        status: 'not-modelled',
        why: `the service network \`${network}\` has it, and no answer shows it or its interfaces`,
        affects: 'flows into that service network from the VPC where it stands',
        source,
      });
  }
  return made;
}

/** A route from a prefix list to an endpoint that nobody read is that of a gateway endpoint (semantics 4.13, 4.14). */
function ofPrefixListRoutes(
  building: Building,
  endpoints: ReadonlyMap<string, VpcEndpoint>,
): ReadonlyMap<string, VpcEndpoint> {
  const made = new Map<string, VpcEndpoint>();
  for (const table of building.findings.routeTables)
    for (const { target, destination, state, source } of table.routes) {
      if (target.kind !== 'vpc-endpoint' || destination.kind !== 'prefix-list' || state === 'blackhole') continue;
      if (endpoints.has(target.id) || wasRead(building, 'describe-vpc-endpoints', table)) continue;
      const { account, region, vpc } = table;
      const before = made.get(target.id);
      const list = building.findings.prefixLists.find((one) => one.id === destination.id);
      building.assumed.set(target.id, `unread:describe-vpc-endpoints:${target.id}`);
      made.set(target.id, {
        id: target.id,
        kind: 'vpc-endpoint',
        tags: {},
        endpointType: 'Gateway',
        vpc,
        serviceName: list?.name ?? '',
        state: 'available',
        routeTables: [...(before?.routeTables ?? []), table.id],
        subnets: [],
        interfaces: [],
        privateDnsEnabled: false,
        source,
        ...present({ account, region }),
      });
    }
  return made;
}

/** What several answers tell of one firewall, added up. */
function unite(
  building: Building,
  known: ReadonlyMap<string, VpcEndpoint>,
  policies: ReadonlyMap<string, unknown>,
): Map<string, Firewall> {
  const firewalls = new Map<string, Firewall>();
  for (const { endpoints, attached: _, ...found } of building.findings.firewalls) {
    const before = firewalls.get(found.id);
    const ids = [
      ...(before?.endpoints ?? []),
      ...endpoints.map(({ endpoint }) => endpoint).filter((id) => known.has(id)),
    ];
    const policyArn = found.policyArn ?? before?.policyArn;
    // describe-firewall tells more than an endpoint's tags.
    const told = before === undefined || found.policyArn !== undefined ? found : before;
    firewalls.set(found.id, { ...told, endpoints: [...new Set(ids)], ...present({ policyArn }) });
    if (policyArn === undefined || !policies.has(policyArn)) building.assumed.set(found.id, passes(found.id));
    else building.assumed.delete(found.id);
  }
  return firewalls;
}
