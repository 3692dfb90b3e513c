/** On premises: what comes in by the lines, what is answered by them, and what goes from one to another (semantics 8.12). */
import { returns, transitOnPremises } from '../network/unknown.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { lineCarries } from './line.ts';
import { enterFromOutside, handOver } from './opaque-gateway.ts';
import type { Place } from './place.ts';
import { type Plane, open } from './plane.ts';
import { and, no, yes } from './predicate.ts';
import { finishOutside } from './reply.ts';
import { enterByVpnGateway } from './vpn-gateway.ts';

/** Into the network by the lines that are modelled, each with its id. */
function byLines(
  plane: Plane,
  context: Context,
): readonly { readonly line: string; readonly edges: readonly Edge[] }[] {
  const { vpnGateways, transitGatewayAttachments } = plane.network;
  return [
    ...[...vpnGateways.values()].map((gateway) => ({
      line: gateway.id,
      edges: enterByVpnGateway(plane, gateway, context),
    })),
    ...[...transitGatewayAttachments.values()].flatMap((attachment) => {
      const { id, gateway, behind } = attachment;
      if (behind.kind === 'unknown') return [{ line: id, edges: handOver(plane, id, context) }];
      if (behind.kind !== 'on-premises') return [];
      const guard = and(settled(plane, attachment), lineCarries(plane, id, 'in', context));
      const to: Place = { kind: 'transit-gateway', attachment: id };
      return [{ line: id, edges: edge(guard, to, { ...context, clean: false, transit: 'plain' }, [gateway, id]) }];
    }),
  ];
}

/** From on premises: where the flow began there, where it is answered, where what came by one line goes on by another. */
export function leaveOnPremises(plane: Plane, line: string | undefined, context: Context): readonly Edge[] {
  const { origin, phase } = context;
  if (phase === 'reply') return origin === 'onprem' ? finishOutside(plane, context) : answerBy(plane, line, context);
  const ways = byLines(plane, context);
  if (origin === 'onprem') return ways.flatMap(({ edges }) => edges);
  const forwards = plane.sides.get(transitOnPremises) === true ? yes : no;
  const others = ways.flatMap((one) => (one.line === line ? [] : one.edges));
  return [...others, ...enterFromOutside(plane, context)].map((one) => ({ ...one, guard: and(forwards, one.guard) }));
}

/** The answer takes the line that the packet came by; whether it may take another is not known. */
const answerBy = (plane: Plane, line: string | undefined, context: Context): readonly Edge[] =>
  byLines(plane, context).flatMap((one) =>
    one.edges.map((each) => ({
      ...each,
      guard: one.line === line ? each.guard : and(open(plane, returns(one.line)), each.guard),
    })),
  );
