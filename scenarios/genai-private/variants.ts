/** The GenAI VPC with one thing gone wrong, as it goes wrong in real networks. */
import { addSubnet, associate, entry, launch, publish, removeRoute, setRoute } from '../change.ts';
import { named, type Snapshot, type Variant } from '../variant.ts';

const igw = 'igw-09e0a100000000001';
const nat = { a: 'nat-09a7000000000000a', b: 'nat-09a7000000000000b' };
const s3 = 'pl-63a5400a';

const group = (network: Snapshot, name: string) => network.SecurityGroups.find((each) => each.GroupName === name)!;

export const variants: readonly Variant[] = [
  {
    name: 'forgotten-ipv6-route',
    fault: 'The table of zone a got ::/0 to the internet gateway; the firewall is only on 0.0.0.0/0.',
    edit: (network) =>
      setRoute(network, 'private-a', {
        DestinationIpv6CidrBlock: '::/0',
        GatewayId: igw,
      }),
  },
  {
    name: 'route-skips-firewall',
    fault: 'In zone b the default route leads straight to the NAT gateway.',
    edit: (network) =>
      setRoute(network, 'private-b', {
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: nat.b,
      }),
  },
  {
    name: 'nacl-blocks-replies',
    fault: 'The model network ACL takes replies from inside the VPC only; those of S3 come from public addresses.',
    edit: (network) => (entry(network, 'model', 'inbound', 120).CidrBlock = '10.20.0.0/16'),
  },
  {
    name: 'endpoint-group-too-narrow',
    fault: 'The security group of the Bedrock endpoint admits the application subnet of zone a and not that of zone b.',
    edit: (network) =>
      (group(network, 'genai-bedrock-endpoint').IpPermissions![0]!.IpRanges![0]!.CidrIp = '10.20.10.0/24'),
  },
  {
    name: 'public-model-host',
    fault: 'To debug a model, its host got an Elastic IP address and its subnet the public route table.',
    edit(network) {
      associate(network, 'model-a', undefined);
      const nic = named(network.NetworkInterfaces, 'model-1');
      publish(network, nic, '111122223333', '203.0.113.77');
      network.Addresses.push({
        AllocationId: 'eipalloc-030de1000000000a1',
        AssociationId: 'eipassoc-030de1000000000a1',
        PublicIp: '203.0.113.77',
        Domain: 'vpc',
        InstanceId: nic.Attachment!.InstanceId,
        NetworkInterfaceId: nic.NetworkInterfaceId,
        NetworkInterfaceOwnerId: '111122223333',
        PrivateIpAddress: nic.PrivateIpAddress,
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: 'us-east-1',
      });
    },
  },
  {
    name: 'secondary-cidr',
    fault: 'The VPC grew by 10.21.0.0/16 for more models; network ACLs and return routes still speak of 10.20.0.0/16.',
    edit(network) {
      const cidr = '10.21.0.0/16';
      network.Vpcs[0]!.CidrBlockAssociationSet!.push({
        AssociationId: 'vpc-cidr-assoc-05e0a100000000002',
        CidrBlock: cidr,
        CidrBlockState: { State: 'associated' },
      });
      for (const table of network.RouteTables)
        table.Routes!.splice(1, 0, {
          DestinationCidrBlock: cidr,
          GatewayId: 'local',
          Origin: 'CreateRouteTable',
          State: 'active',
        });
      const subnet = addSubnet(network, 'model-a', 'model', {
        name: 'model-burst-a',
        SubnetId: 'subnet-030de100000000b0a',
        CidrBlock: '10.21.0.0/24',
      });
      associate(network, 'model-burst-a', 'private-a');
      launch(network, 'model-2', subnet, 'model-burst-1', '30de100000000b01', '10.21.0.21');
    },
  },
  {
    name: 'subnet-on-main-table',
    fault: 'A new model subnet was never associated with a route table, and the main table is the public one.',
    edit(network) {
      addSubnet(network, 'model-a', 'default', {
        name: 'model-c',
        SubnetId: 'subnet-030de10000000000c',
        CidrBlock: '10.20.22.0/24',
        MapPublicIpOnLaunch: true,
        AvailableIpAddressCount: 251,
      });
    },
  },
  {
    name: 'reply-skips-firewall',
    fault: "The NAT gateway's table of zone a lost its route back to the model subnet through the firewall.",
    edit: (network) => removeRoute(network, 'nat-a', '10.20.20.0/24'),
  },
  {
    name: 'model-group-open',
    fault: 'The security group of the models was opened to 0.0.0.0/0 on all ports.',
    edit: (network) =>
      group(network, 'genai-model').IpPermissions!.push({
        IpProtocol: '-1',
        UserIdGroupPairs: [],
        IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'temporary' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
      }),
  },
  {
    name: 'transit-gateway-route',
    fault: 'The VPC was attached to a transit gateway, and the table of zone a sends 10.0.0.0/8 there.',
    edit(network) {
      const id = 'tgw-00c0a100000000001';
      const subnets = ['endpoints-a', 'endpoints-b'].map((name) => named(network.Subnets, name));
      network.TransitGateways = [{ TransitGatewayId: id, OwnerId: '444455556666', State: 'available' }];
      network.TransitGatewayVpcAttachments = [
        {
          TransitGatewayAttachmentId: 'tgw-attach-09e0a100000000001',
          TransitGatewayId: id,
          VpcId: network.Vpcs[0]!.VpcId,
          VpcOwnerId: '111122223333',
          State: 'available',
          SubnetIds: subnets.map((subnet) => subnet.SubnetId!),
        },
      ];
      for (const [i, subnet] of subnets.entries())
        network.NetworkInterfaces.push({
          AvailabilityZone: subnet.AvailabilityZone,
          Description: 'Network Interface for Transit Gateway Attachment tgw-attach-09e0a100000000001',
          Groups: [],
          InterfaceType: 'transit_gateway',
          NetworkInterfaceId: `eni-00c0a1000000000a${i}`,
          OwnerId: '111122223333',
          PrivateIpAddress: `10.20.4${i}.200`,
          PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: `10.20.4${i}.200` }],
          RequesterManaged: true,
          SourceDestCheck: true,
          Status: 'in-use',
          SubnetId: subnet.SubnetId,
          VpcId: subnet.VpcId,
        });
      setRoute(network, 'private-a', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: id });
    },
  },
  {
    name: 's3-endpoint-not-everywhere',
    fault: 'The S3 gateway endpoint is associated with the table of zone a only.',
    edit(network) {
      const endpoint = network.VpcEndpoints.find((each) => each.VpcEndpointType === 'Gateway')!;
      endpoint.RouteTableIds = [named(network.RouteTables, 'private-a').RouteTableId!];
      removeRoute(network, 'private-b', s3);
    },
  },
  {
    name: 'resolver-off',
    fault: 'DNS support was switched off for the VPC; the endpoints are there, and nothing finds their names.',
    edit: (network) => (network.EnableDnsSupport.Value = false),
  },
  {
    name: 'nat64-route',
    fault: 'The table of zone a sends 64:ff9b::/96 to the NAT gateway, so that IPv6 reaches IPv4 hosts.',
    edit: (network) =>
      setRoute(network, 'private-a', {
        DestinationIpv6CidrBlock: '64:ff9b::/96',
        NatGatewayId: nat.a,
      }),
  },
  {
    name: 'source-check-off',
    fault: 'A model host had its source/destination check disabled, and so may send with any source address.',
    edit(network) {
      named(network.NetworkInterfaces, 'model-1').SourceDestCheck = false;
      const instance = network.Reservations.flatMap((each) => each.Instances!).find((each) =>
        each.Tags!.some((tag) => tag.Value === 'model-1'),
      )!;
      instance.SourceDestCheck = false;
      instance.NetworkInterfaces![0]!.SourceDestCheck = false;
    },
  },
  {
    name: 'block-public-access',
    fault: 'VPC Block Public Access was turned on for the account, in both directions.',
    edit(network) {
      network.VpcBlockPublicAccessOptions.InternetGatewayBlockMode = 'block-bidirectional';
      for (const each of [...network.Vpcs, ...network.Subnets])
        each.BlockPublicAccessStates = {
          InternetGatewayBlockMode: 'block-bidirectional',
        };
    },
  },
];
