/** Why a property holds: what its proof rests on, found by the prover and told in words. */
import type { Network } from '../../network/network.ts';
import type { Question } from '../../policy/question.ts';
import type { Because, Why } from '../../result/because.ts';
import { type Support, type SessionOptions, exceptionIds, restsOn } from '../../verify/index.ts';
import { partsOf } from '../on-payload.ts';
import { exceptionText } from './exception.ts';
import { impossibleText } from './impossible.ts';
import { becauseOf } from './support.ts';

/** Of a `forbid` that holds. */
export async function whyItHolds(
  network: Network,
  question: Question,
  switches: SessionOptions,
  timeoutMs: number,
): Promise<Why> {
  const rests = await restsOn(network, partsOf(question), switches, timeoutMs);
  if (rests.kind === 'untold') return { because: [], notes: [`Why it holds was not worked out: ${rests.reason}.`] };
  const { on, least, opening } = rests;
  const told = new Set(on.map((one) => one.on).flatMap((one) => (one.kind === 'exception' ? [one.id] : [])));
  const impossible = on.length === 0 && opening === 'all';
  const unused = impossible ? [] : exceptionIds(question).filter((id) => !told.has(id));
  return {
    because: [
      ...on.toSorted((a, b) => rank(a.on) - rank(b.on)).map((one) => becauseOf(network, question, one)),
      ...(opening === 'rules' ? [routesAsTheyAre] : []),
    ],
    ...(impossible ? { vacuousBecause: impossibleText(network, question) } : {}),
    notes: [
      ...(least ? [] : ['Time ran out before it was clear whether the proof needs all that it is said to rest on.']),
      ...unused.map((id) => `It holds without its exception ${exceptionText(question, id)} too: that excuses nothing.`),
    ],
  };
}

/** Stands for all tables where it is not told on which the proof rests. */
const routesAsTheyAre: Because = {
  resource: 'routes',
  kind: 'route-table',
  says: 'all routes are as they are: were any added there would be too many paths to tell on which of them it rests',
  rules: [],
  alone: false,
};

const shownFirst: readonly Support['kind'][] = [
  'route-table',
  'transit-gateway-route-table',
  'public-address',
  'block-public-access',
  'network-acl',
  'security-group',
  'network-firewall',
  'dns-resolver',
  'exception',
  'assumption',
];

const rank = ({ kind }: Support): number => shownFirst.indexOf(kind);
