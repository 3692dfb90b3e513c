/**
 * Terraform plans of about 1,000 resources from a seed, as `terraform show -json` prints them: four VPCs, one module each,
 * with hosts, endpoints and rules that stand as resources of their own. Either they are there already, and the change adds a
 * service and opens a database; or all of it is to be made, with a transit gateway between the VPCs, and no id is known.
 */
import { type Random, random } from './random.ts';
import { account, region } from './shapes.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Values = Readonly<Record<string, Json>>;
/** By argument: what it refers to, from the inside of its module. */
type References = Readonly<Record<string, readonly string[]>>;

interface Made {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly before: Values | null;
  readonly after: Values;
  /** Arguments of `after` that are known after apply. */
  readonly unknown: readonly string[];
  readonly references: References;
}

const zones = ['a', 'b', 'c'] as const;
const tiers = ['public', 'app', 'ai', 'data'] as const;
type Tier = (typeof tiers)[number];

const vpcs = 4;
const services = 36;

const addressOf = ({ module, type, name }: Made): string =>
  `${module === '' ? '' : `module.${module}.`}${type}.${name}`;

export interface PlanOptions {
  /** Everything but the change is there already; else the plan makes all of it. */
  readonly there: boolean;
  /** With the service that the change adds, and the database open. */
  readonly changed: boolean;
}

/** The plan, and of how many resources it is. */
export function terraformPlan(
  seed: number,
  { there, changed }: PlanOptions,
): { readonly plan: object; readonly resources: number } {
  const r = random(seed);
  const made: Made[] = [];
  const all = Array.from({ length: vpcs }, (_, i) => i);
  // Of a transit gateway that exists, a plan does not tell what others attached to it.
  const hub = there ? undefined : addHub(made, r);
  const places = all.map((i) => addVpc(made, r, i, hub));
  if (hub !== undefined) for (const [i, place] of places.entries()) attach(made, r, i, hub, place);
  if (changed) change(made, 0, places[0]!);
  const resources = there ? made : made.map(toBeMade);
  return { plan: planOf(resources), resources: resources.length };
}

/** What AWS gives a resource as it makes it. */
const given = [
  'id',
  'main_route_table_id',
  'default_network_acl_id',
  'default_security_group_id',
  'public_ip',
  'private_ip',
  'network_interface_id',
  'primary_network_interface_id',
  'prefix_list_id',
  'cidr_blocks',
  'state',
];

/** The same, with nothing of it there: what others tell of it and what AWS gives it is known after apply. */
function toBeMade(one: Made): Made {
  const unknown = [
    ...new Set([...one.unknown, ...Object.keys(one.references), ...given.filter((key) => key in one.after)]),
  ];
  const known = Object.entries(one.after).filter(([key]) => !unknown.includes(key));
  return { ...one, before: null, after: Object.fromEntries(known), unknown };
}

interface Hub {
  readonly gateway: string;
  readonly table: string;
}

interface Place {
  readonly vpc: string;
  /** By tier and zone. */
  readonly subnets: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<Tier, readonly string[]>>;
}

/** Adds a resource that is there already, and stays; answers its id. */
function add(
  made: Made[],
  r: Random,
  module: string,
  type: string,
  name: string,
  prefix: string,
  values: Values,
  references: References = {},
): string {
  const id = `${prefix}-0${r.hex(16)}`;
  const whole = { id, ...values };
  made.push({ module, type, name, before: whole, after: whole, unknown: [], references });
  return id;
}

const to = (...addresses: readonly string[]): readonly string[] => addresses.flatMap((one) => [`${one}.id`, one]);

function addHub(made: Made[], r: Random): Hub {
  const gateway = add(made, r, '', 'aws_ec2_transit_gateway', 'hub', 'tgw', {
    default_route_table_association: 'disable',
    default_route_table_propagation: 'disable',
    vpn_ecmp_support: 'enable',
    tags: { Name: 'hub' },
  });
  const table = add(
    made,
    r,
    '',
    'aws_ec2_transit_gateway_route_table',
    'all',
    'tgw-rtb',
    { transit_gateway_id: gateway, tags: { Name: 'all' } },
    { transit_gateway_id: to('aws_ec2_transit_gateway.hub') },
  );
  return { gateway, table };
}

