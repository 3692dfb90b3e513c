/** A packet followed through the balancers that it comes to: each sends it to one of its targets, drawn when it is there. */
import { isBalancing } from '../../src/network/balancing.ts';
import { type Emission, nextTurnKey } from '../../src/network/replay.ts';
import { balanced } from './choices.ts';
import type { Chance } from './random.ts';
import { type Sample, sample } from './samples.ts';

/** How often a flow is sent on before it is given up. */
const longest = 7;

/** The same flow, but for what balancers send; `ports` are those that they send from, unless they keep the client's. */
export function sentOnward({ request }: Sample, chance: Chance, ports?: readonly number[]): Sample {
  const { network, choices } = request;
  const balancers = [...network.loadBalancers.values()].filter((one) => isBalancing(network, one));
  const own = new Set(balancers.map(({ id }) => id));
  const emits = new Map([...choices.emits].filter(([key]) => !own.has(key)));
  for (let left = longest; ; left--) {
    const found = sample({ ...request, choices: { ...choices, emits: new Map(emits) } });
    const { delivery, hops } = found.result;
    const at = delivery?.kind === 'interface' ? delivery.id : undefined;
    const balancer = balancers.find(({ interfaces }) => interfaces.some((id) => id === at));
    const came = hops.at(-1)?.packet;
    const sent = balancer && came && left > 0 ? balanced(network, balancer, came, chance) : undefined;
    if (balancer === undefined || came === undefined || sent === undefined) return found;
    const kept = ports === undefined || sent.packet.srcPort === came.srcPort;
    const emission: Emission = kept ? sent : { ...sent, packet: { ...sent.packet, srcPort: chance.one(ports) } };
    emits.set(nextTurnKey(emits, balancer.id), emission);
  }
}
