/**
 * All that a flow can carry, as finitely many classes, numbered: what no rule of the network and no name of the question
 * tells apart is one class (semantics 10.61: the client writes what it likes).
 */
import { type Intervals, contains, interval, none, size, subtract, unionAll } from '../../net/interval.ts';
import { queryTypes } from '../../net/query-type.ts';
import { invariant } from '../../base/invariant.ts';
import { applications } from '../../net/application.ts';
import type { Payload } from '../../net/payload.ts';
import type { Pattern } from '../../logic/language/index.ts';
import type { Buffer, Rule } from '../../suricata/index.ts';
import { type BufferClasses, classesOf } from './buffer-classes.ts';
import { patternsOf } from './buffer-pattern.ts';

/**
 * A name that a question speaks of; a leading dot is the name and all below it. Case does not matter. Or a type of DNS
 * queries, in the words of `net/query-type.ts`.
 */
export interface PayloadName {
  readonly kind: 'sni' | 'httpHost' | 'dnsName' | 'dnsType';
  readonly name: string;
}

/** What else tells DNS queries apart: names as DNS Firewall and resolver rules ask for them, and types. */
export interface QueriesTold {
  readonly patterns: readonly Pattern[];
  readonly types: readonly string[];
}

export interface PayloadSpace {
  /** How many classes; at most 2^24. */
  readonly size: number;
  readonly all: Intervals;
  /** Of an application in Suricata's words, or of `none`; no others are known. */
  app(name: string): Intervals;
  /** The payloads that have the buffer. */
  holding(buffer: Buffer): Intervals;
  /** HTTP requests that have some header (semantics 10.55). */
  readonly withHeaders: Intervals;
  /** The payloads in whose buffer the pattern is found; undefined where the classes do not tell. */
  matching(buffer: Buffer, pattern: Pattern): Intervals | undefined;
  /** What an IP protocol (0 to 255) can carry. */
  over(protocol: number): Intervals;
  /** The payloads that bear the name; undefined where the classes do not tell. */
  named(kind: keyof typeof buffers, name: string): Intervals | undefined;
  /** DNS queries of the type, which is one of those told apart. */
  ofType(type: string): Intervals;
  /** A payload of the class. */
  witness(number: number): Payload;
}

const buffers = {
  sni: 'tls.sni',
  httpHost: 'http.host',
  dnsName: 'dns.query',
} as const satisfies Readonly<Partial<Record<PayloadName['kind'], Buffer>>>;

/** Of these the first that nobody tells apart stands for all that nobody does: what carries most comes first. */
const likelyTypes = ['TXT', 'A', 'AAAA', 'CNAME', 'NULL', 'MX', 'SRV', 'NS', ...queryTypes, 'TYPE65280'];

/** How many classes the header's field can number. */
const most = 2 ** 24;

/** Names in lower case, as they are compared. */
const namePattern = (name: string): Pattern => ({
  kind: 'literal',
  bytes: name.toLowerCase(),
  nocase: true,
  at: name.startsWith('.') ? 'end' : 'whole',
  dotted: name.startsWith('.'),
});

const nothingTold: QueriesTold = { patterns: [], types: [] };

