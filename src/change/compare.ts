/**
 * Two networks compared: every flow that the one delivers and the other does not, between all places or those asked
 * for, or the proof that there is none.
 */
import { groupBy } from '../base/group.ts';
import { type Interval, size } from '../net/interval.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import { placeKey } from '../policy/places.ts';
import { type Place, type Places, type Question, type Traffic, anyWay } from '../policy/question.ts';
import type { ChangeDoubt, ChangedPlaces, NetworkDifferences } from '../result/change.ts';
import { formatSides } from '../network/assumption.ts';
import { type Difference, differenceOf } from './difference.ts';
import { createImplication } from './implies.ts';
import { endsIn } from './family.ts';
import { type Matched, matchNetworks } from './match.ts';
import { type Pair, type Side, pairOf } from './planes.ts';
import { type Names, renamed } from './renamed.ts';
import { sameNetworks } from './equal.ts';
import { createSameness } from './same.ts';
import { type Original, shownFlow } from './shown.ts';

/** What is compared: the same of both networks. */
export interface Compared {
  /** The places of each network that the selectors name there. */
  readonly from: { readonly before: Places; readonly after: Places };
  readonly to: { readonly before: Places; readonly after: Places };
  readonly traffic: readonly Traffic[];
  readonly families: Question['families'];
  readonly sides: ReadonlyMap<string, boolean>;
  /** Whether replies have to come back as well. */
  readonly mode: 'packet' | 'connection';
}

export interface CompareOptions {
  readonly replay: Replay;
  readonly timeoutMs: number;
  /** Families shown of each direction; others are counted. */
  readonly maxFamilies: number;
  /** For tests that hold shortcuts against the long way. */
  readonly pruning?: boolean;
}

/** Beyond this many families of one direction the rest is one: that there are more. */
const mostFamilies = 2000;

export async function compareNetworks(
  before: Network,
  after: Network,
  compared: Compared,
  { replay, timeoutMs, maxFamilies, pruning = true }: CompareOptions,
): Promise<NetworkDifferences> {
  const matched = matchNetworks(before, after);
  const question = questionOf(matched, compared);
  const back: Names = new Map([...matched.ids].map(([old, now]) => [now, old]));
  const originals = { before: { network: before, names: back }, after: { network: after, names: new Map() } };
  const opened: Direction = createDirection('opened', maxFamilies);
  const closed: Direction = createDirection('closed', maxFamilies);
  // What a packet meets is the same: so are all flows.
  const families = sameNetworks(matched.before, matched.after) ? [] : question.families;
  const alone = new Set<string>();
  const turns = createTurns(2 * families.length, timeoutMs);
  for (const family of families)
    for (let done = false; !done;) {
      const deadline = turns.deadline(2);
      const pair = pairOf(matched.before, matched.after, question, family, alone, { pruning, deadline });
      const implication = createImplication(pair.before.product.first, deadline);
      try {
        const same = createSameness();
        const about = { pair, question, replay };
        const gained = await differenceOf(pair, pair.after, pair.before, same, implication.implies, turns.next());
        const lost =
          'apart' in gained
            ? gained
            : await differenceOf(pair, pair.before, pair.after, same, implication.implies, turns.next());
        if ('apart' in gained || 'apart' in lost) {
          for (const id of 'apart' in lost ? lost.apart : []) alone.add(id);
          continue;
        }
        take(opened, gained, { ...about, mine: pair.after, delivers: originals.after, stops: originals.before });
        take(closed, lost, { ...about, mine: pair.before, delivers: originals.before, stops: originals.after });
        done = true;
      } finally {
        await implication.close();
      }
    }
  return {
    opened: opened.places(),
    closed: closed.places(),
    omitted: { opened: opened.omitted, closed: closed.omitted },
    undecided: [...opened.doubts, ...closed.doubts],
    decidedBy: opened.asked || closed.asked ? 'z3' : 'pruning',
  };
}

