import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const subnet = (name: string, third: number) =>
  declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: `10.0.${third}.0/24` });
const acl = (properties: object = {}) => declared('acl', 'AWS::EC2::NetworkAcl', { VpcId: ref('vpc'), ...properties });
const entry = (name: string, properties: object, more = {}) =>
  declared(
    name,
    'AWS::EC2::NetworkAclEntry',
    {
      NetworkAclId: ref('acl'),
      RuleNumber: 100,
      Protocol: 6,
      RuleAction: 'allow',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 443, To: 443 },
      ...properties,
    },
    more,
  );
const soon = new Unknown('known after apply');

describe('a network ACL that is declared', () => {
  it('holds its entries by number, those in it and those beside it, and denies everything else', () => {
    const made = declaredNetwork(
      vpc,
      subnet('a', 1),
      acl({
        SubnetIds: [ref('a')],
        Entries: [{ RuleNumber: 200, Protocol: '-1', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' }],
      }),
      entry('in', {}),
      entry('out', { Egress: true, Protocol: 1, Icmp: { Type: 8, Code: -1 } }),
    ).networkAcls.get('acl')!;
    expect(made.inbound.map(({ number, action }) => [number, action])).toEqual([
      [100, 'allow'],
      [200, 'deny'],
    ]);
    expect(made.outbound).toMatchObject([{ match: { protocol: 1, icmp: { type: 8 } } }]);
  });

  it('is in force in the subnets that an association names', () => {
    const made = declaredNetwork(
      vpc,
      subnet('a', 1),
      subnet('b', 2),
      acl(),
      declared('to', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: ref('a'), NetworkAclId: ref('acl') }),
    );
    expect([...made.subnets.values()].map(({ networkAcl }) => networkAcl)).toEqual(['acl', 'vpc/default-network-acl']);
  });

  it.each([
    ['an entry', [entry('in', { CidrBlock: soon })]],
    ['whose entry one is', [entry('in', { NetworkAclId: soon })]],
    ['whether an entry is there', [entry('in', {}, { uncertain: 'a parameter' })]],
  ])('counts as unread where %s is not known', (_, entries) => {
    const made = declaredNetwork(vpc, subnet('a', 1), acl({ SubnetIds: [ref('a')] }), ...entries);
    expect(made.subnets.get('a')!.networkAcl).toMatchObject({ unread: 'describe-network-acls' });
  });

  it('may be in force in any subnet where an association is not known', () => {
    const made = declaredNetwork(
      vpc,
      subnet('a', 1),
      acl(),
      declared('to', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: soon, NetworkAclId: ref('acl') }),
    );
    expect(made.subnets.get('a')!.networkAcl).toMatchObject({ unread: 'describe-network-acls' });
  });

  it('outside, which nothing describes, leaves its subnets open', () => {
    const made = declaredNetwork(
      vpc,
      subnet('a', 1),
      declared('to', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: ref('a'), NetworkAclId: 'acl-9' }),
    );
    expect(made.subnets.get('a')!.networkAcl).toMatchObject({ unread: 'describe-network-acls' });
  });

  it('outside gets entries that are kept for the network that holds it', () => {
    const { outside } = declaredFindings(entry('in', { NetworkAclId: 'acl-9' }));
    expect(outside.entries.get('acl-9')).toMatchObject([{ egress: false, entry: { number: 100 } }]);
  });
});
