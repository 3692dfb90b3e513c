/** Whole processes that use Z3 and end, or not. */
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

/** Runs a module of TypeScript at the root as a process of its own. */
async function run(source: string) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  const options = { cwd: root, input: outputFiles[0]!.text, encoding: 'utf8', timeout: 90_000 } as const;
  return spawnSync(process.execPath, ['--input-type=module'], options);
}

const pigeons = `
  import { createTerms } from './src/logic/term.ts';
  import { disposeZ3, openZ3, warmUpZ3 } from './src/solver/z3.ts';
  const terms = createTerms();
  const sits = (pigeon: number, hole: number) => terms.variable(pigeon + ' sits in ' + hole);
  const all: number[] = [];
  for (let p = 0; p <= 14; p++) {
    all.push(terms.or(Array.from({ length: 14 }, (_, h) => sits(p, h))));
    for (let q = 0; q < p; q++) for (let h = 0; h < 14; h++) all.push(terms.not(terms.and([sits(p, h), sits(q, h)])));
  }
  const hard = terms.and(all);
`;

test('a process that opened, stopped and closed solvers ends by itself, with nothing on its error stream', async () => {
  const { status, signal, stdout, stderr } = await run(`${pigeons}
    warmUpZ3();
    for (let i = 0; i < 12; i++) {
      const solver = await openZ3(terms);
      solver.assert(i % 4 === 3 ? hard : terms.variable('x'));
      console.log((await solver.check([], { timeoutMs: i % 4 === 3 ? 100 : 60_000 })).kind);
      await solver.close();
    }
  `);
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
  expect(stdout.trim().split('\n')).toEqual(Array.from({ length: 12 }, (_, i) => (i % 4 === 3 ? 'unknown' : 'sat')));
});

test('a process that disposes of Z3 while it runs ends too', async () => {
  const { status, signal, stderr } = await run(`${pigeons}
    const solver = await openZ3(terms);
    solver.assert(hard);
    const check = solver.check([], { timeoutMs: 600 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await disposeZ3();
  `);
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
});
