/** `diff` of firewall policies as text: the flows newly passed, those newly dropped, each with what decided before and after. */
import { formatFamily } from '../../net/address.ts';
import type { FirewallDiffDocument } from '../../result/document.ts';
import type { FirewallDifference } from '../../result/firewall.ts';
import { doubtText, sentText, verdictText } from './firewall.ts';
import { hang, lines, margin, plural, section } from './layout.ts';
import { defaultText } from './leaning.ts';
import { type Paint, narrower } from './paint.ts';

export function firewallDiffText(document: FirewallDiffDocument, paint: Paint, quiet: boolean): string {
  const { question, verdict, opened, closed, undecided, defaults, warnings } = document;
  if (quiet) return `${verdict}\n`;
  const inner = narrower(paint, margin);
  return lines([
    ...section(paint, 'Question', [`Which flows does ${question.after} treat differently from ${question.before}?`]),
    ...section(paint, 'Answer', [answerOf(document, paint)]),
    ...differenceLines('Passed now', opened, inner, paint),
    ...differenceLines('Dropped now', closed, inner, paint),
    '',
    ...section(
      paint,
      'Undecided',
      undecided.map((one) => doubtText(one, paint)),
    ),
    ...section(
      paint,
      'Defaults',
      defaults.map((each) => defaultText(each)),
    ),
    ...section(paint, 'Warnings', warnings),
  ]);
}

export function answerOf({ verdict, opened, closed }: FirewallDiffDocument, paint: Paint): string {
  switch (verdict) {
    case 'same':
      return `${paint.good('SAME')}  no flow is treated differently; proved for every packet and whatever it carries`;
    case 'different':
      return `${paint.bad('DIFFERENT')}  ${plural(opened.length, 'kind')} of flows newly passed, ${closed.length} newly dropped`;
    case 'undecided':
      return `${paint.unsure('UNDECIDED')}  what is not known decides`;
  }
}

export function differenceLines(
  title: string,
  all: readonly FirewallDifference[],
  inner: Paint,
  paint: Paint,
): readonly string[] {
  return all.flatMap(({ family, says, packet, before, after }, i) => [
    '',
    ...section(paint, i === 0 ? title : '', [
      `${paint.bold(says)}, ${formatFamily(family)}`,
      ...hang('  ', sentText(packet), inner.width),
      ...hang('  before  ', `it ${verdictText(before, inner)}`, inner.width),
      ...hang('  after   ', `it ${verdictText(after, inner)}`, inner.width),
    ]),
  ]);
}
