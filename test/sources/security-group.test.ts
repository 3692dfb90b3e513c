/** Security groups out of both calls. */
import { expect, test } from 'vitest';
import type { SecurityGroupRule } from '../../src/network/security-group.ts';
import { added, changed, documents, type Lists, network, problems, tiny, without } from './tiny.ts';

const ingress = (permissions: readonly object[], more: Lists = {}): readonly SecurityGroupRule[] =>
  network(documents({ ...changed('SecurityGroups', { IpPermissions: permissions }), ...more })).securityGroups.get(
    'sg-1',
  )!.ingress as readonly SecurityGroupRule[];

const anywhere = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

test('a permission is one rule for each of its peers', () => {
  const [permission] = [
    {
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 90,
      IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }, { CidrIp: '192.0.2.0/24' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
      UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '111122223333' }],
    },
  ];
  const rules = ingress([permission]);
  expect(rules.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((n) => `sg-1 ingress ${n}`));
  expect(rules.map(({ peer }) => peer.kind)).toEqual(['prefix', 'prefix', 'prefix', 'prefix-list', 'security-group']);
  expect(rules[0]).toMatchObject({ description: 'office', match: { protocol: 6, ports: { from: 80, to: 90 } } });
  expect(rules[4]?.peer).toMatchObject({ id: 'sg-1', known: true, stale: false });
});

test.each<[object, object]>([
  [{ IpProtocol: '-1' }, { protocol: 'all' }],
  [{ IpProtocol: '-1', FromPort: -1, ToPort: -1 }, { protocol: 'all' }],
  [{ IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 }, { protocol: 6 }],
  [{ IpProtocol: '6', FromPort: -1, ToPort: -1 }, { protocol: 6 }],
  [{ IpProtocol: 'udp' }, { protocol: 17 }],
  [
    { IpProtocol: 'udp', FromPort: 53, ToPort: 53 },
    { protocol: 17, ports: { from: 53, to: 53 } },
  ],
  [{ IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }, { protocol: 1 }],
  [
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
    { protocol: 1, icmp: { type: 8 } },
  ],
  [
    { IpProtocol: 'icmp', FromPort: 3, ToPort: 4 },
    { protocol: 1, icmp: { type: 3, code: 4 } },
  ],
  [{ IpProtocol: 'icmpv6' }, { protocol: 58 }],
  [
    { IpProtocol: '58', FromPort: 128, ToPort: 0 },
    { protocol: 58, icmp: { type: 128, code: 0 } },
  ],
  [{ IpProtocol: '47', FromPort: 1, ToPort: 2 }, { protocol: 47 }],
])('%j means %j', (permission, match) => {
  expect(ingress([{ ...permission, ...anywhere }])[0]?.match).toEqual(match);
});

test.each<[object, string]>([
  [{ IpProtocol: 'tcp', FromPort: 90, ToPort: 80 }, 'bad-port-range'],
  [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 70000 }, 'bad-port-range'],
  [{ IpProtocol: 'icmp', FromPort: 300, ToPort: -1 }, 'bad-icmp-type'],
  [{ IpProtocol: '300' }, 'unknown-protocol'],
  [{ IpProtocol: 'http' }, 'unknown-protocol'],
  [{}, 'missing-field'],
])('%j is refused as %s', (permission, code) => {
  const lists = changed('SecurityGroups', { IpPermissions: [{ ...permission, ...anywhere }] });
  expect(problems(documents(lists))).toMatchObject([{ code }]);
});

const listed = (id: string, fields: object) => ({
  SecurityGroupRuleId: id,
  GroupId: 'sg-1',
  GroupOwnerId: '111122223333',
  IsEgress: false,
  ...fields,
});

test('rules of both calls that agree are one rule, with its own id', () => {
  const SecurityGroupRules = [
    listed('sgr-1', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv4: '0.0.0.0/0' }),
    listed('sgr-2', { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0', IsEgress: true }),
  ];
  const group = network(documents({ ...tiny, SecurityGroupRules })).securityGroups.get('sg-1');
  expect(group?.ingress).toMatchObject([{ id: 'sgr-1', match: { protocol: 6, ports: { from: 443, to: 443 } } }]);
  expect(group?.egress).toMatchObject([{ id: 'sgr-2', match: { protocol: 'all' } }]);
});

test('rules that only one of the calls shows are kept', () => {
  const SecurityGroupRules = [listed('sgr-9', { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv4: '10.0.0.0/8' })];
  const group = network(documents({ ...tiny, SecurityGroupRules })).securityGroups.get('sg-1');
  expect(group?.ingress).toMatchObject([{ id: 'sgr-9' }, { match: { ports: { from: 443, to: 443 } } }]);
});

test('describe-security-group-rules alone tells all rules of the groups that interfaces have', () => {
  const SecurityGroupRules = [listed('sgr-1', { IpProtocol: '-1', PrefixListId: 'pl-1' })];
  const lists = { ...without(tiny, 'SecurityGroups'), SecurityGroupRules };
  const group = network(documents(lists)).securityGroups.get('sg-1');
  expect(group).toMatchObject({ vpc: 'vpc-1', ingress: [{ id: 'sgr-1' }], egress: [] });
});

test('without either call the rules of a group are unread, not empty', () => {
  const net = network(documents(without(tiny, 'SecurityGroups')));
  const unread = { unread: 'describe-security-groups', subject: 'sg-1' };
  expect(net.securityGroups.get('sg-1')).toMatchObject({ ingress: unread, egress: unread });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'sg-1', status: 'assumed', assumption: 'unread:describe-security-groups:sg-1' }),
  );
});

