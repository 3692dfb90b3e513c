/**
 * The two sides of a plan, instance by instance: what is there before, as refreshed, and what there will be. What the
 * plan does not touch, and what Terraform will merely forget, is on both.
 */
import { steps } from './address.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import { type Raw, type World, worldOf } from './instance.ts';
import { isObject, type Json, type JsonObject, listIn, objectIn, textIn } from './json.ts';

export interface Sides {
  readonly before?: World;
  readonly after: World;
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** A state alone: what there is. */
export function sidesOfState(json: JsonObject): Sides {
  return { after: worldOf(inValues(objectIn(json, 'values')), {}), warnings: [] };
}

export function sidesOfPlan(json: JsonObject): Sides {
  const configuration = configurationOf(json);
  const changes = listIn(json, 'resource_changes').flatMap((one) => changeOf(one) ?? []);
  const prior = inValues(objectIn(objectIn(json, 'prior_state'), 'values'));
  const planned = inValues(objectIn(json, 'planned_values'));
  const variables = objectIn(json, 'variables');
  const before = beforeOf(prior, changes);
  const there = worldOf(before, variables, providersOf(configuration));
  const after = afterOf(prior, planned, changes);
  return {
    before: there,
    after: worldOf(after, variables, configuration, there),
    warnings: [...warningsOf(json, configuration), ...changes.flatMap((one) => forgotten(one))],
  };
}

/** What is there before was not made by this configuration; whose it is, its providers tell. */
const providersOf = (configuration: Configuration | undefined): Configuration | undefined =>
  configuration && {
    providers: configuration.providers,
    root: { ...configuration.root, resources: new Map(), calls: new Map(), modules: new Map(), outputs: {} },
  };

interface Change {
  readonly raw: Raw;
  readonly previous?: string;
  readonly actions: readonly string[];
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly sensitiveBefore: Json;
}

function changeOf(json: Json): Change | undefined {
  if (!isObject(json) || 'deposed' in json) return undefined;
  const change = objectIn(json, 'change');
  const raw = rawOf(json, {
    values: objectIn(change, 'after'),
    unknown: change.after_unknown ?? false,
    sensitive: change.after_sensitive ?? false,
  });
  if (raw === undefined) return undefined;
  const previous = textIn(json, 'previous_address');
  return {
    raw: previous === undefined || previous === raw.address ? raw : { ...raw, formerly: [previous] },
    ...(previous === undefined ? {} : { previous }),
    actions: listIn(change, 'actions').filter((one): one is string => typeof one === 'string'),
    ...(isObject(change.before) ? { before: change.before } : {}),
    ...(isObject(change.after) ? { after: change.after } : {}),
    sensitiveBefore: change.before_sensitive ?? false,
  };
}

/** A resource as Terraform lists it; undefined where the entry is none. */
function rawOf(json: JsonObject, rest: Pick<Raw, 'values' | 'unknown' | 'sensitive'>): Raw | undefined {
  const address = textIn(json, 'address');
  const type = textIn(json, 'type');
  const name = textIn(json, 'name');
  if (address === undefined || type === undefined || name === undefined) return undefined;
  const { index } = json;
  const key = typeof index === 'number' || typeof index === 'string' ? { key: index } : {};
  const data = json.mode === 'data';
  return { address, moduleAddress: moduleOf(address), data, type, name, ...key, ...rest };
}

/** The module in which an address stands: no type of resource is called `module`. */
function moduleOf(address: string): string {
  const all = steps(address);
  let out = '';
  for (let i = 0; all[i] === 'module'; i += 2) {
    const name = all[i + 1];
    if (typeof name !== 'string') break;
    out += `${out === '' ? '' : '.'}module.${name}`;
    const key = all[i + 2];
    if (typeof key !== 'object') continue;
    out += `[${JSON.stringify(key.key)}]`;
    i++;
  }
  return out;
}

function inValues(values: JsonObject): readonly Raw[] {
  const walk = (module: JsonObject): readonly Raw[] => [
    ...listIn(module, 'resources').flatMap((one) => {
      if (!isObject(one)) return [];
      const known = { values: objectIn(one, 'values'), unknown: false, sensitive: one.sensitive_values ?? false };
      return rawOf(one, known) ?? [];
    }),
    ...listIn(module, 'child_modules').flatMap((one) => (isObject(one) ? walk(one) : [])),
  ];
  return walk(objectIn(values, 'root_module'));
}

/** The state as refreshed, under the addresses that it has in the configuration before; and what is to be imported. */
function beforeOf(prior: readonly Raw[], changes: readonly Change[]): readonly Raw[] {
  const renamed = new Map(
    changes.flatMap(({ raw, previous }) => (previous === undefined ? [] : [[raw.address, previous]])),
  );
  const there = new Set(prior.flatMap(({ address }) => [address, renamed.get(address) ?? address]));
  const state = prior.map((one) => readdressed(one, renamed.get(one.address)));
  const others = changes.flatMap(({ raw, previous, before, sensitiveBefore }) => {
    if (before === undefined || raw.data || there.has(previous ?? raw.address)) return [];
    const { formerly: _, ...rest } = raw;
    return [readdressed({ ...rest, values: before, unknown: false, sensitive: sensitiveBefore }, previous)];
  });
  return [...state, ...others];
}

function readdressed(raw: Raw, address: string | undefined): Raw {
  if (address === undefined || address === raw.address) return raw;
  const own = steps(address);
  const last = own.at(-1);
  const { key: _, ...rest } = raw;
  const key = typeof last === 'object' ? { key: last.key } : {};
  const name = own.findLast((one) => typeof one === 'string')!;
  return { ...rest, ...key, address, name, moduleAddress: moduleOf(address) };
}

function afterOf(prior: readonly Raw[], planned: readonly Raw[], changes: readonly Change[]): readonly Raw[] {
  const changed = new Set(changes.flatMap(({ raw, previous }) => [raw.address, previous ?? raw.address]));
  const outcome = changes.flatMap(({ raw, actions, before, after }) => {
    if (after !== undefined) return [raw];
    const kept = actions.includes('forget') && before !== undefined;
    return kept ? [{ ...raw, values: before, unknown: false }] : [];
  });
  const untouched = [...prior, ...planned].filter(({ address }) => !changed.has(address));
  return [...outcome, ...new Map(untouched.map((one) => [one.address, one])).values()];
}

const forgotten = ({ raw, actions, after }: Change): readonly string[] =>
  !actions.includes('forget')
    ? []
    : after === undefined
      ? [`\`${raw.address}\` is only forgotten by Terraform: it stays as it is, and is counted as there.`]
      : [`\`${raw.address}\` is made anew, and the one that it replaces is only forgotten: that one is not counted.`];

function warningsOf(json: JsonObject, configuration: Configuration | undefined): readonly string[] {
  const out: string[] = [];
  if (configuration === undefined)
    out.push('The plan has no `configuration`: what resources not made yet refer to is not known.');
  const deferred = listIn(json, 'deferred_changes').length;
  if (deferred > 0) out.push(`The plan leaves ${deferred} changes for later; they are not counted.`);
  else if (json.complete === false)
    out.push('The plan is not complete (`-target`, or changes left for later): what it does not plan stays as it is.');
  return out;
}
