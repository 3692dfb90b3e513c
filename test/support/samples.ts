/** Concrete packets thrown at a network: where each went, by the tracer, under which sides and choices. */
import type { Address } from '../../src/net/address.ts';
import { type Packet, formatPacket } from '../../src/net/packet.ts';
import { hasPorts, protocols } from '../../src/net/protocol.ts';
import { abilities, type NetworkInterface } from '../../src/network/interface.ts';
import { linesOf } from '../../src/network/line.ts';
import type { Network } from '../../src/network/network.ts';
import { isUsedElsewhere } from '../../src/network/private-link.ts';
import type { Mode, Origin, ReplayRequest, ReplayResult, Sides } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { type Boundaries, boundariesOf, familiesOf, ofFamily } from './boundaries.ts';
import { drawChoices, drawSides, unknownsOf } from './choices.ts';
import { type Chance, draw } from './random.ts';
import { drawPayload } from './random-payload.ts';

export interface Sample {
  readonly request: ReplayRequest;
  /**
   * Of a connection: `delivery` tells whether the packet arrived, `replied` whether its reply came back. Traced when it
   * is first asked for: of most packets their header already says that no question speaks of them.
   */
  readonly result: ReplayResult;
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
    ...(network.opaqueGateways.size + linesOf(network).length + network.serviceNetworks.size > 0 ||
    [...network.endpointServices.values()].some(isUsedElsewhere)
      ? [{ kind: 'onprem' } as const]
      : []),
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
        payload: drawPayload(packet.protocol, chance),
        mode: 'connection',
        choices: drawChoices(network, boundaries, packet, chance),
        sides,
        pastDenials: false,
      }),
    );
  }
  return samples;
}

/** Packets that came to one of these resources, again, and often: sides and choices alone are drawn anew. */
export function redrawn(
  samples: readonly Sample[],
  to: readonly string[],
  { declared, count }: { readonly declared: Sides; readonly count: number },
  chance: Chance,
): readonly Sample[] {
  const near = samples.filter(({ result }) => result.hops.some(({ resource }) => to.includes(resource)));
  const network = near[0]?.request.network;
  if (network === undefined) return [];
  const boundaries = boundariesOf(network);
  const keys = unknownsOf(network);
  return Array.from({ length: count }, () => {
    const { request } = chance.one(near);
    const choices = drawChoices(network, boundaries, request.packet, chance);
    return sample({ ...request, sides: new Map([...request.sides, ...drawSides(keys, declared, chance)]), choices });
  });
}

const otherwise = new WeakMap<Sample, Map<Mode, Sample>>();

/** The same packet where more or less is asked for, which only a firewall's policy tells apart. */
export function inMode(one: Sample, mode: Mode): Sample {
  if (one.request.mode === mode || one.request.network.firewallPolicies.size === 0) return one;
  const known = otherwise.get(one) ?? new Map<Mode, Sample>();
  otherwise.set(one, known);
  const found = known.get(mode) ?? sample({ ...one.request, mode });
  known.set(mode, found);
  return found;
}

export const sample = (request: ReplayRequest): Sample => new Traced(request);

class Traced implements Sample {
  readonly request: ReplayRequest;
  #result: ReplayResult | undefined;

  constructor(request: ReplayRequest) {
    this.request = request;
  }

  get result(): ReplayResult {
    return (this.#result ??= replay(this.request));
  }
}

/** What replays a sample, in one line. */
export const describeSample = ({ request }: Sample): string =>
  JSON.stringify({
    origin: request.origin,
    packet: formatPacket(request.packet),
    payload: request.payload,
    mode: request.mode,
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
    appliances: Object.fromEntries(request.choices.appliances ?? []),
    zones: Object.fromEntries(request.choices.zones ?? []),
    equals: Object.fromEntries(request.choices.equals ?? []),
    transits: request.choices.transits,
    returnsBy: request.choices.returnsBy,
    keeps: request.choices.keeps,
    repliesBy: request.choices.repliesBy,
  });

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
    ...(protocol === 6 && chance.in100(6) ? { tcpFlags: chance.one(flagSets) } : {}),
  };
}

/** SYN-ACK, ACK, PSH and ACK, SYN with ECE and CWR, FIN, none. */
const flagSets = [18, 16, 24, 194, 1, 0];

function resolverQuery(network: Network, src: Address, chance: Chance): Packet {
  const own = [...network.vpcs.values()].flatMap(({ cidrs }) => cidrs.slice(0, 1)).map(({ base }) => base + 2n);
  const value = src.family === 'ipv6' ? 0xfd00_0ec2n * (1n << 96n) + 0x253n : chance.one([...own, 0xa9fe_a9fdn]);
  const dst = { family: src.family, value };
  return { src, dst, protocol: 17, srcPort: 40000, dstPort: 53, icmpType: 0, icmpCode: 0, fragment: false };
}

/** The interface's own addresses, the ends of its delegated blocks among them. */
export const addressesOf = ({
  addresses,
  prefixes,
}: Pick<NetworkInterface, 'addresses' | 'prefixes'>): readonly Address[] => [
  ...addresses.map(({ address }) => address),
  ...prefixes.map(({ family, base }) => ({ family, value: base + 1n })),
];
