/** Lists in brackets, nested and negated, as addresses and ports are written (semantics 10.73, 10.74). */
import { part, type Complain, type Piece, splitOutside } from './piece.ts';

export type Tree<T> =
  T | { readonly kind: 'list'; readonly of: readonly Tree<T>[] } | { readonly kind: 'not'; readonly of: Tree<T> };

/** `what` is what the leaves are, such as `address`. */
export function readTree<T>(
  piece: Piece,
  what: string,
  leaf: (at: Piece) => T | undefined,
  complain: Complain,
  depth = 0,
): Tree<T> | undefined {
  const { text } = piece;
  const code = `suricata-${what}`;
  if (depth > deepest) return complain(piece, code, 'Lists and negations are nested too deeply here.');
  if (text === '') return complain(piece, code, `An ${what} is missing here.`.replace('An p', 'A p'));
  if (text.startsWith('!')) {
    const of = readTree(part(piece, 1), what, leaf, complain, depth + 1);
    return of === undefined ? undefined : { kind: 'not', of };
  }
  if (!text.startsWith('[')) return leaf(piece);
  if (closing(text) !== text.length - 1)
    return complain(piece, code, `The list \`${text}\` is not closed by one \`]\`.`, 'Write it like `[a,b,!c]`.');
  const items = splitOutside(part(piece, 1, text.length - 1), ',').map((item) =>
    readTree(item, what, leaf, complain, depth + 1),
  );
  const of = items.filter((item) => item !== undefined);
  return of.length === items.length ? { kind: 'list', of } : undefined;
}

/** More than anybody writes. */
const deepest = 64;

/** Where the bracket closes that the text opens with; -1 where none does. */
function closing(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']' && --depth === 0) return i;
  }
  return -1;
}
