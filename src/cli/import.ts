/** `vpcproof import`: files into one normalised snapshot. */
import { ok } from '../base/result.ts';
import { jsonReport } from '../report/json.ts';
import { importText } from '../report/text/import.ts';
import type { ImportDocument } from '../result/document.ts';
import type { Command } from './outcome.ts';
import { coverageSum, readings } from './publish.ts';
import { tool } from './tool.ts';
import { writeText } from './text-file.ts';

export interface ImportArguments {
  readonly paths: readonly string[];
  /** Where the snapshot goes; to stdout where none is named. */
  readonly output?: string;
}

export const importCommand: Command<ImportArguments> = async ({ paths, output }, { engine, io, progress, sha256 }) => {
  await progress(`reading ${paths.join(', ')}`);
  const network = await engine.loadNetwork(paths);
  if (!network.ok) return network;
  const snapshot = await engine.snapshot(network.value);
  if (output === undefined) return ok({ status: 0, json: () => snapshot, text: () => snapshot });
  const written = await writeText(output, snapshot, io.cwd);
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
  return ok({
    status: 0,
    json: () => jsonReport(document),
    text: (paint, quiet) => importText(document, paint, quiet),
  });
};
