/** Text files: policies and results read, reports written. Nothing is ever written over. */
import { constants } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { present } from '../base/present.ts';
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';

/** A policy is written by hand; what is bigger than this is something else. */
const largest = 16 * 1024 * 1024;

/** Standard input, as the name of a file. */
export const standardInput = '-';
const inputName = 'standard input';

/** The bytes of a file, as they are, if there are at most so many; of more, the hint says what to do. */
export async function readBytes(file: string, cwd: string, most: number, hint?: string): Promise<Result<Uint8Array>> {
  const path = resolve(cwd, file);
  try {
    const { size } = await stat(path);
    if (size > most)
      return fail({ code: 'too-large', file, message: `The file has ${size} bytes.`, ...present({ hint }) });
    return ok(await readFile(path));
  } catch (error) {
    return fail(fileProblem(file, error, 'read'));
  }
}

/** The bytes of a file, or of standard input, if there are at most so many. */
export async function readBytesOrInput(file: string, cwd: string, most: number): Promise<Result<Uint8Array>> {
  if (file !== standardInput) return readBytes(file, cwd, most);
  try {
    const bytes = readFileSync(0);
    return bytes.length <= most
      ? ok(bytes)
      : fail({ code: 'too-large', file: inputName, message: `It has ${bytes.length} bytes.` });
  } catch (error) {
    return fail(fileProblem(inputName, error, 'read'));
  }
}

/** The text of a file of any size, or of standard input. */
export async function readLongText(file: string, cwd: string): Promise<Result<string>> {
  const name = file === standardInput ? inputName : file;
  try {
    const bytes = file === standardInput ? readFileSync(0) : await readFile(resolve(cwd, file));
    if (bytes.length > constants.MAX_STRING_LENGTH)
      return fail({ code: 'too-large', file: name, message: `The file has ${bytes.length} bytes.` });
    return textOf(bytes, name);
  } catch (error) {
    return fail(fileProblem(name, error, 'read'));
  }
}

/** UTF-8 with or without a byte order mark, or UTF-16 with one. */
export async function readText(file: string, cwd: string): Promise<Result<string>> {
  const bytes = await readBytes(file, cwd, largest, `A policy has at most ${largest}.`);
  return bytes.ok ? textOf(bytes.value, file) : bytes;
}

function textOf(bytes: Uint8Array, file: string): Result<string> {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return ok(new TextDecoder(wide, { fatal: true }).decode(bytes));
  } catch (error) {
    return fail(fileProblem(file, error, 'read'));
  }
}

/** What keeps a report from its file whatever it says: it is told before anything is decided. */
export async function findObstacle(file: string, cwd: string): Promise<Result<null>> {
  const path = resolve(cwd, file);
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) return fail(isFolder(file));
  if (existing !== undefined) return ok(null);
  try {
    await stat(dirname(path));
    return ok(null);
  } catch (error) {
    return fail(fileProblem(file, error, 'written'));
  }
}

/** A run that writes certificates too would write them, and then not the report beside them. */
export async function findExisting(file: string, cwd: string): Promise<Result<null>> {
  const existing = await stat(resolve(cwd, file)).catch(() => undefined);
  return existing?.isFile() ? fail(exists(file)) : ok(null);
}

const isFolder = (file: string): Problem => ({
  code: 'file-exists',
  file,
  message: 'This is a folder, and a file is to be written.',
  hint: 'Name a file, in this folder or elsewhere.',
});

const exists = (file: string): Problem => ({
  code: 'file-exists',
  file,
  message: 'This file exists, and nothing is written over.',
  hint: 'Name another file, or remove this one first.',
});

/** Writes a new file. One that has this very content already is left as it is; one of other content is a problem. */
export async function writeText(file: string, text: string, cwd: string): Promise<Result<null>> {
  const path = resolve(cwd, file);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing === undefined) await writeFile(path, text, { flag: 'wx' });
    else if (!existing.isFile() && !existing.isDirectory()) await writeFile(path, text);
    else if (existing.isDirectory()) return fail(isFolder(file));
    else if ((await readFile(path, 'utf8')) !== text) return fail(exists(file));
    return ok(null);
  } catch (error) {
    return fail(fileProblem(file, error, 'written'));
  }
}

/** Standard output may lead into a file on a full disk, and no status then says that the report is there. */
export async function writeOut(write: (text: string) => Promise<void>, text: string): Promise<Result<null>> {
  try {
    await write(text);
    return ok(null);
  } catch (error) {
    return fail(fileProblem('standard output', error, 'written'));
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EISDIR: 'this is a folder',
  ENOTDIR: 'its path leads through a file',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is no text in UTF-8 or UTF-16',
};

const hints = {
  read: 'Check the path; it is taken from the folder you are in.',
  written: 'Make the folder first, or name a file in another.',
} as const;

function fileProblem(file: string, error: unknown, done: 'read' | 'written'): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return {
    code: code === 'ENOENT' ? 'no-such-file' : `not-${done}`,
    file,
    message: `This cannot be ${done}: ${why}.`,
    ...(code === 'ENOENT' ? { hint: hints[done] } : {}),
  };
}
