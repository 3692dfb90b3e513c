/** Small networks in few words, for tests of the tracer: VPC `vpc-a` 10.0.0.0/16 as in semantics section 18. */
import { invariant } from '../../src/base/invariant.ts';
import { type Address, type Family, parseAddress, sameAddress } from '../../src/net/address.ts';
import type { Intervals } from '../../src/net/interval.ts';
import { type Packet, parsePacket } from '../../src/net/packet.ts';
import type { Payload } from '../../src/net/payload.ts';
import { type Prefix, parsePrefix, rangeOf, samePrefix } from '../../src/net/prefix.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import type { VpcEndpoint } from '../../src/network/endpoint.ts';
import type { NatGateway } from '../../src/network/gateway.ts';
import type { InterfaceRole, NetworkInterface } from '../../src/network/interface.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../src/network/network-acl.ts';
import type { Network } from '../../src/network/network.ts';
import type { OpaqueGateway } from '../../src/network/opaque-gateway.ts';
import type { Choices, Emission, Mode, Origin, ReplayResult } from '../../src/network/replay.ts';
import type { Resource, Unread } from '../../src/network/resource.ts';
import type { Route, RouteTable, RouteTarget } from '../../src/network/route-table.ts';
import type { SecurityGroup, SecurityGroupRule } from '../../src/network/security-group.ts';
import type { Subnet } from '../../src/network/subnet.ts';
import type { TrafficMatch } from '../../src/network/traffic-match.ts';
import type { InternetGatewayBlockMode, Vpc } from '../../src/network/vpc.ts';
import { replay } from '../../src/trace/index.ts';
import { type TransitWords, transitMaps } from './transit-world.ts';

const source = { file: 'test', place: '' };
const resource = <K extends string>(kind: K, id: string) =>
  ({ kind, id, tags: {}, source }) satisfies Resource & { kind: K };

export function addr(text: string): Address {
  const address = parseAddress(text);
  invariant(address !== undefined, `${text} is an address`);
  return address;
}

export function cidr(text: string): Prefix {
  const prefix = parsePrefix(text);
  invariant(prefix !== undefined, `${text} is a CIDR block`);
  return prefix;
}

export function packet(text: string): Packet {
  const parsed = parsePacket(text);
  invariant(parsed !== undefined, `${text} is a packet`);
  return parsed;
}

/** `all`, `tcp/443`, `tcp/1024-65535`, `icmp`, `icmp/8`, `icmp/3/4`, `47`. */
function match(text: string): TrafficMatch {
  const [name = '', first, second] = text.split('/');
  if (name === 'all') return { protocol: 'all' };
  const protocol = parseProtocol(name);
  invariant(protocol !== undefined, `${name} is a protocol`);
  if (first === undefined) return { protocol };
  if (protocol === 1 || protocol === 58)
    return { protocol, icmp: { type: Number(first), ...(second === undefined ? {} : { code: Number(second) }) } };
  const [from, to = from] = first.split('-').map(Number);
  return { protocol, ports: { from: from ?? 0, to: to ?? 0 } };
}

export interface GroupWords {
  readonly in?: readonly string[] | Unread;
  readonly out?: readonly string[] | Unread;
  readonly vpc?: string;
  readonly associatedVpcs?: readonly string[];
}

/** `tcp/443 10.0.0.0/8`, `all sg-x`, `tcp/443 pl-1`, `all sg-gone stale`, `all sg-far unknown`. */
function rule(id: string, text: string): SecurityGroupRule {
  const [traffic = '', peer = '', mark] = text.split(' ');
  const base = { id, match: match(traffic), source };
  if (peer.startsWith('sg-'))
    return {
      ...base,
      peer: { kind: 'security-group', id: peer, known: mark !== 'unknown', stale: mark === 'stale' },
    };
  if (peer.startsWith('pl-')) return { ...base, peer: { kind: 'prefix-list', id: peer } };
  return { ...base, peer: { kind: 'prefix', prefix: cidr(peer) } };
}

function group(id: string, words: GroupWords): SecurityGroup {
  const rules = (way: 'ingress' | 'egress', list: readonly string[] | Unread = []) =>
    'unread' in list ? list : list.map((text, i) => rule(`${id} ${way} ${i}`, text));
  return {
    ...resource('security-group', id),
    vpc: words.vpc ?? 'vpc-a',
    associatedVpcs: words.associatedVpcs ?? [],
    ingress: rules('ingress', words.in),
    egress: rules('egress', words.out),
  };
}

