/** Flowbits: whether an earlier rule of the same flow has set one (semantics 10.82). */
import { type Plane, open } from '../plane.ts';
import { type Predicate, and, anyOf, not, or } from '../predicate.ts';
import type { Entry, RuleEntry } from './entry.ts';
import { type Matching, never, perhaps, possibly, surely, unsure, where } from './matching.ts';
import type { Moment } from './moment.ts';

export interface Flowbits {
  /** Where one of the names is set when the reader is looked at. */
  readonly set: (names: readonly string[], reader: RuleEntry, at: Moment) => Matching;
}

export interface FlowbitsOptions {
  readonly plane: Plane;
  /** In the order of evaluation. */
  readonly rules: readonly RuleEntry[];
  readonly unfollowed: ReadonlySet<string>;
  readonly moments: readonly Moment[];
  readonly matching: (rule: RuleEntry, at: Moment) => Matching;
  /** Whether the engine sees that moment's packet. */
  readonly seen: (at: Moment) => Predicate;
}

const reads = ({ rule: { options } }: RuleEntry): boolean =>
  options.some((one) => one.kind === 'flowbits' && (one.command === 'isset' || one.command === 'isnotset'));

/**
 * Names whose state is not followed: something takes them away again, or it is not told in which order rules write and read
 * them (action order, semantics 10.21). Asked of all rules, also those that can never match a flow of some protocol.
 */
export function unfollowedBits(entries: readonly Entry[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'rule') continue;
    const handsOn = entry.scope.policy.stateful.order === 'DEFAULT_ACTION_ORDER' && reads(entry);
    for (const option of entry.rule.options) {
      if (option.kind !== 'flowbits') continue;
      const takenBack = option.command === 'unset' || option.command === 'toggle';
      if (takenBack || (option.command === 'set' && handsOn)) for (const name of option.names) names.add(name);
    }
  }
  return names;
}

export function flowbits({ plane, rules, unfollowed, moments, matching, seen }: FlowbitsOptions): Flowbits {
  const setters = new Map<string, { readonly rule: RuleEntry; readonly place: number }[]>();
  const places = new Map(rules.map((rule, place) => [rule, place]));
  for (const [rule, place] of places)
    for (const option of rule.rule.options) {
      if (option.kind !== 'flowbits' || option.command !== 'set') continue;
      for (const name of option.names) {
        const list = setters.get(name);
        if (list === undefined) setters.set(name, [{ rule, place }]);
        else list.push({ rule, place });
      }
    }
  const ended = new Map<Moment, Predicate[]>();
  /** A rule that stands before it passes the packet: whether those behind it are looked at is not stated (10.31, 10.32). */
  const passedBefore = (place: number, at: Moment): Predicate => {
    const known = ended.get(at) ?? [];
    ended.set(at, known);
    return (known[place] ??= anyOf(
      rules.slice(0, place).flatMap((rule) => {
        if (rule.rule.action !== 'pass') return [];
        const found = matching(rule, at);
        return [surely(found), and(possibly(found), open(plane, rule.key))];
      }),
    ));
  };
  const before = (name: string, reader: RuleEntry, at: Moment): Matching => {
    if (unfollowed.has(name)) return perhaps;
    const now = moments.indexOf(at);
    const sure: Predicate[] = [];
    const perhapsSet: Predicate[] = [];
    for (const { rule, place } of setters.get(name) ?? [])
      for (const [i, moment] of moments.entries()) {
        if (i > now || (i === now && place >= places.get(reader)!)) continue;
        const found = matching(rule, moment);
        if (found.length === 0) continue;
        const passed = passedBefore(place, moment);
        sure.push(and(seen(moment), surely(found), not(passed)));
        perhapsSet.push(and(seen(moment), or(possibly(found), and(surely(found), passed))));
      }
    return [...where(anyOf(sure)), ...unsure(where(anyOf(perhapsSet)))];
  };
  return {
    set: (names, reader, at) => {
      const all = names.flatMap((name) => before(name, reader, at));
      return all.length === 0 ? never : all;
    },
  };
}
