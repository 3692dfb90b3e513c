/** Egress-only internet gateways: IPv6 flows that start inside, and their replies (semantics 5.9, 5.10). */
import { intersect } from '../net/interval.ts';
import { publicUnicast } from '../net/special.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { settled } from './condition.ts';
import { closedBy } from './opening.ts';
import { type Plane, heldIn } from './plane.ts';
import { owing } from './owing.ts';
import { type Predicate, and, isIn, no, yes } from './predicate.ts';

export function leaveByEgressOnly(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const gateway = plane.network.egressOnlyInternetGateways.get(id);
  if (
    gateway?.vpc !== from.vpc ||
    context.vpc !== from.vpc ||
    context.header.family !== 'ipv6' ||
    context.inspected !== undefined ||
    context.owes
  )
    return [];
  // Nothing of a flow that started elsewhere leaves by it, replies included.
  if (context.phase === 'reply') return [];
  const senders = intersect(heldIn(plane, from.vpc, 'ipv6'), publicUnicast.ipv6);
  const guard = and(
    unblocked(plane, from),
    from.leaves(undefined),
    settled(plane, gateway),
    isIn('src', senders),
    isIn('dst', publicUnicast.ipv6),
  );
  const crossings = owing(plane, context, { kind: 'egress-only', id });
  return edge(guard, { kind: 'internet' }, { ...context, clean: false, crossings }, [...from.crosses, id]);
}

/** Block Public Access in both directions stops it too; in ingress mode flows that start inside pass (semantics 4.36). */
function unblocked(plane: Plane, { subnet = '' }: Departure): Predicate {
  const blocked = plane.network.subnets.get(subnet)?.internetGatewayBlockMode === 'block-bidirectional';
  return blocked ? closedBy(plane, { kind: 'block-public-access', id: subnet }, no) : yes;
}

/** The reply to a flow that left by such a gateway comes back by it; undefined where the flow did not. */
export function returnByEgressOnly(plane: Plane, context: Context): readonly Edge[] | undefined {
  const last = context.crossings.at(-1);
  if (last?.kind !== 'egress-only') return undefined;
  const { vpc } = plane.network.egressOnlyInternetGateways.get(last.id)!;
  const back = { ...context, crossings: context.crossings.slice(0, -1) };
  return vpc === undefined ? [] : edge(isIn('dst', publicUnicast.ipv6), { kind: 'local', vpc }, back, [last.id]);
}
