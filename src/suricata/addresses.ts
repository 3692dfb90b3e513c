/** The addresses of a rule's header (semantics 10.73), and of a variable that they name. */
import { type Address, highest, parseAddress } from '../net/address.ts';
import { lastOf, parsePrefix } from '../net/prefix.ts';
import type { Complain, Piece } from './piece.ts';
import type { Addresses } from './rule.ts';
import { readTree } from './tree.ts';

const code = 'suricata-address';

export function readAddresses(piece: Piece, complain: Complain): Addresses | undefined {
  const read = readTree<Addresses>(piece, 'address', (at) => leaf(at, complain), complain);
  if (read !== undefined && negatesAll(read))
    return complain(piece, code, `\`${piece.text}\` leaves no address: \`!any\` matches nothing, and is refused.`);
  return read;
}

function leaf(at: Piece, complain: Complain): Addresses | undefined {
  const { text } = at;
  if (text.toLowerCase() === 'any') return { kind: 'any' };
  if (/^\$\w+$/.test(text)) return { kind: 'variable', name: text.slice(1) };
  if (/^@\w+$/.test(text)) return { kind: 'reference', name: text.slice(1) };
  return (
    range(text) ??
    complain(
      at,
      code,
      `\`${text}\` is no address.`,
      'Write `any`, an IP address, a CIDR block, `a-b`, `[a,b,!c]`, `$VARIABLE` or `@REFERENCE`.',
    )
  );
}

function range(text: string): Addresses | undefined {
  const prefix = parsePrefix(text) ?? masked(text);
  if (prefix !== undefined) return { kind: 'range', family: prefix.family, from: prefix.base, to: lastOf(prefix) };
  const [first = '', second = first, ...more] = text.split('-');
  const [from, to] = [parseAddress(first), parseAddress(second)];
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  if (from.family !== to.family || from.value > to.value) return undefined;
  return { kind: 'range', family: from.family, from: from.value, to: to.value };
}

/** `10.0.0.0/255.0.0.0`. */
function masked(text: string): ReturnType<typeof parsePrefix> {
  const [address = '', mask = ''] = text.split('/');
  const bits = mask.includes('.') ? parseAddress(mask) : undefined;
  const length = bits === undefined ? undefined : lengthOf(bits);
  return length === undefined ? undefined : parsePrefix(`${address}/${length}`);
}

/** How many ones a mask begins with; undefined where others follow. */
function lengthOf(mask: Address): number | undefined {
  const ones = /^(1*)0*$/.exec(mask.value.toString(2).padStart(32, '0'));
  return ones?.[1]!.length;
}

/** Whether some negation covers a whole family, as far as the text itself tells. */
function negatesAll(addresses: Addresses): boolean {
  switch (addresses.kind) {
    case 'list':
      return addresses.of.some(negatesAll);
    case 'not':
      return coversAll(addresses.of) || negatesAll(addresses.of);
    case 'any':
    case 'range':
    case 'variable':
    case 'reference':
      return false;
  }
}

function coversAll(addresses: Addresses): boolean {
  if (addresses.kind === 'list') return addresses.of.some(coversAll) && !addresses.of.some((one) => one.kind === 'not');
  return (
    addresses.kind === 'any' ||
    (addresses.kind === 'range' && addresses.from === 0n && addresses.to === highest(addresses.family))
  );
}
