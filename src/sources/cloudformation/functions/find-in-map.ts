/** `Fn::FindInMap`: a value of the template's mappings, by two keys; or the default that the language extensions allow. */
import { didYouMean } from '../../../base/near.ts';
import { Unknown } from '../../declared/value.ts';
import { at, entriesOf, type Node, textOf } from '../node.ts';
import { isKnown, type Partial, whyUnknown } from '../partial.ts';
import type { Apply, Function, Scope } from '../scope.ts';
import { argumentsOf, wrongForm } from './arity.ts';
import { same } from './same.ts';

const findInMap: Apply = (argument, scope) => {
  const given = argumentsOf(argument, 3, 4);
  if (given === undefined) return wrongForm(argument, scope, map['Fn::FindInMap']);
  const parts = given.slice(0, 3).map(scope.evaluate);
  const [name, first, second] = parts.map((part, index) => textOf(given[index]) ?? keyOf(part));
  const otherwise = given[3] === undefined ? undefined : at(given[3], 'DefaultValue');
  const otherValue = otherwise === undefined ? undefined : scope.evaluate(otherwise);
  const unknown = parts.find((part) => keyOf(part) === undefined);
  if (name === undefined) return new Unknown(`of a mapping named by ${whyUnknown(unknown!)}`);
  const mapping = scope.mapping(name);
  if (mapping === undefined) {
    if (otherValue !== undefined) return otherValue;
    const hint = didYouMean(name, scope.mappings) ?? 'Add it to `Mappings`.';
    scope.problem(given[0]!, 'no-such-mapping', `There is no mapping \`${name}\`.`, hint);
    return new Unknown('of a mapping that is not there');
  }
  if (first === undefined || second === undefined) {
    // Where all that it can be is one and the same, it is that.
    const found = [
      ...rowsOf(mapping, first).flatMap((row) => rowsOf(row, second).map(scope.evaluate)),
      ...(otherValue === undefined ? [] : [otherValue]),
    ];
    const [one] = found;
    if (one !== undefined && isKnown(one) && found.every((each) => same(each, one) === true)) return one;
    return new Unknown(`in the mapping \`${name}\` under ${whyUnknown(unknown!)}`);
  }
  const row = at(mapping, first);
  const value = row === undefined ? undefined : at(row, second);
  if (value !== undefined) return scope.evaluate(value);
  if (otherValue !== undefined) return otherValue;
  return row === undefined ? noKey(given[1]!, name, first, mapping, scope) : noKey(given[2]!, name, second, row, scope);
};

/** A key as text, also where it is written as a number; undefined where it is not known. */
const keyOf = (partial: Partial): string | undefined =>
  typeof partial === 'string' || typeof partial === 'number' || typeof partial === 'boolean'
    ? String(partial)
    : undefined;

/** Under the key, or under all where it is not known. */
const rowsOf = (node: Node, key: string | undefined): readonly Node[] =>
  key === undefined ? entriesOf(node).map(({ value }) => value) : [at(node, key)].filter((each) => each !== undefined);

function noKey(node: Node, name: string, key: string, keys: Node, scope: Scope): Unknown {
  const known = entriesOf(keys).map((entry) => entry.key);
  scope.problem(
    node,
    'no-such-key',
    `The mapping \`${name}\` has no key \`${key}\` there.`,
    didYouMean(key, known) ?? `Its keys are ${known.slice(0, 10).join(', ')}.`,
  );
  return new Unknown(`in the mapping \`${name}\`, which has no \`${key}\``);
}

export const map = {
  'Fn::FindInMap': { form: '!FindInMap [MAPPING, KEY, KEY]', apply: findInMap },
} satisfies Record<string, Function>;
