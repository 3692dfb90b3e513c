/** A flow in Markdown: a picture of its path, which Mermaid draws, and its steps in a table. */
import type { Block, Flow, HopJson } from '../../result/answer.ts';
import { flowTitle } from '../text/flow.ts';
import type { Names } from '../text/names.ts';
import { familyText } from '../text/path.ts';
import { code, folded, plain, table } from './markup.ts';

export function flowMarkdown(flow: Flow, names: Names): readonly string[] {
  const { hops, return: back } = flow;
  return pathMarkdown(flowTitle(flow, names), hops, back ?? [], names, [
    `It stands for all of these: ${plain(familyText(flow.family))}.`,
    '',
  ]);
}

/** The same in one line: what it is, and by which resources it goes. */
export function flowLineMarkdown(flow: Flow, names: Names): readonly string[] {
  const by = boxesOf(flow.hops).map(({ resource, stopped }) => `${stopped ? '❌ ' : ''}${code(names.of(resource))}`);
  return [`${plain(flowTitle(flow, names))}: ${by.join(' → ')}`];
}

export function pathMarkdown(
  title: string,
  hops: readonly HopJson[],
  back: readonly HopJson[],
  names: Names,
  before: readonly string[] = [],
): readonly string[] {
  return folded(title, [
    ...before,
    ...picture(hops, names),
    '',
    ...steps(hops, names),
    ...(back.length === 0 ? [] : ['', 'And back:', '', ...steps(back, names)]),
  ]);
}

const stops = ({ action }: HopJson): boolean => action === 'deny' || action === 'drop';

function steps(hops: readonly HopJson[], names: Names): readonly string[] {
  return table(
    ['', 'where', 'what happens', 'rule'],
    hops.map((hop, i) => [
      stops(hop) ? '❌' : String(i + 1),
      code(names.of(hop.resource)),
      `${plain(names.in(hop.detail))}${hop.code === undefined ? '' : ` (${hop.code})`}`,
      [
        ...(hop.rule === undefined ? [] : [plain(hop.rule)]),
        ...(hop.source === undefined ? [] : [plain(`${hop.source.file} ${hop.source.place}`.trimEnd())]),
      ].join('<br>'),
    ]),
  );
}

/** One box for each resource that the flow comes by, in order; the one that stops it stands out. */
export function picture(hops: readonly HopJson[], names: Names): readonly string[] {
  const boxes = boxesOf(hops);
  const label = ({ resource, kind }: Box): string =>
    [...new Set([names.of(resource), kind.replaceAll('-', ' ')])]
      .map((text) => text.replaceAll(/\s+/g, ' ').replaceAll(/["<>&#`]/g, (mark) => `#${mark.charCodeAt(0)};`))
      .join('<br/>');
  return [
    '```mermaid',
    'flowchart LR',
    ...boxes.map((box, i) => `  s${i}["${label(box)}"]${box.stopped ? ':::stopped' : ''}`),
    ...(boxes.length < 2 ? [] : [`  ${boxes.map((_, i) => `s${i}`).join(' --> ')}`]),
    '  classDef stopped stroke:#c00,stroke-width:3px',
    '```',
  ];
}

interface Box {
  readonly resource: string;
  readonly kind: string;
  stopped: boolean;
}

function boxesOf(hops: readonly HopJson[]): readonly Box[] {
  const boxes: Box[] = [];
  for (const hop of hops) {
    const last = boxes.at(-1);
    if (last?.resource === hop.resource) last.stopped ||= stops(hop);
    else boxes.push({ resource: hop.resource, kind: hop.kind, stopped: stops(hop) });
  }
  return boxes;
}

/** What stops a flow: all of it would have to change. */
export const blocksMarkdown = (blocks: readonly Block[], names: Names): readonly string[] =>
  blocks.map(({ direction, detail, code: known, source }) => {
    const said = `${direction === 'return' ? 'the reply: ' : ''}${plain(names.in(detail))}`;
    const where = source === undefined ? '' : ` — ${plain(`${source.file} ${source.place}`.trimEnd())}`;
    return `- ${said}${known === undefined ? '' : ` (${known})`}${where}`;
  });
