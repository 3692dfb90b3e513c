/** From what the configuration names to the resource that is meant; where several could be, to all of these, and never to a guess. */
import { describe, expect, test } from 'vitest';
import { after, later, type Plan, planJson, property, ref, type Resource, sides } from '../../support/terraform.ts';

const made = (address: string, refs: Resource['refs'] = {}, more: Resource['after'] = {}): Resource => ({
  address,
  after: { id: later, ...more },
  refs,
});

const vpc = made('aws_vpc.main');
const subnets = (n: number): readonly Resource[] =>
  Array.from({ length: n }, (_, i) =>
    made(`aws_subnet.app[${i}]`, { vpc_id: ref('aws_vpc.main.id') }, { vpc_id: later }),
  );
const subnetsFor = (...keys: readonly string[]): readonly Resource[] =>
  keys.map((key) => made(`aws_subnet.app["${key}"]`, {}));

/** A subnet's VPC, by whatever the expression names. */
const vpcBy = (references: readonly string[], rest: Partial<Plan> = {}, others: readonly Resource[] = [vpc]): unknown =>
  property(
    after({ ...rest, resources: [...others, made('aws_subnet.x', { vpc_id: references }, { vpc_id: later })] }),
    'aws_subnet.x',
    'VpcId',
  );

/** The subnet of instance `x`, or of `x[i]`. */
const subnetBy = (
  references: readonly string[],
  of: readonly Resource[],
  address = 'aws_instance.x',
  among = [address],
): unknown =>
  property(
    after({ resources: [...of, ...among.map((one) => made(one, { subnet_id: references }, { subnet_id: later }))] }),
    address,
    'SubnetId',
  );

describe('one thing named is that thing', () => {
  test('by its id', () => {
    expect(vpcBy(ref('aws_vpc.main.id'))).toBe('→aws_vpc.main');
  });

  test('as Terraform 0.12 lists it, without the attribute', () => {
    expect(vpcBy(['aws_vpc.main'])).toBe('→aws_vpc.main');
  });

  test('through an argument of another resource', () => {
    expect(vpcBy(ref('aws_subnet.app[1].vpc_id'), {}, [vpc, ...subnets(2)])).toBe('→aws_vpc.main');
  });

  test('of alternatives, the one whose count is not 0', () => {
    expect(vpcBy([...ref('aws_vpc.other[0].id'), ...ref('aws_vpc.main.id')])).toBe('→aws_vpc.main');
  });

  test('an id that is known is not followed', () => {
    const resources = [vpc, made('aws_subnet.x', { vpc_id: ref('aws_vpc.main.id') }, { vpc_id: 'vpc-1' })];
    expect(property(after({ resources }), 'aws_subnet.x', 'VpcId')).toBe('vpc-1');
  });

  test('what exists already is not what is known after apply', () => {
    const there = { address: 'aws_vpc.old', before: { id: 'vpc-1' }, after: { id: 'vpc-1' }, refs: {} };
    expect(vpcBy([...ref('aws_vpc.old.id'), ...ref('aws_vpc.main.id')], {}, [there, vpc])).toBe('→aws_vpc.main');
  });

  test('a thing looked up by its id is that thing', () => {
    const found = {
      address: 'data.aws_vpc.it',
      actions: ['read'],
      after: { id: later, cidr_block: later },
      refs: { id: ref('aws_vpc.main.id') },
    };
    expect(vpcBy(ref('data.aws_vpc.it.id'), {}, [vpc, found])).toBe('→aws_vpc.main');
  });
});

