/** What AWS services' interfaces bring in or ask, as choices of a sample; and every unknown that the tracer asks for. */
import type { Packet } from '../../src/net/packet.ts';
import { clientVpnsOf } from '../../src/network/line.ts';
import { isInboundResolver } from '../../src/network/interface.ts';
import { clientVpnOf, isOfClientVpn } from '../../src/network/client-vpn-endpoint.ts';
import type { Network } from '../../src/network/network.ts';
import type { Emission, Sides } from '../../src/network/replay.ts';
import { handsOver } from '../../src/network/unknown.ts';
import { replay } from '../../src/trace/index.ts';
import { type Boundaries, boundariesOf, ofFamily } from './boundaries.ts';
import { drawSides, emitted, unknownsOf } from './choices.ts';
import { type Chance, draw } from './random.ts';
import { type Sample, drawSamples, sample } from './samples.ts';

/** Services' interfaces that bring in flows, those of Client VPN with a modelled endpoint aside. */
const servicesIn = (network: Network) =>
  [...network.interfaces.values()].filter(
    (one) => one.role === 'other-service' && !(isOfClientVpn(one) && clientVpnOf(network, one.id) !== undefined),
  );

function emissions(network: Network, { packet }: Sample['request'], boundaries: Boundaries, chance: Chance) {
  const emits = new Map<string, Emission>();
  for (const nic of servicesIn(network)) {
    if (chance.in100(50)) continue;
    if (isInboundResolver(nic)) emits.set(nic.id, { packet, at: { kind: 'dns' } });
    else {
      const sent = inward(emitted(boundaries, packet, chance), boundaries, chance);
      const own = nic.addresses.find(({ address }) => address.family === packet.src.family)?.address;
      const src = own === undefined || chance.in100(30) ? sent.src : own;
      emits.set(nic.id, { packet: { ...sent, src }, at: { kind: 'interface', id: nic.id } });
    }
  }
  for (const { id } of network.carrierGateways.values())
    emits.set(id, {
      packet: emitted(boundaries, packet, chance),
      at: chance.one<Emission['at']>([{ kind: 'vpc', id: chance.one([...network.vpcs.keys()]) }, { kind: 'internet' }]),
    });
  return emits;
}

/** The packet, addressed to something that is held there. */
function inward(packet: Packet, { held }: Boundaries, chance: Chance): Packet {
  const dst = draw(chance, ofFamily(packet.src.family, held));
  return dst === undefined || chance.in100(30) ? packet : { ...packet, dst };
}

/** Packets of which many come from outside as those of VPN clients. */
export function clientSamples(network: Network, declared: Sides, count: number, chance: Chance): readonly Sample[] {
  const boundaries = boundariesOf(network);
  const ways = clientVpnsOf(network);
  return drawSamples(network, declared, count, chance).map((one) => {
    const { packet, origin, choices } = one.request;
    if (origin.kind === 'interface' || ways.length === 0 || chance.in100(30)) return one;
    const enters = chance.one(ways);
    return sample({ ...one.request, packet: inward(packet, boundaries, chance), choices: { ...choices, enters } });
  });
}

/** Packets of which some come in by services, under sides of everything that the tracer asks for. */
export function servedSamples(network: Network, declared: Sides, count: number, chance: Chance): readonly Sample[] {
  const boundaries = boundariesOf(network);
  const keys = unknownsMet(network, chance);
  return drawSamples(network, declared, count, chance).map((one) => {
    const { request } = one;
    const emits = emissions(network, request, boundaries, chance);
    if (emits.size === 0 && keys.length === 0) return one;
    const { choices } = request;
    const enters = emits.size > 0 && chance.in100(50) ? { enters: chance.one([...emits.keys()]) } : {};
    return sample({
      ...request,
      sides: new Map([...drawSides(keys, new Map(), chance), ...request.sides]),
      choices: { ...choices, ...enters, emits: new Map([...choices.emits, ...emits]) },
    });
  });
}

/** Sides that remember which of them were asked for; of those that are not told chance decides. */
class Remembered extends Map<string, boolean> {
  readonly asked = new Set<string>();
  readonly #chance: Chance;

  constructor(sides: Sides, chance: Chance) {
    super(sides);
    this.#chance = chance;
  }

  override get(key: string): boolean | undefined {
    if (key.startsWith('fact:')) return super.get(key);
    this.asked.add(key);
    return super.get(key) ?? this.#chance.in100(60);
  }
}

const rounds = 120;

/** Of a network's unknowns those that some packet meets, facts aside. */
export function unknownsMet(network: Network, chance: Chance): readonly string[] {
  const boundaries = boundariesOf(network);
  const known = new Set(unknownsOf(network));
  const met = new Set(servicesIn(network).map(({ id }) => handsOver(id)));
  for (const { request } of drawSamples(network, new Map(), rounds, chance)) {
    const sides = new Remembered(new Map(), chance);
    const emits = new Map([...request.choices.emits, ...emissions(network, request, boundaries, chance)]);
    replay({ ...request, sides, choices: { ...request.choices, emits } });
    for (const key of sides.asked) met.add(key);
  }
  return [...met].filter((key) => !known.has(key)).toSorted();
}
