/**
 * A stack: a template with the values that its parameters have. Parameters, conditions, links and outputs are worked out
 * when they are first asked for.
 */
import { didYouMean } from '../../base/near.ts';
import type { Problem } from '../../base/problem.ts';
import { Link, Unknown } from '../declared/value.ts';
import { evaluate } from './evaluate.ts';
import { endpointItems } from './firewall-endpoint.ts';
import { expandLoops } from './for-each.ts';
import { truthOf } from './functions/condition.ts';
import { at, type Entry, type Node, textOf } from './node.ts';
import { withoutValue } from './parameter.ts';
import { type Partial, NoValue } from './partial.ts';
import type { Pseudo } from './pseudo.ts';
import { decidesItself, isModule, told } from './resource-type.ts';
import type { Scope, Truth } from './scope.ts';
import type { Template } from './template.ts';

/** What the stacks of one input share. */
export interface Context {
  readonly problem: (problem: Problem) => void;
  readonly warn: (text: string) => void;
  /** One stack of the input stands by itself, whatever is nested in it. */
  readonly alone: boolean;
  /** What a stack with those pseudo parameters imports under the name. */
  readonly importOf: (name: string, by: Pseudo) => Partial | undefined;
  /** The resources of all stacks, by address. */
  readonly resources: Map<string, { readonly stack: Stack; readonly name: string }>;
}

export interface Stack {
  readonly template: Template;
  /** In front of its logical ids: nothing, or a path that ends in `/`. */
  readonly prefix: string;
  readonly pseudo: Pseudo;
  /** What the stack around or the person gives the parameter. */
  readonly given: (name: string) => Partial | undefined;
  /** Why it is not known whether there is such a stack. */
  readonly uncertain: string | undefined;
  readonly context: Context;
  readonly resources: ReadonlyMap<string, Entry>;
  readonly outputs: ReadonlyMap<string, Node>;
  /** Stacks nested in it, by logical id; undefined where the template is not known. */
  readonly nested: Map<string, Stack | undefined>;
  /** Which resource waits for which others. */
  readonly waits: Map<string, Set<string>>;
  readonly presence: (name: string) => Truth;
  /** `absent` is called, with the near ones, where there is none of that name. */
  readonly output: (name: string, absent: (hint: string | undefined) => void) => Partial;
  /** What `from`, a resource or nothing, can ask. */
  readonly scope: (from?: string) => Scope;
}

type Given = Pick<Stack, 'template' | 'prefix' | 'pseudo' | 'given' | 'uncertain' | 'context'>;

/** Whether what stands there counts: surely, perhaps, or not at all. */
type Mode = 'sure' | 'unsure' | 'dead';

