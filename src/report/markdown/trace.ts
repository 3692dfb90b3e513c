/** `trace` in Markdown: the packet, where it ends, its path. */
import type { TraceDocument } from '../../result/document.ts';
import { namesOf } from '../text/names.ts';
import { packetText } from '../text/path.ts';
import { editsMarkdown } from './edit.ts';
import { blocksMarkdown, pathMarkdown } from './flow.ts';
import { leaningMarkdown, originMarkdown } from './leaning.ts';
import { code, plain } from './markup.ts';

export function traceMarkdown(document: TraceDocument): string {
  const names = namesOf(document.topology);
  const { question, deliveredTo, replied, hops, return: back = [], blockedBy, edits, verdict, assumptions } = document;
  const open = verdict === 'undecided';
  const packet = `${packetText(question.packet)}, from ${question.from}`;
  return `${[
    `## ${{ reachable: '✅ delivered', unreachable: '⛔ dropped', undecided: '❔ undecided' }[verdict]}: ${plain(packet)}`,
    '',
    ...editsMarkdown(edits),
    deliveredTo === undefined
      ? open
        ? `It depends on what is not known; by what is known the packet is dropped where the path ends. It arrives if this is so: ${assumptions.map(code).join(', ')}.`
        : 'The packet does not arrive.'
      : `It is delivered to ${code(names.of(deliveredTo))}; ${replied ? 'the reply comes back' : 'no reply comes back'}.`,
    '',
    ...pathMarkdown(packet, hops, back, names),
    ...(blockedBy.length === 0 ? [] : ['', 'What blocks it:', '', ...blocksMarkdown(blockedBy, names)]),
    '',
    ...leaningMarkdown(open ? { ...document, assumptions: question.assume } : document),
    '',
    originMarkdown(document),
  ].join('\n')}\n`;
}
