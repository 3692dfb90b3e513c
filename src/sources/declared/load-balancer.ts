/** Application, Network and Gateway Load Balancers, with a node in each subnet that they are given (semantics 12.2, 12.3). */
import { present } from '../../base/present.ts';
import type { Address } from '../../net/address.ts';
import { labelIn } from '../../network/build/listener.ts';
import { resource } from './common.ts';
import { subnetType } from './kinds.ts';
import { listenersOf } from './listener.ts';
import { address, idOf, known, type Listed, objects, references, settle, text } from './property.ts';
import { type At, type Construct, note, notModelled, topOf } from './reading.ts';
import {
  familiesOfSubnet,
  groupsOf,
  type Service,
  sayUnknown,
  standIn,
  subnetsLike,
  vpcOfSubnet,
} from './service-interface.ts';
import { Unknown } from './value.ts';

const types = ['application', 'network', 'gateway'] as const;
type BalancerType = (typeof types)[number];

/** As AWS prints it of the nodes. */
const interfaceTypes: Readonly<Record<BalancerType, string>> = {
  application: 'interface',
  network: 'network_load_balancer',
  gateway: 'gateway_load_balancer',
};

export const loadBalancer: Construct = {
  identities: ['LoadBalancerArn'],
  properties: [
    'Name',
    'Type',
    'Scheme',
    'Subnets',
    'SubnetMappings',
    'SecurityGroups',
    'IpAddressType',
    'LoadBalancerAttributes',
    'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
    'Tags',
    // What follows bounds how much it carries, or whose addresses it has.
    'MinimumLoadBalancerCapacity',
    'EnableCapacityReservationProvisionStabilize',
    'EnablePrefixForIpv6SourceNat',
    'Ipv4IpamPoolId',
  ],
  attribute: (at, name) => (name === 'LoadBalancerName' ? at.fields['Name'] : undefined),
  read(at) {
    const told = text(at, 'Type');
    const type = told instanceof Unknown ? undefined : types.find((one) => one === (told ?? 'application'));
    const subnets = subnetsOf(at);
    const vpc = subnets.known.map(({ subnet }) => vpcOfSubnet(at.in, subnet)).find((one) => one !== undefined);
    if (type === undefined || vpc === undefined) {
      if (told instanceof Unknown) note(at, 'Type', told, 'it is not modelled');
      for (const { subnet } of subnets.known) at.in.findings.edges.hiding.add(subnet);
      const why =
        vpc === undefined ? 'no subnet that is declared has a node of it' : 'of which type it is, is not known';
      return notModelled(at, 'load-balancer', why, 'flows through it');
    }
    const scheme = type === 'gateway' ? 'internal' : (text(at, 'Scheme') ?? 'internet-facing');
    const label = labelIn(at.of.id);
    nodes(at, { type, vpc, label, scheme, subnets });
    const enforces = text(at, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic');
    at.in.findings.loadBalancers.push({
      ...resource(at, { name: known(text(at, 'Name')) }),
      kind: 'load-balancer',
      balancerType: type,
      scheme: scheme === 'internal' ? 'internal' : 'internet-facing',
      vpc,
      label,
      subnets: subnets.known.map(({ subnet }) => subnet),
      zones: subnets.known.flatMap(({ subnet }) => zoneOf(at, subnet)),
      filters: 'SecurityGroups' in at.fields,
      // Filtering is what AWS takes by default; where it is not known, nothing is kept out for certain.
      enforcesOnPrivateLink: settle(enforces, 'on', 'off') === 'on',
      ...present({ ipAddressType: type === 'gateway' ? (known(text(at, 'IpAddressType')) ?? 'ipv4') : undefined }),
    });
    if (type !== 'application') crossZone(at);
    listenersOf(at);
  },
};

interface Mapped {
  readonly subnet: string;
  readonly addresses: readonly Address[];
  readonly publicIp?: Address;
}

/** Subnets by themselves, or each with addresses of the node in it. */
function subnetsOf(at: At): Listed<Mapped> {
  const plain = references(at, 'Subnets', subnetType);
  const mapped = objects(at, 'SubnetMappings');
  const unknown = [...plain.unknown, ...mapped.unknown];
  const all: Mapped[] = [];
  for (const one of mapped.known) {
    const subnet = idOf(one, 'SubnetId', subnetType);
    if (subnet instanceof Unknown) unknown.push(subnet);
    if (typeof subnet !== 'string') continue;
    const own = ['PrivateIPv4Address', 'IPv6Address'].flatMap((key) => known(address(one, key)) ?? []);
    all.push({ subnet, addresses: own, ...present({ publicIp: elasticOf(one) }) });
  }
  all.push(...plain.known.map((subnet) => ({ subnet, addresses: [] })));
  return { known: all.filter(({ subnet }, i) => all.findIndex((other) => other.subnet === subnet) === i), unknown };
}

/** The address of an Elastic IP that exists. */
function elasticOf(at: At): Address | undefined {
  const allocation = known(idOf(at, 'AllocationId', 'AWS::EC2::EIP'));
  const declared = allocation === undefined ? undefined : at.in.byId.get(allocation);
  const of = declared && topOf(at.in, declared);
  return of && known(address(of, 'PublicIp'));
}

const zoneOf = (at: At, subnet: string): readonly { readonly name: string; readonly subnet: string }[] => {
  const declared = at.in.byId.get(subnet);
  const zone = declared && known(text(topOf(at.in, declared), 'AvailabilityZone'));
  return zone === undefined ? [] : [{ name: zone, subnet }];
};

interface Nodes {
  readonly type: BalancerType;
  readonly vpc: string;
  readonly label: string;
  readonly scheme: string | Unknown;
  readonly subnets: Listed<Mapped>;
}

/** Where it is not known whether they are open to the internet, or have IPv6, ones that are may stand beside those that are not. */
function nodes(at: At, { type, vpc, label, scheme, subnets }: Nodes): void {
  const families = text(at, 'IpAddressType');
  const groups =
    type === 'gateway' ? 'none' : groupsOf(at, 'SecurityGroups', type === 'application' ? 'default' : 'none');
  if (scheme instanceof Unknown) note(at, 'Scheme', scheme, 'it may be open to the internet');
  if (families instanceof Unknown) note(at, 'IpAddressType', families, 'it may have addresses of IPv6');
  sayUnknown(at, 'Subnets', subnets.unknown);
  const unsure = scheme instanceof Unknown || families instanceof Unknown;
  const certain = { open: scheme === 'internet-facing', families: known(families) ?? 'ipv4' };
  const widest = { open: scheme !== 'internal', families: known(families) ?? 'dualstack' };
  const service = (open: boolean): Service => ({
    interfaceType: interfaceTypes[type],
    description: `ELB ${label}`,
    groups,
    denyAllIgwTraffic: !open && deniesInternet(at),
  });
  const node = (one: Mapped, like: typeof certain, perhaps: boolean, beside: string): void => {
    const has = familiesOfSubnet(at.in, one.subnet);
    const given = (family: Address['family']) => one.addresses.some((each) => each.family === family);
    standIn(at, service(like.open), {
      ...one,
      perhaps,
      beside,
      pending: {
        ipv4: has.ipv4 && !given('ipv4') ? 1 : 0,
        ipv6: like.families.startsWith('dualstack') && has.ipv6 && !given('ipv6') ? 1 : 0,
        public: like.open && like.families !== 'dualstack-without-public-ipv4' && one.publicIp === undefined,
      },
    });
  };
  for (const one of subnets.known) {
    node(one, certain, false, '');
    if (unsure) node({ subnet: one.subnet, addresses: [] }, widest, true, '/perhaps');
  }
  const ids = { known: subnets.known.map(({ subnet }) => subnet), unknown: subnets.unknown };
  for (const subnet of subnetsLike(at, ids, vpc)) node({ subnet, addresses: [] }, widest, true, '');
}

/** Of an internal one with IPv6, unless it says otherwise (semantics 12.3). */
const deniesInternet = (at: At): boolean => attributeOf(at, 'ipv6.deny_all_igw_traffic') !== 'false';

/** The value of an attribute; Unknown too where some attribute is not known. */
export function attributeOf(at: At, key: string, list = 'LoadBalancerAttributes'): string | Unknown | undefined {
  const { known: all, unknown } = objects(at, list);
  for (const one of all) {
    const name = text(one, 'Key');
    if (name === key) return text(one, 'Value');
    if (name instanceof Unknown) return name;
  }
  return unknown[0];
}

/** Off where nothing is said (semantics 12.9). */
function crossZone(at: At): void {
  const told = attributeOf(at, 'load_balancing.cross_zone.enabled');
  if (told instanceof Unknown) note(at, 'LoadBalancerAttributes', told, 'to which zones it sends is not known');
  else
    at.in.findings.balancerAttributes.push({
      of: at.of.id,
      crossZone: told === 'true',
      wafFailsOpen: attributeOf(at, 'waf.fail_open.enabled') === 'true',
      source: at.of.source,
    });
}
