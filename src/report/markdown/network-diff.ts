/** `diff` of networks in Markdown: what became of properties, flows opened and closed, each with its path folded. */
import type { ChangedFlow, ChangedPlaces, Otherwise } from '../../result/change.ts';
import type { NetworkDiffDocument } from '../../result/document.ts';
import { doubtText } from '../text/firewall.ts';
import { type Names, namesOf } from '../text/names.ts';
import {
  answerText,
  changeDoubtLines,
  familyWords,
  omittedText,
  placesText,
  questionText,
} from '../text/network-diff.ts';
import { paint } from '../text/paint.ts';
import { differencesMarkdown } from './firewall-diff.ts';
import { blocksMarkdown, flowMarkdown } from './flow.ts';
import { readingsMarkdown, sidesMarkdown } from './leaning.ts';
import { bullets, code, plain, table } from './markup.ts';

const marks = { same: '✅', different: '⚠️', undecided: '❔' } as const;
const changes = { broken: '❌ broken', fixed: '✅ fixed', none: '' } as const;
const page = paint(false);

export function networkDiffMarkdown(document: NetworkDiffDocument): string {
  const { verdict, opened, closed, omitted, undecided, firewalls, properties } = document;
  const names = namesOf(document.topology);
  const doubts = [
    ...undecided.flatMap((one) => changeDoubtLines(one, names)),
    ...firewalls.undecided.map((one) => doubtText(one, page)),
  ];
  const left = omittedText(omitted);
  return `${[
    `## ${marks[verdict]} ${plain(answerText(document, page).replace(/^[A-Z]+ {2}/, ''))}`,
    '',
    plain(questionText(document)),
    ...(properties.length === 0
      ? []
      : [
          '',
          ...table(
            ['', 'property', 'before', 'after'],
            properties.map(({ id, title, before, after, change }) => [
              changes[change],
              `${code(id)}${title === null ? '' : ` ${plain(title)}`}`,
              before,
              after,
            ]),
          ),
        ]),
    ...placesMarkdown('Opened', opened, 'Before', names),
    ...placesMarkdown('Closed', closed, 'Afterwards', names),
    ...(left === undefined ? [] : ['', `Not shown: ${left}.`]),
    ...differencesMarkdown('Newly passed by firewall policies', firewalls.opened),
    ...differencesMarkdown('Newly dropped by firewall policies', firewalls.closed),
    ...(doubts.length === 0 ? [] : ['', '### Undecided', '', ...bullets(doubts.map((each) => plain(each)))]),
    '',
    ...readingsMarkdown(document),
    '',
    sidesMarkdown(document),
  ].join('\n')}\n`;
}

const placesMarkdown = (
  title: string,
  all: readonly ChangedPlaces[],
  otherSide: string,
  names: Names,
): readonly string[] =>
  all.length === 0
    ? []
    : [
        '',
        `### ${title}`,
        ...all.flatMap(({ from, to, flows }) => [
          '',
          `**From ${plain(placesText(from, names))} to ${plain(placesText(to, names))}**`,
          ...flows.flatMap((flow, at) => ['', ...changedMarkdown(flow, otherSide, at === 0, names)]),
        ]),
      ];

/** The path of the first of each pair of places; the others are as it, mostly. */
function changedMarkdown(
  { flow, otherwise, assumptions }: ChangedFlow,
  otherSide: string,
  first: boolean,
  names: Names,
): readonly string[] {
  return [
    `${plain(familyWords(flow.family))}${assumptions.length === 0 ? '' : `, if ${assumptions.map((each) => code(each)).join(', ')}`}.`,
    ...(first ? ['', ...flowMarkdown(flow, names)] : []),
    '',
    ...otherwiseMarkdown(otherwise, otherSide, names),
  ];
}

function otherwiseMarkdown(
  { blockedBy, deliveredTo, reason }: Otherwise,
  side: string,
  names: Names,
): readonly string[] {
  if (reason !== undefined) return [`${side}: ${plain(names.in(reason))}.`];
  if (deliveredTo !== undefined) return [`${side} it is delivered to ${code(names.of(deliveredTo))}.`];
  if (blockedBy.length === 0) return [`${side} it is not delivered.`];
  return [`${side} it is blocked:`, '', ...blocksMarkdown(blockedBy, names)];
}
