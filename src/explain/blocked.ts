/** Why nothing arrives: the packets that people would try, traced past every denial, and what stops the best of them. */
import type { Address, Family } from '../net/address.ts';
import { contains, intersect } from '../net/interval.ts';
import { type Packet, echoRequest } from '../net/packet.ts';
import { lastOf, rangeOf } from '../net/prefix.ts';
import { payloadTried } from './carried.ts';
import { hasPorts, protocols } from '../net/protocol.ts';
import { publicUnicast } from '../net/special.ts';
import { clientVpnsOf, linesOf } from '../network/line.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { Origin, Replay } from '../network/replay.ts';
import { serviceShortName } from '../network/endpoint.ts';
import { bitsOfFlags } from '../net/tcp-flags.ts';
import { usualPort } from '../policy/payload.ts';
import type { Place, Question, Traffic } from '../policy/question.ts';
import type { Block, Flow } from '../result/answer.ts';
import { sentJson } from './carried.ts';
import { nameOf } from './flow.ts';
import { type Attempt, type Stray, isElsewhere, isNearer, strayOf } from './nearness.ts';
import { blockJson, hopJson } from './published.ts';
import { type Detour, detours } from './through-balancer.ts';
import { latticeDetours } from './through-lattice.ts';

/** How many packets of a family are tried, and how many through load balancers; each costs a trace. */
const tries = 60;
const triesThroughBalancers = 20;

/** Where an attempt sets out, and from on premises by which line. */
export interface Source {
  readonly origin: Origin;
  readonly address: Address;
  readonly enters?: string;
}

/** The attempt that tells most of why nothing arrives (`nearness.ts`), in whichever family. */
export function nearest(
  network: Network,
  question: Question,
  replay: Replay,
  from: readonly Source[] = sources(network, question),
): Attempt | undefined {
  let best: Attempt | undefined;
  for (const attempt of attempts(network, question, replay, from)) {
    if (attempt.result.blocks.length === 0 && attempt.stray === undefined) continue;
    if (best === undefined || isNearer(attempt, best)) best = attempt;
  }
  return best;
}

/** The packets that people would try, each traced past every denial; those that nothing blocks are among them. */
export function attempts(
  network: Network,
  question: Question,
  replay: Replay,
  from: readonly Source[] = sources(network, question),
): readonly Attempt[] {
  const all = from.flatMap(({ address, ...way }) =>
    destinations(network, question, address).flatMap((dst) =>
      packets(question.traffic, address, dst).map((packet) => ({ ...way, packet })),
    ),
  );
  const direct = (['ipv4', 'ipv6'] as const).flatMap((family) =>
    all.filter(({ packet }) => packet.src.family === family).slice(0, tries),
  );
  const balanced = from
    .flatMap((source) => throughBalancers(network, question, source))
    .slice(0, triesThroughBalancers);
  return [...direct.map((one) => ({ ...one, emits: nothing })), ...balanced].map(
    ({ origin, enters, packet, emits }): Attempt => {
      const payload = payloadTried(question, packet);
      const request = {
        network,
        origin,
        packet,
        payload,
        mode: question.mode,
        sides: question.sides,
        pastDenials: true,
      };
      const choices = { nat: new Map(), emits, ...(enters === undefined ? {} : { enters }) };
      const result = replay({ ...request, choices });
      const stray = strayOf(question, result);
      const elsewhere = isElsewhere(question, result) ? { elsewhere: true as const } : {};
      return { origin, packet, result, ...(stray === undefined ? {} : { stray }), ...elsewhere };
    },
  );
}

const nothing: Detour['emits'] = new Map();

/** The traffic asked for to a balancer in front of the destination, or to a service of VPC Lattice or a resource that leads there. */
function throughBalancers(
  network: Network,
  question: Question,
  { address, ...way }: Source,
): readonly (Omit<Source, 'address'> & Detour)[] {
  const shapes: readonly Traffic[] = question.traffic.length > 0 ? question.traffic : [{ protocol: protocols.tcp }];
  return shapes.flatMap((shape) =>
    detoursOf(network, question, fill(shape, address, address), way.origin, shape)
      .filter(({ packet: { dst, dstPort } }) => {
        const { ports, dst: asked } = shape;
        return (
          (ports === undefined || (ports.from <= dstPort && dstPort <= ports.to)) &&
          (asked === undefined || contains([rangeOf(asked)], dst.value))
        );
      })
      .map((detour) => ({ ...way, ...detour })),
  );
}

