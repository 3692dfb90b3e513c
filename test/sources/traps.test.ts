/**
 * What plans and templates are easily read wrongly by, each to the end: from the file as it is written to what may reach
 * what. Where something is not told, nothing is proved.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/index.ts';
import type { Network } from '../../src/network/network.ts';
import { loadChange, loadNetwork, type LoadOptions } from '../../src/sources/index.ts';
import { answerOf } from '../hostile/verdict.ts';
import { later, type Plan, planJson, ref, type Resource } from '../support/terraform.ts';

const folder = mkdtempSync(join(tmpdir(), 'vpcproof-traps-'));
let files = 0;

function written(content: unknown, name = 'plan.json'): string {
  const file = join(folder, `${++files}-${name}`);
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

async function networkOf(content: unknown, options?: LoadOptions, name?: string): Promise<Network> {
  const read = await loadNetwork(written(content, name), options);
  return read.ok ? read.value : expect.fail(JSON.stringify(read.problems));
}

const verdictOf = async (network: Network, property: string): Promise<string> =>
  (await answerOf(network, property)).verdict;

const planned = (plan: Plan): Promise<Network> => networkOf(planJson(plan));

type Values = NonNullable<Resource['after']>;

const made = (address: string, values: Values = {}, refs: Resource['refs'] = {}): Resource => ({
  address,
  after: { id: later, arn: later, ...values },
  refs,
});

const ports = (from_port: number, to_port: number, more: Values): Values => ({
  protocol: from_port === 0 ? '-1' : 'tcp',
  from_port,
  to_port,
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
  ...more,
});
const anywhere = { cidr_blocks: ['0.0.0.0/0'] };
const inVpc = { vpc_id: ref('aws_vpc.main.id') };

const vpc = made('aws_vpc.main', { cidr_block: '10.0.0.0/16' });
const gateway = made('aws_internet_gateway.main', { vpc_id: later }, inVpc);
const subnet = (name: string, third: number) =>
  made(`aws_subnet.${name}`, { vpc_id: later, cidr_block: `10.0.${third}.0/24`, map_public_ip_on_launch: true }, inVpc);
const table = made(
  'aws_route_table.public',
  { vpc_id: later, route: [{ cidr_block: '0.0.0.0/0', gateway_id: later }] },
  { ...inVpc, route: [{ gateway_id: { references: ref('aws_internet_gateway.main.id') } }] },
);
const joined = made(
  'aws_route_table_association.web',
  { subnet_id: later, route_table_id: later },
  { subnet_id: ref('aws_subnet.web.id'), route_table_id: ref('aws_route_table.public.id') },
);
const group = (name: string, values: Values = {}, refs: Resource['refs'] = {}) =>
  made(
    `aws_security_group.${name}`,
    { vpc_id: later, egress: [ports(0, 0, anywhere)], ...values },
    { ...inVpc, ...refs },
  );
const host = (name: string, on: string, of = name) =>
  made(
    `aws_instance.${name}`,
    { subnet_id: later, vpc_security_group_ids: later },
    { subnet_id: ref(`aws_subnet.${on}.id`), vpc_security_group_ids: ref(`aws_security_group.${of}.id`) },
  );

/** A host that the internet reaches on 443 alone. */
const around = [vpc, gateway, subnet('web', 1), table, joined];
const open443 = group('web', { ingress: [ports(443, 443, anywhere)] });
const web: Plan = { resources: [...around, open443, host('web', 'web')] };

const enters = (traffic: string, to = 'aws_instance.web'): string =>
  `forbid: { from: internet, to: '${to}', traffic: ${traffic} }`;

