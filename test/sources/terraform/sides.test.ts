/** The two sides of a plan: what is there before it, and what there will be. */
import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../../src/sources/declared/resource.ts';
import { at, later, type Plan, planJson, property, ref, type Resource, sides } from '../../support/terraform.ts';

const both = (plan: Plan): { readonly before: Declaration; readonly after: Declaration } => {
  const { before, after } = sides(planJson(plan));
  return { before: before ?? expect.fail('a plan has a side before'), after };
};
const ids = ({ resources }: Declaration): readonly string[] => resources.map(({ id }) => id);

const old = { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24' };
const subnet = (rest: Partial<Resource>): Resource => ({ address: 'aws_subnet.a', refs: {}, ...rest });

test('what is made is after alone, under its address', () => {
  const { before, after } = both({ resources: [subnet({ after: { id: later, cidr_block: '10.0.0.0/24' } })] });
  expect(ids(before)).toEqual([]);
  expect(ids(after)).toEqual(['aws_subnet.a']);
});

test('what is destroyed is before alone', () => {
  const { before, after } = both({ resources: [subnet({ before: old, after: null })] });
  expect(ids(before)).toEqual(['subnet-1']);
  expect(ids(after)).toEqual([]);
});

test('what is changed in place has its id and its values on each side', () => {
  const { before, after } = both({
    resources: [subnet({ before: old, after: { ...old, map_public_ip_on_launch: true } })],
  });
  expect([ids(before), ids(after)]).toEqual([['subnet-1'], ['subnet-1']]);
  expect(property(before, 'aws_subnet.a', 'MapPublicIpOnLaunch')).toBeUndefined();
  expect(property(after, 'aws_subnet.a', 'MapPublicIpOnLaunch')).toBe(true);
});

test.each([[['delete', 'create']], [['create', 'delete']]])(
  'what is replaced by %j is another thing, and what names it names that',
  (actions) => {
    const { before, after } = both({
      resources: [
        subnet({ before: old, after: { ...old, id: later, cidr_block: '10.0.1.0/24' }, actions }),
        {
          address: 'aws_route_table_association.a',
          before: { id: 'rtbassoc-1', subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
          after: { id: later, subnet_id: later, route_table_id: 'rtb-1' },
          actions,
          refs: { subnet_id: ref('aws_subnet.a.id') },
        },
      ],
    });
    expect(property(before, 'aws_route_table_association.a', 'SubnetId')).toBe('subnet-1');
    expect(ids(after)).toEqual(['aws_subnet.a', 'aws_route_table_association.a']);
    expect(property(after, 'aws_route_table_association.a', 'SubnetId')).toBe('→aws_subnet.a');
  },
);

test('what the plan does not list, as with -target, stays', () => {
  const { before, after } = both({
    resources: [],
    state: [{ address: 'aws_subnet.a', values: old }],
    more: { complete: false },
  });
  expect([ids(before), ids(after)]).toEqual([['subnet-1'], ['subnet-1']]);
  expect(after.warnings).toEqual([expect.stringContaining('-target')]);
});

test('what Terraform only forgets stays, and is said', () => {
  const { after } = both({ resources: [subnet({ before: old, after: null, actions: ['forget'] })] });
  expect(ids(after)).toEqual(['subnet-1']);
  expect(after.warnings).toEqual([expect.stringContaining('forgotten')]);
});

test('what is imported is there before', () => {
  const json = planJson({ resources: [subnet({ before: old, after: old, actions: ['no-op'] })] });
  json.prior_state = { values: { root_module: {} } };
  expect(ids(sides(json).before!)).toEqual(['subnet-1']);
});

test('a deposed object is the remainder of something else', () => {
  const json = planJson({ resources: [subnet({ before: old, after: old })] });
  const changes = json.resource_changes as Record<string, unknown>[];
  changes.push({ ...changes[0], deposed: 'abcd1234', change: { actions: ['delete'], before: old, after: null } });
  expect(ids(sides(json).after)).toEqual(['subnet-1']);
});

describe('`moved`', () => {
  const moved = {
    address: 'aws_subnet.b["x"]',
    formerly: 'aws_subnet.a',
    refs: {},
    before: old,
    after: old,
    actions: ['no-op'],
  };

  test('has the old address before, and knows it after', () => {
    const { before, after } = both({ resources: [moved] });
    expect(at(before, 'aws_subnet.a').id).toBe('subnet-1');
    expect(at(after, 'aws_subnet.b["x"]')).toMatchObject({ id: 'subnet-1', formerly: ['aws_subnet.a'] });
    expect([ids(before), ids(after)]).toEqual([['subnet-1'], ['subnet-1']]);
  });
});

describe('a data source', () => {
  const found = {
    id: 'vpc-1',
    cidr_block: '10.0.0.0/16',
    cidr_block_associations: [{ cidr_block: '10.0.0.0/16' }, { cidr_block: '10.1.0.0/16' }],
  };

  test('that was read tells of something that is not the plan’s', () => {
    const { after } = both({ resources: [], state: [{ address: 'data.aws_vpc.it', values: found }] });
    expect(at(after, 'data.aws_vpc.it')).toMatchObject({ type: 'AWS::EC2::VPC', id: 'vpc-1', lookedUp: true });
    expect(property(after, 'data.aws_vpc.it', 'CidrBlocks')).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
  });

  test('that is read at apply tells nothing yet', () => {
    const { after } = both({
      resources: [{ address: 'data.aws_vpc.it', actions: ['read'], after: { id: later, tags: {} }, refs: {} }],
    });
    expect(after.resources).toEqual([]);
  });

  test('of prefix lists tells their entries', () => {
    const { after } = both({
      resources: [],
      state: [
        {
          address: 'data.aws_prefix_list.s3',
          values: { id: 'pl-1', name: 'com.amazonaws.eu-west-1.s3', cidr_blocks: ['192.0.2.0/24'] },
        },
        {
          address: 'data.aws_ec2_managed_prefix_list.own',
          values: { id: 'pl-2', entries: [{ cidr: '10.0.0.0/8', description: '' }] },
        },
      ],
    });
    expect(property(after, 'data.aws_prefix_list.s3', 'Entries')).toEqual([{ Cidr: '192.0.2.0/24' }]);
    expect(property(after, 'data.aws_ec2_managed_prefix_list.own', 'Entries')).toEqual([{ Cidr: '10.0.0.0/8' }]);
  });
});

describe('of types that are not translated', () => {
  const types = (resource: Resource): unknown =>
    both({ resources: [resource] }).after.untranslated.map(({ type, mentions }) => ({
      type,
      mentions: mentions?.length ?? 0,
    }));

  test('one that names subnets is told with them', () => {
    expect(
      types({ address: 'aws_workspaces_directory.d', after: { id: later, subnet_ids: ['subnet-1'] }, refs: {} }),
    ).toEqual([{ type: 'aws_workspaces_directory', mentions: 1 }]);
  });

  test('one that names a network’s parts inside a block too', () => {
    const after = {
      id: later,
      computeResources: null,
      compute_resources: [{ subnets: ['subnet-1'], security_group_ids: ['sg-1'] }],
    };
    expect(types({ address: 'aws_batch_compute_environment.d', after, refs: {} })).toEqual([
      { type: 'aws_batch_compute_environment', mentions: 2 },
    ]);
  });

  test('one that is no part of a network is not told', () => {
    expect(types({ address: 'aws_iam_role.r', after: { id: later, name: 'x' }, refs: {} })).toEqual([]);
    expect(types({ address: 'random_id.r', after: { id: later }, refs: {} })).toEqual([]);
  });
});

test('what is sensitive is nowhere, and as good as unknown where it would count', () => {
  const marker = 'TOP-SECRET-MARKER';
  const { before, after } = both({
    resources: [
      {
        address: 'aws_instance.x',
        before: { id: 'i-1', subnet_id: 'subnet-1', user_data: marker, tags: { Name: 'x' }, password_data: marker },
        after: {
          id: 'i-1',
          subnet_id: 'subnet-1',
          user_data: marker,
          tags: { Name: marker },
          tags_all: { Name: marker },
        },
        sensitive: { user_data: true, tags: { Name: true }, tags_all: { Name: true } },
        refs: {},
      },
      {
        address: 'aws_security_group.g',
        after: {
          id: later,
          name: marker,
          ingress: [{ protocol: 'tcp', from_port: 1, to_port: 1, cidr_blocks: ['192.0.2.0/24'], description: marker }],
        },
        sensitive: { name: true, ingress: true },
        refs: { ingress: [] },
      },
      {
        address: 'aws_db_instance.d',
        after: { id: later, password: marker, username: marker },
        sensitive: { password: true },
        refs: {},
      },
      { address: 'awscc_ec2_instance.c', after: { user_data: marker, subnet_id: 'subnet-1' }, refs: {} },
    ],
    variables: { password: marker },
  });
  expect(JSON.stringify([before, after])).not.toContain(marker);
  expect(JSON.stringify(after)).not.toContain('192.0.2.0');
  expect(property(after, 'aws_security_group.g', 'SecurityGroupIngress')).toEqual(['?']);
});

describe('the Region', () => {
  const region = (providers: unknown, refs: Resource['refs'], variables = {}): unknown =>
    at(both({ resources: [subnet({ after: { id: later }, refs })], providers, variables }).after, 'aws_subnet.a')
      .region;
  const by = (name: string, expression: unknown) => ({ [name]: { name: 'aws', expressions: { region: expression } } });

  test('is the provider’s, by a variable too', () => {
    expect(region(by('aws', { references: ['var.region'] }), {}, { region: 'eu-west-2' })).toBe('eu-west-2');
  });

  test('is not told by a text that is made of a variable', () => {
    expect(region(by('aws', { references: ['var.region'] }), {}, { region: 'eu' })).toBeUndefined();
  });

  test('is not guessed where providers of another name disagree', () => {
    const two = { ...by('aws.a', { constant_value: 'eu-west-1' }), ...by('aws.b', { constant_value: 'eu-west-2' }) };
    expect(region(two, {})).toBeUndefined();
  });
});
