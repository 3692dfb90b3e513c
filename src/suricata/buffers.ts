/** Gathers the contents of a rule under the buffers that they are looked for in (semantics 10.78 to 10.80). */
import models from '../../models/suricata.json' with { type: 'json' };
import { present } from '../base/present.ts';
import { readContent, readNumbers, readPcre } from './content.ts';
import type { RawOption } from './options.ts';
import type { Complain } from './piece.ts';
import type { Buffer, Match, Option } from './rule.ts';

/** The options read so far, those with contents still open. */
export interface Gathered {
  readonly complain: Complain;
  readonly slots: (Option | Search)[];
  /** Where the next content is looked for. */
  search?: Search;
  /** What modifiers of a content belong to. */
  last?: { readonly content: Draft; readonly in: Search };
}

/** One buffer, or the payload, and what is looked for in it. */
interface Search {
  readonly kind: 'search';
  /** Absent: the payload. */
  readonly buffer?: string;
  /** The keyword that opened it, where contents must follow. */
  readonly sticky?: RawOption;
  readonly matches: (Draft | Exclude<Match, { kind: 'content' }>)[];
  dotprefix?: true;
  /** Changed in a way that is not modelled, so that the contents say nothing of what was sent. */
  changed?: true;
}

type Content = Extract<Match, { kind: 'content' }>;

interface Draft extends Content {
  nocase: boolean;
  startswith: boolean;
  endswith: boolean;
  depth?: number;
  offset?: number;
  distance?: number;
  within?: number;
  /** A place that is told by something read from the packet. */
  vague?: { readonly keyword: string; readonly value?: string };
}

const modelled: readonly Buffer[] = ['tls.sni', 'http.host', 'http.method', 'http.uri', 'dns.query'];
const buffers = new Set(models.buffers);
const transforms = new Set(models.transforms);
const payload = new Set(models.payload);
const modifiers: Readonly<Record<string, string>> = models.modifiers;

/** Where a pcre needs no content beside it (semantics 10.40). */
const pcreAlone = new Set<string | undefined>(['tls.sni', 'http.host', 'dns.query']);

const code = 'suricata-option';

/** Takes an option that opens a buffer or looks for something in one; false where it is another. */
export function gather(option: RawOption, into: Gathered): boolean {
  const { keyword } = option;
  if (buffers.has(keyword)) open(option, into);
  else if (transforms.has(keyword)) transform(option, into);
  else if (keyword === 'content') content(option, into);
  else if (keyword === 'pcre') pcre(option, into);
  else if (keyword === 'bsize') bsize(option, into);
  else if (payload.has(keyword)) other(option, into);
  else if (Object.hasOwn(modifiers, keyword)) move(option, modifiers[keyword]!, into);
  else return modify(option, into);
  return true;
}

/** A buffer that is opened must be followed by what is looked for in it. */
export function mustFollow({ search, complain }: Gathered): void {
  const opened = search?.matches.length === 0 ? search.sticky : undefined;
  if (opened === undefined) return;
  complain(
    opened.at,
    'suricata-buffer',
    `No content follows \`${opened.keyword}\`.`,
    'A buffer is followed directly by its contents, such as `tls.sni; content:"example.com";`.',
  );
}

function open(option: RawOption, into: Gathered): void {
  mustFollow(into);
  delete into.last;
  const payloadAgain = option.keyword === 'pkt_data';
  into.search = {
    kind: 'search',
    matches: [],
    ...(payloadAgain
      ? {}
      : { buffer: option.keyword.replace('http_header_names', 'http.header_names'), sticky: option }),
  };
  into.slots.push(into.search);
}

/** Where contents go that no buffer was opened for: the payload. */
function current(into: Gathered): Search {
  if (into.search !== undefined) return into.search;
  into.search = { kind: 'search', matches: [] };
  into.slots.push(into.search);
  return into.search;
}

function transform({ keyword, at }: RawOption, into: Gathered): void {
  const { search, complain } = into;
  if (search?.sticky === undefined) complain(at, 'suricata-buffer', `\`${keyword}\` stands behind no buffer.`);
  else if (search.matches.length > 0)
    complain(
      at,
      'suricata-buffer',
      `\`${keyword}\` stands behind a content.`,
      `It belongs between the buffer and its content: \`${search.sticky.keyword}; ${keyword}; content:…\`.`,
    );
  else if (keyword === 'dotprefix' && search.dotprefix === undefined) search.dotprefix = true;
  else search.changed = true;
}

function content({ keyword, at, value }: RawOption, into: Gathered): void {
  const read = readContent(value ?? { text: '', column: at.column + keyword.length }, into.complain);
  // A wrong content is one all the same, for what follows it.
  const { negated, bytes } = read ?? { negated: false, bytes: '' };
  const draft: Draft = { kind: 'content', negated, bytes, nocase: false, startswith: false, endswith: false };
  const search = current(into);
  search.matches.push(draft);
  into.last = { content: draft, in: search };
}

function pcre({ keyword, at, value }: RawOption, into: Gathered): void {
  const read = readPcre(value ?? { text: '', column: at.column + keyword.length }, into.complain);
  current(into).matches.push(read ?? { kind: 'pcre', negated: false, pattern: '', flags: '' });
}

