/** The library: networks read, questions asked and policies checked, as typed values (`interfaces.md`, Library). */
import type { Problem } from './base/problem.ts';
import { type Result, fail, ok } from './base/result.ts';
import { type AskRequest, askDocument, askIntent } from './cli/asking.ts';
import { propertiesIn, readPolicies } from './cli/check.ts';
import { checkDocument, today } from './cli/checking.ts';
import { openProver } from './cli/decide.ts';
import { stages } from './cli/stages.ts';
import type { Network } from './network/network.ts';
import type { AskDocument, CheckDocument } from './result/document.ts';
import type { LoadOptions, Sides } from './sources/index.ts';

export type { AskDocument, AskRequest, CheckDocument, LoadOptions, Network, Problem, Result, Sides };
export type { Block, Flow, HopJson, PacketJson } from './result/answer.ts';
export type { PropertyResult } from './result/document.ts';

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

/** Reads plans and templates into the networks before and after the change that they declare. */
export const loadChange = (paths: string | readonly string[], options: LoadOptions = {}): Promise<Result<Sides>> =>
  stages.loadChange(typeof paths === 'string' ? [paths] : paths, options);

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
  if (!texts.ok) return fail(...texts.problems);
  const properties = await propertiesIn(network, texts.value, { assume, potential });
  if (!properties.ok) return properties;
  const prover = openProver(stages, network, timeoutMs);
  try {
    return ok(await checkDocument(network, properties.value, prover, stages.sha256, { policies, today: today() }));
  } finally {
    await prover.close();
  }
}
