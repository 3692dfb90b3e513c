/** Bytes to text: UTF-8 with or without a byte order mark, and UTF-16 of either byte order, with or without one. */
import { isUtf8 } from 'node:buffer';

/** The text without its byte order mark; undefined when the bytes are no text. */
export function decodeText(bytes: Buffer): string | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), false);
  if (first === 0xfe && second === 0xff) return utf16(bytes.subarray(2), true);
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8(bytes.subarray(3));
  // JSON starts with an ASCII character, so the byte that is zero tells the order.
  if (bytes.length >= 2 && first === 0 && second !== 0) return utf16(bytes, true);
  if (bytes.length >= 2 && first !== 0 && second === 0) return utf16(bytes, false);
  return utf8(bytes);
}

const utf8 = (bytes: Buffer): string | undefined =>
  bytes.includes(0) || !isUtf8(bytes) ? undefined : bytes.toString('utf8');

function utf16(bytes: Buffer, bigEndian: boolean): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const text = (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  return text.includes('\0') ? undefined : text;
}