describe('traps of plans', { timeout: 60_000 }, () => {
  test('UTF-16 with a byte order mark', async () => {
    const network = await networkOf(Buffer.from(`\uFEFF${JSON.stringify(planJson(web))}`, 'utf16le'));
    expect(await verdictOf(network, enters('tcp/443'))).toBe('violated');
    expect(await verdictOf(network, enters('tcp/22'))).toBe('holds');
  });

  test('NDJSON of `plan -json` is refused with the command to run', async () => {
    const lines = [
      { '@level': 'info', type: 'version', terraform: '1.9.0', ui: '1.2' },
      { '@level': 'info', type: 'planned_change', change: { resource: { addr: 'aws_vpc.main' }, action: 'create' } },
    ];
    const read = await loadNetwork(written(lines.map((line) => JSON.stringify(line)).join('\n')));
    expect(read).toMatchObject({
      ok: false,
      problems: [{ hint: expect.stringContaining('terraform show -json') as string }],
    });
  });

  test('a plan without `configuration` proves nothing of what it does not tell', async () => {
    const without = (plan: Plan) => {
      const { configuration: _, ...rest } = planJson(plan);
      return rest;
    };
    const read = await loadNetwork(written(without(web)));
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toContain('unknown-vpc');
    const there = (one: Resource, id: string, values: Values = {}): Resource => {
      const all = { ...one.after!, id, vpc_id: 'vpc-1', ...values };
      return { ...one, before: all, after: all, actions: ['no-op'], refs: {} };
    };
    const known = [
      there(vpc, 'vpc-1'),
      there(gateway, 'igw-1'),
      there(subnet('web', 1), 'subnet-1'),
      there(table, 'rtb-1', { route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] }),
      there(joined, 'rtbassoc-1', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' }),
      there(open443, 'sg-1'),
    ];
    const unsaid = made('aws_instance.web', { subnet_id: 'subnet-1', vpc_security_group_ids: later });
    const network = await networkOf(without({ resources: [...known, unsaid] }));
    // Which groups it will have is not told.
    expect(await verdictOf(network, enters('tcp/22'))).toBe('undecided');
    const told = made('aws_instance.web', { subnet_id: 'subnet-1', vpc_security_group_ids: ['sg-1'] });
    const whole = await networkOf(without({ resources: [...known, told] }));
    expect(await verdictOf(whole, enters('tcp/22'))).toBe('holds');
    expect(await verdictOf(whole, enters('tcp/443'))).toBe('violated');
  });

  test('a VPC outside the plan may let in what the plan does not', async () => {
    const outside = { vpc_id: 'vpc-0123456789abcdef0' };
    const own = web.resources
      .filter(({ address }) => ['aws_subnet.web', 'aws_security_group.web', 'aws_instance.web'].includes(address))
      .map((one) =>
        one.after !== null && 'vpc_id' in one.after! ? { ...one, after: { ...one.after, ...outside } } : one,
      );
    const network = await planned({ resources: own });
    const answer = await answerOf(network, enters('tcp/443'));
    expect(answer.verdict).toBe('undecided');
    expect(answer.assumptions).toContainEqual(expect.stringMatching(/^unread:/));
    // What the plan itself tells stands whatever is outside.
    expect(await verdictOf(network, enters('tcp/22'))).toBe('holds');
  });

  test('group sources that are known by reference alone', async () => {
    const from = { security_groups: later };
    const sources = { ingress: [{ security_groups: { references: ref('aws_security_group.web.id') } }] };
    const network = await planned({
      resources: [
        ...web.resources,
        group('other'),
        host('other', 'web'),
        group('db', { ingress: [ports(5432, 5432, from)] }, sources),
        host('db', 'web'),
      ],
    });
    const reaches = (name: string) => `forbid: { from: 'aws_instance.${name}', to: aws_instance.db, mode: connection }`;
    expect(await verdictOf(network, reaches('web'))).toBe('violated');
    expect(await verdictOf(network, reaches('other'))).toBe('holds');
  });

  test('three styles of rules mixed: what may be there is not proved away, nor proved to be there', async () => {
    const beside = (address: string, values: Values) =>
      made(address, { security_group_id: later, ...values }, { security_group_id: ref('aws_security_group.web.id') });
    const inline = group('web', { ingress: [ports(443, 443, anywhere)] }, { ingress: [] });
    const network = await planned({
      resources: [
        ...around,
        inline,
        beside('aws_security_group_rule.old', { type: 'ingress', ...ports(22, 22, anywhere) }),
        beside('aws_vpc_security_group_ingress_rule.new', {
          ip_protocol: 'tcp',
          from_port: 23,
          to_port: 23,
          cidr_ipv4: '0.0.0.0/0',
        }),
        host('web', 'web'),
      ],
    });
    const verdicts = ['tcp/443', 'tcp/22', 'tcp/23', 'tcp/24'].map((traffic) => verdictOf(network, enters(traffic)));
    expect(await Promise.all(verdicts)).toEqual(['violated', 'undecided', 'undecided', 'holds']);
    expect(network.warnings).toContainEqual(expect.stringContaining('aws_security_group_rule.old'));
  });

  test('a state without a plan is what there is', async () => {
    const values = (one: Resource) => ({ ...(one.after as object), id: `${one.address}-id` });
    const ids: Readonly<Record<string, object>> = {
      'aws_internet_gateway.main': { vpc_id: 'aws_vpc.main-id' },
      'aws_subnet.web': { vpc_id: 'aws_vpc.main-id' },
      'aws_route_table.public': {
        vpc_id: 'aws_vpc.main-id',
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'aws_internet_gateway.main-id' }],
      },
      'aws_route_table_association.web': {
        subnet_id: 'aws_subnet.web-id',
        route_table_id: 'aws_route_table.public-id',
      },
      'aws_security_group.web': { vpc_id: 'aws_vpc.main-id' },
      'aws_instance.web': {
        subnet_id: 'aws_subnet.web-id',
        vpc_security_group_ids: ['aws_security_group.web-id'],
        private_ip: '10.0.1.10',
        public_ip: '198.51.100.9',
        primary_network_interface_id: 'eni-1',
        associate_public_ip_address: true,
      },
    };
    const resources = web.resources.map((one) => {
      const [type, name] = one.address.split('.');
      return { address: one.address, mode: 'managed', type, name, values: { ...values(one), ...ids[one.address] } };
    });
    const state = { format_version: '1.0', terraform_version: '1.9.0', values: { root_module: { resources } } };
    const network = await networkOf(JSON.parse(JSON.stringify(state)));
    expect(await verdictOf(network, enters('tcp/443'))).toBe('violated');
    expect(await verdictOf(network, enters('tcp/22'))).toBe('holds');
  });

  test('a `for_each` over a map with computed values', async () => {
    const keyed = (key: string, third: number) => ({
      ...subnet('tier', third),
      address: `aws_subnet.tier["${key}"]`,
    });
    const associated = (key: string): Resource => ({
      ...made(
        `aws_route_table_association.tier["${key}"]`,
        { subnet_id: later, route_table_id: later },
        { subnet_id: ['each.value.id', 'each.value'], route_table_id: ref('aws_route_table.public.id') },
      ),
      forEach: ['aws_subnet.tier'],
    });
    const bare = (one: Resource): Resource => ({ ...one, refs: undefined });
    const network = await planned({
      resources: [
        vpc,
        gateway,
        table,
        open443,
        keyed('a', 1),
        bare(keyed('b', 2)),
        associated('a'),
        bare(associated('b')),
        subnet('apart', 3),
        host('one', 'tier["b"]', 'web'),
        host('two', 'apart', 'web'),
      ],
    });
    expect(await verdictOf(network, enters('tcp/443', 'aws_instance.one'))).toBe('violated');
    // A subnet that is none of the map follows the main table, which leads nowhere.
    expect(await verdictOf(network, 'forbid: { from: aws_instance.two, to: internet }')).toBe('holds');
  });

  test('a module called twice is two networks', async () => {
    const inside = (call: string, block: string): readonly Resource[] =>
      [vpc, subnet('web', 1), group('web', { ingress: [ports(0, 0, anywhere)] }), host('web', 'web')].map((one) => ({
        ...one,
        address: `module.${call}.${one.address}`,
        after: JSON.parse(JSON.stringify(one.after).replaceAll('10.0.', `${block}.`)) as Values,
      }));
    const again = (resources: readonly Resource[]) =>
      resources.map((one) => ({ ...one, after: { ...one.after, id: later, arn: later } }));
    const unknownAt = (resources: readonly Resource[]) =>
      resources.map((one) => {
        const named = Object.keys(one.refs ?? {});
        return { ...one, after: { ...one.after, ...Object.fromEntries(named.map((key) => [key, later])) } };
      });
    const network = await planned({
      resources: [...unknownAt(again(inside('blue', '10.1'))), ...unknownAt(again(inside('green', '10.2')))],
      calls: { blue: {}, green: {} },
    });
    const places = ['blue', 'green'].map((call) => `module.${call}.aws_instance.web`);
    expect([...network.vpcs.keys()]).toEqual(['module.blue.aws_vpc.main', 'module.green.aws_vpc.main']);
    expect(await verdictOf(network, `isolate: ['${places[0]}', '${places[1]}']`)).toBe('holds');
    expect(places.map((one) => network.interfaces.get(`${one}/eth0`)?.vpc)).toEqual([...network.vpcs.keys()]);
  });

  test('destroy and replace: what is destroyed lets nothing in any more, and what replaces it lets in its own', async () => {
    const rule = (port: number): Values => ({
      id: 'sgr-1',
      security_group_id: 'sg-1',
      ...ports(port, port, anywhere),
      type: 'ingress',
    });
    const plain = [...around, { ...group('web'), after: { ...group('web').after!, id: 'sg-1' } }, host('web', 'web')];
    const replaced = (name: string, one: Partial<Resource>): Resource => ({
      address: `aws_security_group_rule.${name}`,
      refs: {},
      ...one,
    });
    const network = await planned({
      resources: [
        ...plain,
        replaced('gone', { before: rule(22), after: null }),
        replaced('moved', {
          before: rule(80),
          after: { ...rule(8080), id: later },
          actions: ['delete', 'create'],
        }),
      ],
    });
    const verdicts = ['tcp/22', 'tcp/80', 'tcp/8080'].map((traffic) => verdictOf(network, enters(traffic)));
    expect(await Promise.all(verdicts)).toEqual(['holds', 'holds', 'violated']);
  });

  test('a data source tells of what exists, and not what stands around it', async () => {
    const read = { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.9.1.0/24', availability_zone: 'eu-west-1a' };
    const network = await planned({
      state: [{ address: 'data.aws_subnet.shared', values: read }],
      resources: [
        {
          ...group('web', { ingress: [ports(443, 443, anywhere)] }),
          after: { ...open443.after!, vpc_id: 'vpc-1' },
          refs: {},
        },
        made(
          'aws_instance.web',
          { subnet_id: 'subnet-1', vpc_security_group_ids: later, associate_public_ip_address: true },
          { subnet_id: ref('data.aws_subnet.shared.id'), vpc_security_group_ids: ref('aws_security_group.web.id') },
        ),
      ],
    });
    expect(await verdictOf(network, enters('tcp/443'))).toBe('undecided');
    expect(await verdictOf(network, enters('tcp/22'))).toBe('holds');
  });

  test('`moved` blocks: what is only named anew changes nothing', async () => {
    const there = (one: Resource, name: string, id: string): Resource => {
      const values = { ...one.after!, id };
      return { ...one, address: name, before: values, after: values, actions: ['no-op'], formerly: one.address };
    };
    const own = (name: string, id: string) =>
      there(
        { ...group(name), after: { ...open443.after!, vpc_id: 'vpc-1' }, refs: {} },
        'aws_security_group.entry',
        id,
      );
    const main = { ...there(vpc, 'aws_vpc.hub', 'vpc-1') };
    const read = await loadChange(written(planJson({ resources: [main, own('web', 'sg-1')] })));
    if (!read.ok) expect.fail(JSON.stringify(read.problems));
    const { before, after } = read.value;
    expect([...after.vpcs.keys()]).toEqual([...before.vpcs.keys()]);
    const found = await diff(before, after);
    expect(found).toMatchObject({ ok: true, value: { verdict: 'same' } });
  });
});

