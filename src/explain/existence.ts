/** Ask and forbid answered: both families, both sides of what is unknown, a flow people can read or what stands in its way. */
import facts from '../../models/facts.json' with { type: 'json' };
import { formatAssumption } from '../network/assumption.ts';
import type { Intervals } from '../net/interval.ts';
import type { Network } from '../network/network.ts';
import { fact as factKey } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import type { Answer, FactUsed, Flow } from '../result/answer.ts';
import {
  type Existence,
  type Open,
  type Session,
  type SessionOptions,
  exists,
  failingPorts,
  openSession,
  planeFor,
} from '../verify/index.ts';
import { blocksOf, nearest } from './blocked.ts';
import { type Shown, show } from './flow.ts';
import { leantOn } from './leaning.ts';
import { notesOn, portsNote } from './notes.ts';
import type { VerifyOptions } from './verifier.ts';

/** Does some flow exist in some family? */
export async function existence(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Omit<Answer, 'timeMs'>> {
  const deadline = Date.now() + options.timeoutMs;
  const plane = planeFor(network, question, switches);
  const opens: { existence: Open; shown?: Shown }[] = [];
  let decidedBy: Answer['decidedBy'] = 'pruning';
  let started = false;
  for (const family of question.families) {
    const session = openSession(plane, question, family, switches);
    started ||= session.product.started;
    if (session.open) decidedBy = 'z3';
    try {
      const prefers = question.kind === 'forbid' ? 'none' : 'some';
      const found = await exists(session, prefers, { timeoutMs: deadline - Date.now() });
      if (found.kind === 'none') continue;
      const shown = showIn(network, question, session, found, options);
      if (found.kind === 'some') {
        const asked = question.kind === 'ask' && question.mode !== 'packet';
        const failing = asked ? await failingPorts(session, found.flow, deadline - Date.now()) : [];
        return someFlow(network, question, shown!, failing, options);
      }
      opens.push({ existence: found, ...(shown === undefined ? {} : { shown }) });
    } finally {
      await session.close();
    }
  }
  const [first] = opens;
  if (first !== undefined)
    return undecided(question, together(opens.map((one) => one.existence)), first.shown, decidedBy);
  const none = noFlow(network, question, started, decidedBy, options);
  const disputed = await leantOn(network, question, switches, deadline - Date.now());
  const instead = question.kind === 'ask' ? await past(network, question, options, switches) : undefined;
  return { ...none, ...instead, facts: disputed };
}

/** Where a way is prescribed that no flow takes: the flow that arrives by another, if there is one. */
export async function past(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Pick<Answer, 'flows' | 'blockedBy' | 'reason'> | undefined> {
  const ways = [...question.via, ...question.viaBoth];
  if (ways.length === 0) return undefined;
  const free: Question = { ...question, kind: 'ask', via: [], viaBoth: [] };
  const { verdict, flows } = await existence(network, free, options, switches);
  if (verdict !== 'holds') return undefined;
  const named = ways.map(({ text }) => `\`${text}\``).join(' and ');
  const both = question.viaBoth.length > 0 ? ' in both directions' : '';
  return { flows, blockedBy: [], reason: `a flow arrives, but none via ${named}${both}` };
}

/** What settles every family: one flow in one of them, else none in each. */
function together(opens: readonly Open[]): Open {
  const some = opens.find(({ settlesTo }) => settlesTo === 'some');
  return some ?? { ...opens[0]!, settle: new Map(opens.flatMap(({ settle }) => [...settle])) };
}

const showIn = (
  network: Network,
  question: Question,
  session: Session,
  found: Existence,
  { replay }: VerifyOptions,
): Shown | undefined =>
  found.kind === 'none' || found.flow === undefined
    ? undefined
    : show(network, session.product.first, found.flow, question.mode, question.sides, replay);

function someFlow(
  network: Network,
  question: Question,
  shown: Shown,
  failing: Intervals,
  { replay }: VerifyOptions,
): Omit<Answer, 'timeMs'> {
  return {
    ...nothing,
    verdict: question.kind === 'ask' ? 'holds' : 'violated',
    flows: [shown.flow],
    decidedBy: 'z3',
    assumptions: declaredIn(question),
    facts: factsUsed(question, shown.witness.facts),
    notes: [...portsNote(failing), ...notesOn(network, question, shown, replay)],
  };
}

function noFlow(
  network: Network,
  question: Question,
  started: boolean,
  decidedBy: Answer['decidedBy'],
  { replay }: VerifyOptions,
): Omit<Answer, 'timeMs'> {
  const base = {
    ...nothing,
    decidedBy,
    assumptions: declaredIn(question),
    notes: notesOn(network, question, undefined, replay),
  };
  if (!started) {
    const reason = 'no packet matches the question';
    return question.kind === 'ask'
      ? { ...base, verdict: 'violated', vacuous: true, reason }
      : { ...base, verdict: 'undecided', vacuous: true, reason };
  }
  if (question.kind === 'forbid') return { ...base, verdict: 'holds' };
  const attempt = nearest(network, question, replay);
  return { ...base, verdict: 'violated', blockedBy: blocksOf(attempt) };
}

function undecided(
  question: Question,
  found: Open,
  shown: Shown | undefined,
  decidedBy: Answer['decidedBy'],
): Omit<Answer, 'timeMs'> {
  const flows: readonly Flow[] = shown === undefined ? [] : [shown.flow];
  return {
    ...nothing,
    verdict: 'undecided',
    flows,
    reason: found.reason,
    decidedBy,
    assumptions: inWords(found.settle),
    facts: factsUsed(question, shown?.witness.facts ?? []),
  };
}

/** An answer of which nothing more is to be said. */
export const nothing = {
  vacuous: false,
  flows: [],
  blockedBy: [],
  assumptions: [],
  facts: [],
  notes: [],
} satisfies Partial<Answer>;

/** The sides that the person declared; reports print them beside every verdict that may lean on them. */
export const declaredIn = ({ sides }: Question): readonly string[] => inWords(sides);

/** Sides as `--assume` takes them. */
export const inWords = (sides: ReadonlyMap<string, boolean>): readonly string[] =>
  [...sides].map(([key, side]) => formatAssumption(key, side));

/** Facts that the path leans on, with the value taken. */
export function factsUsed({ sides }: Question, numbers: readonly string[]): readonly FactUsed[] {
  return numbers.map((number) => {
    const { says } = facts[number as keyof typeof facts];
    return { fact: number, value: sides.get(factKey(number)) === false ? 'no' : 'yes', says };
  });
}
