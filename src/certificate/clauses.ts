/**
 * A question as clauses that take nothing on faith: guards as they are, and whoever takes a way that the prover did not
 * follow counted among those who arrive. If they contradict each other, no flow exists.
 */
import type { Plane, Variable } from '../dataplane/index.ts';
import { createEvaluator } from '../logic/evaluate.ts';
import { type Cnf, type Section, toCnf } from '../logic/cnf.ts';
import { toSmtlib } from '../logic/smtlib.ts';
import { type Term, type Terms, createTerms } from '../logic/term.ts';
import { inIntervals } from '../logic/vector.ts';
import type { Family } from '../net/address.ts';
import { interval, sameIntervals, single } from '../net/interval.ts';
import { formatAssumption } from '../network/assumption.ts';
import type { Question } from '../policy/question.ts';
import {
  type Alphabet,
  type Encoding,
  type Product,
  type State,
  type Truncation,
  createAlphabet,
  encode,
  explore,
  loopFormula,
  shortestPath,
  unfounded,
  vectorOf,
} from '../verify/index.ts';
import type { Refutation } from './checker/format.ts';
import { letsAllThrough } from './follows.ts';
import { type Guarded, lean, whole } from './lean.ts';
import { numberOf, oneLine, placeInWords, rulesInWords, stateInWords, variableInWords, wayInWords } from './words.ts';

export interface ClauseSet extends Pick<Refutation, 'variables' | 'clauses' | 'meanings' | 'groups' | 'loops'> {
  readonly literals: Int32Array;
}

/** Sets of states by their numbers, each of which nobody comes to but from outside it. */
export type Loops = Refutation['loops'];

export interface Stated {
  /** Why some paths were not followed to their end, so that nothing can be proved. */
  readonly truncated?: Truncation;
  /** There is nothing to refute. */
  readonly nothing?: true;
  /** Of which it is told beforehand that they could support but each other. */
  readonly foreseen: Loops;
  /** The clauses with these loop formulas. */
  clauses(loops: Loops): ClauseSet;
  /** The same before it was taken apart into clauses: SMT-LIB 2 over bit vectors, the header's fields. */
  smtlib(loops: Loops): string;
  /** Of a valuation of the clauses: the states that support but each other; undefined where it is a flow. */
  selfSupport(value: (variable: number) => boolean): readonly number[] | undefined;
}

/** Where nothing can begin or arrive: one clause without a literal, which says so. */
export const nothingToRefute = (why: string): Stated => ({
  nothing: true,
  foreseen: [],
  clauses: (loops) => ({
    variables: 0,
    clauses: 1,
    literals: Int32Array.of(0),
    meanings: [],
    groups: [{ clauses: 1, means: why }],
    loops,
  }),
  smtlib: () => `; ${oneLine(why)}\n${unsatisfiable()}`,
  selfSupport: () => undefined,
});

const unsatisfiable = (): string => {
  const terms = createTerms();
  return toSmtlib(terms, [terms.false]);
};

/** How much of the guards the clauses have: what closes the ways that were not followed, or all. */
export type Extent = 'lean' | 'whole';

