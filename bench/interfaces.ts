/** The interfaces of a bench network: hosts in services that share groups, functions, databases, and AWS's own. */
import type { BenchGroup } from './groups.ts';
import type { Random } from './random.ts';
import { account, type NetworkInterface, named, region, type Snapshot } from './shapes.ts';
import { type BenchSubnet, type BenchVpc, nextAddress, subnetOf, type Tier, zones } from './vpc.ts';

const mac = (r: Random): string => `0e:${[0, 0, 0, 0, 0].map(() => r.hex(2)).join(':')}`;

/** The attachment of an interface that a service of AWS drives. */
const managed = (r: Random, InstanceOwnerId: string) => ({
  AttachmentId: `${InstanceOwnerId === 'amazon-aws' ? 'ela' : 'eni'}-attach-0${r.hex(16)}`,
  DeleteOnTermination: false,
  DeviceIndex: 1,
  InstanceOwnerId,
  Status: 'attached' as const,
});

/** What every interface has, whoever owns it. */
function plainInterface(
  r: Random,
  vpc: BenchVpc,
  subnet: BenchSubnet,
  groups: readonly BenchGroup[],
  publicIp?: string,
): NetworkInterface {
  const { ipv4, ipv6 } = nextAddress(subnet);
  const name = `ip-${ipv4.replaceAll('.', '-')}.ec2.internal`;
  const association =
    publicIp === undefined ? {} : { Association: { IpOwnerId: account, PublicIp: publicIp, PublicDnsName: '' } };
  return {
    ...association,
    AvailabilityZone: `${region}${subnet.zone}`,
    AvailabilityZoneId: `use1-az${zones.indexOf(subnet.zone) + 1}`,
    Description: '',
    Groups: groups.map(({ id, name: GroupName }) => ({ GroupId: id, GroupName })),
    InterfaceType: 'interface',
    Ipv6Addresses: ipv6 === undefined ? [] : [{ Ipv6Address: ipv6, IsPrimaryIpv6: false }],
    MacAddress: mac(r),
    NetworkInterfaceId: `eni-0${r.hex(16)}`,
    OwnerId: account,
    PrivateDnsName: name,
    PrivateIpAddress: ipv4,
    PrivateIpAddresses: [{ ...association, Primary: true, PrivateDnsName: name, PrivateIpAddress: ipv4 }],
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: subnet.id,
    TagSet: [],
    VpcId: vpc.id,
  };
}

/** Adds an interface that AWS owns for a gateway or an endpoint, and answers its id. */
export function endpointInterface(
  snapshot: Snapshot,
  r: Random,
  vpc: BenchVpc,
  subnet: BenchSubnet,
  InterfaceType: 'nat_gateway' | 'vpc_endpoint' | 'gateway_load_balancer_endpoint',
  owner: string,
  groups: readonly BenchGroup[],
  publicIp?: string,
): string {
  const what = InterfaceType === 'nat_gateway' ? 'Interface for NAT Gateway' : 'VPC Endpoint Interface';
  const plain = plainInterface(r, vpc, subnet, groups, publicIp);
  snapshot.NetworkInterfaces.push({
    ...plain,
    Attachment: managed(r, 'amazon-aws'),
    Description: `${what} ${owner}`,
    InterfaceType,
    Ipv6Addresses: [],
    RequesterId: account,
    RequesterManaged: true,
    SourceDestCheck: InterfaceType === 'vpc_endpoint',
  });
  return plain.NetworkInterfaceId!;
}

