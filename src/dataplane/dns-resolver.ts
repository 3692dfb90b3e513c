/** The Amazon resolver as a way for names to leave: what it takes for a query to be looked up (semantics 13.5). */
import { filtersNames } from '../network/name-filter.ts';
import { resolvedBy } from './dns-firewall.ts';
import { payloadsOf } from './firewall/index.ts';
import { closedBy } from './opening.ts';
import type { Plane } from './plane.ts';
import { type Predicate, and, isIn, yes } from './predicate.ts';
import { answeredBy } from './resolver-rule.ts';

/** Where nothing asks for the name, any packet at the resolver counts for one. */
export const namesLeave = (plane: Plane, vpc: string): Predicate =>
  filtersNames(plane.network, vpc)
    ? and(
        isIn('payload', payloadsOf(plane).holding('dns.query')),
        closedBy(plane, { kind: 'dns-resolver', id: vpc }, and(resolvedBy(plane, vpc), answeredBy(plane, vpc))),
      )
    : yes;
