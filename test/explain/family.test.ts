/** The family of flows that an example stands for. */
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Place, Places, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const place = (id: string): Places => {
  const member: Place = { kind: 'interface', id };
  return { text: id, members: [member], any: false, silent: [] };
};

const asked = (protocol: number): Question => ({
  kind: 'ask',
  from: place('eni-i1'),
  to: place('eni-i2'),
  traffic: [{ protocol }],
  families: ['ipv4'],
  mode: 'connection',
  via: [],
  viaBoth: [],
  avoid: [],
  except: [],
  every: 'one',
  sides: new Map(),
});

const sourcePorts = async (protocol: number) => {
  const { flows } = await openVerifier(networkOf(world())).answer(asked(protocol), { replay, timeoutMs: 60_000 });
  return flows[0]?.family.srcPorts;
};

test('an ask of TCP or UDP stands for the ports that clients use, and for no port 0', async () => {
  expect(await sourcePorts(6)).toEqual(['1024-65535']);
  expect(await sourcePorts(17)).toEqual(['1024-65535']);
});
