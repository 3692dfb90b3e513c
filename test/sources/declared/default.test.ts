import { expect, test } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, ref } from '../../support/declared.ts';

const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const anyone = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };

test('a rule beside a VPC’s default group is one of its rules', () => {
  const rule = declared('rule', 'AWS::EC2::SecurityGroupIngress', {
    GroupId: ref('vpc', 'DefaultSecurityGroup'),
    ...anyone,
  });
  const { securityGroups } = declaredFindings(vpc, rule).findings;
  expect(securityGroups).toMatchObject([
    { id: 'vpc/default-security-group', ingress: [{ match: { protocol: 'all' } }, { id: 'rule' }] },
  ]);
});
test('a rule of a group that is not known may be the default group’s', () => {
  const rule = declared('rule', 'AWS::EC2::SecurityGroupIngress', { GroupId: new Unknown('known later'), ...anyone });
  const { securityGroups } = declaredFindings(vpc, rule).findings;
  expect(securityGroups[0]!.ingress).toHaveLength(2);
});
test('an egress rule beside it makes it unknown whether AWS’s own stays', () => {
  const rule = declared('rule', 'AWS::EC2::SecurityGroupEgress', {
    GroupId: ref('vpc', 'DefaultSecurityGroup'),
    ...anyone,
  });
  const { securityGroups } = declaredFindings(vpc, rule).findings;
  expect(securityGroups[0]!.egress).toMatchObject([{ id: 'rule' }, { peer: { kind: 'prefix-list' } }]);
});
test('an entry beside a VPC’s default network ACL is one of its entries, in the order of their numbers', () => {
  const entry = declared('entry', 'AWS::EC2::NetworkAclEntry', {
    NetworkAclId: ref('vpc', 'DefaultNetworkAcl'),
    RuleNumber: 50,
    Protocol: 6,
    RuleAction: 'deny',
    CidrBlock: '0.0.0.0/0',
    PortRange: { From: 22, To: 22 },
  });
  const { networkAcls } = declaredFindings(vpc, entry).findings;
  expect(networkAcls[0]!.inbound.map(({ number, action }) => [number, action])).toEqual([
    [50, 'deny'],
    [100, 'allow'],
    [101, 'allow'],
  ]);
  expect(networkAcls[0]!.outbound.map(({ number }) => number)).toEqual([100, 101]);
});
test('an entry that may be there leaves it not understood', () => {
  const properties = { NetworkAclId: ref('vpc', 'DefaultNetworkAcl'), RuleNumber: 50 };
  const entry = declared('entry', 'AWS::EC2::NetworkAclEntry', properties, { uncertain: 'a condition' });
  expect(declaredFindings(vpc, entry).findings.networkAcls[0]!.understood).toBe(false);
  expect(declaredFindings(vpc).findings.networkAcls[0]!.understood).toBe(true);
});
test('a route beside a VPC’s main table is one of its routes', () => {
  const gateway = declared('igw', 'AWS::EC2::InternetGateway', {});
  const route = declared('route', 'AWS::EC2::Route', {
    RouteTableId: ref('vpc', 'MainRouteTable'),
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: ref('igw'),
  });
  const { routeTables } = declaredFindings(vpc, gateway, route).findings;
  expect(routeTables[0]).toMatchObject({ main: true, routes: [{ target: { kind: 'internet-gateway', id: 'igw' } }] });
});