export interface AclWords {
  readonly in: readonly string[];
  readonly out: readonly string[];
}

/** `100 allow tcp/22 0.0.0.0/0`. */
function entry(text: string): NetworkAclEntry {
  const [number, action, traffic = '', block = ''] = text.split(' ');
  return {
    number: Number(number),
    action: action === 'allow' ? 'allow' : 'deny',
    match: match(traffic),
    prefix: cidr(block),
    source,
  };
}

const sorted = (texts: readonly string[]) => texts.map(entry).sort((a, b) => a.number - b.number);

function acl(id: string, words: AclWords): NetworkAcl {
  return {
    ...resource('network-acl', id),
    vpc: 'vpc-a',
    isDefault: id === 'acl-default',
    inbound: sorted(words.in),
    outbound: sorted(words.out),
  };
}

const kinds: Readonly<Record<string, Exclude<RouteTarget['kind'], 'local' | 'network-interface' | 'unknown'>>> = {
  igw: 'internet-gateway',
  eigw: 'egress-only-internet-gateway',
  nat: 'nat-gateway',
  s3: 'gateway-endpoint',
  fw: 'firewall-endpoint',
  tgw: 'transit-gateway',
  pcx: 'vpc-peering',
  vgw: 'vpn-gateway',
};

function target(id: string): RouteTarget {
  const [word = ''] = id.split('-');
  if (word === 'local') return { kind: 'local' };
  if (word === 'eni') return { kind: 'network-interface', id };
  const kind = kinds[word];
  return kind === undefined ? { kind: 'unknown', id } : { kind, id };
}

/** `10.0.0.0/8 tgw-1`, `pl-1 s3-1`, with `blackhole`, `propagated` or `advertised` behind. */
function route(text: string): Route {
  const [to = '', via = '', ...marks] = text.split(' ');
  const origin = marks.includes('propagated') ? 'propagated' : marks.includes('advertised') ? 'advertised' : 'static';
  return {
    destination: to.startsWith('pl-') ? { kind: 'prefix-list', id: to } : { kind: 'prefix', prefix: cidr(to) },
    target: target(via),
    state: marks.includes('blackhole') ? 'blackhole' : 'active',
    origin: via === 'local' ? 'local' : origin,
    source,
  };
}

export interface SubnetWords {
  readonly cidrs: readonly string[];
  readonly vpc?: string;
  readonly zone?: string;
  readonly table?: string | Unread;
  readonly acl?: string | Unread;
  readonly block?: InternetGatewayBlockMode;
}

export interface InterfaceWords {
  readonly subnet: string;
  /** `10.0.1.5`, or `10.0.1.5=203.0.113.5` with its public address. */
  readonly ips?: readonly string[];
  readonly groups?: readonly string[];
  readonly role?: InterfaceRole;
  readonly instance?: string;
  readonly prefixes?: readonly string[];
  readonly check?: boolean;
  readonly attached?: boolean;
  readonly denyAllIgwTraffic?: boolean;
  readonly pool?: Readonly<Partial<Record<Family, string>>>;
  readonly publicIp?: string;
}

function networkInterface(id: string, words: InterfaceWords, subnets: ReadonlyMap<string, Subnet>): NetworkInterface {
  const pool = Object.entries(words.pool ?? {}).map(([family, text]): [string, Intervals] => [
    family,
    [rangeOf(cidr(text))],
  ]);
  return {
    ...resource('network-interface', id),
    vpc: subnets.get(words.subnet)?.vpc ?? 'vpc-a',
    subnet: words.subnet,
    interfaceType: 'interface',
    role: words.role ?? 'host',
    description: '',
    ...(words.instance === undefined ? {} : { instance: words.instance }),
    groups: words.groups ?? ['sg-open'],
    addresses: (words.ips ?? []).map((text) => {
      const [own = '', outside] = text.split('=');
      return outside === undefined ? { address: addr(own) } : { address: addr(own), publicIp: addr(outside) };
    }),
    prefixes: (words.prefixes ?? []).map(cidr),
    sourceDestCheck: words.check ?? true,
    denyAllIgwTraffic: words.denyAllIgwTraffic ?? false,
    attached: words.attached ?? true,
    ...(words.pool === undefined
      ? {}
      : {
          imaginary: {
            pool: Object.fromEntries(pool),
            ...(words.publicIp === undefined ? {} : { publicIp: addr(words.publicIp) }),
          },
        }),
  };
}

