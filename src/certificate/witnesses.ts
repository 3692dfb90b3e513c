/** Flows that show a verdict: those that violate a `forbid`, and those that a `require` demands, each replayed by the tracer. */
import type { Header, Plane, Variable } from '../dataplane/index.ts';
import { partsOf } from '../explain/on-payload.ts';
import { find } from '../explain/finding.ts';
import { type Shown, nameOf, showPath } from '../explain/flow.ts';
import { type Family, formatAddress } from '../net/address.ts';
import type { Intervals } from '../net/interval.ts';
import { formatInterval } from '../net/special.ts';
import { type Packet, formatPacket } from '../net/packet.ts';
import type { Replay } from '../network/replay.ts';
import { placeKey } from '../policy/places.ts';
import type { Question } from '../policy/question.ts';
import { type FoundFlow, type Part, type Sender, demandsOf, isTrue, pairsIn, requireFrom } from '../verify/index.ts';
import type { Obligation, Witness } from './checker/format.ts';
import type { Look } from './looks.ts';
import { neededChoices, written } from './replaying.ts';
import { switches } from './switches.ts';
import { oneLine } from './words.ts';

/** A witness with what it is for; `obligation` is told once all are in order. */
export interface Shows {
  readonly obligation: Obligation;
  readonly evidence: Omit<Witness, 'obligation'>;
}

export type Showing =
  { readonly kind: 'shown'; readonly shows: readonly Shows[] } | { readonly kind: 'none'; readonly reason: string };

export interface ShowOptions {
  readonly replay: Replay;
  readonly timeoutMs: number;
}

/** Flows found are many where senders are: of those that nothing tells apart so many are shown one by one. */
const sendersShown = 16;

/** A flow in this network that the property forbids. */
export async function violationIn(look: Look, options: ShowOptions): Promise<Showing> {
  for (const part of partsOf(look.asked)) {
    const found = await find(look.network, part, options, switches);
    if (found.kind !== 'some') continue;
    const { existence, shown } = found;
    const others = existence.kind === 'some' ? existence.flow.others : undefined;
    if (others === undefined)
      return { kind: 'shown', shows: [showing(look, part, shown, [], 'is forbidden', options.replay)] };
    const shows = others.flatMap(({ plane, flow, reached }) => {
      const one = shownIn(plane, flow, 0, part, options.replay);
      return one === undefined ? [] : [showing(look, part, one, [within(reached)], 'is forbidden', options.replay)];
    });
    if (shows.length === others.length) return { kind: 'shown', shows };
  }
  return { kind: 'none', reason: 'the flow was not found again' };
}

interface Served {
  readonly family: Family;
  readonly part: Part;
  readonly plane: Plane;
}

/** A flow from every address of every member, for every choice that AWS has, in a family that serves all of them. */
export async function servedIn(look: Look, { replay, timeoutMs }: ShowOptions): Promise<Showing> {
  const deadline = Date.now() + timeoutMs;
  const { network, asked } = look;
  const shows: Shows[] = [];
  for (const pair of pairsIn(asked)) {
    const served: Served[] = [];
    for (const family of pair.families)
      await requireFrom(network, pair, family, { ...switches, timeoutMs: deadline - Date.now() }, (session, part) => {
        if (session !== undefined) served.push({ family, part, plane: session.plane });
      });
    // Without a session time ran out, and what there was of parts is not known.
    if (Date.now() > deadline) return { kind: 'none', reason: 'the time given ran out' };
    const heard = new Set(served.flatMap(({ part }) => part.senders.map(({ member }) => member)));
    const silent = pair.from.members.find((one) => one.kind === 'interface' && !heard.has(one.id));
    if (silent !== undefined && heard.size > 0)
      return { kind: 'none', reason: `${placeKey(silent)} has no address of an examined family` };
    const serving = new Map<Part, { readonly one: Served; readonly senders: Sender[] }>();
    for (const member of heard) {
      const own = served.filter(({ part }) => part.senders.some((sender) => sender.member === member));
      const best = pair.families.find((family) => {
        const parts = own.filter((one) => one.family === family);
        return parts.length > 0 && parts.every(({ part }) => part.existence.kind === 'some');
      });
      if (best === undefined) return { kind: 'none', reason: `no flow from ${member} was found again` };
      for (const one of own.filter(({ family }) => family === best)) {
        const known = serving.get(one.part) ?? { one, senders: [] };
        serving.set(one.part, known);
        known.senders.push(...one.part.senders.filter((sender) => sender.member === member));
      }
    }
    const to = pair === asked ? [] : [`to ${placeKey(pair.to.members[0]!)}`];
    for (const { one, senders } of serving.values()) {
      const found = flowsOf(look, pair, one, senders, to, replay);
      if (found === undefined) return { kind: 'none', reason: 'a sender goes another way than those it is like' };
      shows.push(...found);
    }
  }
  return { kind: 'shown', shows };
}

