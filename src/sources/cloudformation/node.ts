/** A template as it is written, in YAML or JSON alike: scalars, lists and mappings, each with the place where it stands. */

export type Node = Scalar | List | Mapping;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
  /** As it is written, where that is not what the value reads as: `yes`, `0123`. */
  readonly text?: string;
  /** `line:column` in YAML, a JSON pointer in JSON. */
  readonly place: string;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly place: string;
}

/** Short tags are told in their long form: `!Ref X` is a mapping with the one key `Ref`. */
export interface Mapping {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
  readonly place: string;
}

export interface Entry {
  readonly key: string;
  readonly place: string;
  readonly value: Node;
}

/** The value under a key. */
export const at = (node: Node | undefined, key: string): Node | undefined =>
  node?.kind === 'mapping' ? node.entries.find((entry) => entry.key === key)?.value : undefined;

/** The scalar as it is written, `true` and `443` included; undefined where it is none. */
export const textOf = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' && node.value !== null ? (node.text ?? String(node.value)) : undefined;

/** All that the scalar can be as text: whether `yes` is `yes` or `true`, AWS does not say. */
export const readingsOf = (node: Node): readonly string[] =>
  node.kind !== 'scalar' || node.value === null ? [] : [...new Set([textOf(node)!, String(node.value)])];

/** The texts of a list; undefined where it is no list, or not of scalars. */
export function textsOf(node: Node | undefined): readonly string[] | undefined {
  if (node?.kind !== 'list') return undefined;
  const texts = node.items.map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

export const entriesOf = (node: Node | undefined): readonly Entry[] => (node?.kind === 'mapping' ? node.entries : []);

/** What `JSON.parse` gave, with pointers for places. */
export function fromJson(json: unknown, place = ''): Node {
  if (Array.isArray(json))
    return { kind: 'list', items: json.map((item, index) => fromJson(item, `${place}/${index}`)), place };
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json).map(([key, value]) => {
      const inner = `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return { key, place: inner, value: fromJson(value, inner) };
    });
    return { kind: 'mapping', entries, place };
  }
  const value = typeof json === 'boolean' || typeof json === 'number' || typeof json === 'string' ? json : null;
  return { kind: 'scalar', value, place };
}
