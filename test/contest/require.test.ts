/** Requirements on random networks, held against every address, client port and NAT choice at which a verdict can turn. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Address, Family } from '../../src/net/address.ts';
import { echoRequest, type Packet } from '../../src/net/packet.ts';
import type { Payload } from '../../src/net/payload.ts';
import { lastOf } from '../../src/net/prefix.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { isBalancing, transportOf } from '../../src/network/balancing.ts';
import type { LoadBalancer } from '../../src/network/load-balancer.ts';
import type { Choices, Emission } from '../../src/network/replay.ts';
import { isUnread } from '../../src/network/resource.ts';
import { passes } from '../../src/network/unknown.ts';
import { type Place, type Question, type Traffic, anyWay } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { boundariesOf, ofFamily } from '../support/boundaries.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { pick } from '../support/random.ts';
import { questionJson } from '../support/question-json.ts';
import { inspectedNetwork } from '../support/inspected-network.ts';
import { randomNetwork } from '../support/random-network.ts';
import { payloadsIn } from '../support/random-payload.ts';
import { unknownsOf } from '../support/choices.ts';
import { type Sample, sample } from '../support/samples.ts';
import { contest } from './contest.ts';

const index = fc.nat({ max: 63 });

const shape = fc.record({
  from: fc.array(index, { minLength: 1, maxLength: 2 }),
  to: fc.array(index, { minLength: 1, maxLength: 2 }),
  traffic: index,
  data: fc.boolean(),
  families: fc.constantFrom<readonly Family[]>(['ipv4'], ['ipv4'], ['ipv6'], ['ipv4', 'ipv6']),
  /** Bits: the side of each unknown in turn. */
  sides: fc.nat(),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

const traffics: readonly Traffic[] = [
  { protocol: 6, ports: { from: 443, to: 443 } },
  { protocol: 17, ports: { from: 53, to: 53 } },
  { protocol: 1, icmpType: 8, icmpCode: 0 },
  { protocol: 6, ports: { from: 443, to: 443 }, app: 'tls', sni: 'a.example.com' },
];

/**
 * What guests, balancers and opaque gateways do, by which interface and to where, is theirs to choose: here, nothing. Where
 * a table that nobody read leads is not drawn either: here, nowhere.
 */
const closed = new RegExp(
  [
    '^forwards:',
    '^hands-over:',
    '^passes:(?:pcx|tgw|vgw|nat|eni|arn:aws:elasticloadbalancing)',
    '^fact:1.17',
    '^unread:(?:search-transit-gateway-routes|get-transit-gateway-policy-table-entries|networkmanager get-network-routes):',
  ].join('|'),
);

/** A requirement with every unknown declared. */
function questionOf(network: Network, drawn: Shape): Question | undefined {
  const interfaces = [...network.interfaces.values()];
  const traffic = pick(traffics, drawn.traffic);
  const examined: readonly Family[] = traffic.protocol === 1 ? ['ipv4'] : drawn.families;
  const sources = interfaces.filter(
    ({ role, addresses }) =>
      abilities[role].starts && addresses.some(({ address }) => examined.includes(address.family)),
  );
  const targets: readonly Place[] = [
    { kind: 'internet' },
    ...interfaces.filter(({ role }) => abilities[role].receives).map(({ id }): Place => ({ kind: 'interface', id })),
  ];
  if (sources.length === 0) return undefined;
  const unknowns = unknownsOf(network);
  const places = (members: readonly Place[]) => ({ text: '', members: [...new Set(members)], any: false, silent: [] });
  return {
    kind: 'require',
    from: places([...new Set(drawn.from.map((at) => pick(sources, at).id))].map((id) => ({ kind: 'interface', id }))),
    to: places(drawn.to.map((at) => pick(targets, at))),
    traffic: [traffic],
    families: examined,
    mode: drawn.data && 'app' in traffic ? 'data' : 'connection',
    ...anyWay,
    sides: new Map([
      ...unknowns.map((key, i) => [key, !closed.test(key) && ((drawn.sides >> i) & 1) === 1] as const),
      // What is modelled drops nothing of its own accord.
      ...balancersOf(network).map(({ id }) => [passes(id), true] as const),
    ]),
  };
}

const balancersOf = (network: Network): readonly LoadBalancer[] =>
  [...network.loadBalancers.values()].filter((balancer) => isBalancing(network, balancer));

