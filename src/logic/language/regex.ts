/** Regular expressions over bytes, searched for anywhere in a string unless an anchor says otherwise. */
import { byteSet, type ByteSet, bytesOf, byteRange, eitherCase, EVERY_BYTE } from './bytes.ts';

export type Regex =
  | { readonly kind: 'bytes'; readonly set: ByteSet }
  | { readonly kind: 'sequence'; readonly of: readonly Regex[] }
  | { readonly kind: 'choice'; readonly of: readonly Regex[] }
  /** `max` absent: without end. */
  | { readonly kind: 'repeat'; readonly of: Regex; readonly min: number; readonly max?: number }
  | { readonly kind: 'anchor'; readonly at: Anchor };

/**
 * Where a string is looked at without being read: `last-line-end` is its end or before the newline that ends it,
 * `line-end` its end or before any newline, `line-start` its start or after a newline that does not end it.
 */
export type Anchor = 'start' | 'line-start' | 'end' | 'last-line-end' | 'line-end';

export const anchor = (at: Anchor): Regex => ({ kind: 'anchor', at });

export const sequence = (of: readonly Regex[]): Regex => (of.length === 1 ? of[0]! : { kind: 'sequence', of });

export const choice = (of: readonly Regex[]): Regex => (of.length === 1 ? of[0]! : { kind: 'choice', of });

export const repeat = (of: Regex, min: number, max?: number): Regex =>
  max === undefined ? { kind: 'repeat', of, min } : { kind: 'repeat', of, min, max };

export const oneOf = (set: ByteSet): Regex => ({ kind: 'bytes', set });

/** So many bytes, whatever they are. */
export const span = (min: number, max?: number): Regex => repeat(oneOf(EVERY_BYTE), min, max);

export const literal = (bytes: string, nocase: boolean): Regex =>
  sequence(
    Array.from(bytes, (character) => {
      const set = byteSet(character.charCodeAt(0));
      return oneOf(nocase ? eitherCase(set) : set);
    }),
  );

const NAME_BYTE = byteRange(48, 57) | byteRange(65, 90) | byteRange(97, 122);
const LABEL = sequence([oneOf(NAME_BYTE), repeat(sequence([repeat(oneOf(bytesOf('-')), 0), oneOf(NAME_BYTE)]), 0)]);

/** Labels of letters, digits and inner hyphens, joined by dots. */
export const HOST_NAME: Regex = sequence([
  anchor('start'),
  LABEL,
  repeat(sequence([oneOf(bytesOf('.')), LABEL]), 0),
  anchor('end'),
]);

/** Visible ASCII, or nothing. */
export const PRINTABLE: Regex = sequence([anchor('start'), repeat(oneOf(byteRange(33, 126)), 0), anchor('end')]);

/** Whether it can only be found at the start of a string. */
export function beginsAtStart(regex: Regex): boolean {
  switch (regex.kind) {
    case 'anchor':
      return regex.at === 'start';
    case 'sequence':
      return regex.of.length > 0 && beginsAtStart(regex.of[0]!);
    case 'choice':
      return regex.of.every(beginsAtStart);
    case 'repeat':
      return regex.min > 0 && beginsAtStart(regex.of);
    case 'bytes':
      return false;
  }
}

/** How many positions it has once its repetitions are written out. */
export function sizeOf(regex: Regex): number {
  switch (regex.kind) {
    case 'anchor':
    case 'bytes':
      return 1;
    case 'sequence':
    case 'choice':
      return regex.of.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'repeat':
      return 1 + (sizeOf(regex.of) + 1) * (regex.max ?? regex.min + 1);
  }
}

/** Equal for regular expressions that are written alike. */
export function regexKey(regex: Regex): string {
  switch (regex.kind) {
    case 'anchor':
      return `<${regex.at}>`;
    case 'bytes':
      return `[${regex.set.toString(36)}]`;
    case 'sequence':
      return `(${regex.of.map(regexKey).join('')})`;
    case 'choice':
      return `(${regex.of.map(regexKey).join('|')}|)`;
    case 'repeat':
      return `${regexKey(regex.of)}{${regex.min},${regex.max ?? ''}}`;
  }
}
