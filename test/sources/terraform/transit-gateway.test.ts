/**
 * A plan of two spokes behind a transit gateway that Direct Connect and a VPN over it join to on premises: what BGP will
 * bring is not told, and the spokes reach each other all the same, on what their groups admit.
 */
import { describe, expect, it } from 'vitest';
import { ask } from '../../../src/index.ts';
import { buildNetwork } from '../../../src/network/build/index.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import { after, later, ref, type Resource } from '../../support/terraform.ts';

type Values = NonNullable<Resource['after']>;

const made = (address: string, values: Values = {}, refs: Resource['refs'] = {}): Resource => ({
  address,
  after: { id: later, arn: later, ...values },
  refs,
});

/** The spokes of a `for_each`, in a module that is called once for each. */
const blocks = { blue: '10.71', green: '10.72' };

const tags = (name: string): Values => ({ tags: { Name: name } });

const anyone = {
  cidr_blocks: ['0.0.0.0/0'],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
};

function spoke(key: keyof typeof blocks): readonly Resource[] {
  const own = (resource: string): string => `module.spoke["${key}"].${resource}`;
  const block = blocks[key];
  const subnet = (name: string, third: number) =>
    made(
      own(`aws_subnet.${name}`),
      { vpc_id: later, cidr_block: `${block}.${third}.0/24`, availability_zone: 'eu-west-1a' },
      { vpc_id: ref('aws_vpc.own.id') },
    );
  return [
    made(own('aws_vpc.own'), { cidr_block: `${block}.0.0/16`, ...tags(key) }),
    subnet('hosts', 1),
    subnet('joins', 2),
    made(
      own('aws_ec2_transit_gateway_vpc_attachment.hub'),
      {
        transit_gateway_id: later,
        vpc_id: later,
        subnet_ids: later,
        transit_gateway_default_route_table_association: false,
        transit_gateway_default_route_table_propagation: false,
      },
      { transit_gateway_id: ['var.hub'], vpc_id: ref('aws_vpc.own.id'), subnet_ids: ref('aws_subnet.joins.id') },
    ),
    made(own('aws_route_table.hosts'), { vpc_id: later, route: [] }, { vpc_id: ref('aws_vpc.own.id') }),
    made(
      own('aws_route.out'),
      { route_table_id: later, destination_cidr_block: '0.0.0.0/0', transit_gateway_id: later },
      { route_table_id: ref('aws_route_table.hosts.id'), transit_gateway_id: ['var.hub'] },
    ),
    made(
      own('aws_route_table_association.hosts'),
      { subnet_id: later, route_table_id: later },
      { subnet_id: ref('aws_subnet.hosts.id'), route_table_id: ref('aws_route_table.hosts.id') },
    ),
    made(
      own('aws_security_group.host'),
      {
        vpc_id: later,
        ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, ...anyone }],
        egress: [{ protocol: '-1', from_port: 0, to_port: 0, ...anyone }],
      },
      { vpc_id: ref('aws_vpc.own.id') },
    ),
    made(
      own('aws_instance.host'),
      { subnet_id: later, private_ip: `${block}.1.10`, vpc_security_group_ids: later, ...tags(`${key}-host`) },
      { subnet_id: ref('aws_subnet.hosts.id'), vpc_security_group_ids: ref('aws_security_group.host.id') },
    ),
  ];
}

/** What joins an attachment to the one table, in both ways. */
const joined = (name: string, key: string, attachment: readonly string[], forEach?: readonly string[]) =>
  ['association', 'propagation'].map((what): Resource => ({
    ...made(
      `aws_ec2_transit_gateway_route_table_${what}.${name}${key}`,
      { transit_gateway_attachment_id: later, transit_gateway_route_table_id: later },
      {
        transit_gateway_attachment_id: attachment,
        transit_gateway_route_table_id: ref('aws_ec2_transit_gateway_route_table.all.id'),
      },
    ),
    ...(forEach === undefined ? {} : { forEach }),
  }));

