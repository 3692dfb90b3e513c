import { isDeepStrictEqual } from 'node:util';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { ReplayResult } from '../../src/network/replay.ts';
import { flows, networks, sides } from './random.ts';
import { send, world } from './world.ts';

test('on any network, modes and listing denials change what is told and never what happens', () => {
  const met = { delivered: 0, denied: 0, replied: 0, lost: 0 };
  fc.assert(
    fc.property(networks, flows, sides, (words, [from, text], taken) => {
      const network = world(words);
      const ask = { sides: taken };
      const once = send(network, from, text, ask);
      const oneWay = send(network, from, text, { ...ask, mode: 'packet' });
      const past = send(network, from, text, { ...ask, pastDenials: true });
      expect(send(network, from, text, ask)).toEqual(once);
      expect([oneWay.hops, oneWay.delivery]).toEqual([once.hops, once.delivery]);
      consistent(once);
      if (once.delivery === undefined) met.denied++;
      else {
        met.delivered++;
        if (once.replied) met.replied++;
        else met.lost++;
      }
      expect(once.delivery === undefined || isDeepStrictEqual(past.hops, once.hops)).toBe(true);
      // The first denial is the same one, whether or not the question goes past it.
      expect(past.blocks[0]).toEqual(once.blocks[0]);
    }),
    { numRuns: 600 },
  );
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(5);
});

/** A flow is denied exactly when something denies it, and the last hop says what. */
function consistent({ hops, delivery, returnHops, replied, blocks: found }: ReplayResult): void {
  const [forward, back] = (['forward', 'return'] as const).map((way) =>
    found.filter(({ direction }) => direction === way),
  );
  expect(forward?.length).toBe(delivery === undefined ? 1 : 0);
  expect(forward?.[0]?.hop).toBe(delivery === undefined ? hops.at(-1) : undefined);
  expect(hops.at(-1)?.action === 'deliver').toBe(delivery !== undefined);
  expect(replied).toBe(delivery !== undefined && back?.length === 0);
  expect(back?.[0]?.hop).toBe(replied ? undefined : returnHops?.at(-1));
}
