/** `Fn::Select`, `Fn::Split` and `Fn::Length`: lists and their items. */
import { Link, Unknown } from '../../declared/value.ts';
import {
  EndpointItem,
  Given,
  isKnown,
  type Partial,
  Perhaps,
  Text,
  textOf,
  UnknownRegion,
  whyUnknown,
  zoneOf,
  Zones,
} from '../partial.ts';
import type { Apply, Function, Scope } from '../scope.ts';
import { argumentsOf, isList, wholeNumber, wrongForm } from './arity.ts';

const select: Apply = (argument, scope) => {
  const both = argumentsOf(argument, 2);
  if (both === undefined) return wrongForm(argument, scope, lists['Fn::Select']);
  const index = scope.evaluate(both[0]!);
  const list = scope.evaluate(both[1]!);
  const at = wholeNumber(index);
  if (at === undefined) {
    if (isKnown(index)) return wrongForm(argument, scope, lists['Fn::Select']);
    return new Unknown(`an item of a list, chosen by ${whyUnknown(index)}`);
  }
  if (list instanceof Zones) return zoneOf(list.region, at);
  const items = list instanceof Link ? scope.endpointItems(list) : isList(list) ? list : undefined;
  if (items === undefined) {
    if (isKnown(list)) return wrongForm(argument, scope, lists['Fn::Select']);
    const why = `item ${at + 1} of ${whyUnknown(list)}`;
    return list instanceof Given
      ? new Given(why, list.standIn === undefined ? undefined : `${list.standIn}/${at}`)
      : new Unknown(why);
  }
  const vague = items.slice(0, at + 1).find((item) => item instanceof Perhaps);
  if (vague !== undefined) return new Unknown(`item ${at + 1} of a list with ${whyUnknown(vague)}`);
  if (at < items.length) return list instanceof Link ? anyOf(items as readonly EndpointItem[]) : items[at]!;
  scope.problem(
    both[0]!,
    'no-such-item',
    `Item ${at} is asked for, and the list has ${items.length === 0 ? 'none' : `only 0 to ${items.length - 1}`}.`,
    'The first item has number 0.',
  );
  return new Unknown('an item that the list does not have');
};

/** AWS promises no order of a firewall's endpoints, so each may be the one. */
function anyOf(items: readonly EndpointItem[]): EndpointItem {
  if (items.length === 1) return items[0]!;
  const candidates = items.flatMap(({ endpoint }) => (endpoint instanceof Link ? [endpoint] : endpoint.candidates));
  const why = 'one of the firewall’s endpoints, whose order AWS does not promise';
  const all = items.every(({ endpoint }) => endpoint instanceof Link || endpoint.candidates.length > 0);
  return new EndpointItem(new Unknown(why, all ? candidates : []));
}

const split: Apply = (argument, scope) => {
  const both = argumentsOf(argument, 2);
  const delimiter = both === undefined ? undefined : scope.evaluate(both[0]!);
  if (both === undefined || typeof delimiter !== 'string' || delimiter === '')
    return wrongForm(argument, scope, lists['Fn::Split']);
  const text = scope.evaluate(both[1]!);
  if (text instanceof EndpointItem && delimiter === ':')
    return [new Unknown('the zone of an endpoint of a firewall'), text.endpoint];
  const parts = splitText(text, delimiter);
  if (parts !== undefined) return parts;
  return isKnown(text) ? wrongForm(argument, scope, lists['Fn::Split']) : new Unknown(`a part of ${whyUnknown(text)}`);
};

/** The text's pieces; undefined where what is not known in it could have the delimiter in it, and of what is no text. */
export function splitText(text: Partial, delimiter: string): readonly Partial[] | undefined {
  if (typeof text === 'string') return text.split(delimiter);
  const parts = text instanceof Text ? text.parts : text instanceof Link ? [text] : undefined;
  if (parts === undefined || !parts.every((part) => cannotHold(part, delimiter))) return undefined;
  const pieces: (string | Link | Unknown)[][] = [[]];
  for (const part of parts) {
    const [first, ...rest] = typeof part === 'string' ? part.split(delimiter) : [part];
    pieces.at(-1)!.push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return pieces.map(textOf);
}

/** Ids, ARNs and names have none of these characters in them; a Region has but letters, digits and hyphens. */
const cannotHold = (part: string | Link | Unknown, delimiter: string): boolean =>
  typeof part === 'string' ||
  (part instanceof Link && /^[,;| ]+$/.test(delimiter)) ||
  (part instanceof UnknownRegion && /[^a-z0-9-]/.test(delimiter));

const length: Apply = (argument, scope: Scope) => {
  const list = scope.evaluate(argument);
  if (isList(list) && !list.some((item) => item instanceof Unknown)) return list.length;
  return !isList(list) && isKnown(list)
    ? wrongForm(argument, scope, lists['Fn::Length'])
    : new Unknown(`the length of ${whyUnknown(list)}`);
};

export const lists = {
  'Fn::Select': { form: '!Select [INDEX, LIST]', apply: select },
  'Fn::Split': { form: '!Split [DELIMITER, TEXT]', apply: split },
  'Fn::Length': { form: 'Fn::Length: LIST', apply: length },
} satisfies Record<string, Function>;
