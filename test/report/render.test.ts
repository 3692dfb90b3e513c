/** A saved result rendered is byte for byte what its command prints; what is no result is refused with every reason. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, loadNetwork } from '../../src/index.ts';
import { type Format, formats, formatsOf, reportsOf } from '../../src/report/formats.ts';
import { paint } from '../../src/report/text/paint.ts';
import { readResult } from '../../src/result/read.ts';
import { readExpectations } from '../scenarios/expected.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { answer, vpcproof } from '../cli/fake.ts';
import { printed } from './command.ts';
import { junitErrors, sarifErrors } from './published.ts';

const folder = mkdtempSync(join(tmpdir(), 'render-'));
let files = 0;

function saved(text: string): string {
  const file = join(folder, `${++files}.json`);
  writeFileSync(file, text);
  return file;
}

const rendered = async (file: string, format: Format): Promise<string> => {
  const { status, stdout, stderr } = await printed(['render', file, '-f', format]);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};

describe.each(scenarios)('check of $name', ({ name }) => {
  const [healthy, faulty] = [...readExpectations(name).keys()];
  test.each([healthy!, faulty!])('%s, in every format', async (one) => {
    const network = await loadNetwork(`scenarios/${name}/${one}`);
    if (!network.ok) throw new Error(JSON.stringify(network.problems));
    const checked = await check(network.value, { policies: [`scenarios/${name}/policy.yaml`] });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    const reports = reportsOf(checked.value);
    const file = saved(await reports.json!(paint(false), false));
    for (const format of formatsOf('check'))
      expect(await rendered(file, format)).toBe(await reports[format]!(paint(false), false));
    expect(sarifErrors(await rendered(file, 'sarif'))).toEqual([]);
    expect(junitErrors(await rendered(file, 'junit'))).toEqual([]);
  });
});

const flagship = 'scenarios/genai-private';
const network = `${flagship}/network`;
const faulty = `${flagship}/variants/route-skips-firewall`;

const website = 'scenarios/public-web-private-db';
const small = `${website}/network`;

/** Times differ from run to run, and only there. */
const steady = (text: string): string =>
  text
    .replaceAll(/("timeMs": |\btime=")\d+(?:\.\d+)?/g, (_, before: string) => `${before}0`)
    .replaceAll(/\bin [\d,]+ ms\b/g, 'in 0 ms');

describe('what every command prints', () => {
  test.each([
    ['check', 'check', network, '-p', `${flagship}/policy.yaml`],
    ['ask', 'ask', faulty, '--from', 'internet', '--to', 'subnet:name:*', '--port', '443'],
    ['ask', 'ask', network, '--from', 'internet', '--to', 'vpc:*', '--port', '22'],
    ['trace', 'trace', network, '--from', 'internet', '--packet', 'tcp 1.1.1.1:40000 -> 10.0.1.5:443'],
    ['coverage', 'coverage', network],
    ['ask', 'whatif', network, '--set', 'igw:* detach', 'ask', '--from', 'internet', '--to', 'vpc:*'],
    ['network diff', 'diff', small, `${website}/variants/db-group-open`, '-p', `${website}/policy.yaml`],
    ['firewall check', 'firewall', 'check', 'scenarios/egress-allow-list/network'],
    ['firewall diff', 'diff', `${network}/RuleGroup.json`, `${network}/RuleGroup.json`],
  ] as const)('%s: %s %s %s', async (of, ...line) => {
    const file = saved((await printed([...line, '-f', 'json'])).stdout);
    for (const format of formatsOf(of)) {
      const { status, stdout } = await printed([...line, '-f', format]);
      expect([0, 1, 3]).toContain(status);
      expect(stdout.length).toBeGreaterThan(0);
      expect(steady(await rendered(file, format))).toBe(steady(stdout));
    }
  });

  test('import, which writes a snapshot, and says what it wrote', async () => {
    const output = join(folder, 'snapshot.json');
    const { stdout } = await printed(['import', network, '-o', output, '-f', 'json']);
    const text = await printed(['import', network, '-o', output]);
    expect(await rendered(saved(stdout), 'text')).toBe(text.stdout);
  });

  test('what is wrong, too', async () => {
    const line = ['check', 'nowhere.json', '-p', 'nothing.yaml'];
    const { status, stdout } = await printed([...line, '-f', 'json']);
    expect(status).toBe(2);
    expect(await rendered(saved(stdout), 'text')).toBe((await printed(line)).stderr);
  });

  test('quiet where it is asked to be', async () => {
    const line = ['check', network, '-p', `${flagship}/policy.yaml`];
    const file = saved((await printed([...line, '-f', 'json'])).stdout);
    expect((await printed(['render', file, '--quiet'])).stdout).toBe((await printed([...line, '--quiet'])).stdout);
  });
});

describe('what is refused', () => {
  const line = ['ask', 'n', '--from', 'eni-app', '--to', 'internet', '-f', 'json'];
  const result = async () => (await vpcproof(line, { answers: () => answer({}) })).json();
  const refused = (json: unknown): readonly string[] => {
    const read = readResult(json, 'r.json');
    expect(read.ok).toBe(false);
    return read.ok ? [] : read.problems.map(({ code, place }) => `${code} ${place ?? ''}`.trimEnd());
  };

  test('JSON that is no result', () => {
    for (const json of [null, 3, [], {}, { schemaVersion: 1 }, { Vpcs: [] }])
      expect(refused(json)).toEqual(['not-a-result']);
    expect(refused({ schemaVersion: 1, command: 'aks' })).toEqual(['not-a-result /command']);
    expect(refused({ schemaVersion: 1, command: 'toString' })).toEqual(['not-a-result /command']);
    expect(refused({ schemaVersion: 1, command: 'ask', failure: {} })).toEqual(['not-a-result /failure']);
  });

  test('a result of another version', async () => {
    expect(refused({ ...(await result()), schemaVersion: 2 })).toEqual(['other-version /schemaVersion']);
  });

  test('a result that is not whole, with all that is wrong in it', async () => {
    const { verdict: _, ...rest } = await result();
    expect(
      refused({ ...rest, coverage: { modelled: 'many' }, notes: [1], 'more/and': 0 }).toSorted((a, b) =>
        a < b ? -1 : 1,
      ),
    ).toEqual([
      'bad-value /coverage/modelled',
      'bad-value /notes/0',
      'missing-key /coverage/assumed',
      'missing-key /coverage/notModelled',
      'missing-key /verdict',
      'unknown-key /more~1and',
    ]);
  });

  test('a key that is not known in the middle of a result is told with what it stands in', async () => {
    const { coverage, ...rest } = await result();
    const text = JSON.stringify({ ...rest, coverage: { ...Object(coverage), odd: 1 } });
    expect((await printed(['render', saved(text)])).stderr).toContain('`odd` is no key of `/coverage`. (unknown-key)');
  });

  test('text that is no JSON, and a file that is not there', async () => {
    const half = await printed(['render', saved('{"schemaVersion": 1,\n')]);
    expect([half.status, half.stdout]).toEqual([2, '']);
    expect(half.stderr).toContain(':2:1: The file is not JSON');
    const nothing = await printed(['render', join(folder, 'nothing.json'), '-f', 'json']);
    expect(nothing.status).toBe(2);
    expect(JSON.parse(nothing.stdout)).toMatchObject({ command: 'render', problems: [{ code: 'no-such-file' }] });
  });

  test('a format that its command does not have, with those it has', async () => {
    const file = saved((await printed(['coverage', network, '-f', 'json'])).stdout);
    const have = formatsOf('coverage');
    for (const format of formats) {
      const { status, stderr } = await printed(['render', file, '-f', format]);
      expect(status).toBe(have.includes(format) ? 0 : 2);
      if (!have.includes(format)) {
        expect(stderr).toContain(`A result of \`coverage\` cannot be rendered as ${format}.`);
        expect(stderr).toContain(have.join(', '));
      }
    }
  });
});

test('standard input is a file as well', async () => {
  const { stdout: json } = await printed(['coverage', network, '-f', 'json']);
  const { status, stdout } = spawnSync(process.execPath, ['bin/vpcproof.js', 'render', '-'], {
    input: json,
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, (await printed(['coverage', network])).stdout]);
});
