/** What is wrong with rules only together, or only in the group that holds them (semantics 10.22, 10.47, 10.83). */
import type { ProblemAt } from '../base/problem.ts';
import { placeIn, type RuleProblem, type RuleText } from './file.ts';
import { optionsStart } from './options.ts';
import { ruleOf } from './parse.ts';
import type { Addresses, Ports, Rule } from './rule.ts';

/** What is known of the group; what is absent is not checked. */
export interface GroupContext {
  readonly order?: 'DEFAULT_ACTION_ORDER' | 'STRICT_ORDER';
  /** By the names of its variables and IP set references. */
  readonly ipSets?: Readonly<Record<string, unknown>>;
  readonly portSets?: Readonly<Record<string, unknown>>;
  readonly references?: Readonly<Record<string, unknown>>;
}

/** Of the rules that can be read; what is wrong with the others is told by `readRules`. */
export function checkGroup(lines: readonly RuleText[], group: GroupContext): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const sids = new Map<number, RuleText>();
  for (const line of lines) {
    const rule = ruleOf(line.text);
    if (rule === undefined) continue;
    const add = (problem: ProblemAt): void => {
      problems.push({ ...problem, ...placeIn(line, problem.column) });
    };
    const before = rule.sid === undefined ? undefined : sids.get(rule.sid);
    if (before !== undefined)
      add({
        column: placeOf(line.text, /\bsid\s*:/i),
        code: 'suricata-sid',
        message: `The sid \`${rule.sid}\` is that of line ${before.line} too.`,
        hint: 'A sid is unique within its rule group.',
      });
    else if (rule.sid !== undefined) sids.set(rule.sid, line);
    if (group.order === 'STRICT_ORDER' && rule.options.some(({ kind }) => kind === 'priority'))
      add({
        column: placeOf(line.text, /\bpriority\s*:/i),
        code: 'suricata-priority',
        message: 'AWS Network Firewall does not accept `priority` in a rule group of strict order.',
        hint: 'Rules are evaluated in the order of their lines; leave it out.',
      });
    for (const problem of undefinedNames(rule, line.text, group)) add(problem);
  }
  return problems;
}

/** The variables that AWS gives every group (semantics 10.42). */
const given = new Set(['HOME_NET', 'EXTERNAL_NET']);

function undefinedNames(rule: Rule, text: string, group: GroupContext): readonly ProblemAt[] {
  const addresses = [rule.source, rule.destination].flatMap(leaves);
  const ports = [rule.sourcePort, rule.destinationPort].flatMap(leaves);
  const wanted = [
    ...addresses.flatMap((one) => {
      if (one.kind === 'reference') return { sign: '@', name: one.name, of: group.references };
      return one.kind === 'variable' && !given.has(one.name) ? { sign: '$', name: one.name, of: group.ipSets } : [];
    }),
    ...ports.flatMap((one) => (one.kind === 'variable' ? { sign: '$', name: one.name, of: group.portSets } : [])),
  ];
  return wanted.flatMap(({ sign, name, of }) => {
    if (of === undefined || Object.hasOwn(of, name)) return [];
    const what = sign === '@' ? 'IP set reference' : 'variable';
    return {
      column: placeOf(text.slice(0, optionsStart(text)), new RegExp(String.raw`[${sign}]${name}\b`)),
      code: 'suricata-variable',
      message: `The rule group has no ${what} \`${sign}${name}\`, and AWS refuses a group that uses one it lacks.`,
      hint: 'Define it in the rule group: HOME_NET is the only one that a policy can set.',
    };
  });
}

const placeOf = (text: string, what: RegExp): number => Math.max(0, text.search(what)) + 1;

/** What stands in lists and behind negations. */
function leaves<T extends Addresses | Ports>(tree: T): readonly (Addresses | Ports)[] {
  if (tree.kind === 'list') return tree.of.flatMap(leaves);
  return tree.kind === 'not' ? leaves(tree.of) : [tree];
}
