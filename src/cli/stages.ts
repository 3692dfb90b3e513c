/** The stages of this program as the commands join them, each loaded when first needed. */
import { ok } from '../base/result.ts';
import type { Engine } from './engine.ts';

export const stages: Engine = {
  warmUp: () => void import('../solver/z3.ts').then(({ warmUpZ3 }) => warmUpZ3()),
  loadNetwork: async (paths, options) => (await import('../sources/index.ts')).loadNetwork(paths, options),
  loadChange: async (paths, options) => (await import('../sources/index.ts')).loadChange(paths, options),
  readNetwork: async (documents) => (await import('../sources/index.ts')).networkFromDocuments(documents),
  openVerifier: async (network) => (await import('../explain/index.ts')).openVerifier(network),
  replay: async () => (await import('../trace/index.ts')).replay,
  follow: async () => (await import('../trace/index.ts')).replayOnward,
  loadFirewalls: async (source, leniency) => (await import('../sources/index.ts')).loadFirewalls(source, leniency),
  firewalls: async () => {
    const { checkFirewall, compareFirewalls } = await import('../firewall/index.ts');
    return { check: checkFirewall, compare: compareFirewalls };
  },
  change: async () => (await import('../change/index.ts')).compareNetworks,
  judge: async () => (await import('../trace/index.ts')).judge,
  sha256: async (network) => (await import('../sources/index.ts')).networkSha256(network),
  snapshot: async (network, answers) => {
    const sources = await import('../sources/index.ts');
    return answers === undefined ? ok(sources.formatSnapshot(network)) : sources.snapshotWithAnswers(network, answers);
  },
};
