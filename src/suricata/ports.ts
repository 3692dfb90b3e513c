/** The ports of a rule's header (semantics 10.74), and of a variable that they name. */
import type { Complain, Piece } from './piece.ts';
import type { Ports } from './rule.ts';
import { readTree } from './tree.ts';

const code = 'suricata-port';

export function readPorts(piece: Piece, complain: Complain): Ports | undefined {
  const read = readTree<Ports>(piece, 'port', (at) => leaf(at, complain), complain);
  if (read !== undefined && negatesAll(read))
    return complain(piece, code, `\`${piece.text}\` leaves no port: \`!any\` matches nothing, and is refused.`);
  return read;
}

function leaf(at: Piece, complain: Complain): Ports | undefined {
  const { text } = at;
  if (text.toLowerCase() === 'any') return { kind: 'any' };
  if (/^\$\w+$/.test(text)) return { kind: 'variable', name: text.slice(1) };
  const [, low, high] = /^(\d{0,5})\s*(?::\s*(\d{0,5}))?$/.exec(text) ?? [];
  if (low === undefined || (low === '' && (high ?? '') === ''))
    return complain(
      at,
      code,
      `\`${text}\` is no port.`,
      'Write `any`, `443`, `1024:2048`, `[80,443,!8080]` or `$VARIABLE`.',
    );
  const from = low === '' ? 0 : Number(low);
  const to = high === undefined ? from : high === '' ? 65535 : Number(high);
  if (from > 65535 || to > 65535) return complain(at, code, `\`${text}\` is no port.`, 'Ports go from 0 to 65535.');
  if (from > to) return complain(at, code, `\`${text}\` ends before it begins.`, `Write \`${to}:${from}\`.`);
  return { kind: 'range', from, to };
}

function negatesAll(ports: Ports): boolean {
  switch (ports.kind) {
    case 'list':
      return ports.of.some(negatesAll);
    case 'not':
      return coversAll(ports.of) || negatesAll(ports.of);
    case 'any':
    case 'range':
    case 'variable':
      return false;
  }
}

function coversAll(ports: Ports): boolean {
  if (ports.kind === 'list') return ports.of.some(coversAll) && !ports.of.some((one) => one.kind === 'not');
  return ports.kind === 'any' || (ports.kind === 'range' && ports.from === 0 && ports.to === 65535);
}
