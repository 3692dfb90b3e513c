/** `Fn::Sub`, `Fn::Join`, `Fn::Base64` and `Fn::ToJsonString`: texts put together. */
import { Link, Unknown } from '../../declared/value.ts';
import { entriesOf, type Node, textOf as scalarText } from '../node.ts';
import { finish, isKnown, type Partial, partsOf, textOf, whyUnknown } from '../partial.ts';
import type { Apply, Function, Scope } from '../scope.ts';
import { argumentsOf, isList, wrongForm } from './arity.ts';

const sub: Apply = (argument, scope) => {
  const alone = scalarText(argument);
  if (alone !== undefined) return substitute(alone, argument, new Map(), scope);
  const both = argumentsOf(argument, 2);
  const text = scalarText(both?.[0]);
  if (both === undefined || text === undefined || both[1]!.kind !== 'mapping')
    return wrongForm(argument, scope, texts['Fn::Sub']);
  const own = new Map(entriesOf(both[1]).map(({ key, value }) => [key, scope.evaluate(value)]));
  return substitute(text, argument, own, scope);
};

/** `${Name}`, `${Resource.Attribute}`; `${!Name}` is `${Name}` itself. */
function substitute(text: string, node: Node, own: ReadonlyMap<string, Partial>, scope: Scope): Partial {
  const parts: (string | Link | Unknown)[] = [];
  let end = 0;
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(/\$\{([^{}]*)\}/g)) {
    parts.push(text.slice(end, index));
    end = index + whole.length;
    parts.push(...valueOf(inner, node, own, scope));
  }
  parts.push(text.slice(end));
  return textOf(parts);
}

function valueOf(
  inner: string,
  node: Node,
  own: ReadonlyMap<string, Partial>,
  scope: Scope,
): readonly (string | Link | Unknown)[] {
  if (inner.startsWith('!')) return [`\${${inner.slice(1)}}`];
  const name = inner.trim();
  const dot = name.indexOf('.');
  const value =
    own.get(name) ?? (dot < 1 ? scope.ref(name, node) : scope.attribute(name.slice(0, dot), name.slice(dot + 1), node));
  const parts = partsOf(value);
  if (parts !== undefined) return parts;
  if (isKnown(value)) scope.problem(node, 'not-a-text', `\`\${${name}}\` is a list; a text is needed in \`Fn::Sub\`.`);
  return [new Unknown(whyUnknown(value))];
}

const join: Apply = (argument, scope) => {
  const both = argumentsOf(argument, 2);
  const delimiter = both === undefined ? undefined : scope.evaluate(both[0]!);
  if (both === undefined || typeof delimiter !== 'string') return wrongForm(argument, scope, texts['Fn::Join']);
  const list = scope.evaluate(both[1]!);
  if (list instanceof Link) {
    const items = scope.endpointItems(list);
    return items?.length === 1 ? items[0]! : new Unknown(`the items of ${whyUnknown(list)}`);
  }
  if (!isList(list)) {
    if (!isKnown(list)) return new Unknown(`a text with ${whyUnknown(list)}`);
    return wrongForm(argument, scope, texts['Fn::Join']);
  }
  if (list.length === 1) return list[0]!;
  const parts: (string | Link | Unknown)[] = [];
  for (const [index, item] of list.entries()) {
    if (index > 0) parts.push(delimiter);
    const inner = partsOf(item);
    if (inner === undefined && isKnown(item))
      scope.problem(both[1]!, 'not-a-text', `Item ${index + 1} of what \`Fn::Join\` joins is no text.`);
    parts.push(...(inner ?? [new Unknown(whyUnknown(item))]));
  }
  return textOf(parts);
};

const base64: Apply = (argument, scope) => {
  const text = scope.evaluate(argument);
  if (typeof text === 'string') return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return isKnown(text) ? wrongForm(argument, scope, texts['Fn::Base64']) : new Unknown(whyUnknown(text));
};

const toJsonString: Apply = (argument, scope) => {
  const value = scope.evaluate(argument);
  return isKnown(value) ? JSON.stringify(finish(value)) : new Unknown(`JSON with ${whyUnknown(value)}`);
};

export const texts = {
  'Fn::Sub': { form: '!Sub TEXT, or !Sub [TEXT, {NAME: VALUE}]', apply: sub },
  'Fn::Join': { form: '!Join [DELIMITER, LIST]', apply: join },
  'Fn::Base64': { form: '!Base64 TEXT', apply: base64 },
  'Fn::ToJsonString': { form: 'Fn::ToJsonString: VALUE', apply: toJsonString },
} satisfies Record<string, Function>;
