/** Edits of a network as documents publish them: what was asked for, and what it did. */

export interface EditJson {
  /** In one line, as `--set` takes it. */
  readonly edit: string;
  /** Where it is written: a file of edits, or `--set`, whose lines are the options in their order. */
  readonly source: { readonly file: string; readonly place: string };
  readonly changes: readonly ChangeJson[];
  /** What is worth knowing besides: one sentence each. */
  readonly notes: readonly string[];
}

/** New where `before` is absent, gone where `after` is. */
export interface ChangeJson {
  readonly resource: string;
  readonly name?: string;
  readonly kind: string;
  /** `ingress rule`, `route`, `state`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}
