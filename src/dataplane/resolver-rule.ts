/** Resolver rules: which names the Amazon resolver leaves to servers that it may not reach (semantics 13.15). */
import { forwardsNames, resolverRulesOf } from '../network/name-filter.ts';
import { leadsOut, type ResolverRule } from '../network/resolver-endpoint.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { passes } from '../network/unknown.ts';
import { payloadsOf } from './firewall/index.ts';
import { shared } from './firewall/shared.ts';
import { domainPattern } from './name-pattern.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, and, isIn, not, or, yes } from './predicate.ts';

/** Over what a flow carries, which is a query with a name: it gets to whoever answers it. */
export const answeredBy = (plane: Plane, vpc: string): Predicate =>
  shared(plane, `resolver rules ${vpc}`, () =>
    forwardsNames(plane.network, vpc)
      ? resolverRulesOf(plane.network, vpc)
          .toSorted(bySpecificity)
          .reduceRight((rest, rule) => ruled(plane, rule, vpc, rest), yes)
      : yes,
  );

/** The longest domain decides; one that nobody read may be any. */
function bySpecificity(a: ResolverRule, b: ResolverRule): number {
  const length = ({ domain }: ResolverRule): number => (isUnread(domain) ? Infinity : domain.length);
  const [first, second] = [length(a), length(b)];
  if (first !== second) return first > second ? -1 : 1;
  return Number(leadsOut(b)) - Number(leadsOut(a)) || (a.id < b.id ? -1 : 1);
}

function ruled(plane: Plane, rule: ResolverRule, vpc: string, rest: Predicate): Predicate {
  const { id, domain, associations } = rule;
  if (isUnread(domain)) return open(plane, unreadKey(domain));
  const pattern = domainPattern(domain);
  const payloads = payloadsOf(plane);
  const set = pattern === undefined ? payloads.holding('dns.query') : payloads.matching('dns.query', pattern);
  const certain = !isUnread(associations) && associations.some((one) => one.vpc === vpc && one.state === undefined);
  const unsure = open(plane, isUnread(associations) ? unreadKey(associations) : passes(id));
  // Too many names to tell them apart: whether the rule decides is not known either.
  if (set === undefined) return leadsOut(rule) ? unsure : or(unsure, rest);
  const covered = isIn('payload', set);
  const follows = leadsOut(rule) ? unsure : certain ? yes : or(unsure, rest);
  return or(and(covered, follows), and(not(covered), rest));
}
