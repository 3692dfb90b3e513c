/** `vpcproof render`: a result that was saved as JSON, in any format that its command has. */
import { type Result, fail, ok } from '../base/result.ts';
import { type Format, formats, reportsOf } from '../report/formats.ts';
import type { ResultDocument } from '../result/document.ts';
import { readResult } from '../result/read.ts';
import { findJsonError, lineAndColumn } from '../sources/json-error.ts';
import type { Command } from './outcome.ts';
import { readLongText, standardInput } from './text-file.ts';

export interface RenderArguments {
  /** The file; `-` is standard input. */
  readonly result: string;
  readonly format: Format;
}

export const render: Command<RenderArguments> = async ({ result: file, format }, { io, progress }) => {
  const name = file === standardInput ? 'standard input' : file;
  await progress(`reading ${name}`);
  const text = await readLongText(file, io.cwd);
  if (!text.ok) return text;
  const document = documentIn(text.value, name);
  if (!document.ok) return document;
  const reports = reportsOf(document.value);
  if (reports[format] === undefined)
    return fail({
      code: 'no-such-format',
      file: name,
      message: `${told(document.value)} cannot be rendered as ${format}.`,
      hint: `It has these formats: ${formats.filter((one) => one in reports).join(', ')}.`,
    });
  return ok({ status: 0, reports });
};

const told = (document: ResultDocument): string =>
  'problems' in document ? 'What kept a command from its result' : `A result of \`${document.command}\``;

function documentIn(text: string, file: string): Result<ResultDocument> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const { offset, expected } = findJsonError(text) ?? { offset: 0, expected: 'a value' };
    return fail({
      code: 'json-syntax',
      file,
      place: lineAndColumn(text, offset),
      message: `The file is not JSON: ${expected} is missing.`,
      hint: 'A result is what a command prints with `-f json`.',
    });
  }
  return readResult(json, file);
}
