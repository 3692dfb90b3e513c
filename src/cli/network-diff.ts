/** `vpcproof diff` of two networks: flows opened and closed, and what became of properties. */
import { fail, ok } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import { reportsOf } from '../report/formats.ts';
import type { NetworkDiffDocument } from '../result/document.ts';
import { type DiffRequest, diffDocument, diffIntent } from './changing.ts';
import { readPolicies } from './check.ts';
import type { Command, Status } from './outcome.ts';
import { propertiesOfBoth } from './properties-of-both.ts';

export interface NetworkDiffArguments {
  /** What they are called in the report. */
  readonly before: string;
  readonly after: string;
  readonly old: Network;
  readonly now: Network;
  /** Files of properties. */
  readonly policies: readonly string[];
  readonly request: DiffRequest;
  readonly maxFamilies: number;
  readonly timeoutMs: number;
}

export const networkDiff: Command<NetworkDiffArguments> = async (
  { before, after, old, now, policies, request, maxFamilies, timeoutMs },
  { engine, io, progress, sha256 },
) => {
  const intent = diffIntent(old, now, request);
  const texts = await readPolicies(policies, io.cwd);
  if (!intent.ok || !texts.ok) return fail(...(intent.ok ? [] : intent.problems), ...(texts.ok ? [] : texts.problems));
  const properties = await propertiesOfBoth(old, now, texts.value, request.assume ?? []);
  if (!properties.ok) return properties;
  const [first, second] = properties.value;
  const document = await diffDocument(
    engine,
    { name: before, network: old, properties: first },
    { name: after, network: now, properties: second },
    intent.value,
    sha256,
    { policies, maxFamilies, timeoutMs, progress },
  );
  return ok({ status: statusOf(document), reports: reportsOf(document) });
};

/** With policies, whether what held still does; else whether flows changed. */
function statusOf({ verdict, properties }: NetworkDiffDocument): Status {
  if (properties.length === 0) return verdict === 'same' ? 0 : verdict === 'different' ? 1 : 3;
  const lost = properties.filter(({ change }) => change === 'broken');
  if (lost.some(({ after }) => after === 'violated')) return 1;
  const open = properties.some(({ before, after }) => after === 'undecided' && before !== 'violated');
  return open ? 3 : 0;
}
