/** Gateway endpoints of S3 and DynamoDB (semantics 9.2 to 9.9). */
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { working } from './condition.ts';
import { type Plane, heldIn } from './plane.ts';
import { type Predicate, and, anyOf, equals, isIn } from './predicate.ts';
import { echoProtocol } from './header.ts';

/** Taken from interfaces of the endpoint's own VPC, TCP or an echo request (semantics 9.6, 9.7). */
export function enterGatewayEndpoint(plane: Plane, id: string, from: Departure, context: Context): readonly Edge[] {
  const endpoint = plane.network.endpoints.get(id);
  if (endpoint === undefined || endpoint.vpc !== from.vpc) return [];
  if (context.phase === 'reply') return [];
  const { family } = context.header;
  const accepted: Predicate = anyOf([
    equals('protocol', 6),
    and(equals('protocol', echoProtocol(family)), equals('icmpType', family === 'ipv4' ? 8 : 128)),
  ]);
  const senders = heldIn(plane, from.vpc, family);
  const guard = and(from.leaves(undefined), working(plane, id, endpoint.state), accepted, isIn('src', senders));
  return edge(guard, { kind: 'service', endpoint: id }, context, [...from.crosses, id]);
}
