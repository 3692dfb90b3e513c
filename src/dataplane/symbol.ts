/**
 * Symbols: what a header field may hold, as a function of the packet's first header and of AWS's choices.
 * A variable is free within its domain; everything else is computed from one variable, so membership of any symbol in
 * a set is membership of its variable in the preimage.
 */
import { type Intervals, contains, intersect, interval, sameIntervals, single, unionAll } from '../net/interval.ts';
import { nat64 } from '../net/special.ts';

/** A one-to-one translation of addresses, with its inverse. */
export interface Translation {
  readonly name: string;
  readonly pairs: ReadonlyMap<bigint, bigint>;
  readonly inverse: Translation;
  /** The addresses it translates. */
  readonly domain: Intervals;
}

export type Symbol =
  | {
      readonly kind: 'variable';
      readonly id: number;
      readonly name: string;
      readonly bits: number;
      readonly domain: Intervals;
      /** How many others, made up before it, it stands for one more of (`anew.ts`). */
      readonly depth: number;
    }
  | { readonly kind: 'constant'; readonly id: number; readonly value: bigint; readonly bits: number }
  | {
      readonly kind: 'translated';
      readonly id: number;
      readonly by: Translation;
      readonly of: Symbol;
      readonly depth: number;
    }
  /** The IPv4 address in the low 32 bits of an address of 64:ff9b::/96. */
  | { readonly kind: 'embedded-ipv4'; readonly id: number; readonly of: Symbol };

export type Variable = Extract<Symbol, { kind: 'variable' }>;

export interface Symbols {
  variable(name: string, bits: number, domain?: Intervals, depth?: number): Variable;
  constant(value: bigint, bits: number): Symbol;
  translated(by: Translation, of: Symbol): Symbol;
  embeddedIpv4(of: Symbol): Symbol;
}

/**
 * A table of symbols; the same request gives the same symbol, so that ids can stand in keys. Several planes may share
 * it: what has one name in them and is not the same, they get apart.
 */
export function createSymbols(): Symbols {
  const known = new Map<string, Symbol>();
  const translations = new Map<string, Translation[]>();
  const intern = <S extends Symbol>(key: string, make: (id: number) => S): S => {
    const found = known.get(key) as S | undefined;
    if (found !== undefined) return found;
    const made = make(known.size);
    known.set(key, made);
    return made;
  };
  /** Those that one plane makes have names of their own; of another's, the equal one counts as the same. */
  const placeOf = (by: Translation): { readonly same: Translation; readonly mark: string } => {
    let alike = translations.get(by.name);
    if (alike === undefined) translations.set(by.name, (alike = []));
    let at = alike.findIndex((one) => one === by || samePairs(one, by));
    if (at < 0) at = alike.push(by) - 1;
    return { same: alike[at]!, mark: at === 0 ? '' : `#${at}` };
  };
  return {
    variable(name, bits, domain = interval(0n, (1n << BigInt(bits)) - 1n), depth = 0) {
      for (let other = 0; ; other++) {
        const made: Variable = intern<Variable>(`v ${name}${other === 0 ? '' : `#${other}`}`, (id) => ({
          kind: 'variable',
          id,
          name,
          bits,
          domain,
          depth,
        }));
        if (made.bits === bits && made.depth === depth && sameIntervals(made.domain, domain)) return made;
      }
    },
    constant: (value, bits) => intern(`c ${bits} ${value}`, (id) => ({ kind: 'constant', id, value, bits })),
    translated(by, of) {
      if (of.kind === 'translated' && (of.by === by.inverse || samePairs(of.by, by.inverse))) return of.of;
      const { same, mark } = placeOf(by);
      return intern(`t ${by.name}${mark} ${of.id}`, (id) => ({
        kind: 'translated',
        id,
        by: same,
        of,
        depth: depthOf(of) + 1,
      }));
    },
    embeddedIpv4: (of) => intern(`e ${of.id}`, (id) => ({ kind: 'embedded-ipv4', id, of })),
  };
}

/** The same function, under one name. */
const samePairs = (a: Translation, b: Translation): boolean =>
  a === b ||
  (a.name === b.name && a.pairs.size === b.pairs.size && [...a.pairs].every(([from, to]) => b.pairs.get(from) === to));

/** How many translations lie on top of each other in the symbol, and how many made up one after another. */
export function depthOf(symbol: Symbol): number {
  switch (symbol.kind) {
    case 'translated':
    case 'variable':
      return symbol.depth;
    case 'embedded-ipv4':
      return depthOf(symbol.of);
    case 'constant':
      return 0;
  }
}

/** Makes the two directions of a translation from its pairs. */
export function createTranslation(name: string, pairs: ReadonlyMap<bigint, bigint>): Translation {
  const swapped = new Map([...pairs].map(([from, to]) => [to, from]));
  const domainOf = (of: ReadonlyMap<bigint, bigint>): Intervals => unionAll([...of.keys()].map(single));
  const forward: Translation = {
    name,
    pairs,
    domain: domainOf(pairs),
    get inverse() {
      return backward;
    },
  };
  const backward: Translation = { name: `${name} inward`, pairs: swapped, domain: domainOf(swapped), inverse: forward };
  return forward;
}

const preimages = new WeakMap<Translation, Map<Intervals, Intervals>>();

/** The addresses that the translation maps into the set. */
export function preimage(by: Translation, set: Intervals): Intervals {
  let bySet = preimages.get(by);
  if (bySet === undefined) preimages.set(by, (bySet = new Map()));
  let found = bySet.get(set);
  if (found === undefined) {
    found = unionAll([...by.pairs].flatMap(([from, to]) => (contains(set, to) ? [single(from)] : [])));
    bySet.set(set, found);
  }
  return found;
}

/** What `symbol ∈ set` says of the one variable it is computed from; a truth value where there is none. */
export function reduce(symbol: Symbol, set: Intervals): boolean | { variable: Variable; set: Intervals } {
  let at = symbol;
  let wanted = set;
  for (;;) {
    if (wanted.length === 0) return false;
    switch (at.kind) {
      case 'variable':
        return { variable: at, set: wanted };
      case 'constant':
        return contains(wanted, at.value);
      case 'translated':
        wanted = preimage(at.by, wanted);
        at = at.of;
        break;
      case 'embedded-ipv4': {
        const shifted = wanted.map(({ lo, hi }) => ({ lo: lo + nat64.lo, hi: hi + nat64.lo }));
        wanted = intersect(shifted, [nat64]);
        at = at.of;
        break;
      }
    }
  }
}

/** The symbol's value where its variable has the given one; undefined where a translation does not apply. */
export function valueOf(symbol: Symbol, value: (variable: Variable) => bigint): bigint | undefined {
  switch (symbol.kind) {
    case 'variable':
      return value(symbol);
    case 'constant':
      return symbol.value;
    case 'translated': {
      const inner = valueOf(symbol.of, value);
      return inner === undefined ? undefined : symbol.by.pairs.get(inner);
    }
    case 'embedded-ipv4': {
      const inner = valueOf(symbol.of, value);
      return inner === undefined ? undefined : inner - nat64.lo;
    }
  }
}

/** The variable behind a symbol, if it is not a constant. */
export function variableOf(symbol: Symbol): Variable | undefined {
  let at = symbol;
  while (at.kind === 'translated' || at.kind === 'embedded-ipv4') at = at.of;
  return at.kind === 'variable' ? at : undefined;
}
