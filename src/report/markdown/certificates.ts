/** The certificates that were written, and how anybody checks them again. */
import type { PropertyResult } from '../../result/document.ts';
import { code, plain, table } from './markup.ts';

export function certificatesMarkdown(results: readonly PropertyResult[]): readonly string[] {
  const written = results.flatMap(({ id, certificate }) => (certificate === null ? [] : [{ id, ...certificate }]));
  if (written.length === 0) return [];
  return [
    '',
    '<details><summary>Certificates</summary>',
    '',
    'Each proves its verdict to whoever does not trust this program; `vpcproof verify-certificate FILE --network NETWORK` checks it.',
    '',
    ...table(
      ['property', 'file', 'sha256'],
      written.map(({ id, file, sha256 }) => [code(id), plain(file), code(sha256)]),
    ),
    '',
    '</details>',
  ];
}
