import { expect, test } from 'vitest';
import { checkFirewall } from '../../src/firewall/index.ts';
import { InvariantViolation } from '../../src/base/invariant.ts';
import type { Judge } from '../../src/network/judge.ts';
import { judge } from '../../src/trace/index.ts';
import { below, check, exact, sni, subjectOf } from './policy.ts';

const rules = [sni('pass', below('example.com'), 1), sni('pass', exact('www.example.com'), 2)];

test('an evaluator that tells a flow otherwise is an error of the program', async () => {
  const contrary: Judge = (request) => {
    const judgement = judge(request);
    return { ...judgement, passes: !judgement.passes };
  };
  const checked = checkFirewall(subjectOf({ rules, defaults: [] }), {
    judge: contrary,
    timeoutMs: 20_000,
    now: () => performance.now(),
  });
  await expect(checked).rejects.toThrow(InvariantViolation);
});

test('rules that time did not suffice for are counted, and not said to be well', async () => {
  let now = 0;
  const { notExamined, findings } = await checkFirewall(subjectOf({ rules }), {
    judge,
    timeoutMs: 1500,
    now: () => (now += 1000),
  });
  expect(notExamined).toBe(1);
  expect(findings).toEqual([]);
});

test('what hangs on rules that nobody understands is undecided, and names them', async () => {
  const unknown = 'pass ip any any -> any any (geoip:dst,RU; sid:7;)';
  const { findings, undecided } = await check(subjectOf({ rules: [...rules.slice(0, 1), unknown] }));
  expect(findings).toEqual([]);
  expect(undecided.map(({ code }) => code)).toContain('any-name-passes');
  expect(undecided[0]!.unknowns.join()).toContain('sid:7');
});
