// @ts-check
/**
 * Makes a checkout ready to run: installs packages where the installed ones are not those of the lock file, then
 * builds. Needs nothing but Node and npm, so that `npm start` and `npm test` work on a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Whether npm's record of what is installed has every package of the lock file at its version. */
function installed() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const have = JSON.parse(readFileSync(record, 'utf8')).packages;
  const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([path, { version, optional, os, cpu, libc }]) =>
      path === '' || have[path]?.version === version || optional || os || cpu || libc,
  );
}

const run = (/** @type {string} */ command, /** @type {string[]} */ args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

if (!installed()) {
  process.stderr.write('Installing what is missing (npm ci) …\n');
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund']);
}
process.stderr.write('Building …\n');
run(process.execPath, [join(root, '.ci/build.js')]);
