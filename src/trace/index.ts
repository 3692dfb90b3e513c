/** The oracle's only entrance: one concrete packet through a network, hop by hop, with all choices made or none. */
export { replayOnward } from './onward.ts';
export { replay } from './replay.ts';