function attach(made: Made[], r: Random, i: number, hub: Hub, { vpc, subnets }: Place): void {
  const attachment = add(
    made,
    r,
    '',
    'aws_ec2_transit_gateway_vpc_attachment',
    `vpc${i}`,
    'tgw-attach',
    {
      transit_gateway_id: hub.gateway,
      vpc_id: vpc,
      subnet_ids: zones.map((zone) => subnets[`app_${zone}`]!),
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
      tags: { Name: `vpc${i}` },
    },
    {
      transit_gateway_id: to('aws_ec2_transit_gateway.hub'),
      vpc_id: [`module.vpc${i}.vpc_id`, `module.vpc${i}`],
      subnet_ids: [`module.vpc${i}.app_subnets`, `module.vpc${i}`],
    },
  );
  for (const what of ['association', 'propagation'])
    add(
      made,
      r,
      '',
      `aws_ec2_transit_gateway_route_table_${what}`,
      `vpc${i}`,
      'tgw-rtb-assoc',
      { transit_gateway_attachment_id: attachment, transit_gateway_route_table_id: hub.table },
      {
        transit_gateway_attachment_id: to(`aws_ec2_transit_gateway_vpc_attachment.vpc${i}`),
        transit_gateway_route_table_id: to('aws_ec2_transit_gateway_route_table.all'),
      },
    );
}

