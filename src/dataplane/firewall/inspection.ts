/** TLS inspection: which TCP flows are decrypted, and what that does to them and to rules (semantics 10.68, 10.69). */
import type { Family } from '../../net/address.ts';
import { interval, single, unionAll } from '../../net/interval.ts';
import { intervalsOf } from '../../net/prefix.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { FirewallPolicy, TlsInspection } from '../../network/firewall-policy.ts';
import type { PortRange } from '../../network/traffic-match.ts';
import { certified, passes } from '../../network/unknown.ts';
import { type Plane, fact, open } from '../plane.ts';
import { type Predicate, and, anyOf, isIn, no, not, or, yes } from '../predicate.ts';
import { type Box, answeredBy, boxPredicate } from './box.ts';
import { type Matching, always, never, unsure, where, within } from './matching.ts';
import type { PayloadQuestion } from './payload-match.ts';
import type { PayloadSpace } from './payload-space.ts';

export interface Inspection {
  /** What a TCP flow's data has to be: TLS with a name for which the server shows a certificate, where it is decrypted. */
  readonly allows: Predicate;
  /** What a rule's question about the payload matches, and what it may match in what is decrypted. */
  readonly hides: (question: PayloadQuestion, tcp: boolean) => Matching;
  /** Where a client's first message is held back until it is judged; absent: nowhere. */
  readonly held: Predicate | undefined;
  /** A handshake gets to the server whatever becomes of the client's first message (semantics 10.69). */
  readonly handshakes: Predicate;
  readonly heldIsEstablished: Predicate;
}

export function inspectionOf(plane: Plane, policy: FirewallPolicy, payloads: PayloadSpace, family: Family): Inspection {
  const arn = policy.tlsInspection;
  const found = arn === undefined ? undefined : plane.network.tlsInspections.get(arn);
  const heldIsEstablished = fact(plane, '10.69');
  // What nobody read may decrypt anything, or nothing.
  const unread = arn !== undefined && found === undefined;
  const decrypts =
    found === undefined ? no : anyOf(found.scopes.flatMap((scope) => boxesOf(scope, family)).map(boxPredicate));
  const named = isIn('payload', payloads.holding('tls.sni'));
  return {
    allows: unread
      ? open(plane, passes(arn))
      : found === undefined
        ? yes
        : or(not(decrypts), and(named, open(plane, certified(found.id)))),
    hides: ({ set, sure, foreign }, tcp) => {
      const plain = set === undefined ? always : set.length === 0 ? never : within({ payload: set });
      const asked = sure ? plain : unsure(plain);
      if (!foreign || !tcp || decrypts.kind === 'false') return asked;
      return [...asked.map((one) => ({ ...one, also: [...one.also, not(decrypts)] })), ...unsure(where(decrypts))];
    },
    held:
      policy.sessionHolding && decrypts.kind !== 'false'
        ? and(decrypts, isIn('payload', payloads.app('tls')))
        : undefined,
    handshakes: policy.sessionHolding ? or(not(decrypts), fact(plane, '10.69-handshake')) : yes,
    heldIsEstablished,
  };
}

/** The packets to the server of the flows in a scope, either way. */
function boxesOf(scope: TlsInspection['scopes'][number], family: Family): readonly Box[] {
  const src = blocks(scope.sources, family);
  const dst = blocks(scope.destinations, family);
  if (src?.length === 0 || dst?.length === 0) return [];
  const srcPort = ports(scope.sourcePorts);
  const dstPort = ports(scope.destinationPorts);
  const box: Box = {
    ...(src === undefined ? {} : { src }),
    ...(dst === undefined ? {} : { dst }),
    ...(srcPort === undefined ? {} : { srcPort }),
    ...(dstPort === undefined ? {} : { dstPort }),
    fragment: single(0n),
  };
  const mirrored = answeredBy(box, family);
  return mirrored === undefined ? [box] : [box, mirrored];
}

/** Undefined: any. */
export const blocks = (of: readonly Prefix[], family: Family) =>
  of.length === 0 ? undefined : intervalsOf(of, family);

/** Undefined: any. */
export const ports = (of: readonly PortRange[]) =>
  of.length === 0 ? undefined : unionAll(of.map(({ from, to }) => interval(BigInt(from), BigInt(to))));
