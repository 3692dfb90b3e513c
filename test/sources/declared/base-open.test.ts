/** A plan over what runs that adds to something of it: to what is told by its id, and to what nobody can tell before it is applied. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../../src/net/prefix.ts';
import { buildNetwork } from '../../../src/network/build/index.ts';
import type { Network } from '../../../src/network/network.ts';
import { aroundOf } from '../../../src/sources/declared/around.ts';
import { merge } from '../../../src/sources/declared/base.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import { type Fields, Unknown } from '../../../src/sources/declared/value.ts';
import { readDescribe } from '../../../src/sources/describe/index.ts';
import { declaration, declared } from '../../support/declared.ts';
import {
  balancerArn,
  balancing,
  group,
  groupArn,
  groups,
  listener as listenerOf,
  listeners,
  onlyDefault,
  targets,
} from '../balancing.ts';
import { tiny } from '../tiny.ts';

const free = {
  ...tiny.NetworkInterfaces[0]!,
  NetworkInterfaceId: 'eni-2',
  Attachment: undefined,
  Status: 'available',
  PrivateIpAddress: '10.0.1.20',
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '10.0.1.20' }],
};
const gateway = { VpcEndpointId: 'vpce-s3', VpcId: 'vpc-1', VpcEndpointType: 'Gateway', State: 'available' };
const runs = [
  ...balancing(groups(group('web')), targets('web'), listeners(listenerOf()), onlyDefault),
  { file: 'free.json', json: { NetworkInterfaces: [free] } },
  {
    file: 'more.json',
    json: {
      VpcEndpoints: [{ ...gateway, ServiceName: 'com.amazonaws.eu-west-1.s3', RouteTableIds: [] }],
      ManagedPrefixLists: [
        { PrefixListId: 'pl-s3', PrefixListName: 'com.amazonaws.eu-west-1.s3', AddressFamily: 'IPv4' },
        { PrefixListId: 'pl-own', PrefixListName: 'own', AddressFamily: 'IPv4', State: 'create-complete' },
      ],
    },
  },
  { file: 'get-managed-prefix-list-entries.pl-own.json', json: { Entries: [{ Cidr: '10.9.0.0/16' }] } },
  {
    file: 'lines.json',
    json: {
      VpnGateways: [
        { VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [{ VpcId: 'vpc-1', State: 'attached' }] },
      ],
      VpnConnections: [
        {
          VpnConnectionId: 'vpn-1',
          VpnGatewayId: 'vgw-1',
          State: 'available',
          Options: { StaticRoutesOnly: true },
          Routes: [],
        },
      ],
    },
  },
];

/** What runs, with a resource more. */
function after(...resources: readonly (readonly [type: string, fields: Fields])[]): Network {
  const base = readDescribe(runs.flatMap((each) => ('json' in each ? [each] : []))).findings;
  const around = aroundOf(base);
  const all = resources.map(([type, fields], n) => declared(`r${n}`, type, fields));
  const [old, now] = [declare(declaration(), around), declare(declaration(...all), around)];
  const built = buildNetwork(merge(base, old, now, new Set()), ['base.json']);
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'));
  return built.value;
}

const open = new Unknown('known after apply');

