/** `check` without a terminal: the properties of policies decided one after the other, their results in one document. */
import type { Network } from '../network/network.ts';
import { type Assertion, type Finding, findingsOf, resourcesNamed, verdictOfFindings } from '../policy/assertion.ts';
import type { Property } from '../policy/property.ts';
import type { Answer, FactUsed, Verdict } from '../result/answer.ts';
import type { CertificateJson, CheckDocument, PropertyResult, Summary, WaiverJson } from '../result/document.ts';
import type { Decided, Prover } from './decide.ts';
import { coverageSum, publishedQuestion, publishedTopology, readings } from './publish.ts';
import { tool } from './tool.ts';

export interface CheckOptions {
  /** The files of the policies, as named. */
  readonly policies: readonly string[];
  /** Today, as `YYYY-MM-DD`: waivers whose last day is before it count no more. */
  readonly today: string;
  /** Makes the certificate of a decided property; or says why there is none. */
  readonly certify?: Certify;
  /** Called before each property. */
  readonly onProperty?: (property: Property, index: number) => Promise<void>;
  /** Called after each, in the same order, with what it came to. */
  readonly onDecided?: (verdict: Verdict, decided: readonly Decided[]) => void;
}

export type Certify = (
  property: Property,
  result: PropertyResult,
  decided: readonly Decided[],
) => Promise<CertificateJson | { readonly reason: string }>;

/** As `YYYY-MM-DD`, in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);

export async function checkDocument(
  network: Network,
  properties: readonly Property[],
  prover: Prover,
  sha256: (network: Network) => Promise<string>,
  { policies, today: day, certify, onProperty, onDecided }: CheckOptions,
): Promise<CheckDocument> {
  const results: PropertyResult[] = [];
  let drawn = network;
  for (const [index, property] of properties.entries()) {
    await onProperty?.(property, index);
    if (property.assertion !== undefined) {
      const asserted = assertedResult(network, property, property.assertion, day);
      results.push(certify === undefined ? asserted : await certified(property, asserted, [], certify));
      onDecided?.(asserted.verdict, []);
      continue;
    }
    const decided: Decided[] = [];
    for (const intent of property.intents) decided.push(await prover.decide(intent));
    const result = resultOf(property, decided, day);
    results.push(certify === undefined ? result : await certified(property, result, decided, certify));
    onDecided?.(result.verdict, decided);
    drawn = withImaginary(drawn, decided);
  }
  return {
    schemaVersion: 1,
    tool,
    command: 'check',
    question: { policies, properties: properties.map(({ id }) => id) },
    network: { sha256: await sha256(network), sources: network.sources },
    ...readings(network),
    assumptions: unique(results.flatMap(({ assumptions }) => assumptions)).toSorted(),
    facts: uniqueFacts(results.flatMap(({ facts }) => facts)),
    topology: publishedTopology(drawn, {
      flows: results.flatMap(({ counterexamples }) => counterexamples),
      blocks: results.flatMap(({ blockedBy }) => blockedBy),
      because: results.flatMap(({ because = [] }) => because),
      questions: results.flatMap(({ question }) => question),
    }),
    coverage: coverageSum(network),
    results,
    summary: summaryOf(results),
  };
}

/** The result with the file of its certificate, or with why there is none. */
async function certified(
  property: Property,
  result: PropertyResult,
  decided: readonly Decided[],
  certify: Certify,
): Promise<PropertyResult> {
  const started = performance.now();
  const made = await certify(property, result, decided);
  const timeMs = result.timeMs + Math.round(performance.now() - started);
  if (!('reason' in made)) return { ...result, certificate: made, timeMs };
  return { ...result, notes: [...result.notes, `No certificate is written: ${made.reason}.`], timeMs };
}

/** The network with every interface and group that some question saw, so that all of them can be drawn. */
function withImaginary(drawn: Network, decided: readonly Decided[]): Network {
  const more = decided
    .map(({ network }) => network)
    .filter(({ interfaces }) => interfaces.size > drawn.interfaces.size);
  if (more.length === 0) return drawn;
  return {
    ...drawn,
    interfaces: new Map([drawn, ...more].flatMap(({ interfaces }) => [...interfaces])),
    securityGroups: new Map([drawn, ...more].flatMap(({ securityGroups }) => [...securityGroups])),
  };
}

function resultOf(property: Property, decided: readonly Decided[], day: string): PropertyResult {
  const answers = decided.map(({ answer }) => answer);
  const vacuous = answers.some((answer) => answer.vacuous);
  const verdict = verdictOn(property, answers);
  const deciding = answers.filter((answer) => verdictOf(answer, property.allowEmpty) === verdict);
  return {
    ...headOf(property, day),
    verdict,
    vacuous,
    counterexamples: verdict === 'holds' ? [] : deciding.flatMap(({ flows }) => flows),
    blockedBy: verdict === 'holds' ? [] : deciding.flatMap(({ blockedBy }) => blockedBy),
    reason: reasonOf(deciding, vacuous && !property.allowEmpty),
    notes: unique(answers.flatMap(({ notes, why }) => [...(verdict === 'holds' ? (why?.notes ?? []) : []), ...notes])),
    decidedBy: answers.some(({ decidedBy }) => decidedBy === 'z3') ? 'z3' : 'pruning',
    assumptions: unique(deciding.flatMap(({ assumptions }) => assumptions)),
    facts: uniqueFacts(deciding.flatMap(({ facts }) => facts)),
    imaginary: unique(decided.flatMap(({ imaginary }) => imaginary)),
    timeMs: answers.reduce((sum, { timeMs }) => sum + timeMs, 0),
    ...(verdict === 'holds' ? becauseOf(answers) : {}),
    question: decided.map(({ question }) => publishedQuestion(question)),
    certificate: null,
  };
}