export function makeStack(given: Given): Stack {
  const { template, prefix, pseudo, context } = given;
  const values = new Map<string, Partial>();
  const truths = new Map<string, Truth>();
  const open = new Set<string>();
  const conditions = new Map<string, Node>();
  const resources = new Map<string, Entry>();
  const outputs = new Map<string, Node>();
  const nested = new Map<string, Stack | undefined>();
  const waits = new Map<string, Set<string>>();
  /** Others may stand beside those in the template. */
  const rewritten = template.transforms.some((name) => name !== 'AWS::LanguageExtensions');

  /** Worked out once; what needs itself is not known. */
  const once = <T>(memory: Map<string, T>, name: string, work: () => T, again: () => T): T => {
    const known = memory.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return again();
    open.add(name);
    const value = work();
    open.delete(name);
    memory.set(name, value);
    return value;
  };

  const parameter = (name: string): Partial | undefined => {
    const declared = template.parameters.get(name);
    if (declared === undefined) return undefined;
    return once(
      values,
      name,
      () => given.given(name) ?? withoutValue(declared, context.alone ? prefix : undefined),
      () => new Unknown(`the parameter \`${name}\`, which needs itself`),
    );
  };

  const presence = (name: string): Truth => {
    const condition = at(resources.get(name)?.value, 'Condition');
    return condition === undefined ? true : truthOf(condition, scopeOf('sure', undefined));
  };

  const output = (name: string, absent: (hint: string | undefined) => void): Partial => {
    const found = outputs.get(name);
    const scope = scopeOf('sure', undefined);
    if (found === undefined) {
      if (!rewritten) absent(didYouMean(name, outputs.keys()));
      return new Unknown(`the output \`${name}\`, which \`${template.file}\` does not have`);
    }
    const condition = at(found, 'Condition');
    const there = condition === undefined ? true : truthOf(condition, scope);
    if (there === false) return new Unknown(`the output \`${name}\`, which its condition removes`);
    const value = at(found, 'Value');
    return once(
      values,
      `Outputs.${name}`,
      () => (value === undefined ? new Unknown(`the output \`${name}\`, which has no value`) : scope.evaluate(value)),
      () => new Unknown(`the output \`${name}\`, which needs itself`),
    );
  };

  const link = (name: string, attribute: string, node: Node, mode: Mode, from: string | undefined): Partial => {
    const type = textOf(at(resources.get(name)?.value, 'Type')) ?? '';
    const there = presence(name);
    if (there === false && mode === 'sure' && (from === undefined || presence(from) === true))
      scopeOf(mode, from).problem(
        node,
        'reference-to-absent',
        `\`${name}\` is referred to, and its condition removes it.`,
        'Refer to it under the same condition: `!If [CONDITION, !Ref …, !Ref AWS::NoValue]`.',
      );
    if (there === false) return new Unknown(`\`${prefix}${name}\`, which its condition removes`);
    if (mode === 'sure' && from !== undefined) waits.set(from, (waits.get(from) ?? new Set()).add(name));
    if (type === 'AWS::CloudFormation::Stack') {
      const key = /^Outputs\.(.+)$/.exec(attribute)?.[1];
      const stack = nested.get(name);
      if (key === undefined || stack === undefined)
        return new Unknown(
          key === undefined
            ? `the stack \`${prefix}${name}\``
            : `the output \`${key}\` of \`${prefix}${name}\`, whose template is not given`,
        );
      return stack.output(key, (hint) =>
        scopeOf(mode, from).problem(
          node,
          'no-such-output',
          `\`${stack.template.file}\` has no output \`${key}\`.`,
          hint,
        ),
      );
    }
    if (decidesItself(type))
      return new Unknown(
        attribute === 'Ref'
          ? `what \`${prefix}${name}\` makes`
          : `\`${attribute}\`, which \`${prefix}${name}\` decides (${type})`,
      );
    const property = told[type]?.includes(attribute) === true ? propertyOf(name, attribute) : undefined;
    return property ?? new Link(`${prefix}${name}`, attribute);
  };

  /** An attribute that is just what the property of that name says. */
  const propertyOf = (name: string, property: string): Partial | undefined => {
    const found = at(at(resources.get(name)?.value, 'Properties'), property);
    if (found === undefined) return undefined;
    const value = once(
      values,
      `Properties.${name}.${property}`,
      () => scopeOf('unsure', undefined).evaluate(found),
      () => new Unknown(`\`${property}\` of \`${prefix}${name}\`, which needs itself`),
    );
    return value instanceof NoValue ? undefined : value;
  };

  /** A firewall's subnets, in whichever stack it is. */
  const mappingsOf = (address: string): Partial | undefined => {
    const found = context.resources.get(address);
    const mappings = at(at(found?.stack.resources.get(found.name)?.value, 'Properties'), 'SubnetMappings');
    return mappings === undefined ? undefined : found!.stack.scope().unsure.evaluate(mappings);
  };

  const missing = (name: string, node: Node, scope: Scope, candidates: Iterable<string>): Unknown => {
    if (!rewritten && ![...resources].some(([id, { value }]) => name.startsWith(id) && isModule(value)))
      scope.problem(
        node,
        'dangling-reference',
        `There is no parameter or resource \`${name}\`.`,
        didYouMean(name, candidates) ?? 'Add it to the template, or take the reference away.',
      );
    return new Unknown(`\`${prefix}${name}\`, which the template does not have`);
  };

  const scopes = new Map<string, Scope>();
  const scopeOf = (mode: Mode, from: string | undefined): Scope => {
    const key = `${mode} ${from ?? ''}`;
    const known = scopes.get(key);
    if (known !== undefined) return known;
    const scope: Scope = {
      evaluate: (node) => evaluate(node, scope),
      get unsure() {
        return mode === 'dead' ? scope : scopeOf('unsure', from);
      },
      get dead() {
        return scopeOf('dead', from);
      },
      ref: (name, node) => {
        if (name.startsWith('AWS::')) {
          const value = pseudo.get(name);
          if (value !== undefined) return value;
          scope.problem(
            node,
            'dangling-reference',
            `There is no pseudo parameter \`${name}\`.`,
            didYouMean(name, pseudo.keys()),
          );
          return new Unknown(`\`${name}\`, which there is not`);
        }
        const value = parameter(name);
        if (value !== undefined) return value;
        if (resources.has(name)) return link(name, 'Ref', node, mode, from);
        return missing(name, node, scope, [...template.parameters.keys(), ...resources.keys()]);
      },
      attribute: (name, attribute, node) =>
        resources.has(name) ? link(name, attribute, node, mode, from) : missing(name, node, scope, resources.keys()),
      condition: (name, node) => {
        const found = conditions.get(name);
        if (found === undefined) {
          const hint = didYouMean(name, conditions.keys()) ?? 'Add it to `Conditions`.';
          scope.problem(node, 'dangling-reference', `There is no condition \`${name}\`.`, hint);
          return new Unknown(`the condition \`${name}\`, which there is not`);
        }
        const truth = once<Truth>(
          truths,
          name,
          () => truthOf(found, scopeOf('sure', undefined)),
          () => {
            scope.problem(node, 'circular-reference', `The condition \`${name}\` depends on itself.`);
            return new Unknown(`the condition \`${name}\`, which depends on itself`);
          },
        );
        return truth instanceof Unknown ? new Unknown(because(prefix + name, truth.why)) : truth;
      },
      mapping: (name) => {
        const found = template.mappings.get(name);
        return found?.kind === 'mapping' ? found : undefined;
      },
      mappings: [...template.mappings.keys()],
      region: () => {
        const region = pseudo.get('AWS::Region');
        return typeof region === 'string' || region instanceof Unknown ? region : '';
      },
      alone: context.alone,
      importOf: (name) => context.importOf(name, pseudo),
      endpointItems: (list) => endpointItems(list, mappingsOf(list.resource)),
      problem: (node, code, message, hint) => {
        // What does not count may be out of bounds; that it refers to nothing is a mistake all the same.
        if (mode !== 'sure' && code !== 'dangling-reference' && code !== 'wrong-arity') return;
        context.problem({
          code,
          file: template.file,
          place: node.place,
          message,
          ...(hint === undefined ? {} : { hint }),
        });
      },
      warn: (text) => {
        if (mode !== 'dead') context.warn(text);
      },
    };
    scopes.set(key, scope);
    return scope;
  };

  const stack: Stack = {
    ...given,
    resources,
    outputs,
    nested,
    waits,
    presence,
    output,
    scope: (from) => scopeOf('sure', from),
  };
  const scope = scopeOf('sure', undefined);
  for (const { key, value } of expandLoops(template.conditions, scope)) conditions.set(key, value);
  for (const entry of expandLoops(template.resources, scope)) {
    if (entry.key.startsWith('Fn::')) continue;
    resources.set(entry.key, entry);
    context.resources.set(prefix + entry.key, { stack, name: entry.key });
  }
  for (const { key, value } of expandLoops(template.outputs, scope)) outputs.set(key, value);
  return stack;
}

const because = (condition: string, why: string): string =>
  why.startsWith('the condition') ? why : `the condition \`${condition}\`, which depends on ${why}`;
