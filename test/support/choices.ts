/** What a snapshot does not settle: the sides of unknowns, and what AWS, guests and opaque elements choose. */
import { type Address, sameAddress } from '../../src/net/address.ts';
import type { Packet } from '../../src/net/packet.ts';
import { isBalancing } from '../../src/network/balancing.ts';
import { clientVpnsOf, linesOf } from '../../src/network/line.ts';
import type { Forward, LoadBalancer } from '../../src/network/load-balancer.ts';
import type { Network } from '../../src/network/network.ts';
import type { OpaqueGateway } from '../../src/network/opaque-gateway.ts';
import { type Choices, type Emission, type Sides, turnKey } from '../../src/network/replay.ts';
import { balancersBehind, isUsedElsewhere, serviceBehind } from '../../src/network/private-link.ts';
import { isUnread, unreadKey } from '../../src/network/resource.ts';
import {
  certified,
  continues,
  forwards,
  forwardsNat,
  handsOver,
  matches,
  members,
  passes,
  prefers,
  returns,
  transitBy,
  up,
} from '../../src/network/unknown.ts';
import { applianceChoices, applianceUnknowns, appliancesOf } from './appliance-choices.ts';
import { type Boundaries, ofFamily } from './boundaries.ts';
import { latticeEmissions, latticeUnknowns } from './lattice-choices.ts';
import { type Chance, draw } from './random.ts';

/** The balancer that the node belongs to, else the node itself. */
export const balancerOf = (network: Network, id: string): string =>
  [...network.loadBalancers.values()].find(({ interfaces }) => interfaces.includes(id))?.id ?? id;

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
      ...endpoints.flatMap(({ id }) => [passes(firewallOf(id)), returns(id)]),
      ...guests.flatMap(({ id }) => [forwards(id), forwardsNat(id)]),
      ...[...network.instances.values()].filter(({ state }) => state !== 'running').map(({ id }) => up(id)),
      ...[...network.opaqueGateways.values()].map(({ id }) => passes(id)),
      ...[...network.endpointServices.values()].filter(isUsedElsewhere).map(({ id }) => passes(id)),
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
      ...[...network.vpnGateways.values()].map(({ id }) => passes(id)),
      ...[...network.vpnConnections.values()].filter((one) => one.up === false).map(({ id }) => up(id)),
      ...[...network.transitGatewayRouteTables.values()].flatMap(({ id, routes, learns }) => [
        ...(learns === undefined ? [] : [unreadKey(learns), passes(id)]),
        ...(isUnread(routes)
          ? [unreadKey(routes)]
          : routes.flatMap(({ state, attachments }) => (state === 'unknown' ? [up(attachments[0] ?? id)] : []))),
      ]),
      ...linesOf(network).map((id) => returns(id)),
      ...(network.targetGroups.size > 0 ? ['fact:12.10', 'fact:12.10-health', 'fact:12.16'] : []),
      ...[...network.directConnectGateways.values()].flatMap(({ id, unread }) => [
        transitBy(id),
        up(id),
        passes(id),
        ...(unread === undefined ? [] : [unreadKey(unread)]),
      ]),
      ...[...network.transitGatewayAttachments.values()].flatMap(({ id, behind }) =>
        behind.kind === 'on-premises' && network.directConnectGateways.has(behind.id) ? [passes(id)] : [],
      ),
      ...[...network.vpnGateways.values()].flatMap(({ unreadAssociation: unread }) =>
        unread === undefined ? [] : [unreadKey(unread)],
      ),
      ...[...network.transitGatewayAttachments.values()].flatMap(({ id, behind }) =>
        behind.kind === 'network-function' ? [passes(behind.firewall ?? id), returns(id)] : [],
      ),
      ...[...network.clientVpnEndpoints.values()].flatMap(({ id, associations, routes, authorizationRules }) => [
        passes(id),
        up(id),
        ...[associations, routes, authorizationRules].flatMap((told) => (isUnread(told) ? [unreadKey(told)] : [])),
      ]),
      ...clientVpnNics(network).flatMap(({ id }) => [passes(id), handsOver(id)]),
      ...firewallUnknowns(network),
      ...latticeUnknowns(network),
      ...applianceUnknowns(network),
      ...([...network.transitGatewayRouteTables.values()].some(({ learns }) => learns !== undefined)
        ? ['fact:7.5-learnt']
        : []),
      'fact:2.15-spoofed',
      'fact:1.17',
    ]),
  ];
}

/** Interfaces that Client VPN made. */
const clientVpnNics = ({ interfaces }: Network) =>
  [...interfaces.values()].filter(
    ({ role, description }) => role === 'other-service' && description.startsWith('ClientVPN'),
  );