describe('where several could be meant, each of them is a candidate', () => {
  test('two VPCs in one expression', () => {
    expect(vpcBy([...ref('aws_vpc.main.id'), ...ref('aws_vpc.other.id')], {}, [vpc, made('aws_vpc.other')])).toBe(
      '? →aws_vpc.main | →aws_vpc.other',
    );
  });

  test('an index that the plan does not show', () => {
    expect(subnetBy(['aws_subnet.app', 'var.n'], subnets(2))).toBe('? →aws_subnet.app[0] | →aws_subnet.app[1]');
    expect(subnetBy(['aws_subnet.app'], subnets(2))).toBe('? →aws_subnet.app[0] | →aws_subnet.app[1]');
  });

  test('of one instance, any index means it', () => {
    expect(subnetBy(['aws_subnet.app', 'var.n'], subnets(1))).toBe('→aws_subnet.app[0]');
  });
});

describe('what could be anything is not narrowed', () => {
  test('a data source that is read at apply', () => {
    const data = { address: 'data.aws_subnets.all', actions: ['read'], after: { ids: later }, refs: {} };
    expect(subnetBy([...ref('data.aws_subnets.all.ids'), ...ref('aws_subnet.app[0].id')], [...subnets(1), data])).toBe(
      '?',
    );
  });

  test('a choice by something that is known after apply', () => {
    const other = made('aws_dynamodb_table.t', {}, { stream_label: later });
    expect(
      subnetBy([...ref('aws_dynamodb_table.t.stream_label'), ...ref('aws_subnet.app[0].id')], [...subnets(1), other]),
    ).toBe('?');
  });

  test('a resource of another provider that could hand on any id', () => {
    const other = made('terraform_data.d', { input: ref('aws_subnet.app') }, { output: later });
    expect(subnetBy(ref('local.id'), [...subnets(1), other])).toBe('?');
  });

  test('a value that names nothing of its kind', () => {
    expect(vpcBy(ref('aws_sqs_queue.q.id'), {}, [vpc, made('aws_sqs_queue.q')])).toBe('?');
  });
});

describe('by the key of the instance itself', () => {
  const among = (n: number): string[] => Array.from({ length: n }, (_, i) => `aws_instance.x[${i}]`);

  test('`count.index` of as many means the one of the same index in what pairs parts of the network, which is said', () => {
    const subnet = { subnet_id: ['aws_subnet.app', 'count.index'] };
    const resources = [
      ...subnets(2),
      ...[0, 1].map((i) => made(`aws_route_table_association.x[${i}]`, subnet, { subnet_id: later })),
    ];
    const declared = after({ resources });
    expect(property(declared, 'aws_route_table_association.x[1]', 'SubnetId')).toBe('→aws_subnet.app[1]');
    expect(declared.warnings).toEqual([expect.stringContaining('`aws_subnet.app[0]`, `aws_subnet.app[1]` are taken')]);
  });

  test('`count.index` of what is put somewhere may count on, for `element(x, count.index + 1)` looks the same', () => {
    expect(subnetBy(['aws_subnet.app', 'count.index'], subnets(2), 'aws_instance.x[1]', among(2))).toBe(
      '? →aws_subnet.app[0] | →aws_subnet.app[1]',
    );
  });

  test('`count.index` of fewer or more may count on from anywhere', () => {
    expect(subnetBy(['aws_subnet.app', 'count.index'], subnets(3), 'aws_instance.x[1]', among(2))).toMatch(
      /^\? .*app\[0\] .*app\[2\]$/,
    );
    expect(subnetBy(['aws_subnet.app', 'count.index'], subnets(2), 'aws_instance.x[2]', among(3))).toMatch(/^\? /);
  });

  test('an index that something else decides too may be any', () => {
    expect(
      subnetBy(['aws_subnet.app', 'var.single', 'count.index'], subnets(2), 'aws_instance.x[1]', among(2)),
    ).toMatch(/^\? /);
  });

  test('`each.key` means the one of the same key, of more as well', () => {
    expect(
      subnetBy(['aws_subnet.app', 'each.key'], subnetsFor('a', 'b'), 'aws_instance.x["b"]', ['aws_instance.x["b"]']),
    ).toBe('→aws_subnet.app["b"]');
  });

  test('`each.key` that some have not is no index by itself', () => {
    expect(
      subnetBy(['aws_subnet.app', 'each.key'], subnetsFor('a', 'b'), 'aws_instance.x["b"]', [
        'aws_instance.x["b"]',
        'aws_instance.x["c"]',
      ]),
    ).toMatch(/^\? /);
  });

  test('`each.value` of a `for_each` over resources with computed values is the one of that key', () => {
    const forEach = ['aws_subnet.app'];
    const resources = [
      ...subnetsFor('a', 'b'),
      ...['a', 'b'].map((key) => ({
        ...made(`aws_instance.x["${key}"]`, { subnet_id: ref('each.value.id') }, { subnet_id: later }),
        forEach,
      })),
    ];
    expect(property(after({ resources }), 'aws_instance.x["b"]', 'SubnetId')).toBe('→aws_subnet.app["b"]');
  });

  test('the element of a set is its key', () => {
    const it = {
      ...made('aws_instance.x["b"]', { subnet_id: ['aws_subnet.app', 'each.value'] }, { subnet_id: later }),
      forEach: [],
    };
    const declared = after({ resources: [...subnetsFor('a', 'b'), it] });
    expect(property(declared, 'aws_instance.x["b"]', 'SubnetId')).toBe('→aws_subnet.app["b"]');
  });

  test('`each.value` of a `for_each` over a local value is any that the module has', () => {
    const resources = [
      ...subnetsFor('a', 'b'),
      {
        ...made('aws_instance.x["a"]', { subnet_id: ref('each.value.id') }, { subnet_id: later }),
        forEach: ref('local.places'),
      },
    ];
    expect(property(after({ resources }), 'aws_instance.x["a"]', 'SubnetId')).toBe(
      '? →aws_subnet.app["a"] | →aws_subnet.app["b"]',
    );
  });
});

