/**
 * Declared properties as AWS's own answers would show them, so that one reader serves both: links are the ids of what
 * they mean, and every word is a text but for numbers and flags, since templates write either for the other.
 */
import { isFields, Link, Unknown, type Value } from './value.ts';

/** The fields whose values are no texts. */
export interface Shape {
  readonly numbers?: ReadonlySet<string>;
  readonly flags?: ReadonlySet<string>;
}

export interface Plain {
  /** JSON, from which all that is unknown is left out. */
  readonly json: unknown;
  /** Where something was left out: JSON pointers from the value. */
  readonly unknown: readonly { readonly place: string; readonly value: Unknown }[];
}

/** `identify` tells the id that a link means. */
export function plain(value: Value, shape: Shape, identify: (link: Link) => string | Unknown): Plain {
  const unknown: { place: string; value: Unknown }[] = [];
  const walk = (one: Value, key: string, place: string): unknown => {
    const told = one instanceof Link ? identify(one) : one;
    if (told instanceof Unknown) {
      unknown.push({ place, value: told });
      return undefined;
    }
    if (Array.isArray(told))
      return (told as readonly Value[]).flatMap((each, index) => walk(each, key, `${place}/${index}`) ?? []);
    if (isFields(told)) {
      const fields = Object.entries(told).map(([name, each]) => [name, walk(each, name, `${place}/${name}`)] as const);
      return Object.fromEntries(fields.filter(([, each]) => each !== undefined));
    }
    return told === null ? undefined : wordOf(told as string | number | boolean, key, shape);
  };
  return { json: walk(value, '', ''), unknown };
}

function wordOf(value: string | number | boolean, key: string, { numbers, flags }: Shape): string | number | boolean {
  if (numbers?.has(key) === true) {
    const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
    return typeof number === 'number' ? number : value;
  }
  if (flags?.has(key) === true) {
    const word = String(value).toLowerCase();
    return word === 'true' ? true : word === 'false' ? false : value;
  }
  return String(value);
}
