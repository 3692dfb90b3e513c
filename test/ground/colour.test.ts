/** Colours are for terminals alone: a file or a pipe gets plain text, whatever other programs are told in the environment. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const escape = String.fromCodePoint(27);

beforeAll(() => {
  execFileSync(process.execPath, [join(root, '.ci/build.js')], { cwd: root });
});

describe.each([{ CI: 'true' }, { FORCE_COLOR: '1' }])('with %o in the environment', (told) => {
  const folder = mkdtempSync(join(tmpdir(), 'coloured-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const asked = (to: string, more: readonly string[], stdout: 'pipe' | number = 'pipe') =>
    spawnSync(
      process.execPath,
      [
        'bin/vpcproof.js',
        'ask',
        'scenarios/inspection-east-west/network',
        '--from',
        'subnet:name:dev',
        '--to',
        to,
        ...more,
      ],
      { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], ...told }, stdio: ['ignore', stdout, 'pipe'] },
    );

  test('what `-o` writes is plain', () => {
    const file = join(folder, 'report.txt');
    asked('internet', ['-o', file]);
    expect(readFileSync(file, 'utf8')).toMatch(/^Question {4}Can /);
    expect(readFileSync(file, 'utf8')).not.toContain(escape);
  });

  test('what the shell leads into a file is plain', () => {
    const file = join(folder, 'redirected.txt');
    const stdout = openSync(file, 'w');
    asked('internet', [], stdout);
    closeSync(stdout);
    expect(readFileSync(file, 'utf8')).toMatch(/^Question {4}Can /);
    expect(readFileSync(file, 'utf8')).not.toContain(escape);
  });

  test('what goes into pipes is plain, problems too', () => {
    expect(asked('internet', []).stdout).not.toContain(escape);
    const { status, stderr } = asked('subnet-gone', []);
    expect(status).toBe(2);
    expect(stderr).toContain('no-match');
    expect(stderr).not.toContain(escape);
  });
});
