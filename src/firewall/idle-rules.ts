/**
 * Rules that change nothing: with the rule as an alert, or with its action turned round, no flow is treated otherwise,
 * however much of it is looked at. Each rule is a proof of its own, so that time may run out before all are examined.
 */
import { type Frame, type Predicate, framePredicate, framesMeet, predicate as p } from '../dataplane/index.ts';
import { type Family, families } from '../net/address.ts';
import type { RuleAction } from '../suricata/index.ts';
import { type Bench, type Findings, finding, inSomeFamily, joined } from './lint.ts';
import { deciding, exampleJson } from './published.ts';
import { isPass } from './rule.ts';
import { type RuleAt, type Subject, groupsOf, isSame, reworded, turned, withPolicy, without } from './subject.ts';
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
  const areaOf = areasOf(bench);
  for (const at of deciders) {
    if (left() <= 0) break;
    const area = areaOf(at);
    const changes = (action: RuleAction): Promise<boolean | undefined> => changesNothing(bench, action, area, left);
    const idle = await changes('alert');
    if (idle === undefined) break;
    examined++;
    if (!idle) continue;
    const opposite = await changes(isPass(at) ? 'drop' : 'pass');
    // Under action order a pass that is turned into a drop stands elsewhere.
    const strict = subject.policy.stateful.order === 'STRICT_ORDER';
    const shadowed = opposite === true && (strict || !isPass(at));
    all.push(await told(bench, at, shadowed));
  }
  return { ...joined(all), notExamined: deciders.length - examined };
}

/** Undefined where the time was not enough. */
async function changesNothing(
  { court }: Bench,
  action: RuleAction,
  area: (family: Family) => Area,
  left: () => number,
): Promise<boolean | undefined> {
  let sure = true;
  for (const family of families) {
    const { subject, at, where } = area(family);
    const found = await court.differ(subject, turned(subject, at, action), family, where, Math.max(1, left()));
    if (found === 'perhaps') return false;
    if (found === 'unknown') sure = false;
  }
  return sure ? true : undefined;
}

/** The flows that a rule can have to do with, and the policy as far as it has to do with them. */
interface Area {
  readonly subject: Subject;
  /** The rule in it. */
  readonly at: RuleAt;
  readonly where: Predicate;
}

/** A rule that notes something for others, or stands beside what nobody read, is looked at with all of the policy. */
function areasOf({ subject, court, rules }: Bench): (at: RuleAt) => (family: Family) => Area {
  const groups = groupsOf(subject);
  const frames = new Map(families.map((family) => [family, court.frames(subject, family)] as const));
  const frameOf = (at: RuleAt, family: Family): Frame | undefined =>
    frames.get(family)![groups.findIndex(({ id }) => id === at.group.id)]!(at.index);
  const own = new Map(families.map((family) => [family, rules.map((at) => frameOf(at, family))] as const));
  return (at) => {
    const made = new Map<Family, Area>();
    const make = (family: Family): Area => {
      const frame = frameOf(at, family);
      if (frame === undefined || at.rule.options.some(({ kind }) => kind === 'flowbits'))
        return { subject, at, where: p.yes };
      const all = own.get(family)!;
      const idle = rules.filter((_, i) => all[i] !== undefined && !framesMeet(frame, all[i]));
      return { ...without(subject, idle, at), where: framePredicate(frame) };
    };
    return (family) => {
      let area = made.get(family);
      if (area === undefined) made.set(family, (area = make(family)));
      return area;
    };
  };
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
