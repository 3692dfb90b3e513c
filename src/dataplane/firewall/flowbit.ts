/** Flowbits: whether an earlier rule of the same flow has set one (semantics 10.82). */
import { type Predicate, and, anyOf } from '../predicate.ts';
import type { RuleEntry } from './entry.ts';
import { type Matching, never, perhaps, possibly, surely, unsure, where } from './matching.ts';
import type { Moment } from './moment.ts';

export interface Flowbits {
  /** Where one of the names is set when the reader is looked at. */
  readonly set: (names: readonly string[], reader: RuleEntry, at: Moment) => Matching;
}

export interface FlowbitsOptions {
  /** In the order of evaluation. */
  readonly rules: readonly RuleEntry[];
  readonly moments: readonly Moment[];
  readonly matching: (rule: RuleEntry, at: Moment) => Matching;
  /** Whether the engine sees that moment's packet. */
  readonly seen: (at: Moment) => Predicate;
}

export function flowbits({ rules, moments, matching, seen }: FlowbitsOptions): Flowbits {
  const setters = new Map<string, { readonly rule: RuleEntry; readonly place: number }[]>();
  /** Names whose state is not followed: something takes them away again. */
  const lost = new Set<string>();
  const places = new Map(rules.map((rule, place) => [rule, place]));
  for (const [rule, place] of places)
    for (const option of rule.rule.options) {
      if (option.kind !== 'flowbits') continue;
      for (const name of option.names) {
        if (option.command === 'unset' || option.command === 'toggle') lost.add(name);
        if (option.command !== 'set') continue;
        const list = setters.get(name);
        if (list === undefined) setters.set(name, [{ rule, place }]);
        else list.push({ rule, place });
      }
    }
  const before = (name: string, reader: RuleEntry, at: Moment): Matching => {
    if (lost.has(name)) return perhaps;
    const now = moments.indexOf(at);
    const sure: Predicate[] = [];
    const open: Predicate[] = [];
    for (const { rule, place } of setters.get(name) ?? [])
      for (const [i, moment] of moments.entries()) {
        if (i > now || (i === now && place >= places.get(reader)!)) continue;
        const found = matching(rule, moment);
        sure.push(and(seen(moment), surely(found)));
        open.push(and(seen(moment), possibly(found)));
      }
    return [...where(anyOf(sure)), ...unsure(where(anyOf(open)))];
  };
  return {
    set: (names, reader, at) => {
      const all = names.flatMap((name) => before(name, reader, at));
      return all.length === 0 ? never : all;
    },
  };
}
