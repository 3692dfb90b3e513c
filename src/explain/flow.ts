/** A flow found by the prover, made readable, replayed, and generalised to the family that it stands for. */
import type { Header, Plane, Variable } from '../dataplane/index.ts';
import type { Delivery, Origin, Replay, ReplayResult } from '../network/replay.ts';
import { fact } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import type { Flow } from '../result/answer.ts';
import {
  type FoundFlow,
  type Path,
  type SideOf,
  type Witness,
  confirm,
  demandsOf,
  plainest,
  widest,
  witnessOf,
} from '../verify/index.ts';
import { carriedOn, portAsked, sentJson } from './carried.ts';
import { familyJson, hopJson } from './published.ts';

export interface Shown {
  readonly flow: Flow;
  readonly witness: Witness;
  readonly replayed: ReplayResult;
  /** What is supposed or declared of what is not known. */
  readonly sides: ReadonlyMap<string, boolean>;
}

/**
 * A flow that crosses one NAT gateway or guest twice needs more choices than a replay takes; only flows that lean on an
 * opaque element do, and they are no answer but a doubt.
 */
function crossesAgain({ start, steps }: Path): boolean {
  const places = [start.place, ...steps.map(({ to }) => to.place)].flatMap((place) => {
    if (place.kind === 'nat-gateway') return [place.id];
    return place.kind === 'guest' || place.kind === 'appliance' ? [place.of.id] : [];
  });
  return new Set(places).size < places.length;
}

/** Undefined for a doubt that cannot be shown. */
export function show(
  plane: Plane,
  first: Header,
  found: FoundFlow,
  question: Question,
  replay: Replay,
): Shown | undefined {
  const { sides: declared } = question;
  const path = found.paths[0]!;
  if (!found.certain && crossesAgain(path)) return undefined;
  const demands = demandsOf(path);
  const sides = new Map([...(found.certain ? [] : supposed(found)), ...declared]);
  const side: SideOf = (key) => sides.get(key);
  const values = plainest(first, demands, found.values, side, portAsked(question));
  return showPath(plane, first, { path, values, sides }, question, replay);
}

/** One path with values for all that is free on it. */
export interface Chosen {
  readonly path: Path;
  readonly values: ReadonlyMap<Variable, bigint>;
  /** What is supposed or declared of what is not known. */
  readonly sides: ReadonlyMap<string, boolean>;
}

/** The path as it was found: no value is exchanged for one that people know. */
export function showPath(
  plane: Plane,
  first: Header,
  { path, values, sides }: Chosen,
  question: Question,
  replay: Replay,
): Shown {
  const { network } = plane;
  const { mode } = question;
  const witness = witnessOf(plane, path, values);
  const replayed = confirm(network, witness, mode, sides, replay);
  const side: SideOf = (key) => sides.get(key);
  const flow: Flow = {
    from: nameOf(witness.origin),
    to: nameOf(witness.delivery),
    packet: sentJson(witness.packet, question, carriedOn(network, path, mode, witness)),
    family: familyJson(first, widest(first, demandsOf(path), values, side)),
    hops: replayed.hops.map(hopJson),
    ...(replayed.returnHops === undefined ? {} : { return: replayed.returnHops.map(hopJson) }),
  };
  return { flow, witness, replayed, sides };
}

/**
 * What the flow leans on. That an element is not taken to hand something on is no declaration that it drops it; of a fact
 * either side says something.
 */
const supposed = ({ sides }: FoundFlow): readonly (readonly [string, boolean])[] =>
  [...sides].filter(([key, side]) => side || key.startsWith(fact('')));

/** The id or word by which reports name an end of a flow. */
export const nameOf = (end: Origin | Delivery): string => {
  switch (end.kind) {
    case 'interface':
      return end.id;
    case 'service':
      return end.endpoint;
    case 'internet':
      return 'internet';
    case 'onprem':
      return 'on-premises';
    case 'dns':
      return 'dns';
    case 'link-local':
      return 'link-local';
  }
};
