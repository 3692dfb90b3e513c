/** A flow of a certificate held against a network: the tracer alone says how it goes, and the prover that it is meant. */
import { type Header, type Plane, type Variable, looksAtPayload, payloadsOf } from '../dataplane/index.ts';
import { sentJson } from '../explain/carried.ts';
import { nameOf } from '../explain/flow.ts';
import { partsOf } from '../explain/on-payload.ts';
import { hopJson } from '../explain/published.ts';
import { inIntervals } from '../logic/vector.ts';
import { single } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import type { Delivery, Origin, Replay } from '../network/replay.ts';
import type { Places, Question } from '../policy/question.ts';
import { openSession, planeFor, vectorOf } from '../verify/index.ts';
import { ordered } from './checker/digest.ts';
import type { Certificate, Witness } from './checker/format.ts';
import type { Look } from './looks.ts';
import { neededChoices, readReplaying, written } from './replaying.ts';
import { switches } from './switches.ts';
import { saysOf } from './witnesses.ts';

/** Undefined where the flow is one that the property means, and goes as the certificate says, to the last word. */
export async function whyNotReplayed(
  looks: readonly Look[],
  { obligation, flow, replay }: Witness,
  { property, obligations }: Certificate,
  means: { readonly replay: Replay; readonly timeoutMs: number },
): Promise<string | undefined> {
  const { question, family, says } = obligations[obligation]!;
  const given = readReplaying(replay);
  if (given === undefined) return 'what is to be replayed is not written as it should be';
  const look = looks.find((one) => one.question === question && one.variant === given.variant);
  if (look === undefined) return 'it is of a network that the question does not ask about';
  const part = partsOf(look.asked).find(({ mode }) => mode === given.mode);
  if (part === undefined) return 'the flow is not of the kind that is asked about';
  if (!same(keysOf(given.sides), keysOf(part.sides)))
    return 'what is not known is taken otherwise than the property declares';
  const { origin, packet, payload, mode, choices, sides } = given;
  const request = { network: look.network, origin, packet, payload, mode, choices, sides, pastDenials: false };
  const traced = means.replay(request);
  if (traced.delivery === undefined || (mode !== 'packet' && !traced.replied)) return 'the flow does not arrive';
  const hops = traced.hops.map(hopJson);
  const back = traced.returnHops?.map(hopJson);
  if (!same(flow.hops, hops) || !same(flow.return, back)) return 'the flow takes another way';
  if (flow.from !== nameOf(origin) || flow.to !== nameOf(traced.delivery)) return 'the flow has other ends';
  const sent = [payload, undefined].map((carried) => sentJson(packet, part, carried));
  if (!sent.some((one) => same(ordered(flow.packet), ordered(one)))) return 'the flow has another packet';
  const verb = property.kind === 'require' ? 'is required' : 'is forbidden';
  if (packet.src.family !== family || says !== saysOf(verb, packet, nameOf(origin), nameOf(traced.delivery)))
    return 'its obligation says something else';
  if (!isAmong(part.from, origin) || !isAmong(part.to, traced.delivery))
    return 'the flow has ends that are not asked about';
  if (!same(written({ ...given, choices: neededChoices(request, means.replay) }), replay))
    return 'it names choices that the flow does not meet';
  return (await isMeant(look, part, packet, payload, means.timeoutMs))
    ? undefined
    : 'the flow is not one that the property means';
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

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

/** The prover finds a flow of the question with that very packet, which carries that. */
async function isMeant(
  { network }: Look,
  question: Question,
  packet: Packet,
  payload: Payload | undefined,
  timeoutMs: number,
): Promise<boolean> {
  const plane = planeFor(network, question, switches);
  const carried = numberOf(plane, payload);
  if (carried === undefined) return false;
  const session = openSession(plane, question, packet.src.family, switches);
  try {
    if (!session.open) return false;
    const assumptions = valuesOf(session.product.first, packet, carried).map(([variable, value]) =>
      inIntervals(session.alphabet.terms, vectorOf(session.alphabet, variable), single(value)),
    );
    // What a service's unread addresses are is settled by several flows together.
    return (await session.find({ side: 'may', assumptions, timeoutMs })).kind === 'found';
  } finally {
    await session.close();
  }
}

/** The number of what a flow carries; absent where nothing looks at it, undefined where no flow is said to carry that. */
function numberOf(plane: Plane, payload: Payload | undefined): { readonly payload?: bigint } | undefined {
  if (payload === undefined) return looksAtPayload(plane) ? undefined : {};
  if (!looksAtPayload(plane)) return undefined;
  const payloads = payloadsOf(plane);
  for (let number = 0; number < payloads.size; number++)
    if (same(ordered(payloads.witness(number)), ordered(payload))) return { payload: BigInt(number) };
  return undefined;
}

function valuesOf(
  first: Header,
  packet: Packet,
  carried: { readonly payload?: bigint },
): readonly (readonly [Variable, bigint])[] {
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
    ...carried,
  };
  return Object.entries(values).flatMap(([field, value]) => {
    const symbol = first[field as keyof typeof values];
    return symbol.kind === 'variable' ? [[symbol, value] as const] : [];
  });
}
