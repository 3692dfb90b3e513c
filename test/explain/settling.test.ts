import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type PropertyResult, check } from '../../src/index.ts';
import { networkOf } from '../support/network.ts';
import { asked } from './asked.ts';
import { drops, passes, twoFirewalls } from './firewalls.ts';

const folder = mkdtempSync(join(tmpdir(), 'settling-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** That both hosts reach two addresses outside by a firewall. */
async function required(assume: readonly string[], more = ''): Promise<PropertyResult> {
  const file = join(folder, 'policy.yaml');
  const ends = 'from: [eni-i1, eni-i2], to: [1.1.1.1/32, 9.9.9.9/32]';
  const property = `{ id: p, require: { ${ends}, traffic: tcp/443, via: "firewall:*"${more} } }`;
  writeFileSync(file, `version: 1\nproperties:\n  - ${property}\n`);
  const checked = await check(networkOf(twoFirewalls), { policies: [file], assume });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value.results[0]!;
}

describe('what settles a requirement settles it for every member', () => {
  test.each(['', ', every: pair'])('of a requirement written with `%s`', async (more) => {
    const { verdict, assumptions, reason } = await required([], more);
    expect(verdict).toBe('undecided');
    expect(reason).toMatch(/^for `eni-i1` \(10\.0\.1\.10\) and 1 more /);
    expect(assumptions).toEqual([drops('fw1')]);
    expect((await required(assumptions, more)).verdict).toBe('violated');
  });

  test('by one side that lets all through, where there is one', async () => {
    const { verdict, assumptions } = await required([passes('fw1')]);
    expect(verdict).toBe('undecided');
    expect(assumptions).toEqual([passes('fw2')]);
    expect((await required([passes('fw1'), ...assumptions])).verdict).toBe('holds');
  });
});

describe('an ask via a firewall whose rules are unknown', () => {
  const out = { from: 'eni-i1', to: 'internet', proto: 'tcp', port: '443' };

  test('is settled by that firewall passing the packet', async () => {
    const answer = await asked(twoFirewalls, { ...out, via: ['firewall:*'] });
    expect(answer).toMatchObject({ verdict: 'undecided', assumptions: [passes('fw1')] });
    const settled = await asked(twoFirewalls, { ...out, via: ['firewall:*'], assume: answer.assumptions });
    expect(settled.verdict).toBe('reachable');
  });

  test('blames that firewall where it is taken to drop, and says so', async () => {
    const { verdict, blockedBy } = await asked(twoFirewalls, { ...out, via: ['firewall:*'], assume: [drops('fw1')] });
    expect(verdict).toBe('unreachable');
    expect(blockedBy?.map(({ resource }) => resource)).toEqual(['vpce-f1']);
    expect(blockedBy?.[0]?.detail).toMatch(/fw1` is taken to drop the packet$/);
  });

  test('does not blame the unknown rules of a firewall on another way', async () => {
    const { verdict, reason, blockedBy } = await asked(twoFirewalls, { ...out, via: ['vpce-f2'] });
    expect([verdict, blockedBy]).toEqual(['unreachable', []]);
    expect(reason).toBe(
      `no flow arrives via \`vpce-f2\`; whether one does by another way depends on what is not known, as \`${passes('fw1')}\``,
    );
  });
});
