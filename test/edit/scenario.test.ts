/** Faults of scenarios, written as edits: the edited network is the one that the variant shows. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import { readEditFile } from '../../src/edit/index.ts';
import type { Network } from '../../src/network/network.ts';
import { canonicalSnapshot, loadNetwork } from '../../src/sources/index.ts';
import { editNetwork } from './edited.ts';

const folder = (path: string): string => new URL(`../../scenarios/${path}`, import.meta.url).pathname;

async function load(path: string): Promise<Network> {
  const read = await loadNetwork(folder(path));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** Without what a human wrote beside a rule, and without the ids that are made of rules' places. */
const text = (network: Network): string =>
  canonicalSnapshot(network).replaceAll(/"description":"temporary",|"id":"sg-\w+ (?:in|e)gress \d+",/g, '');

test.each([
  ['genai-private', 'forgotten-ipv6-route', ['private-a route ::/0 -> igw:*']],
  ['genai-private', 'route-skips-firewall', ['private-b route 0.0.0.0/0 -> nat:name:nat-b']],
  ['genai-private', 'nacl-blocks-replies', ['model inbound change 120 allow tcp/1024-65535 10.20.0.0/16']],
  [
    'genai-private',
    'endpoint-group-too-narrow',
    ['genai-bedrock-endpoint ingress change tcp/443 10.20.10.0/23 -> tcp/443 10.20.10.0/24'],
  ],
  ['genai-private', 'public-model-host', ['model-a table main', 'eni:name:model-1 public add 203.0.113.77']],
  ['genai-private', 'reply-skips-firewall', ['nat-a route remove 10.20.20.0/24']],
  ['genai-private', 'model-group-open', ['genai-model ingress add all 0.0.0.0/0']],
  ['genai-private', 'nat64-route', ['private-a route 64:ff9b::/96 -> nat:name:nat-a']],
  ['genai-private', 'source-check-off', ['eni:name:model-1 check off']],
  [
    'egress-allow-list',
    'quic-passed',
    ['approved-names rule add pass udp $HOME_NET any -> $EXTERNAL_NET 443 (msg:"HTTP/3"; sid:1000014; rev:1;)'],
  ],
])('%s: %s', async (scenario, variant, lines) => {
  const { network } = editNetwork(await load(`${scenario}/network`), ...lines);
  expect(text(network)).toBe(text(await load(`${scenario}/variants/${variant}`)));
});

/** The exit status of `whatif … check` with the scenario's policy. */
async function checked(name: string): Promise<{ readonly status: number; readonly stdout: string }> {
  let stdout = '';
  const stream = { isTTY: false, write: (part: string) => Promise.resolve(void (stdout += part)) };
  const edits = ['--edit', folder(`genai-private/edits/${name}.yaml`)];
  const question = ['check', '-p', folder('genai-private/policy.yaml'), '--quiet'];
  const line = ['whatif', folder('genai-private/network'), ...edits, ...question];
  return { status: await run(line, { stdout: stream, stderr: stream, env: {}, cwd: '/' }, stages), stdout };
}

test('every property holds with a zone lost', async () => {
  expect(await checked('zone-lost')).toMatchObject({ status: 0 });
});

test('access for debugging breaks what keeps the models private', async () => {
  const { status, stdout } = await checked('debug-access');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^violated +entry-only-via-balancer/m);
});

test.each(['zone-lost', 'debug-access'])('the edits of %s are what they say', async (name) => {
  const file = folder(`genai-private/edits/${name}.yaml`);
  const { edits, problems } = readEditFile(readFileSync(file, 'utf8'), file);
  expect(problems).toEqual([]);
  const { edits: applied } = editNetwork(await load('genai-private/network'), ...edits.map((edit) => edit.text));
  expect(applied.every(({ changes }) => changes.length > 0)).toBe(true);
});
