/** Security groups of Terraform: three styles of rules, and what a group shows that another resource manages. */
import { describe, expect, test } from 'vitest';
import { after, at, later, planJson, property, ref, type Resource, shown, sides } from '../../support/terraform.ts';

const group = (values: Resource['after'], refs: Resource['refs'] = {}): Resource => ({
  address: 'aws_security_group.g',
  after: { id: later, ...values },
  refs,
});
const inline = (rule: Record<string, unknown>) =>
  ({
    protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_blocks: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    security_groups: [],
    self: false,
    description: '',
    ...rule,
  }) as never;
const rules = (resources: readonly Resource[], direction: 'Ingress' | 'Egress' = 'Ingress'): unknown =>
  property(after({ resources }), 'aws_security_group.g', `SecurityGroup${direction}`);

describe('a group', () => {
  test('without egress lets nothing out', () => {
    expect(rules([group({ ingress: later, egress: later })], 'Egress')).toEqual([]);
    expect(rules([group({ egress: [] }, { egress: { constant_value: [] } })], 'Egress')).toEqual([]);
  });

  test('has the peers of one block added up', () => {
    const it = group(
      {
        ingress: [
          inline({
            cidr_blocks: ['10.0.0.0/8'],
            ipv6_cidr_blocks: ['2001:db8::/32'],
            prefix_list_ids: ['pl-1'],
            security_groups: ['sg-1'],
            self: true,
          }),
        ],
      },
      { ingress: [] },
    );
    expect(rules([it])).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIps: ['10.0.0.0/8'],
        CidrIpv6s: ['2001:db8::/32'],
        SourcePrefixListIds: ['pl-1'],
        SourceSecurityGroupIds: ['sg-1'],
        Self: true,
      },
    ]);
  });

  test('has no ports where the protocol is -1', () => {
    expect(
      rules(
        [
          group(
            { egress: [inline({ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] })] },
            { egress: [] },
          ),
        ],
        'Egress',
      ),
    ).toEqual([{ IpProtocol: '-1', CidrIps: ['0.0.0.0/0'] }]);
  });

  test('names the groups of its rules by reference alone', () => {
    const other: Resource = { address: 'aws_security_group.app', after: { id: later }, refs: {} };
    const it = group({ ingress: [inline({ security_groups: later })] }, { ingress: ref('aws_security_group.app.id') });
    expect(rules([other, it])).toMatchObject([{ SourceSecurityGroupIds: ['→aws_security_group.app'] }]);
  });

  test('has rules that nobody knows where their number is not known', () => {
    expect(rules([group({ ingress: later }, { ingress: ref('local.rules') })])).toEqual(['?']);
  });

  test('that is adopted as the default one says so', () => {
    const resources = [
      { address: 'aws_vpc.v', after: { id: later }, refs: {} },
      {
        address: 'aws_default_security_group.d',
        after: { id: later, vpc_id: later },
        refs: { vpc_id: ref('aws_vpc.v.id') },
      },
    ];
    expect(shown(at(after({ resources }), 'aws_default_security_group.d').properties)).toEqual({
      Adopts: { VpcId: '→aws_vpc.v' },
      SecurityGroupIngress: [],
      SecurityGroupEgress: [],
    });
  });
});

describe('a rule beside its group', () => {
  const groupOf = { security_group_id: ref('aws_security_group.g.id') };

  test('in the old style adds up its peers', () => {
    const rule = {
      address: 'aws_security_group_rule.r',
      after: {
        type: 'egress',
        security_group_id: later,
        protocol: 'tcp',
        from_port: 1,
        to_port: 2,
        cidr_blocks: ['10.0.0.0/8'],
        prefix_list_ids: ['pl-1'],
        source_security_group_id: 'sg-9',
        self: false,
      },
      refs: groupOf,
    };
    expect(shown(at(after({ resources: [group({}), rule] }), 'aws_security_group_rule.r').properties)).toEqual({
      GroupId: '→aws_security_group.g',
      IpProtocol: 'tcp',
      FromPort: 1,
      ToPort: 2,
      CidrIps: ['10.0.0.0/8'],
      DestinationPrefixListIds: ['pl-1'],
      DestinationSecurityGroupId: 'sg-9',
    });
  });

  test('in the new style has one', () => {
    const rule = {
      address: 'aws_vpc_security_group_ingress_rule.r',
      after: {
        security_group_id: later,
        ip_protocol: 'tcp',
        from_port: 1,
        to_port: 2,
        referenced_security_group_id: later,
      },
      refs: { ...groupOf, referenced_security_group_id: ref('aws_security_group.g.id') },
    };
    const { type, properties } = at(after({ resources: [group({}), rule] }), 'aws_vpc_security_group_ingress_rule.r');
    expect(type).toBe('AWS::EC2::SecurityGroupIngress');
    expect(shown(properties)).toMatchObject({
      GroupId: '→aws_security_group.g',
      SourceSecurityGroupId: '→aws_security_group.g',
    });
  });
});

