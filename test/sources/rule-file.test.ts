import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { formatPrefix } from '../../src/net/prefix.ts';
import { type FirewallInput, type FirewallSource, loadFirewalls } from '../../src/sources/index.ts';
import { describePolicy, describeRules, statefulGroupArn } from '../support/aws-network-firewall.ts';

const pass =
  'pass tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"example.com"; startswith; endswith; sid:1;)';
const drop = 'drop ip any any -> any any (sid:2;)';

/** The files in a folder of their own; the source names them from there. */
function load(
  files: Readonly<Record<string, string | object>>,
  source: Partial<FirewallSource> = {},
): { readonly input?: FirewallInput; readonly problems: readonly Problem[] } {
  const folder = mkdtempSync(join(tmpdir(), 'vpcproof-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const names = source.files ?? Object.keys(files).filter((name) => name !== source.policy);
  const loaded = loadFirewalls({
    ...source,
    files: names.map((name) => join(folder, name)),
    ...(source.policy === undefined ? {} : { policy: join(folder, source.policy) }),
  });
  if (loaded.ok) return { input: loaded.value, problems: [] };
  const inside = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    problems: loaded.problems.map((one) => ({ ...one, ...(one.file === undefined ? {} : { file: inside(one.file) }) })),
  };
}

const only = ({ input, problems }: ReturnType<typeof load>) => {
  expect(problems).toEqual([]);
  expect(input!.subjects).toHaveLength(1);
  return { ...input!.subjects[0]!, ...input! };
};

test('rule files are the groups of one policy, in the order given, and what nobody told is said', () => {
  const { policy, defaults, network } = only(load({ 'a.rules': `# first\n\n${pass}\n`, 'b.txt': drop }));
  expect(policy.stateful.order).toBe('STRICT_ORDER');
  expect(policy.stateful.groups.map(({ group }) => group.slice(group.lastIndexOf('/') + 1))).toEqual([
    'a.rules',
    'b.txt',
  ]);
  expect(defaults.map(({ setting }) => setting)).toEqual([
    'RuleOrder',
    'StatefulDefaultActions',
    'StatelessDefaultActions',
    'HOME_NET',
  ]);
  expect(policy.homeNet?.map(formatPrefix)).toEqual(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);
  const first = network.ruleGroups.get(policy.stateful.groups[0]!.group);
  expect(first).toMatchObject({ rules: [{ text: pass, source: { place: '3:1' } }] });
});

test('options tell what a policy would', () => {
  const { policy, defaults } = only(
    load(
      { 'a.rules': pass },
      { order: 'action', defaults: ['aws:drop_established'], statelessDefault: 'drop', homeNet: ['100.64.0.0/10'] },
    ),
  );
  expect(policy).toMatchObject({
    stateless: { default: 'aws:drop' },
    stateful: { order: 'DEFAULT_ACTION_ORDER', defaults: ['aws:drop_established'] },
  });
  expect(policy.homeNet?.map(formatPrefix)).toEqual(['100.64.0.0/10']);
  expect(defaults).toEqual([]);
});

test('everything that is wrong with every file is told at its line and column, at once', () => {
  const { problems } = load({
    'a.rules': `${pass}\nblock tcp any any -> any any (sid:3;)\n${drop.replace('sid:2', 'sid:1')}`,
    'b.rules': 'drop tcp $WEB any -> any any (sid:1; priority:2;)',
    'c.rules': '# nothing\n',
  });
  expect(problems.map(({ code, file, place }) => [file, place, code])).toEqual([
    ['a.rules', '2:1', expect.stringMatching(/^suricata-/)],
    ['a.rules', '3:29', 'suricata-sid'],
    ['b.rules', '1:10', 'suricata-variable'],
    ['b.rules', '1:38', 'suricata-priority'],
    ['c.rules', undefined, 'no-rules'],
  ]);
});

test('with a policy, the rule files are its stateful groups, and the rest is as it says', () => {
  const described = describePolicy('egress', {
    order: 'STRICT_ORDER',
    defaults: ['aws:drop_established'],
    groups: [statefulGroupArn('deployed')],
    homeNet: ['10.1.0.0/16'],
    stateless: 'aws:pass',
  }).json!;
  const { policy, defaults } = only(load({ 'new.rules': pass, 'policy.json': described }, { policy: 'policy.json' }));
  expect(policy.stateful.groups).toEqual([
    { group: expect.stringContaining('new.rules') as string, priority: 1, dropToAlert: false },
  ]);
  expect(policy).toMatchObject({
    stateless: { default: 'aws:pass' },
    stateful: { defaults: ['aws:drop_established'] },
  });
  expect(policy.homeNet?.map(formatPrefix)).toEqual(['10.1.0.0/16']);
  expect(defaults).toEqual([]);
  const idle = load({ 'new.rules': pass, 'policy.json': described }, { policy: 'policy.json', order: 'action' });
  expect(idle.problems).toMatchObject([{ code: 'policy-is-described', place: '--order' }]);
  const beside = load({ 'new.rules': pass, 'policy.json': described });
  expect(beside.problems.map(({ code, file }) => [code, file])).toEqual([['rules-beside-policy', 'new.rules']]);
});

test('described policies are looked at as they are, and groups alone make one', () => {
  const group = describeRules('names', [pass], { order: 'STRICT_ORDER' }).json!;
  const policy = describePolicy('egress', { order: 'STRICT_ORDER', groups: [statefulGroupArn('names')] }).json!;
  expect(only(load({ 'group.json': group, 'policy.json': policy })).policy.name).toBe('egress');
  expect(only(load({ 'group.json': group })).policy.stateful.groups).toMatchObject([
    { group: statefulGroupArn('names') },
  ]);
  expect(load({ 'group.json': group }, { order: 'action' }).problems).toMatchObject([{ code: 'rule-order' }]);
});

test('what holds no policy and no rule, and options that mean nothing, are refused', () => {
  expect(load({ 'a.json': { Vpcs: [] } }).problems.map(({ code }) => code)).toEqual(['no-firewall-policy']);
  const wrong = load({ 'a.rules': pass }, { homeNet: ['10.0.0.0/8', 'home'], defaults: ['drop_strict'] });
  expect(wrong.problems.map(({ code, place }) => [code, place])).toEqual([
    ['bad-cidr', '--home-net'],
    ['bad-default-action', '--default'],
  ]);
  expect(load({ 'a.rules': pass }, { files: ['missing.rules'] }).problems).toMatchObject([{ code: 'no-such-file' }]);
});
