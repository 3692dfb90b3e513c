/** The smallest network that reaches the internet, in the shape of `aws ec2 describe-*`, and ways to change it. */
import { networkFromDocuments, type SourceDocument } from '../../src/sources/index.ts';
import type { Problem } from '../../src/base/problem.ts';
import type { Network } from '../../src/network/network.ts';

export type Lists = Readonly<Record<string, readonly object[] | object>>;

const account = { OwnerId: '111122223333' };

const everything = (egress: boolean, action: string, number: number) => ({
  CidrBlock: '0.0.0.0/0',
  Egress: egress,
  Protocol: '-1',
  RuleAction: action,
  RuleNumber: number,
});

export const tiny = {
  Vpcs: [
    {
      ...account,
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/16',
      CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
      IsDefault: false,
      Tags: [{ Key: 'Name', Value: 'main' }],
    },
  ],
  Subnets: [
    {
      ...account,
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'eu-west-1a',
      AvailabilityZoneId: 'euw1-az1',
      MapPublicIpOnLaunch: true,
    },
  ],
  NetworkInterfaces: [
    {
      ...account,
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      AvailabilityZone: 'eu-west-1a',
      Attachment: { InstanceId: 'i-1', InstanceOwnerId: '111122223333', Status: 'attached' },
      Description: '',
      Groups: [{ GroupId: 'sg-1', GroupName: 'web' }],
      InterfaceType: 'interface',
      PrivateIpAddress: '10.0.1.10',
      PrivateIpAddresses: [
        { Primary: true, PrivateIpAddress: '10.0.1.10', Association: { PublicIp: '198.51.100.10' } },
      ],
      RequesterManaged: false,
      SourceDestCheck: true,
      Status: 'in-use',
    },
  ],
  Reservations: [
    {
      ...account,
      ReservationId: 'r-1',
      Instances: [{ InstanceId: 'i-1', State: { Name: 'running' }, NetworkInterfaces: [] }],
    },
  ],
  SecurityGroups: [
    {
      ...account,
      GroupId: 'sg-1',
      GroupName: 'web',
      VpcId: 'vpc-1',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    },
  ],
  NetworkAcls: [
    {
      ...account,
      NetworkAclId: 'acl-1',
      VpcId: 'vpc-1',
      IsDefault: true,
      Associations: [{ SubnetId: 'subnet-1', NetworkAclId: 'acl-1' }],
      Entries: [
        everything(true, 'allow', 100),
        everything(true, 'deny', 32767),
        everything(false, 'allow', 100),
        everything(false, 'deny', 32767),
      ],
    },
  ],
  RouteTables: [
    {
      ...account,
      RouteTableId: 'rtb-1',
      VpcId: 'vpc-1',
      Associations: [{ Main: true, RouteTableId: 'rtb-1' }],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', Origin: 'CreateRoute', State: 'active' },
      ],
    },
  ],
  InternetGateways: [{ ...account, InternetGatewayId: 'igw-1', Attachments: [{ State: 'available', VpcId: 'vpc-1' }] }],
};

/** One file for each list. */
export const documents = (lists: Lists): readonly SourceDocument[] =>
  Object.entries(lists).map(([key, value]) => ({ file: `${key}.json`, json: { [key]: value } }));

/** The lists without some of them. */
export const without = (lists: Lists, ...keys: readonly string[]): Lists =>
  Object.fromEntries(Object.entries(lists).filter(([key]) => !keys.includes(key)));

/** A list with its elements changed, or with more elements. */
export const changed = (list: keyof typeof tiny, change: object): Lists => ({
  ...tiny,
  [list]: tiny[list].map((element, index) => (index === 0 ? { ...element, ...change } : element)),
});

export const added = (list: keyof typeof tiny, ...more: readonly object[]): Lists => ({
  ...tiny,
  [list]: [...tiny[list], ...more],
});

export function network(from: readonly SourceDocument[]): Network {
  const result = networkFromDocuments(from);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 2));
  return result.value;
}

export function problems(from: readonly SourceDocument[]): readonly Problem[] {
  const result = networkFromDocuments(from);
  return result.ok ? [] : result.problems;
}
