/** What requests and replies at the endpoint of a Gateway Load Balancer have in common: what is behind it, and whether it lets through. */
import { type Inspection, inspectionBehind } from '../network/gateway-load-balancer.ts';
import { passes } from '../network/unknown.ts';
import { type Plane, once, open } from './plane.ts';
import type { Predicate } from './predicate.ts';

/** What it takes to come to the endpoint, and what is crossed in coming there. */
export interface Entering {
  readonly guard: Predicate;
  readonly crosses: readonly string[];
}

export const inspectionAt = (plane: Plane, id: string): Inspection | undefined =>
  once(plane, `inspection ${id}`, () => inspectionBehind(plane.network, id));

/** The side of what the appliances let through: the endpoint's, else its balancer's, for all that lead there. */
export function passesBy(plane: Plane, id: string, balancer: string | undefined): Predicate {
  const told = [id, ...(balancer === undefined ? [] : [balancer])].map(passes).find((key) => plane.sides.has(key));
  return open(plane, told ?? passes(id));
}
