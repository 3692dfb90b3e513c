/** Properties decided with their certificates, in memory. */
import { readFileSync } from 'node:fs';
import { type Made, certify } from '../../src/certificate/make.ts';
import { rebuild } from '../../src/certificate/rebuild.ts';
import type { Certificate } from '../../src/certificate/checker/format.ts';
import { propertiesIn } from '../../src/cli/check.ts';
import { checkDocument } from '../../src/cli/checking.ts';
import { openProver } from '../../src/cli/decide.ts';
import { publishedQuestion } from '../../src/cli/publish.ts';
import { stages } from '../../src/cli/stages.ts';
import type { Network } from '../../src/network/network.ts';
import type { PropertyResult } from '../../src/result/document.ts';

export const timeoutMs = 60_000;

export interface Certified {
  readonly result: PropertyResult;
  /** Absent for what is undecided. */
  readonly made?: Made;
}

export async function networkAt(path: string): Promise<Network> {
  const network = await stages.loadNetwork([path]);
  if (!network.ok) throw new Error(JSON.stringify(network.problems));
  return network.value;
}

export async function certifiedBy(network: Network, policy: string): Promise<readonly Certified[]> {
  const read = await propertiesIn(network, [{ file: policy, text: readFileSync(policy, 'utf8') }], {
    assume: [],
    potential: false,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const sha256 = await stages.sha256(network);
  const on = { network, sha256, tool: { name: 'vpcproof', version: '0' }, replay: await stages.replay(), timeoutMs };
  const made = new Map<string, Made>();
  const prover = openProver(stages, network, timeoutMs);
  try {
    const { results } = await checkDocument(network, read.value, prover, stages.sha256, {
      policies: [policy],
      today: '2026-01-01',
      certify: async (property, { verdict, question, assumptions, facts }, decided) => {
        if (verdict === 'undecided') return { reason: 'undecided' };
        const answers = decided.map(({ answer }) => answer);
        const one = await certify({ property, verdict, answers, questions: question, assumptions, facts }, on);
        made.set(property.id, one);
        return one.kind === 'made' ? { file: property.id, sha256: '' } : one;
      },
    });
    return results.map((result) => {
      const one = made.get(result.id);
      return one === undefined ? { result } : { result, made: one };
    });
  } finally {
    await prover.close();
  }
}

/** Why the certificate is not one of the network. */
export const differences = async (network: Network, certificate: Certificate): Promise<readonly string[]> =>
  rebuild(network, certificate, {
    replay: await stages.replay(),
    sha256: stages.sha256,
    published: publishedQuestion,
    timeoutMs,
  });
