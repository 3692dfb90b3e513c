/** The GitHub Action: its steps as a runner would run them, but for the steps of others. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const scenario = join(root, 'scenarios/public-web-private-db');

interface Step {
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

let action: Action;

beforeAll(() => {
  action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
});

/** The step `check` with those inputs, expressions replaced as a runner does. */
function check(inputs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  const step = action.runs.steps.find(({ id }) => id === 'check')!;
  const fill = (text: string): string =>
    text
      .replaceAll('${{ github.action_path }}', root)
      .replaceAll(
        /\$\{\{ inputs\.(\w+) \}\}/g,
        (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '',
      );
  const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, fill(value)]));
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  const { status, stdout } = spawnSync('bash', ['-c', fill(step.run!)], {
    env: { PATH: process.env['PATH'], RUNNER_TEMP: folder, ...files, ...env },
    encoding: 'utf8',
  });
  const written = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  return { status, stdout, output: written(files.GITHUB_OUTPUT), summary: written(files.GITHUB_STEP_SUMMARY) };
}

describe('the GitHub Action', () => {
  test('passes on what holds, and says so in its outputs and its summary', () => {
    const { status, stdout, output, summary } = check({
      network: join(scenario, 'network'),
      policy: `${join(scenario, 'policy.yaml')}\n`,
    });
    expect(status).toBe(0);
    expect(output).toContain('verdict=holds\n');
    const result = /^result=(.*)$/m.exec(output)![1]!;
    expect(JSON.parse(readFileSync(result, 'utf8'))).toMatchObject({ command: 'check', summary: { violated: 0 } });
    expect(stdout).toMatch(/^holds .*\n(?:.*\n)*\d+ properties: \d+ hold, 0 violated/);
    expect(summary).toMatch(/^## All \d+ properties hold\n\n\| verdict \|/);
  });

  test('fails on what is violated, with the flow in its summary', () => {
    const { status, stdout, output, summary } = check({
      network: join(scenario, 'variants/db-group-open'),
      policy: join(scenario, 'policy.yaml'),
    });
    expect(status).toBe(1);
    expect(output).toContain('verdict=violated\n');
    expect(stdout).toContain('VIOLATED');
    expect(summary).toContain('```mermaid\nflowchart LR\n');
  });

  test('fails as `check` does, with its status', () => {
    const policy = join(mkdtempSync(join(tmpdir(), 'action-')), 'policy.yaml');
    const unreadable = check({ network: join(scenario, 'network'), policy });
    expect(unreadable.status).toBe(2);
    expect(unreadable.stdout).toBe(
      `${policy}: This cannot be read: there is no such file or folder. (no-such-file)\n  hint: Check the path; it is taken from the folder you are in.\n`,
    );
    expect(unreadable.output + unreadable.summary).toBe('');
    const options = '--assume\nfact:0=yes';
    expect(check({ network: join(scenario, 'network'), policy: join(scenario, 'policy.yaml'), options }).status).toBe(
      2,
    );
  });
});
