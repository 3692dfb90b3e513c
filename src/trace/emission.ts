/** What an opaque element or a load balancer sends, each time that the packet comes to it: a choice handed in with the packet. */
import { type Emission, nextTurnKey } from '../network/replay.ts';
import type { Trip } from './trip.ts';

/** The name of what the element sends next: it has sent as often as its names have been used. */
const nextEmission = ({ flow }: Trip, id: string): string => nextTurnKey(flow.turns, id);

/** Undefined once it sends no more: what comes back to it then is delivered there like anything else (semantics 1.15). */
export const emissionOf = (trip: Trip, id: string): Emission | undefined =>
  trip.request.choices.emits.get(nextEmission(trip, id));

/** It sends now, what came or something else. */
export function takeTurn(trip: Trip, id: string): void {
  trip.payload = emissionOf(trip, id)?.payload ?? trip.payload;
  trip.flow.turns.add(nextEmission(trip, id));
}
