/**
 * Boolean terms as a hash-consed and-inverter graph: equal terms are the same number.
 *
 * A term is a literal: twice its node's index, plus one if negated. A node is the constant, a variable or a
 * conjunction; a disjunction is the negation of a conjunction. A node's children have smaller indices than it.
 */
import { invariant } from '../base/invariant.ts';
import { growInt32 } from './growth.ts';

export type Term = number;

/** A conjunction of at most this many children dissolves in the conjunction above it; a bigger one stays shared. */
const FLATTENED = 4;

/** A disjunction of at most this many children is simplified against the literals beside it. */
const ABSORBED = 8;

export interface Terms {
  readonly true: Term;
  readonly false: Term;
  /** The variable of that name: the same term for the same name. */
  variable(name: string): Term;
  not(t: Term): Term;
  and(ts: readonly Term[]): Term;
  or(ts: readonly Term[]): Term;
  implies(a: Term, b: Term): Term;
  iff(a: Term, b: Term): Term;
  ite(condition: Term, then: Term, otherwise: Term): Term;
  /** Whether the term is a variable itself; a negated variable is none. */
  isVariable(t: Term): boolean;
  /** Of a variable or its negation. */
  nameOf(variable: Term): string;
  /** The conjuncts of the term's node, whether or not the term negates it; none for constants and variables. */
  childrenOf(t: Term): readonly Term[];
  /** How many conjuncts the term's node has: at least two, or 0 for constants and variables. */
  arity(t: Term): number;
  /** The conjunct at a position below the arity. */
  child(t: Term, position: number): Term;
  /** How many nodes there are; every node's index is below it. */
  readonly size: number;
}

export const isNegated = (t: Term): boolean => (t & 1) === 1;

/** The term, or what it negates. */
export const unsigned = (t: Term): Term => t & ~1;

export const indexOf = (t: Term): number => t >> 1;

const TRUE: Term = 0;
const FALSE: Term = 1;