function flowsOf(
  look: Look,
  question: Question,
  { part: { existence, family }, plane }: Served,
  senders: readonly Sender[],
  to: readonly string[],
  replay: Replay,
): readonly Shows[] | undefined {
  if (existence.kind !== 'some') return [];
  const { flow } = existence;
  const ways = flow.others ?? [{ plane, flow, reached: undefined }];
  const shownSenders = senders.length > sendersShown ? [senders[0]!, senders.at(-1)!] : senders;
  const alike = senders.length > sendersShown ? [`as from ${senders.length} senders that nothing tells apart`] : [];
  const shows: Shows[] = [];
  for (const sender of shownSenders)
    for (const { plane: there, flow: way, reached } of ways)
      for (const copy of way.paths.keys()) {
        const shown = shownIn(there, way, copy, question, replay, { sender, family });
        if (shown === undefined) return undefined;
        const at = sender.address === undefined ? '' : ` at ${formatAddress({ family, value: sender.address })}`;
        const variant = [
          `from ${sender.member}${at}`,
          ...to,
          ...(reached === undefined ? [] : [within(reached)]),
          ...choicesIn(way.fixed[copy]!),
          ...alike,
        ];
        shows.push(showing(look, question, shown, variant, 'is required', replay));
      }
  return shows;
}

const within = (reached: Intervals): string =>
  `to each address of ${reached.map((one) => formatInterval('ipv4', one)).join(', ')}`;

const choicesIn = (fixed: ReadonlyMap<Variable, bigint>): readonly string[] =>
  [...fixed].map(([{ name }, value]) =>
    name.endsWith('.srcPort') && name.startsWith('sent.') ? `from port ${value}` : `${oneLine(name)} = ${value}`,
  );

/** One copy of a flow, from one of the senders for which it was found; undefined where it goes another way. */
function shownIn(
  plane: Plane,
  flow: FoundFlow,
  copy: number,
  question: Question,
  replay: Replay,
  { sender, family }: { readonly sender?: Sender; readonly family?: Family } = {},
): Shown | undefined {
  const path = flow.paths[copy]!;
  const first: Header = path.start.context.first;
  const own = sender?.address;
  const found = new Map([...flow.values, ...flow.fixed[copy]!]);
  const values =
    own === undefined || first.src.kind !== 'variable' || first.family !== family
      ? found
      : new Map(found).set(first.src, own);
  const { sides } = question;
  const goes = demandsOf(path).every((demand) =>
    isTrue(
      demand,
      (variable) => values.get(variable) ?? variable.domain[0]!.lo,
      (key) => sides.get(key),
    ),
  );
  return goes ? showPath(plane, first, { path, values, sides }, question, replay) : undefined;
}

function showing(
  { network, question, variant, words }: Look,
  { mode }: Question,
  { flow, witness, sides }: Shown,
  more: readonly string[],
  verb: 'is forbidden' | 'is required',
  replay: Replay,
): Shows {
  const { origin, packet, payload, delivery, choices } = witness;
  const sent = { origin, packet, ...(payload === undefined ? {} : { payload }), mode };
  const request = { network, ...sent, choices, sides, pastDenials: false };
  const replaying = { variant, ...sent, choices: neededChoices(request, replay), sides, pastDenials: false };
  const { family: _, ...told } = flow;
  return {
    obligation: {
      question,
      family: packet.src.family,
      variant: [words, ...more].filter((one) => one !== '').join('; '),
      kind: 'witness',
      says: saysOf(verb, packet, nameOf(origin), nameOf(delivery)),
    },
    evidence: { kind: 'witness', flow: told, replay: written(replaying) },
  };
}

/** What a flow shows, in the words of its obligation. */
export const saysOf = (verb: 'is forbidden' | 'is required', packet: Packet, from: string, to: string): string =>
  `a flow that ${verb} arrives: ${formatPacket(packet)}, from ${from} to ${to}`;
