/** The package as a user gets it: what `npm pack` puts into the tarball runs with the declared dependencies alone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

describe('the tarball of `npm pack`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'vpcproof');

  /** What `npm install` would do, without a registry: the tarball, and copies of the dependencies it declares. */
  beforeAll(() => {
    mkdirSync(modules);
    const tarball = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    execFileSync('tar', ['-xzf', join(folder, tarball.trim().split('\n').at(-1)!), '-C', folder]);
    renameSync(join(folder, 'package'), installed);
    const waiting = Object.keys(manifest(installed).dependencies ?? {});
    const copied = new Set<string>();
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (copied.has(name)) continue;
      copied.add(name);
      cpSync(join(root, 'node_modules', name), join(modules, name), { recursive: true, dereference: true });
      waiting.push(...Object.keys(manifest(join(modules, name)).dependencies ?? {}));
    }
    writeFileSync(join(folder, 'package.json'), '{"type": "module", "private": true}');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

  it('checks a network from another folder', () => {
    const flagship = 'node_modules/vpcproof/scenarios/genai-private';
    const asked = ['check', join(flagship, 'network'), '-p', join(flagship, 'policy.yaml')];
    const run = node('node_modules/vpcproof/bin/vpcproof.js', ...asked);
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });

  it('tells its version', () => {
    expect(node('node_modules/vpcproof/bin/vpcproof.js', '--version').stdout.trim()).toBe(manifest(root).version);
  });

  it('gives the library to JavaScript', () => {
    const run = node('--input-type=module', '-e', "console.log(Object.keys(await import('vpcproof')).join(' '))");
    expect(run.stderr).toBe('');
    for (const name of ['loadNetwork', 'readNetwork', 'ask', 'check']) expect(run.stdout.split(/\s/)).toContain(name);
  });

  it('gives matchers to vitest', () => {
    const run = node(
      '--input-type=module',
      '-e',
      "console.log(Object.keys(await import('vpcproof/vitest')).join(' '))",
    );
    expect(run.stderr).toBe('');
    expect(run.stdout.trim().split(' ').toSorted()).toEqual(['toForbid', 'toIsolate', 'toRequire']);
  });

  it('gives the library its types', () => {
    writeFileSync(
      join(folder, 'use.ts'),
      "import { ask, check, loadNetwork } from 'vpcproof';\nvoid [ask, check, loadNetwork];\n",
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const run = node(tsc, '--noEmit', '--strict', '--module', 'nodenext', '--types', '', 'use.ts');
    expect(run.stdout).toBe('');
    expect(run.status).toBe(0);
  });

  it('holds neither sources nor tests', () => {
    const inside = ['src', 'test', 'bench', 'dist/bench', '.ci'].filter((name) => existsSync(join(installed, name)));
    expect(inside).toEqual([]);
  });
});
