/** What every resource of an answer has: id, names, tags, owner and Region, as far as the answer tells. */
import type { Resource } from '../../network/resource.ts';
import { type At, isObject, provenance } from './fields.ts';

interface Told {
  /** AWS's own name for the resource. */
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly account?: string | undefined;
  readonly zone?: string | undefined;
}

export function resource(at: At<object>, id: string, told: Told = {}): Resource {
  const tags = tagsOf(at.json);
  const [, arnRegion, arnAccount] =
    told.arn === undefined ? [] : (/^arn:[^:]*:[^:]*:([^:]*):(\d*)/.exec(told.arn) ?? []);
  const found: { -readonly [K in keyof Resource]: Resource[K] } = { id, tags, source: provenance(at) };
  const name = tags['Name'] ?? told.name;
  const account = accountNumber(told.account) ?? accountNumber(arnAccount) ?? at.in.account;
  const region = (arnRegion === '' ? undefined : arnRegion) ?? at.in.region ?? regionOfZone(told.zone);
  if (name !== undefined) found.name = name;
  if (told.arn !== undefined) found.arn = told.arn;
  if (account !== undefined) found.account = account;
  if (region !== undefined) found.region = region;
  return found;
}

const accountNumber = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{12}$/.test(text) ? text : undefined;

/** The Region of a zone's name (`us-east-1a`, `us-east-1-bos-1a`); undefined for a zone's id. */
const regionOfZone = (zone: string | undefined): string | undefined =>
  zone === undefined ? undefined : /^[a-z]{2}(?:-[a-z]+)+-\d+/.exec(zone)?.[0];

const none: Readonly<Record<string, string>> = {};

/** `Tags`, `TagSet` of network interfaces, `tags` of Direct Connect. */
export function tagsOf(json: object): Readonly<Record<string, string>> {
  const { Tags, TagSet, tags: small } = json as { Tags?: unknown; TagSet?: unknown; tags?: unknown };
  const list = Tags ?? TagSet ?? small;
  if (!Array.isArray(list) || list.length === 0) return none;
  const tags: Record<string, string> = {};
  for (const tag of list as unknown[]) {
    if (!isObject(tag)) continue;
    const { Key: key = tag['key'], Value: value = tag['value'] } = tag;
    if (typeof key === 'string') tags[key] = typeof value === 'string' ? value : '';
  }
  return tags;
}
