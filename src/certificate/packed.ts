/** Clauses and proofs as they stand in a certificate: base64 of raw deflate of variable-length numbers. */
import { deflateRawSync } from 'node:zlib';

/** Sets of literals, each ended by a 0. */
export const packed = (numbers: Int32Array): string => {
  const bytes = new Uint8Array(5 * numbers.length);
  let used = 0;
  for (const n of numbers) {
    // Zigzag: small numbers of either sign are short.
    let left = n < 0 ? -2 * n - 1 : 2 * n;
    while (left > 127) {
      bytes[used++] = (left & 127) | 128;
      left = Math.floor(left / 128);
    }
    bytes[used++] = left;
  }
  return deflateRawSync(bytes.subarray(0, used), { level: 9 }).toString('base64');
};

/** Steps of a proof: of each whether it deletes its clause, which is a plain number, then the clause. */
export function packedProof(steps: Int32Array): string {
  // A 1 as a plain number is what zigzag makes of -1.
  const marked = steps.slice();
  for (let i = 0, first = true; i < marked.length; i++) {
    if (first) marked[i] = marked[i] === 1 ? -1 : 0;
    first = !first && marked[i] === 0;
  }
  return packed(marked);
}
