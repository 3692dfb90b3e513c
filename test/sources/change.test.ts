/** Plans and templates as files: told by content, with what runs beside them by a base alone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import {
  formatSnapshot,
  loadChange,
  loadNetwork,
  type LoadOptions,
  snapshotWithAnswers,
} from '../../src/sources/index.ts';
import { tiny } from './tiny.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'change-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  return file;
}
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}
const load = async (file: string, options: LoadOptions = {}) => value(await loadNetwork(file, options));
const refused = async (file: string | readonly string[], options: LoadOptions = {}) => {
  const read = await loadNetwork(file, options);
  return read.ok ? [] : read.problems.map(({ code }) => code);
};

const template = {
  Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { Ref: 'Block' } } } },
  Parameters: { Block: { Type: 'String', Default: '10.0.0.0/16' } },
};
const yaml = [
  'Resources:',
  '  Vpc:',
  '    Type: AWS::EC2::VPC',
  '    Properties:',
  '      CidrBlock: 10.0.0.0/16',
].join('\n');
const vpcIn = (cidr: string) => ({
  mode: 'managed',
  type: 'aws_vpc',
  name: 'main',
  address: 'aws_vpc.main',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  schema_version: 1,
  values: { cidr_block: cidr, id: 'vpc-7' },
});
const state = {
  format_version: '1.0',
  terraform_version: '1.9.0',
  values: { root_module: { resources: [vpcIn('10.7.0.0/16')] } },
};
const plan = {
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: { root_module: { resources: [{ ...vpcIn('10.7.0.0/16'), values: { cidr_block: '10.7.0.0/16' } }] } },
  resource_changes: [
    {
      address: 'aws_vpc.main',
      mode: 'managed',
      type: 'aws_vpc',
      name: 'main',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions: ['create'],
        before: null,
        after: { cidr_block: '10.7.0.0/16' },
        after_unknown: { id: true },
        before_sensitive: false,
        after_sensitive: {},
      },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_vpc.main',
          mode: 'managed',
          type: 'aws_vpc',
          name: 'main',
          provider_config_key: 'aws',
          expressions: { cidr_block: { constant_value: '10.7.0.0/16' } },
          schema_version: 1,
        },
      ],
    },
  },
};

test('a template is told by its content, in YAML and JSON, whatever its name', async () => {
  for (const file of [write('a.json', template), write('b.txt', yaml), write('c', template)])
    expect([...(await load(file)).vpcs.keys()]).toEqual(['Vpc']);
});

test('a folder’s templates are read in YAML too, and other YAML is not', async () => {
  write('network.yaml', yaml);
  write('policy.yaml', 'version: 1\nproperties: []\n');
  const network = await load(folder);
  expect(network.vpcs.size).toBe(1);
  expect(network.warnings.join()).toContain('policy.yaml');
});

test('parameters are told beside', async () => {
  const network = await load(write('a.json', template), { parameters: ['Block=10.5.0.0/16'] });
  expect(network.vpcs.get('Vpc')!.cidrs).toMatchObject([{ base: 0x0a050000n }]);
});

test('a state and a plan are told by their content, in UTF-16 too', async () => {
  expect([...(await load(write('state', state))).vpcs.keys()]).toEqual(['vpc-7']);
  const utf16 = Buffer.from(`\uFEFF${JSON.stringify(plan)}`, 'utf16le');
  const network = await load(write('plan', utf16));
  expect(network.vpcs.get('aws_vpc.main')).toMatchObject({ declaredAs: 'aws_vpc.main' });
});

test('a plan has two sides', async () => {
  const { before, after } = value(await loadChange(write('plan.json', plan)));
  expect([before.vpcs.size, after.vpcs.size]).toEqual([0, 1]);
});

test('plans and templates together are one network; the same addresses are told apart by their files', async () => {
  write('a.json', plan);
  write('b.json', template);
  write('sub/c.json', plan);
  const names = [...(await load(folder)).vpcs.keys()].toSorted();
  expect(names).toHaveLength(3);
  expect(names).toContain('Vpc');
});

test('answers beside a plan are refused: they are its base', async () => {
  const file = write('plan.json', plan);
  const answers = write('answers/all.json', tiny);
  expect(await refused(folder)).toEqual(['beside-plan']);
  expect(await refused([file, answers])).toEqual(['beside-plan']);
  const both = await load(file, { base: path.join(folder, 'answers') });
  expect([...both.vpcs.keys()].toSorted()).toEqual([...(await load(answers)).vpcs.keys(), 'aws_vpc.main'].toSorted());
});

test('a base is of plans and templates alone, and is none itself', async () => {
  const answers = write('all.json', tiny);
  const file = write('plan.json', plan);
  expect(await refused(answers, { base: answers })).toEqual(['no-plan']);
  expect(await refused(file, { base: file })).toEqual(['plan-as-base']);
  expect((await loadChange(answers)).ok).toBe(false);
});

test('a snapshot that keeps its answers is a base as they are, and what nobody read of them stays unread', async () => {
  const answers = write('running/all.json', { ...tiny, NetworkAcls: undefined });
  const running = await load(answers);
  const file = write('plan.json', plan);
  const base = write('kept.json', value(snapshotWithAnswers(running, answers)));
  const over = await load(file, { base });
  expect(over).toEqual(await load(file, { base: answers }));
  expect([...over.subnets.values()].map(({ networkAcl }) => networkAcl)).toContainEqual(
    expect.objectContaining({ unread: 'describe-network-acls' }),
  );
  expect(formatSnapshot(await load(base))).toBe(formatSnapshot(running));
  // A snapshot of it keeps what it kept.
  expect(value(snapshotWithAnswers(await load(base), base))).toBe(readFileSync(base, 'utf8'));
});

test('a snapshot without its answers, or edited since, is no base', async () => {
  const answers = write('running/all.json', tiny);
  const running = await load(answers);
  const file = write('plan.json', plan);
  expect(await refused(file, { base: write('plain.json', formatSnapshot(running)) })).toEqual(['snapshot-as-base']);
  const text = value(snapshotWithAnswers(running, answers));
  const json = JSON.parse(text) as { interfaces: { sourceDestCheck: boolean }[] };
  json.interfaces[0]!.sourceDestCheck = !json.interfaces[0]!.sourceDestCheck;
  expect(await refused(file, { base: write('edited.json', json) })).toEqual(['snapshot-edited']);
  write('both/kept.json', text);
  write('both/all.json', tiny);
  expect(await refused(file, { base: path.join(folder, 'both') })).toEqual(['beside-snapshot']);
  expect(snapshotWithAnswers(running, file)).toMatchObject({ ok: false, problems: [{ code: 'plan-as-base' }] });
});

test('what is secret in answers is not kept', async () => {
  const connection = {
    VpnConnectionId: 'vpn-1',
    CustomerGatewayId: 'cgw-1',
    VpnGatewayId: 'vgw-1',
    State: 'available',
    Type: 'ipsec.1',
    CustomerGatewayConfiguration: '<ike>hush-1</ike>',
    Options: { StaticRoutesOnly: true, TunnelOptions: [{ PreSharedKey: 'hush-2' }] },
  };
  const vgw = { VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [{ VpcId: 'vpc-1', State: 'attached' }] };
  const answers = write('all.json', { ...tiny, VpnConnections: [connection], VpnGateways: [vgw] });
  const text = value(snapshotWithAnswers(await load(answers), answers));
  expect(text).toContain('StaticRoutesOnly');
  expect(text).not.toContain('hush');
});

test('what Terraform writes besides is refused with the command to run', async () => {
  expect(
    await refused(write('messages.json', '{"@level":"info","@message":"a"}\n{"@level":"info","@message":"b"}\n')),
  ).toEqual(['terraform-messages']);
  expect(await refused(write('terraform.tfstate', { version: 4, serial: 1, lineage: 'x', resources: [] }))).toEqual([
    'terraform-raw-state',
  ]);
});
