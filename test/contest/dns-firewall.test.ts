/** Which names leave, told twice: as a predicate over all of them, and by going through the rules; on random ones. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadsOf } from '../../src/dataplane/firewall/index.ts';
import { freeHeader } from '../../src/dataplane/header.ts';
import { namesLeave } from '../../src/dataplane/dns-resolver.ts';
import { createPlane } from '../../src/dataplane/plane.ts';
import { unknownsIn } from '../../src/dataplane/unknowns.ts';
import { size } from '../../src/net/interval.ts';
import type { Payload } from '../../src/net/payload.ts';
import { filtersNames } from '../../src/network/name-filter.ts';
import { replay } from '../../src/trace/index.ts';
import { isTrue } from '../../src/verify/truth.ts';
import { vpcB } from '../hostile/parts.ts';
import { names } from '../support/aws-dns.ts';
import { networkOf } from '../support/network.ts';
import { namesSpecs, queries } from '../support/random-names.ts';
import { world } from '../support/world.ts';
import { packet as read } from '../trace/world.ts';
import { contest } from './contest.ts';

const tried = fc.array(
  fc.record({ payload: queries, sides: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), drawn: fc.nat() }),
  { minLength: 12, maxLength: 12 },
);

test('what the rules let out is what the resolver looks up', () => {
  const seen = { out: 0, kept: 0 };
  fc.assert(
    fc.property(namesSpecs, tried, (spec, all) => {
      const network = networkOf(world(vpcB, names(spec)));
      const plane = createPlane(network, {
        sides: new Map(),
        grouping: false,
        label: () => '',
        wanted: () => true,
        exacting: false,
        replies: true,
        mode: 'data',
        names: all.flatMap(({ payload: { dnsName, dnsType } }) => [
          ...(dnsName === undefined ? [] : [{ kind: 'dnsName', name: dnsName } as const]),
          ...(dnsType === undefined ? [] : [{ kind: 'dnsType', name: dnsType } as const]),
        ]),
      });
      const payloads = payloadsOf(plane);
      const header = freeHeader(plane.symbols, 'sent', 'ipv4');
      const predicate = namesLeave(plane, 'vpc-a');
      const packet = read('udp 10.0.1.10:40000 -> 10.0.0.2:53');
      /** The payload's number; every name and type is told apart. */
      const numberOf = ({ app, dnsName, dnsType }: Payload): bigint => {
        if (dnsName === undefined) return payloads.app(app)[0]!.lo;
        const named = payloads.named('dnsName', dnsName)!;
        const typed = payloads.ofType(dnsType!);
        return named.find(({ lo }) => typed.some((one) => lo >= one.lo && lo <= one.hi))!.lo;
      };
      const check = (payload: Payload, number: bigint, drawn: readonly boolean[]): void => {
        const keys = [...unknownsIn(predicate)].toSorted();
        const sides = new Map(keys.map((key, i) => [key, drawn[i % drawn.length]!]));
        const told = isTrue(
          { header, predicate },
          () => number,
          (key) => sides.get(key),
        );
        const { delivery, hops } = replay({
          network,
          origin: { kind: 'interface', id: 'eni-i1' },
          packet,
          payload,
          mode: 'packet',
          choices: { nat: new Map(), emits: new Map() },
          sides,
          pastDenials: false,
        });
        seen[told ? 'out' : 'kept']++;
        const which = `${JSON.stringify(payload)}, sides ${JSON.stringify([...sides])}; ${hops.at(-1)?.detail}`;
        expect(`${told} ${which}`).toBe(`${delivery !== undefined} ${which}`);
      };
      for (const { payload, sides, drawn } of all) {
        check(payload, numberOf(payload), sides);
        // Any class of names by the one that stands for it.
        const queried = payloads.app('dns')[0]!;
        const number = queried.lo + (BigInt(drawn) % size([queried]));
        if (filtersNames(network, 'vpc-a')) check(payloads.witness(Number(number)), number, sides);
      }
    }),
    contest(4),
  );
  expect(seen.out).toBeGreaterThan((seen.out + seen.kept) / 10);
  expect(seen.kept).toBeGreaterThan((seen.out + seen.kept) / 10);
});
