/** The wrappers in which answers come, and resources seen twice. */
import { expect, test } from 'vitest';
import { networkSha256, type SourceDocument } from '../../src/sources/index.ts';
import { added, changed, documents, network, problems, tiny, without } from './tiny.ts';

const same = networkSha256(network(documents(tiny)));
const listed = Object.entries(tiny).map(([key, value]) => ({ [key]: value }));

test.each<[string, readonly SourceDocument[]]>([
  ['one merged object', [{ file: 'a.json', json: tiny }]],
  ['an array of answers', [{ file: 'a.json', json: listed }]],
  [
    'requests with their responses',
    listed.map((Response, i) => ({ file: `${i}.json`, json: { Request: { DryRun: false }, Response } })),
  ],
  ['answers under names of one’s own', [{ file: 'a.json', json: { network: { eu: Object.assign({}, ...listed) } } }]],
  ['files in another order', documents(tiny).toReversed()],
  [
    'every file twice, under another name',
    [...documents(tiny), ...documents(tiny).map((d) => ({ ...d, file: `copy-${d.file}` }))],
  ],
])('%s is the same network', (_, from) => {
  expect(networkSha256(network(from))).toBe(same);
});

test('keys that group answers by account and Region tell both', () => {
  const json = { '111122223333': { 'eu-west-1': tiny } };
  const net = network([{ file: 'a.json', json }]);
  expect(net.internetGateways.get('igw-1')).toMatchObject({
    account: '111122223333',
    region: 'eu-west-1',
    source: { place: '/111122223333/eu-west-1/InternetGateways/0' },
  });
});

test('text documents are parsed, with or without a byte order mark', () => {
  expect(networkSha256(network([{ file: 'a.json', text: `\uFEFF${JSON.stringify(tiny)}` }]))).toBe(same);
});

test('two pages of one list add up', () => {
  const [first] = tiny.Subnets;
  const second = { ...first, SubnetId: 'subnet-2', CidrBlock: '10.0.2.0/24' };
  const net = network([
    ...documents(without(tiny, 'Subnets')),
    { file: 'page-1.json', json: { Subnets: [first], NextToken: 'abc' } },
    { file: 'page-2.json', json: { Subnets: [second] } },
  ]);
  expect([...net.subnets.keys()]).toEqual(['subnet-1', 'subnet-2']);
});

test('a page that announces another which is not there is a problem, not a shorter list', () => {
  const from = [
    ...documents(without(tiny, 'Subnets')),
    { file: 'page-1.json', json: { Subnets: tiny.Subnets, NextToken: 'abc' } },
  ];
  expect(problems(from)).toMatchObject([{ code: 'missing-page', file: 'page-1.json' }]);
});

test('one id with two contents is a problem that names both places', () => {
  const other = { Subnets: [{ ...tiny.Subnets[0], CidrBlock: '10.0.9.0/24' }] };
  const [problem] = problems([...documents(tiny), { file: 'old/Subnets.json', json: other }]);
  expect(problem).toMatchObject({ code: 'duplicate-id', file: 'old/Subnets.json', place: '/Subnets/0' });
  expect(problem?.message).toContain('/Subnets/0 of Subnets.json');
});

test('two accounts see their own tags of a shared resource: it has both', () => {
  const mine = { Vpcs: [{ ...tiny.Vpcs[0], Tags: [{ Key: 'team', Value: 'net' }] }] };
  const net = network([...documents(tiny), { file: '444455556666/vpcs.json', json: mine }]);
  expect(net.vpcs.get('vpc-1')?.tags).toEqual({ Name: 'main', team: 'net' });
});

test('all problems of all files are found at once, each with its place', () => {
  const bad = {
    ...changed('Vpcs', { CidrBlock: '10.0.0.0/33' }),
    Subnets: [{ ...tiny.Subnets[0], CidrBlock: 'ten' }, { VpcId: 'vpc-1' }],
    SecurityGroups: [{ ...tiny.SecurityGroups[0], IpPermissions: [{ IpProtocol: 'tpc' }] }],
  };
  expect(problems(documents(bad)).map(({ code, file, place }) => [code, file, place])).toEqual(
    expect.arrayContaining([
      ['bad-cidr', 'Vpcs.json', '/Vpcs/0/CidrBlock'],
      ['bad-cidr', 'Subnets.json', '/Subnets/0/CidrBlock'],
      ['missing-field', 'Subnets.json', '/Subnets/1'],
      ['unknown-protocol', 'SecurityGroups.json', '/SecurityGroups/0/IpPermissions/0/IpProtocol'],
    ]),
  );
});

