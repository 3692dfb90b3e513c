/** Edits as commands of the AWS CLI, and as what to write where something is declared. */
import { describe, expect, test } from 'vitest';
import { readEditLines } from '../../src/edit/index.ts';
import type { Network } from '../../src/index.ts';
import { loadNetwork } from '../../src/index.ts';
import { createTeller } from '../../src/repair/index.ts';
import type { RemedyJson } from '../../src/result/repair.ts';
import { buildNetwork } from '../../src/network/build/index.ts';
import { declare } from '../../src/sources/declared/index.ts';
import { ruleReader } from '../../src/sources/index.ts';
import { natA, vpcB } from '../hostile/parts.ts';
import { networkOf } from '../support/network.ts';
import { after, later, ref, type Resource } from '../support/terraform.ts';
import { world } from '../support/world.ts';

function told(network: Network, ...lines: readonly string[]): Promise<RemedyJson> {
  const { edits, problems } = readEditLines(lines);
  expect(problems).toEqual([]);
  const set = edits.map(({ edit }) => ({ edit, weight: 0 }));
  return createTeller(network, ruleReader, undefined)(set, []);
}

const small = networkOf(
  world(natA, vpcB, {
    opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
    acls: [
      {
        id: 'acl-default',
        vpc: 'vpc-a',
        default: true,
        in: ['90 deny tcp 22 0.0.0.0/0', '100 allow all 0.0.0.0/0'],
        out: ['100 allow all 0.0.0.0/0'],
      },
    ],
  }),
);

test.each([
  [
    'sg-egr ingress add tcp/443 sg-open',
    "aws ec2 authorize-security-group-ingress --group-id sg-egr --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=sg-open}]'",
  ],
  [
    'sg-egr ingress add icmp/8 10.0.0.0/8',
    "aws ec2 authorize-security-group-ingress --group-id sg-egr --ip-permissions 'IpProtocol=icmp,FromPort=8,ToPort=-1,IpRanges=[{CidrIp=10.0.0.0/8}]'",
  ],
  [
    'sg-open egress remove all 0.0.0.0/0',
    "aws ec2 revoke-security-group-egress --group-id sg-open --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]'",
  ],
  [
    'rtb-s1 route 0.0.0.0/0 -> igw-a',
    'aws ec2 replace-route --route-table-id rtb-s1 --destination-cidr-block 0.0.0.0/0 --gateway-id igw-a',
  ],
  [
    'rtb-s2 route 0.0.0.0/0 -> nat-a',
    'aws ec2 create-route --route-table-id rtb-s2 --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-a',
  ],
  [
    'rtb-s1 route 10.1.0.0/16 -> pcx-1',
    'aws ec2 create-route --route-table-id rtb-s1 --destination-cidr-block 10.1.0.0/16 --vpc-peering-connection-id pcx-1',
  ],
  [
    'subnet-s1 table rtb-s2',
    `aws ec2 replace-route-table-association --association-id "$(aws ec2 describe-route-tables --filters Name=association.subnet-id,Values=subnet-s1 --query "RouteTables[].Associations[?SubnetId=='subnet-s1'].RouteTableAssociationId[]" --output text)" --route-table-id rtb-s2`,
  ],
  ['rtb-s1 route remove 0.0.0.0/0', 'aws ec2 delete-route --route-table-id rtb-s1 --destination-cidr-block 0.0.0.0/0'],
  [
    'acl-default inbound add 50 deny tcp/22 10.0.0.0/8',
    'aws ec2 create-network-acl-entry --network-acl-id acl-default --ingress --rule-number 50 --protocol 6 --port-range From=22,To=22 --cidr-block 10.0.0.0/8 --rule-action deny',
  ],
  [
    'acl-default inbound change 90 allow icmp 0.0.0.0/0',
    'aws ec2 replace-network-acl-entry --network-acl-id acl-default --ingress --rule-number 90 --protocol 1 --icmp-type-code Type=-1,Code=-1 --cidr-block 0.0.0.0/0 --rule-action allow',
  ],
  [
    'acl-default outbound remove 100',
    'aws ec2 delete-network-acl-entry --network-acl-id acl-default --egress --rule-number 100',
  ],
  ['igw-a detach', 'aws ec2 detach-internet-gateway --internet-gateway-id igw-a --vpc-id vpc-a'],
  ['pcx-1 detach', 'aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id pcx-1'],
  [
    'eni-i1 check off',
    'aws ec2 modify-network-interface-attribute --network-interface-id eni-i1 --no-source-dest-check',
  ],
])('%s', async (line, command) => {
  expect((await told(small, line)).commands).toEqual([command]);
});

