/** Concrete packets thrown at a network: where each went, by the tracer, under which sides and choices. */
import type { Address } from '../../src/net/address.ts';
import { type Packet, formatPacket } from '../../src/net/packet.ts';
import { hasPorts, protocols } from '../../src/net/protocol.ts';
import { abilities, type NetworkInterface } from '../../src/network/interface.ts';
import type { OpaqueGateway } from '../../src/network/opaque-gateway.ts';
import type { Network } from '../../src/network/network.ts';
import type { Choices, Emission, Origin, ReplayRequest, ReplayResult, Sides } from '../../src/network/replay.ts';
import { forwards, forwardsNat, handsOver, members, passes, prefers, up } from '../../src/network/unknown.ts';
import { replay } from '../../src/trace/index.ts';
import { type Boundaries, boundariesOf, familiesOf, ofFamily } from './boundaries.ts';
import type { Chance } from './random.ts';

export interface Sample {
  readonly request: ReplayRequest;
  /** Of a connection: `delivery` tells whether the packet arrived, `replied` whether its reply came back. */
  readonly result: ReplayResult;
}

/** Every unknown of the network whose sides the tracer asks for. */
export function unknownsOf(network: Network): readonly string[] {
  const firewallOf = (endpoint: string): string =>
    [...network.firewalls.values()].find(({ endpoints }) => endpoints.includes(endpoint))?.id ?? endpoint;
  const endpoints = [...network.endpoints.values()].filter(
    ({ endpointType }) => endpointType === 'GatewayLoadBalancer',
  );
  const guests = [...network.interfaces.values()].filter(
    ({ role, sourceDestCheck }) => role === 'host' && !sourceDestCheck,
  );
  const nodes = [...network.interfaces.values()].filter(({ role }) => role === 'load-balancer');
  const balancers = nodes.map(({ id }) => balancerOf(network, id));
  return [
    ...new Set([
      ...endpoints.map(({ id }) => passes(firewallOf(id))),
      ...guests.flatMap(({ id }) => [forwards(id), forwardsNat(id)]),
      ...[...network.instances.values()].filter(({ state }) => state !== 'running').map(({ id }) => up(id)),
      ...[...network.opaqueGateways.values()].map(({ id }) => passes(id)),
      ...balancers.map((id) => passes(id)),
      ...[...network.endpoints.values()]
        .filter(({ endpointType }) => endpointType === 'Interface')
        .map(({ id }) => passes(id)),
      ...guests.map(({ id }) => passes(id)),
      ...[...network.natGateways.values()].filter(({ state }) => state === 'pending').map(({ id }) => up(id)),
      ...[...network.routeTables.values()].flatMap(({ id, routes }) => {
        const lists = routes.flatMap(({ destination }) => (destination.kind === 'prefix-list' ? [destination.id] : []));
        return lists.length > 1 ? lists.map((list) => prefers(id, list)) : [];
      }),
      members('sg-elsewhere'),
      ...(network.opaqueGateways.size > 0 ? [...network.securityGroups.keys()].map((id) => members(id)) : []),
      ...[...network.natGateways.values()].filter(({ subnet }) => subnet === undefined).map(({ id }) => passes(id)),
      ...[...network.opaqueGateways.keys()].map((id) => handsOver(id)),
      ...balancers.map((id) => handsOver(id)),
      'fact:2.15-spoofed',
      'fact:1.17',
    ]),
  ];
}

/** Draws and traces `count` packets that agree with the sides declared. */
export function drawSamples(network: Network, declared: Sides, count: number, chance: Chance): readonly Sample[] {
  const boundaries = boundariesOf(network);
  const keys = unknownsOf(network);
  const origins: Origin[] = [
    ...[...network.interfaces.values()]
      .filter(({ role }) => abilities[role].starts)
      .map(({ id }): Origin => ({ kind: 'interface', id })),
    { kind: 'internet' },
    ...(network.opaqueGateways.size > 0 ? [{ kind: 'onprem' } as const] : []),
  ];
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const origin = chance.one(origins);
    const packet = drawPacket(network, boundaries, origin, chance);
    if (packet === undefined) continue;
    const sides = drawSides(keys, declared, chance);
    samples.push(
      sample({
        network,
        origin,
        packet,
        mode: 'connection',
        choices: drawChoices(network, boundaries, packet, chance),
        sides,
        pastDenials: false,
      }),
    );
  }
  return samples;
}

