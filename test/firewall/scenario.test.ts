import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFirewalls } from '../../src/sources/index.ts';
import { check } from './policy.ts';

const scenario = join(import.meta.dirname, '../../scenarios/egress-allow-list');

/** The codes found in a folder's only policy, each once. */
async function found(folder: string): Promise<readonly string[]> {
  const input = loadFirewalls({ files: [join(scenario, folder)] });
  if (!input.ok) throw new Error(JSON.stringify(input.problems));
  const [subject, ...others] = input.value.subjects;
  expect(others).toEqual([]);
  const { findings, notExamined } = await check({ network: input.value.network, ...subject! });
  expect(notExamined).toBe(0);
  return [...new Set(findings.map(({ code }) => code))];
}

test('the allow list of the scenario is clean', async () => {
  expect(await found('network')).toEqual([]);
});

test.each([
  ['action-order', ['other-protocols-pass', 'shadowed-rule']],
  ['alert-only', ['other-protocols-pass', 'any-name-passes', 'redundant-rule']],
  ['case-matters', ['unanchored-name']],
  ['dot-forgotten', ['unanchored-name']],
  ['name-contained', ['unanchored-name']],
  ['drop-strict', ['handshake-dies', 'shadowed-rule']],
  ['fragments-passed', ['stateless-bypass']],
  ['stateless-https', ['stateless-bypass', 'other-protocols-pass', 'any-name-passes', 'shadowed-rule']],
  ['home-net-too-narrow', ['home-net-misses']],
  ['home-net-without-ipv6', ['home-net-misses']],
  ['home-net-without-training', ['home-net-misses']],
  ['port-443-passed', ['other-protocols-pass', 'any-name-passes', 'early-pass', 'shadowed-rule']],
  ['quic-passed', ['other-protocols-pass']],
  ['replies-passed', ['early-pass', 'shadowed-rule']],
] as const)('%s: %j', async (variant, codes) => {
  expect(await found(`variants/${variant}`)).toEqual(codes);
});
