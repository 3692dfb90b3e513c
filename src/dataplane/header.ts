/** The header of a packet at some place, field by field as symbols. */
import { type Family, width } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import type { Symbol, Symbols } from './symbol.ts';

export const fields = [
  'src',
  'dst',
  'protocol',
  'srcPort',
  'dstPort',
  'icmpType',
  'icmpCode',
  'fragment',
  'flags',
  'payload',
] as const;

export type Field = (typeof fields)[number];

export interface Header extends Readonly<Record<Field, Symbol>> {
  readonly family: Family;
}

/**
 * The bits of a field: addresses by family, 8 for protocol, type, code and TCP flags, 16 for ports, 1 for the fragment
 * flag, 24 for the number of what the flow carries (`firewall/payload-space.ts`).
 */
export function bitsOf(field: Field, family: Family): number {
  switch (field) {
    case 'src':
    case 'dst':
      return width(family);
    case 'srcPort':
    case 'dstPort':
      return 16;
    case 'protocol':
    case 'icmpType':
    case 'icmpCode':
    case 'flags':
      return 8;
    case 'fragment':
      return 1;
    case 'payload':
      return 24;
  }
}

/** A header whose every field is free, its variables named after `name`. */
export function freeHeader(symbols: Symbols, name: string, family: Family): Header {
  const at = (field: Field): Symbol => symbols.variable(`${name}.${family}.${field}`, bitsOf(field, family));
  return {
    family,
    src: at('src'),
    dst: at('dst'),
    protocol: at('protocol'),
    srcPort: at('srcPort'),
    dstPort: at('dstPort'),
    icmpType: at('icmpType'),
    icmpCode: at('icmpCode'),
    fragment: at('fragment'),
    flags: at('flags'),
    payload: at('payload'),
  };
}

/** The header of the reply: ends and ports swapped, an echo request answered (semantics 2.10, 2.34). */
export function reversed(symbols: Symbols, header: Header, echo: boolean): Header {
  const answer = header.family === 'ipv4' ? 0n : 129n;
  return {
    ...header,
    src: header.dst,
    dst: header.src,
    srcPort: header.dstPort,
    dstPort: header.srcPort,
    icmpType: echo ? symbols.constant(answer, 8) : header.icmpType,
    fragment: symbols.constant(0n, 1),
  };
}

const keys = new WeakMap<Header, string>();

/** Equal for headers of the same symbols; each header's is made once. */
export function keyOf(header: Header): string {
  let key = keys.get(header);
  if (key === undefined)
    keys.set(
      header,
      (key = `${header.family === 'ipv4' ? 4 : 6},${header.src.id},${header.dst.id},${header.protocol.id},${header.srcPort.id},${header.dstPort.id},${header.icmpType.id},${header.icmpCode.id},${header.fragment.id},${header.flags.id},${header.payload.id}`),
    );
  return key;
}

/** What a flow's packets have in common, and so do its replies (`turned`). */
export const flowOf = ({ src, dst, srcPort, dstPort }: Header, turned: boolean): string =>
  (turned ? [dst, src, dstPort, srcPort] : [src, dst, srcPort, dstPort]).map(({ id }) => id).join();

/** The protocol that carries echo requests in that family. */
export const echoProtocol = (family: Family): number => (family === 'ipv4' ? protocols.icmp : protocols.icmpv6);
