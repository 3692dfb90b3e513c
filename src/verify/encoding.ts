/**
 * The product as Boolean terms: one definition a state, `reached` implies some way in. Loops are left unbroken, which
 * only ever adds flows (engine.md, step 6); `search.ts` takes away what supports itself.
 */
import { type Header, type Predicate, type Symbol, type Variable, reduce } from '../dataplane/index.ts';
import { type Vector, constantVector, equalVectors, freshVector, inIntervals } from '../logic/vector.ts';
import type { Term, Terms } from '../logic/term.ts';
import { contains, interval, sameIntervals } from '../net/interval.ts';
import { simplify } from './domain.ts';
import type { Product, State, Step } from './product.ts';

/** An unknown as terms: its value, and whether its side is declared for the check at hand. */
export interface UnknownTerms {
  readonly value: Term;
  readonly declared: Term;
}

/** What is shared by all encodings of one question. */
export interface Alphabet {
  readonly terms: Terms;
  /** True on the must side: what an undeclared unknown could take away is taken away. */
  readonly must: Term;
  readonly unknowns: Map<string, UnknownTerms>;
  readonly vectors: Map<Variable, Vector>;
  /** What always holds: the domains of variables. */
  readonly facts: Term[];
}

export const createAlphabet = (terms: Terms, must: Term = terms.variable('must')): Alphabet => ({
  terms,
  must,
  unknowns: new Map(),
  vectors: new Map(),
  facts: [],
});

/** Values of variables that are not free. */
export type Given = Pick<ReadonlyMap<Variable, bigint>, 'get'>;

export interface Encoding {
  /** The variables that have one value in it. */
  readonly fixed: ReadonlyMap<Variable, bigint>;
  /** Some end is reached. */
  readonly goal: Term;
  readonly definitions: readonly Term[];
  readonly reached: (state: State) => Term;
  readonly guard: (step: Step) => Term;
  readonly start: (state: State) => Term;
  readonly end: (state: State) => Term;
}

/**
 * Encodes the product with some variables fixed; copies with other values differ in `copy`, and share the rest. `whole`
 * leaves every guard as it is, though it may ask what is known of what arrives.
 */
export function encode(
  alphabet: Alphabet,
  { states }: Product,
  fixed: ReadonlyMap<Variable, bigint>,
  copy: string,
  whole = false,
): Encoding {
  const { terms } = alphabet;
  const known = new Map<State | Step, Term>();
  const once = (key: State | Step, make: () => Term): Term => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = make()));
    return found;
  };
  const of = ({ domain, context: { header } }: State, predicate: Predicate): Term =>
    predicateTerm(alphabet, fixed, header, whole ? predicate : simplify(domain, header, predicate), true);
  const reached = (state: State): Term => terms.variable(`reached.${copy}.${state.index}`);
  const guard = (step: Step): Term => once(step, () => of(step.from, step.guard));
  const start = (state: State): Term => predicateTerm(alphabet, fixed, state.context.header, state.start, true);
  const end = (state: State): Term => once(state, () => of(state, state.end));
  const definitions = states.map((state) =>
    terms.implies(
      reached(state),
      terms.or([start(state), ...state.into.map((step) => terms.and([reached(step.from), guard(step)]))]),
    ),
  );
  const goal = terms.or(states.map((state) => terms.and([reached(state), end(state)])));
  return { fixed, goal, definitions, reached, guard, start, end };
}

/** The predicate over the bits of the header's variables; `positive` is its polarity, which the unknowns need. */
export function predicateTerm(
  alphabet: Alphabet,
  fixed: Given,
  header: Header,
  predicate: Predicate,
  positive: boolean,
): Term {
  const { terms } = alphabet;
  const inner = (one: Predicate): Term => predicateTerm(alphabet, fixed, header, one, positive);
  switch (predicate.kind) {
    case 'true':
      return terms.true;
    case 'false':
      return terms.false;
    case 'in': {
      const reduced = reduce(header[predicate.field], predicate.set);
      if (typeof reduced === 'boolean') return reduced ? terms.true : terms.false;
      const value = fixed.get(reduced.variable);
      if (value !== undefined) return contains(reduced.set, value) ? terms.true : terms.false;
      return inIntervals(terms, vectorOf(alphabet, reduced.variable), reduced.set);
    }
    case 'and':
      return terms.and(predicate.of.map(inner));
    case 'or':
      return terms.or(predicate.of.map(inner));
    case 'not':
      return terms.not(predicateTerm(alphabet, fixed, header, predicate.of, !positive));
    case 'at':
      return predicateTerm(alphabet, fixed, predicate.header, predicate.of, positive);
    case 'same':
      return equalVectors(
        terms,
        symbolVector(alphabet, fixed, predicate.a),
        symbolVector(alphabet, fixed, predicate.b),
      );
    case 'unknown': {
      const { value, declared } = unknownOf(alphabet, predicate.key);
      return positive
        ? terms.and([value, terms.or([terms.not(alphabet.must), declared])])
        : terms.or([value, terms.and([alphabet.must, terms.not(declared)])]);
    }
  }
}

export function unknownOf({ terms, unknowns }: Alphabet, key: string): UnknownTerms {
  let found = unknowns.get(key);
  if (found === undefined)
    unknowns.set(key, (found = { value: terms.variable(`side.${key}`), declared: terms.variable(`declared.${key}`) }));
  return found;
}

export function vectorOf({ terms, vectors, facts }: Alphabet, variable: Variable): Vector {
  let found = vectors.get(variable);
  if (found === undefined) {
    vectors.set(variable, (found = freshVector(terms, nameIn(vectors, variable), variable.bits)));
    const whole = interval(0n, (1n << BigInt(variable.bits)) - 1n);
    if (!sameIntervals(variable.domain, whole)) facts.push(inIntervals(terms, found, variable.domain));
  }
  return found;
}

/** Variables of two planes may have one name and not be the same. */
const nameIn = (vectors: Alphabet['vectors'], { name, id }: Variable): string => {
  for (const other of vectors.keys()) if (other.name === name) return `${name}#${id}`;
  return name;
};

/** The bits of a symbol that an equality compares: translations are spelled out pair by pair. */
function symbolVector(alphabet: Alphabet, fixed: Given, symbol: Symbol): Vector {
  const { terms } = alphabet;
  switch (symbol.kind) {
    case 'constant':
      return constantVector(terms, symbol.value, symbol.bits);
    case 'variable': {
      const value = fixed.get(symbol);
      return value === undefined ? vectorOf(alphabet, symbol) : constantVector(terms, value, symbol.bits);
    }
    case 'embedded-ipv4':
      return symbolVector(alphabet, fixed, symbol.of).slice(-32);
    case 'translated': {
      const inner = symbolVector(alphabet, fixed, symbol.of);
      const pairs = [...symbol.by.pairs].map(([from, to]) => ({
        holds: equalVectors(terms, inner, constantVector(terms, from, inner.length)),
        to: constantVector(terms, to, inner.length),
      }));
      return inner.map((_, i) => terms.or(pairs.map(({ holds, to }) => terms.and([holds, to[i]!]))));
    }
  }
}