describe('through modules', () => {
  /** A module that is called twice, with a VPC each, and hands out its VPC and its subnets. */
  const net = (key: string): readonly Resource[] => [
    made(`module.net["${key}"].aws_vpc.main`),
    ...[0, 1].map((i) =>
      made(`module.net["${key}"].aws_subnet.app[${i}]`, { vpc_id: ref('local.vpc_id') }, { vpc_id: later }),
    ),
  ];
  const calls = {
    net: {
      forEach: ref('var.nets'),
      outputs: {
        vpc_id: ref('aws_vpc.main.id'),
        subnet_ids: ['aws_subnet.app'],
        both: [...ref('aws_vpc.main.id'), 'aws_subnet.app'],
      },
    },
    app: { inputs: { vpc_id: ref('module.net["b"].vpc_id'), places: ref('module.net["b"].subnet_ids') } },
  } satisfies Plan['calls'];
  const declared = (resources: readonly Resource[]) =>
    after({ resources: [...net('a'), ...net('b'), ...resources], calls });

  test('an output of the call with that key', () => {
    const it = declared([made('aws_subnet.x', { vpc_id: ref('module.net["b"].vpc_id') }, { vpc_id: later })]);
    expect(property(it, 'aws_subnet.x', 'VpcId')).toBe('→module.net["b"].aws_vpc.main');
  });

  test('an input of the module that it is in, from another’s output', () => {
    const it = declared([made('module.app.aws_security_group.x', { vpc_id: ref('var.vpc_id') }, { vpc_id: later })]);
    expect(property(it, 'module.app.aws_security_group.x', 'VpcId')).toBe('→module.net["b"].aws_vpc.main');
  });

  test('an index into a list that is handed over may mean any, for a `slice()` of it looks the same', () => {
    const it = declared([made('module.app.aws_instance.x', { subnet_id: ref('var.places[1]') }, { subnet_id: later })]);
    expect(property(it, 'module.app.aws_instance.x', 'SubnetId')).toBe(
      '? →module.net["b"].aws_subnet.app[0] | →module.net["b"].aws_subnet.app[1]',
    );
  });

  test('an index into an output may mean any that it is made of', () => {
    const it = declared([
      made('aws_instance.x', { subnet_id: ref('module.net["b"].subnet_ids[0]') }, { subnet_id: later }),
    ]);
    expect(property(it, 'aws_instance.x', 'SubnetId')).toBe(
      '? →module.net["b"].aws_subnet.app[0] | →module.net["b"].aws_subnet.app[1]',
    );
  });

  test('an output made of several things is the one of the wanted kind', () => {
    const it = declared([made('aws_subnet.x', { vpc_id: ref('module.net["a"].both.vpc') }, { vpc_id: later })]);
    expect(property(it, 'aws_subnet.x', 'VpcId')).toBe('→module.net["a"].aws_vpc.main');
  });

  test('an output of any of the calls may be each of theirs', () => {
    const it = declared([made('aws_subnet.x', { vpc_id: ['module.net', 'var.which'] }, { vpc_id: later })]);
    expect(property(it, 'aws_subnet.x', 'VpcId')).toBe(
      '? →module.net["a"].aws_vpc.main | →module.net["b"].aws_vpc.main',
    );
  });

  test('`each.value` of a `for_each` over a module is the call of that key', () => {
    const it = declared([
      {
        ...made('aws_security_group.x["b"]', { vpc_id: ref('each.value.vpc_id') }, { vpc_id: later }),
        forEach: ['module.net'],
      },
    ]);
    expect(property(it, 'aws_security_group.x["b"]', 'VpcId')).toBe('→module.net["b"].aws_vpc.main');
  });

  test('a local value, which the plan does not show, is the only VPC that its own call has', () => {
    expect(property(declared([]), 'module.net["a"].aws_subnet.app[0]', 'VpcId')).toBe('→module.net["a"].aws_vpc.main');
  });

  test('a local value where two could be is either', () => {
    const it = declared([made('aws_subnet.x', { vpc_id: ref('local.vpc_id') }, { vpc_id: later })]);
    expect(property(it, 'aws_subnet.x', 'VpcId')).toBe(
      '? →module.net["a"].aws_vpc.main | →module.net["b"].aws_vpc.main',
    );
  });

  test('a module that makes nothing hands on what it is given', () => {
    const resources = [
      vpc,
      made('aws_vpc.other'),
      made('aws_subnet.x', { vpc_id: [...ref('aws_vpc.other.id'), ...ref('module.pass.out')] }, { vpc_id: later }),
    ];
    const pass = { pass: { inputs: { given: ref('aws_vpc.main.id') }, outputs: { out: ref('var.given') } } };
    expect(property(after({ resources, calls: pass }), 'aws_subnet.x', 'VpcId')).toBe(
      '? →aws_vpc.other | →aws_vpc.main',
    );
  });

  test('modules that hand values round in a circle end', () => {
    const round = {
      a: { inputs: { x: ref('module.b.out') }, outputs: { out: ref('local.y') } },
      b: { inputs: { x: ref('module.a.out') }, outputs: { out: ref('local.y') } },
    };
    const resources = [
      made('aws_vpc.main'),
      made('module.a.aws_subnet.x', { vpc_id: ref('var.x') }, { vpc_id: later }),
    ];
    expect(property(after({ resources, calls: round }), 'module.a.aws_subnet.x', 'VpcId')).toBe('?');
  });
});

