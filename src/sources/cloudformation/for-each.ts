/** `Fn::ForEach::NAME`: the entries of a mapping written once for each text of a list. */
import { textOf, type Entry, type List, type Mapping, type Node } from './node.ts';
import { isKnown, whyUnknown } from './partial.ts';
import type { Scope } from './scope.ts';

const prefix = 'Fn::ForEach::';

export const isLoop = (key: string): boolean => key.startsWith(prefix);

/** The entries with every loop written out, inner ones as well. */
export function expandLoops(entries: readonly Entry[], scope: Scope): readonly Entry[] {
  if (!entries.some(({ key }) => isLoop(key))) return entries;
  return entries.flatMap((entry) => (isLoop(entry.key) ? expandLoops(turns(entry, scope), scope) : [entry]));
}

function turns({ key, value, place }: Entry, scope: Scope): readonly Entry[] {
  const here = { ...value, place };
  const [identifier, collection, output] = value.kind === 'list' && value.items.length === 3 ? value.items : [];
  const name = textOf(identifier);
  if (name === undefined || collection === undefined || output?.kind !== 'mapping') {
    scope.problem(here, 'wrong-arity', 'This loop is written `Fn::ForEach::NAME: [IDENTIFIER, LIST, {KEY: VALUE}]`.');
    return [];
  }
  const list = scope.evaluate(collection);
  const texts = Array.isArray(list) && isKnown(list) ? list.map(String) : undefined;
  if (texts === undefined) {
    scope.problem(
      here,
      'unknown-loop',
      `How often \`${key}\` is written out depends on ${whyUnknown(list)}.`,
      'Give the list with `--parameter NAME=A,B`.',
    );
    return [];
  }
  return texts.flatMap((text) => (written(output, name, text) as Mapping).entries);
}

/** The node with the identifier's value in place of `${Identifier}`, `&{Identifier}` and `Ref: Identifier`. */
function written(node: Node, name: string, value: string): Node {
  const put = (text: string): string =>
    text.replaceAll(`\${${name}}`, () => value).replaceAll(`&{${name}}`, () => value.replaceAll(/[^A-Za-z0-9]/g, ''));
  const of = (each: Node): Node => {
    switch (each.kind) {
      case 'scalar':
        return typeof each.value === 'string' ? { ...each, value: put(each.value) } : each;
      case 'list':
        return { ...each, items: each.items.map(of) } satisfies List;
      case 'mapping': {
        const [only] = each.entries;
        if (each.entries.length === 1 && only?.key === 'Ref' && textOf(only.value) === name)
          return { kind: 'scalar', value, place: each.place };
        return {
          ...each,
          entries: each.entries.map((entry) => ({ ...entry, key: put(entry.key), value: of(entry.value) })),
        };
      }
    }
  };
  return of(node);
}