export function createTerms(): Terms {
  const names: string[] = [];
  const variables = new Map<string, Term>();
  // For every node: where its children begin (a variable: minus one minus its name's index), how many, their hash.
  let start = new Int32Array(1024);
  let length = new Int32Array(1024);
  let hashes = new Int32Array(1024);
  let size = 1;
  let children = new Int32Array(4096);
  let used = 0;
  let table = new Int32Array(4096);
  let conjunctions = 0;
  // The literals of the conjunction being built: marked with the current stamp, and in order of first appearance.
  let marks = new Int32Array(2048);
  let stamp = 0;
  let scratch = new Int32Array(64);
  let count = 0;

  function addNode(): number {
    invariant(size < 2 ** 30, 'there are more terms than a term can number');
    if (size === start.length) {
      start = growInt32(start, size + 1);
      length = growInt32(length, size + 1);
      hashes = growInt32(hashes, size + 1);
      marks = growInt32(marks, 2 * start.length);
    }
    return size++;
  }

  function variable(name: string): Term {
    const known = variables.get(name);
    if (known !== undefined) return known;
    const node = addNode();
    start[node] = -1 - names.length;
    names.push(name);
    variables.set(name, node << 1);
    return node << 1;
  }

  /** Adds a conjunct to the scratch; false if the conjunction has become false. */
  function push(t: Term): boolean {
    if (t === TRUE || marks[t] === stamp) return true;
    if (t === FALSE || marks[t ^ 1] === stamp) return false;
    const node = t >> 1;
    const arity = length[node]!;
    if (arity !== 0 && (t & 1) === 0 && arity <= FLATTENED) {
      const from = start[node]!;
      for (let i = 0; i < arity; i++) if (!push(children[from + i]!)) return false;
      marks[t] = stamp;
      return true;
    }
    marks[t] = stamp;
    if (count === scratch.length) scratch = growInt32(scratch, count + 1);
    scratch[count++] = t;
    return true;
  }

  /**
   * Simplifies the small disjunctions in the scratch against the literals beside them: one that is implied goes, one
   * with a single open disjunct becomes that; false if none of its disjuncts is left.
   */
  function absorb(): boolean {
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const t = scratch[i]!;
      const node = t >> 1;
      const arity = length[node]!;
      if ((t & 1) === 1 && arity !== 0 && arity <= ABSORBED) {
        const from = start[node]!;
        let open = -1;
        let opens = 0;
        let implied = false;
        for (let j = 0; j < arity; j++) {
          const conjunct = children[from + j]!;
          if (marks[conjunct ^ 1] === stamp) {
            implied = true;
            break;
          }
          if (marks[conjunct] !== stamp) {
            open = conjunct;
            opens++;
          }
        }
        if (implied || opens < 2) {
          marks[t] = 0;
          if (implied) continue;
          if (opens === 0 || !push(open ^ 1)) return false;
          continue;
        }
      }
      scratch[kept++] = t;
    }
    count = kept;
    return true;
  }

  /** The node whose conjuncts are exactly the marked literals in the scratch, made if there is none. */
  function intern(): Term {
    if (2 * conjunctions >= table.length) rehash();
    let hash = count;
    for (let i = 0; i < count; i++) hash = (hash + mix(scratch[i]!)) | 0;
    const mask = table.length - 1;
    let slot = mix(hash) & mask;
    for (let node = table[slot]!; node !== 0; node = table[slot]!) {
      if (hashes[node] === hash && length[node] === count && allMarked(start[node]!)) return node << 1;
      slot = (slot + 1) & mask;
    }
    const node = addNode();
    if (used + count > children.length) children = growInt32(children, used + count);
    for (let i = 0; i < count; i++) children[used + i] = scratch[i]!;
    start[node] = used;
    length[node] = count;
    hashes[node] = hash;
    used += count;
    table[slot] = node;
    conjunctions++;
    return node << 1;
  }

  function allMarked(from: number): boolean {
    for (let i = 0; i < count; i++) if (marks[children[from + i]!] !== stamp) return false;
    return true;
  }

  function rehash(): void {
    table = new Int32Array(2 * table.length);
    const mask = table.length - 1;
    for (let node = 1; node < size; node++) {
      if (length[node] === 0) continue;
      let slot = mix(hashes[node]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
  }

  function finish(): Term {
    if (!absorb()) return FALSE;
    if (count === 0) return TRUE;
    return count === 1 ? scratch[0]! : intern();
  }

  function begin(): void {
    stamp++;
    invariant(stamp < 2 ** 31 - 1, 'there were more conjunctions than a stamp can number');
    count = 0;
  }

  function and(ts: readonly Term[]): Term {
    begin();
    for (let i = 0; i < ts.length; i++) if (!push(ts[i]!)) return FALSE;
    return finish();
  }

  function or(ts: readonly Term[]): Term {
    begin();
    for (let i = 0; i < ts.length; i++) if (!push(ts[i]! ^ 1)) return TRUE;
    return finish() ^ 1;
  }

  function both(a: Term, b: Term): Term {
    begin();
    return push(a) && push(b) ? finish() : FALSE;
  }

  /** In a form that it shares with its negation and with its mirror image. */
  function ite(condition: Term, then: Term, otherwise: Term): Term {
    if (condition === TRUE) return then;
    if (condition === FALSE) return otherwise;
    if (then === otherwise) return then;
    if ((condition & 1) === 1) return ite(condition ^ 1, otherwise, then);
    if (then === TRUE || then === condition) return both(condition ^ 1, otherwise ^ 1) ^ 1;
    if (then === FALSE || then === (condition ^ 1)) return both(condition ^ 1, otherwise);
    if (otherwise === FALSE || otherwise === condition) return both(condition, then);
    if (otherwise === TRUE || otherwise === (condition ^ 1)) return both(condition, then ^ 1) ^ 1;
    // An equivalence can be turned about either of its sides: the older one is the condition.
    if (then === (otherwise ^ 1) && then >> 1 < condition >> 1)
      return (then & 1) === 0 ? ite(then, condition, condition ^ 1) : ite(otherwise, condition ^ 1, condition);
    if ((then & 1) === 1) return ite(condition, then ^ 1, otherwise ^ 1) ^ 1;
    const positive = both(condition, then ^ 1) ^ 1;
    return both(positive, both(condition ^ 1, otherwise ^ 1) ^ 1);
  }

  return {
    true: TRUE,
    false: FALSE,
    variable,
    not: (t) => t ^ 1,
    and,
    or,
    implies: (a, b) => both(a, b ^ 1) ^ 1,
    iff: (a, b) => ite(a, b, b ^ 1),
    ite,
    isVariable: (t) => (t & 1) === 0 && length[t >> 1] === 0 && t > 1,
    nameOf(t) {
      invariant(t > 1 && length[t >> 1] === 0, 'only a variable has a name');
      return names[-1 - start[t >> 1]!]!;
    },
    childrenOf: (t) => Array.from(children.subarray(start[t >> 1], start[t >> 1]! + length[t >> 1]!)),
    arity: (t) => length[t >> 1]!,
    child: (t, position) => children[start[t >> 1]! + position]!,
    get size() {
      return size;
    },
  };
}

/** Spreads a number over 32 bits. */
function mix(n: number): number {
  let x = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return x ^ (x >>> 16);
}
