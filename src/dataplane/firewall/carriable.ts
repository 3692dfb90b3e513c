/** What packets can carry by their protocol: nothing but TCP and UDP carries anything that somebody recognises. */
import { protocols } from '../../net/protocol.ts';
import { type Predicate, and, equals, hasPorts, isIn, not, or } from '../predicate.ts';
import type { PayloadSpace } from './payload-space.ts';

export const carriable = (payloads: PayloadSpace): Predicate =>
  or(
    ...[protocols.tcp, protocols.udp].map((one) => and(equals('protocol', one), isIn('payload', payloads.over(one)))),
    and(not(hasPorts), isIn('payload', payloads.app('none'))),
  );
