/** JSON as it was parsed, and looking into it without trusting its shape. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (json: unknown): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const isList = (json: unknown): json is readonly Json[] => Array.isArray(json);

/** A member that is an object; an empty one where it is anything else. */
export const objectIn = (json: unknown, key: string): JsonObject => {
  const found = isObject(json) ? json[key] : undefined;
  return isObject(found) ? found : {};
};

/** A member that is a list; an empty one where it is anything else. */
export const listIn = (json: unknown, key: string): readonly Json[] => {
  const found = isObject(json) ? json[key] : undefined;
  return isList(found) ? found : [];
};

export const textIn = (json: unknown, key: string): string | undefined => {
  const found = isObject(json) ? json[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** Whether anything in it is `true`. */
export const holdsTrue = (json: Json): boolean =>
  json === true || (typeof json === 'object' && json !== null && Object.values(json).some(holdsTrue));
