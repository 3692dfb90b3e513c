/** Files and folders to documents: what to read, how large, in which encoding; every problem on the way. */
import { constants } from 'node:buffer';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../base/problem.ts';
import { parseJson } from './json.ts';
import { decodeText } from './text.ts';

/** A file read and parsed. */
export interface JsonFile {
  readonly file: string;
  readonly json: unknown;
  /** The person named this file itself, not a folder that holds it. */
  readonly named: boolean;
}

export interface FilesRead {
  readonly files: readonly JsonFile[];
  /** Files that hold no JSON, where texts are welcome. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** Files and folders passed over, with why. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  readonly problems: readonly Problem[];
}

/** A JavaScript string holds no more characters than this, so one file can hold no more bytes. */
const mostBytes = constants.MAX_STRING_LENGTH;

/** What is read besides JSON. */
export interface Welcome {
  /** A file that is named may be a text of another language as well. */
  readonly texts?: boolean;
  /** A text that is no JSON and is this, in a folder too where it may be by its name. */
  readonly isTemplate?: (text: string) => boolean;
  /** What else is told of bytes, or of a text, that are no JSON. */
  readonly refuse?: (file: string, content: Uint8Array | string) => Problem | undefined;
}

/** Standard input, as a path. */
export const standardInput = '-';

/** Templates have these names in folders; JSON has its own. */
const templateName = /\.(?:ya?ml|template)$/i;

/** Reads every path: a file whatever its name, a folder's `.json` files at any depth, in order of name. */
export function readFiles(
  paths: readonly string[],
  { texts: welcome = false, isTemplate, refuse = () => undefined }: Welcome = {},
): FilesRead {
  const files: JsonFile[] = [];
  const texts: { file: string; text: string }[] = [];
  const skipped: { file: string; why: string }[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();

  const visit = (file: string, named: boolean): void => {
    if (file === standardInput && named) {
      const bytes = attempt('standard input', () => readFileSync(0));
      if (bytes !== undefined) take('standard input', bytes, true);
      return;
    }
    const stat = attempt(file, () => statSync(file));
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      const real = realpathSync(file);
      if (seen.has(real)) return;
      seen.add(real);
      const names = attempt(file, () => readdirSync(file));
      for (const name of names?.sort() ?? []) visitMember(path.join(file, name), name);
      return;
    }
    if (!stat.isFile()) {
      skipped.push({ file, why: 'it is neither a file nor a folder' });
      return;
    }
    if (stat.size > mostBytes) {
      problems.push(tooLarge(file, stat.size));
      return;
    }
    const bytes = attempt(file, () => readFileSync(file));
    if (bytes !== undefined) take(file, bytes, named);
  };

  const take = (file: string, bytes: Buffer, named: boolean): void => {
    const text = decodeText(bytes);
    if (text === undefined) {
      const refused = refuse(file, bytes);
      problems.push(
        refused ?? {
          code: 'not-text',
          file,
          message: 'The file is binary: it is neither UTF-8 nor UTF-16 text.',
          hint: 'Unpack it if it is compressed; the AWS CLI writes JSON with `--output json`.',
        },
      );
      return;
    }
    const isText = !/^\s*[[{]/.test(text);
    if (isText && ((welcome && named) || isTemplate?.(text) === true)) {
      texts.push({ file, text });
      return;
    }
    if (!named && isText && templateName.test(file)) {
      skipped.push({ file, why: 'it is no template' });
      return;
    }
    const json = parseJson(file, text);
    if (json.ok) files.push({ file, json: json.value, named });
    else {
      const refused = refuse(file, text);
      problems.push(...(refused === undefined ? json.problems : [refused]));
    }
  };

  const visitMember = (file: string, name: string): void => {
    if (name.startsWith('.')) skipped.push({ file, why: 'its name begins with a dot' });
    else if (/\.json$/i.test(name) || (isTemplate !== undefined && templateName.test(name))) visit(file, false);
    else if (name.startsWith('asset.')) skipped.push({ file, why: 'it is a package of CDK’s' });
    else if (attempt(file, () => statSync(file))?.isDirectory() === true) visit(file, false);
    else skipped.push({ file, why: 'its name does not end in .json' });
  };

  const attempt = <T>(file: string, act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      problems.push(unreadable(file, error as NodeJS.ErrnoException));
      return undefined;
    }
  };

  for (const file of paths) visit(file, true);
  return { files, texts, skipped, problems };
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): Problem {
  if (code === 'ENOENT')
    return {
      code: 'no-such-file',
      file,
      message: `There is no file or folder \`${file}\`.`,
      hint: 'Check the path; it is taken from the folder you are in.',
    };
  const why = code === 'EACCES' || code === 'EPERM' ? 'you have no permission to read it' : (code ?? message);
  return {
    code: 'unreadable-file',
    file,
    message: `\`${file}\` cannot be read: ${why}.`,
    hint: 'Check its permissions and its disk.',
  };
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;

const tooLarge = (file: string, size: number): Problem => ({
  code: 'file-too-large',
  file,
  message: `The file has ${mebibytes(size)}; one file can have at most ${mebibytes(mostBytes - 2 ** 20)}.`,
  hint: 'Split it into one file a call or a page, in one folder.',
});
