/** Which client ports fail where one works: `ask` needs one and says when others do not (`interfaces.md`, modes). */
import type { Variable } from '../dataplane/index.ts';
import { inIntervals } from '../logic/vector.ts';
import { type Intervals, single, unionAll } from '../net/interval.ts';
import clientPorts from '../../models/client-ports.json' with { type: 'json' };
import type { FoundFlow } from './decide.ts';
import { vectorOf } from './encoding.ts';
import { stretches, testedSets } from './parts.ts';
import type { Session } from './session.ts';

/** The stretches of client ports from which the flow found, but for its port, does not come about. */
export async function failingPorts(session: Session, flow: FoundFlow, timeoutMs: number): Promise<Intervals> {
  const { product, alphabet } = session;
  const { srcPort, src, dst, protocol, dstPort } = product.first;
  if (srcPort.kind !== 'variable' || (flow.values.get(srcPort) ?? 0n) === 0n) return [];
  const { from, to } = clientPorts.managed;
  const all = stretches([{ lo: BigInt(from), hi: BigInt(to) }], testedSets(product, srcPort));
  if (new Set(all.map(({ key }) => key)).size < 2) return [];
  const fixed = [src, dst, protocol, dstPort].flatMap((symbol) => (symbol.kind === 'variable' ? [symbol] : []));
  const pin = (variable: Variable, value: bigint) =>
    inIntervals(alphabet.terms, vectorOf(alphabet, variable), single(value));
  const same = fixed.flatMap((variable) => {
    const value = flow.values.get(variable);
    return value === undefined ? [] : [pin(variable, value)];
  });
  const fails = new Map<string, boolean>();
  for (const { lo, key } of all) {
    if (fails.has(key)) continue;
    const found = await session.find({ side: 'may', assumptions: [...same, pin(srcPort, lo)], timeoutMs });
    fails.set(key, found.kind === 'none');
  }
  return unionAll(all.flatMap(({ lo, hi, key }) => (fails.get(key) === true ? [[{ lo, hi }]] : [])));
}
