/** `trace` as text: the packet, where it ends, its path and its reply's. */
import type { TraceDocument } from '../../result/document.ts';
import { editLines } from './edit.ts';
import { lines, margin, section } from './layout.ts';
import { leaningLines } from './leaning.ts';
import { namesOf } from './names.ts';
import { type Paint, narrower } from './paint.ts';
import { packetText, pathLines, ruleLines } from './path.ts';

export function traceText(document: TraceDocument, paint: Paint, quiet: boolean): string {
  const { deliveredTo, replied, hops, return: back, question, verdict, assumptions } = document;
  const open = verdict === 'undecided';
  if (quiet) return `${{ reachable: 'delivered', unreachable: 'dropped', undecided: 'undecided' }[verdict]}\n`;
  const names = namesOf(document.topology);
  const inner = narrower(paint, margin);
  const reply = replied ? paint.good('the reply comes back') : paint.unsure('no reply comes back');
  return lines([
    ...editLines(document.edits, paint),
    ...section(paint, 'Packet', [`${packetText(question.packet)}   from ${question.from}`]),
    ...section(paint, 'Answer', [
      deliveredTo !== undefined
        ? `${paint.good('DELIVERED')}  to ${names.of(deliveredTo)}; ${reply}`
        : open
          ? `${paint.unsure('UNDECIDED')}  it depends on what is not known; by what is known the packet is dropped where the path ends`
          : `${paint.bad('DROPPED')}  the packet does not arrive`,
    ]),
    ...section(paint, 'Settled by', open ? assumptions.map((each) => `--assume '${each}'`) : []),
    '',
    ...section(paint, 'Path', pathLines(hops, names, inner)),
    ...(back === undefined || back.length === 0 ? [] : ['', ...section(paint, 'Reply', pathLines(back, names, inner))]),
    '',
    ...section(paint, 'Rules', ruleLines([...hops, ...(back ?? [])], names, inner)),
    '',
    ...leaningLines(open ? { ...document, assumptions: question.assume } : document, paint),
  ]);
}