const detoursOf = (
  network: Network,
  question: Question,
  client: Packet,
  origin: Origin,
  { dst }: Traffic,
): readonly Detour[] => [
  ...detours(network, question, client, origin.kind !== 'interface'),
  ...(origin.kind === 'interface' ? latticeDetours(network, question, client, origin.id, dst) : []),
];

/** What would have to change, without repetition: denials and drops, and that the way leads by what is to be avoided. */
export function blocksOf(attempt: Attempt | undefined): readonly Block[] {
  if (attempt === undefined) return [];
  const { result, stray } = attempt;
  const seen = new Set<string>();
  // What an avoided resource does with the packet is of no account.
  const denials = result.blocks
    .filter(({ direction, hop }) => direction === 'return' || hop.resource !== stray?.hop.resource)
    .map(blockJson);
  return [...(stray === undefined ? [] : [strayJson(stray)]), ...denials].filter(
    ({ resource, rule, direction, detail }) => {
      const key = `${resource}|${rule}|${direction}|${detail}`;
      return !seen.has(key) && seen.add(key);
    },
  );
}

function strayJson({ hop, avoided }: Stray): Block {
  const { resource, kind, source } = blockJson({ hop, direction: 'forward' });
  const detail = `the way leads through \`${resource}\`, and is asked not to lead via \`${avoided}\``;
  return { resource, kind, detail, ...(source === undefined ? {} : { source }), direction: 'forward' };
}

/** The attempt as a flow whose hops end where it is dropped. */
export function attemptJson({ origin, packet, result }: Attempt, question: Question): Flow {
  const plain = sentJson(packet, question);
  return {
    from: nameOf(origin),
    to: result.delivery === undefined ? question.to.text : nameOf(result.delivery),
    packet: plain,
    family: {
      src: [plain.src],
      dst: [plain.dst],
      protocols: [plain.protocol],
      srcPorts: [],
      dstPorts: [],
      icmpTypes: [],
      icmpCodes: [],
    },
    hops: result.hops.map(hopJson),
    ...(result.returnHops === undefined ? {} : { return: result.returnHops.map(hopJson) }),
  };
}

function sources(network: Network, { from, families, traffic }: Question): readonly Source[] {
  const asked = traffic.flatMap(({ src }) => src ?? []);
  const members = from.members.slice(0, 4);
  return members.flatMap((member): Source[] => {
    switch (member.kind) {
      case 'interface': {
        const origin = { kind: 'interface', id: member.id } as const;
        const nic = network.interfaces.get(member.id)!;
        const held = nic.addresses.map(({ address }) => address).filter(({ family }) => families.includes(family));
        const pool = (['ipv4', 'ipv6'] as const).flatMap((family) => {
          const lowest = nic.imaginary?.pool[family]?.[0];
          return lowest === undefined || !families.includes(family) ? [] : [{ family, value: lowest.lo }];
        });
        return [...held, ...pool].slice(0, 3).map((address) => ({ origin, address }));
      }
      case 'internet':
        return families.flatMap((family) => {
          const source = { origin: { kind: 'internet' }, address: outside(family, asked) } as const;
          return [source, ...clientVpnsOf(network).map((enters) => ({ ...source, enters }))];
        });
      case 'onprem':
        return families.flatMap((family) => {
          const source = { origin: { kind: 'onprem' }, address: outside(family, asked) } as const;
          const lines = [...linesOf(network).slice(0, 4), ...clientVpnsOf(network).slice(0, 2)];
          return lines.length === 0 ? [source] : lines.map((enters) => ({ ...source, enters }));
        });
      case 'cidr':
        return [{ origin: { kind: 'internet' }, address: { family: member.prefix.family, value: member.prefix.base } }];
      case 'dns':
      case 'service':
      case 'gateway-endpoint':
        return [];
    }
  });
}

const plain: Readonly<Record<Family, bigint>> = { ipv4: 0x01010101n, ipv6: 0x2606_4700_4700_0000_0000_0000_0000_1111n };

const outside = (family: Family, asked: readonly { family: Family; base: bigint }[]): Address => ({
  family,
  value: asked.find((prefix) => prefix.family === family)?.base ?? plain[family],
});

function destinations(network: Network, question: Question, from: Address): readonly Address[] {
  const asked = question.traffic.flatMap(({ dst }) => (dst?.family === from.family ? [dst] : []));
  const narrowed = (address: Address): Address => {
    const [wanted] = asked;
    if (wanted === undefined || contains([rangeOf(wanted)], address.value)) return address;
    return { family: wanted.family, value: wanted.base };
  };
  const list = question.to.members.slice(0, 6).flatMap((member) => placeAddresses(network, question, member, from));
  return [...new Map(list.map(narrowed).map((address) => [address.value, address])).values()];
}

