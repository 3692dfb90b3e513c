/**
 * What is asked of both sides while the flows of one direction are looked for: a flow that the one delivers by a changed
 * way and the other does not, one of a set that the other delivers, one of a set that the one does not.
 */
import {
  type Header,
  type Predicate,
  type Variable,
  predicate as p,
  unknownsIn,
  variableOf,
  wellFormed,
} from '../dataplane/index.ts';
import { type Term, createTerms } from '../logic/term.ts';
import { valueOf } from '../logic/vector.ts';
import { openZ3 } from '../solver/z3.ts';
import type { Solver } from '../solver/solver.ts';
import {
  type Found,
  type Given,
  type Search,
  createAlphabet,
  createSearch,
  predicateTerm,
  vectorOf,
} from '../verify/index.ts';
import { type Fixed, closureOf } from './closure.ts';
import type { Part } from './graph.ts';
import { encodeInLevels } from './levels.ts';
import { createTrial } from './tried.ts';

export type Flow = Extract<Found, { kind: 'found' }>;

/** Values of the variables of a flow. */
export type FlowValues = ReadonlyMap<Variable, bigint>;

export type Asked<T> = T | { readonly kind: 'none' } | { readonly kind: 'unknown'; readonly reason: string };

export interface Desk {
  /** A flow of the changed part that no closure excludes so far, of those of `where`. */
  changed(where: Predicate): Promise<Found>;
  /** Leaves these out from now on. */
  leaveOut(flows: Predicate): void;
  /** From now on only flows are found that the other side does not deliver so. */
  deny(fixed: Fixed): void;
  /** Forgets what was denied. */
  denyNothing(): void;
  /** A flow of the set that the other side delivers. */
  delivered(flows: Predicate): Promise<Found>;
  /** A flow of the set that the changed part does not deliver, what is no part of a flow being fixed. */
  missing(
    flows: Predicate,
    fixed: Fixed,
    key: string,
  ): Promise<Asked<{ readonly kind: 'some'; readonly values: FlowValues }>>;
  /** Whether the changed part delivers that very flow, what is no part of it being fixed. */
  delivers(flow: FlowValues, fixed: Fixed): boolean;
  /** Whether the other side does, as things are at their lowest: then it does. */
  othersDeliver(flow: FlowValues): boolean;
  /** Of the other side: what else than the flow its guards test. */
  readonly leansOn: Leaning;
  /** Of the changed part. */
  readonly mineLeansOn: Leaning;
  readonly first: Header;
  close(): Promise<void>;
}

export interface Leaning {
  readonly variables: ReadonlySet<Variable>;
  readonly unknowns: ReadonlySet<string>;
}