function addVpc(made: Made[], r: Random, i: number, hub: Hub | undefined): Place {
  const module = `vpc${i}`;
  const put = (type: string, name: string, prefix: string, values: Values, references?: References): string =>
    add(made, r, module, type, name, prefix, values, references);
  const vpc = put('aws_vpc', 'main', 'vpc', {
    cidr_block: `10.${i}.0.0/16`,
    enable_dns_support: true,
    enable_dns_hostnames: true,
    main_route_table_id: `rtb-0${r.hex(16)}`,
    default_network_acl_id: `acl-0${r.hex(16)}`,
    default_security_group_id: `sg-0${r.hex(16)}`,
    owner_id: account,
    tags: { Name: module },
  });
  const inVpc = { vpc_id: to('aws_vpc.main') };
  const igw = put('aws_internet_gateway', 'main', 'igw', { vpc_id: vpc, tags: { Name: module } }, inVpc);
  const subnets: Record<string, string> = {};
  for (const [t, tier] of tiers.entries())
    for (const [z, zone] of zones.entries())
      subnets[`${tier}_${zone}`] = put(
        'aws_subnet',
        `${tier}_${zone}`,
        'subnet',
        {
          vpc_id: vpc,
          cidr_block: `10.${i}.${16 * t + z}.0/24`,
          availability_zone: `${region}${zone}`,
          map_public_ip_on_launch: tier === 'public',
          tags: { Name: `${module}-${tier}-${zone}`, tier },
        },
        inVpc,
      );
  const route = (table: string, id: string, name: string, block: string, key: string, target: string, of: string) =>
    put(
      'aws_route',
      `${table}_${name}`,
      'r-rtb',
      { route_table_id: id, destination_cidr_block: block, [key]: target, origin: 'CreateRoute', state: 'active' },
      { route_table_id: to(`aws_route_table.${table}`), [key]: of.startsWith('var.') ? [of] : to(of) },
    );
  const nats = Object.fromEntries(
    zones.map((zone, z) => {
      const allocation = put('aws_eip', `nat_${zone}`, 'eipalloc', {
        domain: 'vpc',
        public_ip: `54.${64 + i}.${z}.10`,
        tags: { Name: `${module}-${zone}` },
      });
      const nat = put(
        'aws_nat_gateway',
        zone,
        'nat',
        {
          subnet_id: subnets[`public_${zone}`]!,
          allocation_id: allocation,
          connectivity_type: 'public',
          private_ip: `10.${i}.${z}.9`,
          public_ip: `54.${64 + i}.${z}.10`,
          network_interface_id: `eni-0${r.hex(16)}`,
          tags: { Name: `${module}-${zone}` },
        },
        { subnet_id: to(`aws_subnet.public_${zone}`), allocation_id: to(`aws_eip.nat_${zone}`) },
      );
      return [zone, nat];
    }),
  );
  const tables: string[] = [];
  for (const tier of tiers)
    for (const zone of tier === 'public' ? (['a'] as const) : zones) {
      const name = tier === 'public' ? 'public' : `${tier}_${zone}`;
      const table = put('aws_route_table', name, 'rtb', { vpc_id: vpc, tags: { Name: `${module}-${name}` } }, inVpc);
      tables.push(table);
      if (tier === 'public') route(name, table, 'out', '0.0.0.0/0', 'gateway_id', igw, 'aws_internet_gateway.main');
      if (tier === 'app')
        route(name, table, 'out', '0.0.0.0/0', 'nat_gateway_id', nats[zone]!, `aws_nat_gateway.${zone}`);
      if (tier !== 'public' && hub !== undefined)
        route(name, table, 'hub', '10.0.0.0/8', 'transit_gateway_id', hub.gateway, 'var.transit_gateway_id');
      for (const of of tier === 'public' ? zones : [zone])
        put(
          'aws_route_table_association',
          `${tier}_${of}`,
          'rtbassoc',
          { route_table_id: table, subnet_id: subnets[`${tier}_${of}`]! },
          { route_table_id: to(`aws_route_table.${name}`), subnet_id: to(`aws_subnet.${tier}_${of}`) },
        );
    }
  put(
    'aws_vpc_endpoint',
    's3',
    'vpce',
    {
      vpc_id: vpc,
      service_name: `com.amazonaws.${region}.s3`,
      vpc_endpoint_type: 'Gateway',
      route_table_ids: tables,
      prefix_list_id: 'pl-63a5400a',
      cidr_blocks: ['16.15.192.0/18', '18.34.0.0/19', '52.216.0.0/15', '54.231.0.0/16', '3.5.0.0/19'],
      state: 'available',
    },
    inVpc,
  );
  const groups: Record<Tier, string[]> = { public: [], app: [], ai: [], data: [] };
  const group = (tier: Tier, n: number): string => {
    const name = `${tier}_${n}`;
    const id = put('aws_security_group', name, 'sg', { vpc_id: vpc, name: `${module}-${name}`, tags: { tier } }, inVpc);
    groups[tier].push(id);
    rule('egress', name, id, 'all', { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' });
    return id;
  };
  const rule = (
    side: 'ingress' | 'egress',
    name: string,
    id: string,
    what: string,
    more: Values,
    references: References = {},
  ): void => {
    put(
      `aws_vpc_security_group_${side}_rule`,
      `${name}_${what}`,
      'sgr',
      { security_group_id: id, ...more },
      { security_group_id: to(`aws_security_group.${name}`), ...references },
    );
  };
  const tcp = (port: number, more: Values): Values => ({ ip_protocol: 'tcp', from_port: port, to_port: port, ...more });
  const front = group('public', 0);
  rule('ingress', 'public_0', front, 'https', tcp(443, { cidr_ipv4: '0.0.0.0/0' }));
  put(
    'aws_vpc_endpoint',
    'bedrock',
    'vpce',
    {
      vpc_id: vpc,
      service_name: `com.amazonaws.${region}.bedrock-runtime`,
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: zones.map((zone) => subnets[`ai_${zone}`]!),
      security_group_ids: [group('ai', 0)],
      network_interface_ids: zones.map(() => `eni-0${r.hex(16)}`),
      state: 'available',
    },
    {
      ...inVpc,
      subnet_ids: to(...zones.map((zone) => `aws_subnet.ai_${zone}`)),
      security_group_ids: to('aws_security_group.ai_0'),
    },
  );
  rule('ingress', 'ai_0', groups.ai[0]!, 'https', tcp(443, { cidr_ipv4: `10.${i}.0.0/16` }));
  for (let n = 1; n <= services; n++) {
    const tier = (['app', 'ai', 'data'] as const)[n % 3]!;
    const id = group(tier, n);
    const name = `${tier}_${n}`;
    const [by, nth] =
      tier === 'app' || n < 3 ? (['public', 0] as const) : ([tier === 'ai' ? 'app' : 'ai', n - 1] as const);
    const peer = { referenced_security_group_id: groups[by].at(-1) ?? front };
    const port = { app: 8080, ai: 8000, data: 5432 }[tier];
    rule('ingress', name, id, 'in', tcp(port, peer), {
      referenced_security_group_id: to(`aws_security_group.${by}_${nth}`),
    });
    const zone = r.pick(zones);
    for (let h = 0; h < 2; h++)
      put(
        'aws_instance',
        `${name}_${h}`,
        'i',
        {
          subnet_id: subnets[`${tier}_${zone}`]!,
          vpc_security_group_ids: [id],
          private_ip: `10.${i}.${16 * tiers.indexOf(tier) + zones.indexOf(zone)}.${20 + 2 * n + h}`,
          primary_network_interface_id: `eni-0${r.hex(16)}`,
          instance_state: 'running',
          source_dest_check: true,
          availability_zone: `${region}${zone}`,
          tags: { Name: `${module}-${name}-${h}`, tier },
        },
        { subnet_id: to(`aws_subnet.${tier}_${zone}`), vpc_security_group_ids: to(`aws_security_group.${name}`) },
      );
  }
  return { vpc, subnets, groups };
}

/** What the change does to one VPC: a service in a group of its own, and a database that lets in more than one group. */
function change(made: Made[], i: number, { vpc, subnets, groups }: Place): void {
  const module = `vpc${i}`;
  const create = (
    type: string,
    name: string,
    after: Values,
    unknown: readonly string[],
    references: References,
  ): void => void made.push({ module, type, name, before: null, after, unknown: ['id', ...unknown], references });
  const group = { security_group_id: to('aws_security_group.assistant') };
  create('aws_security_group', 'assistant', { vpc_id: vpc, name: 'assistant' }, [], { vpc_id: to('aws_vpc.main') });
  create(
    'aws_vpc_security_group_egress_rule',
    'assistant',
    { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' },
    ['security_group_id'],
    group,
  );
  create(
    'aws_vpc_security_group_ingress_rule',
    'assistant',
    { ip_protocol: 'tcp', from_port: 8080, to_port: 8080, referenced_security_group_id: groups.public[0]! },
    ['security_group_id'],
    { ...group, referenced_security_group_id: to('aws_security_group.public_0') },
  );
  for (const zone of zones)
    create(
      'aws_instance',
      `assistant_${zone}`,
      { subnet_id: subnets[`app_${zone}`]!, source_dest_check: true, tags: { Name: `assistant-${zone}`, tier: 'app' } },
      ['vpc_security_group_ids', 'private_ip', 'primary_network_interface_id'],
      { subnet_id: to(`aws_subnet.app_${zone}`), vpc_security_group_ids: to('aws_security_group.assistant') },
    );
  const opened = made.findIndex((one) => one.module === module && one.name === 'data_2_in');
  const rule = made[opened]!;
  const references = { security_group_id: rule.references['security_group_id']! };
  const opener = Object.entries(rule.after).filter(([key]) => key !== 'referenced_security_group_id');
  made[opened] = { ...rule, references, after: { ...Object.fromEntries(opener), cidr_ipv4: '10.0.0.0/8' } };
}

/** The plan's JSON: what changes, what there is, and the configuration whose references lead to what is not known. */
function planOf(made: readonly Made[]): object {
  const heads = (one: Made): Values => ({ address: addressOf(one), mode: 'managed', type: one.type, name: one.name });
  const inside = (name: string) => ({
    resources: made
      .filter(({ module }) => module === name)
      .map(({ type, name: label, references }) => ({
        address: `${type}.${label}`,
        mode: 'managed',
        type,
        name: label,
        provider_config_key: 'aws',
        expressions: Object.fromEntries(Object.entries(references).map(([key, of]) => [key, { references: of }])),
      })),
  });
  const modules = [...new Set(made.map(({ module }) => module))].filter((name) => name !== '');
  const gateway = { transit_gateway_id: { references: to('aws_ec2_transit_gateway.hub') } };
  const outputs = {
    vpc_id: { expression: { references: to('aws_vpc.main') } },
    app_subnets: { expression: { references: to(...zones.map((zone) => `aws_subnet.app_${zone}`)) } },
  };
  const valuesOf = (name: string) =>
    made.flatMap((one) => (one.module === name && one.before !== null ? [{ ...heads(one), values: one.before }] : []));
  return {
    format_version: '1.2',
    terraform_version: '1.9.8',
    variables: {},
    planned_values: { root_module: {} },
    resource_changes: made.map((one) => ({
      ...heads(one),
      change: {
        actions: [one.before === null ? 'create' : one.before === one.after ? 'no-op' : 'update'],
        before: one.before,
        after: one.after,
        after_unknown: Object.fromEntries(one.unknown.map((key) => [key, true])),
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
    prior_state: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: valuesOf(''),
          child_modules: modules.map((name) => ({ address: `module.${name}`, resources: valuesOf(name) })),
        },
      },
    },
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: region } } } },
      root_module: {
        ...inside(''),
        module_calls: Object.fromEntries(
          modules.map((name) => [
            name,
            {
              source: './network',
              expressions: gateway,
              module: { ...inside(name), outputs, variables: { transit_gateway_id: {} } },
            },
          ]),
        ),
      },
    },
  };
}
