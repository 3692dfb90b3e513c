/** The digest of a certificate: SHA-256 over all its bytes, those of the digest itself taken as zeros. */
import { createHash } from 'node:crypto';

/** Whatever stands before the digest's hexadecimal digits, in either of the two ways in which a certificate is spaced. */
const head =
  /^(?:\{"format":"vpcproof-certificate","version":1,"digest":"sha256:|\{\n {2}"format": "vpcproof-certificate",\n {2}"version": 1,\n {2}"digest": "sha256:)/;

const digits = 64;

/** The first characters; enough for all that stands before the digits. */
const beginning = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 2 * digits)).toString('latin1');

/** Where the digits begin, or undefined if the bytes do not begin exactly as a certificate's do. */
export const digestPlace = (bytes: Uint8Array): number | undefined => head.exec(beginning(bytes))?.[0].length;

/** Whether the bytes begin with the name of the format, however they go on. */
export const looksLikeCertificate = (bytes: Uint8Array): boolean => beginning(bytes).includes('vpcproof-certificate');

/** The digest that the bytes should carry at that place, in lower-case hexadecimal digits. */
export const digestOf = (bytes: Uint8Array, place: number): string =>
  createHash('sha256')
    .update(bytes.subarray(0, place))
    .update('0'.repeat(digits))
    .update(bytes.subarray(place + digits))
    .digest('hex');

/** The digest of a value: SHA-256 over its JSON without spaces, the keys of every object ordered by their code units. */
export const digestOfValue = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');

/** The value with the keys of every object in that order. */
export function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  );
}
