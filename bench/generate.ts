/** Networks of any size from a seed, as the JSON that `aws … describe-*` prints, one file a call. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addGroups, type BenchGroup, type GroupTier, nameGroups, type PrefixLists } from './groups.ts';
import { addHub } from './hub.ts';
import { addBalancer, addInterfaceEndpoint, addService } from './interfaces.ts';
import { type Random, random } from './random.ts';
import { account, emptySnapshot, named, region, type Snapshot } from './shapes.ts';
import { addVpc, type BenchVpc, partner } from './vpc.ts';

export interface Size {
  /** All of them, AWS's own included. */
  readonly interfaces: number;
  readonly groups: number;
  /** Egress and ingress together. */
  readonly rules: number;
  /** VPCs behind one transit gateway with so many route tables; absent: as many as hold them, and no gateway. */
  readonly hub?: { readonly vpcs: number; readonly tables: number };
}

/** The networks that the README's table speaks of. */
export const standard: Size = { interfaces: 10_000, groups: 2_000, rules: 20_000 };
export const hubAndSpoke: Size = { ...standard, hub: { vpcs: 50, tables: 10 } };

/**
 * The network in which no AI host reaches the internet round the firewall. With `fault`, one rule of one group opens
 * one port to a part of the partner's range, and one host can.
 */
export function generate(size: Size, seed: number, fault = false): Snapshot {
  const r = random(seed);
  const snapshot = emptySnapshot();
  const lists = addPrefixLists(snapshot, r);
  const vpcs = size.hub?.vpcs ?? Math.max(1, Math.ceil(size.interfaces / 2_500));
  const made: BenchVpc[] = [];
  const share = (total: number, i: number): number =>
    Math.floor(((i + 1) * total) / vpcs) - Math.floor((i * total) / vpcs);
  for (let i = 0; i < vpcs; i++) {
    const before = snapshot.NetworkInterfaces.length;
    const vpc = addVpc(snapshot, r, i, lists.s3);
    made.push(vpc);
    const groups = nameGroups(r, vpc, Math.max(3, share(size.groups, i)));
    const first = (tier: GroupTier): BenchGroup => groups.find((group) => group.tier === tier)!;
    addGroups(snapshot, r, vpc, groups, share(size.rules, i), lists);
    addBalancer(snapshot, r, vpc, [first('app')]);
    for (const service of ['bedrock-runtime', 'sagemaker.runtime', 'logs'])
      addInterfaceEndpoint(snapshot, r, vpc, service, [first('ai')]);
    addServices(snapshot, r, vpc, groups, share(size.interfaces, i) - (snapshot.NetworkInterfaces.length - before));
  }
  if (size.hub !== undefined) addHub(snapshot, r, made, size.hub.tables);
  if (fault) addFault(snapshot);
  return snapshot;
}

/** Fills the VPC with services of 1 to 64 hosts until `count` interfaces are there; every group serves some. */
function addServices(snapshot: Snapshot, r: Random, vpc: BenchVpc, groups: readonly BenchGroup[], count: number): void {
  const byTier = new Map<GroupTier, BenchGroup[]>();
  for (const group of groups) byTier.set(group.tier, [...(byTier.get(group.tier) ?? []), group]);
  let left = count;
  for (let i = 0; left > 0; i++) {
    const main = groups[i % groups.length]!;
    const others = Array.from({ length: r.below(3) }, () => r.pick(byTier.get(main.tier)!));
    const hosts = Math.min(left, r.pick([1, 2, 3, 6, 12, 64], [20, 20, 30, 20, 8, 2]));
    const owners = { app: r.chance(0.2) ? 'function' : 'instance', ai: 'instance', data: 'database' } as const;
    addService(snapshot, r, vpc, {
      name: `${vpc.name}-service-${i}`,
      tier: main.tier,
      owner: owners[main.tier],
      groups: [...new Set([main, ...others])],
      count: hosts,
    });
    left -= hosts;
  }
}

