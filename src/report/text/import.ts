/** `import` as text: what was written, and how much of the input it holds. */
import type { ImportDocument } from '../../result/document.ts';
import { lines } from './layout.ts';
import { leaningLines } from './leaning.ts';
import type { Paint } from './paint.ts';

export function importText(document: ImportDocument, paint: Paint, quiet: boolean): string {
  const written = `wrote ${paint.bold(document.output)}`;
  if (quiet) return '';
  return lines([written, '', ...leaningLines({ ...document, assumptions: [], facts: [] }, paint)]);
}
