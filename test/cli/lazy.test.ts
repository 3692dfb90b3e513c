import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Every file and package that loading this one loads, `import(…)` and types aside. */
function loaded(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.ts')) return seen;
  const text = readFileSync(file, 'utf8');
  for (const [, clause = '', from = ''] of text.matchAll(/^(?:import|export) ([^;]*?)from '([^']+)'/gms)) {
    const onlyTypes = clause.startsWith('type ') || /^\{(?:\s*type [^,}]+,?)+\s*\}\s*$/.test(clause);
    if (onlyTypes) continue;
    if (from.startsWith('.')) loaded(resolve(dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

const cli = join(import.meta.dirname, '../../src/cli');

test('a question without a policy loads neither zod nor yaml', () => {
  const files = loaded(join(cli, 'ask.ts'));
  expect(files.size).toBeGreaterThan(20);
  for (const heavy of ['zod', 'yaml', 'z3-solver']) expect(files).not.toContain(heavy);
});

test('the program starts without loading a command, a source or the prover', () => {
  const files = [...loaded(join(cli, 'main.ts'))].filter((file) =>
    /src\/(?:sources|verify|trace|policy|solver)\//.test(file),
  );
  expect(files).toEqual([]);
});
