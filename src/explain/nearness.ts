/**
 * Which of two attempts tells more of why nothing arrives. Both ends have its family, since an attempt is a packet from
 * an address of the one to an address of the other.
 */
import type { Packet } from '../net/packet.ts';
import type { Hop } from '../network/hop.ts';
import type { Origin, ReplayResult } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';

/** A packet, traced past every denial. */
export interface Attempt {
  readonly origin: Origin;
  readonly packet: Packet;
  readonly result: ReplayResult;
  /** The first resource on its way out that the question avoids. */
  readonly stray?: Stray;
}

export interface Stray {
  readonly hop: Hop;
  /** The selector that names it. */
  readonly avoided: string;
}

export function strayOf({ avoid }: Question, { hops }: ReplayResult): Stray | undefined {
  for (const hop of hops) for (const { ids, text } of avoid) if (ids.has(hop.resource)) return { hop, avoided: text };
  return undefined;
}

/**
 * What blocks a packet that arrives, and whose reply does, is the whole of what would have to change. Where something
 * drops it for good, nobody knows what else would stand behind that: the later it is dropped the better.
 */
const stages = { stopped: 0, arrives: 1, 'comes back': 2 } as const;

const stageOf = ({ result: { delivery, replied }, stray }: Attempt): number =>
  delivery === undefined ? stages.stopped : replied && stray === undefined ? stages['comes back'] : stages.arrives;

/**
 * The attempt that gets the further; of those that get equally far the one that the fewest elements block. Of equals
 * neither is nearer, and the one tried first is kept: IPv4 is tried before IPv6.
 */
export function isNearer(a: Attempt, b: Attempt): boolean {
  const stage = stageOf(a) - stageOf(b);
  if (stage !== 0) return stage > 0;
  const way = stageOf(a) === stages.stopped ? a.result.hops.length - b.result.hops.length : 0;
  return way > 0 || (way === 0 && blocking(a) < blocking(b));
}

const blocking = ({ result: { blocks }, stray }: Attempt): number =>
  new Set(blocks.map(({ direction, hop: { resource } }) => `${direction} ${resource}`)).size +
  (stray === undefined ? 0 : 1);
