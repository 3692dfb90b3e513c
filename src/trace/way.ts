/** Of several ways the one that AWS chooses for the flow, anew each time that it comes to the element (semantics 7.8, 7.13). */
import { nextTurnKey } from '../network/replay.ts';
import type { Trip } from './trip.ts';

/** What is named for this time; the packet may then be where it was before, since it can take another way from there. */
export function wayTaken(trip: Trip, ways: ReadonlyMap<string, string> | undefined, id: string): string | undefined {
  const key = nextTurnKey(trip.flow.turns, `${id} ${trip.direction}`);
  trip.flow.turns.add(key);
  const named = ways?.get(key);
  if (named !== undefined) trip.seen.clear();
  return named;
}
