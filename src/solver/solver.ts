/** What decides satisfiability: the interface that every solver offers, whatever is behind it. */
import type { Term } from '../logic/term.ts';

export type Check =
  | {
      readonly kind: 'sat';
      /** A variable's value in the model; false if nothing asserted needs the variable. */
      readonly value: (variable: Term) => boolean;
    }
  | {
      readonly kind: 'unsat';
      /** Assumptions that suffice for the contradiction; not always a smallest set. */
      readonly core?: readonly Term[];
    }
  | {
      readonly kind: 'unknown';
      /** `timeout`, `memory`, or a sentence with the solver's own words. */
      readonly reason: string;
    };

export interface CheckOptions {
  /** From the call on; without it, as long as it takes. */
  readonly timeoutMs?: number;
  /** Whether an `unsat` must come with a core: the first checks are faster without. */
  readonly core?: boolean;
}

export interface Solver {
  assert(t: Term): void;
  /** Whether all that was asserted can hold together with the assumptions, which are forgotten afterwards. */
  check(assumptions: readonly Term[], options?: CheckOptions): Promise<Check>;
  close(): Promise<void>;
}
