/** Reading the values of one policy file against one network, every problem noted at its place. */
import type { Problem, ProblemAt } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { Groups, Match } from '../network/selector-match.ts';
import { readAssumption } from './assume.ts';
import type { Path, PolicyFile } from './document.ts';
import type { Traffic, Waypoint } from './question.ts';
import type { SelectorDocument } from './schema.ts';
import { type Selection, select } from './selection.ts';
import { parseTraffic } from './traffic.ts';
import { waypointOf } from './waypoints.ts';

export interface Reader {
  readonly network: Network;
  readonly policy: PolicyFile;
  readonly groups: Groups;
  /** Grows as values are read. */
  readonly problems: Problem[];
}

/** Notes a problem at a value. */
export function note({ policy, problems }: Reader, path: Path, { column, ...problem }: ProblemAt): void {
  problems.push({ ...problem, file: policy.file, place: policy.place(path, column) });
}

function taken<T>(reader: Reader, path: Path, result: Result<T, ProblemAt>): T | undefined {
  if (result.ok) return result.value;
  for (const problem of result.problems) note(reader, path, problem);
  return undefined;
}

/** One value or each of a list, with the path of each. */
export const itemsOf = <T>(value: T | readonly T[], path: Path): readonly (readonly [T, Path])[] =>
  Array.isArray(value) ? (value as readonly T[]).map((item, i) => [item, [...path, i]]) : [[value as T, path]];

/** The union of what a selector, or each of a list, names. Undefined where something is wrong, which is noted. */
export function readSelection(reader: Reader, value: SelectorDocument, path: Path): Selection | undefined {
  const matches: Match[] = [];
  let whole = true;
  for (const [text, at] of itemsOf<string>(value, path)) {
    const selection = taken(reader, at, select(reader.network, text, reader.groups));
    if (selection === undefined) whole = false;
    else matches.push(...selection.matches);
  }
  return whole ? { text: [value].flat().join(', '), matches } : undefined;
}

/** Any of what a selector, or each of a list, names. */
export function readWaypoint(reader: Reader, value: SelectorDocument, path: Path): Waypoint | undefined {
  const selection = readSelection(reader, value, path);
  return selection && taken(reader, path, waypointOf(reader.network, selection));
}

export function readTraffic(
  reader: Reader,
  value: string | number | readonly (string | number)[],
  path: Path,
): readonly Traffic[] {
  return itemsOf<string | number>(value, path).flatMap(
    ([text, at]) => taken(reader, at, parseTraffic(String(text))) ?? [],
  );
}

/** Adds the sides that the assumptions declare. */
export function readAssumptions(
  reader: Reader,
  value: string | readonly string[] | undefined,
  path: Path,
  sides: Map<string, boolean>,
): void {
  if (value === undefined) return;
  for (const [text, at] of itemsOf<string>(value, path))
    for (const { key, side } of taken(reader, at, readAssumption(reader.network, text)) ?? []) sides.set(key, side);
}
