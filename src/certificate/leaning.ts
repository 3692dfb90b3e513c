/** Whether a certificate lists the disputed facts without which what is forbidden might be possible. */
import facts from '../../models/facts.json' with { type: 'json' };
import { leantOn } from '../explain/leaning.ts';
import { partsOf } from '../explain/on-payload.ts';
import { taking } from '../explain/presumed.ts';
import type { Property } from '../policy/property.ts';
import type { Certificate } from './checker/format.ts';
import type { Look } from './looks.ts';
import { switches } from './switches.ts';

/** What it lists that is no fact in its own words. */
export const strangeFacts = (listed: Certificate['facts']): readonly string[] =>
  listed.flatMap((one) => {
    const known = Object.entries(facts).some(([number, { says }]) => number === one.fact && says === one.says);
    return known ? [] : [`facts lists what is none: ${JSON.stringify(one)}`];
  });

/** Those that what is forbidden leans on and that it does not list; one more is no harm. */
export async function unlistedFacts(
  looks: readonly Look[],
  listed: Certificate['facts'],
  timeoutMs: number,
): Promise<readonly string[]> {
  const told = new Set(listed.map(({ fact }) => fact));
  const missing = new Set<string>();
  for (const { network, asked, variant, nobody } of looks) {
    // Of several places where addresses can lie the first speaks for all.
    if (variant > 0 || nobody !== undefined) continue;
    for (const part of partsOf(asked))
      for (const { fact } of (await leantOn(network, part, false, switches, timeoutMs)).facts)
        if (!told.has(fact)) missing.add(fact);
  }
  return [...missing].map((fact) => `it rests on the disputed fact ${fact}, which facts does not list`);
}

/** The looks with what is presumed of AWS, where flows are to be shown: a refutation never rests on that. */
export const presumed = (
  looks: readonly Look[],
  { kind }: Property,
  verdict: 'holds' | 'violated',
  listed: Certificate['facts'],
): readonly Look[] =>
  (verdict === 'holds') === (kind === 'require')
    ? looks.map((look) => ({
        ...look,
        asked: taking(look.asked, listed),
      }))
    : looks;
