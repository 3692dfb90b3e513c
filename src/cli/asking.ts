/** `ask` without a terminal: a request becomes an intent, its answer a document. */
import type { Problem, ProblemAt } from '../base/problem.ts';
import { type Result, unless } from '../base/result.ts';
import { type Family, families } from '../net/address.ts';
import type { Network } from '../network/network.ts';
import type { Mode } from '../network/replay.ts';
import { readAssumption } from '../policy/assume.ts';
import { type Intent, defaultMode } from '../policy/intent.ts';
import type { Waypoint } from '../policy/question.ts';
import { whyNotAsked } from '../policy/resolver.ts';
import { type Selection, select } from '../policy/selection.ts';
import { type TrafficFlags, trafficOf } from '../policy/traffic.ts';
import { waypointOf } from '../policy/waypoints.ts';
import type { Answer } from '../result/answer.ts';
import type { AskDocument, AskVerdict, Asked } from '../result/document.ts';
import type { Decided, Prover } from './decide.ts';
import { coverageSum, publishedQuestion, publishedTopology, readings } from './publish.ts';
import { tool } from './tool.ts';

/** What `ask` is asked, in the words of its options. */
export interface AskRequest extends TrafficFlags {
  readonly from: string;
  readonly to: string;
  readonly mode?: Mode;
  readonly family?: Family;
  /** All of these must be crossed. */
  readonly via?: readonly string[];
  readonly avoid?: readonly string[];
  readonly assume?: readonly string[];
  readonly potential?: boolean;
}

/** Collects the problems of options, each at the option's name and, inside a list, its column. */
export function optionReader(network: Network) {
  const problems: Problem[] = [];
  const taken = <T>(option: string, result: Result<T, ProblemAt>): T | undefined => {
    if (result.ok) return result.value;
    for (const problem of result.problems) problems.push(atOption(option, problem));
    return undefined;
  };
  return {
    problems,
    taken,
    selection: (option: string, text: string): Selection | undefined => taken(option, select(network, text)),
    sides: (texts: readonly string[] | undefined): ReadonlyMap<string, boolean> => {
      const read = (texts ?? []).flatMap((text) => taken('--assume', readAssumption(network, text)) ?? []);
      return new Map(read.map(({ key, side }) => [key, side]));
    },
  };
}

export const atOption = (option: string, { column, ...problem }: ProblemAt): Problem => ({
  ...problem,
  place: column > 1 ? `${option}:${column}` : option,
});

/** The intent of a request, or every problem in it. `ask` means a flow's first, unfragmented packet unless told otherwise. */
export function askIntent(network: Network, request: AskRequest): Result<Intent> {
  const { problems, taken, selection, sides } = optionReader(network);
  const from = selection('--from', request.from);
  const to = selection('--to', request.to);
  const waypoints = (option: string, texts: readonly string[] | undefined): readonly Waypoint[] =>
    (texts ?? []).flatMap((text) => {
      const found = selection(option, text);
      return found === undefined ? [] : (taken(option, waypointOf(network, found)) ?? []);
    });
  const traffic = trafficOf({ ...request, fragment: request.fragment ?? false });
  if (!traffic.ok) for (const { flag, ...problem } of traffic.problems) problems.push(atOption(`--${flag}`, problem));
  for (const flag of ['dns-name', 'dns-type'] as const) {
    const elsewhere = request[flag] === undefined || to === undefined ? undefined : whyNotAsked(network, to);
    if (elsewhere !== undefined) problems.push(atOption(`--${flag}`, elsewhere));
  }
  const via = waypoints('--via', request.via);
  const avoid = waypoints('--avoid', request.avoid);
  const declared = sides(request.assume);
  const nothing: Selection = { text: '', matches: [] };
  return unless(problems, () => ({
    kind: 'ask',
    from: from ?? nothing,
    to: to ?? nothing,
    traffic: traffic.ok ? traffic.value : [],
    families: request.family === undefined ? families : [request.family],
    mode: request.mode ?? defaultMode.ask,
    via,
    avoid,
    viaBoth: [],
    except: [],
    every: 'one',
    sides: declared,
    potential: request.potential ?? false,
  }));
}

/** The document of an answered question. */
export async function askDocument(
  network: Network,
  intent: Intent,
  prover: Prover,
  sha256: (network: Network) => Promise<string>,
): Promise<AskDocument> {
  const decided = await prover.decide(intent);
  const { question, answer, imaginary, beside } = decided;
  const published = publishedQuestion(question);
  const all = [decided, ...(beside === undefined ? [] : [beside])];
  return {
    schemaVersion: 1,
    tool,
    command: 'ask',
    question: published,
    network: { sha256: await sha256(network), sources: network.sources },
    ...readings(network),
    assumptions: answer.assumptions,
    facts: answer.facts,
    topology: publishedTopology((beside ?? decided).network, {
      flows: all.flatMap(({ answer: { flows } }) => flows),
      blocks: all.flatMap(({ answer: { blockedBy } }) => blockedBy),
      questions: [published],
    }),
    coverage: coverageSum(network),
    ...asked(decided, imaginary.length > 0 ? [counted(imaginary)] : []),
    ...(beside === undefined ? {} : { imaginary: besideOf(beside) }),
  };
}

const counted = (subnets: readonly string[]): string =>
  `an imaginary host in ${subnets.map((id) => `\`${id}\``).join(', ')} is counted in`;

const besideOf = (beside: Decided): NonNullable<AskDocument['imaginary']> => ({
  ...asked(beside, []),
  assumptions: beside.answer.assumptions,
  subnets: beside.imaginary,
});

function asked({ answer }: Decided, notes: readonly string[]): Asked {
  const verdict = askVerdict(answer);
  const [flow] = answer.flows;
  return {
    verdict,
    vacuous: answer.vacuous,
    ...(answer.reason === undefined ? {} : { reason: answer.reason }),
    ...(flow === undefined || verdict === 'unreachable' ? {} : { flow }),
    ...(verdict === 'reachable' ? {} : { blockedBy: answer.blockedBy }),
    notes: [...notes, ...answer.notes],
    decidedBy: answer.decidedBy,
    timeMs: answer.timeMs,
  };
}

/** A question that no packet can match is not answered either way. */
const askVerdict = ({ verdict, vacuous }: Answer): AskVerdict =>
  vacuous ? 'undecided' : verdict === 'holds' ? 'reachable' : verdict === 'violated' ? 'unreachable' : 'undecided';
