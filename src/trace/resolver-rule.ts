/** Resolver rules: which names asked of the Amazon resolver are asked of other name servers (semantics 13.15). */
import { formatAddress } from '../net/address.ts';
import { type Unread, isUnread, unreadKey } from '../network/resource.ts';
import { leadsOut, type ResolverRule } from '../network/resolver-endpoint.ts';
import { passes } from '../network/unknown.ts';
import { type Step, type Trip, drop, note, side } from './trip.ts';

/** Whether names of the VPC may be asked of others than the Amazon resolver. */
export const hasResolverRules = (trip: Trip, vpc: string): boolean =>
  rulesAbout(trip, vpc).some((rule) => leadsOut(rule) || isUnread(rule.domain));

/** Records where the name is asked; false where nobody is known to be asked. */
export function passResolverRules(trip: Trip, vpc: string, name: string): boolean {
  for (const rule of inTurn(rulesAbout(trip, vpc))) {
    const { domain } = rule;
    if (isUnread(domain)) return goesOut(trip, rule, side(trip, unreadKey(domain)));
    if (domain !== '' && name !== domain && !name.endsWith(`.${domain}`)) continue;
    const doubt = whyDoubtful(rule, vpc);
    if (leadsOut(rule)) return goesOut(trip, rule, side(trip, doubt ?? passes(rule.id)));
    if (doubt === undefined || side(trip, doubt)) return true;
  }
  return true;
}

/** The rules that are associated with the VPC, or may be. */
const rulesAbout = ({ network }: Trip, vpc: string): readonly ResolverRule[] =>
  [...network.resolverRules.values()].filter(
    ({ associations }) => isUnread(associations) || associations.some((each) => each.vpc === vpc),
  );

/** The longest domain first; of equal ones, those that lead out. */
const inTurn = (rules: readonly ResolverRule[]): readonly ResolverRule[] =>
  rules.toSorted(
    (a, b) =>
      lengthOf(b.domain) - lengthOf(a.domain) ||
      Number(leadsOut(b)) - Number(leadsOut(a)) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );

/** One that nobody read may be the longest of all. */
const lengthOf = (domain: string | Unread): number => (isUnread(domain) ? Number.MAX_SAFE_INTEGER : domain.length);

/** The unknown by which the rule is there at all; undefined where it is. */
function whyDoubtful({ id, associations }: ResolverRule, vpc: string): string | undefined {
  if (isUnread(associations)) return unreadKey(associations);
  const steady = associations.some((each) => each.vpc === vpc && each.state === undefined);
  return steady ? undefined : passes(id);
}

function goesOut(trip: Trip, rule: ResolverRule, taken: boolean): boolean {
  const { id, ruleType, domain, targets, source } = rule;
  const step: Omit<Step, 'action' | 'detail'> = { resource: id, kind: 'resolver-rule', source };
  const which = isUnread(domain) ? 'names that were not read' : domain === '' ? 'every name' : domain;
  const where =
    targets.length === 0
      ? 'other name servers'
      : targets.map(({ address, port }) => `${formatAddress(address)} port ${port}`).join(', ');
  const told = `resolver rule \`${id}\` (${ruleType}, ${which}) leads to ${where}`;
  if (taken) note(trip, { ...step, action: 'forward', detail: told });
  else drop(trip, { ...step, detail: `${told}, and the name is not taken to get there` });
  return taken;
}
