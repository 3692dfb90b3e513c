/** What the references of an expression lead to, and how sure that is. */
import { Link } from '../declared/value.ts';

export interface Meaning {
  readonly links: readonly Link[];
  /** `all`: it names these and nothing else. `each`: every instance of something, by no index. `some`: any of them. */
  readonly how: 'all' | 'each' | 'some';
  /** It may mean something else besides. */
  readonly open: boolean;
  /** It names something that could decide which of the rest is meant. */
  readonly steers: boolean;
}

export const nothing: Meaning = { links: [], how: 'all', open: false, steers: false };
export const steering: Meaning = { ...nothing, steers: true };
export const anything: Meaning = { ...nothing, open: true };

export const meant = (links: readonly Link[], how: Meaning['how'] = 'all'): Meaning => ({ ...nothing, links, how });

export function union(parts: readonly Meaning[]): Meaning {
  const leading = parts.filter((one) => one.links.length > 0);
  const is = (how: Meaning['how']): boolean => leading.some((one) => one.how === how);
  return {
    links: unique(parts.flatMap((one) => one.links)),
    how: is('some') ? 'some' : is('each') ? 'each' : 'all',
    open: parts.some((one) => one.open),
    steers: parts.some((one) => one.steers),
  };
}

/** The same, of which not all need be meant. */
export const anyOf = (meaning: Meaning): Meaning => (meaning.links.length > 1 ? { ...meaning, how: 'some' } : meaning);

const unique = (links: readonly Link[]): readonly Link[] => [
  ...new Map(links.map((one) => [`${one.attribute} ${one.resource}`, one])).values(),
];
