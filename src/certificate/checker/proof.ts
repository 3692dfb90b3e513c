/**
 * Whether a proof in DRAT shows that clauses cannot all be true (Wetzler, Heule and Hunt, 2014).
 *
 * Each step adds a clause or deletes one. An added clause must follow by unit propagation from those that are there
 * (RUP), or must be blocked up to unit propagation on its first literal (RAT), so that adding it loses no satisfiability:
 * then, if unit propagation alone finds a contradiction in the end, there was one in the beginning. Taking a clause away
 * can only make room; one by which a literal is known for good is kept all the same, as drat-trim keeps it.
 */
import { type Clauses, step } from './bytes.ts';

export type Refuted =
  | {
      readonly refuted: true;
      /** The steps after which unit propagation found the contradiction; those that follow were not looked at. */
      readonly needed: number;
      /** Deletions that were not carried out. */
      readonly kept: number;
    }
  | { readonly refuted: false; readonly why: string };

const none = -1;

/** Clauses and steps are as `readClauses` gives them, over the variables from 1 to `variables`. */
export function refute(variables: number, { numbers: clauses, count: given }: Clauses, steps: Clauses): Refuted {
  // A literal is an index: twice the variable, and one more if it is negated. A clause is the next run of the pool.
  const pool = new Int32Array(clauses.length + steps.numbers.length);
  const most = given + steps.count;
  const start = new Int32Array(most + 1);
  const live = new Uint8Array(most);
  let count = 0;

  // Each clause of two literals or more is in the lists of the two that stand first in it.
  const head = new Int32Array(2 * variables + 2).fill(none);
  const next = new Int32Array(2 * most);

  // What is assumed or known: 1 true, -1 false, 0 open; in which order; and by which clause.
  const value = new Int8Array(2 * variables + 2);
  const trail = new Int32Array(variables);
  const because = new Int32Array(variables + 1);
  let assigned = 0;
  let propagated = 0;

  // To find a clause by its literals, and to know in how many clauses a literal is.
  const bucket = new Int32Array(2 ** Math.ceil(Math.log2(most + 1))).fill(none);
  const chain = new Int32Array(most);
  const occurs = new Int32Array(2 * variables + 2);
  const marked = new Uint8Array(2 * variables + 2);

  function assign(literal: number, reason: number): void {
    value[literal] = 1;
    value[literal ^ 1] = -1;
    because[literal >> 1] = reason;
    trail[assigned++] = literal;
  }

  /** Takes back everything assigned since there were only so many. */
  function forget(known: number): void {
    while (assigned > known) {
      const literal = trail[--assigned]!;
      value[literal] = 0;
      value[literal ^ 1] = 0;
    }
    propagated = known;
  }

  function watch(clause: number, place: 0 | 1): void {
    const literal = pool[start[clause]! + place]!;
    next[2 * clause + place] = head[literal]!;
    head[literal] = 2 * clause + place;
  }

  /** Assigns what the clauses force; true if one of them has become false. */
  function contradiction(): boolean {
    while (propagated < assigned) {
      const falsified = trail[propagated++]! ^ 1;
      let before = none;
      for (let node = head[falsified]!, following = none; node !== none; node = following) {
        following = next[node]!;
        const clause = node >> 1;
        const first = start[clause]!;
        const other = pool[first + ((node & 1) ^ 1)]!;
        let moved = live[clause] === 0;
        if (!moved && value[other] !== 1) {
          const end = start[clause + 1]!;
          let i = first + 2;
          while (i < end && value[pool[i]!] === -1) i++;
          if (i < end) {
            const literal = pool[i]!;
            pool[i] = falsified;
            pool[first + (node & 1)] = literal;
            next[node] = head[literal]!;
            head[literal] = node;
            moved = true;
          } else if (value[other] === -1) return true;
          else assign(other, clause);
        }
        if (!moved) before = node;
        else if (before === none) head[falsified] = following;
        else next[before] = following;
      }
    }
    return false;
  }

  /** Assumes that the literals are false, but for one, and propagates; true if that is contradictory. */
  function absurd(from: number, to: number, spared: number): boolean {
    for (let i = from; i < to; i++) {
      const literal = pool[i]!;
      if (literal === spared) continue;
      if (value[literal] === 1) return true;
      if (value[literal] === 0) assign(literal ^ 1, none);
    }
    return contradiction();
  }

  /** Whether the literals of the pool that begin at `from`, and are no clause yet, may be added as one. */
  function addable(from: number, to: number): boolean {
    const known = assigned;
    const may = absurd(from, to, none) || (from < to && blocked(pool[from]!));
    forget(known);
    return may;
  }

  function holds(clause: number, literal: number): boolean {
    for (let i = start[clause]!; i < start[clause + 1]!; i++) if (pool[i] === literal) return true;
    return false;
  }

  /** While a clause with this literal is assumed to be false: every clause with the literal's negation resolves with it absurdly. */
  function blocked(literal: number): boolean {
    const opposite = literal ^ 1;
    const known = assigned;
    // The clauses that a definition is held against were mostly added just before it.
    for (let clause = count - 1, left = occurs[opposite]!; left > 0; clause--) {
      if (live[clause] === 0 || !holds(clause, opposite)) continue;
      left--;
      const may = absurd(start[clause]!, start[clause + 1]!, opposite);
      forget(known);
      if (!may) return false;
    }
    return true;
  }

  function hashed(from: number, to: number): number {
    let sum = to - from;
    for (let i = from; i < to; i++) sum = (sum + Math.imul(pool[i]! + 1, 0x9e3779b1)) | 0;
    return (sum ^ (sum >>> 15)) & (bucket.length - 1);
  }

  /** The live clause of exactly these literals, in any order. */
  function found(from: number, to: number): number {
    for (let i = from; i < to; i++) marked[pool[i]!] = 1;
    let clause = bucket[hashed(from, to)]!;
    for (; clause !== none; clause = chain[clause]!) {
      if (live[clause] === 0 || start[clause + 1]! - start[clause]! !== to - from) continue;
      let i = start[clause]!;
      while (i < start[clause + 1]! && marked[pool[i]!] === 1) i++;
      if (i === start[clause + 1]!) break;
    }
    for (let i = from; i < to; i++) marked[pool[i]!] = 0;
    return clause;
  }

  function forces(clause: number): boolean {
    for (let i = start[clause]!; i < start[clause + 1]!; i++)
      if (value[pool[i]!] === 1 && because[pool[i]! >> 1] === clause) return true;
    return false;
  }

  function erase(clause: number): void {
    live[clause] = 0;
    for (let i = start[clause]!; i < start[clause + 1]!; i++) occurs[pool[i]!]!--;
  }

  /** Makes the literals of the pool up to `to` the next clause; true if it is false by what is known. */
  function add(to: number): boolean {
    const clause = count++;
    const from = start[clause]!;
    start[count] = to;
    live[clause] = 1;
    const place = hashed(from, to);
    chain[clause] = bucket[place]!;
    bucket[place] = clause;
    let open = 0;
    for (let i = from; i < to; i++) {
      const literal = pool[i]!;
      occurs[literal]!++;
      if (value[literal] === -1) continue;
      pool[i] = pool[from + open]!;
      pool[from + open++] = literal;
    }
    if (to - from > 1) {
      watch(clause, 0);
      watch(clause, 1);
    }
    if (open === 0) return true;
    if (open === 1 && value[pool[from]!] === 0) assign(pool[from]!, clause);
    return false;
  }

  /** Copies literals to the end of the pool, and says where they end there. */
  function put(numbers: Int32Array, at: number): number {
    let to = start[count]!;
    for (let i = at; numbers[i] !== 0; i++) pool[to++] = numbers[i]! > 0 ? 2 * numbers[i]! : 1 - 2 * numbers[i]!;
    return to;
  }

  let contradicted = false;
  for (let at = 0; at < clauses.length;) {
    const to = put(clauses, at);
    at += to - start[count]! + 1;
    contradicted = add(to) || contradicted;
  }
  contradicted ||= contradiction();

  let taken = 0;
  let kept = 0;
  for (let at = 0; taken < steps.count && !contradicted;) {
    const from = start[count]!;
    const to = put(steps.numbers, at + 1);
    taken++;
    if (steps.numbers[at] === step.delete) {
      const clause = found(from, to);
      if (clause === none) return { refuted: false, why: `step ${taken} deletes a clause that is not there` };
      if (forces(clause)) kept++;
      else erase(clause);
    } else {
      if (!addable(from, to))
        return { refuted: false, why: `step ${taken} adds a clause that does not follow from those before it` };
      contradicted = add(to) || contradiction();
    }
    at += to - from + 2;
  }
  return contradicted
    ? { refuted: true, needed: taken, kept }
    : { refuted: false, why: 'the steps end, and no contradiction is found' };
}