describe('a list', () => {
  const groups = [made('aws_security_group.a'), made('aws_security_group.b')];
  const groupsBy = (
    references: readonly string[],
    value: Parameters<typeof made>[2] = { vpc_security_group_ids: later },
    others: readonly Resource[] = [],
  ): unknown =>
    property(
      after({
        resources: [...groups, ...others, made('aws_instance.x', { vpc_security_group_ids: references }, value)],
        variables: { id: 'sg-0123456789', on: true },
      }),
      'aws_instance.x',
      'SecurityGroupIds',
    );

  test('of things named one by one is these', () => {
    expect(groupsBy([...ref('aws_security_group.a.id'), ...ref('aws_security_group.b.id')])).toEqual([
      '→aws_security_group.a',
      '→aws_security_group.b',
    ]);
  });

  test('of which a condition may leave some out is any of these', () => {
    expect(groupsBy([...ref('var.on'), ...ref('aws_security_group.a.id'), ...ref('aws_security_group.b.id')])).toBe(
      '? →aws_security_group.a | →aws_security_group.b',
    );
  });

  test('to which a known id may belong is not narrowed', () => {
    expect(groupsBy([...ref('var.id'), ...ref('aws_security_group.a.id')])).toBe('?');
  });

  test('of all instances by no index is any of them, since a part may be taken', () => {
    const acl = made('aws_network_acl.x', { subnet_ids: ['aws_subnet.app'] }, { subnet_ids: later });
    expect(property(after({ resources: [...subnets(2), acl] }), 'aws_network_acl.x', 'SubnetIds')).toBe(
      '? →aws_subnet.app[0] | →aws_subnet.app[1]',
    );
  });

  test('of a service’s subnets by no index is all of them', () => {
    const lambda = made(
      'aws_lambda_function.x',
      { vpc_config: { subnet_ids: { references: ['aws_subnet.app'] } } },
      { vpc_config: [{ subnet_ids: later }] },
    );
    expect(property(after({ resources: [...subnets(2), lambda] }), 'aws_lambda_function.x', 'VpcConfig')).toEqual({
      SubnetIds: ['→aws_subnet.app[0]', '→aws_subnet.app[1]'],
    });
  });

  test('known in part keeps what is known, and each that is not', () => {
    const value = { vpc_security_group_ids: ['sg-1', later] };
    expect(groupsBy(ref('aws_security_group.a.id'), value)).toEqual(['sg-1', '→aws_security_group.a']);
    expect(groupsBy([...ref('aws_security_group.a.id'), ...ref('aws_security_group.b.id')], value)).toEqual([
      'sg-1',
      '? →aws_security_group.a | →aws_security_group.b',
    ]);
  });
});

