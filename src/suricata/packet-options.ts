/** Options about one packet's headers: ip_proto, itype, icode and tcp.flags (semantics 10.81). */
import { didYouMean } from '../base/near.ts';
import { parseProtocol } from '../net/protocol.ts';
import { readNumbers } from './content.ts';
import type { Complain, Piece } from './piece.ts';
import type { Option } from './rule.ts';

const code = 'suricata-option';

export function readIpProtocol(value: Piece, complain: Complain): Option | undefined {
  if (/^[<>]/.test(value.text)) return { kind: 'unknown', keyword: 'ip_proto', value: value.text };
  const negated = value.text.startsWith('!');
  const word = value.text.slice(negated ? 1 : 0).trim();
  const protocol = parseProtocol(word.replace(/^ipv6-icmp$/i, 'icmpv6'));
  if (protocol === undefined)
    return complain(
      value,
      code,
      `\`${word}\` is no IP protocol.`,
      didYouMean(word, ['tcp', 'udp', 'icmp', 'icmpv6', 'igmp', 'gre', 'esp', 'ah', 'sctp']) ??
        'Write its name or its number, 0 to 255.',
    );
  return { kind: 'ip_proto', negated, protocol };
}

/** Forms other than a number, a bound and a range without its ends are left open. */
export function readIcmp(keyword: 'itype' | 'icode', value: Piece, complain: Complain): Option | undefined {
  const range = readNumbers(value.text, 255);
  if (range !== undefined) return { kind: keyword, ...range };
  if (/^!?\d+(?:\D{1,2}\d+)?$/.test(value.text)) return { kind: 'unknown', keyword, value: value.text };
  return complain(
    value,
    code,
    `\`${value.text}\` is no ICMP ${keyword === 'itype' ? 'type' : 'code'}.`,
    'Write a number.',
  );
}

const bits: Readonly<Record<string, number>> = {
  F: 1,
  S: 2,
  R: 4,
  P: 8,
  A: 16,
  U: 32,
  E: 64,
  C: 128,
  '2': 64,
  '1': 128,
};
const modes = { '+': 'all', '*': 'any', '!': 'none' } as const;

export function readTcpFlags(value: Piece, complain: Complain): Option | undefined {
  const [wanted = '', ignored = '', ...more] = value.text.split(',').map((one) => one.trim().toUpperCase());
  const [, before = '', letters, after = ''] = /^([+*!]?)([FSRPAUEC120]+)([+*!]?)$/.exec(wanted) ?? [];
  if (letters === undefined || !/^[FSRPAUEC120]*$/.test(ignored) || more.length > 0 || (before !== '' && after !== ''))
    return complain(
      value,
      code,
      `\`${value.text}\` are no TCP flags.`,
      'Write letters of FSRPAUEC, such as `tcp.flags:S,CE`; `+`, `*` and `!` stand before them.',
    );
  const sign = before === '' ? after : before;
  const flags = flagsOf(letters);
  // Whether `!` means none of several flags or not all of them is told in two ways.
  if (sign === '!' && (flags & (flags - 1)) !== 0) return { kind: 'unknown', keyword: 'tcp.flags', value: value.text };
  const match = sign === '' ? 'exact' : modes[sign as keyof typeof modes];
  return { kind: 'tcp.flags', match, flags, ignored: flagsOf(ignored) };
}

const flagsOf = (letters: string): number =>
  letters.split('').reduce((flags, letter) => flags | (bits[letter] ?? 0), 0);
