/** `check` as text: every property with its verdict, then those that do not hold with their paths, then the sum. */
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { columns, indent, lines, plural, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { type Names, namesOf } from './names.ts';
import type { Paint } from './paint.ts';
import { blockLines, flowLines } from './path.ts';
import { questionText } from './question.ts';

type Word = 'holds' | 'violated' | 'undecided' | 'waived';

export function checkText(document: CheckDocument, paint: Paint, quiet: boolean): string {
  const names = namesOf(document.topology);
  const { results } = document;
  const shown = quiet ? results.filter((each) => wordOf(each) !== 'holds') : results;
  const rows = columns(shown.map((each) => [wordOf(each), each.id, each.title ?? '']));
  const list = shown.map((each, i) => paintWord(wordOf(each), rows[i] ?? '', paint));
  if (quiet) return lines([...list, sumText(document)]);
  return lines([
    ...list,
    ...results.filter(({ verdict }) => verdict !== 'holds').flatMap((each) => failureLines(each, names, paint)),
    ...noteLines(results, paint),
    '',
    ...leaningLines(document, paint),
    '',
    paint.bold(sumText(document)),
  ]);
}

const wordOf = ({ verdict, waived }: PropertyResult): Word =>
  verdict === 'violated' && waived !== null && !waived.expired ? 'waived' : verdict;

/** Colours the verdict that a line begins with. */
function paintWord(word: Word, line: string, paint: Paint): string {
  const color = { holds: paint.good, violated: paint.bad, undecided: paint.unsure, waived: paint.unsure }[word];
  return color(word) + line.slice(word.length);
}

/** The property, what it demands, and what shows that it is not so. */
function failureLines(result: PropertyResult, names: Names, paint: Paint): readonly string[] {
  const { id, title, severity, reason, waived, source, counterexamples, blockedBy, verdict, assumptions } = result;
  const word = wordOf(result);
  const heading = `${word.toUpperCase()}  ${id}`;
  const color = word === 'violated' ? paint.bad : paint.unsure;
  const demanded = result.question.flatMap((each) => {
    const [sentence = '', narrowing = ''] = questionText(each, names);
    return [sentence, paint.dim(narrowing)];
  });
  const flows = counterexamples.flatMap((flow) => [[''], flowLines(flow, names, paint)].flat());
  return [
    '',
    `${color(heading)}${title === null ? '' : `  ${title}`}`,
    paint.dim(`${severity} severity; ${source.file}:${source.place}`),
    ...waiverLines(waived, word),
    ...[
      ...section(paint, 'Demanded', demanded),
      ...(reason === null ? [] : section(paint, 'Reason', [paint.names(reason)])),
      ...(verdict === 'undecided'
        ? section(
            paint,
            'Settled by',
            assumptions.map((each) => `--assume '${each}'`),
          )
        : []),
      ...flows,
      ...(blockedBy.length === 0 ? [] : ['', ...section(paint, 'Blocked by', blockLines(blockedBy, names, paint))]),
    ].map((line) => indent(line, 2)),
  ];
}

function waiverLines(waived: PropertyResult['waived'], word: Word): readonly string[] {
  if (waived === null) return [];
  const { until, reason } = waived;
  if (word === 'waived') return [`  waived until ${until}: ${reason}`];
  return waived.expired ? [`  the waiver expired on ${until}: ${reason}`] : [];
}

/** Remarks on properties that hold, which would otherwise be read as more than was proved. */
function noteLines(results: readonly PropertyResult[], paint: Paint): readonly string[] {
  const notes = results.flatMap(({ id, notes: said, imaginary }) => [
    ...(imaginary.length === 0
      ? []
      : [`\`${id}\` counts in an imaginary host in ${imaginary.map((subnet) => `\`${subnet}\``).join(', ')}`]),
    ...said.map((note) => `\`${id}\`: ${note}`),
  ]);
  return notes.length === 0
    ? []
    : [
        '',
        ...section(
          paint,
          'Notes',
          notes.map((note) => paint.names(note)),
        ),
      ];
}

function sumText({ summary: { total, holds, violated, undecided, waived } }: CheckDocument): string {
  const parts = [`${holds} ${holds === 1 ? 'holds' : 'hold'}`, `${violated} violated`, `${undecided} undecided`];
  return `${plural(total, 'property', 'properties')}: ${[...parts, ...(waived > 0 ? [`${waived} waived`] : [])].join(', ')}`;
}
