/** Which headers a predicate admits, at one place and without paths: what comparing and checking firewalls asks. */
import { type Header, type Plane, type Predicate, freeHeader, predicate as p, wellFormed } from '../dataplane/index.ts';
import { createTerms } from '../logic/term.ts';
import { valueOf } from '../logic/vector.ts';
import type { Family } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { openZ3 } from '../solver/z3.ts';
import type { Solver } from '../solver/solver.ts';
import { everywhere, narrow, simplify } from './domain.ts';
import { createAlphabet, predicateTerm } from './encoding.ts';
import { plainest } from './example.ts';
import { concrete } from './witness.ts';

export type Admitted =
  /** A proof that there is none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | {
      readonly kind: 'some';
      readonly packet: Packet;
      /** The number of what it carries. */
      readonly payload: bigint;
      /** Of the unknowns it depends on. */
      readonly sides: ReadonlyMap<string, boolean>;
    };

export interface Headers {
  readonly header: Header;
  /**
   * Some packet that can exist and that satisfies both predicates, the second for certain on the must side. The first
   * says where to look, and what it decides of the second is decided beforehand.
   */
  find(where: Predicate, predicate: Predicate, side: 'may' | 'must', timeoutMs: number): Promise<Admitted>;
  close(): Promise<void>;
}

export function openHeaders(plane: Plane, family: Family): Headers {
  const header = freeHeader(plane.symbols, 'sent', family);
  const alphabet = createAlphabet(createTerms());
  const { terms, must, unknowns } = alphabet;
  let started: Promise<Solver> | undefined;
  let told = 0;
  const formed = wellFormed(family);
  return {
    header,
    async find(where, predicate, side, timeoutMs) {
      const domain = narrow(everywhere, header, where);
      if (domain === undefined) return { kind: 'none' };
      const asked = p.and(formed, where, domain === everywhere ? predicate : simplify(domain, header, predicate));
      if (narrow(everywhere, header, asked) === undefined) return { kind: 'none' };
      const goal = predicateTerm(alphabet, new Map(), header, asked, true);
      const solver = await (started ??= openZ3(terms));
      for (; told < alphabet.facts.length; told++) solver.assert(alphabet.facts[told]!);
      const undeclared = [...unknowns.values()].map(({ declared }) => terms.not(declared));
      const sided = side === 'must' ? must : terms.not(must);
      const check = await solver.check([goal, sided, ...undeclared], { timeoutMs });
      if (check.kind === 'unsat') return { kind: 'none' };
      if (check.kind === 'unknown') return { kind: 'unknown', reason: check.reason };
      const values = new Map(
        [...alphabet.vectors].map(([variable, vector]) => [variable, valueOf(vector, check.value)] as const),
      );
      const sides = new Map([...unknowns].map(([key, { value }]) => [key, check.value(value)] as const));
      const plain = plainest(header, [{ header, predicate: asked }], values, (key) =>
        side === 'must' ? undefined : sides.get(key),
      );
      const packet = concrete(header, (variable) => plain.get(variable) ?? variable.domain[0]!.lo);
      const carried = header.payload.kind === 'variable' ? plain.get(header.payload) : undefined;
      return { kind: 'some', packet, payload: carried ?? 0n, sides };
    },
    async close() {
      if (started !== undefined) await (await started).close();
    },
  };
}
