/** Resolver endpoints with their interfaces, and resolver rules with the VPCs whose names they lead (semantics 13.15). */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import { formatAddress } from '../../net/address.ts';
import type { NetworkInterface } from '../interface.ts';
import type { ResolverEndpoint, ResolverRule } from '../resolver-endpoint.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import { resolverAssociationsCall, resolverRulesCall } from './dns-firewall.ts';

interface Around {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
}

export function buildResolverEndpoints(
  building: Building,
  { vpcs, interfaces }: Around,
): Map<string, ResolverEndpoint> {
  const { endpoints, endpointAddresses } = building.findings.dns;
  const out = new Map<string, ResolverEndpoint>();
  for (const found of endpoints) {
    if (!vpcs.has(found.vpc)) {
      if (wasRead(building, 'describe-vpcs', found)) blameDangling(building, found, 'VPC', found.vpc, 'describe-vpcs');
      continue;
    }
    const told = endpointAddresses.filter(({ endpoint }) => endpoint === found.id);
    const own = [...interfaces.values()].filter(
      ({ id, subnet, description, addresses, unread }) =>
        unread === undefined &&
        (found.interfaces?.includes(id) === true ||
          description.startsWith(`Route 53 Resolver: ${found.id}:`) ||
          told.some(
            (one) =>
              one.subnet === subnet && addresses.some(({ address }) => one.addresses.includes(formatAddress(address))),
          )),
    );
    out.set(found.id, { ...found, interfaces: own.map(({ id }) => id) });
  }
  return out;
}

export function buildResolverRules(building: Building, vpcs: ReadonlyMap<string, Vpc>): Map<string, ResolverRule> {
  const { resolverRules, resolverRuleAssociations } = building.findings.dns;
  const associations = groupBy(resolverRuleAssociations, ({ rule }) => rule);
  const here = (rule: string) =>
    (associations.get(rule) ?? []).flatMap(({ vpc, source, state }) =>
      vpcs.has(vpc) ? [{ vpc, source, ...present({ state }) }] : [],
    );
  const out = new Map<string, ResolverRule>();
  for (const found of resolverRules) {
    // Associations are those of the reader's own VPCs, whoever owns the rule.
    const asked = [...vpcs.values()].every((vpc) => wasRead(building, resolverAssociationsCall, vpc));
    const unread = { unread: resolverAssociationsCall, subject: found.id };
    out.set(found.id, { ...found, associations: asked ? here(found.id) : unread });
  }
  for (const [id, [first]] of associations) {
    const of = here(id);
    if (out.has(id) || of.length === 0) continue;
    const { source, account, region } = first!;
    out.set(id, {
      id,
      kind: 'resolver-rule',
      tags: {},
      source,
      ruleType: 'FORWARD',
      domain: { unread: resolverRulesCall, subject: id },
      targets: [],
      associations: of,
      ...present({ account, region }),
    });
  }
  return out;
}
