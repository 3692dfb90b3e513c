/** Edits that would help, without a terminal: the prover, the oracle and what was asked joined as one court. */
import type { Network } from '../network/network.ts';
import type { Property } from '../policy/property.ts';
import type { Intent } from '../policy/intent.ts';
import { findingsOf, verdictOfFindings } from '../policy/assertion.ts';
import { questionOf } from '../policy/intent.ts';
import type { Result } from '../base/result.ts';
import type { Decision, PolicyCourt, Ruling } from '../repair/index.ts';
import type { AskDocument, CheckDocument, PropertyResult } from '../result/document.ts';
import type { RemedyJson } from '../result/repair.ts';
import { type AskRequest, askIntent } from './asking.ts';
import { isWaived, verdictOn } from './checking.ts';
import { type Prover, openProver } from './decide.ts';
import type { Engine } from './engine.ts';

/** How many edits a repair has at most, and how many sets are tried, each of which costs proofs. */
const repairing = { edits: 4, sets: 400, slack: 0 };

/** The same of what would let a flow through: most sets are tried with single packets. */
const unblocking = { edits: 6, sets: 2000, slack: 2 };

/** For how long is looked for what a set of edits changes besides, and how many families of it are shown. */
const pricing = (timeoutMs: number) => ({ timeoutMs: Math.min(8000, timeoutMs), shown: 3 });

export interface RepairOptions {
  /** For each property, and for each of its questions. */
  readonly timeoutMs: number;
  /** How many sets of edits are wanted, and how many are tried at most. */
  readonly wanted?: number;
  readonly sets?: number;
  /** Of how many properties repairs are looked for; of all unless given. */
  readonly properties?: number;
  readonly prices?: boolean;
  readonly onProperty?: (property: Property, index: number) => Promise<void>;
}

/** The document with repairs of every property that is violated and not waived. */
export async function withRepairs(
  engine: Engine,
  network: Network,
  document: CheckDocument,
  rulings: readonly Ruling[],
  read: (network: Network) => Promise<Result<readonly Property[]>>,
  {
    timeoutMs,
    wanted = 3,
    sets = repairing.sets,
    prices = true,
    properties: most = Infinity,
    onProperty,
  }: RepairOptions,
): Promise<CheckDocument> {
  const { createRepairer, createTeller } = await import('../repair/index.ts');
  const replay = await engine.replay();
  const { ruleReader: rules } = await import('../sources/index.ts');
  const readings = new WeakMap<Network, Promise<Result<readonly Property[]>>>();
  const provers = new WeakMap<Network, Prover>();
  const propertyOn = async (on: Network, index: number): Promise<Property | undefined> => {
    const reading = readings.get(on) ?? read(on);
    readings.set(on, reading);
    const properties = await reading;
    return properties.ok ? properties.value[index] : undefined;
  };
  const court: PolicyCourt = {
    replay,
    rules,
    async questions(on, index) {
      return (await propertyOn(on, index))?.intents.map((intent) => questionOf(on, intent));
    },
    async rule(on, index) {
      const property = await propertyOn(on, index);
      if (property === undefined) return undefined;
      if (property.assertion !== undefined)
        return { verdict: verdictOfFindings(findingsOf(on, property.assertion)), decisions: [] };
      const prover = provers.get(on) ?? openProver(engine, on, timeoutMs);
      provers.set(on, prover);
      const decisions: Decision[] = [];
      for (const intent of property.intents) decisions.push(await prover.decide(intent));
      return {
        verdict: verdictOn(
          property,
          decisions.map(({ answer }) => answer),
        ),
        decisions,
      };
    },
  };
  const repairer = createRepairer(network, rulings, court);
  const sides = new Map(rulings.flatMap(({ decisions }) => decisions.flatMap(({ question }) => [...question.sides])));
  const tell = createTeller(network, rules, prices ? { ...pricing(timeoutMs), replay, sides } : undefined);
  const properties = await read(network);
  const results: PropertyResult[] = [];
  let left = most;
  for (const [index, result] of document.results.entries()) {
    if (result.verdict !== 'violated' || result.assertion !== undefined || isWaived(result) || left-- <= 0) {
      results.push(result);
      continue;
    }
    if (properties.ok) await onProperty?.(properties.value[index]!, index);
    const deadline = Date.now() + timeoutMs;
    const { found, tried, upTo, mends } = await repairer.of(index, { ...repairing, sets, deadline, wanted });
    const told: RemedyJson[] = [];
    for (const [i, set] of found.entries())
      told.push(
        await tell(
          set,
          (mends[i] ?? []).flatMap((one) => (one === index ? [] : (document.results[one]?.id ?? []))),
        ),
      );
    results.push(withKey(result, 'reason', { repairs: { found: told, tried, upTo } }));
  }
  return { ...document, results };
}

const unneeded = {
  reachable: 'There was nothing for `--unblock` to do: nothing blocks the flow.',
  undecided: 'There was nothing for `--unblock` to do: it is not known that the flow is blocked.',
} as const;

/** The document with what would let the flow through, where it is unreachable; else with a note that nothing was done. */
export async function withAlternatives(
  engine: Engine,
  network: Network,
  document: AskDocument,
  request: AskRequest,
  { timeoutMs, wanted = 5, sets = unblocking.sets, prices = true }: RepairOptions,
): Promise<AskDocument> {
  if (document.verdict !== 'unreachable')
    return { ...document, notes: [...document.notes, unneeded[document.verdict]] };
  const read = (on: Network): Result<Intent> => askIntent(on, request);
  const { alternatives, createTeller } = await import('../repair/index.ts');
  const replay = await engine.replay();
  const { ruleReader: rules } = await import('../sources/index.ts');
  const deadline = Date.now() + timeoutMs;
  const understood = (on: Network) => {
    const intent = read(on);
    return intent.ok ? { question: questionOf(on, intent.value), network: on } : undefined;
  };
  const { found, tried, upTo } = await alternatives(
    network,
    {
      replay,
      rules,
      understood,
      async isReachable(on) {
        const intent = read(on);
        if (!intent.ok) return false;
        const { answer } = await openProver(engine, on, timeoutMs).decide(intent.value);
        return answer.verdict === 'holds' && !answer.vacuous;
      },
    },
    { ...unblocking, sets, deadline, wanted },
  );
  const asked = understood(network)?.question;
  const price =
    prices && asked !== undefined ? { ...pricing(timeoutMs), replay, sides: asked.sides, asked } : undefined;
  const tell = createTeller(network, rules, price);
  const told: RemedyJson[] = [];
  for (const set of found) told.push(await tell(set, []));
  return withKey(document, 'notes', { alternatives: { found: told, tried, upTo } });
}

/** Keys of documents stand in one order: these before that one. */
function withKey<T extends object, A extends object>(document: T, before: keyof T & string, more: A): T & A {
  const entries = Object.entries(document);
  const at = entries.findIndex(([key]) => key === before);
  return Object.fromEntries([...entries.slice(0, at), ...Object.entries(more), ...entries.slice(at)]) as T & A;
}
