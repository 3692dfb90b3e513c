import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../src/network/build/index.ts';
import type { Network } from '../../../src/network/network.ts';
import { aroundOf } from '../../../src/sources/declared/around.ts';
import { merge } from '../../../src/sources/declared/base.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { readDescribe } from '../../../src/sources/describe/index.ts';
import { declaration, declared, ref } from '../../support/declared.ts';

const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
const rule = (port: number, cidr: string) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: cidr }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
});
const answers = {
  Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }],
  Subnets: [
    {
      SubnetId: 'subnet-a',
      VpcId: 'vpc-1',
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'eu-west-1a',
      MapPublicIpOnLaunch: true,
    },
    { SubnetId: 'subnet-b', VpcId: 'vpc-1', CidrBlock: '10.0.2.0/24', AvailabilityZone: 'eu-west-1b' },
  ],
  RouteTables: [
    { RouteTableId: 'rtb-main', VpcId: 'vpc-1', Associations: [{ Main: true }], Routes: [local] },
    {
      RouteTableId: 'rtb-a',
      VpcId: 'vpc-1',
      Associations: [{ SubnetId: 'subnet-a' }],
      Routes: [
        local,
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active', Origin: 'CreateRoute' },
      ],
    },
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'available' }] }],
  NetworkAcls: [
    {
      NetworkAclId: 'acl-1',
      VpcId: 'vpc-1',
      IsDefault: true,
      Associations: [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b' }],
      Entries: [false, true].map((Egress) => ({
        RuleNumber: 100,
        Egress,
        Protocol: '-1',
        RuleAction: 'allow',
        CidrBlock: '0.0.0.0/0',
      })),
    },
  ],
  SecurityGroups: [
    { GroupId: 'sg-default', GroupName: 'default', VpcId: 'vpc-1', IpPermissions: [], IpPermissionsEgress: [] },
    {
      GroupId: 'sg-1',
      GroupName: 'web',
      VpcId: 'vpc-1',
      IpPermissions: [rule(80, '10.0.0.0/8'), rule(22, '10.9.0.0/16')],
      IpPermissionsEgress: [],
    },
  ],
  NetworkInterfaces: [
    {
      NetworkInterfaceId: 'eni-1',
      VpcId: 'vpc-1',
      SubnetId: 'subnet-a',
      Status: 'in-use',
      Attachment: { InstanceId: 'i-1', DeviceIndex: 0, Status: 'attached' },
      Groups: [{ GroupId: 'sg-1' }],
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true, Association: { PublicIp: '54.1.2.3' } }],
    },
  ],
  Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' }, NetworkInterfaces: [] }] }],
};

function sides(before: readonly DeclaredResource[], after: readonly DeclaredResource[]): readonly [Network, Network] {
  const base = readDescribe([{ file: 'base.json', json: answers }]).findings;
  const around = aroundOf(base);
  const [old, now] = [declare(declaration(...before), around), declare(declaration(...after), around)];
  const ids = new Set(before.map(({ id }) => id));
  for (const { id } of after) ids.delete(id);
  const made = [merge(base, old, old, new Set()), merge(base, old, now, ids)].map((findings) => {
    const built = buildNetwork(findings, ['base.json']);
    if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'));
    return built.value;
  });
  return [made[0]!, made[1]!];
}
const after = (...resources: readonly DeclaredResource[]): Network => sides([], resources)[1];
const rulesOf = (made: Network, id: string) =>
  (made.securityGroups.get(id)!.ingress as readonly { match: { ports?: { from: number } } }[])
    .map(({ match }) => match.ports?.from ?? 0)
    .toSorted((a, b) => a - b);

