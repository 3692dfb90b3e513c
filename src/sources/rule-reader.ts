/** The reader of firewall rules, for whoever changes the rules of a group that was read. */
import type { ProblemAt } from '../base/problem.ts';
import type { StatefulRuleGroup } from '../network/firewall-policy.ts';
import { isUnread } from '../network/resource.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import { checkGroup, parseRule, ruleOf, type RuleText } from '../suricata/index.ts';
import { domainListOf, linesOfDomains } from './describe/domain-list.ts';
import { judgeLines } from './describe/judged-lines.ts';

export const ruleReader: RuleReader = {
  problems: problemsOf,
  sid: (text) => ruleOf(text)?.sid,
  unmodelled: judgeLines,
  domainList: domainListOf,
  rulesOfDomains: (list, order) => linesOfDomains(list, order).map(({ text }) => text),
};

function problemsOf(group: StatefulRuleGroup): readonly (ProblemAt & { readonly rule: number })[] {
  const { rules } = group;
  if (isUnread(rules)) return [];
  const single = rules.flatMap(({ text }, rule) => {
    const read = parseRule(text);
    return read.ok ? [] : read.problems.map((problem) => ({ ...problem, rule }));
  });
  // Each rule is a line of its own here: its number is its place in the list.
  const lines = rules.map(({ text }, index): RuleText => ({ text, line: index + 1, column: 1, goesOn: [] }));
  return [...single, ...checkGroup(lines, group).map(({ line, ...problem }) => ({ ...problem, rule: line - 1 }))];
}