function addPrefixLists(snapshot: Snapshot, r: Random): PrefixLists {
  const s3 = 'pl-63a5400a';
  snapshot.PrefixLists.push({
    Cidrs: ['16.15.192.0/18', '18.34.0.0/19', '52.216.0.0/15', '54.231.0.0/16', '3.5.0.0/19'],
    PrefixListId: s3,
    PrefixListName: `com.amazonaws.${region}.s3`,
  });
  const own = Array.from({ length: 5 }, (_, i) => {
    const id = `pl-0${r.hex(16)}`;
    snapshot.ManagedPrefixLists.push({
      AddressFamily: 'IPv4',
      MaxEntries: 40,
      OwnerId: account,
      PrefixListArn: `arn:aws:ec2:${region}:${account}:prefix-list/${id}`,
      PrefixListId: id,
      PrefixListName: `suppliers-${i}`,
      State: 'create-complete',
      Tags: named(`suppliers-${i}`),
      Version: 1,
    });
    snapshot.entries.set(
      id,
      Array.from({ length: 20 }, () => ({ Cidr: `${r.pick([20, 40, 64])}.${r.below(256)}.${r.below(256)}.0/24` })),
    );
    return id;
  });
  return { s3, own };
}

/** The last AI group that some interface has opens TCP 8443 to a part of the partner's range. */
function addFault(snapshot: Snapshot): void {
  const used = new Set(
    snapshot.NetworkInterfaces.filter(({ InterfaceType }) => InterfaceType === 'interface').flatMap(({ Groups }) =>
      Groups!.map(({ GroupId }) => GroupId),
    ),
  );
  const group = snapshot.SecurityGroups.findLast(
    ({ GroupId, GroupName }) => used.has(GroupId) && GroupName!.includes('-ai-'),
  )!;
  group.IpPermissionsEgress!.push({
    FromPort: 8443,
    IpProtocol: 'tcp',
    IpRanges: [{ CidrIp: partner.replace('.0/24', '.64/26'), Description: 'partner' }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    ToPort: 8443,
    UserIdGroupPairs: [],
  });
}

/** The files of a snapshot: their names and what they hold, each list under AWS's own key. */
export function* filesOf(snapshot: Snapshot): Iterable<readonly [name: string, content: object]> {
  const { entries, firewalls, transitRoutes, ...listed } = snapshot;
  const calls: Readonly<Record<keyof typeof listed, string>> = {
    Vpcs: 'describe-vpcs',
    Subnets: 'describe-subnets',
    RouteTables: 'describe-route-tables',
    NetworkAcls: 'describe-network-acls',
    SecurityGroups: 'describe-security-groups',
    NetworkInterfaces: 'describe-network-interfaces',
    Reservations: 'describe-instances',
    InternetGateways: 'describe-internet-gateways',
    EgressOnlyInternetGateways: 'describe-egress-only-internet-gateways',
    NatGateways: 'describe-nat-gateways',
    Addresses: 'describe-addresses',
    VpcEndpoints: 'describe-vpc-endpoints',
    PrefixLists: 'describe-prefix-lists',
    ManagedPrefixLists: 'describe-managed-prefix-lists',
    LoadBalancers: 'describe-load-balancers',
    TransitGateways: 'describe-transit-gateways',
    TransitGatewayAttachments: 'describe-transit-gateway-attachments',
    TransitGatewayVpcAttachments: 'describe-transit-gateway-vpc-attachments',
    TransitGatewayRouteTables: 'describe-transit-gateway-route-tables',
  };
  for (const [key, list] of Object.entries(listed)) yield [`${calls[key as keyof typeof calls]}.json`, { [key]: list }];
  for (const [id, Entries] of entries) yield [`get-managed-prefix-list-entries.${id}.json`, { Entries }];
  for (const [id, Routes] of transitRoutes)
    yield [`search-transit-gateway-routes.${id}.json`, { Routes, AdditionalRoutesAvailable: false }];
  for (const firewall of firewalls) yield [`describe-firewall.${firewall.Firewall!.FirewallName!}.json`, firewall];
}

/** Writes the files into a folder of their own, indented as the AWS CLI does, and answers their size in bytes. */
export function writeNetwork(folder: string, snapshot: Snapshot): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (const [name, content] of filesOf(snapshot)) {
    const text = `${JSON.stringify(content, undefined, 4)}\n`;
    bytes += Buffer.byteLength(text);
    writeFileSync(join(folder, name), text);
  }
  return bytes;
}
