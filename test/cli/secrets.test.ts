/** What a plan marks as sensitive stands in no output of any command, in no format; what it means for traffic counts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import { formatsOf } from '../../src/report/formats.ts';
import { later, planJson, ref, type Resource } from '../support/terraform.ts';

const marker = 'swordfish-4711';
/** A sensitive block, which no other text of the plan holds. */
const block = '203.0.113.192/27';

const made = (
  address: string,
  after: Resource['after'],
  refs: Resource['refs'] = {},
  sensitive: unknown = {},
): Resource => ({ address, after: { id: later, ...after }, refs, sensitive });

const plan = planJson({
  variables: { password: marker },
  resources: [
    made('aws_vpc.v', { cidr_block: '10.0.0.0/16', tags: { Name: marker } }, {}, { tags: { Name: true } }),
    made(
      'aws_subnet.s',
      { vpc_id: later, cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a', map_public_ip_on_launch: true },
      { vpc_id: ref('aws_vpc.v.id') },
    ),
    made('aws_internet_gateway.g', { vpc_id: later }, { vpc_id: ref('aws_vpc.v.id') }),
    made(
      'aws_route_table.t',
      { vpc_id: later, route: [{ cidr_block: '0.0.0.0/0', gateway_id: later }] },
      { vpc_id: ref('aws_vpc.v.id'), route: ref('aws_internet_gateway.g.id') },
    ),
    made(
      'aws_route_table_association.a',
      { subnet_id: later, route_table_id: later },
      { subnet_id: ref('aws_subnet.s.id'), route_table_id: ref('aws_route_table.t.id') },
    ),
    made(
      'aws_security_group.w',
      {
        vpc_id: later,
        name: marker,
        description: marker,
        ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: [block], description: marker }],
        egress: [],
      },
      { vpc_id: ref('aws_vpc.v.id') },
      { name: true, description: true, ingress: [{ cidr_blocks: true, description: true }] },
    ),
    made(
      'aws_instance.i',
      { subnet_id: later, vpc_security_group_ids: later, user_data: marker },
      { subnet_id: ref('aws_subnet.s.id'), vpc_security_group_ids: ref('aws_security_group.w.id') },
      { user_data: true },
    ),
    made('aws_db_instance.d', { password: marker, engine: 'postgres' }, {}, { password: true }),
  ],
});

const folder = mkdtempSync(join(tmpdir(), 'vpcproof-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const network = file('plan.json', JSON.stringify(plan));
const policy = file(
  'policy.yaml',
  'version: 1\nproperties:\n  - { id: closed, forbid: { from: internet, to: aws_instance.i } }\n  - { id: open, require: { from: internet, to: aws_instance.i } }\n',
);

async function vpcproof(argv: readonly string[]) {
  let output = '';
  const stream = { isTTY: false, write: (text: string) => Promise.resolve(void (output += text)) };
  const status = await run([...argv], { stdout: stream, stderr: stream, env: {}, cwd: folder }, stages);
  return { status, output };
}

const commands: Readonly<Record<string, readonly string[]>> = {
  ask: ['ask', network, '--from', 'internet', '--to', 'aws_instance.i'],
  check: ['check', network, '-p', policy],
  'network diff': ['diff', network],
  coverage: ['coverage', network],
  import: ['import', network],
};

describe.each(Object.keys(commands))('%s', (command) => {
  test.each(formatsOf(command as Parameters<typeof formatsOf>[0]))(
    'shows nothing that is sensitive in %s',
    async (format) => {
      const { status, output } = await vpcproof([...commands[command]!, '-f', format]);
      expect([0, 1, 3]).toContain(status);
      expect(output.length).toBeGreaterThan(0);
      for (const secret of [marker, block, block.split('/')[0]!]) expect(output).not.toContain(secret);
    },
    60_000,
  );
});

test('a sensitive block may admit anybody, and need not', async () => {
  const { output } = await vpcproof(commands.check!);
  expect(output).toContain('2 undecided');
});
