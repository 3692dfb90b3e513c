/** Whose account and which Region a resource is in: by its ARN, its own arguments, or its provider's configuration. */
import type { Instance, World } from './instance.ts';
import { isObject, type Json, type JsonObject, listIn, objectIn, textIn } from './json.ts';

interface Owner {
  readonly account?: string;
  readonly region?: string;
}

export function ownerOf(world: World, one: Instance): Owner {
  const [, , , byArnRegion = '', byArnAccount = ''] = (textIn(one.values, 'arn') ?? '').split(':');
  const provider = providerOf(world, one);
  const region = textIn(one.values, 'region') ?? (byArnRegion || undefined) ?? provider.region;
  const account = textIn(one.values, 'owner_id') ?? (byArnAccount || undefined) ?? provider.account;
  return {
    ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
    ...(region === undefined ? {} : { region }),
  };
}

function providerOf(world: World, one: Instance): Owner {
  const key = textIn(one.configuration, 'provider_config_key');
  const own = key === undefined ? undefined : configured(world, key);
  return own ?? soleOwner(world);
}

/** The configuration of a provider by its key: `aws`, `aws.west`, `module.net:aws`. */
function configured(world: World, key: string): Owner | undefined {
  const all = world.configuration?.providers ?? {};
  const found = all[key];
  return isObject(found) ? ownerIn(world, found) : undefined;
}

/** A provider of another name that a module was handed is not told: then all that are configured must agree. */
function soleOwner(world: World): Owner {
  const all = Object.values(world.configuration?.providers ?? {}).flatMap((one) =>
    isObject(one) && /^awscc?$/.test(textIn(one, 'name') ?? '') ? [ownerIn(world, one)] : [],
  );
  const only = (of: (owner: Owner) => string | undefined): string | undefined => {
    const found = new Set(all.map(of));
    return found.size === 1 ? [...found][0] : undefined;
  };
  const account = only((one) => one.account);
  const region = only((one) => one.region);
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}

function ownerIn(world: World, provider: JsonObject): Owner {
  const expressions = objectIn(provider, 'expressions');
  const region = constant(world, expressions.region);
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
