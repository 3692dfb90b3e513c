/** `Ref`, `Fn::GetAtt` and `Fn::ImportValue`: values from elsewhere in the template, or from another stack. */
import { Unknown } from '../../declared/value.ts';
import { type Node, textOf } from '../node.ts';
import { finish, Given, isKnown, type Partial, whyUnknown } from '../partial.ts';
import type { Apply, Function } from '../scope.ts';
import { wrongForm } from './arity.ts';

const ref: Apply = (argument, scope) => {
  const name = textOf(argument);
  return name === undefined ? wrongForm(argument, scope, reference.Ref) : scope.ref(name, argument);
};

const getAtt: Apply = (argument, scope) => {
  const [resource, attribute] = attributeOf(argument);
  if (resource === undefined || attribute === undefined) return wrongForm(argument, scope, reference['Fn::GetAtt']);
  if (typeof attribute === 'string') return scope.attribute(resource, attribute, argument);
  const name = scope.evaluate(attribute);
  if (typeof name === 'string') return scope.attribute(resource, name, argument);
  return new Unknown(`an attribute of \`${resource}\`, named by ${whyUnknown(name)}`);
};

/** `A.B.C`, or a list of two, of which the second may be a function. */
function attributeOf(argument: Node): readonly [(string | undefined)?, (string | Node)?] {
  const text = textOf(argument);
  if (text !== undefined) {
    const dot = text.indexOf('.');
    return dot < 1 ? [] : [text.slice(0, dot), text.slice(dot + 1)];
  }
  if (argument.kind !== 'list' || argument.items.length < 2) return [];
  const [resource, ...rest] = argument.items;
  const texts = rest.map(textOf);
  if (texts.every((each) => each !== undefined)) return [textOf(resource), texts.join('.')];
  return rest.length === 1 ? [textOf(resource), rest[0]!] : [];
}

const importValue: Apply = (argument, scope): Partial => {
  const name = scope.evaluate(argument);
  if (!isKnown(name)) {
    const text = finish(name);
    return new Unknown(`an import named by ${whyUnknown(text instanceof Unknown ? name : text)}`);
  }
  if (typeof name !== 'string') return wrongForm(argument, scope, reference['Fn::ImportValue']);
  const found = scope.importOf(name);
  if (found !== undefined) return found;
  scope.warn(`\`${name}\` is imported, and no template given exports it: \`--import ${name}=VALUE\` tells it.`);
  return new Given(
    `the import \`${name}\`, which no template given exports`,
    scope.alone ? `import:${name}` : undefined,
  );
};

export const reference = {
  Ref: { form: '!Ref NAME', apply: ref },
  'Fn::GetAtt': { form: '!GetAtt RESOURCE.ATTRIBUTE', apply: getAtt },
  'Fn::ImportValue': { form: '!ImportValue NAME', apply: importValue },
} satisfies Record<string, Function>;
