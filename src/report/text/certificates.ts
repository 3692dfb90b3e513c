/** The certificates that were written, one line each. */
import type { PropertyResult } from '../../result/document.ts';
import { section } from './layout.ts';
import type { Paint } from './paint.ts';

export function certificateLines(results: readonly PropertyResult[], paint: Paint): readonly string[] {
  const written = results.flatMap(({ certificate }) => certificate ?? []);
  if (written.length === 0) return [];
  const rows = written.map(({ file, sha256 }) => paint.dim(`${file}  sha256:${sha256}`));
  return ['', ...section(paint, 'Proofs', rows)];
}
