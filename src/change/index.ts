/** Differences between two networks: flows opened and closed, or the proof that there is none. */
export { type CompareOptions, type Compared, compareNetworks } from './compare.ts';
export { type Matched, matchNetworks } from './match.ts';
