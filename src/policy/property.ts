/** A property of a policy: what it demands of a network, and how its outcome counts. */
import type { Assertion } from './assertion.ts';
import type { Intent } from './intent.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export interface Waiver {
  /** The last day on which it counts, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
}

/** What it takes to read a property again. */
export interface Written {
  /** A policy file with this property alone, as plain JSON. */
  readonly policy: unknown;
  /** Declared beside the file, in the words of `--assume`. */
  readonly assume: readonly string[];
  readonly potential: boolean;
}

export interface Property {
  readonly id: string;
  readonly title?: string;
  readonly severity: Severity;
  readonly waive?: Waiver;
  readonly kind: 'forbid' | 'require' | 'isolate' | 'assert';
  /** It holds if each of these does; `isolate` is two a pair, `assert` asks for none. */
  readonly intents: readonly Intent[];
  /** Of an `assert`: what has to be so besides. */
  readonly assertion?: Assertion;
  /** All that it takes to read it again, as plain JSON (`written.ts`). */
  readonly written: Written;
  /** Over nothing, it holds. */
  readonly allowEmpty: boolean;
  /** Where it stands: file, and `line:column`. */
  readonly source: { readonly file: string; readonly place: string };
}
