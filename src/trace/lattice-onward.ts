/** Whatever the members of service networks and shared resources might send for a packet, where nobody has chosen (semantics 14.1, 9.27). */
import type { Packet } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import type { Network } from '../network/network.ts';
import type { Emission, ReplayRequest } from '../network/replay.ts';
import { passes } from '../network/unknown.ts';
import { mayStandAt, serviceAddresses, standsAt } from './lattice-address.ts';
import { type Member, type Membership, membershipsOf } from './lattice-member.ts';
import { forwardsOf } from './listener.ts';
import { destinationsOf } from './target.ts';

/** What an element may send, under the name by which it is chosen. */
export interface Onward {
  readonly by: string;
  readonly emission: Emission;
}

/** Of a packet that has just been sent: out of an interface of an associated VPC, or from a VPC that nobody read. */
export function onwardAtStart(request: ReplayRequest): readonly Onward[] {
  const { network, packet, choices } = request;
  const asked = membershipsAsked(request);
  if (asked.some(({ member }) => choices.emits.has(member.id))) return [];
  return asked.flatMap(({ member }) => onwardByMember(network, member, packet));
}

function membershipsAsked({ network, origin, packet, choices, sides }: ReplayRequest): readonly Membership[] {
  const all = [...network.serviceNetworks.values()];
  if (origin.kind === 'onprem')
    return all.filter(({ id }) => id === choices.enters).flatMap((each) => membershipsOf(network, each));
  const vpc = origin.kind === 'interface' ? network.interfaces.get(origin.id)?.vpc : undefined;
  if (vpc === undefined || !mayStandAt(network, packet.dst)) return [];
  return all
    .filter(({ associations }) => associations.some((each) => each.vpc === vpc))
    .flatMap((each) => membershipsOf(network, each))
    .filter(
      ({ network: by, member }) => standsAt(network, by, member.kind, packet.dst) || sides.get(passes(by.id)) === true,
    );
}

/** To each target or by each interface of the gateway, from the first address that is certain; none where it is not told where to. */
export function onwardByMember(network: Network, member: Member, packet: Packet): readonly Onward[] {
  if (packet.protocol !== protocols.tcp) return [];
  const emissions = member.kind === 'service' ? ofService(network, member, packet) : ofGateway(network, member, packet);
  return emissions.map((emission) => ({ by: member.id, emission }));
}

function ofService(
  network: Network,
  { service }: Extract<Member, { kind: 'service' }>,
  packet: Packet,
): readonly Emission[] {
  return service.listeners
    .filter(({ from, to }) => from <= packet.dstPort && packet.dstPort <= to)
    .flatMap(forwardsOf)
    .flatMap(({ group: id }): readonly Emission[] => {
      const group = network.targetGroups.get(id);
      const vpc = group?.vpc;
      if (group === undefined || vpc === undefined) return [];
      return destinationsOf(network, group).flatMap(({ address: dst, port: dstPort }): readonly Emission[] => {
        const [first] = serviceAddresses(network, service, dst.family);
        if (first === undefined) return [];
        const src = { family: dst.family, value: first.lo };
        return [{ packet: { ...packet, ...own, src, dst, dstPort }, at: { kind: 'vpc', id: vpc } }];
      });
    });
}

function ofGateway(
  network: Network,
  { resource: { address: dst, ports, gateway } }: Extract<Member, { kind: 'resource' }>,
  packet: Packet,
): readonly Emission[] {
  if (dst === undefined || !ports.some(({ from, to }) => from <= packet.dstPort && packet.dstPort <= to)) return [];
  return (network.resourceGateways.get(gateway)?.interfaces ?? []).flatMap((id): readonly Emission[] => {
    const addresses = network.interfaces.get(id)?.addresses ?? [];
    const src = addresses.find(({ address }) => address.family === dst.family)?.address;
    return src === undefined ? [] : [{ packet: { ...packet, ...own, src, dst }, at: { kind: 'interface', id } }];
  });
}

/** Its own port, and a whole packet. */
const own = { srcPort: 1024, fragment: false } as const;
