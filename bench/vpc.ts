/**
 * One VPC of a bench network: five tiers of subnets in three zones, inspected egress (AI and application subnets to a
 * firewall endpoint, on to a NAT gateway, on to the internet gateway, and back the same way), gateway and interface
 * endpoints, and a route from the AI subnets to a partner's range that goes round the firewall: only groups and ACLs
 * keep packets off it, rule by rule, so that a proof has something to prove.
 */
import { addRoutes } from './routing.ts';
import type { Random } from './random.ts';
import { account, type NetworkAclEntry, named, region, type Snapshot } from './shapes.ts';

export const zones = ['a', 'b', 'c'] as const;
export type Zone = (typeof zones)[number];

/** Each tier's subnets: their first block's place in the VPC's /16, in units of /20, and their length. */
const tiers = {
  app: { at: 0, length: 20 },
  ai: { at: 3, length: 20 },
  data: { at: 6, length: 20 },
  public: { at: 9, length: 22 },
  firewall: { at: 12, length: 28 },
} as const;
export type Tier = keyof typeof tiers;

/** The partner's range: routed past the firewall, and opened by no group and no ACL. */
export const partner = '203.0.113.0/24';

export interface BenchSubnet {
  readonly id: string;
  readonly zone: Zone;
  readonly tier: Tier;
  /** The first two octets, the third at which the subnet starts, and how many addresses are given out so far. */
  readonly prefix: string;
  readonly third: number;
  readonly ipv6?: string;
  used: number;
}

export interface BenchVpc {
  readonly id: string;
  readonly name: string;
  readonly index: number;
  readonly subnets: readonly BenchSubnet[];
  readonly s3List: string;
}

export const subnetOf = (vpc: BenchVpc, tier: Tier, zone: Zone): BenchSubnet =>
  vpc.subnets.find((subnet) => subnet.tier === tier && subnet.zone === zone)!;

/** The next free address of the subnet; AWS keeps the first four. */
export function nextAddress(subnet: BenchSubnet): { ipv4: string; ipv6?: string } {
  const host = 4 + subnet.used++;
  return {
    ipv4: `${subnet.prefix}.${subnet.third + (host >> 8)}.${host & 255}`,
    ...(subnet.ipv6 === undefined ? {} : { ipv6: `${subnet.ipv6}:${host.toString(16)}` }),
  };
}

/** Adds the VPC with everything but its hosts and their groups; `index` is 0 to 199. */
export function addVpc(snapshot: Snapshot, r: Random, index: number, s3List: string): BenchVpc {
  const id = `vpc-0${r.hex(16)}`;
  const name = `bench-${index}`;
  const prefix = `10.${index}`;
  const six = `2600:1f18:${(0x4000 + index).toString(16)}:10`;
  snapshot.Vpcs.push({
    CidrBlock: `${prefix}.0.0/16`,
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-0${r.hex(16)}`,
        CidrBlock: `${prefix}.0.0/16`,
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId: `dopt-0${r.hex(16)}`,
    InstanceTenancy: 'default',
    Ipv6CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-0${r.hex(16)}`,
        Ipv6CidrBlock: `${six}00::/56`,
        Ipv6CidrBlockState: { State: 'associated' },
        Ipv6Pool: 'Amazon',
        NetworkBorderGroup: region,
      },
    ],
    IsDefault: false,
    OwnerId: account,
    State: 'available',
    Tags: named(name),
    VpcId: id,
  });
  const subnets = (Object.keys(tiers) as Tier[]).flatMap((tier) =>
    zones.map((zone, z): BenchSubnet => {
      const withIpv6 = tier === 'app' || tier === 'public';
      return {
        id: `subnet-0${r.hex(16)}`,
        zone,
        tier,
        prefix,
        third: 16 * (tiers[tier].at + z),
        ...(withIpv6 ? { ipv6: `${six}0${(tiers[tier].at + z).toString(16)}:` } : {}),
        used: 0,
      };
    }),
  );
  const vpc: BenchVpc = { id, name, index, subnets, s3List };
  for (const subnet of subnets)
    snapshot.Subnets.push({
      AssignIpv6AddressOnCreation: subnet.ipv6 !== undefined,
      AvailabilityZone: `${region}${subnet.zone}`,
      AvailabilityZoneId: `use1-az${zones.indexOf(subnet.zone) + 1}`,
      AvailableIpAddressCount: 4000,
      CidrBlock: cidrOf(subnet),
      DefaultForAz: false,
      EnableDns64: false,
      Ipv6CidrBlockAssociationSet:
        subnet.ipv6 === undefined
          ? []
          : [
              {
                AssociationId: `subnet-cidr-assoc-0${r.hex(16)}`,
                Ipv6CidrBlock: `${subnet.ipv6}:/64`,
                Ipv6CidrBlockState: { State: 'associated' },
              },
            ],
      Ipv6Native: false,
      MapPublicIpOnLaunch: false,
      OwnerId: account,
      State: 'available',
      SubnetArn: `arn:aws:ec2:${region}:${account}:subnet/${subnet.id}`,
      SubnetId: subnet.id,
      Tags: named(`${name}-${subnet.tier}-${subnet.zone}`, { tier: subnet.tier }),
      VpcId: id,
    });
  addAcls(snapshot, r, vpc);
  addRoutes(snapshot, r, vpc);
  return vpc;
}

export const cidrOf = (subnet: BenchSubnet): string =>
  `${subnet.prefix}.${subnet.third}.0/${tiers[subnet.tier].length}`;

function addAcls(snapshot: Snapshot, r: Random, vpc: BenchVpc): void {
  const allowAll = (Egress: boolean): NetworkAclEntry[] => [
    { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 },
    { Egress, Ipv6CidrBlock: '::/0', Protocol: '-1', RuleAction: 'allow', RuleNumber: 101 },
    { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
    { Egress, Ipv6CidrBlock: '::/0', Protocol: '-1', RuleAction: 'deny', RuleNumber: 32768 },
  ];
  const noHttpsToPartner: NetworkAclEntry = {
    CidrBlock: partner,
    Egress: true,
    PortRange: { From: 443, To: 443 },
    Protocol: '6',
    RuleAction: 'deny',
    RuleNumber: 90,
  };
  const add = (isDefault: boolean, entries: NetworkAclEntry[], subnets: readonly BenchSubnet[]): void => {
    const id = `acl-0${r.hex(16)}`;
    snapshot.NetworkAcls.push({
      Associations: subnets.map((subnet) => ({
        NetworkAclAssociationId: `aclassoc-0${r.hex(16)}`,
        NetworkAclId: id,
        SubnetId: subnet.id,
      })),
      Entries: entries,
      IsDefault: isDefault,
      NetworkAclId: id,
      OwnerId: account,
      Tags: named(`${vpc.name}-${isDefault ? 'default' : 'ai'}`),
      VpcId: vpc.id,
    });
  };
  const ai = vpc.subnets.filter(({ tier }) => tier === 'ai');
  add(
    true,
    [...allowAll(true), ...allowAll(false)],
    vpc.subnets.filter(({ tier }) => tier !== 'ai'),
  );
  add(false, [noHttpsToPartner, ...allowAll(true), ...allowAll(false)], ai);
}
