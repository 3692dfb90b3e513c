/** Which headers a rule matches, as far as that is known: boxes, each with what a box cannot say. */
import type { Family } from '../../net/address.ts';
import { type Predicate, and, anyOf, no } from '../predicate.ts';
import { type Box, answeredBy, boxPredicate, meet, merged } from './box.ts';

export interface Alternative {
  readonly box: Box;
  /** All must hold as well. */
  readonly also: readonly Predicate[];
  /** Else whether the rule matches in the box is not known. */
  readonly sure: boolean;
}

/** The rule matches where one of them does. */
export type Matching = readonly Alternative[];

export const always: Matching = [{ box: {}, also: [], sure: true }];

export const never: Matching = [];

/** Whether it holds is not known. */
export const perhaps: Matching = [{ box: {}, also: [], sure: false }];

export const within = (box: Box): Matching => [{ box, also: [], sure: true }];

export const where = (...also: readonly Predicate[]): Matching =>
  also.some(({ kind }) => kind === 'false')
    ? never
    : [{ box: {}, also: also.filter(({ kind }) => kind !== 'true'), sure: true }];

export const unsure = (of: Matching): Matching => of.map((one) => ({ ...one, sure: false }));

export function both(a: Matching, b: Matching): Matching {
  if (a === always || b === never) return b;
  if (b === always || a === never) return a;
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const box = meet(x.box, y.box);
      return box === undefined ? [] : [{ box, also: [...x.also, ...y.also], sure: x.sure && y.sure }];
    }),
  );
}

/** What is asked of the answer, asked of the packet that it answers; what stands beside the boxes speaks of that one. */
export const ofAnswer = (of: Matching, family: Family): Matching =>
  of.flatMap((one) => {
    const box = answeredBy(one.box, family);
    return box === undefined ? [] : [{ ...one, box }];
  });

/** A rule's matching, and the predicate that stands for what is not sure of it. */
export interface Match {
  readonly matching: Matching;
  readonly unknown: () => Predicate;
}

/** The box, for sure. */
export const plainly = (box: Box): Match => ({ matching: within(box), unknown: () => no });

/** The boxes that are sure and say it all, merged, and what is left, with `unknown` where it is not sure. */
export function anyMatch(of: readonly Match[]): Predicate {
  const plain: Box[] = [];
  const others: Predicate[] = [];
  for (const { matching, unknown } of of)
    for (const { box, also, sure } of matching) {
      if (sure && also.length === 0) plain.push(box);
      else others.push(and(boxPredicate(box), ...also, ...(sure ? [] : [unknown()])));
    }
  return anyOf([...merged(plain).map(boxPredicate), ...others]);
}

/** Where it surely matches. */
export const surely = (of: Matching): Predicate =>
  anyMatch([{ matching: of.filter(({ sure }) => sure), unknown: () => no }]);

/** Where it may match, and nobody knows. */
export const possibly = (of: Matching): Predicate => {
  const open = of.flatMap((one) => (one.sure ? [] : [{ ...one, sure: true }]));
  return anyMatch([{ matching: open, unknown: () => no }]);
};