/** Whether every member's every address gets through, whatever port its host takes and whatever NAT gateways choose. */
function isMet(network: Network, question: Question): boolean {
  return question.from.members.every((member) => {
    const own = member.kind === 'interface' ? network.interfaces.get(member.id)! : undefined;
    const held = [
      ...own!.addresses.map(({ address }) => address),
      ...own!.prefixes.flatMap((prefix) => [
        { family: prefix.family, value: prefix.base },
        { family: prefix.family, value: lastOf(prefix) },
      ]),
    ];
    return question.families.some((family) => {
      const addresses = ofFamily(family, held);
      return addresses.length > 0 && addresses.every((address) => getsThrough(network, question, own!.id, address));
    });
  });
}

function getsThrough(network: Network, question: Question, id: string, src: Address): boolean {
  const boundaries = boundariesOf(network);
  const { protocol, ports } = question.traffic[0]!;
  const managed = network.interfaces.get(id)!.role === 'lambda';
  const range = managed ? { from: 1024, to: 65535 } : { from: 32768, to: 60999 };
  const within = (port: number): boolean => port >= range.from && port <= range.to;
  const clientPorts = ports === undefined ? [0] : [range.from, range.to, ...boundaries.ports.filter(within)];
  const destinations = ofFamily(src.family, [
    ...boundaries.held,
    ...boundaries.mapped,
    ...boundaries.outside,
    ...boundaries.others,
  ]);
  const turning = ports === undefined ? [] : boundaries.ports.filter((port) => port > 1024);
  const choices = choicesOf(network, turning);
  const onward = emissionsOf(network, src, [1024, 40_000, 65_535]);
  // A guest without source/destination check may keep what it is handed, which is its own to choose.
  const keepers = question.to.members.flatMap((member) => (member.kind === 'interface' ? [{ keeps: member.id }] : []));
  const traced = (dst: Address, srcPort: number, choice: Choices, payload: Payload = { app: 'none' }): Sample => {
    const packet: Packet = {
      src,
      dst,
      protocol: protocol!,
      srcPort,
      dstPort: ports?.from ?? 0,
      icmpType: echoRequest(protocol!),
      icmpCode: 0,
      fragment: false,
    };
    const { sides } = question;
    const origin = { kind: 'interface', id } as const;
    return sample({
      network,
      origin,
      packet,
      payload,
      mode: question.mode,
      choices: choice,
      sides,
      pastDenials: false,
    });
  };
  /** Of what may be chosen nothing stops the packet, and something may be. */
  const getsBy = (
    dst: Address,
    srcPort: number,
    emits: readonly Choices['emits'][],
    keeper: Partial<Choices>,
    payload: Payload,
  ): boolean => {
    let feasible = false;
    for (const sent of emits)
      for (const choice of choices) {
        const one = traced(dst, srcPort, { ...choice, ...keeper, emits: fitting(sent, srcPort) }, payload);
        if (isInfeasible(one)) continue;
        if (!speaksOf(question, one)) return false;
        feasible = true;
      }
    return feasible;
  };
  const comesToNode = (dst: Address): boolean => {
    const { delivery } = traced(dst, clientPorts[0]!, choices[0]!).result;
    return delivery?.kind === 'interface' && network.interfaces.get(delivery.id)!.role === 'load-balancer';
  };
  // A balancer's node may be where the packet is to go, or on its way.
  const payloads: readonly Payload[] =
    network.firewallPolicies.size > 0 ? payloadsIn(question.traffic[0]!) : payloadsIn(question.traffic[0]!).slice(0, 1);
  return destinations.some((dst) =>
    [[nothing], ...(onward.length > 0 && comesToNode(dst) ? [onward] : [])].some((emits) =>
      [{}, ...keepers].some((keeper) =>
        payloads.some((payload) => clientPorts.every((srcPort) => getsBy(dst, srcPort, emits, keeper, payload))),
      ),
    ),
  );
}

const nothing: Choices['emits'] = new Map();

/** A balancer that keeps the client's address keeps its port. */
const fitting = (emits: Choices['emits'], srcPort: number): Choices['emits'] =>
  new Map(
    [...emits].map(([id, one]) => [
      id,
      one.packet.srcPort === 0 ? { ...one, packet: { ...one.packet, srcPort } } : one,
    ]),
  );