export const sample = (request: ReplayRequest): Sample => ({ request, result: replay(request) });

/** The balancer that the node belongs to, else the node itself. */
export const balancerOf = (network: Network, id: string): string =>
  [...network.loadBalancers.values()].find(({ interfaces }) => interfaces.includes(id))?.id ?? id;

/** What an opaque gateway makes of a packet: mostly the same. */
function emitted(boundaries: Boundaries, packet: Packet, chance: Chance): Packet {
  const anything = ofFamily(packet.src.family, [...boundaries.held, ...boundaries.mapped, ...boundaries.outside]);
  const src = chance.in100(15) ? (draw(chance, anything) ?? packet.src) : packet.src;
  const dst = chance.in100(30) ? (draw(chance, anything) ?? packet.dst) : packet.dst;
  return { ...packet, src, dst };
}

function emergence(network: Network, { kind, vpcs }: OpaqueGateway, chance: Chance): Emission['at'] {
  if (vpcs.length > 0 && (kind === 'vpc-peering' || chance.in100(50))) return { kind: 'vpc', id: chance.one(vpcs) };
  const attached = [...network.interfaces.values()].filter(({ role }) => role === 'transit-gateway-attachment');
  if (kind === 'transit-gateway' && attached.length > 0 && chance.in100(60))
    return { kind: 'subnet', id: chance.one(attached).subnet };
  return { kind: chance.one(['internet', 'onprem']) };
}

/** What replays a sample, in one line. */
export const describeSample = ({ request }: Sample): string =>
  JSON.stringify({
    origin: request.origin,
    packet: formatPacket(request.packet),
    sides: Object.fromEntries(request.sides),
    nat: Object.fromEntries(
      [...request.choices.nat].map(([id, { address, port }]) => [id, `${address.value}:${port}`]),
    ),
    emits: Object.fromEntries(
      [...request.choices.emits].map(([id, { packet, at }]) => [
        id,
        `${formatPacket(packet)} at ${at.kind} ${'id' in at ? at.id : ''}`,
      ]),
    ),
    enters: request.choices.enters,
    keeps: request.choices.keeps,
    repliesBy: request.choices.repliesBy,
  });

export function drawSides(keys: readonly string[], declared: Sides, chance: Chance): Sides {
  const fate = chance.below(10);
  const sides = new Map(keys.map((key) => [key, fate < 4 ? true : fate < 6 ? false : chance.in100(50)]));
  // A guest that translates and one that does not are two guests.
  for (const key of keys)
    if (key.endsWith(',nat') && sides.get(key) === true && chance.in100(50)) sides.set(key, false);
  return new Map([...sides, ...declared]);
}

function drawPacket(network: Network, boundaries: Boundaries, origin: Origin, chance: Chance): Packet | undefined {
  const family = chance.one(familiesOf(boundaries));
  const of = (addresses: readonly Address[]): readonly Address[] => ofFamily(family, addresses);
  const outside = of(boundaries.outside);
  const source = origin.kind === 'interface' ? of(addressesOf(network.interfaces.get(origin.id)!)) : outside;
  const anything = of([...boundaries.held, ...boundaries.mapped, ...boundaries.others, ...boundaries.outside]);
  const src = draw(chance, chance.in100(94) ? source : anything);
  const [mapped, held] = [of(boundaries.mapped), of(boundaries.held)];
  const pools =
    origin.kind === 'interface'
      ? [held, held, held, outside, outside, outside, mapped, of(boundaries.others)]
      : [mapped, mapped, mapped, held];
  const dst = draw(chance, chance.one(pools)) ?? draw(chance, anything);
  if (src === undefined || dst === undefined) return undefined;
  if (chance.in100(2)) return resolverQuery(network, src, chance);
  const protocol = chance.in100(60) ? 6 : chance.one(boundaries.protocols);
  const icmp = protocol === (family === 'ipv4' ? protocols.icmp : protocols.icmpv6);
  const [icmpType, icmpCode] = icmp ? chance.one(boundaries.icmp) : [0, 0];
  const port = (): number => (chance.in100(60) ? chance.one(boundaries.ports) : 40000);
  const ports = hasPorts(protocol);
  return {
    src,
    dst,
    protocol,
    srcPort: ports ? port() : 0,
    dstPort: ports ? (chance.in100(40) ? 443 : port()) : 0,
    icmpType,
    icmpCode,
    fragment: chance.in100(4),
  };
}

