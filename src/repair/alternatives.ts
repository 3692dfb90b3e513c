/**
 * What would let a flow through that is blocked: the smallest sets of edits, several where there are several, each
 * proved on the edited network to let it through, and to do so by all of its edits.
 */
import type { Network } from '../network/network.ts';
import type { Candidate } from './candidate.ts';
import type { AskCourt } from './court.ts';
import { openings } from './opening.ts';
import { type Judged, type Limits, type Searched, search } from './search.ts';
import { createBench } from './trial.ts';

export async function alternatives(network: Network, court: AskCourt, limits: Limits): Promise<Searched> {
  const bench = createBench(network, court.rules);
  const judge = async (set: readonly Candidate[]): Promise<Judged> => {
    const trial = bench.on(set);
    const asked = trial && court.understood(trial.network);
    if (trial === undefined || asked === undefined) return { kind: 'hopeless' };
    const { free, branches } = openings(asked.network, asked.question, court);
    if (free && (await court.isReachable(trial.network))) return { kind: 'kept' };
    return branches.length === 0 ? { kind: 'hopeless' } : { kind: 'open', branches };
  };
  const searched = await search(judge, limits);
  return { ...searched, found: searched.found.map((set) => bench.on(set)?.set ?? set) };
}
