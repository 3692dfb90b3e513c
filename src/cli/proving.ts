/** Policies' texts proved or disproved on a network, without a terminal: what the library and its matchers share. */
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { CheckDocument } from '../result/document.ts';
import { type PolicyText, propertiesIn } from './check.ts';
import { type CheckOptions, checkDocument, today } from './checking.ts';
import { openProver } from './decide.ts';
import type { Ruling } from '../repair/index.ts';
import { stages } from './stages.ts';

interface ProofOptions {
  readonly assume: readonly string[];
  readonly potential: boolean;
  readonly why?: boolean;
  /** For each question; what takes longer is undecided. */
  readonly timeoutMs: number;
  /** Repairs of what is violated are looked for. */
  readonly repair?: boolean;
}

/** Every property of the texts decided; or every problem in them. */
export async function provePolicies(
  network: Network,
  texts: readonly PolicyText[],
  { timeoutMs, why = false, repair = false, ...options }: ProofOptions,
): Promise<Result<CheckDocument>> {
  const properties = await propertiesIn(network, texts, options);
  if (!properties.ok) return properties;
  const prover = openProver(stages, network, timeoutMs, { why });
  const policies = texts.map(({ file }) => file);
  const rulings: Ruling[] = [];
  const onDecided: CheckOptions['onDecided'] = (verdict, decisions) => void rulings.push({ verdict, decisions });
  try {
    const checking = { policies, today: today(), onDecided };
    const document = await checkDocument(network, properties.value, prover, stages.sha256, checking);
    if (!repair) return ok(document);
    const { withRepairs } = await import('./repairing.ts');
    return ok(
      await withRepairs(stages, network, document, rulings, (on) => propertiesIn(on, texts, options), { timeoutMs }),
    );
  } finally {
    await prover.close();
  }
}
