/** A template's parameters: how each is declared, and the value that it has for a stack. */
import type { Problem } from '../../base/problem.ts';
import { Link, Unknown } from '../declared/value.ts';
import { splitText } from './functions/list.ts';
import { at, entriesOf, type Node, readingsOf, textOf, textsOf } from './node.ts';
import { Given, isKnown, type Partial, Secret, Text, whyUnknown } from './partial.ts';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly default: string | undefined;
  readonly allowed: readonly string[] | undefined;
  readonly pattern: string | undefined;
  readonly length: Bounds;
  readonly value: Bounds;
  /** Its value is printed nowhere. */
  readonly secret: boolean;
  readonly place: string;
}

interface Bounds {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

export const readParameters = (section: Node | undefined): readonly Parameter[] =>
  entriesOf(section).map(({ key, place, value }) => ({
    name: key,
    type: textOf(at(value, 'Type')) ?? 'String',
    default: textOf(at(value, 'Default')) ?? textsOf(at(value, 'Default'))?.join(','),
    allowed: allowedIn(at(value, 'AllowedValues')),
    pattern: textOf(at(value, 'AllowedPattern')),
    length: bounds(value, 'MinLength', 'MaxLength'),
    value: bounds(value, 'MinValue', 'MaxValue'),
    secret: textOf(at(value, 'NoEcho')) === 'true',
    place,
  }));

const allowedIn = (list: Node | undefined): readonly string[] | undefined =>
  list?.kind === 'list' ? list.items.flatMap(readingsOf) : undefined;

const bounds = (node: Node, least: string, most: string): Bounds => ({
  least: number(textOf(at(node, least))),
  most: number(textOf(at(node, most))),
});

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const isList = (type: string): boolean => /^(?:CommaDelimitedList$|List<)/.test(type);

/** The same of what is looked up. */
const isSeveral = (type: string): boolean => /List/.test(type);

/** Of a type whose value is the name of something in the account, which the deployment looks up. */
const isLookedUp = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

/** What it is where nobody gives it a value. `prefix`: of its stack's addresses, where no other stack can make it. */
export const withoutValue = ({ name, type, allowed }: Parameter, prefix: string | undefined): Partial =>
  new Given(`the parameter \`${name}\`, which has no value`, standIn(name, prefix), allowed, isSeveral(type));

const standIn = (name: string, prefix: string | undefined): string | undefined =>
  prefix === undefined ? undefined : `${prefix}parameter:${name}`;

/** What it is with that text. */
export function valueOf(parameter: Parameter, text: string, prefix: string | undefined): Partial {
  const { name, type, secret } = parameter;
  if (isLookedUp(type))
    return new Given(
      `the parameter \`${name}\`, which is looked up in Systems Manager`,
      standIn(name, prefix),
      undefined,
      isSeveral(type),
    );
  if (secret) return new Secret(`the parameter \`${name}\`, which has \`NoEcho\``, text);
  if (!isList(type)) return text;
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

/** What it is where the stack around gives it a value: a text of several is taken apart, as the type says. */
export function valueGiven(parameter: Parameter, given: Partial, prefix: string | undefined): Partial {
  const { type, name } = parameter;
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean')
    return valueOf(parameter, String(given), prefix);
  if (isLookedUp(type)) return valueOf(parameter, '', prefix);
  if (parameter.secret) return new Unknown(`the parameter \`${name}\`, which has \`NoEcho\``);
  if (!isList(type) || Array.isArray(given)) return given;
  if (given instanceof Link || given instanceof Text)
    return splitText(given, ',') ?? new Unknown(`the parameter \`${name}\`, a list with ${whyUnknown(given)}`);
  return isKnown(given) ? given : new Unknown(whyUnknown(given));
}

/** What the declaration says against the value. A value that is not to be seen is not repeated. */
export function problemOf(parameter: Parameter, given: string, file: string): Problem | undefined {
  const { name, type, allowed, pattern, length, value, secret, place } = parameter;
  const shown = secret ? 'The value' : `\`${given}\``;
  const problem = (message: string, hint: string): Problem => ({
    code: 'parameter-not-allowed',
    file,
    place,
    message: `${shown} ${message}`,
    hint,
  });
  const each = isList(type) && !isLookedUp(type) ? given.split(',').map((item) => item.trim()) : [given];
  if (allowed !== undefined && !each.every((item) => allowed.includes(item)))
    return problem(`is not allowed for the parameter \`${name}\`.`, `Allowed are ${allowed.join(', ')}.`);
  const numeric = /^(?:List<)?Number/.test(type);
  if (numeric && !each.every((item) => item !== '' && Number.isFinite(Number(item))))
    return problem(`is no number, and the parameter \`${name}\` is one.`, `Give it as \`--parameter ${name}=NUMBER\`.`);
  if (numeric && each.some((item) => outside(Number(item), value)))
    return problem(`is out of the bounds of the parameter \`${name}\`.`, `They are ${span(value)}.`);
  if (outside(given.length, length) && !numeric)
    return problem(`is too short or too long for the parameter \`${name}\`.`, `Its length may be ${span(length)}.`);
  if (pattern !== undefined && !matches(pattern, given))
    return problem(`does not match the pattern of the parameter \`${name}\`.`, `The pattern is \`${pattern}\`.`);
  return undefined;
}

const outside = (found: number, { least, most }: Bounds): boolean =>
  (least !== undefined && found < least) || (most !== undefined && found > most);

const span = ({ least, most }: Bounds): string =>
  least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`;

/** Patterns are Java's; one that means nothing here is taken as matched. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return true;
  }
}
