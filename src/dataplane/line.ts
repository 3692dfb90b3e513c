/** Lines on premises: attachments of transit gateways and virtual private gateways, and what each lets through (semantics section 8). */
import { type Prefix, intervalsOf } from '../net/prefix.ts';
import { up } from '../network/unknown.ts';
import type { VpnConnection } from '../network/vpn-gateway.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import { directConnectCarries } from './direct-connect-gateway.ts';
import { type Edge, edge } from './edge.ts';
import { type Plane, open } from './plane.ts';
import { type Predicate, and, isIn, yes } from './predicate.ts';

/** Towards on-premises or from there. */
export type Way = 'out' | 'in';

/** The line of an attachment behind which on-premises lies: its VPN connection works; a Direct Connect gateway by what it is told. */
export function lineCarries(plane: Plane, attachment: string, way: Way, context: Context): Predicate {
  const line = plane.network.transitGatewayAttachments.get(attachment)!;
  const behind = line.behind.kind === 'on-premises' ? line.behind.id : '';
  const connection = plane.network.vpnConnections.get(behind);
  if (connection !== undefined) return connectionCarries(plane, connection, way, context);
  const direct = plane.network.directConnectGateways.get(behind);
  return direct === undefined ? yes : directConnectCarries(plane, line, direct, way, context);
}

/** Up, as its tunnels and state show, and the packet within its traffic selectors (semantics 8.4). */
export function connectionCarries(
  plane: Plane,
  connection: VpnConnection,
  way: Way,
  { header: { family } }: Context,
): Predicate {
  const { id, selectors } = connection;
  const tunnels = connection.up === false ? open(plane, up(id)) : yes;
  if (selectors === undefined) return and(settled(plane, connection), tunnels);
  const [near, far] = way === 'out' ? (['src', 'dst'] as const) : (['dst', 'src'] as const);
  // A side of which nothing is told has everything.
  const within = (field: 'src' | 'dst', blocks: readonly Prefix[]): Predicate =>
    blocks.length === 0 ? yes : isIn(field, intervalsOf(blocks, family));
  return and(settled(plane, connection), tunnels, within(near, selectors.aws), within(far, selectors.onPremises));
}

/** A packet comes on premises by a line; on its way out the reply will ask by which. */
export const arriveOnPremises = (
  guard: Predicate,
  line: string,
  context: Context,
  crosses: readonly string[],
): readonly Edge[] => {
  const outBy = context.phase === 'forward' ? { outBy: context.outBy ?? line } : {};
  return edge(guard, { kind: 'onprem', line }, { ...context, clean: false, ...outBy }, crosses);
};