test('a rule of which the group is not known may be of any that runs', () => {
  const rule = { GroupId: open, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
  const { ingress } = after(['AWS::EC2::SecurityGroupIngress', rule]).securityGroups.get('sg-1')!;
  expect(ingress).toContainEqual(
    expect.objectContaining({
      match: { protocol: 'all' },
      peer: expect.objectContaining({ kind: 'prefix-list' }) as object,
    }),
  );
});

test('an entry or an association of which the network ACL or the subnet is not known leaves those that run unread', () => {
  const entry = { NetworkAclId: open, RuleNumber: 1, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' };
  for (const made of [
    after(['AWS::EC2::NetworkAclEntry', entry]),
    after(['AWS::EC2::SubnetNetworkAclAssociation', { NetworkAclId: open, SubnetId: 'subnet-1' }]),
    after(['AWS::EC2::SubnetNetworkAclAssociation', { NetworkAclId: 'acl-1', SubnetId: open }]),
  ])
    expect(made.subnets.get('subnet-1')!.networkAcl).toMatchObject({ unread: expect.any(String) as string });
  expect(after().subnets.get('subnet-1')!.networkAcl).toBe('acl-1');
});

test('a route of which the table is not known, and a table of which the subnet is not, may be there', () => {
  const route = { RouteTableId: open, DestinationCidrBlock: '10.9.0.0/16', GatewayId: 'igw-1' };
  expect(after(['AWS::EC2::Route', route]).routeTables.get('rtb-1')!.routes).toContainEqual(
    expect.objectContaining({ destination: { kind: 'prefix-list', id: 'r0~rtb-1' } }),
  );
  for (const [type, fields] of [
    ['AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: 'rtb-1', SubnetId: open }],
    ['AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: open, SubnetId: 'subnet-1' }],
    ['Vpcproof::EC2::MainRouteTableAssociation', { RouteTableId: open, VpcId: 'vpc-1' }],
  ] as const)
    expect(after([type, fields]).subnets.get('subnet-1')!.routeTable).toMatchObject({
      unread: 'describe-route-tables',
    });
});

const groupOf = (NetworkInterfaceId: string | Unknown, GroupId: string | Unknown) =>
  ['Vpcproof::EC2::NetworkInterfaceSecurityGroup', { NetworkInterfaceId, GroupId }] as const;

test('a group that is attached to an interface that runs is one of its groups', () => {
  const other = ['AWS::EC2::SecurityGroup', { VpcId: 'vpc-1', GroupDescription: 'x' }] as const;
  expect(after(other, groupOf('eni-1', 'r0')).interfaces.get('eni-1')!.groups).toEqual(['sg-1', 'r0']);
  for (const made of [after(groupOf('eni-1', open)), after(groupOf(open, 'sg-1'))])
    expect(made.interfaces.get('eni-1')).toMatchObject({ groups: [], state: 'unknown' });
});

test('an interface that runs free is attached by an attachment, or in an instance; by one that nobody can tell perhaps', () => {
  const attach = (nic: string | Unknown) =>
    ['AWS::EC2::NetworkInterfaceAttachment', { NetworkInterfaceId: nic, InstanceId: 'i-1', DeviceIndex: '1' }] as const;
  const instance = (nic: string | Unknown) =>
    ['AWS::EC2::Instance', { NetworkInterfaces: [{ NetworkInterfaceId: nic, DeviceIndex: '0' }] }] as const;
  expect(after().interfaces.get('eni-2')).toMatchObject({ attached: false });
  expect(after(attach('eni-2')).interfaces.get('eni-2')).toMatchObject({ attached: true, instance: 'i-1' });
  expect(after(instance('eni-2')).interfaces.get('eni-2')).toMatchObject({ attached: true, instance: 'r0' });
  for (const made of [after(attach(open)), after(instance(open))])
    expect(made.interfaces.get('eni-2')).toMatchObject({ attached: true, state: 'unknown' });
});

test('an instance of which the subnet is not known may be in any that runs', () => {
  const made = after(['AWS::EC2::Instance', { SubnetId: open, SecurityGroupIds: ['sg-1'] }]);
  expect([...made.interfaces.values()]).toContainEqual(
    expect.objectContaining({ subnet: 'subnet-1', instance: 'r0', state: 'unknown' }),
  );
});

test('a public address of which the interface is not known may be that of any that runs', () => {
  const made = after(['AWS::EC2::EIPAssociation', { NetworkInterfaceId: open }]).interfaces.get('eni-2')!;
  expect(made.state).toBe('unknown');
  expect(made.addresses[0]!.publicIp).toBeDefined();
});

const target = (TargetGroupArn: string | Unknown) =>
  ['Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment', { TargetGroupArn, Id: 'i-1', Port: 80 }] as const;

test('a target of a group that runs is among its targets; one of a group that is not known leaves them open', () => {
  const of = (made: Network) => made.targetGroups.get(groupArn('web'))!.targets;
  expect(of(after())).toEqual([]);
  expect(of(after(target(groupArn('web'))))).toEqual([expect.objectContaining({ id: 'eni-1', port: 80 })]);
  expect(of(after(target(open)))).toMatchObject({ unread: 'elbv2 describe-target-health' });
});

test('a listener of which the load balancer is not known leaves those of each that runs open', () => {
  const listener = {
    LoadBalancerArn: open,
    Port: 8080,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: groupArn('web') }],
  };
  const of = (made: Network) => made.loadBalancers.get(balancerArn)!.listeners;
  expect(of(after())).toHaveLength(1);
  expect(of(after(['AWS::ElasticLoadBalancingV2::Listener', listener]))).toMatchObject({
    unread: 'elbv2 describe-listeners',
  });
});

test('a table joins a gateway endpoint that runs by an association beside it', () => {
  const join = (RouteTableId: string | Unknown) =>
    ['Vpcproof::EC2::VPCEndpointRouteTableAssociation', { VpcEndpointId: 'vpce-s3', RouteTableId }] as const;
  const route = {
    destination: { kind: 'prefix-list', id: 'pl-s3' },
    target: { kind: 'gateway-endpoint', id: 'vpce-s3' },
  };
  const of = (made: Network) => made.routeTables.get('rtb-1')!.routes;
  expect(of(after(join('rtb-1')))).toContainEqual(expect.objectContaining({ ...route, state: 'active' }));
  expect(of(after(join(open)))).toContainEqual(expect.objectContaining({ ...route, state: 'unknown' }));
});

test('an entry of which the list is not known leaves every list open', () => {
  const entry = ['Vpcproof::EC2::PrefixListEntry', { PrefixListId: open, Cidr: '10.8.0.0/16' }] as const;
  expect(after().prefixLists.get('pl-own')!.entries).toHaveLength(1);
  expect(after(entry).prefixLists.get('pl-own')!.entries).toMatchObject({ unread: expect.any(String) as string });
});

test('a static route of a VPN connection that runs reaches the tables into which its gateway may propagate', () => {
  const made = after([
    'AWS::EC2::VPNConnectionRoute',
    { VpnConnectionId: 'vpn-1', DestinationCidrBlock: '192.168.5.0/24' },
  ]);
  expect(made.vpnConnections.get('vpn-1')!.staticRoutes.map(formatPrefix)).toEqual(['192.168.5.0/24']);
  expect(made.routeTables.get('rtb-1')!.routes).toContainEqual(
    expect.objectContaining({ origin: 'propagated', state: 'unknown', target: { kind: 'vpn-gateway', id: 'vgw-1' } }),
  );
});