export interface VpcWords {
  readonly cidrs: readonly string[];
  readonly dns?: boolean;
  readonly block?: InternetGatewayBlockMode;
}

export interface Words extends TransitWords {
  readonly vpcs?: Readonly<Record<string, VpcWords>>;
  readonly subnets?: Readonly<Record<string, SubnetWords>>;
  readonly interfaces?: Readonly<Record<string, InterfaceWords>>;
  /** State by instance. */
  readonly instances?: Readonly<Record<string, string>>;
  readonly groups?: Readonly<Record<string, GroupWords>>;
  readonly acls?: Readonly<Record<string, AclWords>>;
  /** Local routes are added where no static route took the block over, unless the table says `bare`. */
  readonly tables?: Readonly<Record<string, readonly string[]>>;
  readonly lists?: Readonly<Record<string, readonly string[] | Unread>>;
  readonly igws?: Readonly<Record<string, { vpc?: string; routeTable?: string }>>;
  readonly eigws?: Readonly<Record<string, string>>;
  readonly peerings?: Readonly<Record<string, readonly [string, string]>>;
  readonly nats?: Readonly<
    Record<string, Partial<Omit<NatGateway, 'addresses'>> & { readonly ips: readonly string[] }>
  >;
  readonly endpoints?: Readonly<Record<string, Partial<VpcEndpoint>>>;
  readonly firewalls?: Readonly<Record<string, readonly string[]>>;
  readonly balancers?: Readonly<Record<string, readonly string[]>>;
  readonly opaque?: Readonly<Record<string, { kind: OpaqueGateway['kind']; vpcs: readonly string[] }>>;
}

const defaults = {
  vpcs: { 'vpc-a': { cidrs: ['10.0.0.0/16', '2600:1f00:a::/56'] } },
  subnets: {
    'subnet-1': { cidrs: ['10.0.1.0/24', '2600:1f00:a:1::/64'], zone: 'az1', table: 'rtb-1' },
    'subnet-2': { cidrs: ['10.0.2.0/24', '2600:1f00:a:2::/64'], zone: 'az2', table: 'rtb-2' },
    'subnet-pub': { cidrs: ['10.0.9.0/24', '2600:1f00:a:9::/64'], zone: 'az1', table: 'rtb-pub' },
  },
  tables: { 'rtb-1': [], 'rtb-2': [], 'rtb-pub': ['0.0.0.0/0 igw-1', '::/0 igw-1'] },
  acls: {
    'acl-default': {
      in: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
      out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
    },
  },
  groups: {
    'sg-open': { in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
    'sg-egr': { out: ['all 0.0.0.0/0', 'all ::/0'] },
  },
  interfaces: {
    'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5', '2600:1f00:a:1::5'] },
    'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5', '2600:1f00:a:2::5'] },
  },
  igws: { 'igw-1': { vpc: 'vpc-a' } },
} satisfies Words;

const table = (id: string, texts: readonly string[], vpcs: ReadonlyMap<string, Vpc>, vpc: string): RouteTable => {
  const routes = texts.filter((text) => text !== 'bare').map(route);
  const taken = (block: Prefix) =>
    routes.some(
      ({ origin, destination: to }) => origin === 'static' && to.kind === 'prefix' && samePrefix(to.prefix, block),
    );
  const local = texts.includes('bare') ? [] : (vpcs.get(vpc)?.cidrs ?? []).filter((block) => !taken(block));
  return {
    ...resource('route-table', id),
    vpc,
    main: false,
    routes: [
      ...local.map((prefix): Route => ({
        destination: { kind: 'prefix', prefix },
        target: { kind: 'local' },
        state: 'active',
        origin: 'local',
        source,
      })),
      ...routes,
    ],
  };
};

const each = <W, T>(
  words: Readonly<Record<string, W>> = {},
  make: (id: string, words: W) => T,
): ReadonlyMap<string, T> => new Map(Object.entries(words).map(([id, value]) => [id, make(id, value)]));

