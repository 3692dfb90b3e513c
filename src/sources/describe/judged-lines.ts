/** What of a group's rules is not understood, or would be refused by AWS: named for the coverage. */
import type { CoverageEntry } from '../../network/coverage.ts';
import type { StatefulRuleGroup } from '../../network/firewall-policy.ts';
import { isUnread } from '../../network/resource.ts';
import { ruleName } from '../../network/unknown.ts';
import {
  checkGroup,
  countUnmodelled,
  parseAddresses,
  parsePorts,
  parseRule,
  ruleOf,
  type RuleText,
} from '../../suricata/index.ts';

export function judgeLines(group: StatefulRuleGroup): readonly CoverageEntry[] {
  const { rules, ipSets, portSets, id, source } = group;
  if (isUnread(rules)) return [];
  const name = group.name ?? id;
  const entry = (kind: string, of: string, why: string, from = source): CoverageEntry => ({
    kind,
    id: `${name} ${of}`,
    status: 'not-modelled',
    why,
    affects: 'flows through the firewalls that use the rule group',
    source: from,
  });
  const refused = rules.flatMap(({ text, source: from }, index) => {
    const read = parseRule(text);
    if (read.ok) return [];
    const sid = /\bsid\s*:\s*(\d+)/.exec(text)?.[1];
    const said = read.problems.map(({ message }) => message).join(' ');
    return entry('firewall-rule', ruleName(sid === undefined ? undefined : Number(sid), index + 1), said, from);
  });
  // Each rule is a line of its own here: its number is its place in the list.
  const lines = rules.map(({ text }, index): RuleText => ({ text, line: index + 1, column: 1, goesOn: [] }));
  const odd = checkGroup(lines, group).flatMap(({ code, line, message }) => {
    // A problem of its own (`sharedSids`).
    if (code === 'suricata-sid') return [];
    const { text, source: from } = rules[line - 1]!;
    return entry('firewall-rule', ruleName(ruleOf(text)?.sid, line), message, from);
  });
  const unmodelled = [...countUnmodelled(rules.flatMap(({ text }) => ruleOf(text) ?? []))].map(([keyword, count]) =>
    entry(
      'firewall-rule-keyword',
      keyword,
      `\`${keyword}\` of ${count} ${count === 1 ? 'rule is' : 'rules is'} not modelled, so that whether they match is not known`,
    ),
  );
  const sets = [
    ...wrongIn(ipSets, (text) => parseAddresses(text) === undefined),
    ...wrongIn(portSets, (text) => parsePorts(text) === undefined),
  ].map(([variable, text]) => entry('firewall-variable', variable, `\`${text}\` in it is not understood`));
  return [...refused, ...odd, ...unmodelled, ...sets];
}

const wrongIn = (
  sets: StatefulRuleGroup['ipSets'],
  isWrong: (text: string) => boolean,
): readonly (readonly [string, string])[] =>
  Object.entries(sets).flatMap(([name, all]) => all.filter(isWrong).map((text) => [name, text] as const));
