/** A document as a source hands it on: a file's name, and its text or its parsed content. */

/** `json` is what `JSON.parse` gives; it is read, never changed. */
export type SourceDocument =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly json: unknown };
