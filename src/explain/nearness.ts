/**
 * Which of two attempts tells more of why nothing arrives. Both ends have its family, since an attempt is a packet from
 * an address of the one to an address of the other.
 */
import type { Packet } from '../net/packet.ts';
import type { Hop } from '../network/hop.ts';
import type { Delivery, Origin, ReplayResult } from '../network/replay.ts';
import type { Place, Question } from '../policy/question.ts';

/** A packet, traced past every denial. */
export interface Attempt {
  readonly origin: Origin;
  readonly packet: Packet;
  readonly result: ReplayResult;
  /** The first resource on its way out that the question avoids. */
  readonly stray?: Stray;
  /** It is delivered, and not where the question asks for it: somebody else there has the same address. */
  readonly elsewhere?: true;
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

export const isElsewhere = ({ to }: Question, { delivery }: ReplayResult): boolean =>
  delivery !== undefined && !to.members.some((place) => isThere(place, delivery));

function isThere(place: Place, delivery: Delivery): boolean {
  switch (place.kind) {
    case 'interface':
      return delivery.kind === 'interface' && delivery.id === place.id;
    case 'gateway-endpoint':
      return delivery.kind === 'service' && delivery.endpoint === place.id;
    case 'internet':
    case 'onprem':
    case 'dns':
      return delivery.kind === place.kind;
    // What is so addressed, wherever it ends; and a service is at its endpoints, or at its public addresses.
    case 'cidr':
    case 'service':
      return true;
  }
}

/**
 * What blocks a packet that arrives, and whose reply does, is the whole of what would have to change. Where something
 * drops it for good, nobody knows what else would stand behind that: the later it is dropped the better. What comes to
 * somebody else tells least.
 */
const stages = { elsewhere: 0, stopped: 1, arrives: 2, 'comes back': 3 } as const;

function stageOf({ result: { delivery, replied }, stray, elsewhere }: Attempt): number {
  if (elsewhere === true) return stages.elsewhere;
  if (delivery === undefined) return stages.stopped;
  return replied && stray === undefined ? stages['comes back'] : stages.arrives;
}

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
