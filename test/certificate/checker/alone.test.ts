/** The checker by itself: its folder, and nothing else, is a program that judges certificates. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { holding, sealed } from './sealed.ts';

const folder = mkdtempSync(join(tmpdir(), 'checker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is compiled from its folder alone, and judges alone', async () => {
  cpSync(join(import.meta.dirname, '../../../src/certificate/checker'), join(folder, 'checker'), { recursive: true });
  const outfile = join(folder, 'checker.mjs');
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['checker/check.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  expect([...new Set(output?.imports.map(({ path }) => path))].toSorted()).toEqual(['node:crypto', 'node:zlib']);
  expect(Object.keys(metafile.inputs).every((path) => path.startsWith('checker/'))).toBe(true);

  writeFileSync(join(folder, 'good.json'), sealed(holding));
  writeFileSync(join(folder, 'bad.json'), sealed({ ...holding, evidence: [] }));
  const script = `import { readFileSync } from 'node:fs';
import { checkCertificate } from './checker.mjs';
console.log(process.argv.slice(1).map((file) => checkCertificate(readFileSync(file)).status).join());`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, 'good.json', 'bad.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(said).toBe('accepted,refused\n');
});
