/** The arguments of a function, or the problem that it has others. */
import { Unknown } from '../../declared/value.ts';
import type { Node } from '../node.ts';
import type { Partial } from '../partial.ts';
import type { Function, Scope } from '../scope.ts';

/** Says that the function is written otherwise, and goes on with what is not known. */
export function wrongForm(argument: Node, scope: Scope, { form }: Pick<Function, 'form'>): Unknown {
  scope.problem(argument, 'wrong-arity', `This function is written \`${form}\`.`, 'Give it just these arguments.');
  return new Unknown('a function with the wrong arguments');
}

/** The arguments where it is a list of `least` to `most` of them. */
export const argumentsOf = (argument: Node, least: number, most = least): readonly Node[] | undefined =>
  argument.kind === 'list' && argument.items.length >= least && argument.items.length <= most
    ? argument.items
    : undefined;

export const isList = (partial: Partial): partial is readonly Partial[] => Array.isArray(partial);

/** A whole number, written as number or text. */
export function wholeNumber(partial: Partial): number | undefined {
  const number = typeof partial === 'string' && /^\s*\d+\s*$/.test(partial) ? Number(partial) : partial;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