/** What is published of a property whatever it demands. */
const headOf = (
  { id, title, severity, source, waive }: Property,
  day: string,
): Pick<PropertyResult, 'id' | 'title' | 'severity' | 'waived' | 'source'> => ({
  id,
  title: title ?? null,
  severity,
  waived: waive === undefined ? null : { ...waive, expired: waive.until < day },
  source,
});

/** Configuration alone decides: one resource that lacks what it must have violates, one of which it is not known leaves open. */
function assertedResult(network: Network, property: Property, assertion: Assertion, day: string): PropertyResult {
  const began = performance.now();
  const findings = findingsOf(network, assertion);
  const lacking = findings.filter(({ has }) => has === 'no');
  const open = findings.filter(({ has }) => has === 'unknown');
  const deciding = lacking.length > 0 ? lacking : open;
  return {
    ...headOf(property, day),
    verdict: verdictOfFindings(findings),
    vacuous: false,
    counterexamples: [],
    blockedBy: [],
    reason: deciding.length === 0 ? null : lackingText(assertion, deciding),
    notes: [],
    decidedBy: 'pruning',
    assumptions: [],
    facts: [],
    imaginary: [],
    timeMs: Math.round(performance.now() - began),
    question: [],
    assertion: {
      on: assertion.on.text,
      members: unique(findings.map(({ resource }) => resource)),
      has: assertion.has.map(({ text }) => text),
    },
    findings,
    certificate: null,
  };
}

/** How many resources a reason names. */
const named = 5;

function lackingText({ on }: Assertion, findings: readonly Finding[]): string {
  const resources = resourcesNamed(on);
  const texts = findings.slice(0, named).map(({ resource, feature, has, says }) => {
    const label = resources.get(resource)?.name ?? resource;
    const what = has === 'unknown' ? `of \`${label}\` it is not known whether it has` : `\`${label}\` lacks`;
    return `${what} \`${feature}\`: ${says}`;
  });
  return [...texts, ...(findings.length > named ? [`and ${findings.length - named} more`] : [])].join('; ');
}

/** Of all its questions together. */
export const verdictOn = ({ allowEmpty }: Property, answers: readonly Answer[]): Verdict =>
  worst(answers.map((answer) => verdictOf(answer, allowEmpty)));

/** What its proofs rest on, where it was asked for; and that they rest on nothing, as far as that is known. */
function becauseOf(answers: readonly Answer[]): Pick<PropertyResult, 'because' | 'vacuousBecause'> {
  const told = answers.flatMap(({ why }) => why ?? []);
  const all = told.flatMap(({ because }) => because);
  const vacuous = unique([...answers, ...told].flatMap(({ vacuousBecause }) => vacuousBecause ?? []));
  return {
    ...(told.length === 0
      ? {}
      : { because: [...new Map(all.map((one) => [`${one.kind} ${one.says}`, one])).values()] }),
    ...(vacuous.length === 0 ? {} : { vacuousBecause: vacuous.join(' ') }),
  };
}

/** A property over nothing is undecided, unless the policy says that it may be empty. */
const verdictOf = ({ verdict, vacuous }: Answer, allowEmpty: boolean): Verdict =>
  !vacuous ? verdict : allowEmpty ? 'holds' : 'undecided';

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('violated') ? 'violated' : verdicts.includes('undecided') ? 'undecided' : 'holds';

function reasonOf(deciding: readonly Answer[], vacuous: boolean): string | null {
  const reasons = unique(deciding.flatMap(({ reason }) => reason ?? []));
  if (vacuous) reasons.push('the property speaks of nothing; `allow-empty: true` lets it hold');
  return reasons.length === 0 ? null : reasons.join('; ');
}

/** Whether the violation is shown and does not fail the run. */
export const isWaived = ({
  verdict,
  waived,
}: {
  readonly verdict: Verdict;
  readonly waived: WaiverJson | null;
}): boolean => verdict === 'violated' && waived !== null && !waived.expired;

function summaryOf(results: readonly PropertyResult[]): Summary {
  const count = (verdict: Verdict) => results.filter((each) => each.verdict === verdict && !isWaived(each)).length;
  return {
    total: results.length,
    holds: count('holds'),
    violated: count('violated'),
    undecided: count('undecided'),
    waived: results.filter((each) => isWaived(each)).length,
  };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const uniqueFacts = (facts: readonly FactUsed[]): readonly FactUsed[] => [
  ...new Map(facts.map((each) => [each.fact, each])).values(),
];