/** Explores the question on a plane that nothing else was asked of, so that the same comes out each time. */
export function state(plane: Plane, question: Question, family: Family, demanded: Demanded = {}): Stated {
  const { copies = [new Map()], from, deadline, extent = 'lean' } = demanded;
  const explored = explore(plane, question, family, {
    pruning: true,
    cuts: true,
    ...(deadline === undefined ? {} : { deadline }),
  });
  if (explored.truncated === undefined && explored.states.length === 0)
    return nothingToRefute(`no ${family} packet that the question means begins at any of its sources`);
  const { product, loops: foreseen } = extent === 'lean' ? leanOrWhole(explored) : whole(explored);
  const stride = Math.max(...explored.states.map(({ index }) => index)) + 1;
  const byNumber = new Map(product.states.map((one) => [one.index, one]));

  /** Made anew each time: clauses are numbered in the order in which terms were made. */
  const formulate = (loops: Loops): Formulated => {
    const terms = createTerms();
    const alphabet = createAlphabet(terms, terms.false);
    const encodings = copies.map((fixed, i) => encode(alphabet, product, fixed, `${i}`, true));
    const sender = from === undefined ? [] : senderIs(alphabet, product, from);
    const parts = encodings.flatMap((encoding, copy) => {
      const inCopy = (loop: readonly number[]) => loop.map((one) => one - copy * stride);
      const own = [
        ...definitions(alphabet, product, encoding),
        ...loops.flatMap((loop) => loopPart(inCopy(loop), byNumber)),
      ];
      return own.map(({ means, section }) => ({
        means: encodings.length === 1 ? means : `${means} (${chosenIn(encoding)})`,
        section: section(alphabet, encoding),
      }));
    });
    return { alphabet, encodings, parts: [...parts, ...sender, ...factParts(alphabet)] };
  };
  let last: (Formulated & { readonly cnf: Cnf }) | undefined;
  return {
    ...(product.truncated === undefined ? {} : { truncated: product.truncated }),
    foreseen: copies.flatMap((_, copy) => foreseen.map((loop) => loop.map((one) => one + copy * stride))),
    clauses(loops) {
      const formulated = formulate(loops);
      const { alphabet, encodings, parts } = formulated;
      const cnf = toCnf(
        alphabet.terms,
        parts.map(({ section }) => section),
        namedVariables(alphabet, product, encodings),
      );
      last = { ...formulated, cnf };
      const says = [...parts.map(({ means }) => means), 'the conditions left'];
      return {
        variables: cnf.variables,
        clauses: cnf.clauses,
        literals: cnf.literals,
        meanings: meaningsOf(alphabet, product, encodings, cnf.variables),
        groups: cnf.sizes.flatMap((clauses, i) => (clauses === 0 ? [] : [{ clauses, means: says[i]! }])),
        loops,
      };
    },
    smtlib(loops) {
      const {
        alphabet: { terms, vectors },
        parts,
      } = formulate(loops);
      const roots = parts.flatMap(({ section }) => section.roots ?? []);
      const fields = [...vectors.values()].map((vector) => ({
        name: terms.nameOf(vector[0]!).replace(/\.0$/, ''),
        width: vector.length,
      }));
      return toSmtlib(terms, [...new Set(roots)], fields);
    },
    selfSupport(value) {
      const {
        alphabet: { terms },
        encodings,
        cnf,
      } = last!;
      const numbers = numbersOf(cnf, terms);
      const holds = createEvaluator(terms, (variable) => {
        const number = numbers.get(variable);
        return number !== undefined && value(number);
      });
      const copy = encodings.findIndex((encoding) => shortestPath(product, encoding, holds) === undefined);
      if (copy < 0) return undefined;
      const loop = [...unfounded(product, encodings[copy]!, holds)].map(({ index }) => index + copy * stride);
      return loop.toSorted((a, b) => a - b);
    },
  };
}

/** Lean, if it is seen by other means that this loses no flow. */
export function leanOrWhole(explored: Product): Guarded {
  const found = lean(explored);
  return letsAllThrough(explored, found.product) ? found : whole(explored);
}

interface Formulated {
  readonly alphabet: Alphabet;
  readonly encodings: readonly Encoding[];
  readonly parts: readonly Factual[];
}

export interface Demanded {
  /** What is fixed in each of the flows that all have to exist; one in which nothing is, where absent. */
  readonly copies?: readonly ReadonlyMap<Variable, bigint>[];
  /** The address under which they are sent. */
  readonly from?: bigint;
  /** When exploring ends, as `Date.now()` counts. */
  readonly deadline?: number | undefined;
  /** Lean, unless given. */
  readonly extent?: Extent | undefined;
}

function senderIs(alphabet: Alphabet, { first: { src } }: Product, address: bigint): readonly Factual[] {
  if (src.kind !== 'variable') return [];
  const { terms } = alphabet;
  const root = inIntervals(terms, vectorOf(alphabet, src), single(address));
  return [{ means: "the sender's address", section: { roots: [root] } }];
}

const chosenIn = ({ fixed }: Encoding): string =>
  [...fixed].map(([{ name }, value]) => `${oneLine(name)} = ${value}`).join(', ');

interface Factual {
  readonly means: string;
  readonly section: Section;
}

interface Part {
  readonly means: string;
  readonly section: (alphabet: Alphabet, encoding: Encoding) => Section;
}

