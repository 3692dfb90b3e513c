/** Ask and forbid answered: both families, both sides of what is unknown, a flow people can read or what stands in its way. */
import facts from '../../models/facts.json' with { type: 'json' };
import type { Network } from '../network/network.ts';
import { fact as factKey } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import type { Answer, FactUsed, Flow } from '../result/answer.ts';
import type { SessionOptions } from '../verify/index.ts';
import { asymmetryNote } from './asymmetry.ts';
import { blocksOf, nearest } from './blocked.ts';
import { unseenNote } from './carried.ts';
import { nameNotes } from './names-leaving.ts';
import { endpointPolicyNote } from './endpoint-policy.ts';
import { type Finding, find } from './finding.ts';
import { beforePayload, noData } from './handshake.ts';
import { partsOf, together } from './on-payload.ts';
import { leantOn } from './leaning.ts';
import { noReply, oneWay } from './modes.ts';
import { balancedNote, notesOn, portsNote, whereverNote } from './notes.ts';
import { privateDnsNote } from './private-dns.ts';
import { formatSides } from '../network/assumption.ts';
import { declaredIn } from './sides.ts';
import type { VerifyOptions } from './verifier.ts';
import { idleNotes } from './why/idle.ts';
import { plainlyImpossible } from './why/impossible.ts';
import { whyItHolds } from './why/index.ts';

/** Does some flow exist in some family? */
export async function existence(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Omit<Answer, 'timeMs'>> {
  const deadline = Date.now() + options.timeoutMs;
  const parts: Omit<Answer, 'timeMs'>[] = [];
  const left = (): VerifyOptions => ({ ...options, timeoutMs: deadline - Date.now() });
  for (const part of partsOf(question)) parts.push(await existenceOf(network, part, left(), switches));
  const decided = together(parts);
  if (decided.verdict !== 'holds' || question.kind !== 'forbid') return decided;
  const notes = question.onPayload === undefined ? [] : await beforePayload(network, question, left(), switches);
  const why = options.why === true ? { why: await whyItHolds(network, question, switches, options.timeoutMs) } : {};
  return { ...decided, ...why, notes: [...notes, ...decided.notes] };
}

async function existenceOf(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Omit<Answer, 'timeMs'>> {
  const deadline = Date.now() + options.timeoutMs;
  const left = (): VerifyOptions => ({ ...options, timeoutMs: deadline - Date.now() });
  const asks = question.kind === 'ask';
  const found = await find(network, question, options, switches, { ports: asks && question.mode !== 'packet' });
  switch (found.kind) {
    case 'open':
      return undecided(network, question, found);
    case 'some': {
      const { notes, ...some } = someFlow(network, question, found, options);
      const modes =
        asks && question.mode === 'packet' ? await noReply(network, question, found.shown, left(), switches) : [];
      const data = asks ? await noData(network, question, found, left(), switches) : [];
      return { ...some, notes: [...modes, ...data, ...notes] };
    }
    case 'none': {
      const { notes, ...none } = noFlow(network, question, found, options);
      const leant = await leantOn(network, question, found.onPremises, switches, deadline - Date.now());
      const instead = asks ? await past(network, question, left(), switches) : undefined;
      const modes = asks ? await oneWay(network, question, found, left(), switches) : [];
      const others = asks ? await balancedNote(network, question, (one) => find(network, one, left(), switches)) : [];
      return { ...none, ...instead, facts: leant.facts, notes: [...modes, ...others, ...notes, ...leant.notes] };
    }
  }
}

/**
 * Where a way is prescribed that no flow takes: the flow that arrives by another, if there is one, or what that depends
 * on. What blocks the other way says nothing of the one prescribed.
 */
export async function past(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Pick<Answer, 'flows' | 'blockedBy' | 'reason'> | undefined> {
  const ways = [...question.via, ...question.viaBoth];
  if (ways.length === 0) return undefined;
  const free: Question = { ...question, kind: 'ask', via: [], viaBoth: [] };
  const found = await find(network, free, options, switches);
  if (found.kind === 'none') return undefined;
  const both = question.viaBoth.length > 0 ? ' in both directions' : '';
  const way = `via ${ways.map(({ text }) => `\`${text}\``).join(' and ')}${both}`;
  if (found.kind === 'some')
    return { flows: [found.shown.flow], blockedBy: [], reason: `a flow arrives, but none ${way}` };
  const settle = formatSides(found.existence.settle).map((each) => `\`${each}\``);
  if (settle.length === 0) return undefined;
  const otherwise = `whether one does by another way depends on what is not known, as ${settle.join(' and ')}`;
  return { flows: [], blockedBy: [], reason: `no flow arrives ${way}; ${otherwise}` };
}

