/** `any` in a network without hosts: a proof about nobody says so. */
import { expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const inhabited = networkOf(world());
const hosts = [...inhabited.interfaces.values()].filter(({ role }) => role === 'host');
const empty: Network = {
  ...inhabited,
  instances: new Map(),
  interfaces: new Map([...inhabited.interfaces].filter(([id]) => !hosts.some((host) => host.id === id))),
};

test.each(['from: any, to: internet', 'from: internet, to: any'])('`forbid: { %s }`', async (ends) => {
  expect(hosts.length).toBeGreaterThan(0);
  const { verdict, notes } = await answerOf(empty, `forbid: { ${ends} }`);
  expect(verdict).toBe('holds');
  expect(notes.join()).toContain('of hosts launched tomorrow nothing is proved; `potential: true` counts them in.');
  const { notes: others } = await answerOf(inhabited, `forbid: { ${ends}, traffic: '253' }`);
  expect(others.join()).not.toContain('launched tomorrow');
});
