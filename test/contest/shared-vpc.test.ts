/**
 * What a participant of a shared VPC is shown never proves what the whole network denies, on random networks; and both
 * accounts' answers together say what one account's would (semantics 1.25).
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { families } from '../../src/net/address.ts';
import type { Network } from '../../src/network/network.ts';
import { type Place, type Question, anyWay } from '../../src/policy/question.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import type { Document } from '../support/aws.ts';
import { specOf } from '../support/network-of-shape.ts';
import { networkOf } from '../support/network.ts';
import { ownersAnswers, participantsAnswers, shared, type Sharing } from '../support/participant.ts';
import { pick } from '../support/random.ts';
import { index, mostly, shapes } from '../support/random-network.ts';
import type { Spec } from '../support/spec.ts';
import { contest } from './contest.ts';

const sharing = fc.record({
  subnets: index,
  interfaces: index,
  lent: fc.nat({ max: 7 }),
  named: fc.boolean(),
  tables: mostly,
  block: fc.constantFrom('off', 'off', 'block-bidirectional', 'block-ingress'),
});

const asked = fc.record({
  kind: fc.constantFrom('forbid' as const, 'forbid' as const, 'require' as const),
  from: index,
  to: index,
  mode: fc.constantFrom('packet' as const, 'connection' as const),
});

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

/** Without services that are taken not to be used where nobody asked about them, which every report says. */
const networks: fc.Arbitrary<Spec> = shapes.map((shape) =>
  specOf({ ...shape, clientVpn: null, other: null, transit: shape.transit && { ...shape.transit, wan: null } }),
);

/** Bit by bit, one at least. */
const some = (bits: number, ids: readonly string[]): ReadonlySet<string> => {
  const found = ids.filter((_, i) => (bits >> i) % 2 === 1);
  return new Set(found.length > 0 ? found : ids.slice(0, 1));
};

function sharingOf(spec: Spec, drawn: typeof sharing extends fc.Arbitrary<infer T> ? T : never): Sharing | undefined {
  const { subnets, interfaces, lent, ...rest } = drawn;
  const inA = spec.subnets.filter(({ vpc }) => vpc === 'vpc-a').map(({ id }) => id);
  const chosen = some(subnets, inA);
  const hosts = spec.interfaces.filter(
    ({ subnet, type, instance }) => chosen.has(subnet) && type === undefined && instance !== 'i-shared',
  );
  if (hosts.length === 0) return undefined;
  const groups = spec.groups.filter(({ vpc }) => vpc === 'vpc-a').map(({ id }) => id);
  return {
    ...rest,
    subnets: chosen,
    interfaces: some(
      interfaces,
      hosts.map(({ id }) => id),
    ),
    lent: new Set(groups.filter((_, i) => ((lent >> i) & 1) === 1)),
  };
}

function questionOf({ interfaces }: Sharing, { kind, from, to, mode }: Asked): Question | undefined {
  const own = [...interfaces].map((id): Place => ({ kind: 'interface', id }));
  const all: readonly Place[] = [...own, ...own, ...own, ...own, { kind: 'internet' }, { kind: 'onprem' }];
  const source = pick(all, from);
  const others = (source.kind === 'interface' ? all : own).filter(
    (one) => JSON.stringify(one) !== JSON.stringify(source),
  );
  if (others.length === 0) return undefined;
  const places = (member: Place) => ({ text: '', members: [member], any: false, silent: [] });
  return {
    kind,
    from: places(source),
    to: places(pick(others, to)),
    traffic: kind === 'require' ? [{ protocol: 6, ports: { from: 443, to: 443 } }] : [],
    families: kind === 'require' ? ['ipv4'] : families,
    mode,
    ...anyWay,
    sides: new Map(),
  };
}

const read = (documents: readonly Document[]): Network => {
  const result = networkFromDocuments(documents);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
};

const verdictOf = async (network: Network, question: Question): Promise<string> =>
  (await openVerifier(network, { states: 6000 }).answer(question, { replay, timeoutMs: 20_000 })).verdict;

test('what a participant is shown of a shared VPC proves nothing that is not so', async () => {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  const drawn = fc.tuple(networks, sharing, fc.array(asked, { minLength: 4, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(drawn, async ([plain, how, questions]) => {
      const parts = sharingOf(plain, how);
      if (parts === undefined) return;
      const spec = shared(plain, parts);
      const whole = networkOf(spec);
      const view = read(participantsAnswers(spec, parts));
      const both = read([
        ...ownersAnswers(spec, parts),
        ...participantsAnswers(spec, { ...parts, named: true, tables: true }),
      ]);
      for (const one of questions) {
        const question = questionOf(parts, one);
        if (question === undefined) continue;
        const text = JSON.stringify([question.kind, question.from.members, question.to.members, question.mode]);
        const is = await verdictOf(whole, question);
        const seen = await verdictOf(view, question);
        count(`${question.kind} ${is} seen ${seen}`);
        // What is not settled by all that is there is not by a part of it.
        const contradiction = is === 'holds' ? 'violated' : 'holds';
        expect(seen === contradiction ? [text, is, seen] : []).toEqual([]);
        expect([text, await verdictOf(both, question)]).toEqual([text, is]);
      }
    }),
    contest(1),
  );
  const wanted = [
    ...['holds', 'undecided'].map((seen) => `forbid holds seen ${seen}`),
    ...['violated', 'undecided'].map((seen) => `forbid violated seen ${seen}`),
    ...['violated', 'undecided'].map((seen) => `require violated seen ${seen}`),
  ];
  expect(wanted.filter((what) => !met.has(what))).toEqual([]);
});
