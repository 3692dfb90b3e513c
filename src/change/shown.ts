/** A family of flows as people read it: an example, replayed where it is delivered and tried where it is not. */
import { type Plane, looksAtPayload, payloadsOf } from '../dataplane/index.ts';
import { carriedOn, sentJson } from '../explain/carried.ts';
import { nameOf } from '../explain/flow.ts';
import { blockJson, familyJson, hopJson } from '../explain/published.ts';
import { formatSides } from '../network/assumption.ts';
import { InvariantViolation } from '../base/invariant.ts';
import { unionAll } from '../net/interval.ts';
import { formatPacket } from '../net/packet.ts';
import type { Network } from '../network/network.ts';
import type { Replay, Sides } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';
import type { FlowFamily } from '../result/answer.ts';
import type { ChangedFlow, Otherwise } from '../result/change.ts';
import { type Domain, type Witness, confirm, demandsOf, plainest, valuesOf, witnessOf } from '../verify/index.ts';
import { endsIn, predicateOf } from './family.ts';
import type { Ends } from './places.ts';
import { type Names, renamedWords } from './renamed.ts';
import type { Widened } from './widen.ts';

/** A network as it was read, and how its ids are called in the planes. */
export interface Original {
  readonly network: Network;
  /** From an id in the planes to its own. */
  readonly names: Names;
}

export interface Showing {
  readonly plane: Plane;
  readonly ends: Ends;
  readonly question: Question;
  /** Headers outside are of no family. */
  readonly limit: Domain;
  readonly replay: Replay;
  readonly delivers: Original;
  readonly stops: Original;
}

export function shownFlow(showing: Showing, { set, path, values, sides: needed }: Widened): ChangedFlow {
  const { plane, ends, question, limit, replay, delivers, stops } = showing;
  const { header: first } = path.start.context;
  const whole = { header: first, predicate: predicateOf({ ends, plane, first, limit }, set) };
  const declared = question.sides;
  const sides = new Map([...needed, ...declared]);
  const plain = plainest(first, [...demandsOf(path), whole], values, (key) => sides.get(key));
  const witness = witnessOf(plane, path, plain);
  const here = renamedWords(witness, delivers.names);
  const hereSides = renamedSides(sides, delivers.names);
  const replayed = confirm(delivers.network, here, question.mode, hereSides, replay);
  return {
    flow: {
      from: nameOf(here.origin),
      to: nameOf(here.delivery),
      packet: sentJson(here.packet, question, carriedOn(plane.network, path, question.mode, witness)),
      family: familyOf(showing, first, set),
      hops: replayed.hops.map(hopJson),
      ...(replayed.returnHops === undefined ? {} : { return: replayed.returnHops.map(hopJson) }),
    },
    otherwise: otherwise(stops, renamedWords(witness, stops.names), renamedSides(sides, stops.names), witness, showing),
    assumptions: formatSides(renamedSides(needed, delivers.names)),
  };
}

const renamedSides = (sides: Sides, names: Names): ReadonlyMap<string, boolean> =>
  new Map(
    [...sides].map(([key, side]) => {
      const at = key.indexOf(':') + 1;
      return [key.slice(0, at) + (names.get(key.slice(at)) ?? key.slice(at)), side] as const;
    }),
  );

/** What becomes of the example on the other side, where nobody chooses anything for it. */
function otherwise(
  { network }: Original,
  { origin, packet, payload, delivery }: Witness,
  sides: Sides,
  witness: Witness,
  { replay, question: { mode } }: Showing,
): Otherwise {
  if (origin.kind === 'interface' && !network.interfaces.has(origin.id))
    return { blockedBy: [], reason: `\`${origin.id}\` is not there` };
  const tried = { network, origin, packet, payload, mode, sides } as const;
  const choices = { nat: new Map(), emits: new Map() };
  const went = replay({ ...tried, choices, pastDenials: false });
  const to = went.delivery === undefined ? undefined : nameOf(went.delivery);
  const replied = mode === 'packet' || went.replied;
  if (to !== undefined && to === nameOf(delivery) && replied)
    throw new InvariantViolation(
      `prover and tracer disagree on ${formatPacket(witness.packet)} from ${nameOf(witness.origin)}: it is delivered at ${to} before and after the change`,
    );
  if (to !== undefined && (replied || to !== nameOf(delivery))) return { blockedBy: [], deliveredTo: to };
  const stopped = replay({ ...tried, choices, pastDenials: true });
  return { blockedBy: distinct((stopped.blocks.length > 0 ? stopped : went).blocks.map(blockJson)) };
}

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];

/** All headers of the family, with the addresses of the places that it is between. */
function familyOf(
  { ends, limit, plane }: Showing,
  first: Parameters<typeof familyJson>[0],
  set: Widened['set'],
): FlowFamily {
  const { family } = first;
  const box = new Map([...limit, ...set.box]);
  const held = (numbers: typeof set.from, by: 'own' | 'published') =>
    unionAll(endsIn(ends, numbers).map((end) => ends.heldBy(plane, end, family, by)));
  if (set.ownSource && first.src.kind === 'variable') box.set(first.src, held(set.from, 'own'));
  if (set.ownDestination !== undefined && first.dst.kind === 'variable')
    box.set(first.dst, held(set.to, set.ownDestination));
  const fragments = first.fragment.kind === 'variable' ? valuesOf(box, first.fragment) : [];
  const flags = first.flags.kind === 'variable' ? valuesOf(box, first.flags) : [];
  const carried = first.payload.kind === 'variable' ? box.get(first.payload) : undefined;
  const json = familyJson(first, box);
  const whole = fragments.length === 1 && fragments[0]!.lo === fragments[0]!.hi;
  const overTcp = json.protocols.some((name) => name === 'tcp' || name === 'all');
  const someFlags = overTcp && !(flags.length === 1 && flags[0]!.lo === 0n && flags[0]!.hi === 255n);
  return {
    ...json,
    ...(whole ? { fragments: fragments[0]!.lo === 1n } : {}),
    ...(someFlags ? { tcpFlags: flags.map(({ lo, hi }) => (lo === hi ? `${lo}` : `${lo}-${hi}`)) } : {}),
    ...(carried === undefined || !looksAtPayload(plane) ? {} : carriedJson(plane, carried)),
  };
}

/** How many things that flows carry are told one by one. */
const most = 4;

function carriedJson(plane: Plane, set: ReturnType<typeof valuesOf>): Pick<FlowFamily, 'carried'> {
  const payloads = payloadsOf(plane);
  const all = set.reduce((sum, { lo, hi }) => sum + Number(hi - lo) + 1, 0);
  if (all >= payloads.size) return {};
  const some: number[] = [];
  for (const { lo, hi } of set) for (let at = lo; at <= hi && some.length < most; at++) some.push(Number(at));
  const words = some.map((number) => Object.values(payloads.witness(number)).join(' '));
  return { carried: [...new Set(words), ...(all > some.length ? [`and ${all - some.length} kinds more`] : [])] };
}
