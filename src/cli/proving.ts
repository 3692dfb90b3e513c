/** Policies' texts proved or disproved on a network, without a terminal: what the library and its matchers share. */
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { CheckDocument } from '../result/document.ts';
import { type PolicyText, propertiesIn } from './check.ts';
import { checkDocument, today } from './checking.ts';
import { openProver } from './decide.ts';
import { stages } from './stages.ts';

interface ProofOptions {
  readonly assume: readonly string[];
  readonly potential: boolean;
  readonly why?: boolean;
  /** For each question; what takes longer is undecided. */
  readonly timeoutMs: number;
}

/** Every property of the texts decided; or every problem in them. */
export async function provePolicies(
  network: Network,
  texts: readonly PolicyText[],
  { timeoutMs, why = false, ...options }: ProofOptions,
): Promise<Result<CheckDocument>> {
  const properties = await propertiesIn(network, texts, options);
  if (!properties.ok) return properties;
  const prover = openProver(stages, network, timeoutMs, { why });
  const policies = texts.map(({ file }) => file);
  try {
    return ok(await checkDocument(network, properties.value, prover, stages.sha256, { policies, today: today() }));
  } finally {
    await prover.close();
  }
}
