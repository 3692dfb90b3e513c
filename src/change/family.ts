/** Families of flows: sets of headers between sets of places, each combination of members meant. */
import { type Header, type Predicate, type Variable, predicate as p, variableOf } from '../dataplane/index.ts';
import { type Intervals, contains } from '../net/interval.ts';
import type { Domain } from '../verify/index.ts';
import { isIn } from './graph.ts';
import type { End, Ends } from './places.ts';

export interface FlowSet {
  readonly from: Intervals;
  readonly to: Intervals;
  /** By field of the header as it is sent; one that is absent may have any value. */
  readonly box: ReadonlyMap<Variable, Intervals>;
  /** The source is an address of the interface that sends, whichever of `from` it is. */
  readonly ownSource: boolean;
  /** The destination is an address of the interface that it goes to: its own, or the public one that leads there. */
  readonly ownDestination?: 'own' | 'published';
}

export const single = (value: bigint): Intervals => [{ lo: value, hi: value }];

/** The ends of those numbers. */
export const endsIn = ({ all }: Ends, numbers: Intervals): readonly End[] =>
  all.filter(({ number }) => contains(numbers, BigInt(number)));

/** The family as what its flows satisfy, within the headers of `limit`. */
export function predicateOf(ends: Ends, first: Header, set: FlowSet, limit: Domain): Predicate {
  const { from, to, box, ownSource, ownDestination } = set;
  const { family } = first;
  const holding = (field: 'src' | 'dst', which: 'from' | 'to', numbers: Intervals, by: 'own' | 'published') =>
    p.anyOf(
      endsIn(ends, numbers).map(({ number, addresses }) =>
        p.and(ends.is(which, single(BigInt(number))), p.at(first, p.isIn(field, addresses?.[family][by] ?? []))),
      ),
    );
  return p.and(
    ends.is('from', from),
    ends.is('to', to),
    ...[...box].map(([variable, values]) => isIn(first, variable, values)),
    ...[...limit].map(([variable, values]) => isIn(first, variable, values)),
    ownSource ? holding('src', 'from', from, 'own') : p.yes,
    ownDestination === undefined ? p.yes : holding('dst', 'to', to, ownDestination),
  );
}

/** The variables of the header as it is sent, and the places. */
export const flowVariables = (first: Header, ends: Ends): ReadonlySet<Variable> => {
  const { src, dst, protocol, srcPort, dstPort, icmpType, icmpCode, fragment, flags, payload } = first;
  const symbols = [src, dst, protocol, srcPort, dstPort, icmpType, icmpCode, fragment, flags, payload];
  return new Set([...symbols.flatMap((symbol) => variableOf(symbol) ?? []), ends.from, ends.to]);
};
