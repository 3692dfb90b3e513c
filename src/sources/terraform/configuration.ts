/** The configuration in a plan: what each module declares, by name. Locals are not in it. */
import { isObject, type JsonObject, listIn, objectIn, textIn } from './json.ts';

export interface ModuleConfiguration {
  /** By `aws_subnet.app`, `data.aws_vpc.main`. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  /** By name: with `expressions` of the inputs, `count_expression`, `for_each_expression`. */
  readonly calls: ReadonlyMap<string, JsonObject>;
  /** The modules called, by the call's name. */
  readonly modules: ReadonlyMap<string, ModuleConfiguration>;
  readonly outputs: JsonObject;
  readonly variables: JsonObject;
}

export interface Configuration {
  readonly root: ModuleConfiguration;
  readonly providers: JsonObject;
}

/** Undefined where the plan has none: it was left out, or it is a state. */
export function configurationOf(plan: JsonObject): Configuration | undefined {
  const { configuration } = plan;
  if (!isObject(configuration) || !isObject(configuration.root_module)) return undefined;
  return { root: moduleOf(configuration.root_module), providers: objectIn(configuration, 'provider_config') };
}

function moduleOf(json: JsonObject): ModuleConfiguration {
  const resources = new Map<string, JsonObject>();
  for (const one of listIn(json, 'resources')) {
    const address = textIn(one, 'address');
    if (isObject(one) && address !== undefined) resources.set(address, one);
  }
  const calls = Object.entries(objectIn(json, 'module_calls')).flatMap(([name, call]) =>
    isObject(call) ? [[name, call] as const] : [],
  );
  return {
    resources,
    calls: new Map(calls),
    modules: new Map(calls.map(([name, call]) => [name, moduleOf(objectIn(call, 'module'))])),
    outputs: objectIn(json, 'outputs'),
    variables: objectIn(json, 'variables'),
  };
}
