/** Sets of edits that were found, as they are published: what each does, its commands, where it is declared, its price. */
import { invariant } from '../base/invariant.ts';
import type { Network } from '../network/network.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import type { PriceJson, RemedyJson } from '../result/repair.ts';
import { type Candidate, keyOf } from './candidate.ts';
import { commandsOf } from './command.ts';
import { declaredAt } from './declared.ts';
import { type PriceOptions, priceOf } from './price.ts';
import { createBench } from './trial.ts';

/** `mends`: the ids of the other properties that hold with it and did not. */
export type Teller = (set: readonly Candidate[], mends: readonly string[]) => Promise<RemedyJson>;

/** What a set opens and closes is worked out once, and where `price` is given. */
export function createTeller(network: Network, rules: RuleReader, price: PriceOptions | undefined): Teller {
  const bench = createBench(network, rules);
  const prices = new Map<string, Promise<PriceJson>>();
  return async (set, mends) => {
    const trial = bench.on(set);
    invariant(trial !== undefined, 'what was found was applied');
    const commands = commandsOf(network, set);
    const key = keyOf(set);
    const known = prices.get(key) ?? (price === undefined ? undefined : priceOf(network, trial.network, price));
    if (known !== undefined) prices.set(key, known);
    return {
      edits: trial.edits.map(({ text, ...rest }) => ({ edit: text, ...rest })),
      ...(commands === undefined ? {} : { commands }),
      declared: declaredAt(network, set),
      mends,
      ...(known === undefined ? {} : { price: await known }),
    };
  };
}
