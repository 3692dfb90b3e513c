/**
 * What a proof is said to rest on, held against edited networks: with everything else opened it still holds, and opened by
 * itself each thing lets something through exactly if that is said.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { partsOf } from '../../src/explain/on-payload.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Question } from '../../src/policy/question.ts';
import type { Verdict } from '../../src/result/answer.ts';
import { replay } from '../../src/trace/index.ts';
import { type Rested, type Support, exceptionIds, restsOn } from '../../src/verify/index.ts';
import { tryEdits } from '../edit/edited.ts';
import { networkOf } from '../support/network.ts';
import { questionJson } from '../support/question-json.ts';
import { type Chance, chanceFrom, draw } from '../support/random.ts';
import { randomNetwork } from '../support/random-network.ts';
import { questionOf, randomQuestion } from '../support/random-question.ts';
import { contest } from './contest.ts';

const verdictOf = async (network: Network, question: Question): Promise<Verdict> =>
  (await openVerifier(network).answer(question, { replay, timeoutMs: 60_000 })).verdict;

/** What there is to open by edits, and in the question. */
const openable = (network: Network, question: Question): readonly Support[] => [
  ...[...network.securityGroups.keys()].flatMap((id) => [
    { kind: 'security-group', id, direction: 'ingress' } as const,
    { kind: 'security-group', id, direction: 'egress' } as const,
  ]),
  ...[...network.networkAcls.keys()].flatMap((id) => [
    { kind: 'network-acl', id, direction: 'inbound' } as const,
    { kind: 'network-acl', id, direction: 'outbound' } as const,
  ]),
  ...exceptionIds(question).map((id) => ({ kind: 'exception', id }) as const),
];

const linesFor = (one: Support): readonly string[] => {
  const all = ['0.0.0.0/0', '::/0'];
  if (one.kind === 'security-group') return all.map((cidr) => `${one.id} ${one.direction} add all ${cidr}`);
  if (one.kind === 'network-acl')
    return all.map((cidr, i) => `${one.id} ${one.direction} add ${i + 1} allow all ${cidr}`);
  return [];
};

/** Where routes of the table's VPC may lead. */
function routesFor({ routeTables, ...network }: Network, table: string): readonly string[] {
  const { vpc } = routeTables.get(table)!;
  const here = [
    ...network.internetGateways.values(),
    ...network.egressOnlyInternetGateways.values(),
    ...network.natGateways.values(),
    ...network.endpoints.values(),
    ...network.vpnGateways.values(),
    ...[...network.interfaces.values()].filter(({ role }) => abilities[role].starts),
  ].filter((one) => one.vpc === vpc);
  const beyond = [...network.transitGateways.values(), ...network.vpcPeerings.values()].filter(({ vpcs }) =>
    vpcs.includes(vpc),
  );
  return [...here, ...beyond].flatMap(({ id }) => [
    `${table} route 0.0.0.0/0 -> ${id}`,
    `${table} route ::/0 -> ${id}`,
    `${table} route 203.0.113.0/24 -> ${id}`,
  ]);
}

interface Opened {
  readonly network: Network;
  readonly question: Question;
  readonly refused: boolean;
}

/** All of them opened, as far as edits can. */
function withOpen(
  network: Network,
  question: Question,
  open: readonly Support[],
  routes: readonly string[] = [],
): Opened {
  let edited = network;
  let refused = false;
  for (const line of [...open.flatMap(linesFor), ...routes]) {
    const done = tryEdits(edited, [line]).edited;
    if (done === undefined) refused = true;
    else edited = done.network;
  }
  const out = new Set(open.flatMap(({ kind, id }) => (kind === 'exception' ? [id] : [])));
  const avoid = question.avoid.filter((_, i) => !out.has(`avoid ${i}`));
  const except = question.except.filter((_, i) => !out.has(`except ${i}`));
  return { network: edited, question: { ...question, avoid, except }, refused };
}

const same = (a: Support, b: Support): boolean =>
  a.kind === b.kind && a.id === b.id && ('direction' in a ? a.direction : '') === ('direction' in b ? b.direction : '');

const shown = (question: Question, on: readonly Rested[], ...more: readonly unknown[]): unknown => [
  questionJson(question),
  on,
  ...more,
];

test('a proof stands on what it is said to rest on, and on nothing else', async () => {
  const seen = new Map<string, number>();
  const count = (...names: readonly string[]) => {
    for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  };
  const openedRoutes = (network: Network, tables: readonly string[], chance: Chance): readonly string[] =>
    tables.flatMap((table) => draw(chance, routesFor(network, table)) ?? []);
  await fc.assert(
    fc.asyncProperty(
      randomNetwork,
      fc.array(randomQuestion, { minLength: 3, maxLength: 3 }),
      fc.integer(),
      async (spec, shapes, seed) => {
        const network = networkOf(spec);
        const chance = chanceFrom(seed);
        for (const shape of shapes) {
          const question = questionOf(network, { ...shape, kind: 'forbid', via: null, traffic: null });
          if ((await verdictOf(network, question)) !== 'holds') continue;
          const rests = await restsOn(network, partsOf(question), { pruning: true, grouping: true }, 60_000);
          count(rests.kind);
          if (rests.kind === 'untold') {
            expect(rests.reason).toMatch('too many paths');
            continue;
          }
          const { on, least, opening } = rests;
          count(opening, ...on.map((one) => `${one.on.kind} ${one.alone ? 'alone' : 'with others'}`));
          if (on.length === 0) count('impossible');
          if (!least) {
            count('out of time');
            continue;
          }
          const others = openable(network, question).filter((one) => !on.some((rested) => same(rested.on, one)));
          const kept = new Set(on.map(({ on: { id } }) => id));
          const tables = [...network.routeTables.keys()].filter((id) => !kept.has(id) && opening === 'all');
          for (const routes of [[], openedRoutes(network, tables, chance), openedRoutes(network, tables, chance)]) {
            const open = withOpen(network, question, others, routes);
            const verdict = await verdictOf(open.network, open.question);
            if (verdict !== 'holds') expect(shown(question, on, routes, verdict)).toEqual('holds with the rest open');
          }
          for (const one of on) {
            if (one.on.kind === 'route-table' && one.alone) {
              // A route for some may do; what leads one packet two ways at one table no edit brings about.
              let found = false;
              for (const route of routesFor(network, one.on.id)) {
                const open = withOpen(network, question, [], [route]);
                found ||= (await verdictOf(open.network, open.question)) !== 'holds';
                if (found) break;
              }
              count(found ? 'route found' : 'no route found');
            }
            if (!openable(network, question).some((other) => same(one.on, other))) continue;
            const open = withOpen(network, question, [one.on]);
            if (open.refused) continue;
            const verdict = await verdictOf(open.network, open.question);
            count('opened by an edit');
            if ((verdict !== 'holds') !== one.alone) expect(shown(question, on, one, verdict)).toEqual('as it is said');
          }
        }
      },
    ),
    contest(0.25),
  );
  const wanted = ['told', 'all', 'impossible', 'opened by an edit', 'route found'];
  expect(wanted.filter((kind) => !seen.has(kind))).toEqual([]);
}, 600_000);