const hub = networkOf(
  world(vpcB, {
    tgws: [{ id: 'tgw-1' }, { id: 'tgw-2' }],
    attachments: [
      { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
      { id: 'tgw-attach-p', gateway: 'tgw-1', to: 'tgw-2' },
      { id: 'tgw-attach-p@tgw-2', gateway: 'tgw-2', to: 'tgw-1' },
    ],
    transitTables: [
      {
        id: 'tgw-rtb-1',
        gateway: 'tgw-1',
        routes: ['10.8.0.0/16 tgw-attach-a', '10.9.0.0/16 tgw-attach-a propagated'],
      },
      { id: 'tgw-rtb-2', gateway: 'tgw-2', routes: [] },
    ],
  }),
);

test.each([
  ['tgw-rtb-1 route 10.7.0.0/16 -> tgw-attach-a', 'create', '10.7.0.0/16 --transit-gateway-attachment-id tgw-attach-a'],
  ['tgw-rtb-1 route 10.8.0.0/16 -> blackhole', 'replace', '10.8.0.0/16 --blackhole'],
  ['tgw-rtb-1 route 10.9.0.0/16 -> blackhole', 'create', '10.9.0.0/16 --blackhole'],
  ['tgw-rtb-2 route ::/0 -> tgw-attach-p@tgw-2', 'create', '::/0 --transit-gateway-attachment-id tgw-attach-p'],
  ['tgw-rtb-1 route remove 10.8.0.0/16', 'delete', '10.8.0.0/16'],
])('of a transit gateway: %s', async (line, verb, options) => {
  const [table] = line.split(' ');
  expect((await told(hub, line)).commands).toEqual([
    `aws ec2 ${verb}-transit-gateway-route --transit-gateway-route-table-id ${table} --destination-cidr-block ${options}`,
  ]);
});

test('a rule is changed by a new one first, so that nothing is cut off between', async () => {
  const { commands = [] } = await told(small, 'sg-open ingress change all 0.0.0.0/0 -> tcp/443 10.0.0.0/8');
  expect(commands.map((one) => one.split(' ')[2])).toEqual([
    'authorize-security-group-ingress',
    'revoke-security-group-ingress',
  ]);
});

test('where one edit has no command that says just that, there is none', async () => {
  expect(await told(small, 'rtb-s1 route remove 0.0.0.0/0', 'eni-i1 public add any')).not.toHaveProperty('commands');
});

describe('what a plan declares', async () => {
  const file = new URL('../../scenarios/planned-change/plan.json', import.meta.url).pathname;
  const plan = await loadNetwork(file);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const network = plan.value;

  test('a route of its own goes', async () => {
    const { declared, commands } = await told(network, 'rtb-0b10c0de00000000a route remove 0.0.0.0/0');
    expect(declared).toEqual([{ address: 'aws_route.packages["a"]', file, says: 'this route goes' }]);
    // A command would be undone by the next apply.
    expect(commands).toBeUndefined();
  });

  test('a block in its group', async () => {
    const { declared } = await told(
      network,
      'sg-0b10c0de000000001 egress change tcp/443 0.0.0.0/0 -> tcp/443 sg-0b10c0de000000002',
      'rtb-0b10c0de00000000e route remove 0.0.0.0/0',
      'rtb-0b10c0de00000000b route 0.0.0.0/0 -> nat-0b10c0de000000001',
    );
    expect(declared.map(({ address, says }) => `${address}: ${says}`)).toEqual([
      'aws_security_group.model: the `egress` block with `protocol = "tcp", from_port = 443, to_port = 443, cidr_blocks = ["0.0.0.0/0"]` becomes `protocol = "tcp", from_port = 443, to_port = 443, security_groups = [aws_security_group.endpoints.id]`',
      'aws_route_table.egress: the `route` block for 0.0.0.0/0 goes',
      'aws_route_table.ai["b"]: a new route: `cidr_block = "0.0.0.0/0", nat_gateway_id = aws_nat_gateway.main.id`',
    ]);
  });
});

test('each route of a transit gateway that Terraform declares is a resource of its own', async () => {
  const made = (address: string, values: NonNullable<Resource['after']>, refs: Resource['refs'] = {}): Resource => ({
    address,
    after: { id: later, arn: later, ...values },
    refs,
  });
  const own = { transit_gateway_id: later };
  const ofHub = { transit_gateway_id: ref('aws_ec2_transit_gateway.hub.id') };
  const ofVpc = { vpc_id: ref('aws_vpc.a.id') };
  const { findings } = declare(
    after({
      resources: [
        made('aws_vpc.a', { cidr_block: '10.71.0.0/16' }),
        made('aws_subnet.a', { vpc_id: later, cidr_block: '10.71.1.0/24', availability_zone: 'eu-west-1a' }, ofVpc),
        made('aws_ec2_transit_gateway.hub', {}),
        made(
          'aws_ec2_transit_gateway_vpc_attachment.a',
          { ...own, vpc_id: later, subnet_ids: later },
          { ...ofHub, ...ofVpc, subnet_ids: ref('aws_subnet.a.id') },
        ),
        made('aws_ec2_transit_gateway_route_table.spokes', own, ofHub),
        made(
          'aws_ec2_transit_gateway_route.out',
          {
            destination_cidr_block: '0.0.0.0/0',
            transit_gateway_route_table_id: later,
            transit_gateway_attachment_id: later,
          },
          {
            transit_gateway_route_table_id: ref('aws_ec2_transit_gateway_route_table.spokes.id'),
            transit_gateway_attachment_id: ref('aws_ec2_transit_gateway_vpc_attachment.a.id'),
          },
        ),
      ],
    }),
  );
  const network = buildNetwork(findings, ['plan.json']);
  if (!network.ok) throw new Error(JSON.stringify(network.problems));
  const table = 'aws_ec2_transit_gateway_route_table.spokes';
  const saidOf = async (rest: string) => {
    const { declared, commands } = await told(network.value, `${table} route ${rest}`);
    expect(commands).toBeUndefined();
    return declared.map(({ address, says }) => `${address}: ${says}`);
  };
  const attachment = 'aws_ec2_transit_gateway_vpc_attachment.a';
  const beside = `${table}: beside it a new \`aws_ec2_transit_gateway_route\`: \`destination_cidr_block = "10.0.0.0/8", transit_gateway_route_table_id = ${table}.id`;
  expect(await saidOf('10.0.0.0/8 -> blackhole')).toEqual([`${beside}, blackhole = true\``]);
  expect(await saidOf(`10.0.0.0/8 -> ${attachment}`)).toEqual([
    `${beside}, transit_gateway_attachment_id = ${attachment}.id\``,
  ]);
  const route = 'aws_ec2_transit_gateway_route.out';
  expect(await saidOf('0.0.0.0/0 -> blackhole')).toEqual([
    `${route}: it gets \`blackhole = true\`, without \`transit_gateway_attachment_id\``,
  ]);
  expect(await saidOf('remove 0.0.0.0/0')).toEqual([`${route}: this route goes`]);
});
