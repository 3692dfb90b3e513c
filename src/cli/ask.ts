/** `vpcproof ask`: can X reach Y, by which path, or what blocks it. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import { type AskRequest, askDocument, askIntent } from './asking.ts';
import { openProver } from './decide.ts';
import type { Command } from './outcome.ts';
import { withEdits } from './publish.ts';
import { withAlternatives } from './repairing.ts';

export interface AskArguments {
  readonly network: string;
  readonly request: AskRequest;
  /** What would let a blocked flow through is looked for. */
  readonly unblock?: boolean;
  readonly timeoutMs: number;
}

const statuses = { reachable: 0, unreachable: 1, undecided: 3 } as const;

export const ask: Command<AskArguments> = async (
  { network: path, request, unblock = false, timeoutMs },
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
    const asked = await askDocument(network.value, intent.value, prover, sha256);
    if (unblock) await progress('looking for what would let it through');
    const answered = unblock ? await withAlternatives(engine, network.value, asked, request, { timeoutMs }) : asked;
    const document = withEdits(answered, edits);
    return ok({ status: statuses[document.verdict], reports: reportsOf(document) });
  } finally {
    await prover.close();
  }
};
