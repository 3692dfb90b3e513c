// @ts-check
/** `npm run check`: types, lint, layers, dead code and format, side by side; ends with 1 if any of them complains. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = (/** @type {string} */ file, /** @type {string[]} */ ...args) => ({
  command: process.execPath,
  args: [join(root, 'node_modules', file), ...args],
});

const tools = {
  types: node('typescript/bin/tsc', '-p', '.'),
  lint: node('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'),
  layers: node('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.ci/dependency-cruiser.js', 'src'),
  'dead code': node('knip/bin/knip.js', '--no-progress'),
  format: node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
};

/** One tool's exit status and everything it printed. */
const run = (/** @type {{command: string, args: string[]}} */ { command, args }) =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    const started = performance.now();
    let text = '';
    child.stdout.on('data', (data) => (text += data));
    child.stderr.on('data', (data) => (text += data));
    child.on('close', (status) => done({ status, text, seconds: (performance.now() - started) / 1000 }));
  });

const results = await Promise.all(
  Object.entries(tools).map(async ([name, tool]) => {
    const { status, text, seconds } = await run(tool);
    if (status !== 0) process.stdout.write(`${text.trimEnd()}\n`);
    process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`);
    return status === 0;
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
