/** Plans and states of Terraform, until their reader is joined. */
import type { Problem } from '../base/problem.ts';
import { fail, type Result } from '../base/result.ts';
import type { Declaration } from './declared/resource.ts';

export const isTerraform = (_: unknown): boolean => false;
export const refuseBytes = (_: string, __: Uint8Array): Problem | undefined => undefined;
export const refuseText = (_: string, __: string): Problem | undefined => undefined;
export const readTerraform = (file: string, _: unknown): Result<{ before?: Declaration; after: Declaration }> =>
  fail({ code: 'not-terraform', file, message: 'Plans are not read yet.' });