/** Each direction and family has an equal share of the time that is left. */
function createTurns(count: number, timeoutMs: number) {
  const end = Date.now() + timeoutMs;
  let left = count;
  /** When the shares of so many of them end. */
  const deadline = (shares: number): number => {
    const now = Date.now();
    return now + ((end - now) * shares) / Math.max(shares, left);
  };
  return {
    deadline,
    next() {
      const limits = { deadline: deadline(1), most: mostFamilies };
      left--;
      return limits;
    },
  };
}

interface Direction {
  readonly code: ChangeDoubt['code'];
  readonly maxFamilies: number;
  readonly flows: {
    readonly from: readonly string[];
    readonly to: readonly string[];
    readonly flow: ChangedPlaces['flows'][number];
  }[];
  readonly doubts: ChangeDoubt[];
  omitted: number;
  asked: boolean;
  places(): readonly ChangedPlaces[];
}

function createDirection(code: ChangeDoubt['code'], maxFamilies: number): Direction {
  const flows: Direction['flows'] = [];
  return {
    code,
    maxFamilies,
    flows,
    doubts: [],
    omitted: 0,
    asked: false,
    places: () =>
      [...groupBy(flows, ({ from, to }) => JSON.stringify([from, to])).values()].map((group) => ({
        from: group[0]!.from,
        to: group[0]!.to,
        flows: group.map(({ flow }) => flow),
      })),
  };
}

interface About {
  readonly pair: Pair;
  readonly question: Question;
  readonly replay: Replay;
  readonly mine: Side;
  readonly delivers: Original;
  readonly stops: Original;
}

function take(into: Direction, found: Difference, { pair, question, replay, mine, delivers, stops }: About): void {
  const { ends } = pair;
  const own = (ids: readonly string[]): readonly string[] => ids.map((id) => delivers.names.get(id) ?? id);
  const idsIn = (numbers: readonly Interval[]): readonly string[] =>
    own(endsIn(ends, numbers).flatMap(({ ids }) => ids)).toSorted();
  into.asked ||= found.decidedBy === 'z3';
  const wide = found.families.toSorted((a, b) => widthOf(b.set) - widthOf(a.set));
  for (const family of wide) {
    if (into.flows.length >= into.maxFamilies) {
      into.omitted++;
      continue;
    }
    const showing = { plane: mine.plane, ends, question, limit: found.limit, replay, delivers, stops };
    into.flows.push({ from: idsIn(family.set.from), to: idsIn(family.set.to), flow: shownFlow(showing, family) });
  }
  const byReason = groupBy(found.doubts, ({ sides }) => JSON.stringify(formatSides(sides)));
  for (const group of byReason.values())
    into.doubts.push({
      code: into.code,
      from: [...new Set(group.flatMap(({ from }) => own(from.ids)))],
      to: [...new Set(group.flatMap(({ to }) => own(to.ids)))],
      reason: 'it depends on what is not known',
      unknowns: formatSides(group[0]!.sides),
    });
  if (found.unfinished !== undefined)
    into.doubts.push({ code: into.code, from: [], to: [], reason: found.unfinished, unknowns: [] });
}

const widthOf = ({ from, to }: Difference['families'][number]['set']): number => Number(size(from)) * Number(size(to));

function questionOf({ ids }: Matched, { from, to, traffic, families, sides, mode }: Compared): Question {
  return {
    kind: 'forbid',
    from: both(ids, from),
    to: both(ids, to),
    traffic,
    families,
    mode,
    ...anyWay,
    sides,
  };
}

/** What is named in either network. */
function both(ids: Names, { before, after }: { readonly before: Places; readonly after: Places }): Places {
  const members = [...before.members.map((place): Place => renamed(place, ids)), ...after.members];
  return {
    text: after.text,
    members: [...new Map(members.map((place) => [placeKey(place), place])).values()],
    any: false,
    silent: [],
  };
}