test('a field that AWS added to rules makes them unread: it could admit anything', () => {
  const lists = changed('SecurityGroups', { IpPermissions: [{ IpProtocol: '-1', DnsNames: [{ Name: 'x' }] }] });
  const net = network(documents(lists));
  expect(net.securityGroups.get('sg-1')?.ingress).toMatchObject({ unread: 'describe-security-groups' });
  expect(Array.isArray(net.securityGroups.get('sg-1')?.egress)).toBe(true);
  expect(net.warnings.join()).toContain('sg-1');
});

const reference = (pair: object) => ingress([{ IpProtocol: '-1', UserIdGroupPairs: [pair] }])[0]?.peer;

test('a group of another account need not be in the input', () => {
  const pair = { GroupId: 'sg-far', UserId: '444455556666', VpcId: 'vpc-far', VpcPeeringConnectionId: 'pcx-1' };
  expect(reference({ ...pair, PeeringStatus: 'active' })).toEqual({
    kind: 'security-group',
    id: 'sg-far',
    account: '444455556666',
    vpc: 'vpc-far',
    known: false,
    stale: false,
  });
});

test('a rule over a peering connection that is no more is stale', () => {
  const pair = { GroupId: 'sg-far', UserId: '111122223333', VpcPeeringConnectionId: 'pcx-1' };
  expect(reference({ ...pair, PeeringStatus: 'deleted' })).toMatchObject({ stale: true });
  // What is being deleted may still carry packets.
  expect(reference({ ...pair, PeeringStatus: 'deleting' })).toMatchObject({ stale: false });
});

test('a group of the same VPC that is not there is a dangling reference', () => {
  const lists = changed('SecurityGroups', {
    IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-typo', UserId: '111122223333' }] }],
  });
  expect(problems(documents(lists))).toMatchObject([
    { code: 'dangling-reference', place: '/SecurityGroups/0/IpPermissions/0/UserIdGroupPairs/0' },
  ]);
});

test('a group whose interfaces nobody read has members that are not known', () => {
  const pair = { UserIdGroupPairs: [{ GroupId: 'sg-1' }] };
  const lists = without(
    changed('SecurityGroups', { IpPermissions: [{ IpProtocol: '-1', ...pair }] }),
    'NetworkInterfaces',
  );
  const [rule] = network(documents(lists)).securityGroups.get('sg-1')!.ingress as readonly SecurityGroupRule[];
  expect(rule?.peer).toMatchObject({ known: false });
});

test('an interface in a group that is not there is a dangling reference', () => {
  const lists = changed('NetworkInterfaces', { Groups: [{ GroupId: 'sg-typo' }] });
  expect(problems(documents(lists))).toMatchObject([{ code: 'dangling-reference', place: '/NetworkInterfaces/0' }]);
});

test('associations with other VPCs count once they are made', () => {
  const vpc = { ...tiny.Vpcs[0], VpcId: 'vpc-2', CidrBlock: '10.9.0.0/16', CidrBlockAssociationSet: [] };
  const SecurityGroupVpcAssociations = [
    { GroupId: 'sg-1', VpcId: 'vpc-2', State: 'associated' },
    { GroupId: 'sg-1', VpcId: 'vpc-1', State: 'disassociated' },
  ];
  const net = network(documents({ ...added('Vpcs', vpc), SecurityGroupVpcAssociations }));
  expect(net.securityGroups.get('sg-1')?.associatedVpcs).toEqual(['vpc-2']);
});

test('a group of EC2-Classic is named as not modelled', () => {
  const net = network(documents(added('SecurityGroups', { GroupId: 'sg-old', GroupName: 'old' })));
  expect(net.coverage).toContainEqual(expect.objectContaining({ id: 'sg-old', status: 'not-modelled' }));
});
