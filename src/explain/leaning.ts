/**
 * What a proof of absence leans on beyond the configuration: disputed facts (`engine.md`, two bounds), and that
 * on-premises forwards nothing (`interfaces.md`, `--assume`): that without which some flow might exist.
 */
import facts from '../../models/facts.json' with { type: 'json' };
import type { Network } from '../network/network.ts';
import { fact, transitOnPremises } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import type { FactUsed } from '../result/answer.ts';
import { type SessionOptions, exists, openSession, planeFor } from '../verify/index.ts';

/** Facts whose denial can only add flows, each with what it takes to matter in a network. */
const candidates: readonly {
  number: keyof typeof facts;
  matters: (network: Network, question: Question) => boolean;
}[] = [
  { number: '4.9', matters: (network) => someRoute(network, ({ origin }) => origin === 'propagated') },
  { number: '4.16', matters: (network) => someRoute(network, ({ state }) => state === 'blackhole') },
  {
    number: '12.13',
    matters: ({ loadBalancers }) => [...loadBalancers.values()].some(({ balancerType }) => balancerType === 'network'),
  },
  {
    number: '4.24',
    matters: ({ firewalls }, { mode }) => mode !== 'packet' && firewalls.size > 0,
  },
];

type Route = Network['routeTables'] extends ReadonlyMap<string, { readonly routes: readonly (infer R)[] }> ? R : never;

const someRoute = ({ routeTables }: Network, test: (route: Route) => boolean): boolean =>
  [...routeTables.values()].some(({ routes }) => routes.some(test));

export interface Leaning {
  readonly facts: readonly FactUsed[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** `onPremises` tells whether something came there in looking for a flow. */
export async function leantOn(
  network: Network,
  question: Question,
  onPremises: boolean,
  switches: SessionOptions,
  timeoutMs: number,
): Promise<Leaning> {
  const deadline = Date.now() + timeoutMs;
  /** Whether some flow might exist were the side of that key the other. */
  const matters = async (key: string, side: boolean): Promise<boolean> => {
    const other = { ...question, sides: new Map([...question.sides, [key, side]]) };
    const plane = planeFor(network, other, switches);
    for (const family of question.families) {
      const session = openSession(plane, other, family, { ...switches, deadline });
      const found = await exists(session, 'none', { timeoutMs: deadline - Date.now() });
      await session.close();
      if (found.kind !== 'none') return true;
    }
    return false;
  };
  const used: FactUsed[] = [];
  for (const candidate of candidates) {
    const { number } = candidate;
    if (question.sides.has(fact(number)) || !candidate.matters(network, question)) continue;
    if (await matters(fact(number), false)) used.push({ fact: number, value: 'yes', says: facts[number].says });
  }
  const transits = onPremises && !question.sides.has(transitOnPremises);
  return {
    facts: used,
    notes: transits && (await matters(transitOnPremises, true)) ? [onPremisesNote] : [],
  };
}

const onPremisesNote =
  'On premises nothing that came by a line is taken to be sent on by it or another; declared otherwise (`transit:onprem`), a flow might come about.';
