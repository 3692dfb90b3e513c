import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diff, loadNetwork } from '../../src/index.ts';
import { vpcproof } from './fake.ts';

const scenario = join(import.meta.dirname, '../../scenarios/public-web-private-db');
const before = join(scenario, 'network');
const variant = (name: string): string => join(scenario, 'variants', name);

const file = (name: string, text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'vpcproof-')), name);
  writeFileSync(path, text);
  return path;
};

test('a diff of networks ends with 0 where no flow changed, 1 where one did', async () => {
  const same = await vpcproof(['diff', before, before]);
  expect([same.status, same.stderr]).toEqual([0, '']);
  expect(same.stdout).toContain('SAME  no change in reachability');
  const changed = await vpcproof(['diff', before, variant('db-group-open')]);
  expect(changed.status).toBe(1);
  expect(changed.stdout).toContain('DIFFERENT  1 family of flows opened, 0 closed');
  expect(changed.stdout).toContain('has no ingress rule that admits tcp/5432 from 10.30.1.20');
  const quiet = await vpcproof(['diff', before, variant('db-group-open'), '--quiet']);
  expect(quiet.stdout).toBe('different\n');
});

test('selectors and traffic narrow it, and replies count where they are asked for', async () => {
  const { status } = await vpcproof(['diff', before, variant('db-group-open'), '--from', 'internet']);
  expect(status).toBe(0);
  const port = await vpcproof(['diff', before, variant('db-group-open'), '--proto', 'tcp', '--port', '443']);
  expect(port.status).toBe(0);
  const central = join(scenario, '../central-egress');
  const [old, now] = [join(central, 'network'), join(central, 'variants/no-way-back')];
  expect((await vpcproof(['diff', old, now])).status).toBe(0);
  expect((await vpcproof(['diff', old, now, '--mode', 'connection'])).status).toBe(1);
  const wrong = await vpcproof(['diff', before, before, '--from', 'eni-nowhere', '--port', '99999']);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('(no-match)');
});

test('beyond --max-families the rest is counted', async () => {
  const { json } = await vpcproof(['diff', before, variant('db-published'), '--max-families', '1', '-f', 'json']);
  const { opened, omitted } = json() as { opened: unknown[]; omitted: { opened: number } };
  expect(opened).toHaveLength(1);
  expect(omitted.opened).toBeGreaterThan(0);
});

test('with policies it is told what broke, and only that counts', async () => {
  const policy = file(
    'policy.yaml',
    'version: 1\nproperties:\n  - { id: db, forbid: { from: internet, to: eni-0db00000000000001 } }\n  - { id: web, forbid: { from: internet, to: dns } }\n',
  );
  const network = await loadNetwork(before);
  const broken = await loadNetwork(variant('db-published'));
  if (!network.ok || !broken.ok) throw new Error('the scenario is read');
  const found = await diff(network.value, broken.value, {}, { policies: [policy] });
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  expect(found.value.properties).toMatchObject([
    { id: 'db', change: 'broken', before: 'holds', after: 'violated' },
    { id: 'web', change: 'none', before: 'holds', after: 'holds' },
  ]);
  expect(found.value.verdict).toBe('different');
});

test('networks are compared with networks, and options go with what they are for', async () => {
  const rules = file('a.rules', 'pass tcp any any -> any 443 (sid:1;)');
  const unlike = await vpcproof(['diff', before, rules]);
  expect(unlike.status).toBe(2);
  const idle = await vpcproof(['diff', before, before, '--order', 'strict']);
  expect(idle.stderr).toContain('(option-of-rules)');
  const other = await vpcproof(['diff', rules, rules, '--from', 'internet']);
  expect(other.stderr).toContain('(option-of-networks)');
});
