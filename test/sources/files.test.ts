/** Files and folders: what is read, what is passed over, what is refused. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { loadNetwork, networkFromDocuments, networkSha256 } from '../../src/sources/index.ts';
import { documents, network, tiny } from './tiny.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Buffer | object): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

const writeTiny = (prefix = ''): void => {
  for (const [key, value] of Object.entries(tiny)) write(`${prefix}${key}.json`, { [key]: value });
};

async function loaded(from = folder) {
  const result = await loadNetwork(from);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

async function refused(from = folder): Promise<readonly Problem[]> {
  const result = await loadNetwork(from);
  return result.ok ? [] : result.problems;
}

test('a folder of any nesting is the same network as one merged file', async () => {
  writeTiny('111122223333/eu-west-1/');
  const nested = networkSha256(await loaded());
  const merged = networkFromDocuments([{ file: 'all.json', json: tiny }]);
  expect(merged.ok && networkSha256(merged.value)).toBe(networkSha256(network(documents(tiny))));
  // Folder names tell the account and the Region, which the merged file does not.
  rmSync(folder, { recursive: true });
  writeTiny('deep/111122223333/eu-west-1/');
  expect(networkSha256(await loaded())).toBe(nested);
});

test('folder names tell account and Region of what does not tell them itself', async () => {
  writeTiny('111122223333/eu-west-1/');
  expect((await loaded()).internetGateways.get('igw-1')).toMatchObject({
    account: '111122223333',
    region: 'eu-west-1',
  });
});

test('what is no .json file is passed over, and a warning names it', async () => {
  writeTiny();
  write('README.md', '# notes');
  write('.git/config.json', '{');
  const [warning] = (await loaded()).warnings;
  expect(warning).toContain('README.md');
  expect(warning).toContain('.git');
});

test('a .json file that is no answer of AWS is passed over in a folder, warned of and covered', async () => {
  writeTiny();
  const file = write('package.json', { name: 'app', version: '1.0.0' });
  const net = await loaded();
  expect(net.warnings.join()).toContain('package.json');
  expect(net.coverage).toContainEqual(expect.objectContaining({ kind: 'file', id: file, status: 'not-modelled' }));
});

test('a .json file that is no answer of AWS is refused when it is named itself or alone', async () => {
  const file = write('package.json', { name: 'app' });
  expect(await refused(file)).toMatchObject([{ code: 'not-an-aws-response', file }]);
  expect(await refused()).toMatchObject([{ code: 'not-an-aws-response', file }]);
});

test('every unreadable file of a folder is named at once', async () => {
  writeTiny();
  write('a.json', '{"Vpcs": [');
  write('b.json', Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 3]));
  write('c.json', 'Vpcs: []\n');
  write('d.json', '{}\n{}\n');
  write('e.json', '');
  expect((await refused()).map(({ code }) => code)).toEqual([
    'truncated-json',
    'not-text',
    'yaml-not-json',
    'several-json-values',
    'empty-file',
  ]);
});

test('a file too large for one string is refused before it is read', async () => {
  const file = write('huge.json', '');
  truncateSync(file, 2 ** 30);
  expect(await refused(file)).toMatchObject([{ code: 'file-too-large', file }]);
});

test('a path that is not there, and a folder with nothing in it, are named', async () => {
  const missing = path.join(folder, 'nowhere');
  expect(await refused(missing)).toMatchObject([{ code: 'no-such-file', file: missing }]);
  expect(await refused()).toMatchObject([{ code: 'empty-folder', file: folder }]);
  write('notes.txt', 'x');
  expect(await refused()).toMatchObject([{ code: 'empty-folder' }]);
});

test('a file may be named whatever it is called', async () => {
  expect((await loaded(write('snapshot.txt', tiny))).vpcs.size).toBe(1);
});

test('folders linked in a circle are read once', async () => {
  writeTiny();
  symlinkSync(folder, path.join(folder, 'self'));
  expect((await loaded()).vpcs.size).toBe(1);
});

test('several paths make one network', async () => {
  const { Vpcs, ...rest } = tiny;
  const result = await loadNetwork([write('one/vpcs.json', { Vpcs }), write('two/rest.json', rest)]);
  expect(result).toMatchObject({ ok: true });
});
