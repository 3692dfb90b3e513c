/** Parts of pictures: badges, boxes with their names, groups, lines with arrows, the sheet around them. */
import { markOf } from './kind.ts';
import type { Point, Rectangle } from './layout.ts';
import { colours, pictureStyle } from './style.ts';
import { escaped, fitted, measured } from './text.ts';

export const badgeWidth = 34;

/** Whole pixels and halves. */
const at = (value: number): string => String(Math.round(value * 2) / 2);

export const textAt = (x: number, y: number, text: string, look: string): string =>
  `<text x="${at(x)}" y="${at(y)}" class="${look}">${escaped(text)}</text>`;

/** Told when the pointer rests on it, and to who does not see. */
export const titled = (text: string): string => `<title>${escaped(text)}</title>`;

export const badge = (x: number, y: number, kind: string, stopped = false): string => {
  const { badge: letters, family } = markOf(kind);
  return (
    `<rect x="${at(x)}" y="${at(y)}" width="${badgeWidth}" height="16" rx="3.5" class="badge-ground ${stopped ? 'stopped' : family}"/>` +
    textAt(x + badgeWidth / 2, y + 11.2, letters, 'badge')
  );
};

export const frame = ({ x, y, width, height }: Rectangle, radius: number): string =>
  `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="${radius}" class="frame"/>`;

export interface Named {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
}

/** An id beside a name, where they differ. */
export const idLine = ({ id, kind, title }: Named): string =>
  title === id || id === 'internet' || id === 'on-premises' || id === 'onprem' || id === 'dns'
    ? markOf(kind).words
    : id.startsWith('arn:') || id.startsWith('potential:')
      ? markOf(kind).words
      : id;

export const toolTip = ({ id, kind, title }: Named): string =>
  `${markOf(kind).words} ${title}${title === id ? '' : ` (${id})`}`;

/** A group's title in its corner: what it is, its name, and its id where there is room. */
export function groupHeading({ x, y, width }: Rectangle, words: string, name: string, id = ''): string {
  const wordsWidth = measured(words, 10);
  const said = fitted(name, 12, Math.max(width - 30 - wordsWidth, 40), true);
  const nameEnd = 12 + wordsWidth + 6 + measured(said, 12, true) + 8;
  const left = width - nameEnd - 10;
  return (
    textAt(x + 12, y + 20, words, 'small over') +
    textAt(x + 12 + wordsWidth + 6, y + 20, said, 'name over') +
    (id === '' || left < 70 ? '' : textAt(x + nameEnd, y + 20, fitted(id, 10, left), 'small over'))
  );
}

/** The least width in which a group's title stands whole, up to a bound. */
export const groupWidth = (words: string, name: string, id = ''): number =>
  Math.ceil(Math.min(360, 24 + measured(words, 10) + 14 + measured(name, 12, true) + measured(id, 10)));

export function line(points: readonly Point[], look: string, arrow: string, attributes = ''): string {
  return `<path d="${rounded(points)}" class="wire ${look}" marker-end="url(#${arrow})"${attributes}/>`;
}

/** Straight from point to point, corners rounded. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, i) => {
      const before = points[i - 1];
      const behind = points[i + 1];
      if (before === undefined) return `M${at(point.x)} ${at(point.y)}`;
      if (behind === undefined) return `L${at(point.x)} ${at(point.y)}`;
      const [a, b] = [towards(point, before), towards(point, behind)];
      return `L${at(a.x)} ${at(a.y)}Q${at(point.x)} ${at(point.y)} ${at(b.x)} ${at(b.y)}`;
    })
    .join('');
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(6, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Arrow heads by the name of their line, for one picture. */
export const heads = (prefix: string): string =>
  `<defs>${['base', 'there', 'back']
    .map((look) => {
      const size = look === 'base' ? 6 : 9;
      return `<marker id="${prefix}-${look}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="${size}" markerHeight="${size}" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" class="head ${look}"/></marker>`;
    })
    .join('')}</defs>`;

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly body: string;
}

/** A picture for a page that brings the style. */
export const inlinePicture = ({ width, height, title, description, body }: Picture, id: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="picture" id="${id}" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}">` +
  `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>${body}</svg>`;

/** A picture that is a file. */
export const picturesFile = (pictures: readonly Picture[]): string => {
  const gap = 24;
  const width = Math.max(...pictures.map((each) => each.width));
  let y = 0;
  const parts = pictures.map(({ title, description, body, height }, i) => {
    const part = `<g role="img" aria-labelledby="p${i}-title p${i}-desc" transform="translate(0 ${at(y)})"><title id="p${i}-title">${escaped(title)}</title><desc id="p${i}-desc">${escaped(description)}</desc>${body}</g>`;
    y += height + gap;
    return part;
  });
  const height = y - gap;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}">`,
    `<style>${colours('.picture')}${pictureStyle}.picture .spot.stop{visibility:visible}\n.sheet{fill:var(--paper)}</style>`,
    `<rect width="100%" height="100%" class="sheet"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
};