/** What is so of every state: how a flow begins and comes there, and what it is for one to arrive. */
function* definitions(
  { terms }: Alphabet,
  { states, cuts }: Product,
  { reached, guard, start, end, goal }: Encoding,
): Iterable<Part> {
  yield { means: 'some flow arrives, or takes a way that was not followed', section: () => ({ roots: [goal] }) };
  for (const one of states) {
    const left = cuts?.get(one) ?? [];
    const ends = terms.and([reached(one), end(one)]);
    if (one.end.kind !== 'false')
      yield {
        means: `at ${numberOf(one)}: ${left.length === 0 ? 'what it is to arrive' : waysNotFollowed(left)}`,
        section: () => ({ gates: [ends, end(one)] }),
      };
    const definition = terms.implies(
      reached(one),
      terms.or([start(one), ...one.into.map((step) => terms.and([reached(step.from), guard(step)]))]),
    );
    const into = [...new Set(one.into.map(({ from }) => numberOf(from)))];
    const begins = one.start.kind === 'false' ? [] : ['where the flow begins there'];
    const ways = [...begins, ...(into.length === 0 ? [] : [`from ${into.join(', ')}`])];
    yield {
      means: `${numberOf(one)} is come to only ${ways.length === 0 ? 'never' : ways.join(' or ')}`,
      section: () => ({ roots: [definition] }),
    };
    if (one.start.kind !== 'false')
      yield { means: `what begins at ${numberOf(one)}`, section: () => ({ gates: [start(one)] }) };
    for (const step of one.into)
      yield {
        means: wayInWords(step),
        section: () => ({ gates: [terms.and([reached(step.from), guard(step)]), guard(step)] }),
      };
  }
}

type Cuts = NonNullable<ReturnType<NonNullable<Product['cuts']>['get']>>;

/** Ways of one state beyond these are counted. */
const shown = 8;

function waysNotFollowed(cuts: Cuts): string {
  const each = cuts
    .slice(0, shown)
    .map(({ to, crosses }) => `to where it is ${placeInWords(to)}${rulesInWords(crosses)}`);
  const more = cuts.length > shown ? [`${cuts.length - shown} more`] : [];
  return `what it is to arrive, or to take one of ${cuts.length} ways that were not followed: ${[...each, ...more].join('; ')}`;
}

/** Of the copy that the loop is in. */
function loopPart(loop: readonly number[], states: ReadonlyMap<number, State>): readonly Part[] {
  const found = loop.flatMap((index) => states.get(index) ?? []);
  if (found.length < loop.length) return [];
  const means = `who is at one of ${found.map(numberOf).join(', ')} came from elsewhere`;
  return [{ means, section: (alphabet, encoding) => ({ roots: [loopFormula(alphabet, encoding, new Set(found))] }) }];
}

/** What values there are of variables that do not have all. */
function factParts({ vectors, facts, terms }: Alphabet): readonly Factual[] {
  const bounded = [...vectors.keys()].filter(
    ({ bits, domain }) => !sameIntervals(domain, interval(0n, (1n << BigInt(bits)) - 1n)),
  );
  return facts.map((fact, i) => ({
    means: `which values there are for ${variableInWords(bounded[i]!)}`,
    section: { roots: [fact], gates: terms.childrenOf(fact).flatMap((child) => [child, child ^ 1]) },
  }));
}

/** In the order in which they are numbered: bits of headers, sides of what is unknown, places. */
function namedVariables(
  { vectors, unknowns }: Alphabet,
  { states }: Product,
  encodings: readonly Encoding[],
): readonly Term[] {
  return [
    ...[...vectors.values()].flat(),
    ...[...unknowns.values()].map(({ value }) => value),
    ...encodings.flatMap(({ reached }) => states.map((one) => reached(one))),
  ];
}

function meaningsOf(
  { vectors, unknowns }: Alphabet,
  { states }: Product,
  encodings: readonly Encoding[],
  variables: number,
): Refutation['meanings'] {
  const found: Refutation['meanings'][number][] = [];
  let next = 1;
  const add = (count: number, means: string): void => {
    if (count === 0) return;
    found.push({ from: next, to: next + count - 1, means });
    next += count;
  };
  for (const [variable] of vectors) add(variable.bits, variableInWords(variable));
  for (const key of unknowns.keys()) add(1, `not known: ${oneLine(formatAssumption(key, true))}`);
  for (const encoding of encodings)
    for (const one of states) add(1, `${stateInWords(one)}${encodings.length === 1 ? '' : ` (${chosenIn(encoding)})`}`);
  add(variables - next + 1, 'parts of conditions, each defined by the clauses of the group that first names it');
  return found;
}

function numbersOf({ variables, termOf }: Cnf, terms: Terms): ReadonlyMap<Term, number> {
  const numbers = new Map<Term, number>();
  for (let n = 1; n <= variables; n++) if (terms.isVariable(termOf(n))) numbers.set(termOf(n), n);
  return numbers;
}
