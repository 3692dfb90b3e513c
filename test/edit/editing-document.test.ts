/** docs/editing.md lists every edit; `UPDATE_DOCS=1` writes the list anew. Its examples are edits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { readEditFile } from '../../src/edit/index.ts';
import { shapes } from '../../src/edit/form.ts';
import { parseEdit } from '../../src/edit/text.ts';

const file = join(import.meta.dirname, '../../docs/editing.md');
const document = readFileSync(file, 'utf8');
const list = /(?<=<!-- edits -->\n)[^]*(?=<!-- \/edits -->)/;

test('every edit is in the list, with what it does', async () => {
  const rows = shapes.map(({ kind, usage, says }) => {
    const line = usage.replaceAll('|', String.raw`\|`);
    return `| \`${line}\` | \`${kind}\` | ${says} |`;
  });
  const table = ['', '| edit | in the long form | what it is |', '| --- | --- | --- |', ...rows, ''].join('\n');
  const written = await format(
    document.replace(list, () => `${table}\n`),
    { ...(await resolveConfig(file)), filepath: file },
  );
  if (process.env['UPDATE_DOCS'] === undefined) expect(document).toBe(written);
  else writeFileSync(file, written);
});

test('its examples are edits', () => {
  const lines = [...document.matchAll(/--set '([^']+)'/g)].map(([, line]) => line!);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(parseEdit(line)).toMatchObject({ ok: true });
  const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(document) ?? [];
  expect(readEditFile(yaml, 'edits.yaml')).toMatchObject({ edits: [{}, {}, {}], problems: [] });
});
