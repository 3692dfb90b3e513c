/** The answers that a snapshot was made of, and the hash of the network that they make (`canonical.ts`). */
import type { JsonFile } from '../files.ts';

export interface Kept {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly files: readonly Pick<JsonFile, 'file' | 'json'>[];
}
