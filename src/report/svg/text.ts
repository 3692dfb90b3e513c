/** Text in a picture: names of others that stay text, and lines that stay in their boxes whatever the font. */

/** What steers the direction of text, and could make a name read as another one. */
const steering = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** What XML does not allow in any form. */
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** A text of somebody else's, with what cannot be seen made visible: a mark that steers the direction shows as `\u202e`. */
export const plain = (text: string): string =>
  text
    .replaceAll(steering, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(forbidden, '\uFFFD');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as content or attribute of XML and HTML. */
export const escaped = (text: string): string => plain(text).replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** No text of a picture is longer, in characters, however long a name is. */
const longest = 300;

/** Widths in em of DejaVu Sans, the widest of the fonts in use; others need less. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,'|!:; ]/u, 0.34],
  [/[frt()[\]{}"`/\\-]/u, 0.42],
  [/[mwMW@%]/u, 1],
  [/[<>=+~#→←]/u, 0.84],
  [/[a-z0-9$?*_^]/u, 0.64],
  [/[A-Z&]/u, 0.78],
  [/\p{Mark}/u, 0],
  [/[\u0080-\u0FFF]/u, 0.8],
];

const widthOf = (character: string): number => widths.find(([of]) => of.test(character))?.[1] ?? 1.4;

/** How many pixels a line takes at most. */
export function measured(text: string, size: number, bold = false): number {
  let em = 0;
  for (const character of text) em += widthOf(character);
  return em * size * (bold ? 1.13 : 1);
}

/** The text, or its beginning and its end where it is too long: ids differ at their ends. */
export function fitted(text: string, size: number, room: number, bold = false): string {
  const all = Array.from(plain(text));
  if (all.length <= longest && measured(all.join(''), size, bold) <= room) return all.join('');
  let [head, tail] = [Math.min(all.length, longest), 0];
  const short = () => `${all.slice(0, head).join('').trimEnd()}…${tail === 0 ? '' : all.slice(-tail).join('')}`;
  tail = Math.min(6, Math.floor(all.length / 3));
  head -= tail;
  while (head > 1 && measured(short(), size, bold) > room) head--;
  while (tail > 0 && measured(short(), size, bold) > room) tail--;
  return short();
}

/** The text in lines, broken between words and within those that are longer than a line; what is over ends in `…`. */
export function wrapped(text: string, size: number, room: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const whole = Array.from(plain(text));
  const words = whole
    .slice(0, longest * 2)
    .join('')
    .split(/\s+/);
  for (const word of words.flatMap((each) => pieces(each, size, room))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measured(longer, size) <= room) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most && whole.length <= longest * 2) return lines;
  const kept = lines.slice(0, most);
  return [...kept.slice(0, -1), fitted(`${kept.at(-1) ?? ''} …………`, size, room).replace(/…+[^…]*$|\s*…+$/, '…')];
}

function pieces(word: string, size: number, room: number): readonly string[] {
  if (measured(word, size) <= room) return [word];
  const found: string[] = [];
  let piece = '';
  for (const character of word) {
    if (measured(piece + character, size) > room) {
      found.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...found, piece];
}
