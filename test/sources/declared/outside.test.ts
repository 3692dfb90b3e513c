import { describe, expect, it } from 'vitest';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const subnet = declared('a', 'AWS::EC2::Subnet', { VpcId: 'vpc-9', CidrBlock: '10.0.1.0/24' });

describe('a VPC outside the declaration', () => {
  const made = declaredNetwork(
    subnet,
    declared('group', 'AWS::EC2::SecurityGroup', { VpcId: 'vpc-9' }),
    declared('web', 'AWS::EC2::Instance', { SubnetId: ref('a'), SecurityGroupIds: [ref('group'), 'sg-9'] }),
  );

  it('is there with what is known of it, and said to be unread', () => {
    expect(made.vpcs.get('vpc-9')!.cidrs).toHaveLength(1);
    expect(made.coverage.find(({ id }) => id === 'vpc-9')).toMatchObject({
      status: 'assumed',
      assumption: 'unread:describe-vpcs:vpc-9',
    });
  });

  it('may hold other tables, network ACLs, interfaces and lines', () => {
    expect(made.subnets.get('a')).toMatchObject({
      routeTable: { unread: 'describe-route-tables' },
      networkAcl: { unread: 'describe-network-acls' },
    });
    expect(made.interfaces.has('eni-unread-a')).toBe(true);
    expect([...made.opaqueGateways.keys()]).toEqual(['vgw-unread-vpc-9', 'pcx-unread-vpc-9']);
    expect([...made.internetGateways.keys()]).toEqual(['igw-unread-vpc-9']);
  });

  it('has groups whose rules nobody read', () => {
    expect(made.interfaces.get('web/eth0')!.groups).toEqual(['group', 'sg-9']);
    expect(made.securityGroups.get('sg-9')).toMatchObject({ ingress: { unread: 'describe-security-groups' } });
  });

  it('can be empty but for a group', () => {
    expect(
      declaredNetwork(declared('group', 'AWS::EC2::SecurityGroup', { VpcId: 'vpc-9' })).vpcs.get('vpc-9'),
    ).toBeDefined();
  });
});

describe('a gateway outside the declaration', () => {
  it('is attached to the VPC that an attachment names', () => {
    const made = declaredNetwork(
      declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      declared('to', 'AWS::EC2::VPCGatewayAttachment', { VpcId: ref('vpc'), InternetGatewayId: 'igw-9' }),
    );
    expect(made.internetGateways.get('igw-9')).toMatchObject({ vpc: 'vpc' });
  });
});

describe('a subnet outside the declaration', () => {
  it('holds nothing that is modelled, which is said', () => {
    const made = declaredNetwork(declared('web', 'AWS::EC2::Instance', { SubnetId: 'subnet-9' }));
    expect(made.interfaces.size).toBe(0);
    expect(made.coverage.find(({ id, status }) => id === 'web' && status === 'not-modelled')).toMatchObject({
      kind: 'network-interface',
    });
  });
});

describe('what was only looked up', () => {
  it('leaves open what nothing here shows of it', () => {
    const looked = { id: 'subnet-7', lookedUp: true as const };
    const made = declaredNetwork(
      declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      declared('data.a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24' }, looked),
      declared('data.g', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc') }, { id: 'sg-7', lookedUp: true }),
    );
    expect(made.subnets.get('subnet-7')).toMatchObject({
      routeTable: { unread: 'describe-route-tables' },
      networkAcl: { unread: 'describe-network-acls' },
    });
    expect(made.interfaces.has('eni-unread-subnet-7')).toBe(true);
    expect(made.securityGroups.get('sg-7')!.ingress).toHaveProperty('unread');
  });
});

describe('what is not read at all', () => {
  it('leaves open what is in the subnets that it names', () => {
    const made = declaredNetwork(
      declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24' }),
      declared('b', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.2.0/24' }),
      declared('strange', 'AWS::Strange::Thing', { Deep: [{ Where: ref('a') }] }),
      declared('parameter', 'AWS::SSM::Parameter', { Value: ref('b') }),
    );
    expect([...made.interfaces.keys()]).toEqual(['eni-unread-a']);
    expect(made.coverage.filter(({ status }) => status === 'not-modelled').map(({ id }) => id)).toEqual([
      'strange',
      'parameter',
    ]);
  });

  it('says that other accounts may attach to what is shared with them', () => {
    const made = declaredNetwork(
      declared('hub', 'AWS::EC2::TransitGateway'),
      declared('share', 'AWS::RAM::ResourceShare', { ResourceArns: [ref('hub')] }),
    );
    expect(made.warnings).toContain(
      '`share` shares with other accounts: what they attach to what is shared is taken not to be there.',
    );
  });
});