function bsize(option: RawOption, into: Gathered): void {
  if (into.search?.sticky === undefined) {
    into.complain(option.at, 'suricata-buffer', '`bsize` stands behind no buffer.');
    return;
  }
  const range = readNumbers(option.value?.text ?? '', Infinity);
  into.search.matches.push(range === undefined ? unknown(option) : { kind: 'bsize', ...range });
}

function other(option: RawOption, into: Gathered): void {
  const search = current(into);
  search.matches.push(unknown(option));
  // It matches where there is no buffer at all.
  if (option.keyword === 'absent') search.changed = true;
}

const unknown = ({ keyword, value }: RawOption): Match & { kind: 'unknown' } => ({
  kind: 'unknown',
  keyword,
  ...present({ value: value?.text }),
});

/** The older style, `content:"x"; http_host;`: the content is looked for in that buffer. */
function move(option: RawOption, buffer: string, into: Gathered): void {
  const { last } = into;
  if (last === undefined || last.in.buffer !== undefined) {
    into.complain(option.at, code, `\`${option.keyword}\` stands behind no content of the payload.`);
    return;
  }
  last.in.matches.splice(last.in.matches.indexOf(last.content), 1);
  const others = into.slots.flatMap((slot) => (slot.kind === 'search' ? slot : []));
  let search = others.find((one) => one.buffer === buffer && one.sticky === undefined);
  if (search === undefined) into.slots.push((search = { kind: 'search', buffer, matches: [] }));
  search.matches.push(last.content);
  into.last = { content: last.content, in: search };
  if (last.content.nocase) noCaseIn(option, into);
}

/** A modifier of the last content; false where the keyword is none. */
function modify(option: RawOption, into: Gathered): boolean {
  const { keyword, value } = option;
  const flag = keyword === 'nocase' || keyword === 'startswith' || keyword === 'endswith';
  const placed = keyword === 'depth' || keyword === 'offset' || keyword === 'distance' || keyword === 'within';
  if (!flag && !placed) return false;
  const found = into.last?.content;
  if (found === undefined) into.complain(option.at, code, `\`${keyword}\` stands behind no content.`);
  else if (flag) found[keyword] = true;
  else if (/^-?\d+$/.test(value?.text ?? '')) found[keyword] = Number(value!.text);
  else if (/^[a-z]\w*$/i.test(value?.text ?? '')) found.vague = { keyword, value: value!.text };
  else into.complain(value ?? option.at, code, `\`${keyword}\` needs a number.`);
  if (keyword === 'nocase') noCaseIn(option, into);
  return true;
}

/** `http.host` is in lower case already (semantics 10.78). */
function noCaseIn({ at }: RawOption, { last, complain }: Gathered): void {
  if (last?.in.buffer === 'http.host')
    complain(at, code, '`nocase` is refused for `http.host`, which is in lower case already.', 'Leave `nocase` out.');
}

/** The options in their order, the contents under their buffers. */
export function gathered({ slots, complain }: Gathered): readonly Option[] {
  const searches = slots.flatMap((slot) => (slot.kind === 'search' ? slot : []));
  const hasContent = searches.some(({ matches }) => matches.some(({ kind }) => kind === 'content'));
  const lone = searches.some(
    ({ buffer, matches }) => !pcreAlone.has(buffer) && matches.some(({ kind }) => kind === 'pcre'),
  );
  if (lone && !hasContent)
    complain(
      { text: '', column: 1 },
      'suricata-unsupported',
      'AWS Network Firewall does not accept a pcre alone.',
      'It stands together with `content`, `tls.sni`, `http.host` or `dns.query`.',
    );
  return slots.flatMap((slot) => {
    if (slot.kind !== 'search') return slot;
    return slot.matches.length === 0 ? [] : finished(slot);
  });
}

function finished({ buffer, changed, dotprefix, matches }: Search): Option {
  const found = matches.flatMap((match) => (match.kind === 'content' ? finishedContent(match) : match));
  const known = modelled.find((one) => one === buffer);
  if (known !== undefined && changed === undefined)
    return { kind: 'buffer', buffer: known, dotprefix: dotprefix ?? false, matches: found };
  const plain = changed === undefined && dotprefix === undefined;
  if (plain && buffer === 'http.header_names' && isSomeHeader(found)) return { kind: 'some-header' };
  return { kind: 'payload', ...present({ buffer }), matches: found };
}

/** A place that is not known makes what must not be there uncertain, and adds a doubt to what must. */
function finishedContent({ vague, ...plain }: Draft): readonly Match[] {
  if (vague === undefined) return [plain];
  const doubt: Match = { kind: 'unknown', ...vague };
  return plain.negated ? [doubt] : [plain, doubt];
}

function isSomeHeader([first, ...more]: readonly Match[]): boolean {
  if (first?.kind !== 'content' || more.length > 0) return false;
  const { negated, bytes, startswith, endswith, depth, offset, distance, within } = first;
  const placed = [depth, offset, distance, within].some((place) => place !== undefined);
  return bytes === '\r\n' && startswith && !negated && !endswith && !placed;
}
