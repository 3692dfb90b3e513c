/** Repairs and ways through as the commands print them, and as a saved result is rendered. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from 'sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import { namesOf } from '../../src/report/text/names.ts';
import { priceTexts } from '../../src/report/text/repair.ts';
import { resultSchema } from '../../src/result/schema.ts';
import { sarifErrors } from '../report/published.ts';

const folder = new URL('../../scenarios/public-web-private-db', import.meta.url).pathname;

async function printed(...argv: readonly string[]): Promise<string> {
  const [text, status] = await ran(argv);
  expect(status).toBe(1);
  return text;
}

async function ran(argv: readonly string[]): Promise<readonly [printed: string, status: number]> {
  let text = '';
  const stream = { isTTY: false, write: (part: string) => Promise.resolve(void (text += part)) };
  const status = await run(argv, { stdout: stream, stderr: stream, env: {}, cwd: '/' }, stages);
  return [text, status];
}

const isResult = new Ajv2020({ strict: false, validateFormats: false }).compile(
  z.toJSONSchema(resultSchema, { io: 'input' }),
);

const check = ['check', `${folder}/variants/db-published`, '-p', `${folder}/policy.yaml`, '--repair'];
const ask = ['ask', `${folder}/variants/nacl-forgets-replies`, '--from', 'internet', '--to', 'name:web-*'];
const unblock = [...ask, '--proto', 'tcp', '--port', '443', '--unblock'];

const removal = 'sg-0db00000000000001 ingress remove tcp/5432 0.0.0.0/0';
const entry = 'acl-0eb00000000000001 outbound add 120 allow tcp/1024-65535 0.0.0.0/0';

test('JSON', async () => {
  for (const [argv, key, line] of [
    [check, 'repairs', removal],
    [unblock, 'alternatives', entry],
  ] as const) {
    const document: unknown = JSON.parse(await printed(...argv, '-f', 'json'));
    isResult(document);
    expect(isResult.errors ?? []).toEqual([]);
    const text = JSON.stringify(document);
    expect(text).toContain(`"${key}":{"found":[{"edits":[{"edit":"${line}"`);
  }
});

test('text: lines to paste after `whatif`, commands, and the price', async () => {
  const repairs = await printed(...check);
  expect(repairs).toContain(`Repairs     1  --set '${removal}'`);
  expect(repairs).toContain('aws ec2 revoke-security-group-ingress --group-id sg-0db00000000000001');
  expect(repairs).toContain('mends only-web-reaches-db as well');
  expect(repairs).toMatch(/closes from eni-00950000000000001 \(ops-1\) to eni-0db00000000000001/);
  const ways = await printed(...unblock);
  expect(ways).toContain(`Ways        1  --set '${entry}'`);
  expect(ways).toMatch(/opens from eni-0eb00000000000001 \(web-1\) to the internet/);
});

test('flows beyond those shown are counted', () => {
  const price = { opened: [], closed: [], omitted: { opened: 4, closed: 1 }, complete: true };
  expect(priceTexts(price, namesOf({ places: [], edges: [] }))).toEqual([
    'opens 4 more families of flows',
    'closes 1 more family of flows',
  ]);
});

test('Markdown: repairs below what shows the fault', async () => {
  const text = await printed(...check, '-f', 'markdown');
  expect(text).toContain(`1. \`${removal}\``);
  expect(text.indexOf('**Repairs**')).toBeGreaterThan(text.indexOf('The flow that shows it:'));
  expect(await printed(...unblock, '-f', 'markdown')).toContain(`1. \`${entry}\``);
});

test('what there was nothing to do for says so', async () => {
  const reachable = ['ask', `${folder}/network`, '--from', 'internet', '--to', 'name:web-*', '--proto', 'tcp'];
  const [answer] = await ran([...reachable, '--port', '443', '--unblock']);
  expect(answer).toContain('There was nothing for `--unblock` to do: nothing blocks the flow.');
  const [checked] = await ran(['check', `${folder}/network`, '-p', `${folder}/policy.yaml`, '--repair']);
  expect(checked).toMatch(/^Warnings +`--repair` had nothing to mend:/m);
});

describe('a saved result, rendered', () => {
  const saved = join(mkdtempSync(join(tmpdir(), 'repairs-')), 'result.json');
  beforeAll(() => printed(...check, '-f', 'json', '-o', saved));
  const rendered = async (format: string): Promise<string> => {
    const [text, status] = await ran(['render', saved, '-f', format]);
    expect(status).toBe(0);
    return text;
  };

  test('HTML: each repair below the path, with its command and what it mends', async () => {
    const page = await rendered('html');
    const edit = page.indexOf(`<p class="edit"><code><bdi>${removal}</bdi></code>`);
    expect(edit).toBeGreaterThan(page.indexOf('The way there'));
    expect(page).toMatch(/<pre>aws ec2 revoke-security-group-ingress --group-id sg-0db00000000000001 /);
    expect(page).toContain('mends <code><bdi>only-web-reaches-db</bdi></code>');
  });

  test('SARIF: in the message and, one by one, in the properties', async () => {
    const text = await rendered('sarif');
    expect(sarifErrors(text)).toEqual([]);
    const [first] = (JSON.parse(text) as Log).runs[0]?.results ?? [];
    expect(first?.message.text).toContain(`Repairs, each proved on the edited network: \`${removal}\``);
    expect(first?.properties?.['repairs']).toMatchObject([{ edits: [removal] }, {}, {}]);
  });

  test('HTML of a question: what would let it through', async () => {
    expect(await printed(...unblock, '-f', 'html')).toContain(`<code><bdi>${entry}</bdi></code>`);
  });
});
