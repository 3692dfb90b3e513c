/** The library: networks read, questions asked and policies checked, as typed values (`interfaces.md`, Library). */
import type { Problem } from './base/problem.ts';
import { type Result, fail, ok } from './base/result.ts';
import { type AskRequest, askDocument, askIntent } from './cli/asking.ts';
import { readPolicies } from './cli/check.ts';
import { openProver } from './cli/decide.ts';
import { provePolicies } from './cli/proving.ts';
import { publishedEdits } from './cli/publish.ts';
import { stages } from './cli/stages.ts';
import type { Network } from './network/network.ts';
import type { EditJson } from './result/edit.ts';
import type { AskDocument, CheckDocument } from './result/document.ts';
import type { SourceDocument } from './sources/index.ts';

export type { AskDocument, AskRequest, CheckDocument, Network, Problem, Result, SourceDocument };
export type { Block, Flow, HopJson, PacketJson } from './result/answer.ts';
export type { PropertyResult } from './result/document.ts';
export type { ChangeJson, EditJson } from './result/edit.ts';

export interface ProvingOptions {
  /** Milliseconds for each question; what takes longer is undecided. */
  readonly timeoutMs?: number;
}

export interface CheckRequest {
  /** Policy files, YAML or JSON. */
  readonly policies: readonly string[];
  readonly assume?: readonly string[];
  readonly potential?: boolean;
}

const patience = 60_000;

/** Reads files and folders into one network; or every problem in them. */
export const loadNetwork = (...paths: readonly string[]): Promise<Result<Network>> => stages.loadNetwork(paths);

/** Something that a file could hold, parsed: a template, a plan, an answer of AWS. */
export interface DocumentInMemory {
  readonly [key: string]: unknown;
}

/** The same for what is in memory already: files with their names, or documents. */
export const readNetwork = (...documents: readonly (SourceDocument | DocumentInMemory)[]): Promise<Result<Network>> =>
  stages.readNetwork(documents.map((one, i) => (isNamed(one) ? one : { file: `document ${i + 1}`, json: one })));

const isNamed = (one: SourceDocument | DocumentInMemory): one is SourceDocument =>
  typeof one.file === 'string' && ('json' in one || 'text' in one);

export interface EditedNetwork {
  readonly network: Network;
  /** What each edit did. */
  readonly edits: readonly EditJson[];
}

/** The network as it would be after edits, each a line such as `igw-1 detach`; nothing is deployed. */
export async function edit(network: Network, edits: readonly string[]): Promise<Result<EditedNetwork>> {
  const [{ applyEdits, readEditLines }, { ruleReader }] = await Promise.all([
    import('./edit/index.ts'),
    import('./sources/index.ts'),
  ]);
  const read = readEditLines(edits, 'edits');
  const applied = applyEdits(network, read.edits, ruleReader);
  const problems = [...read.problems, ...(applied.ok ? [] : applied.problems)];
  if (!applied.ok || problems.length > 0) return fail(...problems);
  return ok({ network: applied.value.network, edits: publishedEdits(applied.value.edits) });
}

/** Can X reach Y? The problems are those of the request. */
export async function ask(
  network: Network,
  request: AskRequest,
  { timeoutMs = patience }: ProvingOptions = {},
): Promise<Result<AskDocument>> {
  const intent = askIntent(network, request);
  if (!intent.ok) return intent;
  const prover = openProver(stages, network, timeoutMs);
  try {
    return ok(await askDocument(network, intent.value, prover, stages.sha256));
  } finally {
    await prover.close();
  }
}

/** Proves or disproves every property of the policies. */
export async function check(
  network: Network,
  { policies, assume = [], potential = false }: CheckRequest,
  { timeoutMs = patience }: ProvingOptions = {},
): Promise<Result<CheckDocument>> {
  const texts = await readPolicies(policies, '.');
  return texts.ok ? provePolicies(network, texts.value, { assume, potential, timeoutMs }) : texts;
}
