/** Every vector of section 18 of the semantics is a test here, by prover and tracer, and none has a number that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Those of section 18, but for T40: a route that AWS would refuse is no network (`test/sources/route-table.test.ts`). */
const section18 = `
  T01 T02 T03 T06 T07 T08 T09 T11 T14 T15 T16 T17 T18 T19 T20 T21 T22 T24 T26 T29
  T30 T31 T33 T34 T35 T37 T38 T41 T41b T42 T43 T45 T47 T48 T50 T52 T54 T55 T59 T61 T62 T64 T66 T67 T69 T71
  T72 T74 T75 T77 T78 T79 T82 T85 T86 T87 T89 T90 T92 T93 T94 T95 T96 T97 T98 T99 T100 T101 T102 T103 T104`;

test('every vector of section 18 is claimed by a test', () => {
  const here = new URL('.', import.meta.url);
  const claimed = readdirSync(here).flatMap((file) =>
    [...readFileSync(new URL(file, here), 'utf8').matchAll(/\bid: '(T\d+b?)\b/g)].map(([, number]) => number!),
  );
  expect(new Set(claimed)).toEqual(new Set(section18.trim().split(/\s+/)));
});
