/** Records whose absent fields are absent, not undefined. */

/** The keys that may be undefined become optional. */
export type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same record without the keys whose value is undefined. */
export function present<T extends object>(record: T): Present<T> {
  const out: Partial<T> = {};
  for (const key in record) if (record[key] !== undefined) out[key] = record[key];
  return out as unknown as Present<T>;
}
