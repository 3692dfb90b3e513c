/** A file of rules: comments, empty lines, and lines that go on after a backslash (semantics 10.70). */
import type { ProblemAt } from '../base/problem.ts';
import { parseRule } from './parse.ts';

/** One rule of a file, its lines put together. */
export interface RuleText {
  readonly text: string;
  /** Where it begins, both from 1. */
  readonly line: number;
  readonly column: number;
  /** The lines on which it goes on, each with where its text begins in `text`. */
  readonly goesOn: readonly { readonly from: number; readonly line: number }[];
}

export interface RuleProblem extends ProblemAt {
  /** From 1; the column is that of this line. */
  readonly line: number;
}

export interface RuleFile {
  /** Of every rule, also of those that are wrong. */
  readonly lines: readonly RuleText[];
  /** Everything that is wrong with single rules, in order. */
  readonly problems: readonly RuleProblem[];
}

export function readRules(text: string): RuleFile {
  const lines = logicalLines(text);
  const problems = lines.flatMap((line) => {
    const read = parseRule(line.text);
    return read.ok ? [] : read.problems.map((problem) => ({ ...problem, ...placeIn(line, problem.column) }));
  });
  return { lines, problems };
}

function logicalLines(text: string): readonly RuleText[] {
  const out: RuleText[] = [];
  let open: { text: string; readonly line: number; readonly column: number; goesOn: RuleText['goesOn'] } | undefined;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const whole = raw.replace(/\s*$/, '');
    const goesOn = whole.endsWith('\\');
    const own = goesOn ? whole.slice(0, -1) : whole;
    if (open === undefined) {
      const rule = own.trimStart();
      if (rule.startsWith('#') || (rule === '' && !goesOn)) continue;
      // One blank stays, for it matters (`indented`).
      const blank = Math.min(1, own.length - rule.length);
      const kept = own.slice(own.length - rule.length - blank);
      open = { text: kept, line: index + 1, column: own.length - kept.length + 1, goesOn: [] };
    } else {
      open.goesOn = [...open.goesOn, { from: open.text.length, line: index + 1 }];
      open.text += own;
    }
    if (goesOn) continue;
    out.push(open);
    open = undefined;
  }
  if (open !== undefined) out.push(open);
  return out.filter((rule) => rule.text.trim() !== '');
}

/** Where a column of the rule stands in its file. */
export function placeIn(rule: RuleText, column: number): { readonly line: number; readonly column: number } {
  const at = rule.goesOn.findLast(({ from }) => from < column);
  return at === undefined
    ? { line: rule.line, column: rule.column + column - 1 }
    : { line: at.line, column: column - at.from };
}
