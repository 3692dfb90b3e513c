/**
 * From files to a checked network. Each kind of input has a folder; what it holds is told by its content, never by
 * its name. What was seen and not understood is recorded in the network's coverage.
 */
import type { Problem } from '../base/problem.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import { combine } from './combine.ts';
import type { SourceDocument } from './document.ts';
import { isTemplateText, type TemplateOptions } from './cloudformation/index.ts';
import { type JsonFile, readFiles, type Welcome } from './files.ts';
import { type Input, inputOf, isDeclaredInput } from './input.ts';
import { parseJson } from './json.ts';
import { answersKept, keep } from './snapshot/answers.ts';
import { formatSnapshot, isSnapshot } from './snapshot/index.ts';
import { type Sides, sidesOf } from './sides.ts';
import { refuseBytes, refuseText } from './terraform/index.ts';

export { canonicalSnapshot, networkSha256 } from './snapshot/canonical.ts';
export { formatSnapshot } from './snapshot/index.ts';
export { ruleReader } from './rule-reader.ts';
export type { Sides } from './sides.ts';
export type { TemplateOptions } from './cloudformation/index.ts';
export type { SourceDocument } from './document.ts';
export { type FirewallInput, type FirewallSource, loadFirewalls } from './rule-file/index.ts';

export interface LoadOptions extends TemplateOptions {
  /** What already runs, which a plan or a template leans on: files and folders of AWS's answers, or a snapshot that keeps them. */
  readonly base?: string | readonly string[];
}

/**
 * Reads files and folders, in any nesting, into one network; or every problem that stands in its way. Of plans and
 * templates, that is the network after the change.
 */
export async function loadNetwork(
  paths: string | readonly string[],
  options: LoadOptions = {},
): Promise<Result<Network>> {
  const read = readInput(paths);
  if (!read.ok) return read;
  const { input, notes } = read.value;
  if (!isDeclaredInput(input))
    return options.base === undefined
      ? combine(input.answers, input.problems, notes)
      : fail(noPlan(paths, '`--base` tells what a plan or a template leans on'));
  const sides = sidesWith(input, notes, options);
  return sides.ok ? ok(sides.value.after) : sides;
}

/** The networks before and after the change that plans or templates declare. */
export async function loadChange(paths: string | readonly string[], options: LoadOptions = {}): Promise<Result<Sides>> {
  const read = readInput(paths);
  if (!read.ok) return read;
  const { input, notes } = read.value;
  if (!isDeclaredInput(input)) return fail(...input.problems, noPlan(paths, 'one network alone is no change'));
  return sidesWith(input, notes, options);
}

interface Read {
  readonly input: Input;
  readonly notes: readonly string[];
}

function readInput(paths: string | readonly string[]): Result<Read> {
  const found = readFiles(typeof paths === 'string' ? [paths] : paths, welcome);
  const { files, texts, skipped, problems } = found;
  if (files.length + texts.length + problems.length === 0) return fail(nothingFound(paths, skipped.length));
  return ok({ input: { ...inputOf(found), open }, notes: skipped.length === 0 ? [] : [skippedNote(skipped)] });
}

/** One file, where it can be read. */
function open(file: string): SourceDocument | undefined {
  const { files, texts, problems } = readFiles([file], welcome);
  return problems.length > 0 ? undefined : (texts[0] ?? files[0]);
}

const welcome: Welcome = {
  isTemplate: isTemplateText,
  refuse: (file, content) => (typeof content === 'string' ? refuseText(file, content) : refuseBytes(file, content)),
};

function sidesWith(input: Input, notes: readonly string[], { base, ...options }: LoadOptions): Result<Sides> {
  if (base === undefined) return sidesOf(input, notes, options);
  const read = readInput(base);
  if (!read.ok) return read;
  const { input: running } = read.value;
  if (running.problems.length > 0) return fail(...input.problems, ...running.problems);
  if (isDeclaredInput(running)) return fail(...input.problems, planAsBase(base));
  const files = answersOf(running);
  if (!files.ok) return fail(...input.problems, ...files.problems);
  return sidesOf(input, [...notes, ...read.value.notes], options, { files: files.value });
}

/** The answers themselves, or those that a snapshot keeps. */
function answersOf({ answers }: Input): Result<readonly JsonFile[]> {
  const snapshot = answers.find(({ json }) => isSnapshot(json));
  if (snapshot === undefined) return ok(answers);
  const beside = answers.find((one) => one !== snapshot);
  return beside === undefined
    ? answersKept(snapshot.file, snapshot.json)
    : fail({
        code: 'beside-snapshot',
        file: beside.file,
        message: `\`${snapshot.file}\` is a snapshot of a whole network, and this file stands beside it.`,
        hint: 'Name the snapshot alone, or the files that it was made of.',
      });
}

/** The network of those files as a snapshot that keeps them, for plans to be laid over. */
export function snapshotWithAnswers(network: Network, paths: string | readonly string[]): Result<string> {
  const read = readInput(paths);
  if (!read.ok) return read;
  const { input } = read.value;
  if (isDeclaredInput(input)) return fail(planAsBase(paths));
  const files = answersOf(input);
  return files.ok ? ok(formatSnapshot(network, keep(network, files.value))) : files;
}

const noPlan = (paths: string | readonly string[], why: string): Problem => ({
  code: 'no-plan',
  file: typeof paths === 'string' ? paths : paths.join(', '),
  message: `There is no Terraform plan and no CloudFormation template in it: ${why}.`,
  hint: 'Write the plan with `terraform show -json PLANFILE > plan.json`.',
});

const planAsBase = (paths: string | readonly string[]): Problem => ({
  code: 'plan-as-base',
  file: typeof paths === 'string' ? paths : paths.join(', '),
  message: 'The base is what already runs, and this is a plan or a template.',
  hint: 'Give the answers of `aws ec2 describe-…` as the base, and the plans together as the network.',
});

/** The same for documents in memory, as if each had been named. */
export function networkFromDocuments(documents: readonly SourceDocument[]): Result<Network> {
  const problems: Problem[] = [];
  const files: JsonFile[] = [];
  const texts: { file: string; text: string }[] = [];
  for (const document of documents) {
    const { file } = document;
    if ('text' in document && !/^\s*[[{]/.test(document.text) && isTemplateText(document.text)) {
      texts.push(document);
      continue;
    }
    const json = 'json' in document ? ok(document.json) : parseJson(file, document.text.replace(/^\uFEFF/, ''));
    if (json.ok) files.push({ file, json: json.value, named: true });
    else problems.push(...json.problems);
  }
  const input = inputOf({ files, texts, problems });
  if (!isDeclaredInput(input)) return combine(files, problems, []);
  const sides = sidesOf(input, []);
  return sides.ok ? ok(sides.value.after) : sides;
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
