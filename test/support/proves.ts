/** Runs vectors through the tracer and through the prover. */
import { describe, expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import { networkOf } from './network.ts';
import { proverComplaints } from './proved.ts';
import { tracerComplaints } from './traced.ts';
import { type Vector, parseLine } from './vector.ts';

/** One test a line: the claim with its number, then the line. */
export function proves(vectors: readonly Vector[]): void {
  for (const { id, says, network: spec, lines } of vectors)
    describe(`${id}: ${says}`, () => {
      let network: Network | undefined;
      test.each(lines)('%s', async (text) => {
        network ??= networkOf(spec);
        const line = parseLine(network, text);
        expect(tracerComplaints(network, line)).toEqual([]);
        expect(await proverComplaints(network, openVerifier(network), line)).toEqual([]);
      });
    });
}
