/** Selectors as text: a union of terms, each naming places or things (`interfaces.md`, Selectors). */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import { parseAddress } from '../net/address.ts';
import { type Prefix, parsePrefix, prefixOf } from '../net/prefix.ts';
import { serviceShortName } from './endpoint.ts';
import { type KindWord, isKindWord, selectorKinds } from './selector-kind.ts';

/** What one term names, before any network is looked at. */
export type Named =
  | { readonly kind: 'internet' }
  | { readonly kind: 'onprem' }
  | { readonly kind: 'dns' }
  | { readonly kind: 'any' }
  | { readonly kind: 'prefix'; readonly prefix: Prefix }
  /** `known` where the text is a whole service name, which is then taken at its word. */
  | { readonly kind: 'service'; readonly name: string; readonly known: boolean }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'arn'; readonly arn: string }
  /** What refers to a rule group: `VENDOR:NAME`, a name, or an ARN. */
  | { readonly kind: 'rule-group'; readonly name: string }
  /** Every thing of the term's kind: `KIND:*`. */
  | { readonly kind: 'every' }
  /** An id, or a name of a balancer or firewall. */
  | { readonly kind: 'word'; readonly word: string };

export interface Term {
  /** As written, without the spaces around it. */
  readonly text: string;
  /** Where it begins in the selector, from 1. */
  readonly column: number;
  /** The KIND before it. */
  readonly narrow?: KindWord;
  readonly named: Named;
}

export interface Selector {
  readonly text: string;
  readonly terms: readonly Term[];
}

/** The words that are places by themselves. */
export const placeWords = ['internet', 'onprem', 'dns', 'any'] as const;

const isPlaceWord = (text: string): text is (typeof placeWords)[number] =>
  (placeWords as readonly string[]).includes(text);

/** The selector, or every problem in its text. */
export function parseSelector(text: string): Result<Selector, ProblemAt> {
  const { problems, ...selector } = readSelector(text);
  return unless(problems, () => selector);
}

/** Reads terms between commas, leaving out those that are wrong; a comma inside double quotes belongs to its term. */
export function readSelector(text: string): Selector & { readonly problems: readonly ProblemAt[] } {
  const problems: ProblemAt[] = [];
  const terms: Term[] = [];
  for (const piece of split(text)) {
    const term = piece.text === '' ? emptyTerm(text, piece.column) : readTerm(piece.text, piece.column);
    if ('code' in term) problems.push(term);
    else terms.push(term);
  }
  return { text: text.trim(), terms, problems };
}

interface Piece {
  readonly text: string;
  readonly column: number;
}

function split(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    if (i < text.length && (text[i] !== ',' || quoted)) continue;
    const raw = text.slice(start, i);
    pieces.push({ text: raw.trim(), column: start + 1 + (raw.length - raw.trimStart().length) });
    start = i + 1;
  }
  return pieces;
}

const emptyTerm = (text: string, column: number): ProblemAt => ({
  code: 'empty-selector',
  column: Math.min(column, text.length + 1),
  message: text.trim() === '' ? 'The selector is empty.' : 'Nothing stands beside this comma.',
  hint: 'Name a place: `internet`, an id, a CIDR, `tag:KEY=VALUE`, `subnet:name:web-*`.',
});

function readTerm(text: string, column: number): Term | ProblemAt {
  const colon = text.indexOf(':');
  const head = colon < 0 ? '' : text.slice(0, colon);
  if (!isKindWord(head)) {
    const named = readNamed(text, column);
    return 'code' in named ? named : { text, column, named };
  }
  const rest = text.slice(colon + 1).trim();
  const at = column + text.indexOf(rest, colon + 1);
  const named: Named | ProblemAt = rest === '*' ? { kind: 'every' } : readNamed(rest, at);
  if ('code' in named) return named;
  if (named.kind in placeNouns)
    return {
      code: 'not-a-kind',
      column,
      message: `\`${rest}\` is a place of its own, no ${selectorKinds[head].noun}.`,
      hint: `Write \`${rest}\` alone.`,
    };
  return { text, column, narrow: head, named };
}

const placeNouns = { internet: 1, onprem: 1, dns: 1, any: 1, service: 1 };

function readNamed(text: string, column: number): Named | ProblemAt {
  if (text === '') return { code: 'empty-selector', column, message: 'Nothing follows the colon.' };
  if (isPlaceWord(text)) return { kind: text };
  if (text === '0.0.0.0/0' || text === '::/0') return { kind: 'internet' };
  const address = parseAddress(text);
  const prefix = address === undefined ? parsePrefix(text) : prefixOf(address);
  if (prefix !== undefined) return prefix.length === 0 ? { kind: 'internet' } : { kind: 'prefix', prefix };
  if (looksLikeAddress.test(text))
    return {
      code: 'bad-address',
      column,
      message: `\`${text}\` is neither an IP address nor a CIDR block.`,
      hint: 'Four numbers up to 255 and a length up to 32, or an IPv6 block and a length up to 128.',
    };
  if (text.startsWith('arn:')) return { kind: 'arn', arn: text };
  const colon = text.indexOf(':');
  // The key of an instance may hold a colon: `aws_subnet.app["eu:a"]`.
  if (colon < 0 || isAddress.test(text.slice(0, colon))) return { kind: 'word', word: unquote(text) };
  return readPrefixed(text.slice(0, colon), text.slice(colon + 1), text, column);
}

/** What comes before a colon in an address of a plan or a template, and in no word for a kind. */
const isAddress = /[.[/]/;

/** Digits and dots with perhaps a length, or hexadecimal groups: someone meant an address. */
const looksLikeAddress = /^(?:[\d.]*\d\.[\d./]+|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*(?:\/\d*)?)$/i;

function readPrefixed(head: string, rest: string, text: string, column: number): Named | ProblemAt {
  if (rest.trim() === '') return { code: 'empty-selector', column, message: `Nothing follows \`${head}:\`.` };
  if (head === 'name') return { kind: 'name', name: unquote(rest) };
  if (head === 'rule-group') return { kind: 'rule-group', name: unquote(rest) };
  if (head === 'tag') {
    const equals = rest.indexOf('=');
    if (equals > 0) return { kind: 'tag', key: unquote(rest.slice(0, equals)), value: unquote(rest.slice(equals + 1)) };
    return {
      code: 'bad-tag',
      column,
      message: `\`${text}\` names no value.`,
      hint: `Write \`tag:KEY=VALUE\`, or \`tag:KEY=*\` for any value.`,
    };
  }
  if (head === 'service') {
    const name = serviceShortName(rest);
    return { kind: 'service', name, known: name !== rest };
  }
  return {
    code: 'unknown-kind',
    column,
    message: `\`${head}\` is no kind of thing.`,
    hint:
      didYouMean(head, [...Object.keys(selectorKinds), 'tag', 'name', 'service', 'rule-group']) ??
      `Kinds are ${Object.keys(selectorKinds).join(', ')}; before them stand \`tag:\`, \`name:\`, \`service:\` and \`rule-group:\`.`,
  };
}

const unquote = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');
