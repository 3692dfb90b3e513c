/** Plans as `terraform show -json` prints them, of a few lines each. */
import { expect } from 'vitest';
import { Link, Unknown, type Value } from '../../src/sources/declared/value.ts';
import type { Declaration, DeclaredResource } from '../../src/sources/declared/resource.ts';
import { readTerraform } from '../../src/sources/terraform/index.ts';

/** Stands for what is known after apply, wherever a value can. */
export const later = { knownAfterApply: true } as const;

type Given = null | boolean | number | string | typeof later | readonly Given[] | { readonly [key: string]: Given };
type Values = Readonly<Record<string, Given>>;

/** An expression of the configuration: the references as the plan lists them, or blocks of expressions. */
export type Expression = readonly string[] | readonly object[] | { readonly [key: string]: unknown };

export interface Resource {
  /** With its modules and its key: `module.net["a"].aws_subnet.app[0]`. */
  readonly address: string;
  readonly before?: Values | null | undefined;
  readonly after?: Values | null | undefined;
  readonly actions?: readonly string[];
  /** Its arguments' references; absent of instances of a block that another one gives. */
  readonly refs?: Readonly<Record<string, Expression>> | undefined;
  readonly forEach?: readonly string[];
  readonly formerly?: string;
  readonly sensitive?: unknown;
}

interface Call {
  readonly inputs?: Readonly<Record<string, Expression>>;
  readonly outputs?: Readonly<Record<string, readonly string[]>>;
  readonly variables?: readonly string[];
  readonly forEach?: readonly string[];
}

export interface Plan {
  readonly resources: readonly Resource[];
  /** Resources of the state that the plan does not list. */
  readonly state?: readonly (Pick<Resource, 'address'> & { readonly values: Values })[];
  /** By path of names: `net`, `net.inner`. */
  readonly calls?: Readonly<Record<string, Call>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly providers?: unknown;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The references of an expression as Terraform lists them: each in full, then without its last step, and so on. */
export const ref = (...full: readonly string[]): readonly string[] =>
  full.flatMap((one) => {
    const parts = one.match(/[^.[]+|\[[^\]]*\]/g)!;
    const least = one.startsWith('data.') ? 3 : 2;
    const out: string[] = [];
    for (let n = parts.length; n >= least; n--)
      out.push(
        parts
          .slice(0, n)
          .map((part, i) => (i === 0 || part.startsWith('[') ? part : `.${part}`))
          .join(''),
      );
    return out;
  });

const known = (given: Given): unknown => {
  if (given === later) return undefined;
  if (Array.isArray(given)) return (given as readonly Given[]).map((one) => known(one) ?? null);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, one]) => one !== later)
      .map(([key, one]) => [key, known(one)]),
  );
};

const mask = (given: Given): unknown => {
  if (given === later) return true;
  if (Array.isArray(given)) return (given as readonly Given[]).map(mask);
  if (typeof given !== 'object' || given === null) return false;
  const all = Object.entries(given).map(([key, one]) => [key, mask(one)] as const);
  return Object.fromEntries(all.filter(([, one]) => one !== false));
};

interface Parts {
  readonly modules: readonly string[];
  readonly data: boolean;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
}

function partsOf(address: string): Parts {
  const modules: string[] = [];
  let rest = address;
  for (
    let m = /^module\.([^.[]+)(\[[^\]]*\])?\.(.*)$/.exec(rest);
    m !== null;
    m = /^module\.([^.[]+)(\[[^\]]*\])?\.(.*)$/.exec(rest)
  ) {
    modules.push(m[1]!);
    rest = m[3]!;
  }
  const data = rest.startsWith('data.');
  const [, type, name, key] = /^([^.]+)\.([^.[]+)(?:\[(.*)\])?$/.exec(data ? rest.slice(5) : rest)!;
  return {
    modules,
    data,
    type: type!,
    name: name!,
    ...(key === undefined ? {} : { index: JSON.parse(key) as string | number }),
  };
}

const heads = (address: string) => {
  const { data, type, name, index } = partsOf(address);
  return { address, mode: data ? 'data' : 'managed', type, name, ...(index === undefined ? {} : { index }) };
};

const expression = (one: Expression): unknown =>
  Array.isArray(one) && one.every((each) => typeof each === 'string') ? { references: one as readonly string[] } : one;

const expressions = (all: Readonly<Record<string, Expression>> = {}) =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, expression(one)]));

