/** How a report stands on the page: titled sections, tables whose columns line up, and lines that fit. */
import type { Paint } from './paint.ts';

/** The width of section titles. */
export const margin = 12;

/** No text is squeezed into fewer columns than these. */
const narrowest = 40;

/** A title in the margin, its lines beside it; nothing where there is no line. */
export function section(paint: Paint, title: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, i) =>
    hang(i === 0 ? paint.bold(title.padEnd(margin)) : ' '.repeat(margin), line, paint.width),
  );
}

export const indent = (line: string, by: number): string => (line === '' ? '' : `${' '.repeat(by)}${line}`);

/** What colours a terminal: ESC, `[`, numbers, `m`. */
const colours = new RegExp(String.raw`${String.fromCodePoint(27)}\[[\d;]*m`, 'g');

const visible = (text: string): number => text.replaceAll(colours, '').length;

/** The text behind its prefix, broken between words where the line would be too long, what follows set under its start. */
export function hang(prefix: string, text: string, width: number): readonly string[] {
  const left = visible(prefix);
  const room = Math.max(width - left, narrowest);
  if (text === '') return [prefix.trimEnd()];
  if (visible(text) <= room) return [prefix + text];
  const lines: string[] = [];
  let line = '';
  // What a line already begins with, an indentation or columns of its own, is kept as it is.
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (line !== '' && visible(line) + 1 + visible(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each, i) => (i === 0 ? prefix : ' '.repeat(left)) + each);
}

/** Each column as wide as its widest cell, up to 48; what is wider pushes its own line out. The last is free. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries())
      if (i < row.length - 1) widths[i] = Math.max(widths[i] ?? 0, Math.min(cell.length, 48));
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
    .replaceAll(/^\n+|\n+$/g, '')}\n`;
