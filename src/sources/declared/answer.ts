/**
 * A property as AWS's own answers would show it, so that one reader serves both: links are the ids of what they mean,
 * and every word is a text but for numbers and flags, since templates write either for the other.
 */
import type { At as AnswerAt } from '../describe/fields.ts';
import { resolve } from './link.ts';
import { value } from './property.ts';
import { type At, provenance } from './reading.ts';
import { isFields, Unknown, type Value } from './value.ts';

/** The fields whose values are no texts, and what stands in for those that are not known, by JSON pointer. */
export interface Shape {
  readonly numbers?: ReadonlySet<string>;
  readonly flags?: ReadonlySet<string>;
  readonly standIn?: (place: string) => string | undefined;
}

export interface Answer<T> {
  readonly at: AnswerAt<T>;
  /** What is not known, and nothing stands in for: it is left out. */
  readonly unknown: readonly Unknown[];
}

/** Undefined where the property is absent. */
export function answerOf<T>(at: At, key: string, shape: Shape = {}): Answer<T> | undefined {
  const found = value(at, key);
  if (found === undefined) return undefined;
  const unknown: Unknown[] = [];
  const walk = (raw: Value, name: string, place: string): unknown => {
    const one = resolve(at.in, raw);
    if (one instanceof Unknown) {
      const instead = shape.standIn?.(place);
      if (instead === undefined) unknown.push(one);
      return instead;
    }
    if (Array.isArray(one))
      return (one as readonly Value[]).flatMap((each, index) => walk(each, name, `${place}/${index}`) ?? []);
    if (!isFields(one)) return one === null ? undefined : wordOf(one as string | number | boolean, name, shape);
    const fields = Object.entries(one).map(([field, each]) => [field, walk(each, field, `${place}/${field}`)] as const);
    return Object.fromEntries(fields.filter(([, each]) => each !== undefined));
  };
  const json = walk(found, key, '') as T;
  return { at: answerAt(at, key, json), unknown };
}

/** Some JSON in the place of the property. */
export function answerAt<T>(at: At, key: string, json: T): AnswerAt<T> {
  const { file, place } = provenance(at);
  const { account, region } = at.of;
  return {
    json,
    place: key === '' ? place : `${place}/${key}`,
    in: { file, account, region, request: undefined, problems: at.in.problems },
  };
}

function wordOf(told: string | number | boolean, key: string, { numbers, flags }: Shape): string | number | boolean {
  const text = String(told);
  if (numbers?.has(key) === true) return /^\s*-?\d+\s*$/.test(text) ? Number(text) : told;
  if (flags?.has(key) === true) return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : told;
  return text;
}
