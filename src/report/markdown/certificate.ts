/** Certificates of verdicts: their hashes, and the command that checks them again. */
import type { PropertyResult } from '../../result/document.ts';
import { code, folded, table } from './markup.ts';

/** With an empty line before it; nothing where none was asked for. */
export function certificatesMarkdown(results: readonly PropertyResult[]): readonly string[] {
  const rows = results.flatMap(({ id, certificate }) =>
    certificate === null ? [] : [[code(id), code(certificate.file), code(`sha256:${certificate.sha256}`)]],
  );
  if (rows.length === 0) return [];
  return [
    '',
    ...folded('Certificates, which are checked without the solver', [
      ...table(['property', 'file', 'hash'], rows),
      '',
      `Each is checked again by ${code('vpcproof verify-certificate FILE')}, and held against the network itself with ${code('--network NETWORK')}.`,
    ]),
  ];
}
