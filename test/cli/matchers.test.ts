/** The matchers for vitest: they pass on a proof, fail with the flow, and never pass on what is undecided. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Network, loadNetwork, readNetwork } from '../../src/index.ts';
import { toForbid, toIsolate, toRequire } from '../../src/vitest.ts';

expect.extend({ toForbid, toRequire, toIsolate });

const folder = join(import.meta.dirname, '../../scenarios/public-web-private-db/network');

let network: Network;

beforeAll(async () => {
  const loaded = await loadNetwork(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  network = loaded.value;
});

const failure = async (expectation: Promise<unknown>): Promise<string> => {
  try {
    await expectation;
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const tls = { from: 'internet', to: 'any', traffic: 'tcp/443' };
const ssh = { from: 'internet', to: 'any', traffic: 'tcp/22' };

describe('matchers', () => {
  test('pass on what is proved, and with `.not` on what is disproved', async () => {
    await expect(network).toForbid(ssh);
    await expect(network).not.toForbid(tls);
    await expect(network).not.toIsolate(['internet', 'any']);
    await expect(loadNetwork(folder)).resolves.toForbid(ssh);
  });

  test('fail with the flow that shows it', async () => {
    const message = await failure(expect(network).toForbid(tls));
    expect(message).toContain('violated');
    expect(message).toMatch(/igw-\w+/);
    expect(await failure(expect(network).not.toForbid(ssh))).toContain('holds');
  });

  test('fail on what is undecided, with `.not` and without', async () => {
    // Groups that no call read may admit anything, or nothing.
    const files = readdirSync(folder).filter((file) => file !== 'SecurityGroups.json');
    const documents = files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
    const unread = await readNetwork(...documents);
    expect(await failure(expect(unread).toForbid(tls))).toContain('undecided');
    expect(await failure(expect(unread).not.toForbid(tls))).toContain('undecided');
  });

  test('fail with every problem of what they are given', async () => {
    expect(await failure(expect(network).toForbid({ from: 'nobody', to: 'nowhere' }))).toMatch(/nobody[^]*nowhere/);
    expect(await failure(expect({ Vpcs: 1 }).toForbid(ssh))).not.toBe('');
  });
});
