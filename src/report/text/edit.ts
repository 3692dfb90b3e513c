/** What was edited before anything was asked: each edit as it was understood, and what it did. */
import type { ChangeJson, EditJson } from '../../result/edit.ts';
import { section, some } from './layout.ts';
import type { Paint } from './paint.ts';

/** How many changes of one edit a text shows; JSON has them all. */
const shown = 8;

/** First of all, with an empty line after it; nothing where nothing was edited. */
export function editLines(edits: readonly EditJson[] | undefined, paint: Paint): readonly string[] {
  if (edits === undefined) return [];
  const body = edits.flatMap(({ edit, changes, notes }) => [
    edit,
    ...some(
      changes.map((change) => changeText(change)),
      shown,
    ).map((line) => `  ${line}`),
    ...notes.map((note) => paint.dim(`  ${note}`)),
  ]);
  return [...section(paint, 'Edited', body), ''];
}

export function changeText({ resource, name, what, before, after }: ChangeJson): string {
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  const told = before === undefined ? after : after === undefined ? before : `${before} becomes ${after}`;
  return `${sign} ${called(resource, name)} ${what}: ${told ?? ''}`;
}

/** What has an ARN for an id goes by its name. */
const called = (id: string, name: string | undefined): string =>
  id.startsWith('arn:') ? (name ?? id.slice(id.lastIndexOf('/') + 1)) : name === undefined ? id : `${id} (${name})`;
