/**
 * From files to a checked network. Each kind of input has a folder; what it holds is told by its content, never by
 * its name. What was seen and not understood is recorded in the network's coverage.
 */
import type { Problem } from '../base/problem.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import { combine } from './combine.ts';
import type { SourceDocument } from './document.ts';
import { type JsonFile, readFiles } from './files.ts';
import { parseJson } from './json.ts';

export { canonicalSnapshot, networkSha256 } from './snapshot/canonical.ts';
export { formatSnapshot } from './snapshot/index.ts';
export { ruleReader } from './rule-reader.ts';
export type { SourceDocument } from './document.ts';
export { type FirewallInput, type FirewallSource, loadFirewalls } from './rule-file/index.ts';

/** Reads files and folders, in any nesting, into one network; or every problem that stands in its way. */
export async function loadNetwork(paths: string | readonly string[]): Promise<Result<Network>> {
  const { files, skipped, problems } = readFiles(typeof paths === 'string' ? [paths] : paths);
  const notes = skipped.length === 0 ? [] : [skippedNote(skipped)];
  if (files.length === 0 && problems.length === 0) return fail(nothingFound(paths, skipped.length));
  return combine(files, problems, notes);
}

/** The same for documents in memory, as if each had been named. */
export function networkFromDocuments(documents: readonly SourceDocument[]): Result<Network> {
  const problems: Problem[] = [];
  const files: JsonFile[] = [];
  for (const document of documents) {
    const { file } = document;
    const json = 'json' in document ? ok(document.json) : parseJson(file, document.text.replace(/^\uFEFF/, ''));
    if (json.ok) files.push({ file, json: json.value, named: true });
    else problems.push(...json.problems);
  }
  return combine(files, problems, []);
}

const most = 10;

function skippedNote(skipped: readonly { readonly file: string; readonly why: string }[]): string {
  const shown = skipped.slice(0, most).map(({ file, why }) => `\`${file}\` (${why})`);
  const more = skipped.length > most ? ` and ${skipped.length - most} more` : '';
  return `Not read: ${shown.join(', ')}${more}.`;
}

const nothingFound = (paths: string | readonly string[], skipped: number): Problem => ({
  code: 'empty-folder',
  file: typeof paths === 'string' ? paths : paths.join(', '),
  message: skipped === 0 ? 'There is nothing in it.' : `None of the ${skipped} things in it ends in .json.`,
  hint: 'Save the output of `aws ec2 describe-vpcs` and its like there, one file a call.',
});
