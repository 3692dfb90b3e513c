/** The gateways, firewall, endpoints and route tables of a bench VPC: egress by the firewall of the zone, both ways. */
import { endpointInterface } from './interfaces.ts';
import type { Random } from './random.ts';
import { account, named, region, type Route, type Snapshot } from './shapes.ts';
import { type BenchSubnet, type BenchVpc, cidrOf, partner, subnetOf, type Tier, type Zone, zones } from './vpc.ts';

const to = (DestinationCidrBlock: string, target: Partial<Route>): Route => ({
  DestinationCidrBlock,
  ...target,
  Origin: 'CreateRoute',
  State: 'active',
});

/** Gateways, the firewall and its endpoints, and the route tables that lead to them. */
export function addRoutes(snapshot: Snapshot, r: Random, vpc: BenchVpc): void {
  const local: Route[] = [
    {
      DestinationCidrBlock: `10.${vpc.index}.0.0/16`,
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    },
    {
      DestinationIpv6CidrBlock: snapshot.Vpcs.at(-1)!.Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!,
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    },
  ];
  const addTable = (name: string, routes: readonly Route[], subnets: readonly BenchSubnet[], main = false): string => {
    const id = `rtb-0${r.hex(16)}`;
    const association = (subnet?: BenchSubnet) => ({
      AssociationState: { State: 'associated' as const },
      Main: subnet === undefined,
      RouteTableAssociationId: `rtbassoc-0${r.hex(16)}`,
      RouteTableId: id,
      ...(subnet === undefined ? {} : { SubnetId: subnet.id }),
    });
    snapshot.RouteTables.push({
      Associations: main ? [association()] : subnets.map((subnet) => association(subnet)),
      OwnerId: account,
      PropagatingVgws: [],
      RouteTableId: id,
      Routes: [...local, ...routes],
      Tags: named(`${vpc.name}-${name}`),
      VpcId: vpc.id,
    });
    return id;
  };

  const igw = `igw-0${r.hex(16)}`;
  snapshot.InternetGateways.push({
    Attachments: [{ State: 'attached', VpcId: vpc.id }],
    InternetGatewayId: igw,
    OwnerId: account,
    Tags: named(vpc.name),
  });
  const eigw = `eigw-0${r.hex(16)}`;
  snapshot.EgressOnlyInternetGateways.push({
    Attachments: [{ State: 'attached', VpcId: vpc.id }],
    EgressOnlyInternetGatewayId: eigw,
    Tags: named(vpc.name),
  });
  const s3 = `vpce-0${r.hex(16)}`;
  const toS3: Route = { DestinationPrefixListId: vpc.s3List, GatewayId: s3, Origin: 'CreateRoute', State: 'active' };
  addTable('main', [], [], true);
  const withS3: string[] = [];

  const firewallArn = `arn:aws:network-firewall:${region}:${account}:firewall/${vpc.name}`;
  const endpoints = new Map(zones.map((zone) => [zone, `vpce-0${r.hex(16)}`]));
  for (const zone of zones) {
    const at = (tier: Tier): BenchSubnet => subnetOf(vpc, tier, zone);
    const firewallEndpoint = endpoints.get(zone)!;
    const inspect: Partial<Route> = { GatewayId: firewallEndpoint };
    const nat = addNat(snapshot, r, vpc, at('public'));
    addTable(
      `public-${zone}`,
      [to('0.0.0.0/0', { GatewayId: igw }), to(cidrOf(at('app')), inspect), to(cidrOf(at('ai')), inspect)],
      [at('public')],
    );
    addTable(`firewall-${zone}`, [to('0.0.0.0/0', { NatGatewayId: nat })], [at('firewall')]);
    const ipv6Out: Route = {
      DestinationIpv6CidrBlock: '::/0',
      EgressOnlyInternetGatewayId: eigw,
      Origin: 'CreateRoute',
      State: 'active',
    };
    withS3.push(
      addTable(`app-${zone}`, [to('0.0.0.0/0', inspect), ipv6Out, toS3], [at('app')]),
      addTable(`ai-${zone}`, [to('0.0.0.0/0', inspect), to(partner, { NatGatewayId: nat }), toS3], [at('ai')]),
      addTable(`data-${zone}`, [toS3], [at('data')]),
    );
    snapshot.VpcEndpoints.push({
      CreationTimestamp: '2025-03-01T09:00:00+00:00',
      DnsEntries: [],
      Groups: [],
      IpAddressType: 'ipv4',
      NetworkInterfaceIds: [
        endpointInterface(snapshot, r, vpc, at('firewall'), 'gateway_load_balancer_endpoint', firewallEndpoint, []),
      ],
      OwnerId: account,
      PolicyDocument: '',
      PrivateDnsEnabled: false,
      RequesterManaged: true,
      RouteTableIds: [],
      ServiceName: `com.amazonaws.vpce.${region}.vpce-svc-0${r.hex(16)}`,
      State: 'available',
      SubnetIds: [at('firewall').id],
      Tags: [
        { Key: 'Firewall', Value: firewallArn },
        { Key: 'AWSNetworkFirewallManaged', Value: 'true' },
      ],
      VpcEndpointId: firewallEndpoint,
      VpcEndpointType: 'GatewayLoadBalancer',
      VpcId: vpc.id,
    });
  }
  snapshot.VpcEndpoints.push({
    CreationTimestamp: '2025-03-01T09:00:00+00:00',
    DnsEntries: [],
    Groups: [],
    NetworkInterfaceIds: [],
    OwnerId: account,
    PolicyDocument:
      '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    RouteTableIds: withS3,
    ServiceName: `com.amazonaws.${region}.s3`,
    State: 'available',
    SubnetIds: [],
    Tags: named(`${vpc.name}-s3`),
    VpcEndpointId: s3,
    VpcEndpointType: 'Gateway',
    VpcId: vpc.id,
  });
  const attachment = (zone: Zone) => ({
    Attachment: {
      EndpointId: endpoints.get(zone)!,
      Status: 'READY' as const,
      SubnetId: subnetOf(vpc, 'firewall', zone).id,
    },
    Config: {},
  });
  snapshot.firewalls.push({
    Firewall: {
      DeleteProtection: true,
      FirewallArn: firewallArn,
      FirewallId: `${r.hex(8)}-${r.hex(4)}-4${r.hex(3)}-8${r.hex(3)}-${r.hex(12)}`,
      FirewallName: vpc.name,
      FirewallPolicyArn: `arn:aws:network-firewall:${region}:${account}:firewall-policy/${vpc.name}`,
      FirewallPolicyChangeProtection: false,
      SubnetChangeProtection: true,
      SubnetMappings: zones.map((zone) => ({ SubnetId: subnetOf(vpc, 'firewall', zone).id })),
      Tags: [],
      VpcId: vpc.id,
    },
    FirewallStatus: {
      ConfigurationSyncStateSummary: 'IN_SYNC',
      Status: 'READY',
      SyncStates: Object.fromEntries(zones.map((zone) => [`${region}${zone}`, attachment(zone)])),
    },
    UpdateToken: `${r.hex(8)}-${r.hex(4)}-4${r.hex(3)}-8${r.hex(3)}-${r.hex(12)}`,
  });
}

