/** What a certificate is: one JSON file for each property; its big parts are base64 of raw deflate (`docs/certificates.md`). */

export interface Certificate {
  readonly format: 'vpcproof-certificate';
  readonly version: 1;
  /** `sha256:` and 64 digits: over the whole file's bytes, with these digits written as zeros. */
  readonly digest: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** As read, its groups resolved. */
  readonly property: {
    readonly id: string;
    readonly title: string | null;
    readonly kind: 'forbid' | 'require' | 'isolate' | 'assert';
    /** All that is needed to ask it again of a network. */
    readonly written: unknown;
    /** With their members. */
    readonly questions: readonly unknown[];
  };
  readonly verdict: 'holds' | 'violated';
  readonly network: { readonly sha256: string };
  /** Over the property as written, canonical JSON. */
  readonly policy: { readonly sha256: string };
  readonly assumptions: readonly string[];
  readonly facts: readonly unknown[];
  readonly defaults: readonly unknown[];
  readonly unmodelled: readonly unknown[];
  /** What is still taken on trust, in sentences. */
  readonly trusted: readonly string[];
  /** What has to be refuted or shown for the verdict: exactly one piece of evidence for each, in the same order. */
  readonly obligations: readonly Obligation[];
  readonly evidence: readonly Evidence[];
}

export interface Obligation {
  /** Which of the property's questions. */
  readonly question: number;
  readonly family: 'ipv4' | 'ipv6';
  /** Which of the networks that are looked at: where addresses that AWS will pick lie, which hosts are imagined. */
  readonly variant: string;
  readonly kind: Evidence['kind'];
  readonly says: string;
}

export type Evidence = Refutation | Witness | Facts;

/** A set of clauses, and why they cannot all hold. */
export interface Refutation {
  readonly kind: 'refutation';
  readonly obligation: number;
  readonly variables: number;
  /** What variables mean, in ranges or one by one: every variable covered once, ascending. */
  readonly meanings: readonly { readonly from: number; readonly to: number; readonly means: string }[];
  readonly clauses: number;
  /** What each run of clauses says (which place, rule, route), covering all clauses in order. */
  readonly groups: readonly { readonly clauses: number; readonly means: string }[];
  /** base64 of raw deflate: zigzag LEB128 varints of the literals, each clause ended by 0. */
  readonly cnf: string;
  /** base64 of raw deflate: for each step a varint, 0 for added or 1 for deleted, then its literals as above, ended by 0. */
  readonly proof: string;
  /** Of the loop formulas among the groups: the states, each set with all ways in from outside. */
  readonly loops: readonly (readonly number[])[];
}

/** A flow, and all that its replay takes. */
export interface Witness {
  readonly kind: 'witness';
  readonly obligation: number;
  readonly flow: unknown;
  readonly replay: unknown;
}

/** What a statement about the configuration stands on. */
export interface Facts {
  readonly kind: 'facts';
  readonly obligation: number;
  readonly cited: readonly unknown[];
}
