/** Why properties hold, in Markdown: folded, with what each proof rests on. */
import type { PropertyResult } from '../../result/document.ts';
import { becauseTexts } from '../text/because.ts';
import type { Names } from '../text/names.ts';
import { bullets, folded, plain } from './markup.ts';

export function becauseMarkdown(result: PropertyResult, names: Names): readonly string[] {
  const [summary, items] = becauseTexts(result);
  if (summary === '') return [];
  return [
    '',
    ...folded(`Why ${result.id} holds`, [
      plain(names.in(summary)),
      '',
      ...bullets(items.map((item) => plain(names.in(item)))),
    ]),
  ];
}
