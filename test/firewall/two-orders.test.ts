import { expect, test } from 'vitest';
import type { Subject } from '../../src/firewall/index.ts';
import type { RuleOrder, StatefulRuleGroup } from '../../src/network/firewall-policy.ts';
import { statefulGroupArn } from '../support/aws-network-firewall.ts';
import { type Words, check, findings, subjectOf } from './policy.ts';

/** The policy's one group says that it is of that order. */
function misplaced(words: Words, order: RuleOrder, change: Partial<StatefulRuleGroup> = {}): Subject {
  const subject = subjectOf(words);
  const id = statefulGroupArn('rules');
  const group = { ...(subject.network.ruleGroups.get(id) as StatefulRuleGroup), order, ...change };
  const ruleGroups = new Map([...subject.network.ruleGroups, [id, group]]);
  return { ...subject, network: { ...subject.network, ruleGroups } };
}

const found = async (subject: Subject) => {
  const { findings: all, undecided } = await check(subject);
  const some = all.filter(({ code }) => code === 'two-orders');
  expect(some).toHaveLength(1);
  return { ...some[0]!, undecided: undecided.filter(({ code }) => code === 'two-orders') };
};

const dropFirst = ['drop tcp any any -> any 443 (sid:1;)', 'pass tcp any any -> any 443 (sid:2;)'];

test('a group of action order in a policy of strict order has a flow that it treats otherwise there', async () => {
  const { says, examples, undecided } = await found(misplaced({ rules: dropFirst }, 'DEFAULT_ACTION_ORDER'));
  expect(says).toContain('InvalidRequestException');
  expect(says).toContain('pass a flow in their own order that they drop in the policy');
  expect(examples).toMatchObject([
    { packet: { protocol: 'tcp', dstPort: 443 }, verdict: 'passes', rule: { sid: 2 } },
    { packet: { protocol: 'tcp', dstPort: 443 }, verdict: 'dropped', rule: { sid: 1 } },
  ]);
  expect(examples[0]!.packet).toEqual(examples[1]!.packet);
  expect(undecided).toEqual([]);
});

test('a group of strict order in a policy of action order has one the other way round', async () => {
  const { says, examples } = await found(
    misplaced({ rules: dropFirst, order: 'DEFAULT_ACTION_ORDER' }, 'STRICT_ORDER'),
  );
  expect(says).toContain('drop a flow in their own order that they pass in the policy');
  expect(examples).toMatchObject([
    { verdict: 'dropped', rule: { sid: 1 } },
    { verdict: 'passes', rule: { sid: 2 } },
  ]);
});

test('priorities count in action order alone', async () => {
  const rules = [
    'pass tcp any any -> any 443 (sid:1; priority:9;)',
    'drop tcp any any -> any 443 (sid:2; priority:1;)',
    'drop tcp any any -> any 80 (sid:3;)',
  ];
  const { says, examples } = await found(misplaced({ rules }, 'DEFAULT_ACTION_ORDER'));
  expect(says).toContain('treat every flow alike in both orders');
  expect(examples).toEqual([]);
});

test('where it hangs on what is not known, the finding has no flow, and the question is undecided', async () => {
  const rules = ['drop tcp any any -> any 443 (geoip:dst,RU; sid:1;)', 'pass tcp any any -> any 443 (sid:2;)'];
  const { says, examples, undecided } = await found(misplaced({ rules }, 'DEFAULT_ACTION_ORDER'));
  expect(says).toContain('InvalidRequestException');
  expect(says).not.toContain('alike');
  expect(examples).toEqual([]);
  expect(undecided[0]!.unknowns.join()).toContain('sid:1');
});

test('rules that nobody read are refused all the same', async () => {
  const rules = { unread: 'network-firewall describe-rule-group', subject: statefulGroupArn('rules') };
  const { says, examples } = await found(misplaced({ rules: dropFirst }, 'DEFAULT_ACTION_ORDER', { rules }));
  expect(says).toContain('were not read');
  expect(examples).toEqual([]);
});

test('a group of the order of its policy is no such finding', async () => {
  for (const order of ['STRICT_ORDER', 'DEFAULT_ACTION_ORDER'] as const)
    expect((await findings({ rules: dropFirst, order })).map(({ code }) => code)).not.toContain('two-orders');
});
