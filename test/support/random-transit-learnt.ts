/** Networks with a transit gateway a table of which BGP fills besides what is told of it. */
import type * as fc from 'fast-check';
import { specOf } from './network-of-shape.ts';
import { plainly, shapes } from './random-network.ts';
import type { Spec } from './spec.ts';

export const learningTransit: fc.Arbitrary<Spec> = shapes
  .filter(({ transit }) => transit !== null)
  .map((shape) => {
    const { tables, propagates, vpn, ...rest } = shape.transit!;
    return specOf({
      ...plainly(shape),
      transit: {
        ...rest,
        wan: null,
        tables: [tables[0] ?? [], tables[1] ?? []],
        propagates: propagates ?? 6,
        vpn: vpn ?? { table: 0, down: false, direct: null },
      },
    });
  });