const hub = [
  made('aws_ec2_transit_gateway.hub', {
    default_route_table_association: 'disable',
    default_route_table_propagation: 'disable',
  }),
  made(
    'aws_ec2_transit_gateway_route_table.all',
    { transit_gateway_id: later },
    { transit_gateway_id: ref('aws_ec2_transit_gateway.hub.id') },
  ),
  made('aws_dx_gateway.site', { name: 'site', amazon_side_asn: '64600' }),
  made(
    'aws_dx_gateway_association.site',
    { dx_gateway_id: later, associated_gateway_id: later, allowed_prefixes: ['10.64.0.0/12'] },
    { dx_gateway_id: ref('aws_dx_gateway.site.id'), associated_gateway_id: ref('aws_ec2_transit_gateway.hub.id') },
  ),
  made('aws_customer_gateway.site', { bgp_asn: '65010', ip_address: '172.16.9.1', type: 'ipsec.1' }),
  made(
    'aws_vpn_connection.site',
    { customer_gateway_id: later, transit_gateway_id: later, type: 'ipsec.1', static_routes_only: later },
    {
      customer_gateway_id: ref('aws_customer_gateway.site.id'),
      transit_gateway_id: ref('aws_ec2_transit_gateway.hub.id'),
    },
  ),
  made(
    'data.aws_ec2_transit_gateway_vpn_attachment.site',
    { transit_gateway_id: later, vpn_connection_id: later },
    {
      transit_gateway_id: ref('aws_ec2_transit_gateway.hub.id'),
      vpn_connection_id: ref('aws_vpn_connection.site.id'),
    },
  ),
  ...joined('site', '', ref('data.aws_ec2_transit_gateway_vpn_attachment.site.id')),
  ...Object.keys(blocks).flatMap((key) => {
    const [first] = Object.keys(blocks);
    return joined('spoke', `["${key}"]`, ['each.value.attachment', 'each.value'], ['module.spoke']).map((one) =>
      key === first ? one : { ...one, refs: undefined },
    );
  }),
];

const plan = {
  resources: [...hub, ...spoke('blue'), ...spoke('green').map((one) => ({ ...one, refs: undefined }))],
  calls: {
    spoke: {
      inputs: { hub: ref('aws_ec2_transit_gateway.hub.id') },
      outputs: { attachment: ref('aws_ec2_transit_gateway_vpc_attachment.hub.id') },
      forEach: ['local.spokes'],
    },
  },
};

function network() {
  const { findings, problems } = declare(after(plan));
  expect(problems).toEqual([]);
  const built = buildNetwork(findings, ['plan.json']);
  return built.ok ? built.value : expect.fail(built.problems.map(({ message }) => message).join('\n'));
}

const host = (key: keyof typeof blocks): string => `module.spoke["${key}"].aws_instance.host`;

describe('two spokes of a plan, joined to on premises by BGP', { timeout: 60_000 }, () => {
  const planned = network();
  const answer = async (request: Parameters<typeof ask>[1]) => {
    const asked = await ask(planned, request);
    return asked.ok ? asked.value : expect.fail(JSON.stringify(asked.problems));
  };
  const spokes = { from: host('blue'), to: host('green'), proto: 'tcp' };
  const fact = { fact: '7.5-learnt', value: 'yes' };

  it('reach each other on what the groups admit, and the answer names what it leans on', async () => {
    expect(await answer({ ...spokes, port: '443' })).toMatchObject({ verdict: 'reachable', facts: [fact] });
    expect(await answer({ ...spokes, port: '22' })).toMatchObject({ verdict: 'unreachable', facts: [] });
  });

  it('do not for certain where on premises may tell part of a spoke’s own block', async () => {
    expect(await answer({ ...spokes, port: '443', assume: ['fact:7.5-learnt=no'] })).toMatchObject({
      verdict: 'undecided',
    });
  });

  it('are not shown by it to keep anything from on premises', async () => {
    const away = { from: host('blue'), to: 'onprem' };
    expect(await answer({ ...away, 'dst-ip': '10.72.1.0/24' })).toMatchObject({ verdict: 'undecided', facts: [] });
    const told = await answer({ ...away, 'dst-ip': '10.72.1.0/24', assume: ['fact:7.5-learnt=yes'] });
    expect(told.verdict).toBe('unreachable');
    expect(await answer({ ...away, 'dst-ip': '192.168.0.0/16' })).toMatchObject({ verdict: 'undecided' });
  });

  it('reach the internet by nothing, nor it them', async () => {
    expect(await answer({ from: 'any', to: 'internet', mode: 'packet' })).toMatchObject({ verdict: 'unreachable' });
    expect(await answer({ from: 'internet', to: 'any', mode: 'packet' })).toMatchObject({ verdict: 'unreachable' });
  });
});
