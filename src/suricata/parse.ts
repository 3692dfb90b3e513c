/** One rule: its text to what it says, or everything that is wrong with it. */
import type { ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import { readHeader } from './header.ts';
import { readKeywords } from './keywords.ts';
import { optionsStart, readOptions } from './options.ts';
import { complainTo, part } from './piece.ts';
import type { Option, Rule } from './rule.ts';

const known = new Map<string, Result<Rule, ProblemAt>>();

/** Reads one logical line, which is neither empty nor a comment; each text once. */
export function parseRule(text: string): Result<Rule, ProblemAt> {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = readRule(text);
  known.set(text, read);
  return read;
}

/** Suricata passes over lines that begin with a blank; whether AWS takes the blank away first is not told. */
const indented: Option = { kind: 'unknown', keyword: 'indented line' };

function readRule(text: string): Result<Rule, ProblemAt> {
  const problems: ProblemAt[] = [];
  const complain = complainTo(problems);
  const whole = { text: text.replaceAll(/[\t\r\n]/g, ' '), column: 1 };
  const start = optionsStart(whole.text);
  const header = readHeader(part(whole, 0, start), complain);
  // Of a grammar that is another altogether, nothing more can be said.
  const other = problems.some(({ code }) => code === 'suricata-next-generation');
  const raw = other ? undefined : readOptions(part(whole, start), complain);
  const read = raw && readKeywords(raw, complain);
  if (read !== undefined && !raw!.some(({ keyword }) => keyword === 'sid'))
    complain({ text: '', column: 1 }, 'suricata-sid', 'The rule has no `sid`.', 'Write `sid:1;`, one for each rule.');
  problems.sort((a, b) => a.column - b.column);
  return unless(problems, () => {
    const rule = { ...header!, ...read! };
    return /^\s/.test(text) ? { ...rule, options: [...rule.options, indented] } : rule;
  });
}

/** The same without the problems: undefined where it is no rule. */
export function ruleOf(text: string): Rule | undefined {
  const read = parseRule(text);
  return read.ok ? read.value : undefined;
}
