/** One resource seen twice: in two pages, two files, or from two accounts. */
import { type At, isObject } from './fields.ts';
import { tagsOf } from './resource.ts';
import { folderOf } from './subject.ts';

/**
 * The resource of two sightings; undefined when they contradict each other. Order in lists carries no meaning. Two
 * accounts see their own tags of a shared resource, and not every field: what both see must be the same.
 */
export function reconcile(first: At<object>, second: At<object>): At<object> | undefined {
  const sameEyes = first.in.account === second.in.account && folderOf(first.in.file) === folderOf(second.in.file);
  if (!(sameEyes ? same(first.json, second.json) : agree(first.json, second.json))) return undefined;
  const one = tagsOf(first.json);
  const other = tagsOf(second.json);
  if (sameEyes && Object.entries(other).some(([key, value]) => (one[key] ?? value) !== value)) return undefined;
  const extra = Object.entries(other).filter(([key]) => one[key] === undefined);
  if (sameEyes && extra.length === 0) return first;
  const tags = [...Object.entries(one), ...extra].map(([Key, Value]) => ({ Key, Value }));
  const tagKey = 'TagSet' in first.json ? 'TagSet' : 'Tags';
  return { ...first, json: { ...second.json, ...first.json, ...(tags.length > 0 ? { [tagKey]: tags } : {}) } };
}

const isTags = (key: string): boolean => key === 'Tags' || key === 'TagSet' || key === 'tags';

const same = (a: object, b: object): boolean => fingerprint(a) === fingerprint(b);

/** JSON with keys and elements in order, without tags. */
function fingerprint(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(fingerprint).sort().join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).filter((key) => !isTags(key) && value[key] !== null);
  return `{${keys
    .sort()
    .map((key) => `${key}:${fingerprint(value[key])}`)
    .join(',')}}`;
}

function agree(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return fingerprint(a) === fingerprint(b);
  return Object.keys(a).every((key) => isTags(key) || !(key in b) || agree(a[key], b[key]));
}
