/** A random network and a change of it: some of its parts are drawn again. */
import * as fc from 'fast-check';
import { specOf } from './network-of-shape.ts';
import { type Shape, shapes } from './random-network.ts';
import type { Spec } from './spec.ts';

/** What is drawn again, together: what people change in one go. */
const parts: readonly (readonly (keyof Shape)[])[] = [
  ['groups'],
  ['acls'],
  ['tables'],
  ['hosts'],
  ['nats'],
  ['edge'],
  ['lists'],
  ['block'],
  ['policy'],
  ['gatewayEndpoint'],
  ['interfaceEndpoint'],
  ['balancing'],
  ['peering', 'secondVpc'],
  ['transit', 'secondVpc'],
  ['vpn', 'direct'],
  ['clientVpn'],
  ['dns'],
];

export const randomChange: fc.Arbitrary<readonly [before: Spec, after: Spec]> = fc
  .tuple(shapes, shapes, fc.subarray([...parts], { minLength: 1, maxLength: 2 }))
  .map(([before, other, keys]) => {
    const again = Object.fromEntries(keys.flat().map((key) => [key, other[key]]));
    return [specOf(before), specOf({ ...before, ...again })] as const;
  });
