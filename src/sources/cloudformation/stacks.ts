/** Templates to stacks: which of them stand by themselves, which are nested in which, and the values that each is given. */
import path from 'node:path';
import type { Problem } from '../../base/problem.ts';
import { Unknown } from '../declared/value.ts';
import type { CdkManifest, CdkStack } from './cdk.ts';
import type { ChangeSet, StackResources } from './change-set.ts';
import { at } from './node.ts';
import { nestedStacks, templateOf } from './nested.ts';
import type { Told } from './option.ts';
import { problemOf, valueGiven, valueOf } from './parameter.ts';
import { NoValue, type Partial } from './partial.ts';
import { type Pseudo, pseudoNames, pseudoParameters } from './pseudo.ts';
import { type Context, makeStack, type Stack } from './stack.ts';
import type { Template } from './template.ts';

export interface Inputs {
  readonly templates: readonly Template[];
  readonly manifests: readonly CdkManifest[];
  readonly changeSets: readonly ChangeSet[];
  readonly existing: readonly StackResources[];
  readonly parameters: Told;
}

/** A stack that is nested in no other, or one that is, with what tells of it as it runs. */
export interface Placed {
  readonly stack: Stack;
  /** Its name, of one that stands by itself. */
  readonly root: string | undefined;
  readonly changeSet: ChangeSet | undefined;
  readonly existing: StackResources | undefined;
}

/** All stacks, those that stand by themselves first to be made, nested ones behind the stack around them. */
export function makeStacks(inputs: Inputs, shared: Omit<Context, 'alone'>): readonly Placed[] {
  const roots = rootsOf(inputs, { ...shared, alone: false });
  const alone = roots.length === 1;
  const context: Context = { ...shared, alone };
  const prefixed = roots.length > 1 || roots.some(({ cdk }) => cdk !== undefined);
  const placed: Placed[] = [];
  for (const { template, name, cdk } of roots) {
    const prefix = prefixed ? `${name}/` : '';
    const changeSet = forStack(inputs.changeSets, name, alone);
    const existing = forStack(inputs.existing, name, alone);
    const told = [cdk, changeSet].flatMap((each) => (each === undefined ? [] : [each.parameters]));
    const pseudo = [existing, changeSet, cdk].flatMap((each) => (each === undefined ? [] : [each.pseudo]));
    const stack = makeStack({
      template,
      prefix,
      pseudo: pseudoOf(name, pseudo, inputs.parameters),
      given: (parameter) =>
        given(
          template,
          parameter,
          prefixed ? [`${name}/${parameter}`, parameter] : [parameter, `${name}/${parameter}`],
          told,
          inputs.parameters,
          context,
          prefix,
        ),
      uncertain: undefined,
      context,
    });
    placed.push({ stack, root: name, changeSet, existing });
    nest({ stack, changeSet, existing }, inputs, context, [template], placed);
  }
  return placed;
}

const forStack = <T extends { readonly stack: string }>(
  all: readonly T[],
  name: string,
  alone: boolean,
): T | undefined => all.find(({ stack }) => stack === name) ?? (alone ? (all.find(isOutermost) ?? all[0]) : undefined);

/** A change set of a nested stack is named by another. */
const isOutermost = (one: object): boolean => !('changes' in one) || !('nested' in one);

interface Root {
  readonly template: Template;
  readonly name: string;
  readonly cdk: CdkStack | undefined;
}

/** Templates that no other one nests; of a folder of CDK's, those that its manifest names. */
function rootsOf({ templates, manifests }: Inputs, context: Context): readonly Root[] {
  const aside: Context = { ...context, problem: () => {}, warn: () => {}, resources: new Map() };
  const nested = new Set<Template>();
  for (const template of templates) {
    const stack = makeStack({
      template,
      prefix: '',
      pseudo: pseudoParameters(new Map()),
      given: (name) => {
        const parameter = template.parameters.get(name);
        return parameter?.default === undefined ? undefined : valueOf(parameter, parameter.default, '');
      },
      uncertain: undefined,
      context: aside,
    });
    for (const name of nestedStacks(stack)) {
      const match = templateOf(stack, name, templates);
      if (match !== 'none')
        for (const one of [match].flat() as readonly Template[]) if (one !== template) nested.add(one);
    }
  }
  const outer = templates.filter((template) => !nested.has(template));
  const roots = (outer.length === 0 ? templates : outer).flatMap((template): Root[] => {
    const cdk = manifests
      .flatMap(({ stacks }) => stacks)
      .find(({ file }) => path.normalize(file) === path.normalize(template.file));
    const left = manifests.find(({ folder }) => path.normalize(folder) === path.normalize(path.dirname(template.file)));
    if (cdk !== undefined || left === undefined) return [{ template, name: cdk?.name ?? baseName(template.file), cdk }];
    context.warn(`\`${template.file}\` was not used: the manifest beside it names no such stack.`);
    return [];
  });
  const names = new Set(roots.map(({ name }) => name));
  if (names.size === roots.length) return roots;
  return roots.map((root) => (root.cdk === undefined ? { ...root, name: withoutEnding(root.template.file) } : root));
}

const withoutEnding = (file: string): string => file.replace(/(?:\.template)?(?:\.(?:json|ya?ml|template|txt))?$/i, '');

const baseName = (file: string): string => withoutEnding(path.basename(file));

/** What is told of the pseudo parameters: by the person first, then by whoever is nearest to the stack. */
function pseudoOf(name: string, told: readonly ReadonlyMap<string, string>[], parameters: Told): Pseudo {
  const values = new Map<string, string>();
  for (const pseudo of pseudoNames) {
    const value =
      parameters.get(`${name}/${pseudo}`) ??
      parameters.get(pseudo) ??
      told.map((one) => one.get(pseudo)).find((one) => one !== undefined);
    if (value !== undefined) values.set(pseudo, value);
  }
  return pseudoParameters(values);
}

