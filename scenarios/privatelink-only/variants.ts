/** A VPC without internet, with one thing gone wrong. */
import { setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'endpoint-in-default-group',
    fault:
      'The Bedrock endpoint was created without a security group and got the default one, which admits itself alone.',
    edit(network) {
      const groups = [{ GroupId: 'sg-0def0000000000001', GroupName: 'default' }];
      const endpoint = named(network.VpcEndpoints, 'bedrock-runtime');
      endpoint.Groups = groups;
      network.NetworkInterfaces.find((nic) => nic.NetworkInterfaceId === endpoint.NetworkInterfaceIds![0])!.Groups =
        groups;
    },
  },
  {
    name: 'group-forgets-s3',
    fault:
      'The outbound rule lost the prefix list of S3: the gateway endpoint is routed and the group stops everything.',
    edit: (network) => (named(network.SecurityGroups, 'notebook').IpPermissionsEgress![0]!.PrefixListIds = []),
  },
  {
    name: 'regional-nat-gateway',
    fault: 'A regional NAT gateway was added: it needs no public subnet, so that none gives it away.',
    edit(network) {
      const VpcId = network.Vpcs[0]!.VpcId;
      const igw = 'igw-09100000000000001';
      const nat = 'nat-09100000000000001';
      network.InternetGateways = [
        { Attachments: [{ State: 'available' as 'attached', VpcId }], InternetGatewayId: igw, OwnerId: '111122223333' },
      ];
      network.RouteTables.push({
        Associations: [],
        PropagatingVgws: [],
        RouteTableId: 'rtb-09a70000000000001',
        Routes: [
          { DestinationCidrBlock: '10.70.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: igw, Origin: 'CreateRoute', State: 'active' },
        ],
        Tags: [],
        VpcId,
        OwnerId: '111122223333',
      });
      network.NatGateways = [
        {
          NatGatewayAddresses: [
            {
              AllocationId: 'eipalloc-09100000000000001',
              PublicIp: '198.51.100.70',
              AvailabilityZone: 'us-east-1a',
              AvailabilityZoneId: 'use1-az4',
              Status: 'succeeded',
            },
          ],
          NatGatewayId: nat,
          State: 'available',
          VpcId,
          ConnectivityType: 'public',
          AvailabilityMode: 'regional',
          AutoScalingIps: 'enabled',
          AutoProvisionZones: 'enabled',
          RouteTableId: 'rtb-09a70000000000001',
        },
      ];
      setRoute(network, 'notebooks', { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat });
    },
  },
];
