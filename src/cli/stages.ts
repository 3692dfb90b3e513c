/** The stages of this program as the commands join them, each loaded when first needed. */
import type { Engine } from './engine.ts';

export const stages: Engine = {
  loadNetwork: async (paths) => (await import('../sources/index.ts')).loadNetwork(paths),
  openVerifier: async (network) => (await import('../explain/index.ts')).openVerifier(network),
  replay: async () => (await import('../trace/index.ts')).replay,
  sha256: () => Promise.resolve(''.padEnd(64, '0')),
  snapshot: () => Promise.reject(new Error('snapshots are not built yet')),
};
