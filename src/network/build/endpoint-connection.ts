/** Connections of endpoints to endpoint services: what both owners are shown of them, made one. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { EndpointConnection, EndpointService } from '../endpoint-service.ts';
import { isUsedElsewhere } from '../private-link.ts';
import { conditionOf } from '../state.ts';
import { passes, up } from '../unknown.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { EndpointConnectionFinding, EndpointServiceFinding } from './endpoint-service-finding.ts';

export const connectionsCall = 'describe-vpc-endpoint-connections';
export const servicesCall = 'describe-vpc-endpoint-service-configurations';

/** By service: the endpoints that bear its name, and those that its owner is shown besides. */
export function connectionsOf(
  building: Building,
  endpoints: ReadonlyMap<string, VpcEndpoint>,
): (service: EndpointServiceFinding) => readonly EndpointConnection[] {
  const { findings } = building;
  const told = groupBy(findings.endpointConnections, ({ service }) => service);
  const bearing = groupBy(endpoints.values(), ({ serviceName }) => serviceName);
  accountForStrays(building, new Set(findings.endpointServices.map(({ id }) => id)));
  return (service) => {
    const connections = new Map<string, EndpointConnection>();
    for (const one of told.get(service.id) ?? []) {
      checkTold(building, service, one, endpoints.get(one.endpoint));
      const { service: _, balancers: __, provider: ___, ...own } = one;
      const known = endpoints.has(own.endpoint);
      add(building, connections, { ...own, known });
    }
    const all = wasRead(building, connectionsCall, service);
    for (const { id, state, account, region, source } of bearing.get(service.serviceName) ?? []) {
      if (all && !connections.has(id) && conditionOf(state) === 'works')
        building.warnings.push(
          `\`${id}\` is ${state} and leads to \`${service.id}\`, and is not among the connections that its owner is shown.`,
        );
      add(building, connections, { endpoint: id, known: true, state, source, ...present({ account, region }) });
    }
    return [...connections.values()];
  };
}

/** One endpoint, seen again: by another page, or by the other owner. */
function add(building: Building, connections: Map<string, EndpointConnection>, one: EndpointConnection): void {
  const before = connections.get(one.endpoint);
  if (before === undefined) {
    connections.set(one.endpoint, one);
    return;
  }
  const [now, then] = [conditionOf(one.state), conditionOf(before.state)];
  if ((now === 'idle' && then === 'works') || (now === 'works' && then === 'idle'))
    building.problems.push({
      code: 'conflicting-state',
      file: one.source.file,
      place: one.source.place,
      message: `\`${one.endpoint}\` is ${one.state} here, and ${before.state} at ${before.source.place} of ${before.source.file}.`,
      hint: 'Answers of different moments were mixed; write both again.',
    });
  connections.set(one.endpoint, { ...one, ...before, state: then === 'changing' ? before.state : one.state });
}

/** What a connection says against its service, or against its endpoint. */
function checkTold(
  building: Building,
  { id, serviceName, balancers }: EndpointServiceFinding,
  { endpoint, state, source, balancers: shown }: EndpointConnectionFinding,
  known: VpcEndpoint | undefined,
): void {
  // Nobody can take a load balancer from a service that endpoints are connected to.
  const other = conditionOf(state) === 'idle' ? undefined : shown.find((arn) => balancers?.includes(arn) === false);
  const elsewhere = known === undefined || known.serviceName === '' ? serviceName : known.serviceName;
  const conflict =
    elsewhere !== serviceName
      ? `leads to \`${elsewhere}\``
      : other === undefined
        ? undefined
        : `to the load balancer \`${other}\`, which is not behind it`;
  if (conflict !== undefined)
    building.problems.push({
      code: 'conflicting-association',
      file: source.file,
      place: source.place,
      message: `\`${endpoint}\` is connected to \`${id}\`, and ${conflict}.`,
      hint: 'Answers of different moments were mixed; write both again.',
    });
}

/** Each connection that the owners of these services are shown, in the coverage. */
export function accountFor(
  { findings, coverage }: Building,
  services: ReadonlyMap<string, EndpointService>,
  isModelled: (endpoint: string) => boolean,
): void {
  for (const { endpoint, service, source } of findings.endpointConnections) {
    const connection = services.get(service)?.connections.find((one) => one.endpoint === endpoint);
    if (connection === undefined) continue;
    const entry = { kind: 'endpoint-connection', id: `${service} ${endpoint}`, source };
    const condition = conditionOf(connection.state);
    if (condition === 'idle' || (condition === 'works' && isModelled(endpoint)))
      coverage.push({ ...entry, status: 'modelled' });
    else if (connection.known)
      coverage.push({
        ...entry,
        status: 'assumed',
        assumption: condition === 'works' ? passes(endpoint) : up(endpoint),
      });
    else if (isUsedElsewhere(services.get(service)!))
      coverage.push({ ...entry, status: 'assumed', assumption: passes(service) });
    else
      coverage.push({
        ...entry,
        status: 'not-modelled',
        why: `its endpoint \`${endpoint}\` is not in the input`,
        affects: 'flows from the consumers behind that endpoint',
      });
  }
}

/** Connections to services that the input does not hold. */
function accountForStrays(building: Building, services: ReadonlySet<string>): void {
  for (const { service, endpoint, state, source, provider } of building.findings.endpointConnections) {
    if (services.has(service)) continue;
    if (conditionOf(state) !== 'idle' && wasRead(building, servicesCall, provider))
      blameDangling(building, { id: endpoint, source, ...provider }, 'endpoint service', service, servicesCall);
    else
      building.coverage.push({
        kind: 'endpoint-connection',
        id: `${service} ${endpoint}`,
        status: 'not-modelled',
        why: `its endpoint service \`${service}\` is not in the input`,
        affects: 'flows from the consumers of the service',
        source,
      });
  }
}
