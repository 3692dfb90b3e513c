/** Places whose traffic is routed to the firewall, and that HOME_NET does not hold: rules for HOME_NET miss them (semantics 10.42 to 10.46). */
import { predicate as p } from '../dataplane/index.ts';
import { type Family, families } from '../net/address.ts';
import { type Intervals, subtract, unionAll } from '../net/interval.ts';
import { type Prefix, formatPrefix, intervalsOf, toPrefixes } from '../net/prefix.ts';
import { publicUnicast } from '../net/special.ts';
import { isUnread } from '../network/resource.ts';
import { type Bench, type Findings, clean, doubt, finding, joined, shown } from './lint.ts';
import { speaksOfHome } from './rule.ts';
import { type Subject, withPolicy } from './subject.ts';
import { carries, homeNetOf } from './traffic.ts';

const code = 'home-net-misses';

export async function homeNetMisses(bench: Bench): Promise<Findings> {
  const { subject, rules } = bench;
  const home = homeNetOf(subject);
  const speaking = rules.some(({ rule, group }) => speaksOfHome(rule) && !Object.hasOwn(group.ipSets, 'HOME_NET'));
  if (home.length === 0 || !speaking) return clean;
  const all: Findings[] = [];
  for (const [vpc, blocks] of sourcesOf(subject))
    for (const family of families) {
      const missed = subtract(intervalsOf(blocks, family), intervalsOf(home, family));
      if (missed.length > 0) all.push(await misses(bench, vpc, family, missed));
    }
  return joined(all);
}

/** Whether the rules would treat that traffic otherwise, if HOME_NET held it. */
async function misses({ subject, court }: Bench, vpc: string, family: Family, missed: Intervals): Promise<Findings> {
  const home = homeNetOf(subject);
  const blocks = toPrefixes(family, missed);
  const wider = withPolicy(subject, { homeNet: [...home, ...blocks] });
  const outside = subtract(publicUnicast[family], unionAll([intervalsOf(home, family), missed]));
  const words = blocks.map((one) => formatPrefix(one)).join(', ');
  for (const passes of [true, false]) {
    const found = await court.find({
      family,
      mode: 'client-data',
      where: p.and(p.isIn('src', missed), p.isIn('dst', outside)),
      says: [
        { subject, passes },
        { subject: wider, passes: !passes },
      ],
      rather: [p.and(p.equals('dstPort', 443), carries(court.payloads.holding('tls.sni')))],
    });
    if (found.kind === 'undecided') return doubt(code, found);
    if (found.kind === 'none') continue;
    const fate = passes ? 'passes, and would be dropped' : 'is dropped, and would pass';
    const says = `Traffic of \`${vpc}\` is routed to the firewall, and HOME_NET lacks its ${words}: some of it ${fate} if HOME_NET held them.`;
    return finding(code, says, [shown(subject, found.example)]);
  }
  return clean;
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
