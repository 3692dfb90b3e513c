/** `vpcproof import`: files into one normalised snapshot. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import type { ImportDocument } from '../result/document.ts';
import type { Command } from './outcome.ts';
import { coverageSum, readings } from './publish.ts';
import { tool } from './tool.ts';
import { writeText } from './text-file.ts';

export interface ImportArguments {
  readonly paths: readonly string[];
  /** Where the snapshot goes; to stdout where none is named. */
  readonly output?: string;
  /** The answers are kept in it. */
  readonly answers?: boolean;
}

export const importCommand: Command<ImportArguments> = async (
  { paths, output, answers = false },
  { engine, io, progress, sha256 },
) => {
  await progress(`reading ${paths.join(', ')}`);
  const network = await engine.loadNetwork(paths);
  if (!network.ok) return network;
  const snapshot = await engine.snapshot(network.value, answers ? paths : undefined);
  if (!snapshot.ok) return snapshot;
  if (output === undefined) {
    const itself = () => Promise.resolve(snapshot.value);
    return ok({ status: 0, reports: { text: itself, json: itself } });
  }
  const written = await writeText(output, snapshot.value, io.cwd);
  if (!written.ok) return written;
  const document: ImportDocument = {
    schemaVersion: 1,
    tool,
    command: 'import',
    question: { paths },
    network: { sha256: await sha256(network.value), sources: network.value.sources },
    ...readings(network.value),
    coverage: coverageSum(network.value),
    output,
  };
  return ok({ status: 0, reports: reportsOf(document) });
};