/** Those of policies that were read. */
function firewallUnknowns({ firewalls, firewallPolicies, ruleGroups, tlsInspections }: Network): readonly string[] {
  if (firewallPolicies.size === 0) return [];
  const rules = [...ruleGroups.values()].flatMap((group) =>
    group.kind === 'stateful-rule-group' && !isUnread(group.rules)
      ? group.rules.map(({ text }, i) => {
          const sid = /\bsid:(\d+);/.exec(text)?.[1];
          return matches(group.id, sid === undefined ? `line:${i + 1}` : `sid:${sid}`);
        })
      : [passes(group.id)],
  );
  return [
    ...rules,
    ...[...firewalls.keys()].map((id) => continues(id)),
    ...[...firewallPolicies.keys()].map((id) => passes(id)),
    ...[...tlsInspections.keys()].map((id) => certified(id)),
    'fact:10.16',
    'fact:10.21',
    'fact:10.42',
    'fact:10.69',
    'fact:10.69-handshake',
  ];
}

export function drawSides(keys: readonly string[], declared: Sides, chance: Chance): Sides {
  const fate = chance.below(10);
  const sides = new Map(keys.map((key) => [key, fate < 4 ? true : fate < 6 ? false : chance.in100(50)]));
  // A guest that translates and one that does not are two guests.
  for (const key of keys)
    if (key.endsWith(',nat') && sides.get(key) === true && chance.in100(50)) sides.set(key, false);
  // What is declared to drop packets drops more than what nobody speaks of.
  for (const key of keys)
    if (/^passes:(?:sn|svc|rcfg)-/.test(key) && sides.get(key) === false && chance.in100(50)) sides.delete(key);
  return new Map([...sides, ...declared]);
}

/** What an opaque gateway makes of a packet: mostly the same. */
export function emitted(boundaries: Boundaries, packet: Packet, chance: Chance): Packet {
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

const anywhere = ({ vpcs }: Network, chance: Chance): Emission['at'] =>
  chance.one<Emission['at']>([
    { kind: 'vpc', id: chance.one([...vpcs.keys()]) },
    { kind: 'internet' },
    { kind: 'onprem' },
  ]);

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
  const appliances = new Set(appliancesOf(network).map(({ id }) => id));
  for (const { id, role, sourceDestCheck, instance } of network.interfaces.values()) {
    if (!appliances.has(id) && (role !== 'host' || sourceDestCheck)) continue;
    const siblings = [...network.interfaces.values()].filter((other) => other.id === id || other.instance === instance);
    const out = chance.in100(50) ? network.interfaces.get(id)! : chance.one(siblings);
    const own = out.addresses.find(({ address }) => address.family === packet.src.family)?.address;
    nat.set(id, { address: own ?? packet.src, port: chance.in100(50) ? chance.one(boundaries.ports) : 50000 });
    emits.set(id, { packet: { ...packet, src: own ?? packet.src }, at: { kind: 'interface', id: out.id } });
  }
  for (const gateway of network.opaqueGateways.values())
    emits.set(gateway.id, { packet: emitted(boundaries, packet, chance), at: emergence(network, gateway, chance) });
  for (const balancer of network.loadBalancers.values()) {
    const emission = isBalancing(network, balancer) ? balanced(network, balancer, packet, chance) : undefined;
    if (emission !== undefined) emits.set(balancer.id, emission);
  }
  for (const { id } of network.endpoints.values()) {
    const { loadBalancers = [] } = serviceBehind(network, id) ?? {};
    const behind = isUnread(loadBalancers) ? undefined : network.loadBalancers.get(loadBalancers[0] ?? '');
    const emission = behind && balanced(network, behind, packet, chance, true);
    if (emission !== undefined) emits.set(id, emission);
  }
  for (const { id, role, addresses } of network.interfaces.values()) {
    if (role !== 'load-balancer' || emits.has(balancerOf(network, id))) continue;
    const own = addresses.find(({ address }) => address.family === packet.src.family)?.address ?? packet.src;
    const target = draw(chance, ofFamily(packet.src.family, boundaries.held)) ?? packet.dst;
    const kept = chance.in100(30) ? packet.src : own;
    emits.set(balancerOf(network, id), {
      packet: { ...packet, src: kept, dst: target },
      at: { kind: 'interface', id },
    });
  }
  for (const { id, associations } of network.clientVpnEndpoints.values()) {
    const own = isUnread(associations)
      ? []
      : addressesOf(
          network,
          associations.flatMap((one) => one.interfaces),
        );
    const address = draw(
      chance,
      own.filter(({ family }) => family === 'ipv4'),
    );
    if (address !== undefined) nat.set(id, { address, port: chance.in100(50) ? chance.one(boundaries.ports) : 50000 });
  }
  for (const { id, addresses } of clientVpnNics(network)) {
    const sent = emitted(boundaries, packet, chance);
    const own = addresses.find(({ address }) => address.family === packet.src.family)?.address;
    const src = own === undefined || chance.in100(20) ? sent.src : own;
    emits.set(id, { packet: { ...sent, src }, at: { kind: 'interface', id } });
  }
  for (const [id, emission] of latticeEmissions(network, boundaries, packet, chance)) emits.set(id, emission);
  const inspected = applianceChoices(network, chance);
  for (const id of inspected.keys())
    if (network.endpoints.has(id))
      emits.set(id, { packet: emitted(boundaries, packet, chance), at: anywhere(network, chance) });
  const services = [...network.endpointServices.values()].filter(isUsedElsewhere);
  for (const service of services) {
    const behind = balancersBehind(network, service);
    const anything = (): Emission => ({ packet, at: { kind: 'vpc', id: chance.one([...network.vpcs.keys()]) } });
    const emission = behind === undefined ? anything() : balanced(network, chance.one(behind), packet, chance, true);
    if (emission !== undefined) emits.set(service.id, emission);
  }
  const lines = linesOf(network);
  const entrances = [
    ...services.map(({ id }) => id),
    ...network.serviceNetworks.keys(),
    ...clientVpnsOf(network),
    ...clientVpnNics(network).map(({ id }) => id),
    ...[...network.opaqueGateways.values()].filter(({ kind }) => kind !== 'vpc-peering').map(({ id }) => id),
    ...lines,
  ];
  const guests = [...network.interfaces.values()].filter(({ sourceDestCheck }) => !sourceDestCheck).map(({ id }) => id);
  return {
    nat,
    emits,
    ...(entrances.length > 0 && chance.in100(lines.length > 0 ? 70 : 30) ? { enters: chance.one(entrances) } : {}),
    ...(lines.length > 0 && chance.in100(20) ? { returnsBy: chance.one(lines) } : {}),
    ...(lines.length > 0 && chance.in100(30) ? { transits: chance.one(lines) } : {}),
    ...waysOf(network, chance),
    ...(inspected.size > 0 ? { appliances: inspected } : {}),
    ...(guests.length > 0 && chance.in100(30) ? { keeps: chance.one(guests) } : {}),
    ...(chance.in100(20) ? { repliesBy: chance.one([...network.interfaces.keys()]) } : {}),
  };
}