describe('blocks', () => {
  const igw = made('aws_internet_gateway.g');
  const nats = ['a', 'b'].map((key) => made(`aws_nat_gateway.n["${key}"]`));
  const table = (
    address: string,
    references: readonly string[] | undefined,
    ...route: readonly Record<string, string | typeof later>[]
  ): Resource => made(address, references === undefined ? {} : { route: references }, { route });
  const routes = (resources: readonly Resource[], address = 'aws_route_table.t'): unknown =>
    property(after({ resources }), address, 'Routes');

  test('share their references: each takes those of its kind', () => {
    const it = table(
      'aws_route_table.t',
      [...ref('aws_internet_gateway.g.id'), ...ref('aws_nat_gateway.n["a"].id')],
      { cidr_block: '0.0.0.0/0', gateway_id: later },
      { cidr_block: '10.9.0.0/16', nat_gateway_id: later },
    );
    expect(routes([igw, ...nats, it])).toEqual([
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: '→aws_internet_gateway.g' },
      { DestinationCidrBlock: '10.9.0.0/16', NatGatewayId: '→aws_nat_gateway.n["a"]' },
    ]);
  });

  test('of one kind and several things cannot be told apart', () => {
    const it = table(
      'aws_route_table.t',
      [...ref('aws_nat_gateway.n["b"].id'), ...ref('aws_nat_gateway.n["a"].id')],
      { cidr_block: '0.0.0.0/0', nat_gateway_id: later },
      { cidr_block: '10.9.0.0/16', nat_gateway_id: later },
    );
    expect(routes([...nats, it])).toMatchObject([
      { NatGatewayId: expect.stringMatching(/^\? /) as string },
      { NatGatewayId: expect.stringMatching(/^\? /) as string },
    ]);
  });

  test('go by `each.key` as other arguments do', () => {
    const all = ['a', 'b'].map((key) =>
      table(`aws_route_table.t["${key}"]`, ['aws_nat_gateway.n', 'each.key'], {
        cidr_block: '0.0.0.0/0',
        nat_gateway_id: later,
      }),
    );
    expect(routes([...nats, ...all], 'aws_route_table.t["b"]')).toMatchObject([
      { NatGatewayId: '→aws_nat_gateway.n["b"]' },
    ]);
  });

  test('of a `dynamic` block, which the plan does not show, mean what its module has', () => {
    const one = table('aws_route_table.t', undefined, { cidr_block: '0.0.0.0/0', gateway_id: later });
    expect(routes([igw, one])).toMatchObject([{ GatewayId: '→aws_internet_gateway.g' }]);
    const two = table('aws_route_table.t', undefined, { cidr_block: '0.0.0.0/0', nat_gateway_id: later });
    expect(routes([...nats, two])).toMatchObject([
      { NatGatewayId: '? →aws_nat_gateway.n["a"] | →aws_nat_gateway.n["b"]' },
    ]);
  });

  test('of a `dynamic` block over what is not known yet are unknown, where AWS fills in none', () => {
    const lambda = made('aws_lambda_function.x', {}, { vpc_config: later });
    expect(property(after({ resources: [lambda] }), 'aws_lambda_function.x', 'VpcConfig')).toBe('?');
  });

  test('of a `dynamic` block over what is not known yet are unknown, where AWS filled them in before', () => {
    const there = { id: 'sg-1', ingress: [], egress: [] };
    const changed = {
      address: 'aws_security_group.x',
      before: there,
      after: { ...there, ingress: later },
      refs: {},
    };
    expect(property(after({ resources: [changed] }), 'aws_security_group.x', 'SecurityGroupIngress')).toEqual(['?']);
  });

  test('that a new group does not show are none, which is said', () => {
    const it = made('aws_security_group.x', {}, { ingress: later, egress: later });
    const declared = after({ resources: [it] });
    expect(property(declared, 'aws_security_group.x', 'SecurityGroupIngress')).toEqual([]);
    expect(declared.warnings).toEqual([expect.stringContaining('`aws_security_group.x (ingress)`')]);
  });

  test('with expressions of their own are told apart by their constants', () => {
    const nics = ['p', 'q'].map((name) => made(`aws_network_interface.${name}`));
    const block = (index: number, name: string) => ({
      device_index: { constant_value: index },
      network_interface_id: { references: ref(`aws_network_interface.${name}.id`) },
    });
    const it = made(
      'aws_instance.x',
      { network_interface: [block(0, 'p'), block(1, 'q')] },
      {
        network_interface: [
          { device_index: 1, network_interface_id: later },
          { device_index: 0, network_interface_id: later },
        ],
      },
    );
    expect(property(after({ resources: [...nics, it] }), 'aws_instance.x', 'NetworkInterfaces')).toEqual([
      { DeviceIndex: 1, NetworkInterfaceId: '→aws_network_interface.q' },
      { DeviceIndex: 0, NetworkInterfaceId: '→aws_network_interface.p' },
    ]);
  });
});

test('what nobody gives, and AWS chooses, is absent rather than unknown', () => {
  const it = made('aws_instance.x', {}, { subnet_id: later, vpc_security_group_ids: later, private_ip: later });
  const { properties } = after({ resources: [it] }).resources[0]!;
  expect(Object.keys(properties)).toEqual([]);
});

test('without the configuration, what is not known may be anything', () => {
  const json = planJson({
    resources: [vpc, made('aws_subnet.x', { vpc_id: ref('aws_vpc.main.id') }, { vpc_id: later })],
  });
  delete json.configuration;
  expect(property(sides(json).after, 'aws_subnet.x', 'VpcId')).toBe('?');
});
