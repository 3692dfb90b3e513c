/** A stack's resources as they are declared, those of stacks nested in it included; and every mistake in them. */
import type { DeclaredResource, Untranslated } from '../declared/resource.ts';
import { Link, Unknown, type Fields } from '../declared/value.ts';
import { cycles } from './cycle.ts';
import { at, type Entry, type Node, textOf, textsOf } from './node.ts';
import { addedBy } from './given-to.ts';
import { finishFields, isPartialFields, NoValue, type PartialFields } from './partial.ts';
import { decidesItself } from './resource-type.ts';
import { interfacesOfFunction } from './serverless.ts';
import type { Stack } from './stack.ts';

export interface Declared {
  readonly resources: DeclaredResource[];
  readonly untranslated: Untranslated[];
}

/** `idOf`: AWS's id of the resource with that address, where it exists and is known. */
export function declare(stack: Stack, idOf: (address: string) => string | undefined, into: Declared): void {
  macros(stack);
  for (const entry of stack.resources.values()) {
    const there = stack.presence(entry.key);
    waitsBySaying(stack, entry);
    if (there === false) {
      // A reference to nothing is a mistake even there.
      const properties = at(entry.value, 'Properties');
      if (properties !== undefined) stack.scope(entry.key).dead.evaluate(properties);
      continue;
    }
    const uncertain = stack.uncertain ?? (there instanceof Unknown ? there.why : undefined);
    declareOne(stack, entry, uncertain, idOf, into);
  }
  // Nothing of the outputs is declared, but a reference to nothing is a mistake there too.
  for (const output of stack.outputs.values()) stack.scope().dead.evaluate(output);
  for (const cycle of cycles(stack.waits)) {
    const first = stack.resources.get(cycle[0]!)!;
    const names = cycle.map((name) => `\`${name}\``).join(', ');
    stack.context.problem({
      code: 'circular-reference',
      file: stack.template.file,
      place: first.place,
      message: cycle.length === 1 ? `${names} refers to itself.` : `${names} refer to one another in a circle.`,
      hint: 'Take one reference out into a resource of its own: `AWS::EC2::SecurityGroupIngress` for a rule of a group.',
    });
  }
  for (const nested of stack.nested.values()) if (nested !== undefined) declare(nested, idOf, into);
}

function declareOne(
  stack: Stack,
  entry: Entry,
  uncertain: string | undefined,
  idOf: (address: string) => string | undefined,
  into: Declared,
): void {
  const type = textOf(at(entry.value, 'Type')) ?? '';
  const address = `${stack.prefix}${entry.key}`;
  const source = { file: stack.template.file, place: `Resources/${entry.key}` };
  if (at(entry.value, 'Fn::Transform') !== undefined) refuse(stack, entry.value, `the resource \`${entry.key}\``);
  const evaluated = propertiesOf(stack, entry);
  const properties = withDefaults(type, finishFields(evaluated));
  if (type === 'AWS::CDK::Metadata' || type === '') return;
  if (type === 'AWS::CloudFormation::Stack') {
    if (stack.nested.get(entry.key) !== undefined) return;
    into.untranslated.push({ type, address, mentions: [properties], source });
    into.resources.push(
      ...addedBy(stack, entry.key, evaluated, `\`${address}\`, whose template is not given, may make it`),
    );
    return;
  }
  const asFunction = interfacesOfFunction(type, properties, stack);
  if (type.startsWith('AWS::Serverless::') && asFunction === undefined) {
    into.untranslated.push({ type, address, mentions: [properties], source });
    return;
  }
  const emptied = defaultGroupEmptied(type, properties);
  if (decidesItself(type) && emptied === undefined)
    into.resources.push(...addedBy(stack, entry.key, evaluated, `\`${address}\` may make it (${type})`));
  const account = stack.pseudo.get('AWS::AccountId');
  const region = stack.pseudo.get('AWS::Region');
  into.resources.push({
    type:
      asFunction === undefined ? (emptied === undefined ? type : 'AWS::EC2::SecurityGroup') : 'AWS::Lambda::Function',
    address,
    id: emptied === undefined ? (idOf(address) ?? address) : address,
    properties: asFunction ?? emptied ?? properties,
    ...(uncertain === undefined ? {} : { uncertain }),
    ...(typeof account === 'string' ? { account } : {}),
    ...(typeof region === 'string' ? { region } : {}),
    source,
  });
}

