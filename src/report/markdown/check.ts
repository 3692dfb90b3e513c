/** `check` in Markdown, for the ticket of a change: a table of verdicts, each counterexample below it, the first folded and drawn. */
import type { Flow } from '../../result/answer.ts';
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { type Word, remarksOn, titleText, wordOf } from '../text/check.ts';
import { type Names, namesOf } from '../text/names.ts';
import { demandTexts } from '../text/question.ts';
import { becauseMarkdown } from './because.ts';
import { certificatesMarkdown } from './certificate.ts';
import { editsMarkdown } from './edit.ts';
import { blocksMarkdown, flowLineMarkdown, flowMarkdown } from './flow.ts';
import { leaningMarkdown, originMarkdown } from './leaning.ts';
import { remediesMarkdown } from './repair.ts';
import { repairWords } from '../text/repair.ts';
import { bullets, code, plain, table } from './markup.ts';

const marks: Readonly<Record<Word, string>> = { holds: '✅', violated: '❌', undecided: '❔', waived: '⚠️' };

/** How many lines the paths of a report may take: tickets have a limit, in GitHub of 65,536 characters. */
const mostLines = 90;

export function checkMarkdown(document: CheckDocument): string {
  const names = namesOf(document.topology);
  const { results, question } = document;
  const drawn = drawnFlows(results, names);
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
    ...results.filter(({ verdict }) => verdict !== 'holds').flatMap((each) => ['', ...failure(each, names, drawn)]),
    ...results.flatMap((each) => becauseMarkdown(each, names)),
    ...notes(results, names),
    ...certificatesMarkdown(results),
    '',
    ...leaningMarkdown(document),
    '',
    originMarkdown(document, again),
  ].join('\n')}\n`;
}

/** The flows whose paths are drawn, the first of each property before any second; the others take a line. */
function drawnFlows(results: readonly PropertyResult[], names: Names): ReadonlySet<Flow> {
  const drawn = new Set<Flow>();
  let left = mostLines;
  const flows = results.flatMap(({ counterexamples }) => counterexamples.map((flow, turn) => ({ flow, turn })));
  for (const { flow } of flows.toSorted((a, b) => a.turn - b.turn)) {
    const { length } = flowMarkdown(flow, names);
    if (drawn.size > 0 && length > left) break;
    drawn.add(flow);
    left -= length;
  }
  return drawn;
}

function failure(result: PropertyResult, names: Names, drawn: ReadonlySet<Flow>): readonly string[] {
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
    ...counterexamples.flatMap((flow) => ['', ...(drawn.has(flow) ? flowMarkdown : flowLineMarkdown)(flow, names)]),
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
