/** Whether two values are one and the same, as `Fn::Equals` asks: texts by their letters; undefined where it is not known. */
import { Link, Unknown } from '../../declared/value.ts';
import { Given, isKnown, isPartialFields, type Partial, Secret, Text } from '../partial.ts';

export function same(a: Partial, b: Partial): boolean | undefined {
  if (a === b) return true;
  const known = sameKnown(a, b) ?? sameKnown(b, a);
  if (known !== undefined) return known;
  if (a instanceof Link && b instanceof Link)
    return a.resource === b.resource && a.attribute === b.attribute ? true : undefined;
  if (a instanceof Text && b instanceof Text)
    return a.parts.length === b.parts.length && a.parts.every((part, index) => same(part, b.parts[index]!) === true)
      ? true
      : undefined;
  if (Array.isArray(a) && Array.isArray(b)) return sameLists(a as readonly Partial[], b as readonly Partial[]);
  if (isPartialFields(a) && isPartialFields(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return sameLists(
      keys.map((key) => a[key] ?? null),
      keys.map((key) => b[key] ?? null),
    );
  }
  if (isKnown(a) && isKnown(b)) return typeof a === 'object' || typeof b === 'object' ? false : String(a) === String(b);
  return undefined;
}

/** Of one that is not known and one that is a text. */
function sameKnown(a: Partial, b: Partial): boolean | undefined {
  if (typeof b === 'object') return undefined;
  const text = String(b);
  if (a instanceof Secret) return a.is(text);
  if (a instanceof Given && a.allowed !== undefined && !a.allowed.includes(text)) return false;
  // What another resource is known by is never empty.
  if (a instanceof Link || (a instanceof Unknown && a.candidates.length > 0)) return text === '' ? false : undefined;
  return undefined;
}

function sameLists(a: readonly Partial[], b: readonly Partial[]): boolean | undefined {
  const all = [...a, ...b];
  if (a.length !== b.length) return all.some((item) => item instanceof Unknown) ? undefined : false;
  const each = new Set(a.map((item, index) => same(item, b[index]!)));
  return each.has(false) ? false : each.has(undefined) ? undefined : true;
}
