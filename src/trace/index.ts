/** The oracle's entrances: one concrete packet through a network, hop by hop, or one conversation through a firewall's policy. */
export { judge } from './firewall/judge.ts';
export { replayOnward } from './onward.ts';
export { replay } from './replay.ts';
