import { describe, expect, it } from 'vitest';
import type { SecurityGroupRule } from '../../../src/network/security-group.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import { declaration, declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const group = (properties: object, name = 'group') =>
  declared(name, 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc'), ...properties });
const https = { IpProtocol: 'tcp', FromPort: '443', ToPort: 443 };
const soon = new Unknown('known after apply');
const rules = (made: ReturnType<typeof declaredNetwork>, direction: 'ingress' | 'egress', name = 'group') =>
  made.securityGroups.get(name)![direction] as readonly SecurityGroupRule[];

describe('a security group that is declared', () => {
  it('lets everything out where nothing is said of that', () => {
    const made = declaredNetwork(vpc, group({}));
    expect(rules(made, 'ingress')).toEqual([]);
    expect(rules(made, 'egress').map(({ match }) => match.protocol)).toEqual(['all', 'all']);
  });

  it('lets nothing out where a list says so', () => {
    expect(rules(declaredNetwork(vpc, group({ SecurityGroupEgress: [] })), 'egress')).toEqual([]);
  });

  it('may let everything out where egress rules stand beside it alone', () => {
    const rule = declared('rule', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: ref('group'),
      ...https,
      CidrIp: '10.0.0.0/8',
    });
    const made = declaredNetwork(vpc, group({}), rule);
    const [own, kept] = rules(made, 'egress');
    expect(own).toMatchObject({ id: 'rule', match: { protocol: 6, ports: { from: 443, to: 443 } } });
    expect(kept).toMatchObject({ match: { protocol: 'all' }, peer: { kind: 'prefix-list' } });
    expect(made.prefixLists.get((kept!.peer as { id: string }).id)!.entries).toHaveProperty('unread');
  });

  it('has the rules in it and beside it, one for each peer', () => {
    const made = declaredNetwork(
      vpc,
      group({
        SecurityGroupIngress: [{ ...https, CidrIps: ['10.1.0.0/16', '10.2.0.0/16'], CidrIpv6: '::/0', Self: true }],
      }),
      group({}, 'other'),
      declared('rule', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: ref('group', 'GroupId'),
        IpProtocol: '-1',
        SourceSecurityGroupId: ref('other', 'GroupId'),
      }),
    );
    expect(rules(made, 'ingress').map(({ peer }) => peer.kind)).toEqual([
      'prefix',
      'prefix',
      'prefix',
      'security-group',
      'security-group',
    ]);
    expect(rules(made, 'ingress').at(-1)).toMatchObject({ peer: { id: 'other', known: true } });
  });

  it('may admit any address where a block is not known, and no port but the rule’s', () => {
    const [rule] = rules(
      declaredNetwork(vpc, group({ SecurityGroupIngress: [{ ...https, CidrIp: soon }] })),
      'ingress',
    );
    expect(rule).toMatchObject({ match: { ports: { from: 443 } }, peer: { kind: 'prefix-list' } });
  });

  it('may admit anything where ports are not known', () => {
    const [rule] = rules(
      declaredNetwork(
        vpc,
        group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: soon, ToPort: 443, CidrIp: '10.0.0.0/8' }] }),
      ),
      'ingress',
    );
    expect(rule).toMatchObject({ match: { protocol: 'all' }, peer: { kind: 'prefix-list' } });
  });

  it('may have members of any group admitted where the group is not known', () => {
    const [rule] = rules(
      declaredNetwork(vpc, group({ SecurityGroupIngress: [{ ...https, SourceSecurityGroupId: soon }] })),
      'ingress',
    );
    expect(rule).toMatchObject({ peer: { kind: 'security-group', known: false } });
  });

  it('may have a rule of which it is not known whose it is', () => {
    const rule = declared('rule', 'AWS::EC2::SecurityGroupIngress', { GroupId: soon, ...https, CidrIp: '0.0.0.0/0' });
    const [open] = rules(declaredNetwork(vpc, group({}), rule), 'ingress');
    expect(open).toMatchObject({ peer: { kind: 'prefix-list' } });
  });

  it('may have a rule that only an undecided condition declares', () => {
    const rule = declared(
      'rule',
      'AWS::EC2::SecurityGroupIngress',
      { GroupId: ref('group'), ...https, CidrIp: '0.0.0.0/0' },
      { uncertain: 'a parameter' },
    );
    expect(rules(declaredNetwork(vpc, group({}), rule), 'ingress')).toMatchObject([{ peer: { kind: 'prefix-list' } }]);
  });

  it('outside gets rules that its own network unites with its own', () => {
    const rule = declared('rule', 'AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-9', ...https, CidrIp: '0.0.0.0/0' });
    const { findings, outside } = declaredFindings(rule);
    expect(findings.securityGroupRules).toMatchObject([{ group: 'sg-9', direction: 'ingress', id: 'rule' }]);
    expect([...outside.named.keys()]).toEqual(['sg-9']);
  });

  it('has every mistake told, with its place', () => {
    const { problems } = declare(
      declaration(
        vpc,
        group({
          SecurityGroupIngress: [
            { ...https, CidrIp: '10.0.0/8' },
            { IpProtocol: 'tpc', CidrIp: '0.0.0.0/0' },
          ],
        }),
      ),
    );
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['bad-cidr', 'group/SecurityGroupIngress/0/CidrIp'],
      ['unknown-protocol', 'group/SecurityGroupIngress/1/IpProtocol'],
    ]);
  });

  it('says which of its properties it does not model', () => {
    expect(declaredNetwork(vpc, group({ Tpyo: 1 })).warnings).toEqual([
      '`group`: Tpyo of AWS::EC2::SecurityGroup is not modelled.',
    ]);
  });
});
