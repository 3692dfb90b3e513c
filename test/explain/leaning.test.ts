import { describe, expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { parsePrefix } from '../../src/net/prefix.ts';
import type { Place, Places, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { vpcB } from '../hostile/parts.ts';

const network = networkOf(
  world({
    interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
    tables: [{ id: 'rtb-s1', routes: ['203.0.113.0/24 pcx-gone blackhole', '0.0.0.0/0 igw-a'] }],
  }),
);

const place = (text: string, member: Place): Places => ({ text, members: [member], any: false, silent: [] });

const throughBlackhole = (kind: 'ask' | 'forbid', changes: Partial<Question> = {}): Question => ({
  kind,
  from: place('eni-i1', { kind: 'interface', id: 'eni-i1' }),
  to: place('203.0.113.0/24', { kind: 'cidr', prefix: parsePrefix('203.0.113.0/24')! }),
  traffic: [],
  families: ['ipv4'],
  mode: 'connection',
  via: [],
  viaBoth: [],
  avoid: [],
  except: [],
  every: 'one',
  sides: new Map(),
  ...changes,
});

const factsOf = async (question: Question): Promise<readonly string[]> => {
  const { facts } = await openVerifier(network).answer(question, { replay, timeoutMs: 60_000 });
  return facts.map(({ fact, value }) => `${fact}=${value}`);
};

describe('an answer that no flow exists names the disputed facts without which one might', () => {
  test.each(['ask', 'forbid'] as const)('%s', async (kind) => {
    expect(await factsOf(throughBlackhole(kind))).toEqual(['4.16=yes']);
  });

  test('a prescribed way that no flow takes', async () => {
    const via = [{ text: 'igw-a', ids: new Set(['igw-a']) }];
    expect(await factsOf(throughBlackhole('ask', { via }))).toEqual(['4.16=yes']);
  });

  test('not one whose side was declared', async () => {
    expect(await factsOf(throughBlackhole('ask', { sides: new Map([['fact:4.16', true]]) }))).toEqual([]);
  });
});

test('that nothing comes back from on premises, not even by the one line there is, is said', async () => {
  const spokes = networkOf(
    world(vpcB, {
      tgws: [{ id: 'tgw-1' }],
      attachments: [
        { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-s' },
        { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-s' },
        { id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-v' },
      ],
      transitTables: [
        { id: 'tgw-rtb-s', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-v'] },
        { id: 'tgw-rtb-v', gateway: 'tgw-1', routes: ['10.1.0.0/16 tgw-attach-b propagated'] },
      ],
      vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }],
      tables: [{ id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] }],
    }),
  );
  const to = place('eni-b', { kind: 'interface', id: 'eni-b' });
  const asked = throughBlackhole('forbid', { to, mode: 'packet' });
  const { verdict, notes } = await openVerifier(spokes).answer(asked, { replay, timeoutMs: 60_000 });
  expect([verdict, ...notes.filter((note) => note.includes('transit:onprem'))]).toHaveLength(2);
});

test('so it is of two VPN gateways, which a Direct Connect location may join by a supernet (semantics 8.11)', async () => {
  const apart = networkOf(
    world(vpcB, {
      vgws: [
        { id: 'vgw-a', vpc: 'vpc-a' },
        { id: 'vgw-b', vpc: 'vpc-b' },
      ],
      tables: [
        { id: 'rtb-s1', routes: ['10.0.0.0/8 vgw-a'] },
        { id: 'rtb-b', routes: ['10.0.0.0/8 vgw-b'] },
      ],
    }),
  );
  const to = place('eni-b', { kind: 'interface', id: 'eni-b' });
  const { verdict, notes } = await openVerifier(apart).answer(throughBlackhole('forbid', { to }), {
    replay,
    timeoutMs: 60_000,
  });
  expect([verdict, ...notes.filter((note) => note.includes('transit:onprem'))]).toEqual([
    'holds',
    expect.stringContaining('`transit:onprem`'),
  ]);
});