/** CDK's custom resource that takes all rules out of a VPC's default security group. */
function defaultGroupEmptied(type: string, { DefaultSecurityGroupId: group }: Fields): Fields | undefined {
  const known = group instanceof Link && group.attribute === 'DefaultSecurityGroup' ? group : undefined;
  return type !== 'Custom::VpcRestrictDefaultSG' || known === undefined
    ? undefined
    : { Adopts: { VpcId: new Link(known.resource) } };
}

function propertiesOf(stack: Stack, { key, value }: Entry): PartialFields {
  const node = at(value, 'Properties');
  if (node === undefined) return {};
  const partial = stack.scope(key).evaluate(node);
  if (isPartialFields(partial)) return partial;
  if (partial instanceof Unknown) refuse(stack, node, `the properties of \`${key}\``);
  else if (!(partial instanceof NoValue) && partial !== null)
    stack.scope(key).problem(node, 'bad-properties', `The properties of \`${key}\` are no mapping.`);
  return {};
}

/** A group's empty list of egress rules leaves AWS's own rule in force (semantics 2.7). */
function withDefaults(type: string, properties: Fields): Fields {
  const { SecurityGroupEgress: egress, ...rest } = properties;
  return type === 'AWS::EC2::SecurityGroup' && Array.isArray(egress) && egress.length === 0 ? rest : properties;
}

/** `DependsOn` names resources as well, and makes the resource wait for them. */
function waitsBySaying(stack: Stack, { key, value }: Entry): void {
  const node = at(value, 'DependsOn');
  if (node === undefined) return;
  for (const name of textsOf(node) ?? [textOf(node) ?? '']) {
    // What a condition removes is not waited for.
    if (!stack.resources.has(name)) stack.scope(key).ref(name, node);
    else if (stack.presence(key) === true && stack.presence(name) === true)
      stack.waits.set(key, (stack.waits.get(key) ?? new Set()).add(name));
  }
}

/** Macros of AWS that add nothing of the network beside what is said of the resources that they write out. */
const understood = new Set(['AWS::LanguageExtensions']);
const warned = new Map([
  [
    'AWS::Serverless-2016-10-31',
    'what it makes of `AWS::Serverless` resources is read of functions with `VpcConfig` alone',
  ],
  ['AWS::SecretsManager-2020-07-23', 'functions that rotate secrets, and their interfaces, are not read'],
  ['AWS::SecretsManager-2024-09-16', 'functions that rotate secrets, and their interfaces, are not read'],
  ['AWS::CodeDeployBlueGreen', 'the second set of tasks while services are replaced is not read'],
]);

/** A macro that is not known may rewrite anything; what it makes of the template is what has to be read. */
function macros(stack: Stack): void {
  const { template, context } = stack;
  for (const name of template.transforms) {
    if (understood.has(name)) continue;
    const what = warned.get(name);
    if (what !== undefined) context.warn(`\`${template.file}\` uses \`${name}\`: ${what}.`);
    else refuse(stack, undefined, `the whole template (\`${name}\`)`);
  }
  const inside = template.resources.find(({ key }) => key === 'Fn::Transform');
  if (inside !== undefined) refuse(stack, inside.value, 'the resources');
  if (template.hooks)
    context.warn(`\`${template.file}\` has \`Hooks\`: what they make while services are replaced is not read.`);
}

const refuse = (stack: Stack, node: Node | undefined, what: string): void =>
  stack.context.problem({
    code: 'macro',
    file: stack.template.file,
    ...(node === undefined ? {} : { place: node.place }),
    message: `A macro rewrites ${what}, and what it makes of it is not known here.`,
    hint: 'Give what it makes: aws cloudformation get-template --stack-name STACK --change-set-name CHANGESET --template-stage Processed',
  });
