/** A property's questions, each in every network in which it is looked at (`policy/variants.ts`). */
import { invariant } from '../base/invariant.ts';
import { type Result, ok } from '../base/result.ts';
import { parseAssumption } from '../network/assumption.ts';
import type { Network } from '../network/network.ts';
import { readPolicyFile } from '../policy/document.ts';
import { questionOf } from '../policy/intent.ts';
import { propertiesOf } from '../policy/meaning.ts';
import type { Property } from '../policy/property.ts';
import type { Places, Question } from '../policy/question.ts';
import { openVariants, subnetsCounted } from '../policy/variants.ts';
import type { Written } from '../policy/property.ts';

export interface Look {
  /** Which of the property's questions, and in which of the networks. */
  readonly question: number;
  readonly variant: number;
  /** What sets the network apart; empty where it is the one that was read. */
  readonly words: string;
  readonly network: Network;
  readonly asked: Question;
  /** Why there is nothing to look for: one side has no member. */
  readonly nobody?: string;
}

/** Undefined where the networks to look at are not told; then nothing is decided either. */
export function looksOf(network: Network, property: Property): readonly Look[] | undefined {
  const variants = openVariants(network);
  const looks: Look[] = [];
  for (const [question, intent] of property.intents.entries()) {
    const subnets = subnetsCounted(network, intent);
    const base = variants.imagined(subnets, intent);
    const placements = variants.placed(base, intent);
    if (typeof placements === 'string') return undefined;
    const imaginary = subnets.length === 0 ? [] : [`an imaginary host in each of ${subnets.join(', ')}`];
    for (const [variant, { network: on, says }] of placements.entries()) {
      const asked = questionOf(on, intent);
      const nobody = whyNobody(asked);
      const words = [...imaginary, ...says].join('; ');
      looks.push({ question, variant, words, network: on, asked, ...(nobody === undefined ? {} : { nobody }) });
    }
  }
  return looks;
}

const whyNobody = ({ from, to }: Question): string | undefined =>
  from.members.length === 0
    ? `nothing can send: ${whyOf(from)}`
    : to.members.length === 0
      ? `nothing can receive: ${whyOf(to)}`
      : undefined;

const whyOf = ({ text, silent }: Places): string =>
  silent.length === 0 ? `${text} has no member` : silent.map(({ id, why }) => `${id}: ${why}`).join('; ');

/** The property of a certificate on a network, which may know none of its names. */
export function readWritten(network: Network, written: unknown): Result<Property> {
  const { policy, assume, potential } = (written ?? {}) as Partial<Written>;
  const file = readPolicyFile(JSON.stringify(policy ?? null), 'certificate');
  if (!file.ok) return file;
  const sides = new Map(
    (Array.isArray(assume) ? (assume as readonly unknown[]) : []).flatMap((text) => {
      const read = parseAssumption(String(text));
      return read === undefined ? [] : [[read.key, read.side] as const];
    }),
  );
  const properties = propertiesOf(network, file.value, { sides, potential: potential === true });
  if (!properties.ok) return properties;
  const [property] = properties.value;
  invariant(property !== undefined, 'a policy has a property');
  return ok(property);
}
