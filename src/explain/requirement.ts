/** A `require` answered: member by member, in whichever family serves it, and what blocks the first that fails. */
import { formatAddress } from '../net/address.ts';
import type { Network } from '../network/network.ts';
import type { Origin } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';
import type { Answer } from '../result/answer.ts';
import {
  type Part,
  type Sender,
  type Session,
  type SessionOptions,
  pairsIn,
  requireFrom,
  witnessOf,
} from '../verify/index.ts';
import { attemptJson, blocksOf, nearest } from './blocked.ts';
import { unseenNote } from './carried.ts';
import { nameNotes } from './names-leaving.ts';
import { endpointPolicyNote } from './endpoint-policy.ts';
import { nothing, past } from './existence.ts';
import { find } from './finding.ts';
import { show } from './flow.ts';
import { whereverNote } from './notes.ts';
import { privateDnsNote } from './private-dns.ts';
import { type Obligation, settlementOf } from './settling.ts';
import { formatSides } from '../network/assumption.ts';
import { declaredIn } from './sides.ts';
import type { VerifyOptions } from './verifier.ts';

export async function requirement(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Omit<Answer, 'timeMs'>> {
  const base = { ...nothing, assumptions: declaredIn(question) };
  if (question.from.members.length === 0 || question.to.members.length === 0)
    return {
      ...base,
      verdict: 'undecided',
      vacuous: true,
      decidedBy: 'pruning',
      reason: 'the selectors name no member',
    };
  const deadline = Date.now() + options.timeoutMs;
  const results: Judged[] = [];
  const left = (): VerifyOptions => ({ ...options, timeoutMs: deadline - Date.now() });
  for (const one of pairsIn(question)) results.push(await members(network, one, left(), switches));
  const { answer } =
    results.find((one) => one.answer.verdict === 'violated') ??
    results.find((one) => one.answer.verdict === 'undecided') ??
    results[0]!;
  const open = results.flatMap((one) => one.open);
  if (answer.verdict !== 'undecided' || open.length === 0) return answer;
  const settle = await settlementOf(open, async (alone) => {
    const judged = await members(network, alone, left(), switches);
    return judged.answer.verdict === 'violated';
  });
  return { ...answer, assumptions: formatSides(settle) };
}

interface Judged {
  readonly answer: Omit<Answer, 'timeMs'>;
  /** Where it is undecided: each member that it is open for. */
  readonly open: readonly Obligation[];
}

async function members(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Judged> {
  const deadline = Date.now() + options.timeoutMs;
  const byMember = new Map<string, { part: Part; sender: Sender }[]>();
  let decidedBy: Answer['decidedBy'] = 'pruning';
  let example: { session: Session; part: Part } | undefined;
  for (const family of question.families)
    await requireFrom(network, question, family, { ...switches, timeoutMs: deadline - Date.now() }, (session, part) => {
      if (session?.open === true) decidedBy = 'z3';
      for (const sender of part.senders)
        byMember.set(sender.member, [...(byMember.get(sender.member) ?? []), { part, sender }]);
      if (session !== undefined && part.existence.kind === 'some') example ??= { session, part };
    });
  const silent = question.from.members.flatMap((one) =>
    one.kind === 'interface' && !byMember.has(one.id) ? [one.id] : [],
  );
  const verdicts = [...byMember.values()].map((parts) => ({ parts, verdict: best(question, parts) }));
  const worst =
    verdicts.find(({ verdict }) => verdict === 'none') ?? verdicts.find(({ verdict }) => verdict === 'open');
  const base = { ...nothing, decidedBy, assumptions: declaredIn(question) };
  const decided = (answer: Pick<Answer, 'verdict'> & Partial<Answer>): Judged => ({
    answer: { ...base, ...answer },
    open: [],
  });
  if (verdicts.length === 0) {
    const reason = 'no member has an address of an examined family';
    return decided({ verdict: 'undecided', vacuous: true, reason });
  }
  if (silent.length > 0)
    return decided({ verdict: 'violated', reason: `\`${silent[0]}\` has no address of an examined family` });
  if (worst === undefined) {
    const existence = example?.part.existence;
    const existences = verdicts.flatMap(({ parts }) => parts.map(({ part }) => part.existence));
    const flows = existences.flatMap((one) => (one.kind === 'some' ? [one.flow] : []));
    const paths = flows.flatMap((flow) => flow.paths);
    const seenBy = example?.session.plane;
    const gone = seenBy === undefined ? [] : flows.map((flow) => witnessOf(seenBy, flow.paths[0]!, flow.values));
    const unseen = unseenNote(network, question, paths);
    const notes = [
      ...whereverNote(...existences),
      ...endpointPolicyNote(network, gone),
      ...privateDnsNote(network, question, gone),
      ...unseen,
      ...nameNotes(network, question),
    ];
    if (example === undefined || existence?.kind !== 'some') return decided({ verdict: 'holds' });
    const { first } = example.session.product;
    // The flow is checked like any other, so that a requirement never rests on the prover alone.
    show(example.session.plane, first, existence.flow, question, options.replay);
    return decided({ verdict: 'holds', notes });
  }
  const failing = worst.parts.find(({ part }) => part.existence.kind === worst.verdict)!;
  const { existence } = failing.part;
  if (existence.kind === 'open') {
    const open = verdicts.flatMap(({ parts, verdict }) =>
      verdict === 'open' ? [{ alone: aloneOf(question, parts[0]!), parts: parts.map(({ part }) => part) }] : [],
    );
    const more = open.length === 1 ? '' : ` and ${open.length - 1} more`;
    const reason = `for ${words(failing)}${more} ${existence.reason}`;
    const notes = nameNotes(network, question);
    return { answer: { ...base, verdict: 'undecided', reason, notes }, open };
  }
  const left = (): VerifyOptions => ({ ...options, timeoutMs: deadline - Date.now() });
  const sometimes = await byChance(network, aloneOf(question, failing), left(), switches);
  if (sometimes !== undefined)
    return decided({ ...sometimes, verdict: 'violated', reason: `from ${words(failing)} ${sometimes.reason}` });
  const way = await past(network, aloneOf(question, failing), left(), switches);
  if (way !== undefined)
    return decided({ verdict: 'violated', ...way, reason: `from ${words(failing)} ${way.reason}` });
  const attempt = nearest(network, question, options.replay, attemptFrom(failing));
  return decided({
    verdict: 'violated',
    reason: `no flow arrives from ${words(failing)}${wayOf(question)}`,
    flows: attempt === undefined ? [] : [attemptJson(attempt, question)],
    blockedBy: blocksOf(attempt),
  });
}

/** The flow that arrives by one of AWS's choices and from one client port, where others stop it. */
async function byChance(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<Pick<Answer, 'flows' | 'blockedBy' | 'reason'> | undefined> {
  const found = await find(network, { ...question, kind: 'ask' }, options, switches);
  if (found.kind !== 'some') return undefined;
  const { flow } = found.shown;
  const groups = flow.hops.flatMap(({ kind, resource }) => (kind === 'target-group' ? [resource] : []));
  const chosen = groups.map((id) => `the load balancer may choose another target of \`${id}\``);
  const reason = [
    `a flow arrives${wayOf(question)}, but not by every choice of AWS and from every client port`,
    ...chosen,
  ];
  return { flows: [flow], blockedBy: blocksOf(nearest(network, question, options.replay)), reason: reason.join('; ') };
}

/** The question on that sender's interface alone; a place outside keeps the company it was asked in. */
function aloneOf(question: Question, { sender }: Pick<Failing, 'sender'>): Question {
  const member = question.from.members.find((one) => one.kind === 'interface' && one.id === sender.member);
  return member === undefined ? question : { ...question, from: { ...question.from, members: [member] } };
}

/** One family that serves all of a member's addresses suffices. */
function best(question: Question, parts: readonly { part: Part }[]): 'some' | 'open' | 'none' {
  const outcomes = question.families.flatMap((family) => {
    const own = parts.flatMap(({ part }) => (part.family === family ? [part] : []));
    if (own.length === 0) return [];
    if (own.some(({ existence }) => existence.kind === 'none')) return ['none' as const];
    return [own.every(({ existence }) => existence.kind === 'some') ? ('some' as const) : ('open' as const)];
  });
  return outcomes.find((one) => one === 'some') ?? outcomes.find((one) => one === 'open') ?? 'none';
}

const wayOf = ({ via, viaBoth }: Question): string => {
  const ways = [...via, ...viaBoth].map(({ text }) => `\`${text}\``);
  return ways.length === 0 ? '' : ` via ${ways.join(' and ')}`;
};

interface Failing {
  readonly part: Part;
  readonly sender: Sender;
}

const words = ({ part: { family }, sender: { member, address } }: Failing): string =>
  address === undefined ? `\`${member}\`` : `\`${member}\` (${formatAddress({ family, value: address })})`;

function attemptFrom({ part: { family }, sender: { member, address } }: Failing) {
  if (address === undefined) return undefined;
  const origin: Origin = { kind: 'interface', id: member };
  return [{ origin, address: { family, value: address } }];
}
