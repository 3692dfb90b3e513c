/**
 * What is stored compressed: base64 of a raw deflate stream of numbers. Every character and every byte must be needed;
 * what is wrong is thrown as `Unsound`, in words.
 */
import { inflateRawSync } from 'node:zlib';

/** Why a part of a certificate shows nothing. */
export class Unsound extends Error {}

/** The stream inside, of at most `most` bytes. */
export function inflate(base64: string, most: number): Uint8Array {
  const stored = Buffer.from(base64, 'base64');
  if (stored.toString('base64') !== base64) throw new Unsound('is not base64 as it is written');
  let inflated: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  try {
    inflated = inflateRawSync(stored, { info: true, maxOutputLength: most }) as unknown as typeof inflated;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new Unsound(
      code === 'ERR_BUFFER_TOO_LARGE'
        ? `inflates to more than ${most} bytes, which is more than is read`
        : 'is not one whole deflate stream',
    );
  }
  if (inflated.engine.bytesWritten !== stored.length)
    throw new Unsound('has bytes after the end of its deflate stream');
  return inflated.buffer;
}

/** Clauses one after the other, the literals of each ended by 0; a negative number is a negated variable. */
export interface Clauses {
  readonly numbers: Int32Array;
  readonly count: number;
}

/** The first number of a step of a proof. */
export const step = { add: 0, delete: 1 } as const;

/** The bytes as clauses over the variables from 1 to `variables`; or as steps of a proof, a number before each clause. */
export function readClauses(bytes: Uint8Array, variables: number, what: 'clause' | 'step'): Clauses {
  let length = 0;
  for (const byte of bytes) if (byte < 0x80) length++;
  const numbers = new Int32Array(length);
  // Of each variable, the last clause that named it.
  const named = new Int32Array(variables + 1);
  let used = 0;
  let at = 0;
  let count = 0;

  /** Seven bits a byte, the lowest first, all but the last byte marked; the shortest way to write it. */
  function varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Unsound(`ends within ${what} ${count}`);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0)
          throw new Unsound(`writes a number of ${what} ${count} with more bytes than needed`);
        return value;
      }
    }
    throw new Unsound(`holds a number in ${what} ${count} that is no literal`);
  }

  while (at < bytes.length) {
    count++;
    if (what === 'step') {
      const kind = varint();
      if (kind !== step.add && kind !== step.delete) throw new Unsound(`has step ${count} neither add nor delete`);
      numbers[used++] = kind;
    }
    for (let zigzag = varint(); zigzag !== 0; zigzag = varint()) {
      const literal = (zigzag >>> 1) ^ -(zigzag & 1);
      const variable = Math.abs(literal);
      if (variable > variables)
        throw new Unsound(`names variable ${variable} in ${what} ${count}, and there are ${variables}`);
      if (named[variable] === count) throw new Unsound(`names variable ${variable} twice in ${what} ${count}`);
      named[variable] = count;
      numbers[used++] = literal;
    }
    used++; // the 0
  }
  return { numbers, count };
}
