/** A plan as a network: the same as any other input, and nothing in it that is sensitive. */
import { expect, test } from 'vitest';
import { formatSnapshot, networkFromDocuments } from '../../../src/sources/index.ts';
import { later, planJson, ref, type Resource } from '../../support/terraform.ts';

const marker = 'TOP-SECRET-MARKER';
const fresh = (address: string, values: Resource['after'], refs: Resource['refs'] = {}): Resource => ({
  address,
  after: { id: later, ...values },
  refs,
});

const plan = planJson({
  resources: [
    fresh('aws_vpc.v', { cidr_block: '10.0.0.0/16', default_security_group_id: later }),
    fresh(
      'aws_subnet.s',
      { vpc_id: later, cidr_block: '10.0.0.0/24', availability_zone: 'eu-west-1a' },
      { vpc_id: ref('aws_vpc.v.id') },
    ),
    fresh('aws_internet_gateway.g', { vpc_id: later }, { vpc_id: ref('aws_vpc.v.id') }),
    fresh(
      'aws_route_table.t',
      { vpc_id: later, route: [{ cidr_block: '0.0.0.0/0', gateway_id: later }] },
      { vpc_id: ref('aws_vpc.v.id'), route: ref('aws_internet_gateway.g.id') },
    ),
    fresh(
      'aws_route_table_association.a',
      { subnet_id: later, route_table_id: later },
      { subnet_id: ref('aws_subnet.s.id'), route_table_id: ref('aws_route_table.t.id') },
    ),
    {
      ...fresh(
        'aws_security_group.w',
        { vpc_id: later, name: marker, ingress: [], egress: [] },
        { vpc_id: ref('aws_vpc.v.id') },
      ),
      sensitive: { name: true },
    },
    {
      ...fresh(
        'aws_instance.i',
        { subnet_id: later, vpc_security_group_ids: later, user_data: marker, associate_public_ip_address: true },
        { subnet_id: ref('aws_subnet.s.id'), vpc_security_group_ids: ref('aws_security_group.w.id') },
      ),
      sensitive: { user_data: true },
    },
  ],
});

test('a plan is a network whose parts refer to each other by their addresses', () => {
  const read = networkFromDocuments([{ file: 'plan.json', json: plan }]);
  if (!read.ok) expect.fail(read.problems.map(({ message }) => message).join('\n'));
  const { vpcs, subnets, routeTables, interfaces, securityGroups } = read.value;
  expect([...vpcs.keys()]).toEqual(['aws_vpc.v']);
  expect(subnets.get('aws_subnet.s')).toMatchObject({ vpc: 'aws_vpc.v', declaredAs: 'aws_subnet.s' });
  expect(routeTables.get('aws_route_table.t')!.routes).toContainEqual(
    expect.objectContaining({ target: expect.objectContaining({ id: 'aws_internet_gateway.g' }) as object }),
  );
  expect([...interfaces.values()]).toMatchObject([{ subnet: 'aws_subnet.s', groups: ['aws_security_group.w'] }]);
  // Terraform removes AWS's rule that lets everything out.
  expect(securityGroups.get('aws_security_group.w')).toMatchObject({ ingress: [], egress: [] });
  expect(formatSnapshot(read.value)).not.toContain(marker);
});
