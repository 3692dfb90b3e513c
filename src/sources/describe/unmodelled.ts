/** Lists that no part of the network stands for: every resource in them is named, with why and what it could change. */
import known from '../../../models/unmodelled.json' with { type: 'json' };
import type { CoverageEntry } from '../../network/coverage.ts';
import type { Provenance } from '../../network/resource.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, isObject, provenance } from './fields.ts';
import { fileNameOf } from './subject.ts';

interface Reason {
  readonly why: string;
  readonly affects: string;
}

const reasons: Readonly<Record<string, Reason>> = known;

export const isKnownUnmodelled = (key: string): boolean => Object.hasOwn(reasons, key);

/** What is known to be not modelled under that name. */
export function entryOf(kind: string, id: string, source: Provenance): CoverageEntry {
  const { why, affects } = reasonOf(kind);
  return { kind, id, status: 'not-modelled', why, affects, source };
}

const reasonOf = (key: string): Reason =>
  (isKnownUnmodelled(key) ? reasons[key] : undefined) ?? {
    why: `answers with \`${key}\` are not read by this version`,
    affects: 'any verdict that what it describes takes part in',
  };

/** One entry for each resource under a key that is not read; none for an empty list. */
export function unmodelled(key: string, value: unknown, source: Provenance, subject: string): CoverageEntry[] {
  const entry = (id: string, place: string): CoverageEntry => entryOf(key, id, { file: source.file, place });
  if (!Array.isArray(value)) return [entry(idOf(key, value) ?? subject, source.place)];
  return (value as unknown[]).map((element, index) => {
    const id = typeof element === 'string' ? element : idOf(key, element);
    return entry(id ?? `${subject} ${index + 1}`, `${source.place}/${index}`);
  });
}

/** Names what stands under a key that other calls have too, and is none of ours. */
export function passOver(at: At<object>, key: string, findings: Findings, kind = key): void {
  const source = { ...provenance(at), place: `${at.place}/${key}` };
  findings.notModelled.push(
    ...unmodelled(kind, (at.json as Record<string, unknown>)[key], source, fileNameOf(at.in.file)),
  );
}

/** Fields that name what a resource belongs to, not the resource. */
const belongsTo =
  /^(?:Owner|Requester|Vpc|Subnet|Image|KeyPair|CreatorRequest|Account|AwsAccount|HostedZone|Allocation)Id$/;

/** What a resource calls itself, told by its own field names: `VolumeId` in `Volumes`, else an id, an ARN, a name. */
function idOf(key: string, element: unknown): string | undefined {
  if (!isObject(element)) return undefined;
  const stem = key.replace(/(?:ies|es|s)$/, (end) => (end === 'ies' ? 'y' : ''));
  const texts = Object.entries(element).filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '',
  );
  const find = (wanted: (name: string) => boolean): string | undefined =>
    texts.find(([name]) => wanted(name) && !belongsTo.test(name))?.[1];
  return (
    find((name) => name === `${stem}Id` || name === `${stem}Identifier`) ??
    find((name) => name === `${stem}Arn` || name === `${stem}ARN`) ??
    find((name) => name === `${stem}Name`) ??
    find((name) => name.endsWith('Arn') || name.endsWith('ARN') || name === 'arn') ??
    find((name) => /(?:^|[a-z])Id(?:entifier)?$/.test(name)) ??
    find((name) => /Name$/i.test(name))
  );
}
