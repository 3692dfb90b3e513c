/** The folder of certificates. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNames, openFolder } from '../../src/certificate/folder.ts';

const made = (): string => mkdtempSync(join(tmpdir(), 'vpcproof-folder-'));

test('names are safe for any ids, and no two are one even where upper and lower case are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 })), (ids) => {
      const names = [...fileNames(ids).values()];
      for (const name of names) expect(name).toMatch(/^[\w%-][\w.%~-]*\.certificate\.json$/);
      for (const name of names) expect(name.length).toBeLessThan(200);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
    }),
  );
  expect(
    [...fileNames(['no-way-out', 'No-Way-Out', '../up', 'con']).values()].filter((name) => name.includes('~')),
  ).toHaveLength(3);
});

test('a folder is made, and holds what is written and nothing else', async () => {
  const folder = join(made(), 'deep/in');
  const opened = await openFolder(folder, ['a', 'b'], '/');
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const written = await opened.value.write('a', Buffer.from('abc'));
  if ('reason' in written) throw new Error(written.reason);
  const { file, sha256 } = written;
  expect(readFileSync(file, 'utf8')).toBe('abc');
  expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  await opened.value.write('b', Buffer.from('b'));
  await opened.value.leaveOut('b');
  expect(readdirSync(folder)).toEqual(['a.certificate.json']);
  expect((await openFolder(folder, ['a', 'b'], '/')).ok).toBe(true);
});

test.each(['notes.txt', 'c.certificate.json'])('a folder that holds %s is refused', async (name) => {
  const folder = made();
  writeFileSync(join(folder, name), '');
  const opened = await openFolder(folder, ['a'], '/');
  expect(opened.ok).toBe(false);
  expect(opened.ok ? [] : opened.problems.map(({ code }) => code)).toEqual(['folder-in-use']);
});

test('a file in the place of the folder is a problem, and no failure', async () => {
  const file = join(made(), 'file');
  writeFileSync(file, '');
  const opened = await openFolder(file, ['a'], '/');
  expect(opened.ok ? [] : opened.problems).toMatchObject([
    { code: 'not-a-folder', hint: expect.stringContaining('a new folder') },
  ]);
  const below = await openFolder(join(file, 'in'), ['a'], '/');
  expect(below.ok ? [] : below.problems.map(({ code }) => code)).toEqual(['not-written']);
});

test('a certificate that cannot be written is told, and is no bug', async () => {
  const folder = made();
  const opened = await openFolder(folder, ['a'], '/');
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  mkdirSync(join(folder, 'a.certificate.json'));
  const reason = expect.stringContaining('it cannot be written: EISDIR') as string;
  expect(await opened.value.write('a', Buffer.from('abc'))).toEqual({ reason });
  expect(await openFolder(folder, ['a'], '/')).toMatchObject({ ok: false, problems: [{ code: 'folder-in-use' }] });
});

test.runIf(existsSync('/proc/self'))('a folder where none can be made is refused, and not tried for ever', async () => {
  for (const at of ['/proc/certificates', '/proc/certificates/deep'])
    expect(await openFolder(at, ['a'], '/')).toMatchObject({ ok: false, problems: [{ code: 'not-written' }] });
});
