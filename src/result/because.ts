/** Why a property holds, in words: what its proof rests on. */

/**
 * One thing on which the proof rests. With all of them as they are, everything else of their kinds (groups, ACLs, route
 * tables, firewalls, Block Public Access, public addresses, exceptions, what is declared not to happen) could let
 * everything through, and the property would still hold; were one of them to do so too, it would not. Where it is not told
 * on which route tables it rests, `routes` stands for all of them.
 */
export interface Because {
  /** An id; the text of an exception; what was declared. */
  readonly resource: string;
  /** A hop's kind, `exception` or `assumption`. */
  readonly kind: string;
  readonly direction?: 'in' | 'out';
  /** One sentence. */
  readonly says: string;
  /** The rules or routes that it has, at most a dozen of them, then how many more. */
  readonly rules: readonly string[];
  /** Of a route table: what goes by each of its routes, and what of the others closes that; by none it leads to no end. */
  readonly ways?: readonly { readonly route: string; readonly closedBy: readonly string[] }[];
  /** Were it alone to let everything through, all else as it is, the property would not hold. */
  readonly alone: boolean;
  readonly source?: { readonly file: string; readonly place: string };
}

export interface Why {
  readonly because: readonly Because[];
  /** No such flow is possible at all, whatever rules and routes say: one sentence. */
  readonly vacuousBecause?: string;
  /** Remarks on what was not worked out, and on exceptions that excuse nothing. */
  readonly notes: readonly string[];
}
