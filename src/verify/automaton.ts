/** The path automaton of a question: which waypoints a path has crossed, as bits beside each state (engine.md, step 4). */
import { anything } from '../dataplane/index.ts';
import type { Question, Waypoint } from '../policy/question.ts';
import { invariant } from '../base/invariant.ts';

export interface Automaton {
  /** The bits that crossing these ids sets, on the way out and on the way back. */
  readonly bits: (ids: readonly string[], phase: 'forward' | 'reply') => number;
  /** Whether a path may cross these ids at all. */
  readonly passes: (ids: readonly string[], phase: 'forward' | 'reply') => boolean;
  /** What of the question bars a path from crossing these ids, as `exceptionId` names it. */
  readonly bars: (ids: readonly string[]) => readonly string[];
  /** Whether a finished path has crossed what it must. */
  readonly complete: (seen: number, withReply: boolean) => boolean;
  /** Whether the path has crossed the waypoint of the exception at that position. */
  readonly excused: (seen: number, exception: number) => boolean;
}

/** What a question leaves out, by its place in it. */
export const exceptionId = (key: 'avoid' | 'except', index: number): string => `${key} ${index}`;

/** Of everything that it leaves out. */
export const exceptionIds = ({ avoid, except }: Question): readonly string[] => [
  ...avoid.map((_, i) => exceptionId('avoid', i)),
  ...except.map((_, i) => exceptionId('except', i)),
];

export function automatonOf(question: Question): Automaton {
  // An exception that names a waypoint alone excuses every path through it: those are left out from the start.
  const plainly = question.except.flatMap(({ via, traffic, from, to }, i) =>
    via !== undefined && !traffic && !from && !to ? [{ ids: via.ids, id: exceptionId('except', i) }] : [],
  );
  const barred = [...question.avoid.map(({ ids }, i) => ({ ids, id: exceptionId('avoid', i) })), ...plainly];
  const avoid = new Set(barred.flatMap(({ ids }) => [...ids]));
  const forward = new Map<string, number>();
  const reply = new Map<string, number>();
  let next = 0;
  const bit = (): number => {
    invariant(next < 30, 'a question names at most thirty waypoints');
    return 1 << next++;
  };
  const mark = (ids: Iterable<string>, value: number, into = forward): number => {
    for (const id of ids) into.set(id, (into.get(id) ?? 0) | value);
    return value;
  };
  const must = question.via.map(({ ids }) => mark([...ids, anything], bit()));
  const both = question.viaBoth.map(({ ids }: Waypoint) =>
    [...ids].map((id) => ({ out: mark([id, anything], bit()), back: mark([id, anything], bit(), reply) })),
  );
  const exceptions = question.except.map(({ via }) => (via === undefined ? 0 : mark(via.ids, bit())));
  return {
    bits: (ids, phase) => {
      const table = phase === 'forward' ? forward : reply;
      return ids.reduce((seen, id) => seen | (table.get(id) ?? 0), 0);
    },
    passes: (ids, phase) => phase === 'reply' || !ids.some((id) => avoid.has(id)),
    bars: (ids) => barred.flatMap(({ ids: own, id }) => (ids.some((one) => own.has(one)) ? [id] : [])),
    complete: (seen, withReply) =>
      must.every((wanted) => (seen & wanted) !== 0) &&
      both.every((pairs) => pairs.some(({ out, back }) => (seen & out) !== 0 && (!withReply || (seen & back) !== 0))),
    excused: (seen, exception) => {
      const wanted = exceptions[exception]!;
      return wanted === 0 || (seen & wanted) !== 0;
    },
  };
}
