/** `vpcproof trace`: one concrete packet, hop by hop, by the oracle alone. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import type { Command } from './outcome.ts';
import { withEdits } from './publish.ts';
import { type TraceRequest, traceDocument, traceIntent } from './tracing.ts';

export interface TraceArguments {
  readonly network: string;
  readonly request: TraceRequest;
}

export const trace: Command<TraceArguments> = async (
  { network: path, request },
  { engine, progress, sha256, edits },
) => {
  await progress(`reading ${path}`);
  const network = await engine.loadNetwork([path]);
  if (!network.ok) return network;
  const intent = traceIntent(network.value, request);
  if (!intent.ok) return intent;
  const traced = await traceDocument(network.value, intent.value, await engine.follow(), sha256);
  const document = withEdits(traced, edits);
  return ok({ status: statuses[document.verdict], reports: reportsOf(document) });
};

const statuses = { reachable: 0, unreachable: 1, undecided: 3 } as const;
