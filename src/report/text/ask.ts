/** `ask` as text: the question as understood, the answer, the path with the block set apart, the rules, what it leans on. */
import type { AskDocument, Asked } from '../../result/document.ts';
import { editLines } from './edit.ts';
import { hang, lines, margin, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { type Names, namesOf } from './names.ts';
import { type Paint, narrower } from './paint.ts';
import { blockLines, flowLines, ruleLines } from './path.ts';
import { alternativeWords, remedyLines } from './repair.ts';
import { questionText } from './question.ts';

export function askText(document: AskDocument, paint: Paint, quiet: boolean): string {
  if (quiet) return `${document.verdict}\n`;
  const names = namesOf(document.topology);
  const { question, verdict, assumptions, imaginary } = document;
  const [sentence = '', narrowing = ''] = questionText(question, names);
  const undecided = verdict === 'undecided';
  return lines([
    ...editLines(document.edits, paint),
    ...section(paint, 'Question', [sentence, paint.dim(narrowing)]),
    ...answerLines('Answer', document, undecided ? assumptions : [], question.mode, names, paint),
    ...(imaginary === undefined ? [] : imaginaryLines(imaginary, question.mode, names, paint)),
    '',
    ...leaningLines(undecided ? { ...document, assumptions: question.assume } : document, paint),
  ]);
}

/** What a verdict means for what was asked. */
export const outcomeText = (verdict: Asked['verdict'], mode: keyof typeof outcomes): string =>
  verdict === 'undecided' ? 'what is not known decides' : outcomes[mode][verdict];

function imaginaryLines(
  imaginary: NonNullable<AskDocument['imaginary']>,
  mode: keyof typeof outcomes,
  names: Names,
  paint: Paint,
): readonly string[] {
  const { subnets, verdict, assumptions } = imaginary;
  return [
    '',
    ...hang(
      '',
      `A host launched in ${subnets.map((id) => names.of(id)).join(', ')}, which holds nothing that could:`,
      paint.width,
    ),
    ...answerLines('Answer', imaginary, verdict === 'undecided' ? assumptions : [], mode, names, paint),
  ];
}

export const outcomes = {
  packet: { reachable: 'a packet gets there', unreachable: 'no packet gets there' },
  connection: { reachable: 'a connection comes about', unreachable: 'no connection comes about' },
  data: { reachable: 'data passes on a connection', unreachable: 'no data passes' },
  payload: { reachable: 'data passes', unreachable: 'no data passes' },
} as const;

function answerLines(
  title: string,
  asked: Asked,
  settling: readonly string[],
  mode: keyof typeof outcomes,
  names: Names,
  paint: Paint,
): readonly string[] {
  const { verdict, reason, flow, blockedBy = [], notes, decidedBy } = asked;
  const color = { reachable: paint.good, unreachable: paint.bad, undecided: paint.unsure }[verdict];
  const said = reason ?? outcomeText(verdict, mode);
  const by =
    verdict === 'undecided' ? '' : paint.dim(decidedBy === 'z3' ? '; decided by Z3' : '; closed before the solver');
  const inner = narrower(paint, margin);
  return [
    ...section(paint, title, [`${color(verdict.toUpperCase())}  ${paint.names(names.in(said))}${by}`]),
    ...section(
      paint,
      'Settled by',
      settling.map((each) => `--assume '${each}'`),
    ),
    ...section(
      paint,
      'Note',
      notes.map((note) => paint.names(names.in(note))),
    ),
    ...(flow === undefined
      ? []
      : [
          '',
          ...section(paint, verdict === 'undecided' ? 'Perhaps' : 'Path', flowLines(flow, names, inner)),
          '',
          ...section(paint, 'Rules', ruleLines([...flow.hops, ...(flow.return ?? [])], names, inner)),
        ]),
    ...(blockedBy.length === 0 ? [] : ['', ...section(paint, 'Blocked by', blockLines(blockedBy, names, inner))]),
    ...remedyLines(asked.alternatives, alternativeWords, names, paint),
  ];
}
