/** Runs vectors through the tracer. */
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { networkOf } from './network.ts';
import { tracerComplaints } from './traced.ts';
import { type Vector, parseLine } from './vector.ts';

/** One test a line: the claim with its number, then the line. */
export function proves(vectors: readonly Vector[]): void {
  for (const { id, says, network: spec, lines } of vectors)
    describe(`${id}: ${says}`, () => {
      let network: Network | undefined;
      test.each(lines)('%s', (text) => {
        network ??= networkOf(spec);
        expect(tracerComplaints(network, parseLine(network, text))).toEqual([]);
      });
    });
}