/** The default network with the words laid over it, entry by entry. */
export function world(words: Words = {}): Network {
  const vpcs = each<VpcWords, Vpc>({ ...defaults.vpcs, ...words.vpcs }, (id, { cidrs, dns, block }): Vpc => ({
    ...resource('vpc', id),
    cidrs: cidrs.map(cidr),
    enableDnsSupport: dns ?? true,
    enableDnsHostnames: true,
    internetGatewayBlockMode: block ?? 'off',
  }));
  const subnetWords: Readonly<Record<string, SubnetWords>> = { ...defaults.subnets, ...words.subnets };
  const subnets = each(subnetWords, (id, own): Subnet => ({
    ...resource('subnet', id),
    vpc: own.vpc ?? 'vpc-a',
    cidrs: own.cidrs.map(cidr),
    zone: own.zone ?? 'az1',
    routeTable: own.table ?? 'rtb-1',
    networkAcl: own.acl ?? 'acl-default',
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    ipv6Native: false,
    internetGatewayBlockMode: own.block ?? 'off',
  }));
  const interfaces = each<InterfaceWords, NetworkInterface>(
    { ...defaults.interfaces, ...words.interfaces },
    (id, own) => networkInterface(id, own, subnets),
  );
  const vpcOfTable = (id: string): string => Object.values(subnetWords).find((own) => own.table === id)?.vpc ?? 'vpc-a';
  return {
    vpcs,
    subnets,
    interfaces,
    instances: each(words.instances, (id, state) => ({
      ...resource('instance', id),
      state,
      interfaces: [...interfaces.values()].filter((one) => one.instance === id).map((one) => one.id),
    })),
    securityGroups: each<GroupWords, SecurityGroup>({ ...defaults.groups, ...words.groups }, group),
    networkAcls: each<AclWords, NetworkAcl>({ ...defaults.acls, ...words.acls }, acl),
    routeTables: each<readonly string[], RouteTable>({ ...defaults.tables, ...words.tables }, (id, texts) =>
      table(id, texts, vpcs, vpcOfTable(id)),
    ),
    prefixLists: each(words.lists, (id, entries) => ({
      ...resource('prefix-list', id),
      entries: 'unread' in entries ? entries : entries.map(cidr),
    })),
    internetGateways: each({ ...defaults.igws, ...words.igws }, (id, own) => ({
      ...resource('internet-gateway', id),
      ...own,
    })),
    vpcPeerings: each(words.peerings, (id, ends) => ({ ...resource('vpc-peering', id), vpcs: ends, sameRegion: true })),
    egressOnlyInternetGateways: each(words.eigws, (id, vpc) => ({
      ...resource('egress-only-internet-gateway', id),
      vpc,
    })),
    natGateways: each(words.nats, (id, { ips, ...own }): NatGateway => ({
      ...resource('nat-gateway', id),
      vpc: 'vpc-a',
      availabilityMode: own.subnet === undefined ? 'regional' : 'zonal',
      connectivity: 'public',
      state: 'available',
      ...own,
      addresses: ips.map((text) => {
        const [inside = '', outside, zone] = text.split('=');
        const holder = [...interfaces.values()].find(({ addresses: all }) =>
          all.some(({ address }) => inside !== '' && sameAddress(address, addr(inside))),
        );
        return {
          ...(inside === '' ? {} : { privateIp: addr(inside) }),
          ...(outside === undefined || outside === '' ? {} : { publicIp: addr(outside) }),
          ...(zone === undefined ? {} : { zone }),
          ...(holder === undefined ? {} : { interface: holder.id }),
        };
      }),
    })),
    endpoints: each(words.endpoints, (id, own): VpcEndpoint => ({
      ...resource('vpc-endpoint', id),
      endpointType: 'GatewayLoadBalancer',
      vpc: 'vpc-a',
      serviceName: '',
      state: 'available',
      routeTables: [],
      subnets: [],
      interfaces: [],
      privateDnsEnabled: false,
      ...own,
    })),
    firewalls: each(words.firewalls, (id, endpoints) => ({ ...resource('network-firewall', id), endpoints })),
    loadBalancers: each(words.balancers, (id, own) => ({
      ...resource('load-balancer', id),
      balancerType: 'application' as const,
      scheme: 'internal' as const,
      vpc: 'vpc-a',
      interfaces: own,
      listeners: { unread: 'elbv2 describe-listeners', subject: id },
      crossZone: true,
      enforcesOnPrivateLink: true,
    })),
    firewallPolicies: new Map(),
    ruleGroups: new Map(),
    tlsInspections: new Map(),
    targetGroups: new Map(),
    webAcls: new Map(),
    endpointServices: new Map(),
    serviceNetworks: new Map(),
    latticeServices: new Map(),
    resourceGateways: new Map(),
    resourceConfigurations: new Map(),
    ...transitMaps(words, cidr),
    carrierGateways: new Map(),
    trafficMirrorSessions: new Map(),
    flowLogs: new Map(),
    clientVpnEndpoints: new Map(),
    opaqueGateways: each(words.opaque, (id, own): OpaqueGateway => ({ ...resource(own.kind, id), ...own })),
    dnsFirewallRuleGroups: new Map(),
    dnsFirewallDomainLists: new Map(),
    dnsFirewallAssociations: new Map(),
    resolverEndpoints: new Map(),
    resolverRules: new Map(),
    coverage: [],
    defaults: [],
    warnings: [],
    sources: [],
  };
}