describe('a plan over what runs', () => {
  it('that changes nothing is what runs', () => {
    const [before, now] = sides([], []);
    expect(now.interfaces.get('eni-1')).toEqual(before.interfaces.get('eni-1'));
    expect(now.opaqueGateways).toEqual(before.opaqueGateways);
  });

  it('adds a subnet to a VPC that exists, which follows its main table', () => {
    const made = after(declared('c', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.3.0/24' }));
    expect(made.subnets.get('c')).toMatchObject({ vpc: 'vpc-1', routeTable: 'rtb-main', networkAcl: 'acl-1' });
  });

  it('adds an instance to a subnet that exists, by whose setting it gets a public address', () => {
    const made = after(
      declared('web', 'AWS::EC2::Instance', { SubnetId: 'subnet-a' }),
      declared('db', 'AWS::EC2::Instance', { SubnetId: 'subnet-b', SecurityGroupIds: ['sg-1'] }),
    );
    expect(made.interfaces.get('web/eth0')).toMatchObject({ vpc: 'vpc-1', groups: ['sg-default'] });
    expect(made.interfaces.get('web/eth0')!.addresses[0]!.publicIp).toBeDefined();
    expect(made.interfaces.get('db/eth0')).toMatchObject({ groups: ['sg-1'] });
    expect(made.interfaces.get('db/eth0')!.addresses[0]!.publicIp).toBeUndefined();
  });

  it('adds a rule to a group that exists, and takes one away', () => {
    const old = declared('rule', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIp: '10.9.0.0/16',
    });
    const next = declared('next', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    });
    const [before, now] = sides([old], [next]);
    expect(rulesOf(before, 'sg-1')).toEqual([22, 80]);
    expect(rulesOf(now, 'sg-1')).toEqual([80, 443]);
  });

  it('keeps rules that others made in a group that it holds', () => {
    const group = (ports: readonly number[]) =>
      declared(
        'group',
        'AWS::EC2::SecurityGroup',
        {
          VpcId: 'vpc-1',
          SecurityGroupEgress: [],
          SecurityGroupIngress: ports.map((port) => ({
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            CidrIp: '10.0.0.0/8',
          })),
        },
        { id: 'sg-1' },
      );
    const [before, now] = sides([group([80])], [group([8080])]);
    expect(rulesOf(before, 'sg-1')).toEqual([22, 80]);
    expect(rulesOf(now, 'sg-1')).toEqual([22, 8080]);
    expect(now.securityGroups.get('sg-1')).toMatchObject({ name: 'web', declaredAs: 'group' });
  });

  it('adds a route to a table that exists, and takes another’s place', () => {
    const nat = declared('nat', 'AWS::EC2::NatGateway', { SubnetId: 'subnet-a' });
    const route = (to: object) =>
      declared('route', 'AWS::EC2::Route', { RouteTableId: 'rtb-a', DestinationCidrBlock: '0.0.0.0/0', ...to });
    const [, now] = sides([route({ GatewayId: 'igw-1' })], [nat, route({ NatGatewayId: ref('nat') })]);
    expect(now.routeTables.get('rtb-a')!.routes.map(({ target }) => target.kind)).toEqual(['local', 'nat-gateway']);
    const [, without] = sides([route({ GatewayId: 'igw-1' })], []);
    expect(without.routeTables.get('rtb-a')!.routes.map(({ target }) => target.kind)).toEqual(['local']);
  });

  it('gives a subnet that exists another table, or lets it follow the main one', () => {
    const to = (table: string) =>
      declared('to', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: 'subnet-b', RouteTableId: table });
    const [before, now] = sides([], [to('rtb-a')]);
    expect(before.subnets.get('subnet-b')!.routeTable).toBe('rtb-main');
    expect(now.subnets.get('subnet-b')!.routeTable).toBe('rtb-a');
    const from = declared('from', 'AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: 'subnet-a',
      RouteTableId: 'rtb-a',
    });
    expect(sides([from], [])[1].subnets.get('subnet-a')!.routeTable).toBe('rtb-main');
  });

  it('changes an instance that runs and keeps its addresses', () => {
    const web = (groups: readonly string[]) =>
      declared(
        'web',
        'AWS::EC2::Instance',
        { SubnetId: 'subnet-a', SecurityGroupIds: groups, PrivateIps: ['10.0.1.10'] },
        { id: 'i-1' },
      );
    const [before, now] = sides([web(['sg-1'])], [web(['sg-default'])]);
    expect(before.interfaces.get('eni-1')).toMatchObject({ groups: ['sg-1'] });
    expect(now.interfaces.get('eni-1')).toMatchObject({
      groups: ['sg-default'],
      addresses: before.interfaces.get('eni-1')!.addresses,
    });
    expect([...now.interfaces.keys()]).toEqual(['eni-1']);
    expect(now.instances.get('i-1')).toMatchObject({ declaredAs: 'web', interfaces: ['eni-1'] });
  });

  it('removes what it held: interfaces with their instance, routes to a gateway', () => {
    const web = declared('web', 'AWS::EC2::Instance', { SubnetId: 'subnet-a' }, { id: 'i-1' });
    const igw = declared('igw', 'AWS::EC2::InternetGateway', { VpcId: 'vpc-1' }, { id: 'igw-1' });
    const [before, now] = sides([web, igw], []);
    expect(before.interfaces.has('eni-1')).toBe(true);
    expect(now.interfaces.size).toBe(0);
    expect(now.instances.size).toBe(0);
    expect(now.internetGateways.size).toBe(0);
    expect(now.routeTables.get('rtb-a')!.routes.at(-1)).toMatchObject({ state: 'blackhole' });
  });

  it('puts an instance in another’s place', () => {
    const old = declared('web', 'AWS::EC2::Instance', { SubnetId: 'subnet-a' }, { id: 'i-1' });
    const next = declared('web', 'AWS::EC2::Instance', { SubnetId: 'subnet-b' });
    expect([...sides([old], [next])[1].interfaces.keys()]).toEqual(['web/eth0']);
  });

  it('adds an entry to a network ACL that exists', () => {
    const made = after(
      declared('entry', 'AWS::EC2::NetworkAclEntry', {
        NetworkAclId: 'acl-1',
        RuleNumber: 50,
        Protocol: 6,
        RuleAction: 'deny',
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 22, To: 22 },
      }),
    );
    expect(made.networkAcls.get('acl-1')!.inbound.map(({ number }) => number)).toEqual([50, 100]);
    expect(made.networkAcls.get('acl-1')!.outbound.map(({ number }) => number)).toEqual([100]);
  });

  it('gives an instance that runs a public address', () => {
    const made = after(declared('eip', 'AWS::EC2::EIP', { InstanceId: 'i-1' }));
    expect(made.interfaces.get('eni-1')!.addresses).toHaveLength(1);
  });
});
