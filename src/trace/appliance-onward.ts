/** What appliances might do that are taken to send packets on by themselves, for a packet for which nobody has chosen it (semantics 9.25). */
import type { Packet } from '../net/packet.ts';
import { inspectionBehind } from '../network/gateway-load-balancer.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { type Choices, type Emission, nextTurnKey, type ReplayRequest, type ReplayResult } from '../network/replay.ts';
import { forwards, forwardsNat } from '../network/unknown.ts';

/** The choices with one more: at each endpoint that the packet has come to, each way on that some declared side opens. */
export function waysOnward({ network, choices, sides }: ReplayRequest, { hops }: ReplayResult): readonly Choices[] {
  const before = choices.appliances ?? new Map();
  return hops
    .filter(
      ({ kind, resource }, i) =>
        kind === 'firewall-endpoint' && hops.findIndex((one) => one.resource === resource) === i,
    )
    .flatMap(({ resource: id, packet }) => {
      const key = nextTurnKey(before, id);
      const able = (inspectionBehind(network, id)?.appliances ?? []).filter(
        ({ interface: nic }) => sides.get(forwards(nic)) === true || sides.get(forwardsNat(nic)) === true,
      );
      return able.flatMap(({ interface: by }) =>
        emissionsOf(network, by, packet, sides.get(forwardsNat(by)) === true).map((emission): Choices => ({
          ...choices,
          emits: new Map([...choices.emits, [by, emission]]),
          appliances: new Map([...before, [key, { by, onward: true }]]),
        })),
      );
    });
}

/** By each interface of its instance, unchanged or as from that one. */
function emissionsOf(network: Network, by: string, packet: Packet, translates: boolean): readonly Emission[] {
  const at = network.interfaces.get(by);
  const all = [...network.interfaces.values()].filter(({ id, instance }) =>
    id === by ? true : instance !== undefined && instance === at?.instance,
  );
  return all.map((out): Emission => ({
    packet: translates ? { ...packet, src: ownOf(out, packet) } : packet,
    at: { kind: 'interface', id: out.id },
  }));
}

const ownOf = ({ addresses }: NetworkInterface, { src }: Packet): Packet['src'] =>
  addresses.find(({ address }) => address.family === src.family)?.address ?? src;
