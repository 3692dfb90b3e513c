/** `check` in Markdown, for the ticket of a change: a table of verdicts, each counterexample folded below it. */
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { type Word, remarksOn, titleText, wordOf } from '../text/check.ts';
import { type Names, namesOf } from '../text/names.ts';
import { demandTexts } from '../text/question.ts';
import { becauseMarkdown } from './because.ts';
import { certificatesMarkdown } from './certificate.ts';
import { editsMarkdown } from './edit.ts';
import { blocksMarkdown, flowMarkdown } from './flow.ts';
import { leaningMarkdown, originMarkdown } from './leaning.ts';
import { remediesMarkdown } from './repair.ts';
import { repairWords } from '../text/repair.ts';
import { bullets, code, plain, table } from './markup.ts';

const marks: Readonly<Record<Word, string>> = { holds: '✅', violated: '❌', undecided: '❔', waived: '⚠️' };

export function checkMarkdown(document: CheckDocument): string {
  const names = namesOf(document.topology);
  const { results, question } = document;
  const again = `vpcproof check NETWORK ${question.policies.map((file) => `-p ${file}`).join(' ')}`;
  return `${[
    `## ${titleText(document)}`,
    '',
    ...editsMarkdown(document.edits),
    ...table(
      ['verdict', 'property', 'severity'],
      results.map((each) => [
        `${marks[wordOf(each)]} ${wordOf(each)}`,
        `${code(each.id)}${each.title === null ? '' : ` ${plain(each.title)}`}`,
        each.severity,
      ]),
    ),
    ...results.filter(({ verdict }) => verdict !== 'holds').flatMap((each) => ['', ...failure(each, names)]),
    ...results.flatMap((each) => becauseMarkdown(each, names)),
    ...notes(results, names),
    ...certificatesMarkdown(results),
    '',
    ...leaningMarkdown(document),
    '',
    originMarkdown(document, again),
  ].join('\n')}\n`;
}

function failure(result: PropertyResult, names: Names): readonly string[] {
  const { id, title, reason, waived, verdict, counterexamples, blockedBy, assumptions, source } = result;
  const word = wordOf(result);
  const demanded = demandTexts(result, names).map(([sentence = '']) => plain(sentence));
  return [
    `### ${marks[word]} ${code(id)}${title === null ? '' : ` ${plain(title)}`}`,
    '',
    `${demanded.join(' ')} (${plain(`${source.file}:${source.place}`)})`,
    ...(waived === null
      ? []
      : ['', `${waived.expired ? 'The waiver expired' : 'Waived until'} ${waived.until}: ${plain(waived.reason)}`]),
    ...(reason === null ? [] : ['', `${verdict === 'undecided' ? 'Undecided' : 'Why'}: ${plain(names.in(reason))}.`]),
    ...(verdict === 'undecided' && assumptions.length > 0
      ? ['', 'Declared, these settle it:', '', ...bullets(assumptions.map((each) => code(`--assume ${each}`)))]
      : []),
    ...(counterexamples.length === 0
      ? []
      : ['', verdict === 'undecided' ? 'Perhaps there is this flow:' : 'The flow that shows it:']),
    ...counterexamples.flatMap((flow) => ['', ...flowMarkdown(flow, names)]),
    ...(blockedBy.length === 0 ? [] : ['', 'What blocks it:', '', ...blocksMarkdown(blockedBy, names)]),
    ...remediesMarkdown(result.repairs, repairWords, names),
  ];
}

/** Remarks on the verdicts, each once, with the properties that it is about. */
function notes(results: readonly PropertyResult[], names: Names): readonly string[] {
  const about = new Map<string, string[]>();
  for (const result of results)
    for (const note of remarksOn(result)) about.set(note, [...(about.get(note) ?? []), result.id]);
  if (about.size === 0) return [];
  const items = [...about].map(([note, ids]) => `${plain(names.in(note))} (${ids.map((id) => code(id)).join(', ')})`);
  return ['', '**Notes**', '', ...bullets(items)];
}
