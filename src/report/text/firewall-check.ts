/** `firewall check` as text: of every policy what is wrong with it, with a flow that shows it. */
import type { FirewallCheckDocument } from '../../result/document.ts';
import type { FirewallExample, FirewallFinding, FirewallResult } from '../../result/firewall.ts';
import { doubtText, ruleText, sentText, verdictText } from './firewall.ts';
import { hang, lines, margin, plural, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { type Paint, narrower } from './paint.ts';

export function firewallCheckText(document: FirewallCheckDocument, paint: Paint, quiet: boolean): string {
  const { results, summary } = document;
  if (quiet)
    return lines(
      results.flatMap(({ findings }) =>
        findings.map(({ code, rule }) => `${code}${rule === undefined ? '' : `  ${ruleText(rule)}`}`),
      ),
    );
  const verdict =
    summary.findings > 0
      ? paint.bad(plural(summary.findings, 'finding'))
      : summary.undecided + summary.notExamined > 0
        ? paint.unsure('nothing found')
        : paint.good('nothing found');
  const open = [
    ...(summary.undecided === 0 ? [] : [`${plural(summary.undecided, 'question')} undecided`]),
    ...(summary.notExamined === 0 ? [] : [`${plural(summary.notExamined, 'rule')} not examined in the time given`]),
  ];
  return lines([
    ...results.flatMap((result) => ['', ...resultLines(result, paint)]),
    '',
    ...section(paint, 'Answer', [[verdict, ...open].join('; ')]),
    ...section(
      paint,
      'Unmodelled',
      document.unmodelled.flatMap(({ id, why }) => (why === undefined ? [] : [`${id}: ${why}`])),
    ),
    ...leaningLines({ ...document, assumptions: [], facts: [], unmodelled: [] }, paint),
  ]);
}

function resultLines(
  { policy, firewall, rules, findings, undecided }: FirewallResult,
  paint: Paint,
): readonly string[] {
  const at = firewall === undefined ? '' : ` of firewall ${firewall}`;
  return [
    ...section(paint, 'Policy', [`${paint.bold(policy)}${at}, ${plural(rules, 'stateful rule')}`]),
    ...findings.flatMap((one) => ['', ...section(paint, 'Finding', findingLines(one, narrower(paint, margin)))]),
    ...(undecided.length === 0
      ? []
      : [
          '',
          ...section(
            paint,
            'Undecided',
            undecided.map((one) => doubtText(one, paint)),
          ),
        ]),
  ];
}

export function findingLines({ code, rule, other, says, examples }: FirewallFinding, paint: Paint): readonly string[] {
  return [
    `${paint.bad(code)}${rule === undefined ? '' : `  ${paint.names(ruleText(rule))}`}`,
    ...hang('', paint.names(says), paint.width),
    ...(rule?.text === undefined ? [] : hang('  ', paint.dim(rule.text), paint.width)),
    ...(other === undefined ? [] : hang('with  ', paint.names(ruleText(other)), paint.width)),
    ...(other?.text === undefined ? [] : hang('  ', paint.dim(other.text), paint.width)),
    ...examples.flatMap((one) => exampleLines(one, paint)),
  ];
}

const exampleLines = (example: FirewallExample, paint: Paint): readonly string[] =>
  hang('e.g.  ', `${sentText(example.packet)} ${verdictText(example, paint)}`, paint.width);
