/** Encodings of files. */
import { expect, test } from 'vitest';
import { decodeText } from '../../src/sources/text.ts';

const json = '{"Name": "Zürich 東"}';
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(json)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${json}`)],
  ['UTF-16 little endian', Buffer.from(`\uFEFF${json}`, 'utf16le')],
  ['UTF-16 big endian', swapped(`\uFEFF${json}`)],
  ['UTF-16 little endian without a byte order mark', Buffer.from(json, 'utf16le')],
  ['UTF-16 big endian without a byte order mark', swapped(json)],
])('%s is read', (_, bytes) => {
  expect(decodeText(bytes)).toBe(json);
});

test.each([
  ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab])],
  ['Latin-1', Buffer.from('{"Name": "Zürich"}', 'latin1')],
  ['half a UTF-16 character', Buffer.from(`\uFEFF${json}`, 'utf16le').subarray(0, 11)],
])('%s is no text', (_, bytes) => {
  expect(decodeText(bytes)).toBeUndefined();
});