test.each([
  ['a list that is none', { Vpcs: { VpcId: 'vpc-1' } }, '/Vpcs'],
  ['an element that is no object', { Vpcs: ['vpc-1'] }, '/Vpcs/0'],
  ['a text that is a number', { Vpcs: [{ ...tiny.Vpcs[0], VpcId: 7 }] }, '/Vpcs/0/VpcId'],
  ['a flag that is a text', changed('Subnets', { MapPublicIpOnLaunch: 'yes' }), '/Subnets/0/MapPublicIpOnLaunch'],
  ['an inner list that is none', changed('NetworkInterfaces', { Groups: 'sg-1' }), '/NetworkInterfaces/0/Groups'],
])('%s has the wrong type at its place', (_, lists, place) => {
  expect(problems(documents({ ...tiny, ...lists }))).toContainEqual(
    expect.objectContaining({ code: 'wrong-type', place }),
  );
});

test('an empty answer is an answer', () => {
  expect(network([{ file: 'vpcs.json', json: { Vpcs: [] } }]).vpcs.size).toBe(0);
});

test('a list that is not known is accounted for, resource by resource', () => {
  const json = { Gadgets: [{ GadgetId: 'gad-1', OwnerId: '111122223333' }, { VpcId: 'vpc-1' }] };
  const { coverage } = network([...documents(tiny), { file: 'gadgets.json', json }]);
  const entries = coverage.filter(({ kind }) => kind === 'Gadgets');
  expect(entries).toMatchObject([
    { id: 'gad-1', status: 'not-modelled', source: { file: 'gadgets.json', place: '/Gadgets/0' } },
    { id: 'gadgets.json 2', status: 'not-modelled' },
  ]);
  expect(entries.every(({ why, affects }) => why !== undefined && affects !== undefined)).toBe(true);
});

test('a resource that is not known is named itself, whatever lists it has inside', () => {
  const json = { Gadgets: [{ GadgetId: 'gad-1', Subnets: ['subnet-1'], Rules: [], Entries: [{ A: 1 }] }] };
  const { coverage } = network([...documents(tiny), { file: 'gadgets.json', json }]);
  expect(coverage.filter(({ status }) => status === 'not-modelled')).toMatchObject([{ kind: 'Gadgets', id: 'gad-1' }]);
});

test('lists that are known and not modelled say why', () => {
  const more = {
    AvailabilityZones: [{ ZoneId: 'euw1-az1', ZoneName: 'eu-west-1a', RegionName: 'eu-west-1' }],
    ServiceNames: ['com.amazonaws.eu-west-1.s3'],
    TransitGatewayPolicyTables: [{ TransitGatewayPolicyTableId: 'tgw-ptb-1', TransitGatewayId: 'tgw-1' }],
    Functions: [{ FunctionName: 'f', FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }],
  };
  const { coverage } = network([...documents(tiny), { file: 'more.json', json: more }]);
  expect(coverage.filter(({ status }) => status === 'not-modelled').map(({ kind, id }) => [kind, id])).toEqual([
    ['AvailabilityZones', 'euw1-az1'],
    ['ServiceNames', 'com.amazonaws.eu-west-1.s3'],
    ['TransitGatewayPolicyTables', 'tgw-ptb-1'],
    ['Functions', 'arn:aws:lambda:eu-west-1:111122223333:function:f'],
  ]);
});

test('every resource of the input is in the coverage', () => {
  const ids = new Set(network(documents(tiny)).coverage.map(({ id }) => id));
  for (const id of ['vpc-1', 'subnet-1', 'eni-1', 'i-1', 'sg-1', 'acl-1', 'rtb-1', 'igw-1']) expect(ids).toContain(id);
});

test('an answer to a request with filters is not all there is', () => {
  const group = { GroupId: 'sg-9' };
  const lists = changed('NetworkInterfaces', { Groups: [{ GroupId: 'sg-1' }, group] });
  const Response = { SecurityGroups: tiny.SecurityGroups };
  const net = network([
    ...documents(without(lists, 'SecurityGroups')),
    { file: 'sg.json', json: { Request: { GroupIds: ['sg-1'] }, Response } },
  ]);
  expect(net.securityGroups.get('sg-9')?.ingress).toEqual({ unread: 'describe-security-groups', subject: 'sg-9' });
});

test('accounts read apart: what one account was asked for says nothing of another', () => {
  const other = {
    NetworkInterfaces: [
      {
        ...tiny.NetworkInterfaces[0],
        OwnerId: '444455556666',
        NetworkInterfaceId: 'eni-9',
        Attachment: undefined,
        Groups: [{ GroupId: 'sg-9' }],
        PrivateIpAddress: '10.0.1.99',
        PrivateIpAddresses: [],
      },
    ],
  };
  const net = network([...documents(tiny), { file: '444455556666/enis.json', json: other }]);
  expect(net.securityGroups.get('sg-9')?.ingress).toMatchObject({ unread: 'describe-security-groups' });
});

test('added resources of a list are read beside the others', () => {
  const net = network(
    documents(added('Subnets', { ...tiny.Subnets[0], SubnetId: 'subnet-2', CidrBlock: '10.0.2.0/24' })),
  );
  expect(net.subnets.size).toBe(2);
});

test('brackets nested a hundred thousand deep are no answer, and no crash', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(problems([{ file: 'deep.json', text }])).toMatchObject([{ code: 'not-an-aws-response' }]);
});