function addNat(snapshot: Snapshot, r: Random, vpc: BenchVpc, subnet: BenchSubnet): string {
  const id = `nat-0${r.hex(16)}`;
  const allocation = `eipalloc-0${r.hex(16)}`;
  const association = `eipassoc-0${r.hex(16)}`;
  const publicIp = `18.${200 + zones.indexOf(subnet.zone)}.${vpc.index}.10`;
  const eni = endpointInterface(snapshot, r, vpc, subnet, 'nat_gateway', id, [], publicIp);
  const privateIp = snapshot.NetworkInterfaces.at(-1)!.PrivateIpAddress!;
  snapshot.NatGateways.push({
    AvailabilityMode: 'zonal',
    ConnectivityType: 'public',
    CreateTime: '2025-03-01T09:00:00+00:00',
    NatGatewayAddresses: [
      {
        AllocationId: allocation,
        AssociationId: association,
        IsPrimary: true,
        NetworkInterfaceId: eni,
        PrivateIp: privateIp,
        PublicIp: publicIp,
        Status: 'succeeded',
      },
    ],
    NatGatewayId: id,
    State: 'available',
    SubnetId: subnet.id,
    Tags: named(`${vpc.name}-${subnet.zone}`),
    VpcId: vpc.id,
  });
  snapshot.Addresses.push({
    AllocationId: allocation,
    AssociationId: association,
    Domain: 'vpc',
    NetworkBorderGroup: region,
    NetworkInterfaceId: eni,
    NetworkInterfaceOwnerId: account,
    PrivateIpAddress: privateIp,
    PublicIp: publicIp,
    PublicIpv4Pool: 'amazon',
  });
  return id;
}
