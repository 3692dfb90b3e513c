/** What the things of VPC Lattice have in common: ids and ARNs alike name them, and what may be there works perhaps. */
import { present } from '../../base/present.ts';
import { lastOfArn } from '../arn.ts';
import { resource } from './common.ts';
import { everyOne } from './every.ts';
import { candidatesOf, idOf, known, text } from './property.ts';
import { type At, isThere, note, type Reading } from './reading.ts';
import { Unknown } from './value.ts';

/** The thing itself, by its id. */
export const latticeResource = (at: At) => ({
  ...resource(at, { name: known(text(at, 'Name')) }),
  id: lastOfArn(at.of.id),
});

export const latticeState = (at: At): 'active' | 'pending' => (isThere(at) ? 'active' : 'pending');

/** With another type than `AWS_IAM` an auth policy has no effect; one that is not known counts as unread. */
export function authorizes(at: At): { readonly authorizes?: boolean } {
  const type = text(at, 'AuthType');
  if (type instanceof Unknown) note(at, 'AuthType', type, 'whom it lets pass is not known');
  return present({ authorizes: type instanceof Unknown ? undefined : (type ?? 'NONE') !== 'NONE' });
}

/** The identity of what is named by an id or an ARN. */
function identityOf(reading: Reading, id: string, type: string): string {
  if (reading.byId.has(id)) return id;
  const same = (reading.byType.get(type) ?? []).find(({ of }) => lastOfArn(of.id) === lastOfArn(id));
  return same?.of.id ?? id;
}

/** What a property names, and whether that is known; where it is not, all that it may be. */
export interface Named {
  /** Identities; `lastOfArn` makes ids of them. */
  readonly ids: readonly string[];
  readonly known: boolean;
}

export function namedBy(at: At, key: string, type: string, taken: string): Named {
  const told = idOf(at, key, type);
  if (!(told instanceof Unknown))
    return { ids: told === undefined ? [] : [identityOf(at.in, told, type)], known: true };
  note(at, key, told, taken);
  const candidates = candidatesOf(at, told);
  if (candidates.length > 0) return { ids: candidates, known: false };
  const outside = [...at.in.outside.named].flatMap(([id, one]) => (one.type === type ? [id] : []));
  return { ids: [...new Set([...everyOne(at.in, type), ...outside])], known: false };
}
