/**
 * Rules that change nothing: with the rule as an alert, or with its action turned round, no flow is treated otherwise,
 * however much of it is looked at. Each rule is a proof of its own, so that time may run out before all are examined.
 */
import { families } from '../net/address.ts';
import { type Bench, type Findings, finding, inSomeFamily, joined } from './lint.ts';
import { deciding, exampleJson } from './published.ts';
import { isPass } from './rule.ts';
import { type RuleAt, type Subject, isSame, reworded, turned, withPolicy } from './subject.ts';
import { outward, whole } from './traffic.ts';

export interface Examined extends Findings {
  readonly notExamined: number;
}

/** `now` is a clock in milliseconds. */
export async function idleRules(bench: Bench, timeoutMs: number, now: () => number): Promise<Examined> {
  const { subject, rules } = bench;
  const deciders = rules.filter(({ rule }) => rule.action !== 'alert');
  const until = now() + timeoutMs;
  const left = (): number => until - now();
  const all: Findings[] = [];
  let examined = 0;
  for (const at of deciders) {
    if (left() <= 0) break;
    const idle = await changesNothing(bench, turned(subject, at, 'alert'), left);
    if (idle === undefined) break;
    examined++;
    if (!idle) continue;
    const opposite = await changesNothing(bench, turned(subject, at, isPass(at) ? 'drop' : 'pass'), left);
    // Under action order a pass that is turned into a drop stands elsewhere.
    const strict = subject.policy.stateful.order === 'STRICT_ORDER';
    const shadowed = opposite === true && (strict || !isPass(at));
    all.push(await told(bench, at, shadowed));
  }
  return { ...joined(all), notExamined: deciders.length - examined };
}

/** Undefined where the time was not enough. */
async function changesNothing(
  { subject, court }: Bench,
  copy: Subject,
  left: () => number,
): Promise<boolean | undefined> {
  let sure = true;
  for (const family of families) {
    const found = await court.differ(subject, copy, family, Math.max(1, left()));
    if (found === 'perhaps') return false;
    if (found === 'unknown') sure = false;
  }
  return sure ? true : undefined;
}

async function told(bench: Bench, at: RuleAt, shadowed: boolean): Promise<Findings> {
  const { subject } = bench;
  const flow = await flowOf(bench, at);
  const rule = flow && deciding(subject, flow.judgement);
  const other = rule?.line === at.index + 1 && rule.group === (at.group.name ?? at.group.id) ? undefined : rule;
  const says = shadowed
    ? flow === undefined
      ? 'It never decides: nothing that reaches it matches.'
      : 'It never decides: what it matches is decided before it.'
    : 'It changes nothing: without it every flow is treated alike.';
  return finding(
    shadowed ? 'shadowed-rule' : 'redundant-rule',
    says,
    flow === undefined ? [] : [exampleJson(subject, flow.example, flow.judgement)],
    at,
    other,
  );
}

/** A flow that the rule would stop if it stood alone, and what the policy does with it. */
async function flowOf({ subject, court }: Bench, at: RuleAt) {
  const forwarding = withPolicy(subject, {
    stateless: { groups: [], default: 'aws:forward_to_sfe', fragmentDefault: 'aws:forward_to_sfe' },
    stateful: { ...subject.policy.stateful, defaults: [] },
  });
  const nothing = reworded(forwarding, () => 'alert');
  const alone = reworded(forwarding, (other) => (isSame(other, at) ? 'drop' : 'alert'));
  const found = await inSomeFamily(court, (family) => ({
    mode: 'client-data',
    where: whole,
    says: [
      { subject: alone, passes: false },
      { subject: nothing, passes: true },
    ],
    rather: [outward(subject, family)],
  }));
  return found.kind === 'some'
    ? { example: found.example, judgement: court.judged(subject, found.example) }
    : undefined;
}
