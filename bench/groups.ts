/**
 * The security groups of a bench network. Groups of AI hosts open many public ranges and ports, and none of them
 * meets the partner's range but on TCP 443, which the ACL denies: that nothing leaves by the route round the firewall
 * follows from every rule of every such group, and from nothing less.
 */
import type { Random } from './random.ts';
import { account, type IpPermission, named, region, type Snapshot } from './shapes.ts';
import { type BenchVpc, partner } from './vpc.ts';

export type GroupTier = 'app' | 'ai' | 'data';

export interface BenchGroup {
  readonly id: string;
  readonly name: string;
  readonly tier: GroupTier;
}

export interface PrefixLists {
  readonly s3: string;
  /** Customers' own, of addresses of offices and suppliers. */
  readonly own: readonly string[];
}

/** Names `count` groups of the VPC; their rules come when all are known, since they refer to each other. */
export const nameGroups = (r: Random, vpc: BenchVpc, count: number): BenchGroup[] =>
  Array.from({ length: count }, (_, i) => {
    const tier = i < 3 ? (['app', 'ai', 'data'] as const)[i]! : r.pick(['app', 'ai', 'data'] as const, [5, 3, 2]);
    return { id: `sg-0${r.hex(16)}`, name: `${vpc.name}-${tier}-${i}`, tier };
  });

const services = [443, 8443, 8080, 9443, 5432, 3306, 6379, 9092, 11211, 2049, 50051, 8888];

/** A permission for one peer: TCP mostly, some UDP, ICMP and, where `wide`, every protocol. */
function traffic(r: Random, wide: boolean): IpPermission {
  const kind = r.pick(['port', 'range', 'udp', 'icmp', 'all'] as const, [60, 20, 10, 5, wide ? 5 : 0]);
  const port = r.chance(0.7) ? r.pick(services) : 1024 + r.below(60000);
  switch (kind) {
    case 'port':
      return { FromPort: port, IpProtocol: 'tcp', ToPort: port };
    case 'range':
      return { FromPort: port, IpProtocol: 'tcp', ToPort: Math.min(65535, port + 1 + r.below(500)) };
    case 'udp':
      return { FromPort: port, IpProtocol: 'udp', ToPort: port };
    case 'icmp':
      return { FromPort: 8, IpProtocol: 'icmp', ToPort: -1 };
    case 'all':
      return { IpProtocol: '-1' };
  }
}

const privateBlock = (r: Random, vpc: BenchVpc): string => {
  const length = r.pick([16, 20, 24, 28, 32]);
  if (length === 16) return `10.${vpc.index}.0.0/16`;
  if (length === 20) return `10.${vpc.index}.${16 * r.below(9)}.0/20`;
  if (length === 24) return `10.${vpc.index}.${r.below(144)}.0/24`;
  return `10.${vpc.index}.${r.below(144)}.${length === 28 ? 16 * r.below(16) : r.below(256)}/${length}`;
};

/** A public range that does not meet the partner's. */
const publicBlock = (r: Random): string => {
  const first = r.pick([13, 34, 44, 52, 54, 140, 151, 185, 199]);
  const length = r.pick([16, 20, 24, 24, 28, 32]);
  if (length === 16) return `${first}.${r.below(256)}.0.0/16`;
  if (length === 20) return `${first}.${r.below(256)}.${16 * r.below(16)}.0/20`;
  if (length === 24) return `${first}.${r.below(256)}.${r.below(256)}.0/24`;
  return `${first}.${r.below(256)}.${r.below(256)}.${length === 28 ? 16 * r.below(16) : r.below(256)}/${length}`;
};

const withPeer = (permission: IpPermission, peer: Partial<IpPermission>): IpPermission => ({
  ...permission,
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
  ...peer,
});

/** Adds the groups with `rules` rules between them, egress and ingress, one peer a rule. */
export function addGroups(
  snapshot: Snapshot,
  r: Random,
  vpc: BenchVpc,
  groups: readonly BenchGroup[],
  rules: number,
  lists: PrefixLists,
): void {
  const callers: Readonly<Record<GroupTier, GroupTier>> = { app: 'app', ai: 'app', data: 'ai' };
  const byTier = (tier: GroupTier): readonly BenchGroup[] => groups.filter((group) => group.tier === tier);
  const members = { app: byTier('app'), ai: byTier('ai'), data: byTier('data') };
  const pair = ({ id }: BenchGroup) => ({ UserIdGroupPairs: [{ GroupId: id, UserId: account }] });

  const ingress = (group: BenchGroup): IpPermission => {
    const kind = r.pick(['group', 'private', 'public', 'list', 'ipv6'] as const, [40, 35, 10, 10, 5]);
    switch (kind) {
      case 'group':
        return withPeer(traffic(r, true), pair(r.pick(members[callers[group.tier]])));
      case 'private':
        return withPeer(traffic(r, true), { IpRanges: [{ CidrIp: privateBlock(r, vpc) }] });
      case 'public':
        return withPeer(traffic(r, false), { IpRanges: [{ CidrIp: publicBlock(r), Description: 'office' }] });
      case 'list':
        return withPeer(traffic(r, false), { PrefixListIds: [{ PrefixListId: r.pick(lists.own) }] });
      case 'ipv6':
        return withPeer(traffic(r, false), { Ipv6Ranges: [{ CidrIpv6: `2600:1f18:${r.hex(4)}::/48` }] });
    }
  };
  const egress = (group: BenchGroup): IpPermission => {
    const kinds = ['https', 'public', 'group', 'private', 'list', 's3'] as const;
    const kind = r.pick(kinds, group.tier === 'data' ? [0, 0, 4, 4, 0, 2] : [10, 40, 20, 20, 5, 5]);
    switch (kind) {
      case 'https':
        return withPeer(
          { FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
          { IpRanges: [{ CidrIp: r.chance(0.5) ? '0.0.0.0/0' : partner, Description: 'https' }] },
        );
      case 'public':
        return withPeer(traffic(r, true), { IpRanges: [{ CidrIp: publicBlock(r) }] });
      case 'group':
        return withPeer(traffic(r, true), pair(r.pick(members[group.tier === 'app' ? 'ai' : 'data'])));
      case 'private':
        return withPeer(traffic(r, true), { IpRanges: [{ CidrIp: privateBlock(r, vpc) }] });
      case 'list':
        return withPeer(traffic(r, false), { PrefixListIds: [{ PrefixListId: r.pick(lists.own) }] });
      case 's3':
        return withPeer(
          { FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
          { PrefixListIds: [{ PrefixListId: lists.s3 }] },
        );
    }
  };

  groups.forEach((group, i) => {
    const count = Math.floor(((i + 1) * rules) / groups.length) - Math.floor((i * rules) / groups.length);
    const inward = Math.ceil(count / 2);
    const allowAll = withPeer({ IpProtocol: '-1' }, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    const outward = count - inward;
    snapshot.SecurityGroups.push({
      Description: group.name,
      GroupId: group.id,
      GroupName: group.name,
      IpPermissions: Array.from({ length: inward }, () => ingress(group)),
      // The rule that AWS gives a new group stays on half of the applications' groups.
      IpPermissionsEgress: Array.from({ length: outward }, (_, at) =>
        at === 0 && group.tier === 'app' && r.chance(0.5) ? allowAll : egress(group),
      ),
      OwnerId: account,
      SecurityGroupArn: `arn:aws:ec2:${region}:${account}:security-group/${group.id}`,
      Tags: named(group.name),
      VpcId: vpc.id,
    });
  });
}
