import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import { ask, check, edit, loadNetwork, type Network } from '../../src/index.ts';

const scenario = join(import.meta.dirname, '../../scenarios/public-web-private-db');
const folder = join(scenario, 'network');

let network: Network;

beforeAll(async () => {
  const loaded = await loadNetwork(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  network = loaded.value;
});

describe('the library', () => {
  test('asks, and gives what the command prints', async () => {
    const asked = await ask(network, { from: 'internet', to: 'any', proto: 'tcp', port: '443' });
    if (!asked.ok) throw new Error(JSON.stringify(asked.problems));
    const { verdict, flow, network: read } = asked.value;
    expect(verdict).toBe('reachable');
    expect(flow?.packet).toMatchObject({ protocol: 'tcp', dstPort: 443 });
    expect(read.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('checks policies, and answers wrong requests with their problems', async () => {
    const checked = await check(network, { policies: [join(scenario, 'policy.yaml')] });
    expect(checked).toMatchObject({ ok: true, value: { summary: { violated: 0, undecided: 0 } } });
    expect(await check(network, { policies: ['missing.yaml'] })).toMatchObject({
      ok: false,
      problems: [{ code: 'no-such-file' }],
    });
    expect(await ask(network, { from: 'nobody', to: 'internet' })).toMatchObject({
      ok: false,
      problems: [{ code: 'no-match', place: '--from' }],
    });
  });
});

test('an edited network is asked like any other, and the one before stays as it is', async () => {
  const question = { from: 'internet', to: 'any', proto: 'tcp', port: '443' };
  const cut = await edit(network, ['igw:* detach']);
  if (!cut.ok) throw new Error(JSON.stringify(cut.problems));
  expect(cut.value.edits).toMatchObject([{ edit: 'igw:* detach', source: { file: 'edits', place: '1:1' } }]);
  expect(await ask(cut.value.network, question)).toMatchObject({ ok: true, value: { verdict: 'unreachable' } });
  expect(await ask(network, question)).toMatchObject({ ok: true, value: { verdict: 'reachable' } });
  expect(await edit(network, ['igw:* detatch', 'nothing detach'])).toMatchObject({
    ok: false,
    problems: [{ code: 'bad-edit' }, { code: 'no-match' }],
  });
});

test('a snapshot is the same network: the same hash, the same answer', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'vpcproof-'));
  const vpcproof = async (...argv: string[]) => {
    let stdout = '';
    const stream = { isTTY: false, write: (text: string) => Promise.resolve(void (stdout += text)) };
    const status = await run(argv, { stdout: stream, stderr: stream, env: {}, cwd }, stages);
    return { status, stdout };
  };
  const file = join(cwd, 'network.json');
  expect((await vpcproof('import', folder, '-o', file)).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('vpc');
  const documents = [];
  for (const input of [folder, file]) {
    const { status, stdout } = await vpcproof(
      'trace',
      input,
      '--from',
      'internet',
      '--packet',
      'tcp 8.8.8.8:50000 -> 9.9.9.9:443',
      '-f',
      'json',
    );
    expect(status).toBe(1);
    documents.push(JSON.parse(stdout) as { network: { sha256: string }; blockedBy: unknown });
  }
  const [original, snapshot] = documents;
  expect(snapshot?.network.sha256).toBe(original?.network.sha256);
  expect(snapshot?.blockedBy).toEqual(original?.blockedBy);
});
