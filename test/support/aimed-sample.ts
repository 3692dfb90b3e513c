/** Packets between VPCs, of which random ones are few. */
import type { Network } from '../../src/network/network.ts';
import { type Chance, draw } from './random.ts';
import { type Sample, sample } from './samples.ts';

/** Most are for another VPC's host, and over TCP. */
export function aimed({ interfaces }: Network, one: Sample, chance: Chance): Sample {
  const { origin, packet } = one.request;
  const vpc = origin.kind === 'interface' ? interfaces.get(origin.id)!.vpc : undefined;
  const others = [...interfaces.values()].filter((nic) => nic.vpc !== vpc && nic.role === 'host');
  const dst = draw(
    chance,
    others.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
  );
  if (vpc === undefined || dst?.family !== packet.src.family || chance.in100(30)) return one;
  const { tcpFlags: _, ...plain } = packet;
  const asked = {
    ...plain,
    dst,
    protocol: 6,
    srcPort: 40_000,
    dstPort: 443,
    icmpType: 0,
    icmpCode: 0,
    fragment: false,
  };
  return sample({ ...one.request, packet: asked });
}
