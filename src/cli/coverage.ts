/** `vpcproof coverage`: what of the input is modelled, assumed, or not understood. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import type { CoverageDocument } from '../result/document.ts';
import type { Command } from './outcome.ts';
import { coverageSum, readings } from './publish.ts';
import { tool } from './tool.ts';

export const coverage: Command<{ readonly network: string }> = async (
  { network: path },
  { engine, progress, sha256 },
) => {
  await progress(`reading ${path}`);
  const network = await engine.loadNetwork([path]);
  if (!network.ok) return network;
  const document: CoverageDocument = {
    schemaVersion: 1,
    tool,
    command: 'coverage',
    question: {},
    network: { sha256: await sha256(network.value), sources: network.value.sources },
    ...readings(network.value),
    coverage: coverageSum(network.value),
    resources: network.value.coverage,
  };
  return ok({ status: 0, reports: reportsOf(document) });
};
