/** `firewall check` in Markdown: of every policy what is wrong with it, with flows that show it. */
import type { FirewallCheckDocument } from '../../result/document.ts';
import type { FirewallFinding, FirewallResult } from '../../result/firewall.ts';
import { doubtText, ruleText, sentText, verdictText } from '../text/firewall.ts';
import { plural } from '../text/layout.ts';
import { paint } from '../text/paint.ts';
import { leaningMarkdown, originMarkdown } from './leaning.ts';
import { bullets, code, fenced, plain } from './markup.ts';

const page = paint(false);

export function firewallCheckMarkdown(document: FirewallCheckDocument): string {
  const { results, summary } = document;
  const open = summary.undecided + summary.notExamined;
  const found =
    summary.findings > 0
      ? `❌ ${plural(summary.findings, 'finding')} in firewall rules`
      : `${open > 0 ? '❔' : '✅'} Nothing found in firewall rules${open > 0 ? ', and not all could be decided' : ''}`;
  return `${[
    `## ${found}`,
    ...results.flatMap((result) => ['', ...policyMarkdown(result)]),
    '',
    ...leaningMarkdown({ ...document, assumptions: [], facts: [] }),
    '',
    originMarkdown(document),
  ].join('\n')}\n`;
}

const policyMarkdown = ({
  policy,
  firewall,
  rules,
  findings,
  undecided,
  notExamined,
}: FirewallResult): readonly string[] => [
  `### ${code(policy)}${firewall === undefined ? '' : ` of firewall ${code(firewall)}`}, ${plural(rules, 'stateful rule')}`,
  ...(findings.length === 0 ? ['', 'Nothing is found to be wrong.'] : []),
  ...findings.flatMap((finding) => ['', ...findingMarkdown(finding)]),
  ...(undecided.length === 0
    ? []
    : ['', 'Undecided:', '', ...bullets(undecided.map((one) => plain(doubtText(one, page))))]),
  ...(notExamined === 0 ? [] : ['', `${plural(notExamined, 'rule')} not examined in the time given.`]),
];

const findingMarkdown = ({ code: sort, rule, other, says, examples }: FirewallFinding): readonly string[] => [
  `**${sort}**${rule === undefined ? '' : `: ${plain(ruleText(rule))}`}`,
  '',
  plain(says),
  ...(rule?.text === undefined ? [] : ['', ...fenced([rule.text, ...(other?.text === undefined ? [] : [other.text])])]),
  ...(examples.length === 0
    ? []
    : ['', ...bullets(examples.map((one) => `${code(sentText(one.packet))} ${plain(verdictText(one, page))}`))]),
];
