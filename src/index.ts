/** The library: networks read, questions asked and policies checked, as typed values (`interfaces.md`, Library). */
import type { Problem } from './base/problem.ts';
import { type Result, fail, ok } from './base/result.ts';
import { type AskRequest, askDocument, askIntent } from './cli/asking.ts';
import { readPolicies } from './cli/check.ts';
import { type DiffRequest, diffDocument, diffIntent } from './cli/changing.ts';
import { openProver } from './cli/decide.ts';
import { propertiesOfBoth } from './cli/properties-of-both.ts';
import { provePolicies } from './cli/proving.ts';
import { publishedEdits } from './cli/publish.ts';
import { withAlternatives } from './cli/repairing.ts';
import { stages } from './cli/stages.ts';
import type { Network } from './network/network.ts';
import type { EditJson } from './result/edit.ts';
import type { AskDocument, CheckDocument, NetworkDiffDocument } from './result/document.ts';
import type { LoadOptions, Sides, SourceDocument } from './sources/index.ts';

export type { AskDocument, AskRequest, CheckDocument, DiffRequest, Network, NetworkDiffDocument, Problem, Result };
export type { LoadOptions, Sides, SourceDocument };
export type { ChangedFlow, ChangedPlaces, ChangeDoubt, PropertyChange } from './result/change.ts';
export type { Because } from './result/because.ts';
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
  /** Whether results tell on what the proof of a `forbid` rests: `because`. Takes longer. */
  readonly why?: boolean;
  /** Repairs of each property that is violated are looked for: `repairs` of its result. */
  readonly repair?: boolean;
}

const patience = 60_000;

/**
 * Reads files and folders into one network, of plans and templates that after the change; or every problem in them. The
 * last argument may say what plans and templates lean on and leave open.
 */
export const loadNetwork = (...paths: readonly (string | LoadOptions)[]): Promise<Result<Network>> =>
  stages.loadNetwork(
    paths.filter((each) => typeof each === 'string'),
    paths.find((each) => typeof each !== 'string'),
  );

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

/** Reads plans and templates into the networks before and after the change that they declare. */
export const loadChange = (paths: string | readonly string[], options: LoadOptions = {}): Promise<Result<Sides>> =>
  stages.loadChange(typeof paths === 'string' ? [paths] : paths, options);

export interface AskOptions extends ProvingOptions {
  /** Edits are looked for that would let through what is unreachable: `alternatives` of the document. */
  readonly unblock?: boolean;
}

/** Can X reach Y? The problems are those of the request. */
export async function ask(
  network: Network,
  request: AskRequest,
  { timeoutMs = patience, unblock = false }: AskOptions = {},
): Promise<Result<AskDocument>> {
  const intent = askIntent(network, request);
  if (!intent.ok) return intent;
  const prover = openProver(stages, network, timeoutMs);
  try {
    const document = await askDocument(network, intent.value, prover, stages.sha256);
    return ok(unblock ? await withAlternatives(stages, network, document, request, { timeoutMs }) : document);
  } finally {
    await prover.close();
  }
}

/** Proves or disproves every property of the policies. */
export async function check(
  network: Network,
  { policies, assume = [], potential = false, why = false, repair = false }: CheckRequest,
  { timeoutMs = patience }: ProvingOptions = {},
): Promise<Result<CheckDocument>> {
  const texts = await readPolicies(policies, '.');
  return texts.ok ? provePolicies(network, texts.value, { assume, potential, why, repair, timeoutMs }) : texts;
}

export interface DiffOptions {
  /** For the whole comparison, in milliseconds; what is not found by then is undecided. */
  readonly timeoutMs?: number;
  /** Policy files, YAML or JSON: their verdicts before and after. */
  readonly policies?: readonly string[];
  /** How many families of flows are told of each direction; the others are counted. */
  readonly maxFamilies?: number;
}

/** Which flows the one network lets through and the other does not, between all places or those asked for. */
export async function diff(
  before: Network,
  after: Network,
  request: DiffRequest = {},
  { timeoutMs = patience, policies = [], maxFamilies = 100 }: DiffOptions = {},
): Promise<Result<NetworkDiffDocument>> {
  const intent = diffIntent(before, after, request);
  const texts = await readPolicies(policies, '.');
  if (!intent.ok || !texts.ok) return fail(...(intent.ok ? [] : intent.problems), ...(texts.ok ? [] : texts.problems));
  const properties = await propertiesOfBoth(before, after, texts.value, request.assume ?? []);
  if (!properties.ok) return properties;
  const [first, second] = properties.value;
  return ok(
    await diffDocument(
      stages,
      { name: 'before', network: before, properties: first },
      { name: 'after', network: after, properties: second },
      intent.value,
      stages.sha256,
      { policies, maxFamilies, timeoutMs },
    ),
  );
}
