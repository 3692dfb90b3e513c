/**
 * An intent decided: on the network as read, and on the network with imaginary hosts where the intent asks for them or
 * where a subnet or VPC that it names holds nothing (`interfaces.md`, Selectors).
 */
import type { Network } from '../network/network.ts';
import { type Intent, potentialSubnets, questionOf } from '../policy/intent.ts';
import { placeKey } from '../policy/places.ts';
import type { Places, Question } from '../policy/question.ts';
import { emptyCounted, openVariants } from '../policy/variants.ts';
import type { Answer } from '../result/answer.ts';
import type { Engine, Verifier } from './engine.ts';
import { type Placed, unplaced, wherever } from './placed-answer.ts';

/** Keeps a verifier for each variant of the network for as long as questions come. */
export interface Prover {
  decide(intent: Intent): Promise<Decided>;
  close(): Promise<void>;
}

export interface Decided {
  readonly question: Question;
  readonly answer: Answer;
  /** The network it was decided on. */
  readonly network: Network;
  /** The subnets whose imaginary hosts were counted in, for want of real ones or because the intent asks for them. */
  readonly imaginary: readonly string[];
  /** For an `ask` over subnets that hold nothing: the same for their imaginary hosts. */
  readonly beside?: Decided;
}

/** `why` has it told why what is forbidden cannot be, where addresses are settled. */
export function openProver(
  engine: Pick<Engine, 'openVerifier' | 'replay'>,
  network: Network,
  timeoutMs: number,
  { why = false }: { readonly why?: boolean } = {},
): Prover {
  const variants = openVariants(network);
  const verifiers = new Map<Network, Promise<Verifier>>();

  async function answerOn(subnets: readonly string[], intent: Intent): Promise<Decided> {
    const base = variants.imagined(subnets, intent);
    const found = variants.placed(base, intent);
    if (typeof found === 'string') return { ...asked(base, subnets, intent), answer: unplaced(base, found) };
    const all: (Decided & Placed)[] = [];
    for (const { network: on, says } of found) {
      const settled = asked(on, subnets, intent);
      const empty = whereEmpty(settled.question);
      all.push({ ...settled, says, answer: empty ?? (await answerTo(settled, why && found.length === 1)) });
    }
    const decided = wherever(all);
    const { answer } = decided;
    if (!why || found.length === 1 || intent.kind !== 'forbid' || answer.verdict !== 'holds') return decided;
    const note = `Why it holds was not worked out: it is proved by itself for each of ${found.length} ways in which AWS may pick addresses that rules tell apart.`;
    return { ...decided, answer: { ...answer, notes: [note, ...answer.notes] } };
  }

  async function answerTo({ question, network: on }: Omit<Decided, 'answer'>, reasons: boolean): Promise<Answer> {
    const verifier = verifiers.get(on) ?? engine.openVerifier(on);
    verifiers.set(on, verifier);
    const [replay, opened] = [await engine.replay(), await verifier];
    return opened.answer(question, { replay, timeoutMs, why: reasons });
  }

  return {
    async decide(intent) {
      const asked = potentialSubnets(network, intent);
      const empty = emptyCounted(network, intent);
      if (intent.kind !== 'ask' || asked.length > 0) return answerOn(asked.length > 0 ? asked : empty, intent);
      const real = await answerOn([], intent);
      const nobody = real.question.from.members.length === 0 || real.question.to.members.length === 0;
      return nobody && empty.length > 0 ? { ...real, beside: await answerOn(empty, intent) } : real;
    },
    async close() {
      await Promise.all([...verifiers.values()].map(async (opening) => (await opening).close()));
    },
  };
}

const asked = (on: Network, subnets: readonly string[], intent: Intent): Omit<Decided, 'answer'> => {
  const question = questionOf(on, intent);
  return { question, network: on, imaginary: subnets.filter((id) => hostOf(question, id)) };
};

const hostOf = ({ from, to }: Question, subnet: string): boolean =>
  [...from.members, ...to.members].some((place) => placeKey(place) === `potential:${subnet}`);

/** The answer to a question that one side leaves nothing to ask about; undefined where both sides have members. */
function whereEmpty({ kind, from, to }: Question): Answer | undefined {
  const sender = from.members.length === 0;
  if (!sender && to.members.length > 0) return undefined;
  const answer = {
    flows: [],
    blockedBy: [],
    reason: sender ? `nothing can send: ${whyOf(from)}` : `nothing can receive: ${whyOf(to)}`,
    decidedBy: 'pruning',
    assumptions: [],
    facts: [],
    notes: [],
    timeMs: 0,
  } as const;
  // A `require` with a sender and no receiver is not kept; every other property over nothing speaks of nothing.
  const nothing = kind === 'forbid' || (kind === 'require' && sender);
  // Where nobody looked it is not known to speak of nothing.
  const open = (sender ? from : to).leftOut === true;
  return { ...answer, verdict: nothing || open ? 'undecided' : 'violated', vacuous: nothing && !open };
}

const whyOf = ({ text, silent }: Places): string =>
  silent.length === 0
    ? `\`${text}\` has no member`
    : silent
        .slice(0, 3)
        .map(({ id, why }) => `\`${id}\`: ${why}`)
        .join('; ') + (silent.length > 3 ? `; and ${silent.length - 3} more` : '');