/** What balancers may send on of a client's packet: by every node to every target, under either address. */
function emissionsOf(network: Network, client: Address, ports: readonly number[]): readonly Choices['emits'][] {
  let all: readonly (readonly (readonly [string, Emission])[])[] = [[]];
  for (const balancer of balancersOf(network)) {
    const each = balancer.interfaces.flatMap((id) =>
      targetsOf(network, balancer).flatMap(({ dst, dstPort, protocol }) => {
        const own = network.interfaces.get(id)!.addresses.filter(({ address }) => address.family === dst.family);
        const sent = { dst, dstPort, protocol, icmpType: 0, icmpCode: 0, fragment: false };
        const kept = client.family === dst.family ? [{ ...sent, src: client, srcPort: 0 }] : [];
        const asItself = own.flatMap(({ address }) => ports.map((srcPort) => ({ ...sent, src: address, srcPort })));
        return [...kept, ...asItself].map((packet) => ({ packet, at: { kind: 'interface', id } }) as const);
      }),
    );
    all = all.flatMap((before) => each.map((one) => [...before, [balancer.id, one] as const]));
  }
  return all.flatMap((entries) => (entries.length === 0 ? [] : [new Map(entries)]));
}

function targetsOf(network: Network, { listeners }: LoadBalancer) {
  return (isUnread(listeners) ? [] : listeners).flatMap((listener) =>
    (isUnread(listener.forwards) ? [] : listener.forwards).flatMap(({ group }) => {
      const { targets } = network.targetGroups.get(group)!;
      const ends = (isUnread(targets) ? [] : targets).flatMap((target) => {
        if (target.kind === 'lambda') return [];
        if (target.kind !== 'load-balancer') return [{ dst: target.address, dstPort: target.port }];
        const nodes = network.loadBalancers.get(target.id)!.interfaces;
        return nodes.flatMap((id) =>
          network.interfaces.get(id)!.addresses.map(({ address }) => ({ dst: address, dstPort: target.port })),
        );
      });
      return transportOf(listener).flatMap((protocol) => ends.map((end) => ({ ...end, protocol })));
    }),
  );
}

/** A regional NAT gateway does not take this address for a packet from that zone; a balancer has no such target. */
const isInfeasible = ({ result }: Sample): boolean =>
  result.hops.some(
    ({ kind, detail, action }) =>
      (kind === 'nat-gateway' && detail.includes('is no address that')) ||
      (action === 'drop' && (kind === 'load-balancer' || kind === 'target-group')),
  );

/** Every address of every NAT gateway with every port at which a rule turns; one gateway at a time, then all alike. */
function choicesOf(network: Network, turning: readonly number[]): readonly Choices[] {
  const gateways = [...network.natGateways.values()].map(({ id, addresses }) => ({
    id,
    addresses: addresses.map(({ privateIp, publicIp }) => privateIp ?? publicIp).filter((one) => one !== undefined),
  }));
  let all: readonly (readonly (readonly [string, { address: Address; port: number }])[])[] = [[]];
  for (const { id, addresses } of gateways.filter((one) => one.addresses.length > 0))
    all = all.flatMap((before) =>
      [1024, 65535, ...turning].flatMap((port) =>
        addresses.map((address) => [...before, [id, { address, port }] as const]),
      ),
    );
  return all.map((entries) => ({ nat: new Map(entries), emits: new Map() }));
}

test('a requirement holds exactly if every member gets through whatever is chosen', async () => {
  const met = new Map<string, number>();
  const networks = fc.oneof({ weight: 5, arbitrary: randomNetwork }, { weight: 1, arbitrary: inspectedNetwork });
  const drawn = fc.tuple(networks, fc.array(shape, { minLength: 3, maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(drawn, async ([spec, shapes]) => {
      const network = networkOf(spec);
      for (const one of shapes) {
        const question = questionOf(network, one);
        if (question === undefined) continue;
        const { verdict, vacuous, assumptions } = await openVerifier(network).answer(question, {
          replay,
          timeoutMs: 60_000,
        });
        if (vacuous) continue;
        met.set(verdict, (met.get(verdict) ?? 0) + 1);
        const open = verdict === 'undecided' ? assumptions : [];
        expect([verdict, questionJson(question), ...open]).toEqual([
          isMet(network, question) ? 'holds' : 'violated',
          questionJson(question),
        ]);
      }
    }),
    contest(1),
  );
  const total = [...met.values()].reduce((a, b) => a + b, 0);
  expect((met.get('holds') ?? 0) / total).toBeGreaterThan(0.1);
  expect((met.get('violated') ?? 0) / total).toBeGreaterThan(0.1);
});
