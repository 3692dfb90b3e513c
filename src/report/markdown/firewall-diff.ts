/** `diff` of firewall policies in Markdown: the flows newly passed and those newly dropped, with what decided. */
import { formatFamily } from '../../net/address.ts';
import type { FirewallDiffDocument } from '../../result/document.ts';
import type { FirewallDifference } from '../../result/firewall.ts';
import { answerOf } from '../text/firewall-diff.ts';
import { doubtText, sentText, verdictText } from '../text/firewall.ts';
import { paint } from '../text/paint.ts';
import { readingsMarkdown, sidesMarkdown } from './leaning.ts';
import { bullets, code, plain, table } from './markup.ts';

const marks = { same: '✅', different: '⚠️', undecided: '❔' } as const;
const page = paint(false);

export function firewallDiffMarkdown(document: FirewallDiffDocument): string {
  const { question, verdict, opened, closed, undecided } = document;
  return `${[
    `## ${marks[verdict]} ${plain(answerOf(document, page).replace(/^[A-Z]+ {2}/, ''))}`,
    '',
    `Which flows does ${code(question.after)} treat differently from ${code(question.before)}?`,
    ...differencesMarkdown('Newly passed', opened),
    ...differencesMarkdown('Newly dropped', closed),
    ...(undecided.length === 0
      ? []
      : ['', '### Undecided', '', ...bullets(undecided.map((one) => plain(doubtText(one, page))))]),
    '',
    ...readingsMarkdown(document),
    '',
    sidesMarkdown(document),
  ].join('\n')}\n`;
}

export const differencesMarkdown = (title: string, all: readonly FirewallDifference[]): readonly string[] =>
  all.length === 0
    ? []
    : [
        '',
        `### ${title}`,
        '',
        ...table(
          ['flows', 'such as', 'before', 'after'],
          all.map(({ family, says, packet, before, after }) => [
            `${plain(says)}, ${formatFamily(family)}`,
            code(sentText(packet)),
            plain(verdictText(before, page)),
            plain(verdictText(after, page)),
          ]),
        ),
      ];
