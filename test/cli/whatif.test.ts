import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fail } from '../../src/base/result.ts';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import { answer, flow, vpcproof } from './fake.ts';

const folder = (files: Readonly<Record<string, string>>): string => {
  const cwd = mkdtempSync(join(tmpdir(), 'vpcproof-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
};

const ask = ['ask', '--from', 'eni-app', '--to', 'internet'];
const detach = ['--set', 'igw-1 detach'];

describe('the line', () => {
  const wrong = async (...argv: string[]) => {
    const { status, stdout, stderr } = await vpcproof(argv);
    expect([status, stdout]).toEqual([2, '']);
    return stderr;
  };

  test('what is asked has its own options and takes no network', async () => {
    const { status, questions } = await vpcproof(['whatif', 'n', ...detach, ...ask, '--port', '443']);
    expect(status).toBe(0);
    expect(questions).toMatchObject([{ from: { text: 'eni-app' }, traffic: [{ protocol: 6 }, { protocol: 17 }] }]);
    expect(await wrong('whatif', 'n', ...detach, ...ask, 'n')).toContain('Too many arguments');
    expect(await wrong('whatif', 'n', ...detach, ...ask, '--prot', 'tcp')).toMatch(/Did you mean .*--proto/);
    expect(await wrong('whatif', 'n', ...detach, 'ask')).toContain('`--from` is not given.');
  });

  test('edits stand before what is asked, in any order with the network', async () => {
    const { status, questions } = await vpcproof(['whatif', ...detach, 'n', ...ask]);
    expect([status, questions.length]).toEqual([0, 1]);
    expect(await wrong('whatif', 'n', ...ask, ...detach)).toContain('Unknown option `--set`');
  });

  test('nothing else can be asked, and nothing without an edit', async () => {
    expect(await wrong('whatif', 'n', ...detach, 'aks')).toContain('Did you mean `ask`?');
    expect(await wrong('whatif', 'n', ...detach, 'coverage')).toContain('`ask`, `check` or `trace`');
    expect(await wrong('whatif', 'n', ...ask)).toContain('No edit is given.');
    expect(await wrong('whatif', 'n')).toContain('Missing required argument');
  });

  test('help of both lines', async () => {
    expect((await vpcproof(['whatif', '--help'])).stdout).toContain('--edit <file>');
    expect((await vpcproof(['whatif', 'n', 'ask', '--help'])).stdout).toContain('--from <selector>');
  });
});

test('the status is that of what is asked', async () => {
  const status = async (verdict: 'holds' | 'violated' | 'undecided') =>
    (await vpcproof(['whatif', 'n', ...detach, ...ask], { answers: () => answer({ verdict }) })).status;
  expect([await status('holds'), await status('violated'), await status('undecided')]).toEqual([0, 1, 3]);
});

test('files come first, then lines; the report begins with what each did', async () => {
  const cwd = folder({ 'edits.yaml': 'version: 1\nedits:\n  - sg-unused egress add udp/53 10.0.0.2\n' });
  const line = ['whatif', 'n', '--edit', 'edits.yaml', '--set', 'sg-unused egress remove udp/53 10.0.0.2', ...ask];
  const { stdout } = await vpcproof(line, { cwd, answers: () => answer({ flows: [flow] }) });
  expect(stdout.split('\n').slice(0, 6)).toEqual([
    'Edited      sg-unused egress add udp/53 10.0.0.2/32',
    '              + sg-unused egress rule: udp/53 10.0.0.2/32',
    '            sg-unused egress remove udp/53 10.0.0.2/32',
    '              - sg-unused egress rule: udp/53 10.0.0.2/32',
    '',
    expect.stringMatching(/^Question /),
  ]);
  expect((await vpcproof([...line, '--quiet'], { cwd })).stdout).toBe('reachable\n');
});

test('every mistake of every edit is told at once', async () => {
  const cwd = folder({ 'edits.yaml': 'version: 1\nedits:\n  - igw-1 detatch\n  - sg-ap egress add all 10.0.0.0/8\n' });
  const line = [
    'whatif',
    'n',
    '--edit',
    'edits.yaml',
    '--edit',
    'none.yaml',
    '--set',
    'sg-app ingress add tcp/0x 10.0.0.0/8',
  ];
  const { status, json } = await vpcproof([...line, ...ask, '-f', 'json'], { cwd });
  expect(status).toBe(2);
  expect(json()).toMatchObject({
    command: 'whatif',
    problems: [
      { file: 'edits.yaml', place: '3:11', code: 'bad-edit' },
      { file: 'none.yaml', code: 'no-such-file' },
      { file: '--set', place: '1:24', code: 'bad-traffic' },
      { file: 'edits.yaml', place: '4:5', code: 'no-match' },
    ],
  });
  const broken = await vpcproof([...line, ...ask], { cwd, loads: fail({ code: 'x', message: 'It is broken.' }) });
  expect(broken.stderr.split('\n').filter((text) => !text.startsWith('  ')).length).toBe(5);
});

test('the answer is that of the edited network, to all three questions', async () => {
  const scenario = join(import.meta.dirname, '../../scenarios/public-web-private-db');
  const vpcproofIn = async (...argv: string[]) => {
    let stdout = '';
    const stream = { isTTY: false, write: (text: string) => Promise.resolve(void (stdout += text)) };
    const status = await run(argv, { stdout: stream, stderr: stream, env: {}, cwd: scenario }, stages);
    return { status, stdout };
  };
  const network = join(scenario, 'network');
  const question = ['ask', '--from', 'internet', '--to', 'any', '--port', '443', '--proto', 'tcp'];
  expect((await vpcproofIn('ask', network, ...question.slice(1))).status).toBe(0);
  const cut = ['whatif', network, '--set', 'igw:* detach'];
  expect((await vpcproofIn(...cut, ...question)).status).toBe(1);
  expect((await vpcproofIn(...cut, 'check', '-p', 'policy.yaml')).status).toBe(1);
  expect((await vpcproofIn('check', network, '-p', 'policy.yaml')).status).toBe(0);
  const traced = await vpcproofIn(
    ...cut,
    'trace',
    '--from',
    'internet',
    '--packet',
    'tcp 1.1.1.1:50000 -> 8.8.8.8:443',
  );
  expect(traced.stdout).toMatch(/^Edited {6}igw:\* detach\n/);
});
