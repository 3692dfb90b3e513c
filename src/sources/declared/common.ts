/** What every resource of a declaration has: id, names, tags, owner and Region, and where it is declared. */
import type { Resource } from '../../network/resource.ts';
import { known, objects, text, value } from './property.ts';
import { type At, provenance } from './reading.ts';
import { isFields, Unknown } from './value.ts';

interface Told {
  /** AWS's own name for the resource. */
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
}

/** Of the declared resource itself. */
export const resource = (at: At, told: Told = {}): Resource => derivedResource(at, at.of.id, told, tagsOf(at), at.of);

/** Of what AWS makes along with it: its tags are none, and its address is its maker's alone. */
export function derivedResource(
  at: At,
  id: string,
  told: Told = {},
  tags: Resource['tags'] = {},
  declared?: Pick<At['of'], 'address' | 'formerly'>,
): Resource {
  const { account, region } = at.of;
  const name = tags['Name'] ?? told.name;
  const found: { -readonly [K in keyof Resource]: Resource[K] } = { id, tags, source: provenance({ ...at, path: '' }) };
  if (name !== undefined) found.name = name;
  if (told.arn !== undefined) found.arn = told.arn;
  if (account !== undefined) found.account = account;
  if (region !== undefined) found.region = region;
  if (declared !== undefined) {
    found.declaredAs = declared.address;
    if (declared.formerly !== undefined) found.formerly = declared.formerly;
  }
  return found;
}

/** `Tags`, a list of keys and values, or an object of them. Those whose value is not known are left out. */
export function tagsOf(at: At): Resource['tags'] {
  const told = value(at, 'Tags');
  const tags: Record<string, string> = {};
  if (isFields(told)) {
    const inner = { ...at, fields: told, path: 'Tags' };
    for (const key of Object.keys(told)) {
      const one = known(text(inner, key));
      if (one !== undefined) tags[key] = one;
    }
    return tags;
  }
  const listed = objects(at, 'Tags');
  if (told instanceof Unknown || listed.unknown.length > 0) at.in.openTags.add(at.of.address);
  for (const tag of listed.known) {
    const key = known(text(tag, 'Key'));
    const one = known(text(tag, 'Value'));
    if (key !== undefined && one !== undefined) tags[key] = one;
    else if (text(tag, 'Value') instanceof Unknown) at.in.openTags.add(at.of.address);
  }
  return tags;
}