export function openDesk(mine: Part, other: Part, flow: ReadonlySet<Variable>, deadline: number): Desk {
  const alphabet = createAlphabet(createTerms());
  const { terms } = alphabet;
  const { first } = mine;
  const may = terms.not(alphabet.must);
  const opened: Promise<{ close(): Promise<void> }>[] = [];
  const left = (): number => Math.max(1, deadline - Date.now());
  const term = (predicate: Predicate, given: Given = nothing): Term =>
    predicateTerm(alphabet, given, first, predicate, true);
  const formed = term(wellFormed(first.family));

  interface Bench {
    readonly solver: Solver;
    readonly search?: Search;
    /** How many of the alphabet's facts it has been told. */
    told: number;
  }
  const open = (part?: Part, name = ''): Promise<Bench> => {
    const made = (async (): Promise<Bench & { close(): Promise<void> }> => {
      const encoding = part === undefined ? undefined : encodeInLevels(alphabet, part, name);
      const solver = await openZ3(terms);
      solver.assert(formed);
      const bench = {
        solver,
        ...(encoding === undefined ? {} : { search: createSearch(alphabet, part!, [encoding], solver) }),
        told: encoding === undefined ? 0 : alphabet.facts.length,
        close: () => solver.close(),
      };
      return bench;
    })();
    opened.push(made);
    return made;
  };
  const tell = (bench: Bench): void => {
    for (; bench.told < alphabet.facts.length; bench.told++) bench.solver.assert(alphabet.facts[bench.told]!);
  };
  let searching: Promise<Bench> | undefined;
  let others: Promise<Bench> | undefined;
  let closures: Promise<Bench> | undefined;
  const assertions: Term[] = [];
  let asserted = 0;
  let denied: Term[] = [];
  let closed = 0;
  const known = new Map<string, Term>();
  const trials = { mine: createTrial(mine), other: createTrial(other) };
  return {
    first,
    delivers: (values, fixed) =>
      trials.mine(
        (variable) => values.get(variable) ?? fixed.values.get(variable) ?? variable.domain[0]!.lo,
        (key) => fixed.sides.get(key) === true,
      ),
    othersDeliver: (values) =>
      trials.other(
        (variable) => values.get(variable) ?? variable.domain[0]!.lo,
        () => true,
      ),
    leansOn: leaningOf(other, flow),
    mineLeansOn: leaningOf(mine, flow),
    async changed(where) {
      if (mine.states.length === 0) return { kind: 'none' };
      const bench = await (searching ??= open(mine, 'mine'));
      const asked = term(where);
      for (; asserted < assertions.length; asserted++) bench.solver.assert(assertions[asserted]!);
      tell(bench);
      return bench.search!.find([may, asked, ...denied], left());
    },
    leaveOut(flows) {
      assertions.push(terms.not(term(flows)));
    },
    deny(fixed) {
      const { clauses, undelivered } = closureOf(alphabet, other, fixed, `denied.${closed++}`);
      assertions.push(...clauses);
      denied.push(undelivered);
    },
    denyNothing() {
      denied = [];
    },
    async delivered(flows) {
      if (other.states.length === 0) return { kind: 'none' };
      const bench = await (others ??= open(other, 'other'));
      const asked = term(flows);
      tell(bench);
      return bench.search!.find([may, asked], left());
    },
    async missing(flows, fixed, key) {
      const bench = await (closures ??= open());
      let undelivered = known.get(key);
      if (undelivered === undefined) {
        const closure = closureOf(alphabet, mine, fixed, `missing.${known.size}`);
        for (const clause of closure.clauses) bench.solver.assert(clause);
        known.set(key, (undelivered = closure.undelivered));
      }
      const asked = term(flows);
      tell(bench);
      const check = await bench.solver.check([may, asked, undelivered], { timeoutMs: left() });
      if (check.kind === 'unsat') return { kind: 'none' };
      if (check.kind === 'unknown') return check;
      const values = new Map(
        [...flow].map((variable) => [variable, valueOf(vectorOf(alphabet, variable), check.value)] as const),
      );
      return { kind: 'some', values };
    },
    async close() {
      for (const one of opened) await (await one).close();
    },
  };
}

const nothing: Given = { get: () => undefined };

/** What else than the flow the guards of the part look at. */
function leaningOf({ states }: Part, flow: ReadonlySet<Variable>): Leaning {
  const variables = new Set<Variable>();
  const unknowns = new Set<string>();
  const seen = new WeakMap<Header, WeakSet<Predicate>>();
  const note = (header: Header, predicate: Predicate): void => {
    switch (predicate.kind) {
      case 'true':
      case 'false':
      case 'unknown':
        return;
      case 'in': {
        const variable = variableOf(header[predicate.field]);
        if (variable !== undefined && !flow.has(variable)) variables.add(variable);
        return;
      }
      case 'same':
        for (const symbol of [predicate.a, predicate.b]) {
          const variable = variableOf(symbol);
          if (variable !== undefined && !flow.has(variable)) variables.add(variable);
        }
        return;
      case 'not':
        note(header, predicate.of);
        return;
      case 'at':
        note(predicate.header, predicate.of);
        return;
      case 'and':
      case 'or': {
        const there = seen.get(header) ?? new WeakSet<Predicate>();
        seen.set(header, there);
        if (there.has(predicate)) return;
        there.add(predicate);
        for (const one of predicate.of) note(header, one);
      }
    }
  };
  for (const { context, start, end, out } of states)
    for (const predicate of [start, end, ...out.map(({ guard }) => guard)]) {
      for (const key of unknownsIn(predicate)) unknowns.add(key);
      note(context.header, predicate);
    }
  return { variables, unknowns };
}

export const equals = (values: FlowValues, first: Header): Predicate =>
  p.and(
    ...[...values].map(([variable, value]) =>
      p.at({ ...first, protocol: variable }, p.isIn('protocol', [{ lo: value, hi: value }])),
    ),
  );
