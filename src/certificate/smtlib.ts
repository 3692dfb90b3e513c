/** What a certificate refutes, as SMT-LIB 2 that any solver of bit vectors reads: made of the network, not of the clauses. */
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { Certificate } from './checker/format.ts';
import { looksOf, readWritten } from './looks.ts';
import { madeAgain } from './made-again.ts';
import { refutables, showings } from './shown.ts';

export interface Exported {
  /** The piece of evidence that it states anew; unsatisfiable, as that is. */
  readonly evidence: number;
  readonly text: string;
}

/** For a certificate that `rebuild` finds to be one of the network. */
export async function smtlibOf(
  network: Network,
  { property, verdict, obligations, evidence }: Certificate,
  means: { readonly replay: Replay; readonly timeoutMs: number },
): Promise<readonly Exported[]> {
  const read = readWritten(network, property.written);
  const looks = read.ok ? looksOf(network, read.value) : undefined;
  if (!read.ok || looks === undefined) return [];
  const violated = new Set(obligations.map(({ question }) => question));
  const pieces = await showings({ property: read.value, verdict, looks, violated }, means);
  if (typeof pieces === 'string') return [];
  return refutables(pieces).flatMap(({ index, state }) => {
    const refutation = evidence[index];
    if (refutation?.kind !== 'refutation') return [];
    return [{ evidence: index, text: madeAgain(refutation, state).stated.smtlib(refutation.loops) }];
  });
}
