/** Random questions about flows between some places of a network, mostly by way of one construct. */
import * as fc from 'fast-check';
import { families } from '../../src/net/address.ts';
import type { Network } from '../../src/network/network.ts';
import type { Sides } from '../../src/network/replay.ts';
import type { Place, Places, Question } from '../../src/policy/question.ts';
import { pick } from './random.ts';
import { index } from './random-network.ts';

export const aimedQuestion = fc.record({
  kind: fc.constantFrom('ask' as const, 'forbid' as const),
  from: index,
  to: index,
  mode: fc.constantFrom('packet' as const, 'connection' as const),
  by: fc.option(index, { freq: 3 }),
});

export type AimedQuestion = typeof aimedQuestion extends fc.Arbitrary<infer T> ? T : never;

/** What the questions are about; of no `by` there is none by which they ask. */
export interface Aim {
  readonly from: (network: Network) => readonly Place[];
  readonly to: (network: Network) => readonly Place[];
  readonly by: (network: Network) => readonly string[];
}

/** Under these sides; what they do not speak of is not known. */
export function questionAt(network: Network, { from, to, by }: Aim, drawn: AimedQuestion, sides: Sides): Question {
  const ways = by(network);
  const way = drawn.by === null || ways.length === 0 ? undefined : pick(ways, drawn.by);
  const source = pick(from(network), drawn.from);
  const others = to(network).filter((place) => !isSame(place, source));
  return {
    kind: drawn.kind,
    from: places(source),
    to: places(pick(others, drawn.to)),
    traffic: [],
    families,
    mode: drawn.mode,
    via: way === undefined ? [] : [{ text: way, ids: new Set([way]) }],
    avoid: [],
    viaBoth: [],
    except: [],
    every: 'one',
    sides,
  };
}

const isSame = (a: Place, b: Place): boolean =>
  a.kind === b.kind && (a.kind !== 'interface' || (b.kind === 'interface' && a.id === b.id));

const places = (member: Place): Places => ({ text: '', members: [member], any: false, silent: [] });
