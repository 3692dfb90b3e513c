/** Target groups: targets of every type, attributes read or taken at AWS's default, and what is missing. */
import { expect, test } from 'vitest';
import { formatAddress } from '../../src/net/address.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread, unreadKey } from '../../src/network/resource.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import { balancer, balancerArn, balancing, group, groupArn, groups, target, targets } from './balancing.ts';
import { documents, network, problems, tiny, without } from './tiny.ts';

/** Each target in one line. */
function linesOf(net: Network, name = 'web'): readonly string[] | string {
  const { targets: own } = net.targetGroups.get(groupArn(name))!;
  if (isUnread(own)) return unreadKey(own);
  return own.map((one) =>
    [
      one.kind,
      one.id,
      ...('address' in one ? [formatAddress(one.address)] : []),
      ...('port' in one ? [one.port] : []),
      ...('zone' in one ? [one.zone] : []),
      one.health,
    ].join(' '),
  );
}

const read = (more: object, ...own: readonly object[]) =>
  linesOf(network(balancing(groups(group('web', more)), targets('web', ...own))));

const attributes = (name: string, pairs: Readonly<Record<string, string>>): SourceDocument => ({
  file: `describe-target-group-attributes.targetgroup-${name}-fedcba9876543210.json`,
  json: { Attributes: Object.entries(pairs).map(([Key, Value]) => ({ Key, Value })) },
});

test('targets that no call read are unread, and an answer without any is none', () => {
  const net = network(balancing(groups(group('web'))));
  expect(linesOf(net)).toBe(`unread:elbv2 describe-target-health:${groupArn('web')}`);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'target-group', assumption: linesOf(net) as string }),
  );
  expect(read({})).toEqual([]);
});

test('an instance is a target by the primary address of its primary interface', () => {
  expect(read({}, target('i-1'))).toEqual(['interface eni-1 10.0.1.10 8080 healthy']);
  const [first] = tiny.NetworkInterfaces;
  const nic = (n: number, DeviceIndex: number, card: number) => ({
    ...first,
    NetworkInterfaceId: `eni-${n}`,
    Attachment: { ...first!.Attachment, DeviceIndex, NetworkCardIndex: card },
    PrivateIpAddress: `10.0.1.${n}`,
    PrivateIpAddresses: [
      { Primary: false, PrivateIpAddress: `10.0.1.${n + 100}` },
      { Primary: true, PrivateIpAddress: `10.0.1.${n}` },
    ],
    Ipv6Addresses: [],
  });
  const lists = { ...tiny, NetworkInterfaces: [nic(11, 1, 0), nic(12, 0, 0), nic(13, 0, 1)] };
  const from = [...documents(lists), groups(group('web')), targets('web', target('i-1'))];
  expect(linesOf(network(from))).toEqual(['interface eni-12 10.0.1.12 8080 healthy']);
});

test('which of several interfaces is the first is not guessed', () => {
  const [first] = tiny.NetworkInterfaces;
  const lists = {
    ...tiny,
    NetworkInterfaces: [
      first!,
      { ...first, NetworkInterfaceId: 'eni-2', PrivateIpAddress: '10.0.1.20', PrivateIpAddresses: [] },
    ],
  };
  const from = [...documents(lists), groups(group('web')), targets('web', target('i-1'))];
  expect(linesOf(network(from))).toBe('unread:describe-network-interfaces:i-1');
});

test('a group of IPv6 sends to the primary IPv6 address', () => {
  const lists = {
    ...tiny,
    Vpcs: [
      {
        ...tiny.Vpcs[0],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } }],
      },
    ],
    Subnets: [
      {
        ...tiny.Subnets[0],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/64', Ipv6CidrBlockState: { State: 'associated' } }],
      },
    ],
    NetworkInterfaces: [
      {
        ...tiny.NetworkInterfaces[0],
        Ipv6Addresses: [
          { Ipv6Address: '2001:db8::5', IsPrimaryIpv6: false },
          { Ipv6Address: '2001:db8::6', IsPrimaryIpv6: true },
        ],
      },
    ],
  };
  const from = [...documents(lists), groups(group('web', { IpAddressType: 'ipv6' })), targets('web', target('i-1'))];
  expect(linesOf(network(from))).toEqual(['interface eni-1 2001:db8::6 8080 healthy']);
});

test('an address is a target in its zone, as shown or by its subnet', () => {
  expect(
    read(
      { TargetType: 'ip' },
      target('10.0.1.10'),
      target('10.0.1.11', { AvailabilityZone: 'eu-west-1a' }, 'unhealthy'),
      target('192.168.0.1', { AvailabilityZone: 'all', Port: 9090 }),
      target('192.168.0.2', { AvailabilityZone: 'eu-west-1c' }),
    ),
  ).toEqual([
    'address 10.0.1.10 10.0.1.10 8080 euw1-az1 healthy',
    'address 10.0.1.11 10.0.1.11 8080 euw1-az1 unhealthy',
    'address 192.168.0.1 192.168.0.1 9090 all healthy',
    'address 192.168.0.2 192.168.0.2 8080 healthy',
  ]);
});

