/** What resources beside one add to it: groups to an interface, entries to a prefix list, addresses to a NAT gateway. */
import { Link, Unknown, type Value } from '../declared/value.ts';
import { type Given, given, link, text } from './given.ts';
import { ofType } from './instance.ts';
import type { Kind } from './kinds.ts';

interface Named {
  /** The argument that names the one that is added to, and the kind of that. */
  readonly by: readonly [argument: string, kind: Kind];
  /** What it is called there. */
  readonly id?: string | undefined;
  readonly attribute?: string;
}

/** What each of the type adds; of one that may name another, `may` of it. */
export function added(
  at: Given,
  type: string,
  { by: [argument, kind], id = text(at, 'id'), attribute = 'Ref' }: Named,
  read: (beside: Given) => Value,
  may: (value: Value) => Value,
): readonly Value[] {
  const isThis = (one: Link): boolean => one.resource === at.of.address && one.attribute === attribute;
  return ofType(at.world, type).flatMap((one): readonly Value[] => {
    const beside = given(at.world, one);
    const named = link(beside, argument, kind);
    if (named instanceof Link ? isThis(named) : named !== undefined && named === id) return [read(beside)];
    const possible = named instanceof Unknown && (named.candidates.length === 0 || named.candidates.some(isThis));
    return possible ? [may(read(beside))] : [];
  });
}
