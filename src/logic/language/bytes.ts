/** Sets of bytes, as 256 bits, and the two cases of ASCII letters; no other byte has a case. */

/** Bit n stands for byte n. */
export type ByteSet = bigint;

export const EVERY_BYTE: ByteSet = (1n << 256n) - 1n;

export const NEWLINE = 10;

export const byteSet = (code: number): ByteSet => 1n << BigInt(code);

/** The bytes of a string of characters 0 to 255. */
export const bytesOf = (text: string): ByteSet =>
  Array.from(text, (character) => byteSet(character.charCodeAt(0))).reduce((all, set) => all | set, 0n);

/** Both ends included. */
export const byteRange = (from: number, to: number): ByteSet => (1n << BigInt(to + 1)) - (1n << BigInt(from));

export const complement = (set: ByteSet): ByteSet => EVERY_BYTE ^ set;

/** For each of the 256 bytes 1 where it is in the set, 0 where it is not. */
export function membersOf(set: ByteSet): Uint8Array {
  const bits = set.toString(2);
  const last = bits.length - 1;
  return Uint8Array.from({ length: 256 }, (_, code) => (bits[last - code] === '1' ? 1 : 0));
}

const CAPITALS = byteRange(65, 90);
const SMALL = byteRange(97, 122);

/** The set with the other case of each of its letters. */
export const eitherCase = (set: ByteSet): ByteSet => set | ((set & CAPITALS) << 32n) | ((set & SMALL) >> 32n);

export const isSmall = (code: number): boolean => code >= 97 && code <= 122;

/** The byte in lower case. */
export const folded = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

export const hasLetter = (text: string): boolean => /[A-Za-z]/.test(text);
