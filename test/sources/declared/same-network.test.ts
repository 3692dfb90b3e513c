/** One network as AWS would answer and as a plan would declare it: the same answers to the same questions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type AskRequest, type Network } from '../../../src/index.ts';
import { formatSnapshot, networkFromDocuments } from '../../../src/sources/index.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
const route = (to: object) => ({ DestinationCidrBlock: '0.0.0.0/0', Origin: 'CreateRoute', State: 'active', ...to });
const none = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
const all = { ...none, IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const interfaceOf = (id: string, subnet: string, address: string, groups: readonly string[], more: object) => ({
  NetworkInterfaceId: id,
  VpcId: 'vpc-1',
  SubnetId: subnet,
  Status: 'in-use',
  Groups: groups.map((GroupId) => ({ GroupId })),
  PrivateIpAddresses: [{ PrivateIpAddress: address, Primary: true, ...more }],
  Description: '',
  ...('Description' in more ? more : {}),
});
const hostOf = (instance: string, ...rest: [string, string, readonly string[], object]) => ({
  ...interfaceOf(`${instance}/eth0`, ...rest),
  Attachment: { InstanceId: instance, DeviceIndex: 0, Status: 'attached' },
});
const entries = (allowed: readonly object[]) =>
  allowed.map((one, index) => ({ RuleNumber: 100 + index, RuleAction: 'allow', ...one }));

const answers = {
  Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }],
  Subnets: ['public', 'app', 'db'].map((name, index) => ({
    SubnetId: `subnet-${name}`,
    VpcId: 'vpc-1',
    CidrBlock: `10.0.${index + 1}.0/24`,
    AvailabilityZone: 'eu-west-1a',
    MapPublicIpOnLaunch: name === 'public',
  })),
  RouteTables: [
    { RouteTableId: 'rtb-main', VpcId: 'vpc-1', Associations: [{ Main: true }], Routes: [local] },
    {
      RouteTableId: 'rtb-public',
      VpcId: 'vpc-1',
      Associations: [{ SubnetId: 'subnet-public' }],
      Routes: [local, route({ GatewayId: 'igw-1' })],
    },
    {
      RouteTableId: 'rtb-app',
      VpcId: 'vpc-1',
      Associations: [{ SubnetId: 'subnet-app' }],
      Routes: [local, route({ NatGatewayId: 'nat-1' })],
    },
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'available' }] }],
  EgressOnlyInternetGateways: [],
  NatGateways: [
    {
      NatGatewayId: 'nat-1',
      VpcId: 'vpc-1',
      SubnetId: 'subnet-public',
      State: 'available',
      NatGatewayAddresses: [
        { PrivateIp: '10.0.1.9', PublicIp: '54.1.2.9', NetworkInterfaceId: 'eni-nat', IsPrimary: true },
      ],
    },
  ],
  NetworkAcls: [
    {
      NetworkAclId: 'acl-main',
      VpcId: 'vpc-1',
      IsDefault: true,
      Associations: [{ SubnetId: 'subnet-public' }, { SubnetId: 'subnet-app' }],
      Entries: [false, true].map((Egress) => ({
        RuleNumber: 100,
        Egress,
        Protocol: '-1',
        RuleAction: 'allow',
        CidrBlock: '0.0.0.0/0',
      })),
    },
    {
      NetworkAclId: 'acl-db',
      VpcId: 'vpc-1',
      IsDefault: false,
      Associations: [{ SubnetId: 'subnet-db' }],
      Entries: entries([
        { Egress: false, Protocol: '6', CidrBlock: '10.0.2.0/24', PortRange: { From: 5432, To: 5432 } },
        { Egress: true, Protocol: '6', CidrBlock: '10.0.2.0/24', PortRange: { From: 1024, To: 65535 } },
      ]),
    },
  ],
  SecurityGroups: [
    {
      GroupId: 'sg-web',
      GroupName: 'web',
      VpcId: 'vpc-1',
      IpPermissions: [{ ...none, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      IpPermissionsEgress: [all],
    },
    {
      GroupId: 'sg-app',
      GroupName: 'app',
      VpcId: 'vpc-1',
      IpPermissions: [
        { ...none, IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: 'sg-web' }] },
      ],
      IpPermissionsEgress: [all],
    },
    {
      GroupId: 'sg-db',
      GroupName: 'db',
      VpcId: 'vpc-1',
      IpPermissions: [
        { ...none, IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: 'sg-app' }] },
      ],
      IpPermissionsEgress: [],
    },
    { GroupId: 'sg-default', GroupName: 'default', VpcId: 'vpc-1', IpPermissions: [], IpPermissionsEgress: [] },
  ],
  NetworkInterfaces: [
    hostOf('i-web', 'subnet-public', '10.0.1.10', ['sg-web'], { Association: { PublicIp: '54.1.2.3' } }),
    hostOf('i-app', 'subnet-app', '10.0.2.10', ['sg-app'], {}),
    hostOf('i-db', 'subnet-db', '10.0.3.10', ['sg-db'], {}),
    {
      ...interfaceOf('eni-nat', 'subnet-public', '10.0.1.9', [], { Association: { PublicIp: '54.1.2.9' } }),
      InterfaceType: 'nat_gateway',
      Description: 'Interface for NAT Gateway nat-1',
      RequesterManaged: true,
    },
  ],
  Reservations: [
    {
      Instances: ['i-web', 'i-app', 'i-db'].map((InstanceId) => ({
        InstanceId,
        State: { Name: 'running' },
        NetworkInterfaces: [],
      })),
    },
  ],
  VpcPeeringConnections: [],
  VpnGateways: [],
  TransitGatewayAttachments: [],
  TransitGateways: [],
  VpcEndpoints: [],
};

const inVpc = { VpcId: ref('vpc-1') };
const tcp = (port: number, peer: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer });
const resources = [
  declared('vpc-1', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  ...['public', 'app', 'db'].map((name, index) =>
    declared(`subnet-${name}`, 'AWS::EC2::Subnet', {
      ...inVpc,
      CidrBlock: `10.0.${index + 1}.0/24`,
      AvailabilityZone: 'eu-west-1a',
      MapPublicIpOnLaunch: name === 'public',
    }),
  ),
  declared('igw-1', 'AWS::EC2::InternetGateway'),
  declared('attach', 'AWS::EC2::VPCGatewayAttachment', { ...inVpc, InternetGatewayId: ref('igw-1') }),
  declared('eip', 'AWS::EC2::EIP'),
  declared('nat-1', 'AWS::EC2::NatGateway', { SubnetId: ref('subnet-public'), AllocationId: ref('eip') }),
  declared('rtb-public', 'AWS::EC2::RouteTable', inVpc),
  declared('out', 'AWS::EC2::Route', {
    RouteTableId: ref('rtb-public'),
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: ref('igw-1'),
  }),
  declared('rtb-app', 'AWS::EC2::RouteTable', {
    ...inVpc,
    Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('nat-1') }],
  }),
  ...['public', 'app'].map((name) =>
    declared(`to-${name}`, 'AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref(`subnet-${name}`),
      RouteTableId: ref(`rtb-${name}`),
    }),
  ),
  declared('acl-db', 'AWS::EC2::NetworkAcl', {
    ...inVpc,
    SubnetIds: [ref('subnet-db')],
    Entries: entries([
      { Egress: false, Protocol: 6, CidrBlock: ref('subnet-app', 'CidrBlock'), PortRange: { From: 5432, To: 5432 } },
      { Egress: true, Protocol: 6, CidrBlock: ref('subnet-app', 'CidrBlock'), PortRange: { From: 1024, To: 65535 } },
    ]) as never,
  }),
  declared('sg-web', 'AWS::EC2::SecurityGroup', {
    ...inVpc,
    SecurityGroupIngress: [tcp(443, { CidrIp: '0.0.0.0/0' })] as never,
  }),
  declared('sg-app', 'AWS::EC2::SecurityGroup', inVpc),
  declared('web-to-app', 'AWS::EC2::SecurityGroupIngress', {
    GroupId: ref('sg-app'),
    ...tcp(8080, { SourceSecurityGroupId: ref('sg-web') }),
  }),
  declared('sg-db', 'AWS::EC2::SecurityGroup', {
    ...inVpc,
    SecurityGroupEgress: [],
    SecurityGroupIngress: [tcp(5432, { SourceSecurityGroupId: ref('sg-app') })] as never,
  }),
  ...['web', 'app', 'db'].map((name) =>
    declared(`i-${name}`, 'AWS::EC2::Instance', {
      SubnetId: ref(`subnet-${name === 'web' ? 'public' : name}`),
      SecurityGroupIds: [ref(`sg-${name}`)],
    }),
  ),
];

const places = ['i-web', 'i-app', 'i-db', 'internet'];
const questions: readonly AskRequest[] = [
  ...places.flatMap((from) =>
    places.flatMap((to) =>
      from === to
        ? []
        : ['443', '8080', '5432'].map((port): AskRequest => ({ from, to, proto: 'tcp', port, family: 'ipv4' })),
    ),
  ),
  { from: 'subnet-app', to: 'internet', proto: 'tcp', port: '443', avoid: ['nat-1'] },
  { from: 'subnet-app', to: 'internet', proto: 'tcp', port: '443', via: ['nat-1'] },
  { from: 'subnet-db', to: 'any', proto: 'all' },
  { from: 'internet', to: 'any', proto: 'icmp', family: 'ipv4' },
];

describe('a network that is declared', () => {
  let running: Network;
  let coming: Network;
  beforeAll(() => {
    const read = networkFromDocuments([{ file: 'answers.json', json: answers }]);
    if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
    running = read.value;
    coming = declaredNetwork(...resources);
  });
  it('is written as a snapshot and read back, addresses to come and all', () => {
    const text = formatSnapshot(coming);
    const read = networkFromDocuments([{ file: 'network.json', text }]);
    if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
    expect(formatSnapshot(read.value)).toBe(text);
    expect(read.value.instances.get('i-web')).toMatchObject({ declaredAs: 'i-web' });
  });

  const seen = new Set<string>();
  afterAll(() => expect([...seen].toSorted()).toEqual(['reachable', 'unreachable']));

  it.each(questions.map((one) => [JSON.stringify(one), one] as const))(
    'answers as the same one that runs: %s',
    async (_, question) => {
      const [is, will] = [await ask(running, question), await ask(coming, question)];
      if (!is.ok || !will.ok) throw new Error(JSON.stringify([is, will]));
      seen.add(is.value.verdict);
      expect(will.value.verdict).toBe(is.value.verdict);
      expect(will.value.blockedBy?.map(({ kind }) => kind)).toEqual(is.value.blockedBy?.map(({ kind }) => kind));
      expect(will.value.assumptions).toEqual([]);
    },
  );
});
