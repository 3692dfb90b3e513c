/** Links resolved: to the identity of the resource that they name, or to the value of one of its attributes. */
import { type At, type Construct, type Reading, topOf } from './reading.ts';
import type { DeclaredResource } from './resource.ts';
import { Link, Unknown, type Value } from './value.ts';

const everywhere: ReadonlySet<string> = new Set(['Ref', 'Id', 'Arn']);

export const isIdentity = (construct: Construct | undefined, attribute: string): boolean =>
  everywhere.has(attribute) || construct?.identities?.includes(attribute) === true;

/** The value with no link at its top: links to identities become ids, links to attributes what those are. */
export function resolve(reading: Reading, value: Value, depth = 0): Exclude<Value, Link> {
  if (!(value instanceof Link)) return value;
  const { resource, attribute } = value;
  const target = reading.byAddress.get(resource);
  if (target === undefined) return new Unknown(`\`${resource}\` is not in the input`);
  const construct = reading.constructs.get(target.type);
  if (isIdentity(construct, attribute)) return target.id;
  const found = attributeOf(topOf(reading, target), construct, attribute);
  // A circle of attributes leads nowhere.
  if (found === undefined || depth > 20) return new Unknown(`the ${attribute} of \`${resource}\``);
  return resolve(reading, found, depth + 1);
}

/** An attribute that is a property's name has its value. */
const attributeOf = (at: At, construct: Construct | undefined, attribute: string): Value | undefined =>
  construct?.attribute?.(at, attribute) ?? at.fields[attribute];

/** What an id names: a declared resource, or what AWS makes along with one. */
export interface Named {
  readonly id: string;
  /** CloudFormation's type; absent where the id names nothing of the input. */
  readonly type?: string;
  readonly resource?: DeclaredResource;
}

export function nameOf(reading: Reading, id: string): Named {
  const resource = reading.byId.get(id);
  if (resource !== undefined) return { id, type: resource.type, resource };
  const type = reading.derived.get(id);
  return type === undefined ? { id } : { id, type };
}
