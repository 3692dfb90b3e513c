/** A property on its own: with what its file and the command line say of all properties, as plain JSON, to be asked again. */
import { formatAssumption } from '../network/assumption.ts';
import type { PolicyDocument, PropertyDocument } from './schema.ts';

export interface Written {
  /** A policy file with this property alone. */
  readonly policy: PolicyDocument;
  /** Declared beside the file, in the words of `--assume`. */
  readonly assume: readonly string[];
  readonly potential: boolean;
}

export const writtenAs = (
  document: PolicyDocument,
  property: PropertyDocument,
  { sides, potential }: { readonly sides: ReadonlyMap<string, boolean>; readonly potential: boolean },
): Written => ({
  policy: { ...document, properties: [property] },
  assume: [...sides].map(([key, side]) => formatAssumption(key, side)).toSorted(),
  potential,
});
