/** From files to a checked network. */
import { fail, type Result } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { SourceDocument } from './document.ts';

export type { SourceDocument } from './document.ts';

/** Reads files and folders, in any nesting, into one network; all problems at once when they cannot be read. */
export async function loadNetwork(paths: string | readonly string[]): Promise<Result<Network>> {
  return fail({ code: 'not-supported', message: `\`${String(paths)}\` cannot be read by this version.` });
}

/** The same for documents in memory. */
export function networkFromDocuments(documents: readonly SourceDocument[]): Result<Network> {
  return fail({ code: 'not-supported', message: `${documents.length} documents cannot be read by this version.` });
}
