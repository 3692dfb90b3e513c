/** `ask` in Markdown: the question, the answer, the path or what blocks it. */
import type { AskDocument, Asked } from '../../result/document.ts';
import { outcomes } from '../text/ask.ts';
import { type Names, namesOf } from '../text/names.ts';
import { questionText } from '../text/question.ts';
import { alternativeWords } from '../text/repair.ts';
import { editsMarkdown } from './edit.ts';
import { blocksMarkdown, flowMarkdown } from './flow.ts';
import { leaningMarkdown, originMarkdown } from './leaning.ts';
import { bullets, code, plain } from './markup.ts';
import { remediesMarkdown } from './repair.ts';

const marks = { reachable: '✅', unreachable: '⛔', undecided: '❔' } as const;

export function askMarkdown(document: AskDocument): string {
  const names = namesOf(document.topology);
  const { question, verdict, assumptions, imaginary, edits } = document;
  const [sentence = '', narrowing = ''] = questionText(question, names);
  return `${[
    `## ${marks[verdict]} ${verdict}: ${plain(sentence)}`,
    '',
    ...editsMarkdown(edits),
    `Asked: ${plain(narrowing)}.`,
    ...answer(document, assumptions, question.mode, names),
    ...(imaginary === undefined
      ? []
      : [
          '',
          `### A host launched in ${imaginary.subnets.map((id) => code(names.of(id))).join(', ')}: ${imaginary.verdict}`,
          ...answer(imaginary, imaginary.assumptions, question.mode, names),
        ]),
    '',
    ...leaningMarkdown(verdict === 'undecided' ? { ...document, assumptions: question.assume } : document),
    '',
    originMarkdown(document),
  ].join('\n')}\n`;
}

function answer(
  { verdict, reason, flow, blockedBy = [], alternatives, notes }: Asked,
  assumptions: readonly string[],
  mode: keyof typeof outcomes,
  names: Names,
): readonly string[] {
  const undecided = verdict === 'undecided';
  const said = reason ?? (undecided ? 'what is not known decides' : outcomes[mode][verdict]);
  return [
    '',
    `**${verdict}**: ${plain(names.in(said))}.`,
    ...(undecided && assumptions.length > 0
      ? ['', 'Declared, these settle it:', '', ...bullets(assumptions.map((each) => code(`--assume ${each}`)))]
      : []),
    ...(flow === undefined
      ? []
      : ['', undecided ? 'Perhaps there is this flow:' : 'A flow that gets there:', '', ...flowMarkdown(flow, names)]),
    ...(blockedBy.length === 0 ? [] : ['', 'What blocks it:', '', ...blocksMarkdown(blockedBy, names)]),
    ...remediesMarkdown(alternatives, alternativeWords, names),
    ...(notes.length === 0 ? [] : ['', '**Notes**', '', ...bullets(notes.map((note) => plain(names.in(note))))]),
  ];
}
