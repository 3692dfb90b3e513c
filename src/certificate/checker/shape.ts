/** Of what type a JSON value is, part by part: what is wrong is told with its place. */

/** Tells what is wrong with a value that stands at a place. */
export type Form = (value: unknown, place: string, tell: (reason: string) => void) => void;

export const is =
  (what: string, holds: (value: unknown) => boolean): Form =>
  (value, place, tell) => {
    if (!holds(value)) tell(`${place} is not ${what}`);
  };

export const anything: Form = () => undefined;
export const text = is('text', (value) => typeof value === 'string');
export const yesOrNo = is('true or false', (value) => typeof value === 'boolean');
export const number = is('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
export const sha256 = is('64 hexadecimal digits', (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
export const oneOf = (...values: readonly unknown[]): Form =>
  is(values.join(' or '), (value) => values.includes(value));

export const list =
  (item: Form): Form =>
  (value, place, tell) => {
    if (!Array.isArray(value)) return tell(`${place} is not a list`);
    value.forEach((each, i) => item(each, `${place}[${i}]`, tell));
  };

/** A list of so many, each of its own form. */
const tuple =
  (...items: readonly Form[]): Form =>
  (value, place, tell) => {
    if (!Array.isArray(value) || value.length !== items.length)
      return tell(`${place} is not a list of ${items.length}`);
    items.forEach((item, i) => item(value[i], `${place}[${i}]`, tell));
  };

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** These keys in this order, and none besides. */
export const record =
  <T>(forms: { readonly [K in keyof T]-?: Form }): Form =>
  (value, place, tell) => {
    if (!isRecord(value)) return tell(`${place} is not an object`);
    const wanted = Object.keys(forms);
    const keys = Object.keys(value);
    if (keys.join() !== wanted.join()) tell(`${place} has the keys ${keys.join(', ')}, and not ${wanted.join(', ')}`);
    for (const [key, form] of Object.entries<Form>(forms))
      if (Object.hasOwn(value, key)) form(value[key], place === '' ? key : `${place}.${key}`, tell);
  };

/** The first of these keys, any of the others, and none besides. */
export const recordWith =
  <T>(needed: readonly (keyof T & string)[], forms: { readonly [K in keyof T]-?: Form }): Form =>
  (value, place, tell) => {
    if (!isRecord(value)) return tell(`${place} is not an object`);
    for (const key of needed) if (!Object.hasOwn(value, key)) tell(`${place} has no ${key}`);
    for (const [key, inner] of Object.entries(value))
      if (Object.hasOwn(forms, key)) forms[key as keyof T](inner, `${place}.${key}`, tell);
      else tell(`${place} has the key ${key}, which is not known`);
  };

/** One of several records, told by its `kind`. */
export const byKind =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value, place, tell) => {
    const kind = isRecord(value) ? value['kind'] : undefined;
    if (typeof kind === 'string' && Object.hasOwn(forms, kind)) forms[kind]!(value, place, tell);
    else tell(`${place} is of no kind that is known`);
  };

/** A number without bound, as `{ "bigint": DIGITS }`. */
export const digits = record<{ bigint: string }>({
  bigint: is('a number', (value) => typeof value === 'string' && /^(?:0|[1-9]\d*)$/.test(value)),
});

/** Values by text, as `{ "map": [[TEXT, VALUE], …] }`. */
export const mapOf = (value: Form): Form => record<{ map: unknown }>({ map: list(tuple(text, value)) });
