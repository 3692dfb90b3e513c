/** VPCs and subnets: blocks, DNS attributes, Block Public Access, and what is missing around them. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import { added, changed, documents, network, problems, tiny, without } from './tiny.ts';

test('the blocks of a VPC are those associated with it, the primary first', () => {
  const vpc = {
    CidrBlockAssociationSet: [
      { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' } },
      { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
      { CidrBlock: '10.2.0.0/16', CidrBlockState: { State: 'disassociated' } },
    ],
    Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } }],
  };
  const { cidrs } = network(documents(changed('Vpcs', vpc))).vpcs.get('vpc-1')!;
  expect(cidrs.map(formatPrefix)).toEqual(['10.0.0.0/16', '10.1.0.0/16', '2001:db8::/56']);
});

test('DNS attributes that were not read are at their defaults, and listed', () => {
  const net = network(documents(tiny));
  expect(net.vpcs.get('vpc-1')).toMatchObject({ enableDnsSupport: true, enableDnsHostnames: false });
  expect(net.defaults).toContainEqual({
    setting: 'vpc-1.EnableDnsSupport',
    value: 'true',
    call: 'ec2 describe-vpc-attribute',
  });
});

test('DNS attributes that were read are no defaults', () => {
  const net = network([
    ...documents(tiny),
    { file: 'a.json', json: { VpcId: 'vpc-1', EnableDnsSupport: { Value: false } } },
    { file: 'b.json', json: { VpcId: 'vpc-1', EnableDnsHostnames: { Value: true } } },
  ]);
  expect(net.vpcs.get('vpc-1')).toMatchObject({ enableDnsSupport: false, enableDnsHostnames: true });
  expect(net.defaults.map(({ setting }) => setting)).not.toContainEqual(expect.stringContaining('Dns'));
});

const options = (InternetGatewayBlockMode: string) => ({ VpcBlockPublicAccessOptions: { InternetGatewayBlockMode } });
const exclusion = (resource: string, mode: string, State = 'create-complete') => ({
  ExclusionId: `vpcbpa-exclude-${resource}`,
  InternetGatewayExclusionMode: mode,
  ResourceArn: `arn:aws:ec2:eu-west-1:111122223333:${resource.split('-')[0]}/${resource}`,
  State,
});

test.each([
  ['off', [], 'off', 'off'],
  ['block-bidirectional', [], 'block-bidirectional', 'block-bidirectional'],
  ['block-ingress', [exclusion('vpc-1', 'allow-bidirectional')], 'off', 'off'],
  ['block-bidirectional', [exclusion('subnet-1', 'allow-egress')], 'block-bidirectional', 'block-ingress'],
  [
    'block-bidirectional',
    [exclusion('vpc-1', 'allow-egress', 'delete-complete')],
    'block-bidirectional',
    'block-bidirectional',
  ],
])('Block Public Access %s with %j is %s at the VPC and %s at the subnet', (mode, exclusions, vpc, subnet) => {
  const lists = { ...tiny, ...options(mode), VpcBlockPublicAccessExclusions: exclusions };
  const net = network(documents(lists));
  expect(net.vpcs.get('vpc-1')?.internetGatewayBlockMode).toBe(vpc);
  expect(net.subnets.get('subnet-1')?.internetGatewayBlockMode).toBe(subnet);
});

test('the state that a subnet shows counts before options and exclusions', () => {
  const shown = { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } };
  const net = network(documents({ ...changed('Subnets', shown), ...options('off') }));
  expect(net.subnets.get('subnet-1')?.internetGatewayBlockMode).toBe('block-ingress');
});

test('Block Public Access that was not read is off, and listed', () => {
  expect(network(documents(tiny)).defaults).toContainEqual({
    setting: 'InternetGatewayBlockMode 111122223333 eu-west-1',
    value: 'off',
    call: 'ec2 describe-vpc-block-public-access-options',
  });
});

test('a VPC that no call read has the blocks of its local routes', () => {
  const net = network(documents(without(tiny, 'Vpcs')));
  expect(net.vpcs.get('vpc-1')?.cidrs.map(formatPrefix)).toEqual(['10.0.0.0/16']);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'vpc-1', assumption: 'unread:describe-vpcs:vpc-1' }),
  );
});

test('a VPC whose blocks nothing tells is asked for', () => {
  expect(problems(documents(without(tiny, 'Vpcs', 'RouteTables')))).toMatchObject([
    { code: 'missing-call', hint: expect.stringContaining('describe-vpcs') as string },
  ]);
});

test('subnets that no call read are asked for once', () => {
  const second = { ...tiny.NetworkInterfaces[0], NetworkInterfaceId: 'eni-2' };
  expect(problems(documents(without(added('NetworkInterfaces', second), 'Subnets')))).toMatchObject([
    { code: 'missing-call', hint: expect.stringContaining('describe-subnets') as string },
  ]);
});

test.each([
  ['a subnet in a VPC', changed('Subnets', { VpcId: 'vpc-9' }), 'Subnets.json', '/Subnets/0'],
  [
    'an interface in a subnet',
    changed('NetworkInterfaces', { SubnetId: 'subnet-9' }),
    'NetworkInterfaces.json',
    '/NetworkInterfaces/0',
  ],
  [
    'an ACL for a subnet',
    changed('NetworkAcls', { Associations: [{ SubnetId: 'subnet-9' }] }),
    'NetworkAcls.json',
    '/NetworkAcls/0',
  ],
])('%s that is not there dangles', (_, lists, file, place) => {
  expect(problems(documents(lists))).toContainEqual(
    expect.objectContaining({ code: 'dangling-reference', file, place }),
  );
});

test.each([
  ['outside its VPC', changed('Subnets', { CidrBlock: '192.168.0.0/24' }), 'cidr-outside-vpc'],
  [
    'over another',
    added('Subnets', { ...tiny.Subnets[0], SubnetId: 'subnet-2', CidrBlock: '10.0.1.128/25' }),
    'overlapping-subnets',
  ],
])('a subnet %s is refused', (_, lists, code) => {
  expect(problems(documents(lists)).map((problem) => problem.code)).toContain(code);
});

test('the Region of a VPC is that of its subnets', () => {
  expect(network(documents(tiny)).vpcs.get('vpc-1')?.region).toBe('eu-west-1');
});

test('Block Public Access in the middle of a change is refused: what it blocks is not told', () => {
  const State = 'update-in-progress';
  const changing = { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'block-ingress', State } };
  expect(problems(documents({ ...tiny, ...changing }))).toMatchObject([{ code: 'changing' }]);
});

test('so is an exclusion that is coming about', () => {
  const all = {
    ...tiny,
    ...options('block-ingress'),
    VpcBlockPublicAccessExclusions: [exclusion('vpc-1', 'allow-bidirectional', 'create-in-progress')],
  };
  expect(problems(documents(all))).toMatchObject([{ code: 'changing' }]);
});