/** What a node of the balancer might send to one of its targets: mostly of the listener that the packet is for. */
export function balanced(
  network: Network,
  balancer: LoadBalancer,
  packet: Packet,
  chance: Chance,
  hidden = false,
): Emission | undefined {
  const holds = (id: string): boolean =>
    network.interfaces
      .get(id)!
      .addresses.some(({ address, publicIp }) =>
        [address, publicIp].some((one) => one && sameAddress(one, packet.dst)),
      );
  const node = balancer.interfaces.find(holds) ?? draw(chance, balancer.interfaces);
  const all = isUnread(balancer.listeners) ? [] : balancer.listeners;
  const listener = all.find(({ from, to }) => from <= packet.dstPort && packet.dstPort <= to) ?? draw(chance, all);
  const forward = draw(chance, isUnread(listener?.forwards ?? []) ? [] : (listener!.forwards as readonly Forward[]));
  const group = network.targetGroups.get(forward?.group ?? '');
  const target = group && draw(chance, isUnread(group.targets) ? [] : group.targets);
  if (node === undefined || target === undefined || target.kind === 'lambda') return undefined;
  const dst =
    target.kind === 'load-balancer'
      ? draw(chance, addressesOf(network, network.loadBalancers.get(target.id)!.interfaces))
      : target.address;
  const own = draw(
    chance,
    addressesOf(network, [node]).filter(({ family }) => family === dst?.family),
  );
  if (dst === undefined || own === undefined) return undefined;
  const keeps = !hidden && (group!.preservesClientIp === true) !== chance.in100(10) && dst.family === packet.src.family;
  return {
    packet: {
      ...packet,
      ...(keeps ? {} : { src: own, srcPort: 2048 + chance.below(8), fragment: false }),
      dst,
      dstPort: target.port,
    },
    at: { kind: 'interface', id: node },
  };
}

const addressesOf = (network: Network, ids: readonly string[]): readonly Address[] =>
  ids.flatMap((id) => network.interfaces.get(id)!.addresses.map(({ address }) => address));

/** By attachment the zone, by table the one of equal routes, both ways, and not always the same when they come again. */
function waysOf(
  { transitGatewayAttachments, transitGatewayRouteTables }: Network,
  chance: Chance,
): Pick<Choices, 'zones' | 'equals'> {
  const attachments = [...transitGatewayAttachments.values()];
  const both = ['forward', 'return'].flatMap((way) => [1, 2, 3].map((turn) => turnKey(way, turn)));
  const zones = attachments.flatMap(({ id, behind }) =>
    behind.kind === 'vpc' || (behind.kind === 'network-function' && behind.zones !== undefined)
      ? both.map((way) => [`${id} ${way}`, chance.one(behind.kind === 'vpc' ? behind.subnets : behind.zones!)] as const)
      : [],
  );
  const equals = [...transitGatewayRouteTables.values()].flatMap(({ id }) =>
    both.map((way) => [`${id} ${way}`, chance.one(attachments).id] as const),
  );
  return attachments.length === 0 ? {} : { zones: new Map(zones), equals: new Map(equals) };
}
