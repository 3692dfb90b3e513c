/** What VPC Lattice leaves open in a network, and what its services and resource gateways might send for a packet. */
import type { Address } from '../../src/net/address.ts';
import { contains } from '../../src/net/interval.ts';
import type { Packet } from '../../src/net/packet.ts';
import { latticeAddresses } from '../../src/net/special.ts';
import type { Forward } from '../../src/network/load-balancer.ts';
import type { Network } from '../../src/network/network.ts';
import type { Emission } from '../../src/network/replay.ts';
import type { SharedResource } from '../../src/network/resource-configuration.ts';
import { isUnread, unreadKey } from '../../src/network/resource.ts';
import { conditionOf } from '../../src/network/state.ts';
import type { LatticeService } from '../../src/network/service-network.ts';
import { passes, up } from '../../src/network/unknown.ts';
import { type Boundaries, ofFamily } from './boundaries.ts';
import { type Chance, draw } from './random.ts';

const sharedIn = ({ resourceConfigurations }: Network): readonly SharedResource[] => [
  ...new Map(
    [...resourceConfigurations.values()].flatMap(({ resources }) => resources.map((one) => [one.id, one] as const)),
  ).values(),
];

/** Their keys; none where there is no service network and nothing shared. */
export function latticeUnknowns(network: Network): readonly string[] {
  const { serviceNetworks, latticeServices, resourceConfigurations, resourceGateways } = network;
  const states = [
    ...[...serviceNetworks.values()].flatMap(({ associations, services, resources }) => [
      ...associations,
      ...[...services, ...resources].map(({ association: id, state }) => ({ id, state })),
    ]),
    ...latticeServices.values(),
    ...resourceConfigurations.values(),
    ...sharedIn(network),
    ...resourceGateways.values(),
  ];
  return [
    ...[...serviceNetworks.values()].flatMap(({ id, associations }) => [
      passes(id),
      ...associations.flatMap(({ groups }) => (isUnread(groups) ? [unreadKey(groups)] : [])),
    ]),
    ...[...latticeServices.keys()].map((id) => passes(id)),
    ...sharedIn(network).map(({ id }) => passes(id)),
    ...[...network.endpoints.values()]
      .filter(({ endpointType }) => endpointType === 'Resource' || endpointType === 'ServiceNetwork')
      .map(({ id }) => passes(id)),
    ...states.flatMap(({ id, state }) => (conditionOf(state) === 'changing' ? [up(id)] : [])),
    ...(latticeServices.size > 0 ? ['fact:12.10-health'] : []),
  ];
}

/** By service and by shared resource: mostly what it does send for a packet at that port. */
export function latticeEmissions(
  network: Network,
  boundaries: Boundaries,
  packet: Packet,
  chance: Chance,
): ReadonlyMap<string, Emission> {
  const emits = new Map<string, Emission>();
  if (network.latticeServices.size + network.resourceConfigurations.size === 0) return emits;
  const srcPort = chance.in100(50) ? chance.one(boundaries.ports.filter((port) => port >= 1024)) : 50_000;
  const sent = { ...packet, srcPort, fragment: chance.in100(3) };
  for (const service of network.latticeServices.values()) {
    const emission = ofService(network, boundaries, service, sent, chance);
    if (emission !== undefined) emits.set(service.id, emission);
  }
  for (const shared of sharedIn(network)) {
    const emission = ofResource(network, boundaries, shared, sent, chance);
    if (emission !== undefined) emits.set(shared.id, emission);
  }
  return emits;
}

function ofService(
  network: Network,
  boundaries: Boundaries,
  { listeners }: LatticeService,
  packet: Packet,
  chance: Chance,
): Emission | undefined {
  const listener = listeners.find(({ from }) => from === packet.dstPort) ?? draw(chance, listeners);
  const forwards = listener === undefined || isUnread(listener.forwards) ? [] : listener.forwards;
  const forward = draw<Forward>(chance, forwards);
  const group = network.targetGroups.get(forward?.group ?? '');
  const target = group && draw(chance, isUnread(group.targets) ? [] : group.targets);
  if (group?.vpc === undefined || target === undefined || !('address' in target)) return undefined;
  const { family } = target.address;
  const own = ofFamily(family, boundaries.others).filter(({ value }) => contains(latticeAddresses[family], value));
  const src = draw(chance, own);
  return src === undefined
    ? undefined
    : { packet: { ...packet, src, dst: target.address, dstPort: target.port }, at: { kind: 'vpc', id: group.vpc } };
}

function ofResource(
  network: Network,
  boundaries: Boundaries,
  { gateway, address }: SharedResource,
  packet: Packet,
  chance: Chance,
): Emission | undefined {
  const id = draw(chance, network.resourceGateways.get(gateway)?.interfaces ?? []);
  const dst = address ?? draw(chance, ofFamily('ipv4', [...boundaries.held, ...boundaries.outside]));
  const held = network.interfaces.get(id ?? '')?.addresses.map((one): Address => one.address) ?? [];
  const src = dst && draw(chance, ofFamily(dst.family, held));
  return id === undefined || dst === undefined || src === undefined
    ? undefined
    : { packet: { ...packet, src, dst }, at: { kind: 'interface', id } };
}
