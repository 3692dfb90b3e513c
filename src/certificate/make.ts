/** A property's certificate: what has to be shown for its verdict, shown piece by piece, and accepted by the checker. */
import { invariant } from '../base/invariant.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { Property } from '../policy/property.ts';
import { checkCertificate } from './checker/check.ts';
import type { Certificate, Evidence, Obligation, Refutation } from './checker/format.ts';
import { digestOf, digestOfValue, digestPlace } from './checker/digest.ts';
import { nothingToRefute } from './clauses.ts';
import { type Look, looksOf } from './looks.ts';
import { type Refutable, refutablesOf } from './refutables.ts';
import { refutationOf } from './refuting.ts';
import { type Shows, servedIn, violationIn } from './witnesses.ts';

/** What was decided of a property. */
export interface Decided {
  readonly property: Property;
  readonly verdict: 'holds' | 'violated';
  /** Of each of its questions. */
  readonly answers: readonly { readonly verdict: string; readonly vacuous: boolean; readonly reason?: string }[];
  /** As published, with their members. */
  readonly questions: readonly unknown[];
  readonly assumptions: readonly string[];
  readonly facts: readonly unknown[];
}

/** What it was decided on, and by what. */
export interface DecidedOn {
  readonly network: Network;
  /** Over the canonical snapshot. */
  readonly sha256: string;
  readonly tool: Certificate['tool'];
  readonly replay: Replay;
  /** For each piece of evidence. */
  readonly timeoutMs: number;
}

export type Made =
  | { readonly kind: 'made'; readonly bytes: Uint8Array; readonly certificate: Certificate }
  | { readonly kind: 'none'; readonly reason: string };

/** A certificate that the checker accepts; none where it would take too long, or is not made for such a verdict. */
export async function certify(decided: Decided, on: DecidedOn): Promise<Made> {
  const looks = looksOf(on.network, decided.property);
  if (looks === undefined) return { kind: 'none', reason: 'it is not told where addresses to come can lie' };
  const shown = await shownFor(decided, looks, on);
  if (typeof shown === 'string') return { kind: 'none', reason: shown };
  const { property, verdict, questions, assumptions, facts } = decided;
  const { id, title = null, kind } = property;
  const written: unknown = JSON.parse(JSON.stringify(property.written));
  const certificate: Certificate = {
    format: 'vpcproof-certificate',
    version: 1,
    digest: `sha256:${'0'.repeat(64)}`,
    tool: on.tool,
    property: { id, title, kind, written, questions },
    verdict,
    network: { sha256: on.sha256 },
    policy: { sha256: digestOfValue(written) },
    assumptions,
    facts,
    defaults: on.network.defaults,
    unmodelled: on.network.coverage.filter(({ status }) => status === 'not-modelled'),
    trusted,
    obligations: shown.map(({ obligation }) => obligation),
    evidence: shown.map(({ evidence }, obligation) => placed(evidence, obligation)),
  };
  const bytes = Buffer.from(`${JSON.stringify(certificate)}\n`);
  const place = digestPlace(bytes);
  invariant(place !== undefined, 'a certificate begins with its digest');
  bytes.write(digestOf(bytes, place), place, 'latin1');
  const judged = checkCertificate(bytes);
  invariant(
    judged.status === 'accepted',
    `the checker accepts the certificate of ${id}: ${judged.status === 'refused' ? judged.reasons.join('; ') : judged.status}`,
  );
  return { kind: 'made', bytes, certificate: judged.certificate };
}

/** What a reader still has to believe. */
const trusted: readonly string[] = [
  'The input says what AWS has: it was read as the coverage tells, with the defaults listed here.',
  'AWS behaves as the numbered facts of this program say; those of them that are disputed and matter here are listed.',
  'The questions mean what the property says.',
  'The clauses say what the network does with packets: they are those that the program makes of it, which `verify-certificate --network` compares; interfaces that no rule tells apart stand in one clause.',
  'A flow that a requirement asks for is found by the prover and replayed by a tracer of the same facts, written apart from it; of senders that nothing tells apart, one or a few are shown for all.',
];

type Shown = Omit<Shows, 'evidence'> & { readonly evidence: Shows['evidence'] | Omit<Refutation, 'obligation'> };

/** The key of the evidence's obligation stands after its kind. */
const placed = ({ kind, ...rest }: Shown['evidence'], obligation: number): Evidence =>
  ({ kind, obligation, ...rest }) as Evidence;

async function shownFor(
  { property, verdict, answers }: Decided,
  looks: readonly Look[],
  { replay, timeoutMs }: DecidedOn,
): Promise<readonly Shown[] | string> {
  const options = { replay, timeoutMs };
  if (verdict === 'holds' && property.kind !== 'require') return refuted(refutablesOf(looks), timeoutMs);
  const shown: Shown[] = [];
  for (const look of looks) {
    const answer = answers[look.question]!;
    if (verdict === 'violated' && answer.verdict !== 'violated') continue;
    if (look.nobody !== undefined || (answer.vacuous && verdict === 'holds')) {
      shown.push(...((await refuted(emptyIn(look, look.nobody ?? answer.reason ?? ''), timeoutMs)) as Shown[]));
      continue;
    }
    const found = property.kind === 'require' && verdict === 'holds' ? await servedIn(look, options) : undefined;
    const one = found ?? (property.kind === 'require' ? notYet : await violationIn(look, options));
    if (one.kind === 'none') return one.reason;
    shown.push(...one.shows);
  }
  return ordered(shown);
}

const notYet = { kind: 'none', reason: 'none is made for a requirement that is not kept' } as const;

async function refuted(refutables: readonly Refutable[], timeoutMs: number): Promise<readonly Shown[] | string> {
  const shown: Shown[] = [];
  for (const { obligation, state } of refutables) {
    const found = await refutationOf(state, timeoutMs);
    if (found.kind === 'none') return found.reason;
    shown.push({ obligation, evidence: found.refutation });
  }
  return shown;
}

/** A requirement over nothing. */
const emptyIn = ({ question, words, asked }: Look, why: string): readonly Refutable[] =>
  asked.families.slice(0, 1).map((family) => ({
    obligation: { question, family, variant: words, kind: 'refutation', says: `there is no flow to ask for: ${why}` },
    state: () => nothingToRefute(why),
  }));

/** By question, then family; no two alike. */
function ordered(shown: readonly Shown[]): readonly Shown[] {
  const sorted = shown.toSorted(
    ({ obligation: a }, { obligation: b }) => a.question - b.question || a.family.localeCompare(b.family),
  );
  const seen = new Map<string, number>();
  return sorted.map(({ obligation, evidence }) => {
    const key = JSON.stringify([obligation.question, obligation.family, obligation.variant]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    const variant = times === 1 ? obligation.variant : `${obligation.variant} (${times})`;
    return { obligation: { ...obligation, variant } satisfies Obligation, evidence };
  });
}