function someFlow(
  network: Network,
  question: Question,
  { shown, failing, existence: found }: Extract<Finding, { kind: 'some' }>,
  { replay }: VerifyOptions,
): Omit<Answer, 'timeMs'> {
  return {
    ...nothing,
    verdict: question.kind === 'ask' ? 'holds' : 'violated',
    flows: [shown.flow],
    decidedBy: 'z3',
    assumptions: declaredIn(question),
    facts: factsUsed(question, shown.witness.facts),
    notes: [
      ...portsNote(failing),
      ...whereverNote(found),
      ...notesOn(network, question, shown, replay),
      ...asymmetryNote(shown.replayed),
      ...endpointPolicyNote(network, [shown.witness]),
      ...privateDnsNote(network, question, [shown.witness]),
      ...unseenNote(network, question, found.kind === 'some' ? found.flow.paths : []),
      ...nameNotes(network, question),
    ],
  };
}

function noFlow(
  network: Network,
  question: Question,
  { started, decidedBy }: Extract<Finding, { kind: 'none' }>,
  { replay }: VerifyOptions,
): Omit<Answer, 'timeMs'> {
  const base = {
    ...nothing,
    decidedBy,
    assumptions: declaredIn(question),
    notes: [...notesOn(network, question, undefined, replay), ...nameNotes(network, question)],
  };
  const impossible = plainlyImpossible(network, question);
  if (!started) {
    const reason = 'no packet matches the question';
    return question.kind === 'ask'
      ? { ...base, verdict: 'violated', vacuous: true, reason }
      : { ...base, verdict: 'undecided', vacuous: true, reason };
  }
  if (question.kind === 'forbid')
    return {
      ...base,
      verdict: 'holds',
      ...(impossible === undefined ? {} : { vacuousBecause: impossible }),
      notes: [...(impossible === undefined ? idleNotes(network, question) : []), ...base.notes],
    };
  const attempt = nearest(network, question, replay);
  // What blocks it names groups that let nothing through.
  const notes = [...(impossible === undefined ? [] : [impossible]), ...base.notes];
  return { ...base, verdict: 'violated', blockedBy: blocksOf(attempt), notes };
}

function undecided(
  network: Network,
  question: Question,
  { existence: { reason, settle }, shown, decidedBy }: Extract<Finding, { kind: 'open' }>,
): Omit<Answer, 'timeMs'> {
  const flows: readonly Flow[] = shown === undefined ? [] : [shown.flow];
  return {
    ...nothing,
    verdict: 'undecided',
    flows,
    reason,
    decidedBy,
    assumptions: formatSides(settle),
    facts: factsUsed(question, shown?.witness.facts ?? []),
    notes: [
      ...(shown === undefined ? [] : endpointPolicyNote(network, [shown.witness])),
      ...nameNotes(network, question),
    ],
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

/** Facts that the path leans on, with the value taken. */
export function factsUsed({ sides }: Question, numbers: readonly string[]): readonly FactUsed[] {
  return numbers.map((number) => {
    const { says } = facts[number as keyof typeof facts];
    return { fact: number, value: sides.get(factKey(number)) === false ? 'no' : 'yes', says };
  });
}
