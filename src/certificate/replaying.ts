/** What the tracer is given of a flow, as a certificate has it: of the choices those without which the flow goes otherwise. */
import type { Choices, Replay, ReplayRequest, ReplayResult } from '../network/replay.ts';
import type { Replay as Written } from './checker/format.ts';
import { fromPlain, toPlain } from './plain.ts';

/** In the network of that variant. */
export type Replaying = Omit<ReplayRequest, 'network'> & { readonly variant: number };

export const written = (given: Replaying): Written => toPlain(given) as Written;

/** Undefined where it is not as `written` writes it. */
export function readReplaying(replay: Written): Replaying | undefined {
  const given = fromPlain(replay) as Replaying;
  return same(toPlain(given), replay) ? given : undefined;
}

/** The choices, in one order, less each without which the same becomes of the flow. */
export function neededChoices(request: ReplayRequest, replay: Replay): Choices {
  const traced = outcomeOf(request, replay);
  let left = inOrder(request.choices);
  for (const shorter of shortenings(left)) {
    const trial = shorter(left);
    if (outcomeOf({ ...request, choices: trial }, replay) === traced) left = trial;
  }
  return inOrder(left);
}

/** Undefined where nothing becomes of it without a choice. */
function outcomeOf(request: ReplayRequest, replay: Replay): string | undefined {
  let traced: ReplayResult;
  try {
    traced = replay(request);
  } catch {
    return undefined;
  }
  const { delivery, replied, hops, returnHops } = traced;
  return JSON.stringify(toPlain([delivery, replied, hops, returnHops]));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const words = ['enters', 'transits', 'returnsBy', 'repliesBy', 'keeps'] as const;
const maps = ['nat', 'emits', 'zones', 'equals', 'appliances'] as const;

/** Each leaves out one choice. */
function* shortenings(all: Choices): Iterable<(left: Choices) => Choices> {
  for (const word of words)
    if (all[word] !== undefined)
      yield (left) => Object.fromEntries(Object.entries(left).filter(([key]) => key !== word)) as unknown as Choices;
  for (const map of maps)
    for (const key of all[map]?.keys() ?? []) yield (left) => ({ ...left, [map]: without<unknown>(left[map], key) });
  for (const holder of all.holders ?? [])
    yield (left) => ({ ...left, holders: left.holders?.filter((one) => one !== holder) ?? [] });
}

const without = <V>(map: ReadonlyMap<string, V> | undefined, key: string): ReadonlyMap<string, V> =>
  new Map([...(map ?? [])].filter(([one]) => one !== key));

function inOrder({ nat, emits, zones, equals, appliances, holders = [], ...named }: Choices): Choices {
  return {
    nat,
    emits,
    ...Object.fromEntries(words.flatMap((word) => (named[word] === undefined ? [] : [[word, named[word]]]))),
    ...(zones === undefined || zones.size === 0 ? {} : { zones }),
    ...(equals === undefined || equals.size === 0 ? {} : { equals }),
    ...(appliances === undefined || appliances.size === 0 ? {} : { appliances }),
    ...(holders.length === 0 ? {} : { holders }),
  };
}
