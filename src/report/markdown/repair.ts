/** Edits that would help, in Markdown: each set folded out as a block to paste, what it changes besides below it. */
import type { RemediesJson, RemedyJson } from '../../result/repair.ts';
import type { Names } from '../text/names.ts';
import { type Words, noneText, priceTexts, provedText } from '../text/repair.ts';
import { bullets, code, plain } from './markup.ts';

export function remediesMarkdown(remedies: RemediesJson | undefined, words: Words, names: Names): readonly string[] {
  if (remedies === undefined) return [];
  const { found } = remedies;
  if (found.length === 0) return ['', `**${words.title}**: ${plain(noneText(remedies, words))}.`];
  return ['', `**${words.title}**, ${provedText}:`, ...found.flatMap((one, i) => ['', ...set(one, i + 1, names)])];
}

function set({ edits, commands, declared, mends, price }: RemedyJson, number: number, names: Names): readonly string[] {
  return [
    `${number}. ${edits.map(({ edit }) => code(edit)).join(', ')}`,
    ...(commands === undefined ? [] : ['', '   ```', ...commands.map((command) => `   ${command}`), '   ```']),
    ...bullets([
      ...declared.map(({ address, says }) => `in ${code(address)}: ${plain(says)}`),
      ...(mends.length === 0 ? [] : [`mends ${mends.map((id) => code(id)).join(', ')} as well`]),
      ...(price === undefined ? [] : priceTexts(price, names).map((text) => plain(text))),
    ]).map((line) => `   ${line}`),
  ];
}