test('balancers and functions are targets by their ARNs', () => {
  expect(read({ TargetType: 'alb', Protocol: 'TCP' }, target(balancerArn))).toEqual([
    `load-balancer ${balancerArn} 8080 healthy`,
  ]);
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
  const lambda = { TargetType: 'lambda', Protocol: undefined, Port: undefined, VpcId: undefined };
  expect(read(lambda, { Target: { Id: arn, AvailabilityZone: 'all' } })).toEqual([`lambda ${arn} `]);
});

test('a target without a port of its own takes its group’s', () => {
  expect(read({}, target('i-1', { Port: undefined }))).toEqual(['interface eni-1 10.0.1.10 8080 healthy']);
});

test('a target that is gone is said, one that should be there is blamed, one that was not read leaves all open', () => {
  const net = network(balancing(groups(group('web')), targets('web', target('i-1'), target('i-9', {}, 'draining'))));
  expect(linesOf(net)).toEqual(['interface eni-1 10.0.1.10 8080 healthy']);
  expect(net.warnings.join(' ')).toContain('`i-9`, a target of `web`, is draining');
  const from = balancing(groups(group('web')), targets('web', target('i-9')));
  expect(problems(from)).toMatchObject([{ code: 'dangling-reference', place: '/TargetHealthDescriptions/0' }]);
  const partly = [
    ...documents(without(tiny, 'Reservations')),
    groups(group('web')),
    targets('web', target('i-1'), target('i-9', {}, 'draining')),
  ];
  expect(linesOf(network(partly))).toBe('unread:describe-instances:i-9');
  const elsewhere = [
    ...documents(tiny),
    groups(group('web', { TargetType: 'alb' })),
    targets('web', target(balancerArn)),
  ];
  expect(linesOf(network(elsewhere))).toBe(`unread:elbv2 describe-load-balancers:${balancerArn}`);
});

test('a terminated instance and one that is not registered are no targets', () => {
  const Reservations = [
    ...tiny.Reservations,
    { OwnerId: '111122223333', Instances: [{ InstanceId: 'i-2', State: { Name: 'terminated' } }] },
  ];
  const asked = { ...target('i-3'), TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } };
  const from = [
    ...documents({ ...tiny, Reservations }),
    groups(group('web')),
    targets('web', target('i-2', {}, 'unhealthy'), asked),
  ];
  expect(linesOf(network(from))).toEqual([]);
});

test('whose targets an answer shows is told by its file, its request or a wrapper, or is a problem', () => {
  const TargetHealthDescriptions = [target('i-1')];
  const TargetGroupArn = groupArn('web');
  const all: readonly SourceDocument[] = [
    { file: 'a/web-fedcba9876543210.health.json', json: { TargetHealthDescriptions } },
    { file: 'b.json', json: { Request: { TargetGroupArn }, Response: { TargetHealthDescriptions } } },
    { file: 'c.json', json: { LoadBalancerTargetHealth: [{ TargetGroupArn, TargetHealthDescriptions }] } },
  ];
  for (const one of all) expect(linesOf(network(balancing(groups(group('web')), one)))).toHaveLength(1);
  const untold = { file: 'health.json', json: { TargetHealthDescriptions } };
  expect(problems(balancing(groups(group('web')), untold))).toMatchObject([
    { code: 'unknown-subject', file: 'health.json' },
  ]);
});

test('targets asked for one by one are not all', () => {
  const Request = { TargetGroupArn: groupArn('web'), Targets: [{ Id: 'i-1' }] };
  const one = { file: 'b.json', json: { Request, Response: { TargetHealthDescriptions: [target('i-1')] } } };
  expect(linesOf(network(balancing(groups(group('web')), one)))).toContain('unread:');
});

test('targets of a group that is not in the input are named', () => {
  const LoadBalancerTargetHealth = [{ TargetGroupArn: groupArn('gone'), TargetHealthDescriptions: [target('i-1')] }];
  const net = network(balancing({ file: 'c.json', json: { LoadBalancerTargetHealth } }));
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: groupArn('gone'), status: 'not-modelled' }));
});

test('a group of a VPC that is not in the input is left out, or blamed where VPCs were read', () => {
  const from = balancing(groups(group('web', { VpcId: 'vpc-9' })));
  expect(problems(from)).toMatchObject([{ code: 'dangling-reference', file: 'target-groups.json' }]);
});

