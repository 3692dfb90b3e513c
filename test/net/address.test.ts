/** Address text. */
import { fc, test as property } from '@fast-check/vitest';
import { IPv4, IPv6 } from 'ip-num';
import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../../src/net/address.ts';

property.prop([fc.ipV4()])('IPv4 text means what the ip-num package says', (text) => {
  expect(parseAddress(text)?.value).toBe(new IPv4(text).getValue());
});

property.prop([fc.ipV6().filter((text) => !text.includes('.'))])(
  'IPv6 text means what the ip-num package says',
  (text) => {
    expect(parseAddress(text)?.value).toBe(new IPv6(text).getValue());
  },
);

property.prop([fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })])('an IPv6 address printed is read back', (value) => {
  expect(parseAddress(formatAddress({ family: 'ipv6', value }))).toEqual({ family: 'ipv6', value });
});

test.each([
  '::',
  '::1',
  '1::',
  '1:0:0:2::3',
  '1::2:0:0:3:4',
  '2001:db8::',
  '1:0:2:3:4:5:6:7',
  '0:1::',
  '64:ff9b::c000:201',
])('%s is printed in the shortest form of RFC 5952', (text) => {
  expect(formatAddress(parseAddress(text)!)).toBe(text);
});

property.prop([fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })])('an IPv4 address printed is read back', (value) => {
  expect(parseAddress(formatAddress({ family: 'ipv4', value }))).toEqual({ family: 'ipv4', value });
});

test('an IPv6 address may end in IPv4 notation', () => {
  expect(parseAddress('64:ff9b::192.0.2.1')).toEqual(parseAddress('64:ff9b::c000:201'));
});

test.each(['', ':', ':::', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1..2.3', ' 1.2.3.4', '::1::', ':1::'])(
  '`%s` is no address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);

test.each(['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '::12345', '::ffff:1.2.3', 'fe80::1%eth0'])(
  '`%s` is no IPv6 address',
  (text) => {
    expect(parseAddress(text)).toBeUndefined();
  },
);
