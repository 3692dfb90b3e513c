/** On premises: what comes in by the lines, what is answered by them, and what is sent on by them (semantics 8.11, 8.12). */
import { returns, transitOnPremises } from '../network/unknown.ts';
import { answerByClient } from './clients.ts';
import { settled } from './condition.ts';
import type { Context } from './context.ts';
import { turnsRound } from './direct-connect-gateway.ts';
import { type Edge, edge } from './edge.ts';
import { lineCarries } from './line.ts';
import { enterFromOutside } from './opaque-gateway.ts';
import { type Place, atGateway } from './place.ts';
import { type Plane, open } from './plane.ts';
import { and, yes } from './predicate.ts';
import { finishOutside } from './reply.ts';
import { enterByVpnGateway } from './vpn-gateway.ts';

/** Into the network by the lines that are modelled, each with its id; or by those alone that are wanted. */
function byLines(
  plane: Plane,
  context: Context,
  wanted: (line: string) => boolean = () => true,
): readonly { readonly line: string; readonly edges: readonly Edge[] }[] {
  const { vpnGateways, transitGatewayAttachments } = plane.network;
  return [
    ...[...vpnGateways.values()].flatMap((gateway) =>
      wanted(gateway.id) ? [{ line: gateway.id, edges: enterByVpnGateway(plane, gateway, context) }] : [],
    ),
    ...[...transitGatewayAttachments.values()].flatMap((attachment) => {
      const { id, gateway, behind } = attachment;
      if (behind.kind !== 'on-premises' || !wanted(id)) return [];
      const guard = and(settled(plane, attachment), lineCarries(plane, id, 'in', context));
      const to: Place = { ...atGateway(attachment), line: id };
      return [
        { line: id, edges: edge(guard, to, { ...context, clean: false, transit: 'plain' }, [gateway, id, behind.id]) },
      ];
    }),
  ];
}

/** From on premises: where the flow began there, where it is answered, where what came by a line goes on by it or another. */
export function leaveOnPremises(
  plane: Plane,
  { line, answers }: Extract<Place, { readonly kind: 'onprem' }>,
  context: Context,
): readonly Edge[] {
  const { origin, phase, outBy, transited } = context;
  if (phase === 'reply') {
    if (answers === true) return backBy(plane, outBy, context);
    if (origin === 'onprem') return finishOutside(plane, context);
    return transited === true ? backBy(plane, outBy, context) : [];
  }
  if (origin === 'onprem') return line === undefined ? byLines(plane, context).flatMap(({ edges }) => edges) : [];
  // What comes goes on once, and where that is declared: by the line that it came by too (semantics 8.11).
  if (transited === true) return [];
  const onward: Context = { ...context, transited: true };
  if (plane.sides.get(transitOnPremises) !== true) return line === undefined ? [] : turned(plane, line, onward);
  return [...byLines(plane, onward).flatMap(({ edges }) => edges), ...enterFromOutside(plane, onward)];
}

/** What turns round at a Direct Connect location, and never comes on premises (semantics 8.11). */
function turned(plane: Plane, out: string, onward: Context): readonly Edge[] {
  const turns = (line: string) => turnsRound(plane, out, line);
  const modelled = byLines(plane, onward, (line) => turns(line) !== undefined);
  const opaque = enterFromOutside(plane, onward).flatMap((one) =>
    one.to.kind === 'opaque' ? [{ line: one.to.id, edges: [one] }] : [],
  );
  return [...modelled, ...opaque].flatMap(({ line, edges }) => {
    const turn = turns(line);
    return turn === undefined
      ? []
      : edges.map((one) => ({
          ...one,
          guard: and(turn.guard, one.guard),
          crosses: [...turn.by, ...one.crosses],
        }));
  });
}

/** The reply takes the line by which the packet first came, as a client's does; whether it may take another is not known. */
const backBy = (plane: Plane, first: string | undefined, context: Context): readonly Edge[] =>
  (first === undefined ? undefined : answerByClient(plane, first, context)) ??
  byLines(plane, context).flatMap(({ line, edges }) => {
    const may = line === first ? yes : open(plane, returns(line));
    return edges.map((each) => ({ ...each, guard: and(may, each.guard) }));
  });
