/** Network ACLs. */
import { expect, test } from 'vitest';
import { changed, documents, network, problems, tiny, without } from './tiny.ts';

const acl = (entries: readonly object[]) =>
  network(documents(changed('NetworkAcls', { Entries: entries }))).networkAcls.get('acl-1')!;

const entry = (fields: object) => ({
  CidrBlock: '0.0.0.0/0',
  Egress: false,
  Protocol: '6',
  RuleAction: 'allow',
  RuleNumber: 100,
  ...fields,
});

test('entries stand in order of number, each direction by itself', () => {
  const { inbound, outbound } = acl([
    entry({ RuleNumber: 200, PortRange: { From: 80, To: 80 } }),
    entry({ RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny' }),
    entry({ RuleNumber: 100, RuleAction: 'deny' }),
    entry({ RuleNumber: 100, Egress: true, Protocol: '17' }),
  ]);
  expect(inbound.map(({ number, action }) => [number, action])).toEqual([
    [100, 'deny'],
    [200, 'allow'],
    [32767, 'deny'],
  ]);
  expect(outbound).toMatchObject([{ number: 100, match: { protocol: 17 } }]);
});

test.each<[object, object]>([
  [{ Protocol: '-1', PortRange: { From: 1, To: 2 } }, { protocol: 'all' }],
  [
    { Protocol: '6', PortRange: { From: 22, To: 23 } },
    { protocol: 6, ports: { from: 22, to: 23 } },
  ],
  [{ Protocol: '6', PortRange: { From: 0, To: 65535 } }, { protocol: 6 }],
  [
    { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } },
    { protocol: 1, icmp: { type: 8 } },
  ],
  [{ Protocol: '1', IcmpTypeCode: { Type: -1, Code: -1 } }, { protocol: 1 }],
  [
    { Protocol: '58', CidrBlock: undefined, Ipv6CidrBlock: '::/0', IcmpTypeCode: { Type: 128, Code: 0 } },
    { protocol: 58, icmp: { type: 128, code: 0 } },
  ],
  [{ Protocol: '50', PortRange: { From: 1, To: 2 } }, { protocol: 50 }],
])('%j means %j', (fields, match) => {
  expect(acl([entry(fields)]).inbound[0]?.match).toEqual(match);
});

test.each<[object, string]>([
  [{ PortRange: { From: 9, To: 8 } }, 'bad-port-range'],
  [{ CidrBlock: '10.0.0.0/40' }, 'bad-cidr'],
  [{ CidrBlock: undefined }, 'missing-field'],
  [{ RuleNumber: undefined }, 'missing-field'],
  [{ RuleAction: 'permit' }, 'unknown-value'],
])('%j is refused as %s', (fields, code) => {
  expect(problems(documents(changed('NetworkAcls', { Entries: [entry(fields)] })))).toMatchObject([{ code }]);
});

test('two entries of one number and direction are refused', () => {
  const lists = changed('NetworkAcls', { Entries: [entry({}), entry({ CidrBlock: '10.0.0.0/8' })] });
  expect(problems(documents(lists))).toMatchObject([
    { code: 'duplicate-rule-number', place: '/NetworkAcls/0/Entries' },
  ]);
});

test('a subnet without an association has the default ACL of its VPC', () => {
  const net = network(documents(changed('NetworkAcls', { Associations: [] })));
  expect(net.subnets.get('subnet-1')?.networkAcl).toBe('acl-1');
});

test.each([
  ['was never asked for', without(tiny, 'NetworkAcls')],
  ['is not among those read', changed('NetworkAcls', { Associations: [], IsDefault: false })],
  ['has a field that AWS added', changed('NetworkAcls', { Entries: [{ ...entry({}), Unheard: 1 }] })],
])('the ACL of a subnet is unread when it %s', (_, lists) => {
  expect(network(documents(lists)).subnets.get('subnet-1')?.networkAcl).toEqual({
    unread: 'describe-network-acls',
    subject: 'subnet-1',
  });
});

test('a subnet of two ACLs is a conflict', () => {
  const other = { ...tiny.NetworkAcls[0], NetworkAclId: 'acl-2', IsDefault: false };
  const lists = { ...tiny, NetworkAcls: [...tiny.NetworkAcls, other] };
  expect(problems(documents(lists))).toMatchObject([{ code: 'conflicting-association' }]);
});