/** The configuration's modules, of the blocks that resources give and of the calls. */
function moduleOf(plan: Plan, path: string): Record<string, unknown> {
  const own = plan.resources.filter(
    ({ address, refs }) => refs !== undefined && partsOf(address).modules.join('.') === path,
  );
  const blocks = own.map(({ address, refs, forEach }) => {
    const { data, type, name } = partsOf(address);
    return {
      address: `${data ? 'data.' : ''}${type}.${name}`,
      mode: data ? 'data' : 'managed',
      type,
      name,
      provider_config_key: 'aws',
      expressions: expressions(refs),
      ...(forEach === undefined ? {} : { for_each_expression: { references: forEach } }),
    };
  });
  const call = plan.calls?.[path];
  const inner = Object.keys(plan.calls ?? {}).filter((one) => one.split('.').slice(0, -1).join('.') === path);
  return {
    resources: blocks,
    outputs: Object.fromEntries(
      Object.entries(call?.outputs ?? {}).map(([key, references]) => [key, { expression: { references } }]),
    ),
    variables: Object.fromEntries((call?.variables ?? Object.keys(call?.inputs ?? {})).map((name) => [name, {}])),
    module_calls: Object.fromEntries(
      inner.map((one) => [
        one.split('.').at(-1)!,
        {
          source: `./${one}`,
          expressions: expressions(plan.calls![one]!.inputs),
          ...(plan.calls![one]!.forEach === undefined
            ? {}
            : { for_each_expression: { references: plan.calls![one]!.forEach } }),
          module: moduleOf(plan, one),
        },
      ]),
    ),
  };
}

const actionsOf = ({ before, after }: Resource): readonly string[] =>
  before == null ? ['create'] : after == null ? ['delete'] : ['update'];

/** The plan as JSON. */
export function planJson(plan: Plan): Record<string, unknown> {
  const managed = plan.resources.filter((one) => one.before != null);
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    variables: Object.fromEntries(Object.entries(plan.variables ?? {}).map(([key, value]) => [key, { value }])),
    planned_values: { root_module: {} },
    resource_changes: plan.resources.map((one) => ({
      ...heads(one.address),
      ...(one.formerly === undefined ? {} : { previous_address: one.formerly }),
      change: {
        actions: one.actions ?? actionsOf(one),
        before: known(one.before ?? null),
        after: known(one.after ?? null),
        after_unknown: one.after == null ? {} : mask(one.after),
        before_sensitive: false,
        after_sensitive: one.sensitive ?? {},
      },
    })),
    prior_state: {
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            ...managed.map((one) => ({ ...heads(one.address), values: known(one.before!) })),
            ...(plan.state ?? []).map((one) => ({ ...heads(one.address), values: known(one.values) })),
          ],
        },
      },
    },
    configuration: {
      provider_config: plan.providers ?? {
        aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } },
      },
      root_module: moduleOf(plan, ''),
    },
    ...plan.more,
  };
}

/** Both sides of a plan, which must be readable. */
export function sides(json: unknown): { readonly before?: Declaration; readonly after: Declaration } {
  const read = readTerraform('plan.json', json);
  if (!read.ok) expect.fail(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}

export const after = (plan: Plan): Declaration => sides(planJson(plan)).after;

export function at({ resources }: Declaration, address: string): DeclaredResource {
  const found = resources.find((one) => one.address === address);
  return (
    found ?? expect.fail(`${address} is not declared; there are ${resources.map((one) => one.address).join(', ')}`)
  );
}

/** A value in one line: links as `→address.Attribute`, unknown ones as `?` with what they may be. */
export const shown = (value: Value | undefined): unknown => {
  if (value instanceof Link) return `→${value.resource}${value.attribute === 'Ref' ? '' : `.${value.attribute}`}`;
  if (value instanceof Unknown)
    return `?${value.candidates.length === 0 ? '' : ` ${value.candidates.map(shown).join(' | ')}`}`;
  if (Array.isArray(value)) return (value as readonly Value[]).map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]));
};

/** A property of a declared resource, shown. */
export const property = (declared: Declaration, address: string, name: string): unknown =>
  shown(at(declared, address).properties[name]);
