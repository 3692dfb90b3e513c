/**
 * What endpoints in VPCs that are not in the input may lead to: they are reached from peers and by transit gateways
 * (semantics 6.8, 9.16), and hand on into the VPCs of the services and resources behind them (9.17, 9.27, 9.30).
 */
import { conditionOf } from '../state.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, wasRead } from './building.ts';
import { connectionsCall, servicesCall } from './endpoint-connection.ts';
import type { EndpointServiceFinding } from './endpoint-service-finding.ts';
import { labelIn } from './listener.ts';

/** VPCs of the input that such an endpoint may hand into, for all that was read. */
export function behindStrangersEndpoints(building: Building, vpcs: ReadonlyMap<string, Vpc>): ReadonlySet<string> {
  const { endpointServices, interfaces, lattice } = building.findings;
  const asked = new Map([...vpcs.values()].map((vpc) => [vpc.id, wasRead(building, servicesCall, vpc)]));
  // Whose service a Network Load Balancer is behind is not told where nobody asked for services.
  const untold = [...interfaces.values()].flatMap(({ interface: { interfaceType, vpc } }) =>
    /^network_?load_?balancer$/i.test(interfaceType) && asked.get(vpc) === false ? [vpc] : [],
  );
  return new Set([
    ...endpointServices
      .filter((one) => mayHaveStrangers(building, one))
      .flatMap((one) => vpcsBehind(building, one, vpcs)),
    ...untold,
    // Who has endpoints of a service network or of a shared resource, its owner alone is shown.
    ...lattice.targetGroups.flatMap(({ vpc }) => vpc ?? []),
    ...lattice.resourceGateways.flatMap(({ vpc }) => vpc ?? []),
  ]);
}

/** An endpoint that is not in the input is connected to the service, or nobody asked. */
function mayHaveStrangers(building: Building, service: EndpointServiceFinding): boolean {
  const { endpointConnections, endpoints } = building.findings;
  const known = new Set(endpoints.map(({ id }) => id));
  const isStranger = ({ endpoint, state }: { readonly endpoint: string; readonly state: string }): boolean =>
    conditionOf(state) !== 'idle' && !known.has(endpoint);
  return (
    conditionOf(service.state) !== 'idle' &&
    (!wasRead(building, connectionsCall, service) ||
      endpointConnections.some((one) => one.service === service.id && isStranger(one)))
  );
}

/** Of its load balancers; where one of them is in no answer, any of its owner's in its Region. */
function vpcsBehind(
  { findings }: Building,
  { balancers, account, region }: EndpointServiceFinding,
  vpcs: ReadonlyMap<string, Vpc>,
): readonly string[] {
  const found = balancers?.map((arn) => findings.loadBalancers.find(({ id }) => labelIn(id) === labelIn(arn))?.vpc);
  if (found !== undefined && !found.includes(undefined)) return found.filter((vpc) => vpc !== undefined);
  return [...vpcs.values()]
    .filter((vpc) => mayBe(vpc.account, account) && mayBe(vpc.region, region))
    .map(({ id }) => id);
}

const mayBe = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;
