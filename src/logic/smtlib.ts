/** Terms as SMT-LIB 2.6, for people to read and for any solver to check. */
import { type Term, type Terms, unsigned } from './term.ts';

/** A vector made by `freshVector`, to be declared as one bit vector. */
export interface Field {
  readonly name: string;
  readonly width: number;
}

/** A gate is written where it is used if it is used once and nothing in it is nested deeper than this. */
const DEPTH = 6;

/** Declares what the terms need, defines what they share, asserts each of them and asks whether all can hold. */
export function toSmtlib(terms: Terms, assertions: readonly Term[], fields: readonly Field[] = []): string {
  const { order, uses } = cone(terms, assertions);
  const bits = new Map(
    fields.flatMap(({ name, width }) => Array.from({ length: width }, (_, i) => [`${name}.${i}`, { name, width, i }])),
  );
  const declared = new Set<string>();
  const declarations: string[] = [];
  const definitions: string[] = [];
  // For every node: what is written for it and for its negation, and how deep it nests; 0 for what has a name.
  const written = new Map<Term, string>();
  const depths = new Map<Term, number>();
  const write = (t: Term): string =>
    written.get(t) ?? (t === terms.true ? 'true' : t === terms.false ? 'false' : `(not ${written.get(t ^ 1)!})`);

  for (const node of order) {
    if (terms.isVariable(node)) {
      const name = terms.nameOf(node);
      const bit = bits.get(name);
      written.set(node, symbol(name));
      depths.set(node, 0);
      if (bit === undefined) declarations.push(`(declare-const ${symbol(name)} Bool)`);
      else {
        const at = bit.width - 1 - bit.i;
        if (!declared.has(bit.name)) declarations.push(`(declare-const ${symbol(bit.name)} (_ BitVec ${bit.width}))`);
        declared.add(bit.name);
        definitions.push(`(define-fun ${symbol(name)} () Bool (= ((_ extract ${at} ${at}) ${symbol(bit.name)}) #b1))`);
      }
      continue;
    }
    const children = terms.childrenOf(node);
    const conjunction = `(and ${children.map(write).join(' ')})`;
    const depth = 1 + Math.max(...children.map((child) => depths.get(unsigned(child))!));
    if (uses.get(node)! > 1 || depth > DEPTH) {
      const name = `gate!${node >> 1}`;
      definitions.push(`(define-fun ${name} () Bool ${conjunction})`);
      written.set(node, name);
      depths.set(node, 0);
    } else {
      written.set(node, conjunction);
      written.set(node ^ 1, `(or ${children.map((child) => write(child ^ 1)).join(' ')})`);
      depths.set(node, depth);
    }
  }
  return [
    `(set-logic ${declared.size > 0 ? 'QF_BV' : 'QF_UF'})`,
    ...declarations,
    ...definitions,
    ...assertions.map((t) => `(assert ${write(t)})`),
    '(check-sat)',
    '',
  ].join('\n');
}

/** The nodes that the terms are made of, children first, and how often each is used. */
function cone(terms: Terms, roots: readonly Term[]): { order: readonly Term[]; uses: ReadonlyMap<Term, number> } {
  const uses = new Map<Term, number>();
  const open: Term[] = [];
  const use = (t: Term): void => {
    const node = unsigned(t);
    const before = uses.get(node);
    uses.set(node, (before ?? 0) + 1);
    if (before === undefined) open.push(node);
  };
  roots.filter((root) => unsigned(root) !== terms.true).forEach(use);
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let i = 0; i < terms.arity(node); i++) use(terms.child(node, i));
  return { order: [...uses.keys()].sort((a, b) => a - b), uses };
}

const RESERVED = new Set(
  '! _ as BINARY DECIMAL exists HEXADECIMAL forall lambda let match NUMERAL par STRING true false not and or xor ite = => distinct Bool'.split(
    ' ',
  ),
);

/** A name as a symbol of SMT-LIB, unlike any other name's, any gate's and any reserved word. */
function symbol(name: string): string {
  const safe = name.replaceAll(/[%!|\\]|[^ -~]/g, (c) => `%${c.codePointAt(0)!.toString(16)};`);
  const own = safe === '' || RESERVED.has(safe) ? `!${safe}` : safe;
  return /^[a-z~%^&*_+=<>?/-][a-z0-9~!@$%^&*_+=<>.?/-]*$/i.test(own) ? own : `|${own}|`;
}
