/**
 * A certificate held against a network: whether its clauses are those that the network makes, one by one, and whether its
 * flows go as it says. What each proves is the checker's to say.
 */
import { declaredIn } from '../explain/sides.ts';
import { notModelled } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { Property } from '../policy/property.ts';
import type { Question } from '../policy/question.ts';
import { ordered } from './checker/digest.ts';
import type { Certificate, Obligation, Witness } from './checker/format.ts';
import { findingsShown } from './findings.ts';
import { presumed, strangeFacts, unlistedFacts } from './leaning.ts';
import { type Look, looksOf, readWritten } from './looks.ts';
import { madeAgain } from './made-again.ts';
import { nothingSpokenOf } from './over-nothing.ts';
import { whyNotReplayed } from './replayed.ts';
import { refutables, showings } from './shown.ts';
import { trusted } from './trusted.ts';

/** What the network is asked with. */
export interface Means {
  readonly replay: Replay;
  /** Over the canonical snapshot. */
  readonly sha256: (network: Network) => Promise<string>;
  /** A question as it is published. */
  readonly published: (question: Question) => unknown;
  /** For each question that is asked again. */
  readonly timeoutMs: number;
}

/** Why the certificate is not one of this network; nothing where it is. It was accepted by the checker before. */
export async function rebuild(network: Network, certificate: Certificate, means: Means): Promise<readonly string[]> {
  const sha256 = await means.sha256(network);
  if (sha256 !== certificate.network.sha256)
    return [`the network is another: its hash is ${sha256}, the certificate’s ${certificate.network.sha256}`];
  const property = readWritten(network, certificate.property.written);
  if (!property.ok) return property.problems.map(({ message }) => `the property means nothing here: ${message}`);
  const looks = looksOf(network, property.value);
  if (looks === undefined) return ['it is not told where addresses to come can lie'];
  const { facts, verdict } = certificate;
  const leaning = presumed(looks, property.value, verdict, facts);
  const asked = await askedAgain(network, property.value, leaning, certificate, means);
  const reasons = [
    ...headDifferences(network, property.value, looks, certificate, means),
    ...strangeFacts(facts),
    ...asked.reasons,
  ];
  // Asking again of what is none of this property would only take time.
  if (reasons.length === 0 && verdict === 'holds' && property.value.kind !== 'require')
    reasons.push(...(await unlistedFacts(looks, facts, means.timeoutMs)));
  for (const [i, one] of certificate.evidence.entries())
    if (one.kind === 'witness' && !asked.found.has(i)) {
      const reason = await whyNotReplayed(leaning, one, certificate, means).catch(
        () => 'what is to be replayed is no flow of the network',
      );
      if (reason !== undefined) reasons.push(`evidence[${i}]: ${reason}`);
    }
  return reasons;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function headDifferences(
  { defaults, coverage }: Network,
  { id, title, kind, intents, written }: Property,
  looks: readonly Look[],
  certificate: Certificate,
  { published }: Means,
): string[] {
  const { property, verdict } = certificate;
  const ofViolated = new Set(certificate.obligations.map(({ question }) => question));
  const declared = looks
    .filter(({ question, variant, nobody }) => {
      const counts = verdict === 'holds' || ofViolated.has(question);
      return counts && variant === 0 && nobody === undefined;
    })
    .flatMap(({ asked }) => declaredIn(asked));
  const wanted = {
    'property.id': [property.id, id],
    'property.title': [property.title, title ?? null],
    'property.kind': [property.kind, kind],
    'property.written': [ordered(property.written), ordered(JSON.parse(JSON.stringify(written)))],
    'property.questions': [property.questions.length, intents.length],
    assumptions: [certificate.assumptions.toSorted(), [...new Set(declared)].toSorted()],
    trusted: [certificate.trusted, trusted],
    defaults: [certificate.defaults, defaults],
    unmodelled: [certificate.unmodelled, notModelled(coverage)],
  };
  const reasons = Object.entries(wanted).flatMap(([place, [theirs, ours]]) =>
    same(theirs, ours) ? [] : [`${place} is not what the network and the property say`],
  );
  for (const [i, question] of property.questions.entries())
    if (!looks.some((look) => look.question === i && same(published(look.asked), question)))
      reasons.push(`property.questions[${i}] is not what the property asks of the network`);
  return reasons;
}

interface AskedAgain {
  readonly reasons: readonly string[];
  /** By its place, evidence that was found and replayed again just as it is. */
  readonly found: ReadonlySet<number>;
}

const otherwise = (...reasons: readonly string[]): AskedAgain => ({ reasons, found: new Set() });

/** The evidence asked for anew: the same obligations, and for each refutation the same clauses. */
async function askedAgain(
  network: Network,
  property: Property,
  looks: readonly Look[],
  certificate: Certificate,
  { replay, timeoutMs }: Means,
): Promise<AskedAgain> {
  const { verdict, obligations, evidence } = certificate;
  if (property.assertion !== undefined) {
    const ours = findingsShown(network, property.assertion);
    const theirs = { obligation: obligations[0], evidence: evidence[0]?.kind === 'facts' ? evidence[0].cited : [] };
    if (ours.verdict !== verdict) return otherwise(`by what the network has the assertion is ${ours.verdict}`);
    return same([theirs, obligations.length], [{ obligation: ours.obligation, evidence: ours.evidence.cited }, 1])
      ? otherwise()
      : otherwise('what it cites is not what the network has');
  }
  const options = { replay, timeoutMs };
  const violated = new Set(obligations.map(({ question }) => question));
  const plan = await showings({ property, verdict, looks, violated }, options);
  if (typeof plan === 'string') return otherwise(`what it shows cannot be asked again: ${plan}`);
  // What a flow shows is told by the flow.
  const keyOf = ({ question, family, variant, kind, says }: Obligation): string =>
    JSON.stringify([question, family, variant, kind, kind === 'refutation' ? says : '']);
  const ours = plan.map(({ obligation }) => keyOf(obligation));
  if (!same(ours, obligations.map(keyOf)))
    return otherwise('its obligations are not those of the property on the network');
  const found = plan.flatMap((piece, i) => {
    if ('state' in piece) return [];
    const { kind, ...shown } = piece.evidence;
    const known = same([obligations[i], evidence[i]], [piece.obligation, { kind, obligation: i, ...shown }]);
    return known ? [i] : [];
  });
  const senders = plan.flatMap((piece, i) =>
    'state' in piece || property.kind !== 'require' || same(senderOf(piece.evidence), senderOf(evidence[i]))
      ? []
      : [`evidence[${i}]: the flow is not from the sender that its obligation names`],
  );
  const spoken = new Map<Look, boolean>();
  const others = refutables(plan).flatMap(({ index, look, state }) => {
    const theirs = evidence[index]!;
    if (theirs.kind !== 'refutation') return [];
    const made = madeAgain(theirs, state, Date.now() + timeoutMs);
    if (look !== undefined) spoken.set(look, spoken.get(look) === true || made.stated.nothing !== true);
    return made.why === undefined ? [] : [`evidence[${index}]${made.why}`];
  });
  const empty = !property.allowEmpty && [...spoken.values()].includes(false) ? [nothingSpokenOf] : [];
  return { reasons: [...senders, ...others, ...empty], found: new Set(found) };
}

/** Where a flow that is required begins, under which address and from which port, and which ways AWS takes with it. */
function senderOf(evidence: unknown): unknown {
  const { replay } = evidence as { readonly replay?: Partial<Witness['replay']> };
  const packet = replay?.packet as { readonly src?: unknown; readonly srcPort?: unknown } | undefined;
  const { zones, equals } = replay?.choices ?? {};
  return [replay?.variant, replay?.origin, packet?.src, packet?.srcPort, zones, equals].map(ordered);
}
