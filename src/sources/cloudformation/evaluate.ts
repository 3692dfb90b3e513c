/** A node of a template to what it comes to: mappings with a function's name as their only key are calls of it. */
import { didYouMean } from '../../base/near.ts';
import { Unknown } from '../declared/value.ts';
import { expandLoops, isLoop } from './for-each.ts';
import { functionNames } from './function-name.ts';
import { conditions } from './functions/condition.ts';
import { map } from './functions/find-in-map.ts';
import { lists } from './functions/list.ts';
import { network } from './functions/network.ts';
import { reference } from './functions/reference.ts';
import { texts } from './functions/text.ts';
import { type Entry, entriesOf, type Node } from './node.ts';
import { NoValue, type Partial } from './partial.ts';
import type { Function, Scope } from './scope.ts';

const functions: Readonly<Record<string, Function>> = {
  ...reference,
  ...texts,
  ...lists,
  ...network,
  ...map,
  ...conditions,
};

const isCall = (key: string): boolean => key.startsWith('Fn::') || key === 'Ref';

export function evaluate(node: Node, scope: Scope): Partial {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(scope.evaluate).filter((item) => !(item instanceof NoValue));
    case 'mapping':
      return mapping(entriesOf(node), node, scope);
  }
}

function mapping(entries: readonly Entry[], node: Node, scope: Scope): Partial {
  const calls = entries.filter(({ key }) => isCall(key) && !isLoop(key));
  const [call] = calls;
  if (call !== undefined && entries.length === 1) return apply(call, scope);
  if (calls.some(({ key }) => key === 'Fn::Transform')) return new Unknown('what a macro makes of it');
  const odd = calls.find(({ key }) => key !== 'Ref');
  if (odd !== undefined) {
    scope.problem(
      node,
      'function-beside-keys',
      `\`${odd.key}\` stands beside other keys; a function stands alone in its mapping.`,
      'Look at the indentation of these lines.',
    );
    return new Unknown('a function beside other keys');
  }
  const out: [string, Partial][] = [];
  for (const { key, value } of expandLoops(entries, scope)) {
    const inner = scope.evaluate(value);
    if (!(inner instanceof NoValue)) out.push([key, inner]);
  }
  return Object.fromEntries(out);
}

function apply({ key, value, place }: Entry, scope: Scope): Partial {
  const found = Object.hasOwn(functions, key) ? functions[key] : undefined;
  if (found !== undefined) return found.apply(value, scope);
  if (key === 'Fn::Transform') return new Unknown('what a macro makes of it');
  const known: readonly string[] = functionNames;
  const hint = known.includes(key) ? undefined : didYouMean(key, known);
  if (hint !== undefined)
    scope.problem({ ...value, place }, 'unknown-function', `\`${key}\` is no function of CloudFormation.`, hint);
  return new Unknown(`by \`${key}\`, which is not understood`);
}