function placeAddresses(network: Network, question: Question, member: Place, { family }: Address): readonly Address[] {
  switch (member.kind) {
    case 'interface': {
      const nic = network.interfaces.get(member.id)!;
      const fromOutside = question.from.members.some(({ kind }) => kind === 'internet');
      const held = nic.addresses.filter(({ address }) => address.family === family);
      const published = held.flatMap(({ publicIp }) => publicIp ?? []);
      const pool = nic.imaginary?.pool[family]?.[0];
      const own = [...held.map(({ address }) => address), ...(pool === undefined ? [] : [{ family, value: pool.lo }])];
      return fromOutside && published.length > 0 ? published : [...own, ...published];
    }
    case 'internet':
    case 'onprem':
      return [{ family, value: plain[family] }];
    case 'dns': {
      const vpc = [...network.vpcs.values()][0];
      const base = vpc?.cidrs.find((cidr) => cidr.family === 'ipv4')?.base;
      return family === 'ipv4' && base !== undefined ? [{ family, value: base + 2n }] : [];
    }
    case 'cidr': {
      if (member.prefix.family !== family) return [];
      const held = [...network.interfaces.values()]
        .flatMap(({ addresses }) => addresses.map(({ address }) => address))
        .find((address) => address.family === family && contains([rangeOf(member.prefix)], address.value));
      const open = intersect([rangeOf(member.prefix)], publicUnicast[family])[0]?.lo ?? member.prefix.base;
      return [held ?? { family, value: open === lastOf(member.prefix) ? member.prefix.base : open }];
    }
    case 'gateway-endpoint': {
      const name = network.endpoints.get(member.id)?.serviceName ?? '';
      return placeAddresses(network, question, { kind: 'service', name }, { family, value: 0n });
    }
    case 'service': {
      const matches = (name: string): boolean => name === member.name || serviceShortName(name) === member.name;
      const endpoints = [...network.endpoints.values()].filter(({ serviceName }) => matches(serviceName));
      const nics = endpoints.flatMap(({ interfaces }) => interfaces.flatMap((id) => network.interfaces.get(id) ?? []));
      const held = nics.flatMap(({ addresses }) => addresses.map(({ address }) => address));
      const lists = [...network.prefixLists.values()].filter(({ name }) => name !== undefined && matches(name));
      const listed = lists.flatMap(({ entries }) => (isUnread(entries) ? [] : entries.slice(0, 1)));
      const all = [...held, ...listed.map((entry) => ({ family: entry.family, value: entry.base }))];
      const own = all.filter((address) => address.family === family);
      // A service that is held in the other family alone does not have this one.
      return all.length > 0 ? own : [{ family, value: plain[family] }];
    }
  }
}

/** Headers of the traffic asked for, or, where it is open, those that people try first. */
function packets(traffic: readonly Traffic[], src: Address, dst: Address): readonly Packet[] {
  const { family } = src;
  if (dst.family !== family) return [];
  const icmp = family === 'ipv4' ? protocols.icmp : protocols.icmpv6;
  const shapes: readonly Traffic[] = traffic.length > 0 ? traffic : [{}];
  const usual = [443, 80, 22, 53].map((port) => ({ protocol: 6, ports: { from: port, to: port } }));
  return shapes.flatMap((shape) => {
    const filled =
      shape.protocol === undefined
        ? (shape.ports === undefined ? [...usual, { protocol: icmp }] : [{ protocol: 6 }, { protocol: 17 }]).map(
            (one) => ({
              ...one,
              ...shape,
            }),
          )
        : [shape];
    return filled.map((one) => fill(one, src, dst));
  });
}

function fill(shape: Traffic & { protocol?: number }, src: Address, dst: Address): Packet {
  const protocol = shape.protocol ?? 6;
  const ports = hasPorts(protocol);
  const usual = shape.app === undefined ? undefined : usualPort(shape.app);
  return {
    src,
    dst,
    protocol,
    srcPort: ports ? (shape.srcPorts?.from ?? 50000) : 0,
    dstPort: ports ? (shape.ports?.from ?? usual ?? (protocol === 17 ? 53 : 443)) : 0,
    icmpType: shape.icmpType ?? echoRequest(protocol),
    icmpCode: shape.icmpCode ?? 0,
    fragment: shape.fragment ?? false,
    ...(shape.tcpFlags === undefined ? {} : { tcpFlags: bitsOfFlags(shape.tcpFlags) }),
  };
}