/** The value of a parameter that no stack around gives: the person's, that of the change set, the default. */
function given(
  template: Template,
  name: string,
  keys: readonly string[],
  told: readonly ReadonlyMap<string, string>[],
  parameters: Told,
  context: Context,
  prefix: string,
): Partial | undefined {
  const parameter = template.parameters.get(name)!;
  const said = keys.map((key) => parameters.get(key)).find((one) => one !== undefined);
  const value = said ?? told.map((one) => one.get(name)).find((one) => one !== undefined) ?? parameter.default;
  if (value === undefined) {
    context.warn(`The parameter \`${keys[0]!}\` has no value: \`--parameter ${keys[0]!}=VALUE\` tells it.`);
    return undefined;
  }
  const problem = problemOf(parameter, value, template.file);
  if (problem !== undefined) context.problem(problem);
  return valueOf(parameter, value, context.alone ? prefix : undefined);
}

/** The stacks nested in it, and in those, each with what the stack around gives it. */
function nest(
  around: Pick<Placed, 'stack' | 'changeSet' | 'existing'>,
  inputs: Inputs,
  context: Context,
  templates: readonly Template[],
  placed: Placed[],
): void {
  const { stack, changeSet } = around;
  for (const name of nestedStacks(stack)) {
    const there = stack.presence(name);
    if (there === false) continue;
    const match = templateOf(stack, name, inputs.templates);
    const place = stack.resources.get(name)!.place;
    const address = `${stack.prefix}${name}`;
    if (typeof match === 'object' && 'length' in match)
      context.problem(ambiguous(stack.template.file, place, address, match));
    const template = match === 'none' || 'length' in match || templates.includes(match) ? undefined : match;
    if (template === undefined) {
      stack.nested.set(name, undefined);
      context.warn(
        `The template of the nested stack \`${address}\` is not given: nothing of what it makes is read. Name its file beside.`,
      );
      continue;
    }
    const prefix = `${address}/`;
    const inner = changeSet?.changes.find(({ logicalId }) => logicalId === name);
    const own = inputs.changeSets.find(({ id }) => id !== '' && id === inner?.nested);
    const called = own?.stack ?? /:stack\/([^/]+)\//.exec(around.existing?.ids.get(name) ?? '')?.[1];
    const existing = inputs.existing.find(({ stack: of }) => of === called);
    const nested = makeStack({
      template,
      prefix,
      pseudo: nestedPseudo(stack.pseudo, own?.pseudo),
      given: (parameter) => givenBy(stack, name, template, parameter, prefix, inputs.parameters, context),
      uncertain: stack.uncertain ?? (there instanceof Unknown ? there.why : undefined),
      context,
    });
    stack.nested.set(name, nested);
    placed.push({ stack: nested, root: undefined, changeSet: own, existing });
    nest({ stack: nested, changeSet: own, existing }, inputs, context, [...templates, template], placed);
  }
}

/** A nested stack is where the stack around it is, and has a name of its own. */
function nestedPseudo(outer: Pseudo, own: ReadonlyMap<string, string> | undefined): Pseudo {
  const named = ['AWS::StackId', 'AWS::StackName'] as const;
  const values = new Map(outer);
  for (const name of named) values.set(name, own?.get(name) ?? new Unknown(`\`${name}\` of a nested stack`));
  return values;
}

function givenBy(
  outer: Stack,
  name: string,
  template: Template,
  parameter: string,
  prefix: string,
  parameters: Told,
  context: Context,
): Partial | undefined {
  const declared = template.parameters.get(parameter)!;
  const key = `${prefix}${parameter}`;
  const node = at(at(at(outer.resources.get(name)!.value, 'Properties'), 'Parameters'), parameter);
  if (parameters.has(key) || node === undefined)
    return given(template, parameter, [key], [], parameters, context, prefix);
  const value = outer.scope(name).evaluate(node);
  if (value instanceof NoValue) return given(template, parameter, [key], [], parameters, context, prefix);
  if (typeof value === 'string' && !declared.secret) {
    const problem = problemOf(declared, value, template.file);
    if (problem !== undefined) context.problem(problem);
  }
  return valueGiven(declared, value, context.alone ? prefix : undefined);
}

const ambiguous = (file: string, place: string, address: string, fits: readonly Template[]): Problem => ({
  code: 'ambiguous-nested-stack',
  file,
  place,
  message: `The template of the nested stack \`${address}\` could be any of ${fits.map((one) => `\`${one.file}\``).join(', ')}.`,
  hint: 'Name just the one that is meant.',
});

/** Every name that `--parameter` can tell of the stacks. */
export function parameterNames(placed: readonly Placed[]): readonly string[] {
  return placed.flatMap(({ stack, root }) => {
    const names = [...stack.template.parameters.keys()];
    return root === undefined
      ? names.map((name) => stack.prefix + name)
      : [...names, ...[...names, ...pseudoNames].map((name) => `${root}/${name}`)];
  });
}

/** What the declarations of a parameter say against the value that `--parameter` gives it by that name. */
export const refusedValues = (placed: readonly Placed[], key: string, value: string): readonly Problem[] =>
  placed.flatMap(({ stack, root }) =>
    [...stack.template.parameters].flatMap(([name, parameter]) => {
      const names = root === undefined ? [stack.prefix + name] : [name, `${root}/${name}`];
      return names.includes(key) ? (problemOf(parameter, value, stack.template.file) ?? []) : [];
    }),
  );