/** A load balancer's nodes in the public subnets, one a zone. */
export function addBalancer(snapshot: Snapshot, r: Random, vpc: BenchVpc, groups: readonly BenchGroup[]): void {
  const suffix = r.hex(16);
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${vpc.name}/${suffix}`;
  for (const zone of zones)
    snapshot.NetworkInterfaces.push({
      ...plainInterface(
        r,
        vpc,
        subnetOf(vpc, 'public', zone),
        groups,
        `18.${210 + zones.indexOf(zone)}.${vpc.index}.20`,
      ),
      Attachment: managed(r, 'amazon-elb'),
      Description: `ELB app/${vpc.name}/${suffix}`,
      Ipv6Addresses: [],
      RequesterId: 'amazon-elb',
      RequesterManaged: true,
    });
  snapshot.LoadBalancers.push({
    AvailabilityZones: zones.map((zone) => ({
      LoadBalancerAddresses: [],
      SubnetId: subnetOf(vpc, 'public', zone).id,
      ZoneName: `${region}${zone}`,
    })),
    CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
    CreatedTime: '2025-03-01T09:00:00+00:00',
    DNSName: `${vpc.name}-${suffix.slice(0, 9)}.${region}.elb.amazonaws.com`,
    IpAddressType: 'ipv4',
    LoadBalancerArn: arn,
    LoadBalancerName: vpc.name,
    Scheme: 'internet-facing',
    SecurityGroups: groups.map(({ id }) => id),
    State: { Code: 'active' },
    Type: 'application',
    VpcId: vpc.id,
  });
}

/** Interface endpoints of a service, one interface a zone, in the AI subnets. */
export function addInterfaceEndpoint(
  snapshot: Snapshot,
  r: Random,
  vpc: BenchVpc,
  service: string,
  groups: readonly BenchGroup[],
): void {
  const id = `vpce-0${r.hex(16)}`;
  snapshot.VpcEndpoints.push({
    CreationTimestamp: '2025-03-01T09:00:00+00:00',
    DnsEntries: [{ DnsName: `${id}.${service}.${region}.vpce.amazonaws.com`, HostedZoneId: 'Z7HUB22UULQXV' }],
    Groups: groups.map(({ id: GroupId, name: GroupName }) => ({ GroupId, GroupName })),
    IpAddressType: 'ipv4',
    NetworkInterfaceIds: zones.map((zone) =>
      endpointInterface(snapshot, r, vpc, subnetOf(vpc, 'ai', zone), 'vpc_endpoint', id, groups),
    ),
    OwnerId: account,
    PolicyDocument: '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}',
    PrivateDnsEnabled: true,
    RequesterManaged: false,
    RouteTableIds: [],
    ServiceName: `com.amazonaws.${region}.${service}`,
    State: 'available',
    SubnetIds: zones.map((zone) => subnetOf(vpc, 'ai', zone).id),
    Tags: named(`${vpc.name}-${service}`),
    VpcEndpointId: id,
    VpcEndpointType: 'Interface',
    VpcId: vpc.id,
  });
}

/** How a service's members are owned; databases in the data tier, functions and instances elsewhere. */
type Owner = 'instance' | 'function' | 'database';

/** Adds `count` hosts of one service: one tier, one set of groups, spread over the zones. */
export function addService(
  snapshot: Snapshot,
  r: Random,
  vpc: BenchVpc,
  service: { name: string; tier: Tier; owner: Owner; groups: readonly BenchGroup[]; count: number },
): void {
  for (let i = 0; i < service.count; i++) {
    const plain = plainInterface(r, vpc, subnetOf(vpc, service.tier, zones[i % 3]!), service.groups);
    const name = `${service.name}-${i}`;
    if (service.owner === 'instance') addInstance(snapshot, r, plain, name);
    else if (service.owner === 'function')
      snapshot.NetworkInterfaces.push({
        ...plain,
        Attachment: managed(r, 'amazon-aws'),
        Description: `AWS Lambda VPC ENI-${name}-${r.hex(8)}`,
        InterfaceType: 'lambda',
        RequesterId: `${account}:awslambda_${r.below(1000)}`,
        RequesterManaged: true,
      });
    else
      snapshot.NetworkInterfaces.push({
        ...plain,
        Attachment: managed(r, 'amazon-rds'),
        Description: 'RDSNetworkInterface',
        RequesterId: 'amazon-rds',
        RequesterManaged: true,
      });
  }
}

function addInstance(snapshot: Snapshot, r: Random, plain: NetworkInterface, name: string): void {
  const id = `i-0${r.hex(16)}`;
  const attachment = {
    AttachTime: '2025-04-02T10:00:00+00:00',
    AttachmentId: `eni-attach-0${r.hex(16)}`,
    DeleteOnTermination: true,
    DeviceIndex: 0,
    NetworkCardIndex: 0,
    Status: 'attached' as const,
  };
  snapshot.NetworkInterfaces.push({
    ...plain,
    Attachment: { ...attachment, InstanceId: id, InstanceOwnerId: account },
  });
  snapshot.Reservations.push({
    Groups: [],
    Instances: [
      {
        AmiLaunchIndex: 0,
        Architecture: 'x86_64',
        BlockDeviceMappings: [],
        ClientToken: `fleet-${r.hex(8)}`,
        EbsOptimized: true,
        EnaSupport: true,
        Hypervisor: 'xen',
        ImageId: 'ami-0abcdef1234567890',
        InstanceId: id,
        InstanceType: 'm6i.large',
        LaunchTime: '2025-04-02T10:00:00+00:00',
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', State: 'applied' },
        Monitoring: { State: 'disabled' },
        NetworkInterfaces: [
          {
            Attachment: attachment,
            Description: '',
            Groups: plain.Groups!,
            InterfaceType: 'interface',
            Ipv6Addresses: plain.Ipv6Addresses!,
            MacAddress: plain.MacAddress!,
            NetworkInterfaceId: plain.NetworkInterfaceId!,
            OwnerId: account,
            PrivateDnsName: plain.PrivateDnsName!,
            PrivateIpAddress: plain.PrivateIpAddress!,
            PrivateIpAddresses: [
              { Primary: true, PrivateDnsName: plain.PrivateDnsName!, PrivateIpAddress: plain.PrivateIpAddress! },
            ],
            SourceDestCheck: true,
            Status: 'in-use',
            SubnetId: plain.SubnetId!,
            VpcId: plain.VpcId!,
          },
        ],
        Placement: { AvailabilityZone: plain.AvailabilityZone!, GroupName: '', Tenancy: 'default' },
        PrivateDnsName: plain.PrivateDnsName!,
        PrivateIpAddress: plain.PrivateIpAddress!,
        ProductCodes: [],
        PublicDnsName: '',
        RootDeviceName: '/dev/xvda',
        RootDeviceType: 'ebs',
        SecurityGroups: plain.Groups!,
        SourceDestCheck: true,
        State: { Code: 16, Name: 'running' },
        StateTransitionReason: '',
        SubnetId: plain.SubnetId!,
        Tags: named(name),
        VirtualizationType: 'hvm',
        VpcId: plain.VpcId!,
      },
    ],
    OwnerId: account,
    ReservationId: `r-0${r.hex(16)}`,
  });
}
