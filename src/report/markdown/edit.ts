/** What was edited before anything was asked, folded where it is long. */
import type { EditJson } from '../../result/edit.ts';
import { changeText } from '../text/edit.ts';
import { some } from '../text/layout.ts';
import { code, plain } from './markup.ts';

/** How many changes of one edit are shown; JSON has them all. */
const shown = 8;

/** With an empty line after it; nothing where nothing was edited. */
export function editsMarkdown(edits: readonly EditJson[] | undefined): readonly string[] {
  if (edits === undefined) return [];
  const items = edits.flatMap(({ edit, changes, notes }) => [
    `- ${code(edit)}`,
    ...some(
      changes.map((change) => changeText(change)),
      shown,
    ).map((line) => `  - ${plain(line)}`),
    ...notes.map((note) => `  - ${plain(note)}`),
  ]);
  return ['Of the network as it would be after these edits, which nobody deployed:', '', ...items, ''];
}
