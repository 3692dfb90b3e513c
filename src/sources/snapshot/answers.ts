/**
 * The answers that a snapshot was made of, kept in it where that is asked for: a plan changes what AWS's calls answer, and
 * only what was asked tells what is not there from what nobody read. Of an edited snapshot they would be another network's.
 */
import type { Problem } from '../../base/problem.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Network } from '../../network/network.ts';
import type { JsonFile } from '../files.ts';
import { networkSha256 } from './canonical.ts';
import { readSnapshot } from './index.ts';
import type { Kept } from './kept.ts';

/** Fields of answers that hold what is secret, and decide no packet's way. */
const secret: ReadonlySet<string> = new Set([
  'CustomerGatewayConfiguration',
  'PreSharedKey',
  'UserData',
  'SharedSecret',
]);

const withoutSecrets = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json, (key, value: unknown) => (secret.has(key) ? undefined : value)));

export const keep = (network: Network, files: readonly JsonFile[]): Kept => ({
  sha256: networkSha256(network),
  files: files.map(({ file, json }) => ({ file, json: withoutSecrets(json) })),
});

/** The answers of a snapshot that still is the network they make. */
export function answersKept(file: string, json: unknown): Result<readonly JsonFile[]> {
  const network = readSnapshot(file, json);
  if (!network.ok) return network;
  const kept = (json as { readonly answers?: Kept }).answers;
  if (kept === undefined) return fail(noneKept(file));
  if (kept.sha256 !== networkSha256(network.value)) return fail(edited(file));
  return ok(kept.files.map((one) => ({ ...one, named: false })));
}

const noneKept = (file: string): Problem => ({
  code: 'snapshot-as-base',
  file,
  message: 'The snapshot does not hold the answers of AWS that it was made of, over which a plan is laid.',
  hint: 'Write it again with `vpcproof import … --answers`, or give the folder of answers that it was made of.',
});

const edited = (file: string): Problem => ({
  code: 'snapshot-edited',
  file,
  message: 'The snapshot was edited since it was written, and the answers in it are those of the network before.',
  hint: 'Write it again with `vpcproof import … --answers`, and say the edits by `vpcproof whatif`.',
});