describe('what a group shows that a rule beside it manages', () => {
  const shows = { id: 'sg-1', ingress: [inline({ cidr_blocks: ['10.0.0.0/8', '192.0.2.0/24'] })], egress: [] };
  const it = (refs: Resource['refs']): Resource => ({
    address: 'aws_security_group.g',
    before: shows,
    after: shows,
    actions: ['no-op'],
    refs,
  });
  const rule = (after_: Resource['after']): Resource => ({
    address: 'aws_security_group_rule.r',
    before: {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_blocks: ['192.0.2.0/24'],
    },
    after: after_,
    refs: {},
  });

  test('goes when that is deleted', () => {
    expect(rules([it({}), rule(null)])).toMatchObject([{ CidrIps: ['10.0.0.0/8'] }]);
  });

  test('is told once while that stays', () => {
    const there = rule(null).before!;
    const declared = after({ resources: [it({}), rule(there)] });
    expect(property(declared, 'aws_security_group.g', 'SecurityGroupIngress')).toMatchObject([
      { CidrIps: ['10.0.0.0/8'] },
    ]);
    expect(property(declared, 'aws_security_group_rule.r', 'CidrIps')).toEqual(['192.0.2.0/24']);
  });

  test('is told once before, too', () => {
    const { before } = sides(planJson({ resources: [it({}), rule(null)] }));
    expect(property(before!, 'aws_security_group.g', 'SecurityGroupIngress')).toMatchObject([
      { CidrIps: ['10.0.0.0/8'] },
    ]);
    expect(property(before!, 'aws_security_group_rule.r', 'CidrIps')).toEqual(['192.0.2.0/24']);
  });

  test('in the new style, where the group shows `self`', () => {
    const self = { id: 'sg-1', ingress: [inline({ self: true })], egress: [] };
    const of: Resource = { address: 'aws_security_group.g', before: self, after: self, actions: ['no-op'], refs: {} };
    const gone: Resource = {
      address: 'aws_vpc_security_group_ingress_rule.r',
      before: {
        security_group_id: 'sg-1',
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        referenced_security_group_id: 'sg-1',
      },
      after: null,
      refs: {},
    };
    expect(rules([of, gone])).toEqual([]);
    expect(rules([of])).toMatchObject([{ Self: true }]);
  });

  test('stays where it is written in the group', () => {
    expect(rules([it({ ingress: [] }), rule(null)])).toMatchObject([{ CidrIps: ['10.0.0.0/8', '192.0.2.0/24'] }]);
  });
});

describe('rules in a group and beside it, which remove each other', () => {
  const styles = (refs: Resource['refs']) =>
    after({
      resources: [
        group({ ingress: [inline({ cidr_blocks: ['10.0.0.0/8'] })] }, refs),
        {
          address: 'aws_security_group_rule.old',
          after: {
            type: 'ingress',
            security_group_id: later,
            protocol: 'tcp',
            from_port: 22,
            to_port: 22,
            cidr_blocks: ['0.0.0.0/0'],
          },
          refs: { security_group_id: ref('aws_security_group.g.id') },
        },
        {
          address: 'aws_vpc_security_group_ingress_rule.new',
          after: { security_group_id: later, ip_protocol: 'tcp', from_port: 23, to_port: 23, cidr_ipv4: '0.0.0.0/0' },
          refs: { security_group_id: ref('aws_security_group.g.id') },
        },
        {
          address: 'aws_vpc_security_group_egress_rule.out',
          after: { security_group_id: later, ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
          refs: { security_group_id: ref('aws_security_group.g.id') },
        },
      ],
    });

  test('are said, and of those beside it nobody knows whether they are there', () => {
    const declared = styles({ ingress: [] });
    expect(declared.warnings).toEqual([
      expect.stringMatching(
        /`aws_security_group\.g` .*`aws_security_group_rule\.old`, `aws_vpc_security_group_ingress_rule\.new`/,
      ),
    ]);
    expect(property(declared, 'aws_security_group_rule.old', 'CidrIps')).toEqual(['?']);
    expect(property(declared, 'aws_vpc_security_group_ingress_rule.new', 'CidrIp')).toBeUndefined();
    expect(property(declared, 'aws_security_group.g', 'SecurityGroupIngress')).toMatchObject([
      { CidrIps: ['10.0.0.0/8'] },
    ]);
  });

  test('are no matter in the other direction', () => {
    expect(property(styles({ ingress: [] }), 'aws_vpc_security_group_egress_rule.out', 'CidrIp')).toBe('0.0.0.0/0');
  });

  test('are told by what the configuration writes in the group', () => {
    expect(styles({}).warnings).toEqual([]);
  });
});

describe('an exclusive list of a group’s rules', () => {
  const rule = (name: string): Resource => ({
    address: `aws_vpc_security_group_ingress_rule.${name}`,
    after: {
      id: later,
      security_group_id: 'sg-1',
      ip_protocol: 'tcp',
      from_port: 1,
      to_port: 1,
      cidr_ipv4: '10.0.0.0/8',
    },
    refs: {},
  });
  const shows = { id: 'sg-1', ingress: [inline({ cidr_blocks: ['192.0.2.0/24'] })], egress: [] };
  const it: Resource = { address: 'aws_security_group.g', before: shows, after: shows, actions: ['no-op'], refs: {} };
  const list: Resource = {
    address: 'aws_vpc_security_group_rules_exclusive.e',
    after: { security_group_id: 'sg-1', ingress_rule_ids: later, egress_rule_ids: [] },
    refs: { ingress_rule_ids: ref('aws_vpc_security_group_ingress_rule.a.id') },
  };

  test('removes what somebody else made, and may remove what it does not name', () => {
    const declared = after({ resources: [it, rule('a'), rule('b'), list] });
    expect(property(declared, 'aws_security_group.g', 'SecurityGroupIngress')).toEqual([]);
    expect(property(declared, 'aws_vpc_security_group_ingress_rule.a', 'CidrIp')).toBe('10.0.0.0/8');
    expect(property(declared, 'aws_vpc_security_group_ingress_rule.b', 'CidrIps')).toEqual(['?']);
    expect(declared.warnings).toEqual([expect.stringContaining('`aws_vpc_security_group_ingress_rule.b`')]);
  });
});
