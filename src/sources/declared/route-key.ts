/** Routes that run and routes that a plan tells: which are one, and which stand in the place of another. */
import type { RouteFinding } from '../../network/build/findings.ts';
import { same } from './three-way.ts';

export const routeKey = ({ destination, target }: RouteFinding): unknown => [destination, target];

/** One route a destination: the plan's where it has one. */
export const replaced = (all: readonly RouteFinding[], told: readonly RouteFinding[]): readonly RouteFinding[] =>
  all.filter(
    (one) =>
      one.origin === 'propagated' ||
      told.every((other) => !same(other.destination, one.destination) || same(routeKey(other), routeKey(one))),
  );
