import { describe, expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { parsePrefix } from '../../src/net/prefix.ts';
import type { Place, Places, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

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