function resolverQuery(network: Network, src: Address, chance: Chance): Packet {
  const own = [...network.vpcs.values()].flatMap(({ cidrs }) => cidrs.slice(0, 1)).map(({ base }) => base + 2n);
  const value = src.family === 'ipv6' ? 0xfd00_0ec2n * (1n << 96n) + 0x253n : chance.one([...own, 0xa9fe_a9fdn]);
  const dst = { family: src.family, value };
  return { src, dst, protocol: 17, srcPort: 40000, dstPort: 53, icmpType: 0, icmpCode: 0, fragment: false };
}

const draw = <T>(chance: Chance, of: readonly T[]): T | undefined => (of.length === 0 ? undefined : chance.one(of));

/** The interface's own addresses, the ends of its delegated blocks among them. */
export const addressesOf = ({
  addresses,
  prefixes,
}: Pick<NetworkInterface, 'addresses' | 'prefixes'>): readonly Address[] => [
  ...addresses.map(({ address }) => address),
  ...prefixes.map(({ family, base }) => ({ family, value: base + 1n })),
];

export function drawChoices(network: Network, boundaries: Boundaries, packet: Packet, chance: Chance): Choices {
  const nat = new Map<string, { address: Address; port: number }>();
  for (const { id, addresses } of network.natGateways.values()) {
    const all = addresses
      .map(({ privateIp, publicIp }) => privateIp ?? publicIp)
      .filter((address) => address !== undefined);
    const ports = boundaries.ports.filter((port) => port >= 1024);
    if (all.length > 0) nat.set(id, { address: chance.one(all), port: chance.in100(50) ? chance.one(ports) : 50000 });
  }
  const emits = new Map<string, Emission>();
  for (const { id, role, sourceDestCheck, instance } of network.interfaces.values()) {
    if (role !== 'host' || sourceDestCheck) continue;
    const siblings = [...network.interfaces.values()].filter((other) => other.id === id || other.instance === instance);
    const out = chance.in100(50) ? network.interfaces.get(id)! : chance.one(siblings);
    const own = out.addresses.find(({ address }) => address.family === packet.src.family)?.address;
    nat.set(id, { address: own ?? packet.src, port: chance.in100(50) ? chance.one(boundaries.ports) : 50000 });
    emits.set(id, { packet: { ...packet, src: own ?? packet.src }, at: { kind: 'interface', id: out.id } });
  }
  for (const gateway of network.opaqueGateways.values())
    emits.set(gateway.id, { packet: emitted(boundaries, packet, chance), at: emergence(network, gateway, chance) });
  for (const { id, role, addresses } of network.interfaces.values()) {
    if (role !== 'load-balancer') continue;
    const own = addresses.find(({ address }) => address.family === packet.src.family)?.address ?? packet.src;
    const target = draw(chance, ofFamily(packet.src.family, boundaries.held)) ?? packet.dst;
    const kept = chance.in100(30) ? packet.src : own;
    emits.set(balancerOf(network, id), {
      packet: { ...packet, src: kept, dst: target },
      at: { kind: 'interface', id },
    });
  }
  const entrances = [...network.opaqueGateways.values()]
    .filter(({ kind }) => kind !== 'vpc-peering')
    .map(({ id }) => id);
  const guests = [...network.interfaces.values()].filter(({ sourceDestCheck }) => !sourceDestCheck).map(({ id }) => id);
  return {
    nat,
    emits,
    ...(entrances.length > 0 && chance.in100(30) ? { enters: chance.one(entrances) } : {}),
    ...(guests.length > 0 && chance.in100(30) ? { keeps: chance.one(guests) } : {}),
    ...(chance.in100(20) ? { repliesBy: chance.one([...network.interfaces.keys()]) } : {}),
  };
}
