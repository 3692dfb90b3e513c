/** Where in the input something stands. */

export interface SourceJson {
  /** As the person named it, or reached from what they named. */
  readonly file: string;
  /** A JSON pointer, `line:column`, or an address of the file's own language. */
  readonly place: string;
  /** From 1, where it was looked for and found. */
  readonly line?: number;
}
