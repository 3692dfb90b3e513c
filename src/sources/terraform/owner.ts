/** Whose account and which Region a resource is in: by its ARN, its own arguments, or its provider's configuration. */
import type { Instance, World } from './instance.ts';
import { isObject, type Json, type JsonObject, listIn, objectIn, textIn } from './json.ts';

interface Owner {
  readonly account?: string;
  readonly region?: string;
}

export function ownerOf(world: World, one: Instance): Owner {
  const region = textIn(one.values, 'region');
  const account = textIn(one.values, 'owner_id');
  return {
    ...soleOwner(world),
    ...configured(world, textIn(one.configuration, 'provider_config_key')),
    ...byArn(one),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined || !/^\d{12}$/.test(account) ? {} : { account }),
  };
}

/** The configuration of a provider by its key: `aws`, `aws.west`, `module.net:aws`. */
function configured(world: World, key: string | undefined): Owner | undefined {
  const found = key === undefined ? undefined : world.configuration?.providers[key];
  return isObject(found) ? ownerIn(world, found) : undefined;
}

/**
 * Where the provider is not told (a module that was handed one of another name, a state): what all providers and all
 * ARNs agree on.
 */
function soleOwner(world: World): Owner {
  const before = world.memory.get('sole owner');
  if (before !== undefined) return before as Owner;
  const providers = Object.values(world.configuration?.providers ?? {}).flatMap((one) =>
    isObject(one) && /^awscc?$/.test(textIn(one, 'name') ?? '') ? [ownerIn(world, one)] : [],
  );
  const all = [...providers, ...world.instances.map(byArn)];
  const only = (of: (owner: Owner) => string | undefined): string | undefined => {
    const found = new Set(all.flatMap((one) => of(one) ?? []));
    return found.size === 1 ? [...found][0] : undefined;
  };
  const account = only((one) => one.account);
  const region = providers.some((one) => one.region === undefined) ? undefined : only((one) => one.region);
  const found = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
  world.memory.set('sole owner', found);
  return found;
}

function byArn(one: Instance): Owner {
  const [, , , region = '', account = ''] = one.data ? [] : (textIn(one.values, 'arn') ?? '').split(':');
  return { ...(region === '' ? {} : { region }), ...(/^\d{12}$/.test(account) ? { account } : {}) };
}

function ownerIn(world: World, provider: JsonObject): Owner {
  const expressions = objectIn(provider, 'expressions');
  const written = constant(world, expressions.region);
  // A text made of a variable shows as the variable alone.
  const region = written !== undefined && /^[a-z]{2}(-[a-z]+)+-\d$/.test(written) ? written : undefined;
  const [role] = listIn(expressions, 'assume_role');
  const arn = constant(world, objectIn({ role: role ?? null }, 'role').role_arn);
  const [, , , , account] = (arn ?? '').split(':');
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined || account === '' ? {} : { account }),
  };
}

/** The value of an expression that is a constant, or a variable of the root that is not sensitive. */
function constant(world: World, expression: Json | undefined): string | undefined {
  if (!isObject(expression)) return undefined;
  const told = textIn(expression, 'constant_value');
  if (told !== undefined) return told;
  const [first, ...rest] = listIn(expression, 'references');
  const [, name] = rest.length === 0 && typeof first === 'string' ? (/^var\.([^.[]+)$/.exec(first) ?? []) : [];
  if (name === undefined || objectIn(world.configuration?.root.variables, name).sensitive === true) return undefined;
  return textIn(objectIn(world.variables, name), 'value');
}