export interface Ask {
  readonly mode?: Mode;
  readonly payload?: Payload;
  readonly sides?: readonly string[];
  readonly not?: readonly string[];
  readonly nat?: Readonly<Record<string, readonly [address: string, port: number]>>;
  readonly emits?: Readonly<Record<string, { readonly packet: string; readonly at: Emission['at'] }>>;
  readonly enters?: string;
  readonly transits?: string;
  readonly returnsBy?: string;
  /** By `tgw-attach-a forward` or `tgw-attach-a return`. */
  readonly zones?: Readonly<Record<string, string>>;
  /** By `tgw-rtb-1 forward` or `tgw-rtb-1 return`. */
  readonly equals?: Readonly<Record<string, string>>;
  readonly pastDenials?: boolean;
}

/** Sends one packet; `from` is an interface, `internet` or `onprem`. Connection mode unless said. */
export function send(network: Network, from: string, text: string, ask: Ask = {}): ReplayResult {
  const origin: Origin = from === 'internet' || from === 'onprem' ? { kind: from } : { kind: 'interface', id: from };
  const choices: Choices = {
    nat: each(ask.nat, (_, [address, port]) => ({ address: addr(address), port })),
    emits: each(ask.emits, (_, emission) => ({ ...emission, packet: packet(emission.packet) })),
    ...(ask.enters === undefined ? {} : { enters: ask.enters }),
    ...(ask.transits === undefined ? {} : { transits: ask.transits }),
    ...(ask.returnsBy === undefined ? {} : { returnsBy: ask.returnsBy }),
    zones: each(ask.zones, (_, subnet) => subnet),
    equals: each(ask.equals, (_, attachment) => attachment),
  };
  const sides = new Map<string, boolean>([
    ...(ask.sides ?? []).map((key): [string, boolean] => [key, true]),
    ...(ask.not ?? []).map((key): [string, boolean] => [key, false]),
  ]);
  return replay({
    network,
    origin,
    packet: packet(text),
    ...(ask.payload === undefined ? {} : { payload: ask.payload }),
    mode: ask.mode ?? 'connection',
    choices,
    sides,
    pastDenials: ask.pastDenials ?? false,
  });
}

/** Where it ended and whether its reply came back: `eni-2`, `internet`, `eni-2 no reply: …`, `denied: KIND ID CODE`. */
export function verdict(result: ReplayResult): string {
  const said = result.blocks.map(
    ({ direction, hop }) =>
      `${direction === 'return' ? 'reply ' : ''}${hop.kind} ${hop.resource}${hop.code === undefined ? '' : ` ${hop.code}`}`,
  );
  const { delivery } = result;
  if (delivery === undefined) return `denied: ${said.join(', ')}`;
  const where = 'id' in delivery ? delivery.id : delivery.kind === 'service' ? delivery.endpoint : delivery.kind;
  return result.replied && said.length === 0
    ? where
    : `${where}, ${result.replied ? 'with' : 'no reply'}: ${said.join(', ')}`;
}