test('a target that is no address, or has no port, is a problem', () => {
  const bad = balancing(
    groups(group('web', { TargetType: 'ip', Port: undefined })),
    targets('web', target('i-1'), target('10.0.1.5', { Port: undefined }), { Target: {} }, {}),
  );
  expect(
    problems(bad)
      .map(({ code, place }) => `${code} ${place}`)
      .sort(),
  ).toEqual([
    'bad-address /TargetHealthDescriptions/0',
    'missing-field /TargetHealthDescriptions/1',
    'missing-field /TargetHealthDescriptions/2/Target',
    'missing-field /TargetHealthDescriptions/3',
  ]);
});

test.each([
  ['TCP', 'instance', true, true],
  ['TLS', 'instance', true, true],
  ['TCP', 'ip', false, true],
  ['TLS', 'ip', false, true],
  ['QUIC', 'ip', true, true],
  ['UDP', 'ip', true, false],
  ['TCP_UDP', 'instance', true, false],
  ['TCP', 'alb', true, false],
  ['HTTP', 'instance', false, false],
  ['GENEVE', 'ip', false, false],
])('a %s group of type %s keeps the client’s address by default: %s', (Protocol, TargetType, keeps, listed) => {
  const from = [groups(group('web', { Protocol, TargetType }))];
  const net = network(balancing(...from, attributes('web', { 'load_balancing.cross_zone.enabled': 'false' })));
  expect(net.targetGroups.get(groupArn('web'))?.preservesClientIp).toBe(keeps);
  const setting = `${groupArn('web')}.preserve_client_ip.enabled`;
  expect(net.defaults.filter((one) => one.setting === setting).map(({ value }) => value)).toEqual(
    listed ? [String(keeps)] : [],
  );
});

test('whether a group keeps the client’s address is not known where nobody read its attributes', () => {
  const unread = { unread: 'elbv2 describe-target-group-attributes', subject: groupArn('web') };
  const groupOf = (Protocol: string) =>
    network(balancing(groups(group('web', { Protocol })))).targetGroups.get(groupArn('web'));
  expect(groupOf('TCP')).toMatchObject({ preservesClientIp: unread, crossZone: unread });
  expect(groupOf('UDP')).toMatchObject({ preservesClientIp: true, crossZone: unread });
  expect(groupOf('HTTP')).toMatchObject({ preservesClientIp: false });
});

test('attributes that were read count, and are no defaults', () => {
  const shown = { 'preserve_client_ip.enabled': 'false', 'load_balancing.cross_zone.enabled': 'true' };
  const tcp = groups(group('web', { Protocol: 'TCP' }));
  const net = network(balancing(tcp, attributes('web', shown)));
  expect(net.targetGroups.get(groupArn('web'))).toMatchObject({ preservesClientIp: false, crossZone: true });
  expect(net.defaults.filter(({ setting }) => setting.startsWith(groupArn('web')))).toEqual([]);
  const inherited = { 'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration' };
  const other = network(balancing(tcp, attributes('web', inherited)));
  expect(other.targetGroups.get(groupArn('web'))).not.toHaveProperty('crossZone');
  expect(other.defaults.filter(({ setting }) => setting.startsWith(groupArn('web')))).toHaveLength(1);
  const listed = {
    TargetGroupAttributes: [
      { TargetGroupArn: groupArn('web'), Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }] },
    ],
  };
  expect(
    network(balancing(tcp, { file: 'l.json', json: listed })).targetGroups.get(groupArn('web'))?.preservesClientIp,
  ).toBe(false);
});

test('attributes of two moments, of a strange value or of nobody are problems', () => {
  const tcp = groups(group('web', { Protocol: 'TCP' }));
  const on = attributes('web', { 'preserve_client_ip.enabled': 'true' });
  const off = {
    ...attributes('web', { 'preserve_client_ip.enabled': 'false' }),
    file: `copy.web-fedcba9876543210.json`,
  };
  expect(problems(balancing(tcp, on, off))).toMatchObject([{ code: 'duplicate-id', file: off.file }]);
  expect(problems(balancing(tcp, attributes('web', { 'preserve_client_ip.enabled': 'maybe' })))).toMatchObject([
    { code: 'unknown-value', place: '/Attributes/0/Value' },
  ]);
  expect(problems(balancing(tcp, { ...on, file: 'attributes.json' }))).toMatchObject([{ code: 'unknown-subject' }]);
  const others = { file: 'queue.json', json: { Attributes: { VisibilityTimeout: '30' } } };
  expect(problems(balancing(tcp, others))).toEqual([]);
});

test('an account has its own names of zones', () => {
  const far = { ...balancer, LoadBalancerArn: balancerArn.replace('111122223333', '444455556666') };
  const from = [
    ...documents({ ...tiny, LoadBalancers: [far] }),
    groups(group('web', { TargetType: 'ip' })),
    targets('web', target('192.168.0.1', { AvailabilityZone: 'eu-west-1a' })),
  ];
  expect(linesOf(network(from))).toEqual(['address 192.168.0.1 192.168.0.1 8080 healthy']);
});
