/** A service as a destination: its endpoints, and its public addresses, known by prefix list or not (`interfaces.md`, selectors). */
import { type Plane, type Predicate, open, predicate as p } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, isEmpty, subtract } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import { serviceShortName } from '../network/endpoint.ts';
import { isUnread } from '../network/resource.ts';
import { publishes } from '../network/unknown.ts';
import type { Places } from '../policy/question.ts';
import { serviceNames } from './named.ts';

/** Whether AWS's name is that of one of the services, by its short form or whole. */
export const isService = (wanted: ReadonlySet<string>, serviceName: string): boolean =>
  serviceName !== '' && (wanted.has(serviceName) || wanted.has(serviceShortName(serviceName)));

/**
 * The services' public addresses: those of their prefix lists; else those taken for them in this plane; else any that
 * may be theirs, which of them is not known. A list of one family tells nothing of the other.
 */
export const published = (plane: Plane, to: Places, family: Family): Predicate =>
  p.anyOf(
    [...serviceNames(to)].map((name) => {
      const listed = listedOf(plane, name, family);
      if (!isEmpty(listed)) return p.isIn('dst', listed);
      const taken = plane.servicesAt?.get(name);
      if (taken !== undefined) return family === 'ipv4' ? p.isIn('dst', taken) : p.no;
      return p.and(open(plane, publishes(name)), p.isIn('dst', possible(plane, name, family)));
    }),
  );

/** Services whose public addresses nobody read or declared. */
export const unpublished = (plane: Plane, to: Places): readonly string[] =>
  [...serviceNames(to)].filter((name) => isEmpty(listedOf(plane, name, 'ipv4')) && !plane.sides.has(publishes(name)));

/** Internet addresses that may be the service's: all but those of other services. */
export const possible = (plane: Plane, name: string, family: Family): Intervals =>
  subtract(
    plane.internet[family],
    addressesOf(plane, family, (list) => list.startsWith('com.amazonaws.') && !isAkin(name, list)),
  );

/** Services that begin alike may share addresses, as `dynamodb-fips` may those in the list of `dynamodb`. */
function isAkin(service: string, list: string): boolean {
  const [stem = ''] = wordsOf(service);
  return wordsOf(list).some((word) => word.startsWith(stem) || stem.startsWith(word));
}

const wordsOf = (name: string): readonly string[] => serviceShortName(name).split(/[.-]/);

const listedOf = (plane: Plane, name: string, family: Family): Intervals =>
  addressesOf(plane, family, (list) => isNamed(name, list));

const isNamed = (service: string, list: string): boolean => isService(new Set([service]), list);

/** The blocks of the prefix lists that were read, chosen by name. */
const addressesOf = (plane: Plane, family: Family, chosen: (name: string) => boolean): Intervals =>
  intervalsOf(
    [...plane.network.prefixLists.values()].flatMap(({ name, entries }) =>
      name === undefined || isUnread(entries) || !chosen(name) ? [] : entries,
    ),
    family,
  );
