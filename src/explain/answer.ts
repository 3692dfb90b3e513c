/** The verifier of one network: each kind of question answered by its own means, and timed. */
import type { Network } from '../network/network.ts';
import type { SessionOptions } from '../verify/index.ts';
import { existence } from './existence.ts';
import { presuming } from './presumed.ts';
import { requirement } from './requirement.ts';
import type { Verifier } from './verifier.ts';

/** The verifier of one network; the switches are for tests that hold shortcuts against the long way. */
export function openVerifier(network: Network, switches: Partial<SessionOptions> = {}): Verifier {
  const session: SessionOptions = { pruning: true, grouping: true, ...switches };
  return {
    async answer(question, options) {
      const started = performance.now();
      const means = question.kind === 'require' ? requirement : existence;
      const decided = await presuming(network, question, options.timeoutMs, (one, timeoutMs) =>
        means(network, one, { ...options, timeoutMs }, session),
      );
      return { ...decided, timeMs: Math.round(performance.now() - started) };
    },
    async close() {},
  };
}
