/** VPC peering connections: to the other VPC's addresses and no further (semantics 6.1 to 6.10, 6.14, 5.21). */
import { farSide } from '../network/vpc-peering.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { owing } from './owing.ts';
import { type Plane, blocksOf } from './plane.ts';
import { type Predicate, and, isIn } from './predicate.ts';

/** By a route, into the other VPC's local delivery; what the other side's route tables say is not asked. */
export function enterVpcPeering(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const peering = plane.network.vpcPeerings.get(id)!;
  const far = farSide(peering, from.vpc);
  // Across Regions no group of the other side counts (semantics 2.18); from a transit gateway none goes on (7.17).
  if (far === undefined || context.transit !== undefined || (context.owes && !peering.sameRegion)) return [];
  const guard = and(
    from.leaves(undefined),
    settled(plane, peering),
    isIn('dst', blocksOf(plane, far, context.header.family)),
  );
  const after = { ...context, clean: context.clean && peering.sameRegion };
  return edge(guard, { kind: 'local', vpc: far }, owed(plane, id, from.vpc, after), [...from.crosses, id]);
}

/** What a NAT gateway sends through comes back to it by itself (semantics 5.21). */
function owed(plane: Plane, id: string, vpc: string, context: Context): Context {
  if (context.phase === 'reply') return context;
  const last = context.crossings.at(-1);
  const nat =
    last?.kind === 'translator' && last.guest === undefined ? plane.network.natGateways.get(last.id) : undefined;
  return nat === undefined || nat.vpc !== vpc || !context.natted
    ? context
    : { ...context, crossings: owing(plane, context, { kind: 'returned-to-sender', id, to: vpc }) };
}

/**
 * In the far VPC, on its way back to the NAT gateway that sent the flow through a peering connection: whatever the
 * route tables there say; undefined where the reply owes no such way.
 */
export function returnToSender(
  plane: Plane,
  vpc: string,
  leaves: Predicate,
  context: Context,
  crosses: readonly string[],
): readonly Edge[] | undefined {
  const last = context.crossings.at(-1);
  if (context.phase !== 'reply' || last?.kind !== 'returned-to-sender') return undefined;
  const peering = plane.network.vpcPeerings.get(last.id)!;
  if (farSide(peering, vpc) !== last.to) return undefined;
  const back = isIn('dst', blocksOf(plane, last.to, context.header.family));
  const rest = { ...context, crossings: context.crossings.slice(0, -1) };
  return edge(and(leaves, back), { kind: 'local', vpc: last.to }, rest, [...crosses, last.id]);
}
