/** A problem in what a person gave: where it is, what it is, and what to do about it. */

export interface Problem {
  /** Stable and in kebab-case, for scripts: `json-syntax`, `dangling-reference`. */
  readonly code: string;
  /** The file as the person named it, or reached from what they named. */
  readonly file?: string;
  /** The place inside the file: a JSON pointer, or `line:column`. */
  readonly place?: string;
  /** What is wrong, in AWS's words, the person's names in backticks. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

/** A problem in one line of text, before it is known where that text stands. `column` counts characters from 1. */
export type ProblemAt = Omit<Problem, 'file' | 'place'> & { readonly column: number };
