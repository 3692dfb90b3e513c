/** The line at which a place of a file stands: of JSON by its pointer, of a template in YAML by its resource. */
import { LineCounter, parseDocument } from 'yaml';

/**
 * Lines from 1, by place; a place inside something that is not there is where the nearest thing around it stands. Places
 * that name no way through the file, such as addresses of Terraform, have no line.
 */
export function linesOf(text: string, places: Iterable<string>): ReadonlyMap<string, number> {
  const wanted = [...places].flatMap((place) => {
    const way = wayOf(place);
    return way === undefined ? [] : [[place, way] as const];
  });
  if (wanted.length === 0) return new Map();
  const offset = /^\s*[[{]/.test(text) ? inJson : inYaml;
  const locate = offset(text);
  const found = new Map<string, number>();
  for (const [place, way] of wanted) {
    const line = locate(way);
    if (line !== undefined) found.set(place, line);
  }
  return found;
}

type Locate = (way: readonly string[]) => number | undefined;

/** `/RouteTables/2/Routes/0`, what a text inside adds to it, and `Resources/PublicRoute`. */
function wayOf(place: string): readonly string[] | undefined {
  const pointer = /^\/[^ ]*/.exec(place)?.[0] ?? (/^Resources\/[^ ]*/.test(place) ? `/${place}` : undefined);
  return pointer
    ?.slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function inYaml(text: string): Locate {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  return (way) => {
    for (let length = way.length; length > 0; length--) {
      const node = document.getIn(way.slice(0, length), true);
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
      if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
    }
    return undefined;
  };
}

/** The text is known to be JSON. */
const inJson =
  (text: string): Locate =>
  (way) => {
    let at = afterSpace(text, 0);
    let inside = false;
    for (const key of way) {
      const next = text[at] === '{' ? memberOf(text, at, key) : text[at] === '[' ? itemOf(text, at, key) : undefined;
      if (next === undefined) break;
      at = next;
      inside = true;
    }
    return inside ? lineAt(text, at) : undefined;
  };

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function memberOf(text: string, start: number, key: string): number | undefined {
  let at = afterSpace(text, start + 1);
  while (text[at] === '"') {
    const end = afterString(text, at);
    const name: unknown = JSON.parse(text.slice(at, end));
    const value = afterSpace(text, afterSpace(text, end) + 1);
    if (name === key) return value;
    at = afterComma(text, value);
  }
  return undefined;
}

function itemOf(text: string, start: number, key: string): number | undefined {
  let at = afterSpace(text, start + 1);
  for (let left = Number(key); at < text.length && text[at] !== ']'; left--) {
    if (left === 0) return at;
    at = afterComma(text, at);
  }
  return undefined;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** Behind the value that begins here, and the comma behind it. */
function afterComma(text: string, start: number): number {
  const at = afterSpace(text, afterValue(text, start));
  return text[at] === ',' ? afterSpace(text, at + 1) : at;
}

function afterValue(text: string, start: number): number {
  if (text[start] === '"') return afterString(text, start);
  if (text[start] !== '{' && text[start] !== '[')
    return start + (/[^\s,\]}]*/.exec(text.slice(start, start + 400))?.[0].length ?? 0);
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  for (let depth = 0, found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '"') mark.lastIndex = afterString(text, found.index);
    else depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}

function afterString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}
