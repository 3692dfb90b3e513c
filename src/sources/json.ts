/** One JSON document out of one text, or the problem that says what the text is instead. */
import type { Problem } from '../base/problem.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { findJsonError, lineAndColumn } from './json-error.ts';

export function parseJson(file: string, text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail(syntaxProblem(file, text));
  }
}

function syntaxProblem(file: string, text: string): Problem {
  if (text.trim() === '')
    return { code: 'empty-file', file, message: 'The file is empty.', hint: 'Run the AWS CLI command again.' };
  const error = findJsonError(text) ?? { offset: 0, expected: 'a value' };
  const place = lineAndColumn(text, error.offset);
  if (error.expected === 'the end of the file')
    return {
      code: 'several-json-values',
      file,
      place,
      message: 'The file holds several JSON values one after another (NDJSON, or joined outputs).',
      hint: `Join them into one array: jq -s . ${file}`,
    };
  if (error.offset >= text.trimEnd().length)
    return {
      code: 'truncated-json',
      file,
      place,
      message: `The file ends in the middle of its JSON: ${error.expected} is missing.`,
      hint: 'Write the file again; the copy or the command was cut off.',
    };
  const other = otherFormats.find(({ looks }) => looks.test(text));
  if (other !== undefined)
    return { code: other.code, file, place, message: `The file is ${other.is}, not JSON.`, hint: jsonOutput };
  const found = JSON.stringify(text[error.offset]);
  return {
    code: 'json-syntax',
    file,
    place,
    message: `The file is not JSON: ${error.expected} is expected, and ${found} stands there.`,
    hint: 'Correct the file at this place, or write it again with the AWS CLI.',
  };
}

const jsonOutput = 'Write it with the AWS CLI and `--output json`.';

const otherFormats = [
  { code: 'table-not-json', is: 'a table', looks: /^\s*(?:-{4,}|\|)/ },
  { code: 'yaml-not-json', is: 'YAML', looks: /^(?:\s*#.*\n)*(?:%YAML.*\n)?(?:---\s*\n)?\s*(?:- )?[\w"'-]+:(?:\s|$)/ },
];
