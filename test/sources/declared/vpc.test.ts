import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { mainRouteTableAssociation } from '../../../src/sources/declared/types.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const subnet = (name = 'a', properties = {}) =>
  declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24', ...properties });

describe('a VPC that is declared', () => {
  it('comes with a default group, network ACL and main table, which its subnets follow', () => {
    const network = declaredNetwork(vpc, subnet());
    expect(network.subnets.get('a')).toMatchObject({
      routeTable: 'vpc/main-route-table',
      networkAcl: 'vpc/default-network-acl',
    });
    expect(network.routeTables.get('vpc/main-route-table')!.routes).toMatchObject([{ target: { kind: 'local' } }]);
    expect(network.networkAcls.get('vpc/default-network-acl')!.inbound.map(({ action }) => action)).toEqual([
      'allow',
      'allow',
    ]);
    const group = network.securityGroups.get('vpc/default-security-group')!;
    expect(group.ingress).toMatchObject([
      { peer: { kind: 'security-group', id: 'vpc/default-security-group', known: true } },
    ]);
    expect(group.egress).toHaveLength(2);
    expect(network.warnings).toEqual([]);
  });

  it('is read wholly: nothing else is in it', () => {
    const network = declaredNetwork(vpc, subnet());
    expect([...network.interfaces.keys()]).toEqual([]);
    expect([...network.opaqueGateways.keys()]).toEqual([]);
  });

  it('has what adopts its default ones in their place, emptied', () => {
    const adopts = { Adopts: { VpcId: ref('vpc') } };
    const network = declaredNetwork(
      vpc,
      subnet(),
      declared('table', 'AWS::EC2::RouteTable', adopts),
      declared('acl', 'AWS::EC2::NetworkAcl', adopts),
      declared('group', 'AWS::EC2::SecurityGroup', adopts),
    );
    expect(network.subnets.get('a')).toMatchObject({ routeTable: 'table', networkAcl: 'acl' });
    expect(network.networkAcls.get('acl')).toMatchObject({ isDefault: true, inbound: [], outbound: [] });
    expect(network.securityGroups.get('group')).toMatchObject({ ingress: [], egress: [] });
    expect([...network.routeTables.keys()]).toEqual(['table']);
  });

  it('gives the main role to the table that an association names', () => {
    const network = declaredNetwork(
      vpc,
      subnet(),
      declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') }),
      declared('main', mainRouteTableAssociation, { VpcId: ref('vpc'), RouteTableId: ref('table') }),
    );
    expect(network.subnets.get('a')!.routeTable).toBe('table');
  });

  it('has an unread main table where it is not known which table is made it', () => {
    const network = declaredNetwork(
      vpc,
      subnet(),
      declared('main', mainRouteTableAssociation, {
        VpcId: ref('vpc'),
        RouteTableId: new Unknown('known after apply'),
      }),
    );
    expect(network.subnets.get('a')!.routeTable).toMatchObject({ unread: 'describe-route-tables' });
  });

  it('exists already with defaults that nothing tells', () => {
    const existing = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, { id: 'vpc-1' });
    const network = declaredNetwork(existing, subnet());
    expect(network.subnets.get('a')!.routeTable).toMatchObject({ unread: 'describe-route-tables' });
    expect(network.securityGroups.get('vpc-1/default-security-group')!.ingress).toMatchObject({
      unread: 'describe-security-groups',
    });
  });

  it('gets an IPv6 block that stands for the one that AWS will choose, and each subnet a part of its own', () => {
    const network = declaredNetwork(
      vpc,
      declared('v6', 'AWS::EC2::VPCCidrBlock', { VpcId: ref('vpc'), AmazonProvidedIpv6CidrBlock: true }),
      subnet('a', { Ipv6CidrBlock: new Unknown('known after apply') }),
      subnet('b', { CidrBlock: '10.0.2.0/24', Ipv6CidrBlock: new Unknown('known after apply') }),
    );
    const blocks = [...network.subnets.values()].map(({ cidrs }) => cidrs.find(({ family }) => family === 'ipv6'));
    expect(blocks[0]).toBeDefined();
    expect(blocks[1]).toBeDefined();
    expect(blocks[0]).not.toEqual(blocks[1]);
  });

  it('is in no VPC that was only looked up', () => {
    const data = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }, { id: 'vpc-1', lookedUp: true });
    const network = declaredNetwork(data, subnet());
    expect(network.subnets.get('a')).toMatchObject({
      routeTable: { unread: 'describe-route-tables' },
      networkAcl: { unread: 'describe-network-acls' },
    });
    expect([...network.interfaces.values()].map(({ unread }) => unread?.unread)).toContain(
      'describe-network-interfaces',
    );
  });
});

describe('resources that name a VPC', () => {
  it('name its default ones by its attributes', () => {
    const table = declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') });
    const rule = declared('rule', 'AWS::EC2::SecurityGroup', {
      VpcId: ref('vpc'),
      SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: ref('vpc', 'DefaultSecurityGroup') }],
    });
    const { findings, outside } = declaredFindings(vpc, table, rule);
    expect(findings.securityGroups.find(({ id }) => id === 'rule')!.ingress).toMatchObject([
      { peer: { id: 'vpc/default-security-group' } },
    ]);
    expect([...outside.named.keys()]).toEqual([]);
  });

  it('which stands outside are noted', () => {
    const { outside } = declaredFindings(declared('a', 'AWS::EC2::SecurityGroup', { VpcId: 'vpc-9' }));
    expect([...outside.named]).toMatchObject([['vpc-9', { type: 'AWS::EC2::VPC', by: 'a' }]]);
  });
});
