// @ts-check
/**
 * `npm run build`: the program and the library as bundles in dist, packages and JSON of models/ inside, Z3 left outside,
 * what is imported lazily in chunks of its own; the licences of the packages inside; and the library's declarations in
 * dist/types. A file that would not change is not written, so that a build beside a running test disturbs nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', vitest: 'src/vitest.ts' },
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
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
/** The licence of every package of which something stands in the bundles, one after the other. */
function licences() {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const texts = [...folders].sort().map((folder) => {
    const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
    if (file === undefined) throw new Error(`${folder} brings no licence`);
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
  });
  return Buffer.from(texts.join(`\n${'-'.repeat(80)}\n\n`));
}

/** @param {string} path @param {Uint8Array} contents */
function write(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

for (const { path, contents } of outputFiles) write(path, contents);
write(join(dist, 'LICENSES.txt'), licences());
const chunks = join(dist, 'chunks');
const wanted = new Set(outputFiles.map(({ path }) => path));
for (const name of existsSync(chunks) ? readdirSync(chunks) : [])
  if (!wanted.has(join(chunks, name))) rmSync(join(chunks, name));

const tsc = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, '.ci/tsconfig.types.json')], { cwd: root, stdio: 'inherit' });
