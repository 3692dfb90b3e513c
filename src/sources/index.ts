/**
 * From files to a checked network. Each kind of input has a folder; what it holds is told by its content, never by
 * its name. What was seen and not understood is recorded in the network's coverage.
 */
import type { Problem } from '../base/problem.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { buildNetwork } from '../network/build/index.ts';
import type { CoverageEntry } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import { readDescribe } from './describe/index.ts';
import type { SourceDocument } from './document.ts';
import { type JsonFile, readFiles } from './files.ts';
import { foreignKind } from './foreign.ts';
import { parseJson } from './json.ts';
import { isSnapshot, readSnapshot } from './snapshot/index.ts';

export { canonicalSnapshot, networkSha256 } from './snapshot/canonical.ts';
export { formatSnapshot } from './snapshot/index.ts';
export type { SourceDocument } from './document.ts';

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

function combine(files: readonly JsonFile[], unread: readonly Problem[], notes: readonly string[]): Result<Network> {
  const snapshot = files.find(({ json }) => isSnapshot(json));
  if (snapshot !== undefined) return alone(snapshot, files, unread);
  const { findings, problems, foreign } = readDescribe(files);
  const answers = files.length - foreign.length;
  const strange = foreign.map(({ file, json }) => ({ file, is: foreignKind(json) }));
  // A stranger among answers is passed over and said; one that was named itself, or stands alone, is a mistake.
  const named = new Set(files.filter((one) => one.named || answers === 0).map(({ file }) => file));
  const refused = strange.filter(({ file }) => named.has(file)).map(({ file, is }) => notAnAnswer(file, is));
  const passed = strange.filter(({ file }) => !named.has(file));
  findings.warnings.push(...notes, ...passed.map(({ file, is }) => `\`${file}\` was not used: it is ${is}.`));
  findings.notModelled.push(...passed.map(({ file, is }) => passedOver(file, is)));
  const stopped = [...unread, ...problems, ...refused];
  const built = buildNetwork(
    findings,
    files.map(({ file }) => file),
  );
  if (stopped.length === 0) return built;
  // What could not be read is not there to refer to, so only what was read wrongly is worth saying besides.
  return { ok: false, problems: unread.length > 0 || built.ok ? stopped : [...stopped, ...built.problems] };
}

/** A snapshot is a whole network; beside it nothing else is read. */
function alone(snapshot: JsonFile, files: readonly JsonFile[], unread: readonly Problem[]): Result<Network> {
  const others = files.filter((one) => one !== snapshot);
  const read = readSnapshot(snapshot.file, snapshot.json);
  if (others.length + unread.length === 0) return read;
  const beside = others.map(({ file }) => ({
    code: 'beside-snapshot',
    file,
    message: `\`${snapshot.file}\` is a snapshot of a whole network, and this file stands beside it.`,
    hint: 'Name the snapshot alone, or the files that it was made of.',
  }));
  return fail(...unread, ...beside, ...(read.ok ? [] : read.problems));
}

const passedOver = (file: string, is: string): CoverageEntry => ({
  kind: 'file',
  id: file,
  status: 'not-modelled',
  why: `it is ${is}`,
  affects: 'nothing, unless it describes a part of the network',
  source: { file, place: '' },
});

const notAnAnswer = (file: string, is: string): Problem => ({
  code: 'not-an-aws-response',
  file,
  message: `The file is ${is}; this version reads what \`aws ec2 describe-…\` and its like print.`,
  hint: 'Write the answers whole, without --query, with `--output json`.',
});

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
