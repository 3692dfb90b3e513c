/** How the prover decides what certificates are made of: as it decides everything. */
import type { SessionOptions } from '../verify/index.ts';

export const switches: SessionOptions = { pruning: true, grouping: true };
