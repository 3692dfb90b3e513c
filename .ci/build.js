// @ts-check
/**
 * `npm run build`: the program and the library as bundles in dist, packages and JSON of models/ inside, Z3 left outside,
 * what is imported lazily in chunks of its own; and the library's declarations in dist/types. A file that would not
 * change is not written, so that a build beside a running test disturbs nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // One file to read instead of hundreds: only Z3, which brings its own files, stays outside.
  external: ['z3-solver'],
  banner: {
    js: "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);",
  },
  legalComments: 'eof',
  logLevel: 'warning',
});
for (const { path, contents } of outputFiles) {
  if (existsSync(path) && readFileSync(path).equals(contents)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
const chunks = join(dist, 'chunks');
const wanted = new Set(outputFiles.map(({ path }) => path));
for (const name of existsSync(chunks) ? readdirSync(chunks) : [])
  if (!wanted.has(join(chunks, name))) rmSync(join(chunks, name));

const tsc = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, '.ci/tsconfig.types.json')], { cwd: root, stdio: 'inherit' });
