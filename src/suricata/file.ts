/** A file of rules: comments, empty lines, and lines that go on after a backslash (semantics 10.70). */
import type { ProblemAt } from '../base/problem.ts';
import { parseRule } from './parse.ts';

/** One rule of a file, its lines put together. */
export interface RuleText {
  readonly text: string;
  /** Where it begins, both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface RuleProblem extends ProblemAt {
  /** From 1. */
  readonly line: number;
}

export interface RuleFile {
  /** Of every rule, also of those that are wrong. */
  readonly lines: readonly RuleText[];
  /** Everything that is wrong with single rules, in order. */
  readonly problems: readonly RuleProblem[];
}

/** A physical line of a rule: where its text stands in the rule's, and where in the file. */
interface Stretch {
  readonly from: number;
  readonly line: number;
  readonly column: number;
}

export function readRules(text: string): RuleFile {
  const lines: RuleText[] = [];
  const problems: RuleProblem[] = [];
  for (const { text: rule, stretches } of logicalLines(text)) {
    const [{ line, column } = { line: 1, column: 1 }] = stretches;
    lines.push({ text: rule, line, column });
    const read = parseRule(rule);
    if (!read.ok) problems.push(...read.problems.map((problem) => ({ ...problem, ...placeOf(problem, stretches) })));
  }
  return { lines, problems };
}

function logicalLines(text: string): readonly { readonly text: string; readonly stretches: readonly Stretch[] }[] {
  const out: { text: string; stretches: Stretch[] }[] = [];
  let open: { text: string; stretches: Stretch[] } | undefined;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const goesOn = /\\\s*$/.test(raw);
    const whole = goesOn ? raw.replace(/\\\s*$/, '') : raw.trimEnd();
    if (open === undefined) {
      const start = whole.length - whole.trimStart().length;
      const rule = whole.slice(start);
      if (rule.startsWith('#') || (rule === '' && !goesOn)) continue;
      open = { text: rule, stretches: [{ from: 0, line: index + 1, column: start + 1 }] };
      out.push(open);
    } else {
      open.stretches.push({ from: open.text.length, line: index + 1, column: 1 });
      open.text += whole;
    }
    if (!goesOn) open = undefined;
  }
  return out.filter(({ text: rule }) => rule.trim() !== '');
}

function placeOf({ column }: ProblemAt, stretches: readonly Stretch[]): { line: number; column: number } {
  const at = stretches.findLast(({ from }) => from < column) ?? { from: 0, line: 1, column: 1 };
  return { line: at.line, column: at.column + column - 1 - at.from };
}
