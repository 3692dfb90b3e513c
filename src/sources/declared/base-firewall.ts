/** Firewalls that run, with the endpoints that a plan adds to them and takes away: one a subnet (semantics 10.1). */
import type { FirewallEndpointFinding, FirewallFinding } from '../../network/build/firewall-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import { replace } from './in-place.ts';
import { elements } from './three-way.ts';

export function settleFirewalls(out: Findings, base: Findings, before: Findings, after: Findings): void {
  const seen = new Set<string>();
  const settled = (one: FirewallFinding): FirewallFinding => {
    const [runs, was, is] = [base, before, after].map((findings) => endpointsOf(findings, one.id));
    if (runs!.length + was!.length === 0) return one;
    // Several tell of one firewall: the first has them all.
    if (seen.has(one.id)) return { ...one, endpoints: [] };
    seen.add(one.id);
    return { ...one, endpoints: elements(runs!, was!, is!, ({ subnet, endpoint }) => subnet ?? endpoint) };
  };
  replace(out.firewalls, settled);
}

const endpointsOf = ({ firewalls }: Findings, id: string): readonly FirewallEndpointFinding[] =>
  firewalls.flatMap((one) => (one.id === id ? one.endpoints : []));
