/**
 * A certificate held against a network: whether its clauses are those that the network makes, one by one, and whether its
 * flows go as it says. What each proves is the checker's to say.
 */
import { hopJson } from '../explain/published.ts';
import { nameOf } from '../explain/flow.ts';
import { declaredIn } from '../explain/sides.ts';
import { packetJson } from '../result/packet.ts';
import { partsOf } from '../explain/on-payload.ts';
import type { Header, Variable } from '../dataplane/index.ts';
import { inIntervals } from '../logic/vector.ts';
import { single } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import { notModelled } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import type { Delivery, Origin, Replay } from '../network/replay.ts';
import type { Property } from '../policy/property.ts';
import type { Places, Question } from '../policy/question.ts';
import { openSession, planeFor, vectorOf } from '../verify/index.ts';
import { ordered } from './checker/digest.ts';
import type { Certificate, Obligation, Witness } from './checker/format.ts';
import { findingsShown } from './findings.ts';
import { presumed, strangeFacts, unlistedFacts } from './leaning.ts';
import { type Look, looksOf, readWritten } from './looks.ts';
import { madeAgain } from './made-again.ts';
import { nothingSpokenOf } from './over-nothing.ts';
import { fromPlain } from './plain.ts';
import { refutables, showings } from './shown.ts';
import { switches } from './switches.ts';
import { trusted } from './trusted.ts';
import { type Replaying, saysOf } from './witnesses.ts';

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
  const reasons = [
    ...headDifferences(network, property.value, looks, certificate, means),
    ...strangeFacts(facts),
    ...(await evidenceDifferences(network, property.value, leaning, certificate, means)),
  ];
  // Asking again of what is none of this property would only take time.
  if (reasons.length === 0 && verdict === 'holds' && property.value.kind !== 'require')
    reasons.push(...(await unlistedFacts(looks, facts, means.timeoutMs)));
  for (const [i, one] of certificate.evidence.entries())
    if (one.kind === 'witness') {
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

/** The evidence asked for anew: the same obligations, and for each refutation the same clauses. */
async function evidenceDifferences(
  network: Network,
  property: Property,
  looks: readonly Look[],
  certificate: Certificate,
  { replay, timeoutMs }: Means,
): Promise<readonly string[]> {
  const { verdict, obligations, evidence } = certificate;
  if (property.assertion !== undefined) {
    const ours = findingsShown(network, property.assertion);
    const theirs = { obligation: obligations[0], evidence: evidence[0]?.kind === 'facts' ? evidence[0].cited : [] };
    if (ours.verdict !== verdict) return [`by what the network has the assertion is ${ours.verdict}`];
    return same([theirs, obligations.length], [{ obligation: ours.obligation, evidence: ours.evidence.cited }, 1])
      ? []
      : ['what it cites is not what the network has'];
  }
  const options = { replay, timeoutMs };
  const violated = new Set(obligations.map(({ question }) => question));
  const plan = await showings({ property, verdict, looks, violated }, options);
  if (typeof plan === 'string') return [`what it shows cannot be asked again: ${plan}`];
  // What a flow shows is told by the flow.
  const keyOf = ({ question, family, variant, kind, says }: Obligation): string =>
    JSON.stringify([question, family, variant, kind, kind === 'refutation' ? says : '']);
  const ours = plan.map(({ obligation }) => keyOf(obligation));
  if (!same(ours, obligations.map(keyOf))) return ['its obligations are not those of the property on the network'];
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
  return [...senders, ...others, ...empty];
}

/** Where a flow that is required begins, under which address and from which port. */
function senderOf(evidence: unknown): unknown {
  const { replay } = evidence as { readonly replay?: Partial<Record<'variant' | 'origin' | 'packet', unknown>> };
  const packet = replay?.packet as { readonly src?: unknown; readonly srcPort?: unknown } | undefined;
  return [replay?.variant, replay?.origin, packet?.src, packet?.srcPort].map(ordered);
}

/** The flow by the tracer alone, and whether it is one of those that are asked about. */
async function whyNotReplayed(
  looks: readonly Look[],
  { obligation, flow, replay }: Witness,
  { property, obligations }: Certificate,
  means: Means,
): Promise<string | undefined> {
  const { question, family, says } = obligations[obligation]!;
  const given = fromPlain(replay) as Replaying;
  const look = looks.find((one) => one.question === question && one.variant === given.variant);
  if (look === undefined) return 'it is of a network that the question does not ask about';
  const part = partsOf(look.asked).find(({ mode }) => mode === given.mode);
  if (part === undefined) return 'the flow is not of the kind that is asked about';
  if (!same(keysOf(given.sides), keysOf(part.sides)))
    return 'what is not known is taken otherwise than the property declares';
  const { origin, packet, payload, mode, choices, sides } = given;
  const traced = means.replay({
    network: look.network,
    origin,
    packet,
    payload,
    mode,
    choices,
    sides,
    pastDenials: false,
  });
  if (traced.delivery === undefined || (mode !== 'packet' && !traced.replied)) return 'the flow does not arrive';
  const shown = flow as {
    readonly from?: unknown;
    readonly to?: unknown;
    readonly packet?: Readonly<Record<string, unknown>>;
    readonly hops?: unknown;
    readonly return?: unknown;
  };
  const hops = traced.hops.map(hopJson);
  const back = traced.returnHops?.map(hopJson);
  if (!same(shown.hops, hops) || !same(shown.return, back)) return 'the flow takes another way';
  if (shown.from !== nameOf(origin) || shown.to !== nameOf(traced.delivery)) return 'the flow has other ends';
  if (Object.entries(packetJson(packet)).some(([key, value]) => !same(shown.packet?.[key], value)))
    return 'the flow has another packet';
  const verb = property.kind === 'require' ? 'is required' : 'is forbidden';
  if (packet.src.family !== family || says !== saysOf(verb, packet, nameOf(origin), nameOf(traced.delivery)))
    return 'its obligation says something else';
  if (!isAmong(part.from, origin) || !isAmong(part.to, traced.delivery))
    return 'the flow has ends that are not asked about';
  return (await isMeant(look, part, packet, means)) ? undefined : 'the flow is not one that the property means';
}

/** Each key as it is: in people's words `drops:x` is a key that means nothing, and a side of `passes:x`. */
const keysOf = (sides: ReadonlyMap<string, boolean>): readonly string[] =>
  [...sides].map(([key, side]) => `${key} ${side}`).toSorted();

/** Places named by addresses or services are the prover's to say. */
function isAmong({ members }: Places, end: Origin | Delivery): boolean {
  return members.some((place) => {
    switch (place.kind) {
      case 'interface':
        return end.kind === 'interface' && end.id === place.id;
      case 'internet':
      case 'onprem':
      case 'dns':
        return end.kind === place.kind;
      case 'gateway-endpoint':
        return nameOf(end) === place.id;
      case 'cidr':
      case 'service':
        return true;
    }
  });
}

/** The prover finds a flow of the question with that very packet. */
async function isMeant({ network }: Look, question: Question, packet: Packet, { timeoutMs }: Means): Promise<boolean> {
  const plane = planeFor(network, question, switches);
  const session = openSession(plane, question, packet.src.family, switches);
  try {
    if (!session.open) return false;
    const assumptions = valuesOf(session.product.first, packet).map(([variable, value]) =>
      inIntervals(session.alphabet.terms, vectorOf(session.alphabet, variable), single(value)),
    );
    // What a service's unread addresses are is settled by several flows together.
    return (await session.find({ side: 'may', assumptions, timeoutMs })).kind === 'found';
  } finally {
    await session.close();
  }
}

function valuesOf(first: Header, packet: Packet): readonly (readonly [Variable, bigint])[] {
  const values = {
    src: packet.src.value,
    dst: packet.dst.value,
    protocol: BigInt(packet.protocol),
    srcPort: BigInt(packet.srcPort),
    dstPort: BigInt(packet.dstPort),
    icmpType: BigInt(packet.icmpType),
    icmpCode: BigInt(packet.icmpCode),
    fragment: packet.fragment ? 1n : 0n,
    flags: BigInt(packet.tcpFlags ?? (packet.protocol === protocols.tcp ? syn : 0)),
  };
  return Object.entries(values).flatMap(([field, value]) => {
    const symbol = first[field as keyof typeof values];
    return symbol.kind === 'variable' ? [[symbol, value] as const] : [];
  });
}
