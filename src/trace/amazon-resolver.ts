/** The Amazon resolver of a VPC: it looks up what DNS Firewall and the resolver rules let out (semantics 13.1 to 13.5). */
import { deliver } from './delivery.ts';
import { isFiltered, passDnsFirewall } from './dns-firewall.ts';
import type { Ended } from './place.ts';
import { hasResolverRules, passResolverRules } from './resolver-rule.ts';
import { type Trip, drop } from './trip.ts';

/** The query is at the resolver of the VPC; `asked` says how it got there. */
export function askResolver(trip: Trip, vpc: string, asked: string): Ended {
  const step = { resource: 'dns', kind: 'dns-resolver' } as const;
  const filtered = isFiltered(trip, vpc);
  const ruled = hasResolverRules(trip, vpc);
  if (!filtered && !ruled) return deliver(trip, { kind: 'dns' }, { ...step, detail: `${asked}; no rule filters it` });

  const { payload } = trip;
  if (payload?.app !== 'dns' || payload.dnsName === undefined)
    return drop(trip, {
      resource: vpc,
      kind: 'dns-firewall',
      detail: `the packet carries no name that the Amazon resolver of \`${vpc}\` could look up`,
    });
  const query = { name: payload.dnsName.toLowerCase(), type: payload.dnsType ?? 'A' };
  if (filtered && !passDnsFirewall(trip, vpc, query)) return { kind: 'ended' };
  if (ruled && !passResolverRules(trip, vpc, query.name)) return { kind: 'ended' };
  return deliver(trip, { kind: 'dns' }, { ...step, detail: `${asked} for ${query.name}` });
}
