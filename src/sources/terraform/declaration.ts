/** One side of a plan to a declaration: each instance translated by its type, with its account and Region. */
import type { Declaration, DeclaredResource, Untranslated } from '../declared/resource.ts';
import type { Value } from '../declared/value.ts';
import { generic } from './generic.ts';
import { given } from './given.ts';
import type { Instance, World } from './instance.ts';
import { lookups } from './lookup.ts';
import { mentions } from './mention.ts';
import { mixing } from './mixing.ts';
import { ownerOf } from './owner.ts';
import { defined, type Told, type Translation } from './translation.ts';
import { translations } from './types.ts';

export function declarationOf(file: string, world: World, warnings: readonly string[]): Declaration {
  const resources: DeclaredResource[] = [];
  const untranslated: Untranslated[] = [];
  for (const one of world.instances) {
    const source = { file, place: one.address };
    const translate = translationOf(one);
    if (translate !== undefined) {
      for (const told of translate(given(world, one))) resources.push(resourceOf(world, one, told, source));
    } else if (!one.data && one.type.startsWith('aws')) {
      const named: readonly Value[] | undefined = mentions(given(world, one));
      if (named !== undefined)
        untranslated.push({
          type: one.type,
          address: one.address,
          ...(named.length > 0 ? { mentions: named } : {}),
          source,
        });
    }
  }
  const mixed = mixing(world, resources);
  return { resources: mixed.resources, untranslated, warnings: [...warnings, ...mixed.warnings, ...inferred(world)] };
}

const translationOf = ({ data, type }: Instance): Translation | undefined =>
  data ? lookups.get(type) : type.startsWith('awscc_') ? generic(type) : translations.get(type);

function resourceOf(world: World, one: Instance, told: Told, source: DeclaredResource['source']): DeclaredResource {
  const { type, id, part, properties } = told;
  const suffix = part === undefined ? '' : `#${part}`;
  const address = `${one.address}${suffix}`;
  return {
    type,
    address,
    ...(one.formerly === undefined ? {} : { formerly: one.formerly.map((each) => `${each}${suffix}`) }),
    id: id ?? address,
    properties: defined(properties),
    ...(one.data ? { lookedUp: true } : {}),
    ...ownerOf(world, one),
    source,
  };
}

const most = 5;

/** What was taken for granted is said, since the plan does not show it. */
function inferred({ byOwnKey, takenEmpty }: World): readonly string[] {
  return [
    ...said(
      byOwnKey,
      (all) =>
        `The plan does not show how \`count.index\` and \`each.key\` are used: ${all} are taken to be meant by resources of the same key.`,
    ),
    ...said(
      takenEmpty,
      (all) =>
        `The plan does not show blocks that a \`dynamic\` makes of what is known after apply: ${all} are taken to have none.`,
    ),
  ];
}

function said(all: ReadonlySet<string>, sentence: (shown: string) => string): readonly string[] {
  if (all.size === 0) return [];
  const shown = [...all].slice(0, most).map((one) => `\`${one}\``);
  return [sentence(`${shown.join(', ')}${all.size > most ? ` and ${all.size - most} more` : ''}`)];
}
