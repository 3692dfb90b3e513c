/** Families of flows: sets of headers between sets of places, each combination of members meant. */
import {
  type Header,
  type Plane,
  type Predicate,
  type Variable,
  predicate as p,
  variableOf,
} from '../dataplane/index.ts';
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

/** What families are of. */
export interface FlowScope {
  readonly ends: Ends;
  /** Of the side that delivers them. */
  readonly plane: Plane;
  readonly first: Header;
  /** No flow outside is of interest, and of none outside anything is proved. */
  readonly limit: Domain;
}

/** The family as what its flows satisfy. */
export function predicateOf({ ends, plane, first, limit }: FlowScope, set: FlowSet): Predicate {
  const { from, to, box, ownSource, ownDestination } = set;
  const { family } = first;
  const holding = (field: 'src' | 'dst', which: 'from' | 'to', numbers: Intervals, by: 'own' | 'published') =>
    p.anyOf(
      endsIn(ends, numbers).map((end) =>
        p.and(
          ends.is(which, single(BigInt(end.number))),
          p.at(first, p.isIn(field, ends.heldBy(plane, end, family, by))),
        ),
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
