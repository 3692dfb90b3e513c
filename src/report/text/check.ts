/** `check` as text: every property with its verdict, then those that do not hold with their paths, then the sum. */
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { becauseLines, emptyNotes } from './because.ts';
import { certificateLines } from './certificates.ts';
import { editLines } from './edit.ts';
import { columns, hang, indent, lines, margin, plural, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { type Names, namesOf } from './names.ts';
import { type Paint, narrower } from './paint.ts';
import { blockLines, flowLines } from './path.ts';
import { demandTexts } from './question.ts';
import { remedyLines, repairWords } from './repair.ts';

export type Word = 'holds' | 'violated' | 'undecided' | 'waived';

export function checkText(document: CheckDocument, paint: Paint, quiet: boolean): string {
  const names = namesOf(document.topology);
  const { results } = document;
  const shown = quiet ? results.filter((each) => wordOf(each) !== 'holds') : results;
  const rows = columns(shown.map((each) => [wordOf(each), each.id, each.title ?? '']));
  const list = shown.map((each, i) => paintWord(wordOf(each), rows[i] ?? '', paint));
  if (quiet) return lines([...list, sumText(document)]);
  return lines([
    ...editLines(document.edits, paint),
    ...list,
    ...results.filter(({ verdict }) => verdict !== 'holds').flatMap((each) => failureLines(each, names, paint)),
    ...results.flatMap((each) => becauseLines(each, names, paint)),
    ...noteLines(results, names, paint),
    '',
    ...assumedLines(results, paint),
    ...leaningLines({ ...document, assumptions: [] }, paint),
    ...certificateLines(results, paint),
    '',
    paint.bold(sumText(document)),
  ]);
}

export const wordOf = ({ verdict, waived }: PropertyResult): Word =>
  verdict === 'violated' && waived !== null && !waived.expired ? 'waived' : verdict;

/** Colours the verdict that a line begins with. */
function paintWord(word: Word, line: string, paint: Paint): string {
  const color = { holds: paint.good, violated: paint.bad, undecided: paint.unsure, waived: paint.unsure }[word];
  return color(word) + line.slice(word.length);
}

/** The property, what it demands, and what shows that it is not so. */
export function failureLines(result: PropertyResult, names: Names, page: Paint): readonly string[] {
  const { id, title, severity, reason, waived, source, counterexamples, blockedBy, verdict, assumptions } = result;
  const word = wordOf(result);
  const color = word === 'violated' ? page.bad : page.unsure;
  const paint = narrower(page, 2);
  const demands = demandTexts(result, names);
  const sentences = demands.map(([sentence = '']) => sentence);
  const narrowings = new Set(
    demands.flatMap(([, narrowing]) => (narrowing === undefined ? [] : [paint.dim(narrowing)])),
  );
  const settling = verdict === 'undecided' ? assumptions.map((each) => `--assume '${each}'`) : [];
  const body = [
    ...section(paint, 'Demanded', [...sentences, ...narrowings]),
    ...section(paint, 'Reason', reason === null ? [] : [paint.names(names.in(reason))]),
    ...section(paint, 'Settled by', settling),
    ...counterexamples.flatMap((flow) =>
      verdict === 'undecided'
        ? ['', ...section(paint, 'Perhaps', flowLines(flow, names, narrower(paint, margin)))]
        : ['', ...flowLines(flow, names, paint)],
    ),
    ...(blockedBy.length === 0
      ? []
      : ['', ...section(paint, 'Blocked by', blockLines(blockedBy, names, narrower(paint, margin)))]),
    ...remedyLines(result.repairs, repairWords, names, paint),
  ];
  return [
    '',
    ...hang('', `${color(`${word.toUpperCase()}  ${id}`)}${title === null ? '' : `  ${title}`}`, page.width),
    page.dim(`${severity} severity; ${source.file}:${source.place}`),
    ...waiverLines(waived, word),
    ...body.map((line) => indent(line, 2)),
  ];
}

function waiverLines(waived: PropertyResult['waived'], word: Word): readonly string[] {
  if (waived === null) return [];
  const { until, reason } = waived;
  if (word === 'waived') return [`  waived until ${until}: ${reason}`];
  return waived.expired ? [`  the waiver expired on ${until}: ${reason}`] : [];
}

/** What keeps the verdict from being read as more than was proved. */
export function remarksOn(result: PropertyResult): readonly string[] {
  const { notes, imaginary } = result;
  const hosts = imaginary.map((subnet) => `\`${subnet}\``).join(', ');
  const counted = imaginary.length === 0 ? [] : [`An imaginary host in ${hosts} is counted in.`];
  return [...emptyNotes(result), ...counted, ...notes];
}

const noteLines = (results: readonly PropertyResult[], names: Names, paint: Paint): readonly string[] =>
  shared(
    'Notes',
    results.map((result) => [result.id, remarksOn(result).map((note) => paint.names(names.in(note)))]),
    paint,
  );

/** What verdicts that are settled lean on; what would settle the others stands with them. */
const assumedLines = (results: readonly PropertyResult[], paint: Paint): readonly string[] =>
  shared(
    'Assumed',
    results.map(({ id, verdict, assumptions }) => [id, verdict === 'undecided' ? [] : assumptions]),
    paint,
  );

/** Each line once, with the properties it is about below it. */
function shared(
  title: string,
  said: readonly (readonly [string, readonly string[]])[],
  paint: Paint,
): readonly string[] {
  const about = new Map<string, string[]>();
  for (const [id, texts] of said)
    for (const line of texts) {
      const ids = about.get(line);
      if (ids === undefined) about.set(line, [id]);
      else ids.push(id);
    }
  const body = [...about].flatMap(([line, ids]) => [line, paint.dim(`  ${ids.join(', ')}`)]);
  return body.length === 0 ? [] : ['', ...section(paint, title, body)];
}

/** What became of all of it, in a few words: the title of a page or a ticket. */
export function titleText({ summary: { total, holds, violated, undecided, waived } }: CheckDocument): string {
  const of = `of ${plural(total, 'property', 'properties')}`;
  if (violated > 0) return `${violated} ${of} violated`;
  if (undecided > 0) return `${undecided} ${of} undecided`;
  if (waived > 0) return `${holds} ${of} ${holds === 1 ? 'holds' : 'hold'}, ${waived} waived`;
  return total === 1 ? 'The property holds' : `All ${total} properties hold`;
}

function sumText({ summary: { total, holds, violated, undecided, waived }, results }: CheckDocument): string {
  const parts = [`${holds} ${holds === 1 ? 'holds' : 'hold'}`, `${violated} violated`, `${undecided} undecided`];
  const decided = results.filter(({ verdict }) => verdict !== 'undecided');
  const byZ3 = decided.filter(({ decidedBy }) => decidedBy === 'z3').length;
  const by = `${byZ3} decided by Z3, ${decided.length - byZ3} closed before the solver`;
  const counts = [...parts, ...(waived > 0 ? [`${waived} waived`] : [])].join(', ');
  return `${plural(total, 'property', 'properties')}: ${counts} (${by})`;
}