/** `rules`: all of the network's firewalls; `names`: those that the question speaks of; `told`: by the network's resolvers. */
export function payloadSpace(
  rules: readonly Rule[],
  names: readonly PayloadName[],
  told: QueriesTold = nothingTold,
): PayloadSpace {
  const classes = (buffer: Buffer, limit = 2 ** 16, more: readonly Pattern[] = []): BufferClasses =>
    classesOf(
      names.flatMap(({ kind, name }) => (kind !== 'dnsType' && buffers[kind] === buffer ? [namePattern(name)] : [])),
      [...more, ...patternsOf(rules, buffer)],
      limit,
    );
  const sni = classes('tls.sni');
  const host = classes('http.host');
  const method = classes('http.method', Math.min(256, Math.max(1, Math.floor(most / 4 / (host.size + 2)))));
  const uri = classes('http.uri', Math.max(1, Math.floor(most / 4 / (host.size + 2) / method.size)));
  // Types told apart, and one that stands for the others, where there are any.
  const asked = [...told.types, ...names.flatMap(({ kind, name }) => (kind === 'dnsType' ? [name] : []))];
  const types = [...new Set(asked)];
  const rest = likelyTypes.find((type) => !types.includes(type));
  if (types.length > 0 && rest !== undefined) types.push(rest);
  const rows = Math.max(1, types.length);
  const most53 = told.patterns.length === 0 ? 2 ** 16 : 2 ** 18;
  const query = classes('dns.query', Math.max(1, Math.min(most53, Math.floor(most / 4 / rows))), told.patterns);

  // Applications stand one after the other; a class that has no name stands before those that have.
  const starts = new Map<string, { readonly from: number; readonly size: number }>();
  const perHost = method.size * uri.size;
  let next = 0;
  const put = (app: string, length: number): void => {
    starts.set(app, { from: next, size: length });
    next += length;
  };
  put('none', 1);
  for (const app of Object.keys(applications)) if (!named.has(app)) put(app, 1);
  put('tls', 1 + sni.size);
  put('http', (2 + host.size) * perHost);
  put('dns', 1 + query.size * rows);

  const at = (app: string): number => starts.get(app)!.from;
  const range = (from: number, length: number): Intervals => interval(BigInt(from), BigInt(from + length - 1));
  const app = (name: string): Intervals => {
    const found = starts.get(name);
    return found === undefined ? none : range(found.from, found.size);
  };
  const without = (name: string, length: number): Intervals => subtract(app(name), range(at(name), length));
  const shifted = (set: Intervals, from: number, each = 1): Intervals => {
    const [by, times] = [BigInt(from), BigInt(each)];
    return set.map(({ lo, hi }) => ({ lo: lo * times + by, hi: (hi + 1n) * times - 1n + by }));
  };
  /** In every host's row the columns of these methods, or of these addresses. */
  const columns = (set: Intervals, each: number, period: number): Intervals => {
    if (size(set) * BigInt(each) === BigInt(period)) return app('http');
    const out: Intervals[] = [];
    for (let from = at('http'); from < at('http') + (2 + host.size) * perHost; from += period)
      out.push(shifted(set, from, each));
    return unionAll(out);
  };
  /** Where the queries of the i-th type begin. */
  const rowAt = (i: number): number => at('dns') + 1 + i * query.size;
  const placed = (buffer: Buffer, set: Intervals): Intervals => {
    switch (buffer) {
      case 'tls.sni':
        return shifted(set, at('tls') + 1);
      case 'dns.query':
        return unionAll(
          types.length === 0 ? [shifted(set, at('dns') + 1)] : types.map((_, i) => shifted(set, rowAt(i))),
        );
      case 'http.host':
        return shifted(set, at('http') + 2 * perHost, perHost);
      case 'http.method':
        return columns(set, uri.size, perHost);
      case 'http.uri':
        return columns(set, 1, uri.size);
    }
  };
  const of = { 'tls.sni': sni, 'http.host': host, 'http.method': method, 'http.uri': uri, 'dns.query': query };
  const matching = (buffer: Buffer, pattern: Pattern): Intervals | undefined => {
    const set = of[buffer].of(pattern);
    return set && placed(buffer, set);
  };
  const queryOf = (index: number): Payload => ({
    app: 'dns',
    dnsName: query.witness(index % query.size),
    ...(types.length === 0 ? {} : { dnsType: types[Math.floor(index / query.size)]! }),
  });
  const all = range(0, next);
  const holders: Readonly<Record<Buffer, Intervals>> = {
    'tls.sni': without('tls', 1),
    'dns.query': without('dns', 1),
    'http.host': without('http', 2 * perHost),
    'http.method': app('http'),
    'http.uri': app('http'),
  };
  return {
    size: next,
    all,
    app,
    holding: (buffer) => holders[buffer],
    withHeaders: without('http', perHost),
    matching,
    over: (protocol) =>
      unionAll(
        [...starts.keys()].map((name) =>
          name === 'none' || applications[name]!.over.includes(protocol) ? app(name) : none,
        ),
      ),
    named: (kind, name) => matching(buffers[kind], namePattern(name)),
    ofType: (type) => {
      const i = types.indexOf(type);
      invariant(i >= 0, 'the type is one of those told apart');
      return range(rowAt(i), query.size);
    },
    witness: (number) => {
      const name = [...starts.keys()].find((one) => contains(app(one), BigInt(number)))!;
      const index = number - at(name);
      if (name === 'tls') return index === 0 ? { app: name } : { app: name, sni: sni.witness(index - 1) };
      if (name === 'dns') return index === 0 ? { app: name } : queryOf(index - 1);
      if (name !== 'http') return { app: name };
      const row = Math.floor(index / perHost);
      const column = index % perHost;
      return {
        app: name,
        ...(row === 0 ? { bare: true } : row === 1 ? {} : { httpHost: host.witness(row - 2).toLowerCase() }),
        httpMethod: method.size === 1 ? 'GET' : method.witness(Math.floor(column / uri.size)),
        httpUri: uri.size === 1 ? '/' : uri.witness(column % uri.size),
      };
    },
  };
}

/** Applications that bear names. */
const named = new Set(['tls', 'http', 'dns']);
