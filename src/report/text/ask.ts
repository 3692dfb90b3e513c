/** `ask` as text: the question as understood, the answer, the path with the block set apart, the rules, what it leans on. */
import type { AskDocument, Asked } from '../../result/document.ts';
import { lines, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { type Names, namesOf } from './names.ts';
import type { Paint } from './paint.ts';
import { blockLines, flowLines, ruleLines } from './path.ts';
import { questionText } from './question.ts';

export function askText(document: AskDocument, paint: Paint, quiet: boolean): string {
  if (quiet) return `${document.verdict}\n`;
  const names = namesOf(document.topology);
  const [question = '', narrowing = ''] = questionText(document.question, names);
  const { imaginary } = document;
  const undecided = document.verdict === 'undecided';
  return lines([
    ...section(paint, 'Question', [question, paint.dim(narrowing)]),
    ...answerLines('Answer', document, document.question.mode, names, paint),
    ...(undecided
      ? section(
          paint,
          'Settled by',
          document.assumptions.map((each) => `--assume '${each}'`),
        )
      : []),
    ...(imaginary === undefined
      ? []
      : [
          '',
          ...section(paint, 'Imaginary', [
            `no network interface is in ${imaginary.subnets.join(', ')}; for a host launched there:`,
          ]),
          ...answerLines('', imaginary, document.question.mode, names, paint),
        ]),
    '',
    ...leaningLines(undecided ? { ...document, assumptions: document.question.assume } : document, paint),
  ]);
}

const outcomes = {
  packet: { reachable: 'a packet gets there', unreachable: 'no packet gets there' },
  connection: { reachable: 'a connection comes about', unreachable: 'no connection comes about' },
  data: { reachable: 'data passes on a connection', unreachable: 'no data passes' },
} as const;

function answerLines(
  title: string,
  asked: Asked,
  mode: keyof typeof outcomes,
  names: Names,
  paint: Paint,
): readonly string[] {
  const { verdict, reason, flow, blockedBy = [], notes } = asked;
  const loud = { reachable: paint.good, unreachable: paint.bad, undecided: paint.unsure }[verdict](
    verdict.toUpperCase(),
  );
  const said = reason ?? (verdict === 'undecided' ? 'what is not known decides' : outcomes[mode][verdict]);
  return [
    ...section(paint, title, [`${loud}  ${paint.names(said)}`, ...notes.map((note) => paint.names(`note: ${note}`))]),
    ...(flow === undefined
      ? []
      : [
          '',
          ...section(paint, verdict === 'undecided' ? 'Perhaps' : 'Path', flowLines(flow, names, paint)),
          '',
          ...section(paint, 'Rules', ruleLines([...flow.hops, ...(flow.return ?? [])], names, paint)),
        ]),
    ...(blockedBy.length === 0 ? [] : ['', ...section(paint, 'Blocked by', blockLines(blockedBy, names, paint))]),
  ];
}
