/** Endpoint services: the load balancers behind them, and who need not be accepted (semantics 9.17). */
import { present } from '../../base/present.ts';
import { families as allFamilies } from '../../net/address.ts';
import { untoldZone } from '../../network/zone.ts';
import { resource } from './common.ts';
import { endpointType, subnetType } from './kinds.ts';
import { candidatesOf, flag, idOf, type Listed, objects, references, settle, text, texts, known } from './property.ts';
import { type At, type Construct, isMade, isThere, note, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { endpointAcceptance } from './types.ts';
import { Unknown } from './value.ts';

export const serviceType = 'AWS::EC2::VPCEndpointService';
const balancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

export const endpointService: Construct = {
  identities: ['ServiceId', 'ServiceName'],
  properties: [
    'NetworkLoadBalancerArns',
    'GatewayLoadBalancerArns',
    'AcceptanceRequired',
    'SupportedIpAddressTypes',
    'SupportedRegions',
    'Name',
    'AllowedPrincipals',
    'ContributorInsightsEnabled',
    'PayerResponsibility',
    'PrivateDnsName',
    'Tags',
  ],
  read(at) {
    const network = references(at, 'NetworkLoadBalancerArns', balancerType);
    const gateway = references(at, 'GatewayLoadBalancerArns', balancerType);
    const unknown = [...network.unknown, ...gateway.unknown];
    for (const one of unknown) note(at, 'NetworkLoadBalancerArns', one, 'what stands behind it counts as unread');
    const balancers = [...network.known, ...gateway.known];
    const accepts = flag(at, 'AcceptanceRequired');
    const regions = texts(at, 'SupportedRegions').known;
    at.in.findings.endpointServices.push({
      ...resource(at),
      kind: 'endpoint-service',
      serviceName: nameOfService(at),
      endpointType: gateway.known.length + gateway.unknown.length > 0 ? 'GatewayLoadBalancer' : 'Interface',
      state: isThere(at) ? 'available' : 'pending',
      regions: regions.map((region) => ({ region, state: 'available' })),
      managesEndpoints: false,
      // Whether it is asked for or not known, nothing passes for certain before somebody accepts.
      acceptanceRequired: settle(accepts, true, true),
      families: familiesOf(at),
      ...present({
        balancers: unknown.length > 0 ? undefined : balancers,
        zones: zonesOf(at, balancers),
        privateDnsName: known(text(at, 'PrivateDnsName')),
      }),
    });
    // Whoever is allowed may connect, from wherever.
    const { certain, possible } = satellitesOf(at.in, permissionsType, 'ServiceId', at.of.id, serviceType);
    const open = [at, ...certain].some((one) => isOpen(texts(one, 'AllowedPrincipals'))) || possible.length > 0;
    if (isMade(at) && !open) at.in.findings.edges.whole.add(at.of.id);
  },
};

const isOpen = ({ known: all, unknown }: Listed<string>): boolean => all.length + unknown.length > 0;

const permissionsType = 'AWS::EC2::VPCEndpointServicePermissions';

/** Read by its service. */
export const endpointServicePermissions: Construct = { properties: ['ServiceId', 'AllowedPrincipals'] };

/** `Vpcproof::EC2::VPCEndpointConnectionAcceptance`, read by the endpoint. */
export const endpointConnectionAcceptance: Construct = { properties: ['ServiceId', 'VpcEndpointId'] };

/** AWS's own name of it, where that is known; else one in the form that AWS gives all. */
const nameOfService = (at: At): string =>
  known(text(at, 'Name')) ?? `com.amazonaws.vpce.${at.of.region ?? 'REGION'}.${at.of.id}`;

function familiesOf(at: At): readonly (typeof allFamilies)[number][] {
  const { known: words } = texts(at, 'SupportedIpAddressTypes');
  const told = allFamilies.filter((one) => words.includes(one));
  return told.length > 0 ? told : ['ipv4'];
}

/** Those in which its load balancers have nodes; undefined where one of them, or its subnets, are not declared. */
function zonesOf(at: At, balancers: readonly string[]): { readonly ids: readonly string[] } | undefined {
  const zones: (string | undefined)[] = balancers.flatMap((id) => {
    const balancer = at.in.byId.get(id);
    if (balancer === undefined) return [undefined];
    const of = topOf(at.in, balancer);
    const plain = references(of, 'Subnets', subnetType);
    const mapped = objects(of, 'SubnetMappings');
    const told = mapped.known.map((one) => idOf(one, 'SubnetId', subnetType));
    const open = plain.unknown.length + mapped.unknown.length > 0 || told.some((one) => typeof one !== 'string');
    return [...plain.known, ...told.filter((one) => typeof one === 'string')]
      .map((subnet) => zoneOf(at, subnet))
      .concat(open ? [undefined] : []);
  });
  const ids = zones.filter((zone) => zone !== undefined);
  return ids.length === 0 || ids.length < zones.length ? undefined : { ids: [...new Set(ids)] };
}

/** In the word that the subnet has for it. */
function zoneOf(at: At, subnet: string): string | undefined {
  const declared = at.in.byId.get(subnet);
  if (declared === undefined) return undefined;
  const of = topOf(at.in, declared);
  return known(text(of, 'AvailabilityZoneId')) ?? known(text(of, 'AvailabilityZone')) ?? untoldZone(declared.address);
}

/** The name of an endpoint's service: that of a declared service too, of which a part is not known before it is there. */
export function serviceNamed(at: At): string | Unknown | undefined {
  const told = text(at, 'ServiceName');
  if (typeof told === 'string') {
    const own = at.in.byId.get(told);
    return own?.type === serviceType ? nameOfService(topOf(at.in, own)) : told;
  }
  const service = told instanceof Unknown ? serviceIn(at, told) : undefined;
  return service === undefined ? told : nameOfService(service);
}

/** A text around the id of one declared service is the name of that service. */
function serviceIn(at: At, unknown: Unknown): At | undefined {
  const [only, ...others] = candidatesOf(at, unknown);
  const declared = only === undefined || others.length > 0 ? undefined : at.in.byId.get(only);
  return declared?.type === serviceType ? topOf(at.in, declared) : undefined;
}

/** Whether an endpoint is accepted by its service, as far as the declaration tells. */
export function isConnected(at: At): boolean {
  const name = serviceNamed(at);
  const service = (at.in.byType.get(serviceType) ?? []).find((one) => nameOfService(one) === name);
  // Services of AWS accept whoever asks; those of others, nothing tells.
  if (service === undefined) return typeof name !== 'string' || !name.includes('.vpce.') || accepts(at);
  return flag(service, 'AcceptanceRequired') === false || accepts(at);
}

const accepts = (at: At): boolean =>
  flag(at, 'AutoAccept') === true ||
  satellitesOf(at.in, endpointAcceptance, 'VpcEndpointId', at.of.id, endpointType).certain.length > 0;
