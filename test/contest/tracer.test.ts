/** What must hold of the tracer on any network, whatever the facts say of a single packet. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hop } from '../../src/network/hop.ts';
import type { ReplayResult } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents } from '../support/aws.ts';
import { networkOf } from '../support/network.ts';
import { balancedNetwork, firewalledNetwork, randomNetwork } from '../support/random-network.ts';
import { chanceFrom, type Chance } from '../support/random.ts';
import { describeSample, drawSamples } from '../support/samples.ts';
import type { Spec } from '../support/spec.ts';
import { nameOf } from '../support/traced.ts';
import { contest } from './contest.ts';

const drawn = fc.tuple(randomNetwork, fc.integer());

/** What is rare among the random networks is among these. */
const varied = fc.tuple(fc.oneof(randomNetwork, balancedNetwork, firewalledNetwork), fc.integer());

/** How many packets a network is asked to carry. */
const packets = 300;

const fate = ({ delivery, replied }: ReplayResult): string =>
  `${delivery === undefined ? 'dropped' : nameOf(delivery)} ${replied}`;

test('the random networks are read, and their packets meet every fate and construct', () => {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  let total = 0;
  fc.assert(
    fc.property(varied, ([spec, seed]) => {
      for (const { result } of drawSamples(networkOf(spec), new Map(), packets, chanceFrom(seed))) {
        total++;
        count(result.delivery === undefined ? 'dropped' : result.delivery.kind);
        if (result.delivery !== undefined) {
          count(result.replied ? 'replied' : 'delivered and not replied');
          for (const { kind, action } of result.hops) count(`${action} ${kind}`);
        }
        for (const { direction, hop } of result.blocks) count(`${direction} ${hop.kind}`);
      }
    }),
    contest(2),
  );
  const shares = Object.fromEntries([...met].map(([what, n]) => [what, Math.round((10_000 * n) / total) / 100]));
  expect(shares['replied']).toBeGreaterThan(8);
  expect(shares['delivered and not replied']).toBeGreaterThan(1);
  expect(shares['dropped']).toBeGreaterThan(30);
  const wanted = [
    'interface',
    'internet',
    'service',
    'dns',
    'translate nat-gateway',
    'inspect firewall-endpoint',
    'translate internet-gateway',
    'forward egress-only-internet-gateway',
    'forward security-group',
    'forward network-acl',
    'forward route-table',
    'forward source-dest-check',
    'translate target-group',
    'forward block-public-access',
    'forward direct-connect-gateway',
    'return network-acl',
    'return route-table',
    'return security-group',
  ];
  expect(wanted.filter((what) => !met.has(what))).toEqual([]);
});

test('a packet goes the same way whether its reply is asked for or not', () => {
  fc.assert(
    fc.property(drawn, ([spec, seed]) => {
      for (const { request, result } of drawSamples(networkOf(spec), new Map(), packets / 3, chanceFrom(seed))) {
        const alone = replay({ ...request, mode: 'packet' });
        const last = result.hops.at(-1);
        // A firewall judges the reply with the packet, and tells of the last one that it judged.
        if (result.delivery === undefined && last?.kind === 'firewall-endpoint') continue;
        // Of a connection it judges the SYN, whatever flags the packet has; alone it comes when the handshake is over.
        if (request.packet.tcpFlags !== undefined && alone.hops.at(-1)?.kind === 'firewall-endpoint') continue;
        expect(alone.delivery).toEqual(result.delivery);
        expect(alone.hops.map(way)).toEqual(result.hops.map(way));
      }
    }),
    contest(0.5),
  );
});

const way = ({ resource, kind, action, packet }: Hop) => ({ resource, kind, action, packet });

test('rules that admit everything close nothing', () => {
  let opened = 0;
  fc.assert(
    fc.property(drawn, ([spec, seed]) => {
      const open = networkOf(opener(spec));
      const closed: string[] = [];
      for (const before of drawSamples(networkOf(spec), new Map(), packets / 3, chanceFrom(seed))) {
        const after = replay({ ...before.request, network: open });
        if (before.result.delivery === undefined && after.delivery !== undefined) opened++;
        if (isClosed(before.result, after)) closed.push(describeSample(before));
      }
      expect(closed).toEqual([]);
    }),
    contest(0.5),
  );
  expect(opened).toBeGreaterThan(20);
});

test('the order in which AWS prints resources, rules and routes does not matter', () => {
  fc.assert(
    fc.property(drawn, ([spec, seed]) => {
      const chance = chanceFrom(seed);
      const shuffled = networkFromDocuments(
        shuffle(documents(spec), chance).map(({ file, json }) => ({ file, json: shuffleLists(json, chance) })),
      );
      expect(shuffled.ok).toBe(true);
      if (!shuffled.ok) return;
      const different = drawSamples(networkOf(spec), new Map(), packets / 3, chance).filter(
        ({ request, result }) => fate(replay({ ...request, network: shuffled.value })) !== fate(result),
      );
      expect(different.map(describeSample)).toEqual([]);
    }),
    contest(0.5),
  );
});

const isClosed = (before: ReplayResult, after: ReplayResult): boolean =>
  (before.delivery !== undefined &&
    (after.delivery === undefined || nameOf(after.delivery) !== nameOf(before.delivery))) ||
  (before.replied && !after.replied);

/** The network with every group and network ACL wide open. */
function opener(spec: Spec): Spec {
  const all = ['all 0.0.0.0/0', 'all ::/0'];
  const entries = ['1 allow all 0.0.0.0/0', '2 allow all ::/0'];
  return {
    ...spec,
    groups: spec.groups.map((group) => ({ ...group, in: [...group.in, ...all], out: [...group.out, ...all] })),
    acls: spec.acls.map((acl) => ({ ...acl, in: entries, out: entries })),
  };
}

function shuffle<T>(list: readonly T[], chance: Chance): readonly T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = chance.below(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** Lists whose order AWS gives a meaning keep it: the primary block, the primary address. */
const ordered = new Set(['CidrBlockAssociationSet', 'PrivateIpAddresses', 'NatGatewayAddresses']);

function shuffleLists(json: unknown, chance: Chance, key = ''): unknown {
  if (Array.isArray(json)) {
    const items = json.map((item) => shuffleLists(item, chance));
    return ordered.has(key) ? items : shuffle(items, chance);
  }
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, shuffleLists(value, chance, name)]));
}
