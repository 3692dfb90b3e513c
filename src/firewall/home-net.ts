/** Places whose traffic is routed to the firewall, and that HOME_NET does not hold: rules for HOME_NET miss them (semantics 10.42 to 10.46). */
import { predicate as p } from '../dataplane/index.ts';
import { families } from '../net/address.ts';
import { subtract } from '../net/interval.ts';
import { type Prefix, formatPrefix, intervalsOf, toPrefixes } from '../net/prefix.ts';
import { publicUnicast } from '../net/special.ts';
import { isUnread } from '../network/resource.ts';
import { type Bench, type Findings, clean, finding, joined } from './lint.ts';
import { exampleJson } from './published.ts';
import { isByName, speaksOfHome } from './rule.ts';
import type { Subject } from './subject.ts';
import { carries, homeNetOf, tcp } from './traffic.ts';

export async function homeNetMisses({ subject, rules, court }: Bench): Promise<Findings> {
  const home = homeNetOf(subject);
  const speaking = rules.filter(({ rule, group }) => speaksOfHome(rule) && !Object.hasOwn(group.ipSets, 'HOME_NET'));
  if (home.length === 0 || speaking.length === 0) return clean;
  const all: Findings[] = [];
  for (const [vpc, blocks] of sourcesOf(subject))
    for (const family of families) {
      const missed = subtract(intervalsOf(blocks, family), intervalsOf(home, family));
      if (missed.length === 0) continue;
      const dst = subtract(publicUnicast[family], intervalsOf([...home, ...blocks], family));
      const named = speaking.some((at) => isByName(at));
      const found = await court.find({
        family,
        mode: 'client-data',
        where: p.and(p.isIn('src', missed), p.isIn('dst', dst), tcp),
        says: [],
        rather: named ? [p.and(p.equals('dstPort', 443), carries(court.payloads.holding('tls.sni')))] : [],
      });
      const examples =
        found.kind === 'some' ? [exampleJson(subject, found.example, court.judged(subject, found.example))] : [];
      const words = toPrefixes(family, missed).map((one) => formatPrefix(one));
      const says = `Traffic of \`${vpc}\` is routed to the firewall, and its ${words.join(', ')} ${words.length === 1 ? 'is' : 'are'} outside HOME_NET, of which ${speaking.length === 1 ? 'a rule speaks' : `${speaking.length} rules speak`}.`;
      all.push(finding('home-net-misses', says, examples));
    }
  return joined(all);
}

/** The blocks of VPCs, by VPC: of those that route to the firewall, and of those behind transit gateways that lead there. */
function sourcesOf({ network, firewall }: Subject): ReadonlyMap<string, readonly Prefix[]> {
  const endpoints = new Set(firewall.endpoints);
  const tables = new Set(
    [...network.routeTables.values()]
      .filter(({ routes }) =>
        routes.some(({ target }) => target.kind === 'firewall-endpoint' && endpoints.has(target.id)),
      )
      .map(({ id }) => id),
  );
  const subnets = [...network.subnets.values()].filter(
    ({ routeTable }) => !isUnread(routeTable) && tables.has(routeTable),
  );
  const leading = new Set(subnets.map(({ id }) => id));
  const attachments = [...network.transitGatewayAttachments.values()];
  const entered = (subnet: string): boolean =>
    attachments.some(({ behind }) => behind.kind === 'vpc' && behind.subnets.includes(subnet));
  const own = subnets.flatMap(({ id, vpc }) => (entered(id) ? [] : [vpc]));
  const gateways = new Set(
    attachments.flatMap(({ gateway, behind }) =>
      behind.kind === 'vpc' && behind.subnets.some((id) => leading.has(id)) ? [gateway] : [],
    ),
  );
  const spokes = attachments.flatMap(({ gateway, behind }) =>
    gateways.has(gateway) && behind.kind === 'vpc' && !behind.subnets.some((id) => leading.has(id)) ? [behind.vpc] : [],
  );
  return new Map([...new Set([...own, ...spokes])].map((vpc) => [vpc, network.vpcs.get(vpc)?.cidrs ?? []] as const));
}
