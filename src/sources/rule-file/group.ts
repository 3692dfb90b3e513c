/** A file of Suricata rules as a rule group, with everything that AWS would refuse in it. */
import type { Problem } from '../../base/problem.ts';
import type { CoverageEntry } from '../../network/coverage.ts';
import type { RuleOrder, StatefulRuleGroup } from '../../network/firewall-policy.ts';
import { checkGroup, readRules } from '../../suricata/index.ts';
import { judgeLines } from '../describe/judged-lines.ts';

export interface TextGroup {
  readonly group: StatefulRuleGroup;
  readonly problems: readonly Problem[];
  readonly notModelled: readonly CoverageEntry[];
}

/** The group's id is the file's name as given; it has no variables but those that AWS gives every group. */
export function groupOfText(file: string, text: string, order: RuleOrder): TextGroup {
  const { lines, problems: wrong } = readRules(text);
  const variables = { ipSets: {}, portSets: {}, references: {} };
  const group: StatefulRuleGroup = {
    kind: 'stateful-rule-group',
    id: file,
    name: file.slice(file.lastIndexOf('/') + 1),
    tags: {},
    source: { file, place: '' },
    order,
    rules: lines.map(({ text: rule, line, column }) => ({ text: rule, source: { file, place: `${line}:${column}` } })),
    managed: false,
    ...variables,
  };
  const problems = [...wrong, ...checkGroup(lines, { order, ...variables })]
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, ...problem }): Problem => ({ ...problem, file, place: `${line}:${column}` }));
  const empty: Problem = {
    code: 'no-rules',
    file,
    message: 'There is no rule in it.',
    hint: 'Every line is empty or a comment.',
  };
  return {
    group,
    problems: lines.length === 0 ? [empty] : problems,
    // What is refused is a problem here, and so is no part of the coverage.
    notModelled: problems.length > 0 ? [] : judgeLines(group),
  };
}
