/** A property on its own: with what its file and the command line say of all properties, as plain JSON, to be asked again. */
import { formatSides } from '../network/assumption.ts';
import type { Written } from './property.ts';
import type { PolicyDocument, PropertyDocument } from './schema.ts';

export const writtenAs = (
  document: PolicyDocument,
  property: PropertyDocument,
  { sides, potential }: { readonly sides: ReadonlyMap<string, boolean>; readonly potential: boolean },
): Written => ({
  policy: { ...document, properties: [property] },
  assume: formatSides(sides).toSorted(),
  potential,
});
