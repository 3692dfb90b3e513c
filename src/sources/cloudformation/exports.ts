/** What the stacks of one input export under which names, and so give to one another. */
import { Unknown } from '../declared/value.ts';
import { truthOf } from './functions/condition.ts';
import { same } from './functions/same.ts';
import { at } from './node.ts';
import type { Partial } from './partial.ts';
import type { Pseudo } from './pseudo.ts';
import type { Stack } from './stack.ts';

export interface Export {
  readonly name: string;
  readonly from: Pseudo;
  readonly value: () => Partial;
}

/** The exports whose names are known. What a condition removes is not among them. */
export function exportsOf(stack: Stack): readonly Export[] {
  const scope = stack.scope();
  return [...stack.outputs].flatMap(([key, output]): Export[] => {
    const named = at(at(output, 'Export'), 'Name');
    const name = named === undefined ? undefined : scope.evaluate(named);
    if (typeof name !== 'string') return [];
    const condition = at(output, 'Condition');
    const there = condition === undefined ? true : truthOf(condition, scope);
    if (there === false) return [];
    const value = (): Partial => (there === true ? stack.output(key, () => {}) : new Unknown(there.why));
    return [{ name, from: stack.pseudo, value }];
  });
}

/**
 * What is imported under the name by a stack with those pseudo parameters: of the same account and Region. Nothing where
 * nobody exports it; not known where several do.
 */
export function importFrom(exports: readonly Export[], name: string, by: Pseudo): Partial | undefined {
  const elsewhere = (from: Pseudo): boolean =>
    ['AWS::AccountId', 'AWS::Region'].some((each) => same(from.get(each)!, by.get(each)!) === false);
  const fits = exports.filter((one) => one.name === name && !elsewhere(one.from));
  if (fits.length > 1) return new Unknown(`the import \`${name}\`, which several stacks export`);
  return fits[0]?.value();
}
