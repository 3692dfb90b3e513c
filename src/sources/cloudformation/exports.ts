/** What the stacks of one input export under which names, and so give to one another. */
import { Unknown } from '../declared/value.ts';
import { truthOf } from './functions/condition.ts';
import { at } from './node.ts';
import type { Partial } from './partial.ts';
import type { Stack } from './stack.ts';

export interface Export {
  readonly name: string;
  readonly region: Partial | undefined;
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
    const value = (): Partial => (there === true ? stack.output(key, output) : new Unknown(there.why));
    return [{ name, region: stack.pseudo.get('AWS::Region'), value }];
  });
}

/** What is imported under the name in that Region: nothing, where several export it and nothing tells which is meant. */
export function importFrom(exports: readonly Export[], name: string, region: string | Unknown): Partial | undefined {
  const fits = exports.filter(
    (one) =>
      one.name === name && (typeof region !== 'string' || typeof one.region !== 'string' || one.region === region),
  );
  return fits.length === 1
    ? fits[0]!.value()
    : fits.length === 0
      ? undefined
      : new Unknown(`the import \`${name}\`, which several stacks export`);
}
