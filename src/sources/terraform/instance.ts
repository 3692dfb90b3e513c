/** The resources and data sources of one side of a plan, instance by instance, in the modules that they stand in. */
import { groupBy } from '../../base/group.ts';
import { type Key, moduleSteps } from './address.ts';
import type { Configuration, ModuleConfiguration } from './configuration.ts';
import type { Json, JsonObject } from './json.ts';

/** One instance of a module: the root, or a call with its key. */
export interface Module {
  /** Empty for the root. */
  readonly address: string;
  readonly parent?: Module;
  /** The call's name, and its key where it has `count` or `for_each`. */
  readonly name?: string;
  readonly key?: Key;
  readonly configuration?: ModuleConfiguration;
  readonly children: Module[];
  /** By `aws_subnet.app`, `data.aws_vpc.main`. */
  readonly resources: Map<string, Instance[]>;
}

export interface Instance {
  readonly address: string;
  readonly formerly?: readonly string[];
  readonly module: Module;
  readonly data: boolean;
  readonly type: string;
  /** `aws_subnet.app`, `data.aws_vpc.main`: what its instances have in common. */
  readonly of: string;
  readonly key?: Key;
  readonly values: JsonObject;
  /** `true` where a value is known after apply only, in the shape of the values. */
  readonly unknown: Json;
  /** `true` where a value is sensitive, in the shape of the values. */
  readonly sensitive: Json;
  /** Its block in the configuration. */
  readonly configuration?: JsonObject;
}

/** One side. */
export interface World {
  readonly root: Module;
  readonly instances: readonly Instance[];
  /** The other side's, where this one is the plan's outcome: what exists before it. */
  readonly before?: World;
  /** The root's variables, where the plan gives them. */
  readonly variables: JsonObject;
  readonly configuration?: Configuration;
  /** Addresses that were taken for meant because their key is that of the instance that names them. */
  readonly byOwnKey: Set<string>;
  /** What is to be made without blocks that a `dynamic` over what is not known yet could hold unseen. */
  readonly takenEmpty: Set<string>;
  /** What was worked out already, by whoever asks. */
  readonly memory: Map<string, unknown>;
}

/** What is read of an instance before it has its place. */
export interface Raw extends Omit<Instance, 'module' | 'of' | 'configuration'> {
  readonly moduleAddress: string;
  readonly name: string;
}

export function worldOf(
  raws: readonly Raw[],
  variables: JsonObject,
  configuration?: Configuration,
  before?: World,
): World {
  const root = moduleAt('', configuration?.root);
  const modules = new Map([['', root]]);
  const instances = raws.map(({ moduleAddress, name, ...raw }): Instance => {
    const module = enter(root, modules, moduleAddress);
    const of = `${raw.data ? 'data.' : ''}${raw.type}.${name}`;
    const block = module.configuration?.resources.get(of);
    const one = { ...raw, module, of, ...(block === undefined ? {} : { configuration: block }) };
    const same = module.resources.get(of);
    if (same === undefined) module.resources.set(of, [one]);
    else same.push(one);
    return one;
  });
  return {
    root,
    instances,
    variables,
    byOwnKey: new Set(),
    takenEmpty: new Set(),
    memory: new Map(),
    ...(configuration === undefined ? {} : { configuration }),
    ...(before === undefined ? {} : { before }),
  };
}

/** The managed resources of a Terraform type. */
export function ofType(world: World, type: string): readonly Instance[] {
  const before = world.memory.get('by type') as ReadonlyMap<string, readonly Instance[]> | undefined;
  if (before !== undefined) return before.get(type) ?? [];
  const managed = world.instances.filter(({ data }) => !data);
  world.memory.set(
    'by type',
    groupBy(managed, (one) => one.type),
  );
  return ofType(world, type);
}

const moduleAt = (address: string, configuration: ModuleConfiguration | undefined, rest: object = {}): Module => ({
  address,
  children: [],
  resources: new Map(),
  ...(configuration === undefined ? {} : { configuration }),
  ...rest,
});

function enter(root: Module, modules: Map<string, Module>, address: string): Module {
  const found = modules.get(address);
  if (found !== undefined) return found;
  let at = root;
  for (const { name, key } of moduleSteps(address)) {
    let next = at.children.find((child) => child.name === name && child.key === key);
    if (next === undefined) {
      const own = `${at.address === '' ? '' : `${at.address}.`}module.${name}${bracketed(key)}`;
      const called = at.configuration?.modules.get(name);
      next = moduleAt(own, called, { parent: at, name, ...(key === undefined ? {} : { key }) });
      at.children.push(next);
    }
    at = next;
  }
  modules.set(address, at);
  return at;
}

const bracketed = (key: Key | undefined): string => (key === undefined ? '' : `[${JSON.stringify(key)}]`);
