/** The folder of certificates: one file for each decided property and nothing else; the only place that writes them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Result, fail, ok } from '../base/result.ts';

export interface Folder {
  /** Writes the certificate of the property in place of what stood there; the file as reports name it, or why there is none. */
  write(
    id: string,
    bytes: Uint8Array,
  ): Promise<{ readonly file: string; readonly sha256: string } | { readonly reason: string }>;
  /** The property has none: one of an earlier run goes. */
  leaveOut(id: string): Promise<void>;
}

const ending = '.certificate.json';

/** Makes the folder, which may hold certificates of these properties already and nothing else. */
export async function openFolder(folder: string, ids: readonly string[], cwd: string): Promise<Result<Folder>> {
  const at = resolve(cwd, folder);
  const names = fileNames(ids);
  const existing = await stat(at).catch(() => undefined);
  if (existing !== undefined && !existing.isDirectory())
    return fail({
      code: 'not-a-folder',
      file: folder,
      message: 'This is a file, and certificates are written into a folder.',
      hint: 'Name a new folder, or an empty one.',
    });
  try {
    await makeFolder(at);
    const own = new Set(names.values());
    const there = await readdir(at, { withFileTypes: true });
    const others = there.flatMap((one) => (own.has(one.name) && !one.isDirectory() ? [] : one.name)).toSorted();
    if (others.length > 0)
      return fail({
        code: 'folder-in-use',
        file: folder,
        message: `The folder holds \`${others[0]}\`${others.length === 1 ? ', which is no certificate' : ` and ${others.length - 1} more, which are no certificates`} of these properties.`,
        hint: 'Name a new folder, or an empty one: nothing but certificates of the same properties is written over.',
      });
  } catch (error) {
    return fail({
      code: 'not-written',
      file: folder,
      message: `Certificates cannot be written there: ${wordsOf(error)}.`,
    });
  }
  const pathOf = (id: string): string => join(at, names.get(id)!);
  return ok({
    async write(id, bytes) {
      try {
        await writeFile(pathOf(id), bytes);
      } catch (error) {
        // Half a certificate is none.
        await rm(pathOf(id), { force: true }).catch(() => undefined);
        return { reason: `it cannot be written: ${wordsOf(error)}` };
      }
      return { file: join(folder, names.get(id)!), sha256: createHash('sha256').update(bytes).digest('hex') };
    },
    leaveOut: (id) => rm(pathOf(id), { force: true }),
  });
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** With those around it. Node's own way of it never ends where a file system takes no folders, as `/proc` does. */
export async function makeFolder(at: string): Promise<void> {
  if (existsSync(at)) return;
  if (!existsSync(dirname(at))) await makeFolder(dirname(at));
  await mkdir(at);
}

/** What every file system takes as part of a name, in a length that each takes. */
const longest = 120;

/** A name for each id, no two alike even where upper and lower case are one. */
export function fileNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const safe = ids.map((id) => ({ id, name: safeName(id) }));
  const times = new Map<string, number>();
  for (const { name } of safe) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  return new Map(
    safe.map(({ id, name }) => {
      const alone =
        times.get(name.toLowerCase()) === 1 &&
        name.length <= longest &&
        !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
      const mark = createHash('sha256').update(id).digest('hex').slice(0, 16);
      return [id, `${alone ? name : `${name.slice(0, longest)}~${mark}`}${ending}`];
    }),
  );
}

/** Letters, digits and `-`, `_`, `.` inside stay; of all else the bytes. */
const safeName = (id: string): string =>
  id.replaceAll(/[^\w.-]|^\./gu, (c) =>
    [...Buffer.from(c)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
