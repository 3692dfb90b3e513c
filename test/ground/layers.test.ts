/** The layers of `architecture.md`: that the tool sees every file, and catches what breaks the table. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checker, joins, layers } from '../../.ci/layers.js';

const root = resolve(import.meta.dirname, '../..');

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** What dependency-cruiser says of the `src` of a folder. */
function cruise(folder: string): Cruise {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.ci/dependency-cruiser.js');
  const text = execFileSync(process.execPath, [tool, '--config', config, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(text) as Cruise;
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`)
    .sort();

describe('the layers of src', () => {
  const seen = cruise(root);

  it('are checked over every file of src', () => {
    const modules = new Set(seen.modules.map((module) => module.source));
    expect(filesOf(root).filter((file) => !modules.has(file))).toEqual([]);
    expect(modules.size).toBeGreaterThan(20);
  });

  it('are kept', () => {
    expect(seen.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});

describe('a line that breaks the layers', () => {
  const folders = [...Object.keys(layers), joins.folder];
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  let found: readonly string[] = [];

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeAll(() => {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    write('package.json', '{"type": "module"}');
    write('tsconfig.json', '{"compilerOptions": {"module": "nodenext"}}');
    for (const from of folders) {
      write(`src/${from}/end.ts`, `export type T = 1;\nexport const value = '${from}';\n`);
      for (const to of folders)
        if (to !== from) write(`src/${from}/to-${to}.ts`, `export { value } from '../${to}/end.ts';\n`);
    }
    write('src/verify/type.ts', "import type { T } from '../trace/end.ts';\nexport type U = T;\n");
    write('src/base/disk.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n");
    write('src/sources/disk.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n");
    write('src/report/solve.ts', "import { init } from 'z3-solver';\nexport const start = init;\n");
    write('src/solver/solve.ts', "export const start = async () => (await import('z3-solver')).init();\n");
    write('src/verify/own.ts', "import chai from 'chai';\nexport const it = chai;\n");
    write('src/sources/sdk-type.ts', "import type { Vpc } from '@aws-sdk/client-ec2';\nexport type V = Vpc;\n");
    write('src/sources/sdk.ts', "import { EC2 } from '@aws-sdk/client-ec2';\nexport const client = EC2;\n");
    write('src/helpers/end.ts', "import { value } from '../base/end.ts';\nexport const again = value;\n");
    write('src/net/one.ts', "import { two } from './two.ts';\nexport const one = (): unknown => two;\n");
    write('src/net/two.ts', "import { one } from './one.ts';\nexport const two = (): unknown => one;\n");
    write('src/net/lost.ts', "import { gone } from './gone.ts';\nexport const lost = gone;\n");
    write('src/certificate/end.ts', "export type T = 1;\nexport const value = 'certificate';\n");
    write('src/certificate/checker/check.ts', "import { value } from '../../base/end.ts';\nexport const v = value;\n");
    write('src/certificate/checker/maker.ts', "import type { T } from '../end.ts';\nexport type U = T;\n");
    write('src/certificate/checker/later.ts', "export const later = async () => import('../end.ts');\n");
    write('src/certificate/checker/package.ts', "import pico from 'picocolors';\nexport const paint = pico;\n");
    write(
      'src/certificate/checker/disk.ts',
      "import { readFileSync } from 'node:fs';\nexport const f = readFileSync;\n",
    );
    write('src/certificate/checker/own.ts', "import { v } from './check.ts';\nexport const w = v;\n");
    write(
      'src/certificate/checker/hash.ts',
      "import { createHash } from 'node:crypto';\nexport const h = createHash;\n",
    );
    write('src/certificate/maker.ts', "import { w } from './checker/own.ts';\nexport const x = w;\n");
    found = cruise(folder).summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const caught = (file: string, rule: string): void => expect(found).toContain(`${file} ${rule}`);
  const passed = (file: string): void => expect(found.filter((line) => line.startsWith(`${file} `))).toEqual([]);

  it('is caught between any two folders, and no other line is', () => {
    for (const [from, { imports }] of Object.entries(layers))
      for (const to of folders.filter((name) => name !== from))
        if (imports.includes(to)) passed(`src/${from}/to-${to}.ts`);
        else caught(`src/${from}/to-${to}.ts`, `layer-${from}`);
    for (const to of Object.keys(layers)) passed(`src/${joins.folder}/to-${to}.ts`);
  });

  it('is caught between the prover and the oracle, whatever the table says', () => {
    for (const prover of ['dataplane', 'logic', 'verify']) {
      caught(`src/trace/to-${prover}.ts`, 'layer-trace');
      caught(`src/${prover}/to-trace.ts`, `layer-${prover}`);
    }
    caught('src/solver/to-network.ts', 'layer-solver');
    caught('src/logic/to-network.ts', 'layer-logic');
    caught('src/report/to-solver.ts', 'layer-report');
  });

  it('is caught where only a type is imported', () => caught('src/verify/type.ts', 'layer-verify'));

  it('is caught where a folder uses the disk that should not', () => {
    caught('src/base/disk.ts', 'node-base');
    passed('src/sources/disk.ts');
  });

  it('is caught where a folder uses a package that is not its own', () => {
    caught('src/report/solve.ts', 'package-z3-solver');
    passed('src/solver/solve.ts');
    caught('src/verify/own.ts', 'known-package');
  });

  it('is caught where values of the AWS SDK are loaded outside the live source, and its types are free', () => {
    const tool = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(
      process.execPath,
      [tool, '-c', join(root, '.oxlintrc.json'), '-f', 'unix', 'src/sources'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stdout).toMatch(/sdk\.ts:1:.*no-restricted-imports/);
    expect(stdout).not.toContain('sdk-type.ts');
    passed('src/sources/sdk-type.ts');
  });

  it('is caught in a folder that the table does not know, in a cycle, and where it leads nowhere', () => {
    caught('src/helpers/end.ts', 'known-folder');
    caught('src/net/one.ts', 'no-cycle');
    caught('src/net/lost.ts', 'resolved');
  });

  it('is caught in the certificate checker, which stands alone', () => {
    expect(checker).toEqual({ folder: 'certificate/checker', node: ['crypto', 'zlib'] });
    for (const name of ['check', 'maker', 'later', 'package'])
      caught(`src/certificate/checker/${name}.ts`, 'checker-alone');
    caught('src/certificate/checker/disk.ts', 'checker-node');
    passed('src/certificate/checker/own.ts');
    passed('src/certificate/checker/hash.ts');
    passed('src/certificate/maker.ts');
  });
});
