import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { below, exact, sni } from '../firewall/policy.ts';
import { describeRules } from '../support/aws-network-firewall.ts';
import { vpcproof } from './fake.ts';

const variants = join(import.meta.dirname, '../../scenarios/egress-allow-list/variants');

const closed = ['--default', 'aws:drop_established'];

/** A file of rules in a folder of its own. */
function rules(name: string, ...lines: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vpcproof-')), name);
  writeFileSync(file, lines.join('\n'));
  return file;
}

const good = rules('good.rules', sni('pass', below('example.com'), 1), sni('pass', exact('example.org'), 2));
const moved = rules('moved.rules', sni('pass', exact('example.org'), 2), sni('pass', below('example.com'), 1));
const open = rules('open.rules', sni('pass', 'content:"example.com"; nocase;', 1));
const wrong = rules('wrong.rules', 'allow tcp any any -> any any (sid:1;)', 'drop tcp any any -> any any (sid:1)');

test('firewall check ends with 0 where nothing is found, and 1 where something is', async () => {
  const clean = await vpcproof(['firewall', 'check', good, ...closed]);
  expect([clean.status, clean.stderr]).toEqual([0, '']);
  expect(clean.stdout).toMatch(/^Policy {6}rule files, 2 stateful rules\n\nAnswer {6}nothing found\n/);
  expect(clean.stdout).toContain('HOME_NET is taken as 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16');
  const flawed = await vpcproof(['firewall', 'check', open, ...closed]);
  expect(flawed.status).toBe(1);
  expect(flawed.stdout).toContain('unanchored-name  sid 1 of `open.rules`');
  expect(flawed.stdout).toContain('(SNI example.com.evil.net) passes: rule sid 1 of `open.rules`');
  const quiet = await vpcproof(['firewall', 'check', open, ...closed, '--quiet']);
  expect(quiet.stdout).toMatch(/^unanchored-name {2}sid 1 of `open.rules` .*\n$/);
});

test('rule groups of two orders are found by a check, and refused by a diff', async () => {
  const lines = ['drop tcp any any -> any 443 (sid:1;)', 'pass tcp any any -> any 443 (sid:2;)'];
  const [first, second] = (['STRICT_ORDER', 'DEFAULT_ACTION_ORDER'] as const).map((order) =>
    rules(`${order}.json`, JSON.stringify(describeRules(order, lines, { order }).json)),
  );
  const both = await vpcproof(['firewall', 'check', first!, second!, '--format', 'json']);
  expect(both.status).toBe(1);
  const { results } = JSON.parse(both.stdout) as { results: { findings: { code: string; says: string }[] }[] };
  const orders = results[0]!.findings.filter(({ code }) => code === 'two-orders');
  expect(orders.map(({ says }) => /`(.*?)`/.exec(says)?.[1])).toEqual(['DEFAULT_ACTION_ORDER']);
  const alone = await vpcproof(['firewall', 'check', second!]);
  expect(alone.stdout).not.toContain('two-orders');
  expect(alone.stdout).toContain('RuleOrder is taken as DEFAULT_ACTION_ORDER');
  const compared = await vpcproof(['diff', second!, second!, '--order', 'strict']);
  expect(compared.status).toBe(2);
  expect(compared.stderr).toContain('(rule-order)');
});

test('it ends with 3 where something stays undecided', async () => {
  const geo = rules(
    'geo.rules',
    sni('pass', below('example.com'), 1),
    'pass ip any any -> any any (geoip:dst,RU; sid:2;)',
  );
  const { status, stdout } = await vpcproof(['firewall', 'check', geo, ...closed]);
  expect(status).toBe(3);
  expect(stdout).toContain('sid:2');
  expect(stdout).toMatch(/^Unmodelled {2}geo\.rules geoip: `geoip` of 1 rule is not modelled/m);
});

test('all problems of all files end with 2, each at its line and column', async () => {
  const { status, stderr } = await vpcproof(['firewall', 'check', wrong, good, '--home-net', 'here']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^--home-net: `here` is no CIDR block/m);
  expect(stderr).toMatch(/wrong\.rules:1:1: .* \(suricata-action\)/);
  expect(stderr).toMatch(/wrong\.rules:2:\d+: /);
  expect(stderr).not.toContain('good.rules');
});

test('a flow on which the evaluator contradicts the proof ends with 4', async () => {
  const { status, stderr } = await vpcproof(['firewall', 'check', open, ...closed], {
    judge: () => ({ passes: false, why: 'it does not', moment: 'the SYN' }),
  });
  expect(status).toBe(4);
  expect(stderr).toContain('disagree');
});

test('diff proves that nothing changed, or shows what did, with what decides before and after', async () => {
  const same = await vpcproof(['diff', good, moved, ...closed]);
  expect([same.status, same.stderr]).toEqual([0, '']);
  expect(same.stdout).toContain('Answer      SAME  no flow is treated differently');
  const different = await vpcproof(['diff', good, open, ...closed]);
  expect(different.status).toBe(1);
  expect(different.stdout).toMatch(/Passed now {2}TCP: the client's data, IPv4\n[^]*after +it passes: rule sid 1/);
  expect(different.stdout).toMatch(/Dropped now TCP: the client's data, IPv4\n {14}tcp .*\(SNI example.org\)/);
  const json = await vpcproof(['diff', good, open, ...closed, '-f', 'json']);
  expect(json.json()).toMatchObject({ verdict: 'different', opened: [{ kind: 'tcp' }], closed: [{ kind: 'tcp' }] });
});

test('described policies are compared as they are, with the firewalls that use them', async () => {
  const { status, stdout } = await vpcproof(['diff', join(variants, 'drop-strict'), join(variants, 'drop-strict')]);
  expect([status, stdout.includes('SAME')]).toEqual([0, true]);
});

test('what is no firewall policy cannot be compared, and both sides are told', async () => {
  const vpcs = rules('vpcs.json', '{"Vpcs": []}');
  const { status, stderr } = await vpcproof(['diff', vpcs, vpcs]);
  expect(status).toBe(2);
  expect(stderr.match(/only firewall policies and rule files can be compared/g)).toHaveLength(2);
});

test('help names the options, and what the default of each is', async () => {
  const { status, stdout } = await vpcproof(['firewall', 'check', '--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/--policy[^]*--order[^]*--default[^]*--stateless-default[^]*--home-net[^]*--timeout/);
  expect((await vpcproof(['firewall'])).status).toBe(2);
});
