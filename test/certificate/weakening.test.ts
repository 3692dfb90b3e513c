/** What certificates leave out of a guard: whatever is taken for possible, what is left follows from the guard. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Needs, weaken } from '../../src/certificate/weakening.ts';
import type { Variable } from '../../src/dataplane/index.ts';
import { contains } from '../../src/net/interval.ts';
import { narrow } from '../../src/verify/index.ts';
import { asked, domain, guard, holds, packet, sent } from './guards.ts';

const outside = (needs: Needs, values: ReadonlyMap<Variable, bigint>): boolean =>
  [...needs].every(([variable, unwanted]) => !contains(unwanted, values.get(variable) ?? 0n));

test('what is left of a guard is so wherever the guard is, whatever is wrongly taken for possible', () => {
  const seen = { less: 0, all: 0, none: 0 };
  fc.assert(
    fc.property(
      domain,
      guard,
      asked,
      fc.array(packet, { minLength: 40, maxLength: 40 }),
      (there, of, about, packets) => {
        const { left, ...found } = weaken(there, sent, of, about);
        if (left.kind !== of.kind) seen.less++;
        if (found.of !== 'some') seen[found.of]++;
        for (const values of packets)
          for (const unknown of [true, false])
            if (holds(sent, of, values, unknown)) expect(holds(sent, left, values, unknown)).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(100);
});

test('what cannot hold of what can be there cannot by what is left, where what it needs is known', () => {
  let closed = 0;
  fc.assert(
    fc.property(
      domain,
      guard,
      asked,
      fc.array(packet, { minLength: 60, maxLength: 60 }),
      (there, of, about, packets) => {
        const weakened = weaken(there, sent, of, about);
        const within = about === undefined ? there : undefined;
        if (within !== undefined && narrow(within, sent, of) === undefined) expect(weakened.of).toBe('none');
        if (weakened.of !== 'none') return;
        closed++;
        for (const values of packets)
          if (outside(weakened.needs, values) && (about === undefined || contains(about[1], values.get(about[0])!)))
            for (const unknown of [true, false]) expect(holds(sent, weakened.left, values, unknown)).toBe(false);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(closed).toBeGreaterThan(200);
});
