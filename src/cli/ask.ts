/** `vpcproof ask`: can X reach Y, by which path, or what blocks it. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import { type AskRequest, askDocument, askIntent } from './asking.ts';
import { openProver } from './decide.ts';
import type { Command } from './outcome.ts';
import { withEdits } from './publish.ts';

export interface AskArguments {
  readonly network: string;
  readonly request: AskRequest;
  readonly timeoutMs: number;
}

const statuses = { reachable: 0, unreachable: 1, undecided: 3 } as const;

export const ask: Command<AskArguments> = async (
  { network: path, request, timeoutMs },
  { engine, progress, sha256, edits },
) => {
  engine.warmUp?.();
  await progress(`reading ${path}`);
  const network = await engine.loadNetwork([path]);
  if (!network.ok) return network;
  const intent = askIntent(network.value, request);
  if (!intent.ok) return intent;
  await progress(`deciding whether ${request.from} reaches ${request.to}`);
  const prover = openProver(engine, network.value, timeoutMs);
  try {
    const document = withEdits(await askDocument(network.value, intent.value, prover, sha256), edits);
    return ok({ status: statuses[document.verdict], reports: reportsOf(document) });
  } finally {
    await prover.close();
  }
};
