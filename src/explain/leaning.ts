/** Disputed facts that a proof of absence leans on: those without which some flow might exist (`engine.md`, two bounds). */
import facts from '../../models/facts.json' with { type: 'json' };
import type { Network } from '../network/network.ts';
import { fact } from '../network/unknown.ts';
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
    number: '4.24',
    matters: ({ endpoints }, { mode }) =>
      mode !== 'packet' && [...endpoints.values()].some(({ endpointType }) => endpointType === 'GatewayLoadBalancer'),
  },
];

type Route = Network['routeTables'] extends ReadonlyMap<string, { readonly routes: readonly (infer R)[] }> ? R : never;

const someRoute = ({ routeTables }: Network, test: (route: Route) => boolean): boolean =>
  [...routeTables.values()].some(({ routes }) => routes.some(test));

export async function leantOn(
  network: Network,
  question: Question,
  switches: SessionOptions,
  timeoutMs: number,
): Promise<readonly FactUsed[]> {
  const deadline = Date.now() + timeoutMs;
  const used: FactUsed[] = [];
  for (const { number, matters } of candidates) {
    if (question.sides.has(fact(number)) || !matters(network, question)) continue;
    const denied = { ...question, sides: new Map([...question.sides, [fact(number), false]]) };
    const plane = planeFor(network, denied, switches);
    for (const family of question.families) {
      const session = openSession(plane, denied, family, switches);
      const found = await exists(session, 'none', { timeoutMs: deadline - Date.now() });
      await session.close();
      if (found.kind === 'none') continue;
      used.push({ fact: number, value: 'yes', says: facts[number].says });
      break;
    }
  }
  return used;
}
