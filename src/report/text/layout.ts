/** How a report stands on the page: titled sections, and tables whose columns line up. */
import type { Paint } from './paint.ts';

/** The width of section titles. */
const margin = 12;

/** A title in the margin, its lines beside it; nothing where there is no line. */
export function section(paint: Paint, title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const [first = '', ...rest] = lines;
  return [`${paint.bold(title.padEnd(margin))}${first}`, ...rest.map((line) => indent(line, margin))];
}

export const indent = (line: string, by: number): string => (line === '' ? '' : `${' '.repeat(by)}${line}`);

/** Each column as wide as its widest cell, up to 44; what is wider pushes its own line out. The last is free. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries())
      if (i < row.length - 1) widths[i] = Math.max(widths[i] ?? 0, Math.min(cell.length, 44));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  );
}

/** The first few, and how many more there are. */
export function some(items: readonly string[], most: number): readonly string[] {
  if (items.length <= most) return items;
  return [...items.slice(0, most), `and ${items.length - most} more`];
}

export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** Lines as one text, without blank lines at its ends or two in a row. */
export const lines = (all: readonly string[]): string =>
  `${all
    .filter((line, i) => line !== '' || (i > 0 && all[i - 1] !== ''))
    .join('\n')
    .trim()}\n`;
