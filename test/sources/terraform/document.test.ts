/** What a document of Terraform's is, by its content; the rest is refused with the command to run. */
import { describe, expect, test } from 'vitest';
import { isTerraform, readTerraform, refuseBytes, refuseText } from '../../../src/sources/terraform/index.ts';
import { decodeText } from '../../../src/sources/text.ts';
import { after, at, planJson, property, sides } from '../../support/terraform.ts';

const vpc = { address: 'aws_vpc.main', after: { cidr_block: '10.0.0.0/16' }, refs: {} };
const state = {
  format_version: '1.0',
  terraform_version: '1.9.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'aws_vpc.main',
          mode: 'managed',
          type: 'aws_vpc',
          name: 'main',
          values: { id: 'vpc-1', cidr_block: '10.0.0.0/16' },
        },
      ],
      child_modules: [
        {
          address: 'module.net',
          resources: [
            {
              address: 'module.net.aws_subnet.a',
              mode: 'managed',
              type: 'aws_subnet',
              name: 'a',
              values: { id: 'subnet-1', vpc_id: 'vpc-1' },
            },
          ],
        },
      ],
    },
  },
};

const problem = (json: unknown) => {
  const read = readTerraform('x.json', json);
  return read.ok ? undefined : read.problems[0];
};

describe('a document is told by its content', () => {
  test('a plan has two sides', () => {
    expect(Object.keys(sides(planJson({ resources: [vpc] })))).toEqual(['before', 'after']);
  });

  test('a state without a plan is what there is, modules and all', () => {
    const { before, after: there } = sides(state);
    expect(before).toBeUndefined();
    expect(there.resources.map(({ id }) => id)).toEqual(['vpc-1', 'subnet-1']);
    expect(property(there, 'module.net.aws_subnet.a', 'VpcId')).toBe('vpc-1');
  });

  test('an empty state is a state', () => {
    expect(sides({ format_version: '1.0', terraform_version: '1.9.0' }).after.resources).toEqual([]);
  });

  test.each([
    ['a CloudFormation template', { AWSTemplateFormatVersion: '2010-09-09', Resources: {} }],
    ['an answer of AWS', { Vpcs: [] }],
    ['a list', [{ Vpcs: [] }]],
    ['an empty list', []],
    ['null', null],
  ])('%s is nothing of Terraform’s', (_, json) => {
    expect(isTerraform(json)).toBe(false);
    expect(problem(json)).toMatchObject({ code: 'not-terraform' });
  });

  test.each(['0.1', '0.2', '1.0', '1.1', '1.2'])('format %s is read', (format_version) => {
    expect(sides({ ...planJson({ resources: [vpc] }), format_version }).after.resources).toHaveLength(1);
  });

  test('UTF-16 with a byte order mark, as PowerShell writes it, is the same plan', () => {
    const text = JSON.stringify(planJson({ resources: [vpc] }));
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(sides(JSON.parse(decodeText(bytes)!)).after.resources).toHaveLength(1);
  });
});

describe('what else Terraform writes is refused with the command to run', () => {
  const message = { '@level': 'info', '@message': 'Terraform 1.9.0', type: 'version' };
  const show = 'terraform show -json PLANFILE > plan.json';

  test.each([
    ['one message of `terraform plan -json`', message],
    ['its messages joined into a list', [message, message]],
  ])('%s', (_, json) => {
    expect(isTerraform(json)).toBe(true);
    expect(problem(json)).toMatchObject({ code: 'terraform-messages', hint: expect.stringContaining(show) as string });
  });

  test('its messages one a line, which are no JSON document', () => {
    const text = `${JSON.stringify(message)}\n${JSON.stringify(message)}\n`;
    expect(refuseText('x.json', text)).toMatchObject({
      code: 'terraform-messages',
      file: 'x.json',
      hint: expect.stringContaining(show) as string,
    });
    expect(refuseText('x.json', '{"Vpcs": []}')).toBeUndefined();
  });

  test('the plan as people read it', () => {
    expect(refuseText('x', 'Terraform will perform the following actions:\n')).toMatchObject({
      code: 'terraform-text',
    });
  });

  test('a binary plan', () => {
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(22), Buffer.from('tfplan')]);
    expect(refuseBytes('tf.plan', zip)).toMatchObject({ hint: 'Run: terraform show -json tf.plan > plan.json' });
    expect(refuseBytes('x', Buffer.from('PK\u0003\u0004 something else'))).toBeUndefined();
  });

  test('a state as it is stored', () => {
    const raw = { version: 4, terraform_version: '1.9.0', serial: 3, lineage: 'x', outputs: {}, resources: [] };
    expect(problem(raw)).toMatchObject({
      code: 'terraform-raw-state',
      hint: expect.stringContaining('terraform show -json') as string,
    });
  });

  test('a format that is not known', () => {
    expect(problem({ ...planJson({ resources: [vpc] }), format_version: '2.0' })).toMatchObject({
      code: 'terraform-format-version',
      place: '/format_version',
    });
  });

  test('a plan that ended with an error, since it is not whole', () => {
    expect(problem({ ...planJson({ resources: [vpc] }), errored: true })).toMatchObject({
      code: 'terraform-errored-plan',
    });
  });
});

test('a plan without `configuration` knows ids, and says that it knows no more', () => {
  const json = planJson({
    resources: [{ address: 'aws_subnet.a', after: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24' }, refs: {} }],
  });
  delete json.configuration;
  const { after: there } = sides(json);
  expect(at(there, 'aws_subnet.a').properties).toMatchObject({ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' });
  expect(there.warnings).toEqual([expect.stringContaining('configuration')]);
});

test('a resource is told by its address in the file, in which Region and whose', () => {
  const declared = after({
    resources: [{ ...vpc, before: { id: 'vpc-1' }, after: { id: 'vpc-1', owner_id: '123456789012' } }],
  });
  expect(at(declared, 'aws_vpc.main')).toMatchObject({
    id: 'vpc-1',
    region: 'eu-west-1',
    account: '123456789012',
    source: { file: 'plan.json', place: 'aws_vpc.main' },
  });
});
