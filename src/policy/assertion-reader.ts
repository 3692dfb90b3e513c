/** Reading an `assert`: what it is asked of, and what each of these must have. */
import type { ProblemAt } from '../base/problem.ts';
import { type Feature, bearersOf, havingOf, parseFeature } from '../network/feature.ts';
import type { Network } from '../network/network.ts';
import type { Assertion } from './assertion.ts';
import type { Path } from './document.ts';
import { type Reader, itemsOf, note, readSelection } from './reader.ts';
import type { PropertyDocument } from './schema.ts';
import type { Selection } from './selection.ts';

/** Undefined where something is wrong, which is noted: also where it is asked of what can not have it. */
export function readAssertion(
  reader: Reader,
  { on, has }: NonNullable<PropertyDocument['assert']>,
  path: Path,
): Assertion | undefined {
  const selection = readSelection(reader, on, [...path, 'on']);
  const features: Feature[] = [];
  for (const [text, at] of itemsOf<string>(has, [...path, 'has'])) {
    const feature = parseFeature(text);
    if (feature.ok) features.push(feature.value);
    else for (const problem of feature.problems) note(reader, at, problem);
  }
  if (selection === undefined) return undefined;
  for (const problem of strangers(reader.network, selection, features)) note(reader, [...path, 'on'], problem);
  return { on: selection, has: features };
}

function strangers(network: Network, { matches }: Selection, features: readonly Feature[]): readonly ProblemAt[] {
  return matches.flatMap(({ term, resources }) =>
    features.flatMap((feature): readonly ProblemAt[] => {
      const code = 'not-its-kind';
      const hint = `\`${feature.text}\` is asked of ${bearersOf(feature)}.`;
      const message = `\`${term.text}\` is a place, and no resource that has something.`;
      if (resources.length === 0) return [{ code, column: term.column, message, hint }];
      const stranger = resources.find((resource) => havingOf(network, resource, feature) === undefined);
      if (stranger === undefined) return [];
      const what = `\`${stranger.name ?? stranger.id}\` cannot have \`${feature.text}\`.`;
      return [{ code, column: term.column, message: what, hint }];
    }),
  );
}
