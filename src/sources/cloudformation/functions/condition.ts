/** `Fn::If`, and the conditions themselves: what is not known of a condition makes both branches possible, and names why. */
import { Link, Unknown } from '../../declared/value.ts';
import { at, entriesOf, type Node, readingsOf, textOf } from '../node.ts';
import { isKnown, NoValue, type Partial, Perhaps, whyUnknown } from '../partial.ts';
import type { Apply, Function, Scope, Truth } from '../scope.ts';
import { argumentsOf, isList, wrongForm } from './arity.ts';
import { same } from './same.ts';

const ifThen: Apply = (argument, scope) => {
  const given = argumentsOf(argument, 3);
  if (given === undefined) return wrongForm(argument, scope, conditions['Fn::If']);
  const [condition, yes, no] = given as [Node, Node, Node];
  const truth = truthOf(condition, scope);
  if (truth instanceof Unknown) return either(scope.unsure.evaluate(yes), scope.unsure.evaluate(no), truth);
  scope.dead.evaluate(truth ? no : yes);
  return scope.evaluate(truth ? yes : no);
};

/** What is one of two values: themselves where they are the same; else not known, and one of what both can be. */
function either(yes: Partial, no: Partial, { why }: Unknown): Partial {
  if (same(yes, no) === true) return yes;
  if ([yes, no].some((each) => each instanceof NoValue || each instanceof Perhaps)) return new Perhaps(why);
  const links = [yes, no].map((each) =>
    each instanceof Link ? [each] : each instanceof Unknown ? each.candidates : [],
  );
  return new Unknown(why, links.every((each) => each.length > 0) ? links.flat() : []);
}

/** A condition by its name, by `Condition`, or written out. */
export function truthOf(node: Node, scope: Scope): Truth {
  const name = textOf(node) ?? textOf(at(node, 'Condition'));
  if (name !== undefined) return scope.condition(name, node);
  const [call] = entriesOf(node);
  const decide = call === undefined ? undefined : deciders.get(call.key);
  if (call !== undefined && decide !== undefined && entriesOf(node).length === 1) return decide(call.value, scope);
  const value = scope.evaluate(node);
  if (!isKnown(value)) return new Unknown(whyUnknown(value));
  if (value === true || value === false || value === 'true' || value === 'false') return String(value) === 'true';
  scope.problem(
    node,
    'not-a-condition',
    'This is no condition.',
    'Conditions are made of `Fn::Equals`, `Fn::And`, `Fn::Or` and `Fn::Not`.',
  );
  return new Unknown('what is no condition');
}

type Decide = (argument: Node, scope: Scope) => Truth;

const equals: Decide = (argument, scope) => {
  const both = argumentsOf(argument, 2);
  if (both === undefined) return wrongForm(argument, scope, conditions['Fn::Equals']);
  const [a, b] = both.map(scope.evaluate) as [Partial, Partial];
  const found = [asWritten(both[0]!, b), asWritten(both[1]!, a), same(a, b)];
  if (found.includes(true)) return true;
  return same(a, b) ?? new Unknown(whyUnknown(isKnown(a) ? b : a));
};

/** Whether it is just what stands there, `yes` for one, which the value does not show any more. */
const asWritten = (node: Node, value: Partial): boolean | undefined =>
  typeof value === 'object' ? undefined : readingsOf(node).includes(String(value));

const not: Decide = (argument, scope) => {
  const one = argumentsOf(argument, 1);
  if (one === undefined) return wrongForm(argument, scope, conditions['Fn::Not']);
  const truth = truthOf(one[0]!, scope);
  return truth instanceof Unknown ? truth : !truth;
};

/** Decided by the first that is `decisive`, whatever is not known of the others. */
const joined =
  (decisive: boolean, name: 'Fn::And' | 'Fn::Or'): Decide =>
  (argument, scope) => {
    const given = argumentsOf(argument, 2, 10);
    if (given === undefined) return wrongForm(argument, scope, conditions[name]);
    const truths = given.map((each) => truthOf(each, scope));
    if (truths.includes(decisive)) return decisive;
    return truths.find((truth) => truth instanceof Unknown) ?? !decisive;
  };

const contains: Decide = (argument, scope) => {
  const both = argumentsOf(argument, 2);
  if (both === undefined) return wrongForm(argument, scope, { form: 'Fn::Contains: [LIST, TEXT]' });
  const [list, text] = both.map(scope.evaluate) as [Partial, Partial];
  if (!isList(list)) return new Unknown(whyUnknown(list));
  const each = new Set(list.map((item) => same(item, text)));
  return each.has(true) || (each.has(undefined) ? new Unknown(whyUnknown([...list, text])) : false);
};

const deciders: ReadonlyMap<string, Decide> = new Map([
  ['Fn::Equals', equals],
  ['Fn::Not', not],
  ['Fn::And', joined(false, 'Fn::And')],
  ['Fn::Or', joined(true, 'Fn::Or')],
  ['Fn::Contains', contains],
]);

/** A condition's function where a value stands: `true` or `false`. */
const asValue =
  (name: string): Apply =>
  (argument, scope) =>
    deciders.get(name)!(argument, scope);

export const conditions = {
  'Fn::If': { form: '!If [CONDITION, VALUE, VALUE]', apply: ifThen },
  'Fn::Equals': { form: '!Equals [VALUE, VALUE]', apply: asValue('Fn::Equals') },
  'Fn::Not': { form: '!Not [CONDITION]', apply: asValue('Fn::Not') },
  'Fn::And': { form: '!And [CONDITION, CONDITION, …]', apply: asValue('Fn::And') },
  'Fn::Or': { form: '!Or [CONDITION, CONDITION, …]', apply: asValue('Fn::Or') },
} satisfies Record<string, Function>;