describe('traps of templates', { timeout: 60_000 }, () => {
  const template = (own: object, sections: object = {}) => ({
    ...sections,
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true },
      },
      Gateway: { Type: 'AWS::EC2::InternetGateway' },
      Attached: {
        Type: 'AWS::EC2::VPCGatewayAttachment',
        Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
      },
      Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
      Joined: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
      },
      Host: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' } } },
      ...own,
    },
  });
  const route = (to: object, more: object = {}) => ({
    Route: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', ...to },
      ...more,
    },
  });
  const leaves = 'forbid: { from: Host, to: internet }';

  test('circular references are refused, each named', async () => {
    const of = (other: string) => ({
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'one',
        VpcId: { Ref: 'Vpc' },
        SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: { 'Fn::GetAtt': [other, 'GroupId'] } }],
      },
    });
    const read = await loadNetwork(written(template({ One: of('Two'), Two: of('One') }), 'network.json'));
    expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/`One`.*`Two`|`Two`.*`One`/),
    ]);
  });

  test('an unresolved import may lead anywhere, and is told by `--import`', async () => {
    const imported = template(route({ GatewayId: { 'Fn::ImportValue': 'hub-gateway' } }));
    expect(await verdictOf(await networkOf(imported, {}, 'network.json'), leaves)).toBe('undecided');
    const told = await networkOf(imported, { imports: ['hub-gateway=vgw-1'] }, 'network.json');
    expect(await verdictOf(told, leaves)).not.toBe('violated');
  });

  test('a condition that does not hold removes a route, and one that nobody decides proves nothing', async () => {
    const sections = {
      Parameters: { Public: { Type: 'String', AllowedValues: ['yes', 'no'] } },
      Conditions: { IsPublic: { 'Fn::Equals': [{ Ref: 'Public' }, 'yes'] } },
    };
    const conditional = template(route({ GatewayId: { Ref: 'Gateway' } }, { Condition: 'IsPublic' }), sections);
    const verdict = async (...parameters: readonly string[]) =>
      verdictOf(await networkOf(conditional, { parameters }, 'network.json'), leaves);
    expect(await verdict('Public=yes')).toBe('violated');
    expect(await verdict('Public=no')).toBe('holds');
    expect(await verdict()).toBe('undecided');
  });
});
