/** Web ACLs by the rule groups that they refer to: that these are on the path, not what they let through (semantics 12.23). */
import { expect, test } from 'vitest';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { ask } from '../../src/index.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import { answerOf } from '../hostile/verdict.ts';
import { front } from '../support/front.ts';
import type { Change } from '../support/spec.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const common = 'AWSManagedRulesCommonRuleSet';

const web: Change = {
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'] }],
};

const guarded = networkOf(
  world(front(), web, { webAcls: [{ id: 'waf', balancers: ['front'], ruleGroups: [common] }] }),
);

const entries = (via: string) => `forbid: { from: internet, to: eni-i1, except: { via: '${via}' } }`;

test.each([`rule-group:AWS:${common}`, `rule-group:${common}`, 'web-acl:rule-group:*Common*'])(
  'every entry passes `%s`',
  async (via) => {
    expect((await answerOf(guarded, entries(via))).verdict).toBe('holds');
  },
);

test('one that no web ACL refers to is named', () => {
  expect(problemsOf(guarded, 'rule-group:AWSManagedRulesSQLiRuleSet')).toEqual(['no-match']);
});

test('one whose matches are only counted is no way through it, and that is said', () => {
  const counting = networkOf(
    world(front(), web, { webAcls: [{ id: 'waf', balancers: ['front'], ruleGroups: [common], counted: [common] }] }),
  );
  expect(problemsOf(counting, `rule-group:${common}`)).toEqual(['no-match']);
  expect(problemsOf(counting, 'web-acl:waf')).toEqual([]);
  expect(counting.warnings.join()).toContain(`counts what rule group \`AWS:${common}\` matches`);
});

test.each([
  { past: { scoped: [common] }, why: 'scope-down statement' },
  { past: { allows: 'first' }, why: '`office` before it allows' },
] as const)('one that requests may go past is no way through it, and that is said: $why', async ({ past, why }) => {
  const web1 = { id: 'waf', balancers: ['front'], ruleGroups: [common], ...past };
  const leaky = networkOf(world(front(), web, { webAcls: [web1] }));
  expect((await answerOf(leaky, entries(`rule-group:${common}`))).verdict).toBe('violated');
  expect((await answerOf(leaky, entries('web-acl:waf'))).verdict).toBe('holds');
  expect(leaky.warnings.join()).toContain(why);
});

test('a rule that allows what the rule group has looked at takes nothing from it', async () => {
  const behind = { id: 'waf', balancers: ['front'], ruleGroups: [common], allows: 'last' } as const;
  const network = networkOf(world(front(), web, { webAcls: [behind] }));
  expect((await answerOf(network, entries(`rule-group:${common}`))).verdict).toBe('holds');
});

test('a web ACL whose rules nobody read is asked for', () => {
  const acls = [...guarded.webAcls.values()];
  const ruleGroups = { unread: 'wafv2 get-web-acl', subject: acls[0]!.id };
  expect(acls.every((one) => !isUnread(one.ruleGroups))).toBe(true);
  const unread: Network = { ...guarded, webAcls: new Map(acls.map((one) => [one.id, { ...one, ruleGroups }])) };
  expect(problemsOf(unread, `rule-group:${common}`)).toEqual(['missing-call']);
  expect(problemsOf(unread, 'web-acl:waf')).toEqual([]);
});

test('it is a way in `ask`, too', async () => {
  const answer = await ask(guarded, { from: 'internet', to: 'eni-i1', avoid: [`rule-group:${common}`] });
  expect(answer).toMatchObject({ ok: true, value: { verdict: 'unreachable' } });
});

function problemsOf(network: Network, via: string): readonly string[] {
  const file = readPolicyFile(`version: 1\nproperties:\n  - { id: p, ${entries(via)} }\n`, 'policy.yaml');
  if (!file.ok) return file.problems.map(({ code }) => code);
  const properties = propertiesOf(network, file.value, { sides: new Map(), potential: false });
  return properties.ok ? [] : properties.problems.map(({ code }) => code);
}
