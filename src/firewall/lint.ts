/** What a check of a policy has at hand, and what it comes to. */
import { type Family, families } from '../net/address.ts';
import type { FirewallDoubt, FirewallExample, FirewallFinding, FirewallRuleJson } from '../result/firewall.ts';
import type { Court, Example, Found, Question } from './court.ts';
import { exampleJson, ruleJson } from './published.ts';
import type { RuleAt, Subject } from './subject.ts';

export interface Bench {
  readonly subject: Subject;
  /** In order. */
  readonly rules: readonly RuleAt[];
  readonly court: Court;
}

export interface Findings {
  readonly findings: readonly FirewallFinding[];
  readonly undecided: readonly FirewallDoubt[];
}

export const clean: Findings = { findings: [], undecided: [] };

export const joined = (all: readonly Findings[]): Findings => ({
  findings: all.flatMap(({ findings }) => findings),
  undecided: all.flatMap(({ undecided }) => undecided),
});

/** The question in one family after the other, until there is a flow. */
export async function inSomeFamily(
  court: Court,
  question: (family: Family) => Omit<Question, 'family'>,
): Promise<Found> {
  let open: Found = { kind: 'none' };
  for (const family of families) {
    const found = await court.find({ family, ...question(family) });
    if (found.kind === 'some') return found;
    if (found.kind === 'undecided') open = found;
  }
  return open;
}

export function finding(
  code: string,
  says: string,
  examples: readonly FirewallExample[],
  rule?: RuleAt,
  other?: FirewallRuleJson,
): Findings {
  const told = {
    code,
    ...(rule === undefined ? {} : { rule: ruleJson(rule) }),
    ...(other === undefined ? {} : { other }),
    says,
    examples,
  };
  return { findings: [told], undecided: [] };
}

export function doubt(code: string, found: Extract<Found, { kind: 'undecided' }>, rule?: RuleAt): Findings {
  const { reason, unknowns } = found;
  const told = { code, ...(rule === undefined ? {} : { rule: ruleJson(rule) }), reason, unknowns };
  return { findings: [], undecided: [told] };
}

/** A flow that was found, with what the evaluator said of the policy itself, which the first saying speaks of. */
export const shown = (subject: Subject, example: Example): FirewallExample =>
  exampleJson(subject, example, example.judgements[0]!);
