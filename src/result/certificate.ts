/** What was found of a certificate, as it is published. */

export interface CertificateResult {
  readonly file: string;
  readonly status: 'accepted' | 'refused' | 'unreadable';
  /** Of a file that is not accepted. */
  readonly reasons: readonly string[];
  /** Of one that is. */
  readonly certificate?: CertificateSummary;
  readonly timeMs: number;
}

/** What a certificate says, and what was checked of it. */
export interface CertificateSummary {
  /** Over all bytes of the file. */
  readonly digest: string;
  /** What made it. */
  readonly tool: { readonly name: string; readonly version: string };
  readonly property: {
    readonly id: string;
    readonly title: string | null;
    readonly kind: 'forbid' | 'require' | 'isolate' | 'assert';
  };
  readonly verdict: 'holds' | 'violated';
  readonly network: { readonly sha256: string };
  readonly policy: { readonly sha256: string };
  readonly assumptions: readonly string[];
  readonly facts: readonly unknown[];
  readonly defaults: readonly unknown[];
  readonly unmodelled: readonly unknown[];
  /** What is still taken on trust, in sentences. */
  readonly trusted: readonly string[];
  readonly shown: readonly ShownJson[];
  /** Files written for other checkers. */
  readonly exported: readonly string[];
}

/** An obligation that is met. */
export interface ShownJson {
  readonly says: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly kind: 'refutation' | 'witness' | 'facts';
  /** Of a refutation. */
  readonly proof?: {
    readonly variables: number;
    readonly clauses: number;
    /** What the empty clause means, if it is among them: then what they say cannot be from the outset. */
    readonly empty: string | null;
    readonly steps: number;
    /** The steps after which unit propagation found the contradiction. */
    readonly needed: number;
    /** Deletions that were not carried out, of clauses by which a literal is known. */
    readonly kept: number;
  };
}
