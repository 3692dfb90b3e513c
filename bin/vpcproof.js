#!/usr/bin/env node
// @ts-check
/** The program: the bundle that `npm run build` makes. */
import { existsSync } from 'node:fs';
import module from 'node:module';

const bundle = new URL('../dist/cli.js', import.meta.url);

if (existsSync(bundle)) {
  // From Node 22 on, code compiled once is kept.
  if ('enableCompileCache' in module) /** @type {() => void} */ (module.enableCompileCache)();
  await import(bundle.href);
} else {
  process.stderr.write('vpcproof is not built here (not-built)\n  hint: npm run build\n');
  process.exitCode = 2;
}
