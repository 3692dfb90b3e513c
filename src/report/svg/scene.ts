/** What of a topology is drawn: its places, where each stands, and the ties between them; less where there are too many. */
import type { Block, Flow } from '../../result/answer.ts';
import type { Atlas } from './atlas.ts';
import type { Named } from './draw.ts';
import { isRule } from './kind.ts';
import { type Course, courseOf, homeOfBlock } from './stations.ts';

export interface Spot extends Named {
  readonly key: string;
  /** The key of what it is drawn in. */
  readonly home: string | undefined;
  readonly zone?: string;
  /** What stops a path: to be seen only when the path is lit. */
  readonly stop: boolean;
  /** It stands for others that are not drawn. */
  readonly more: boolean;
}

/** A line from spot to spot. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly kind: 'route' | 'attachment' | 'there' | 'back';
  /** To be laid out the other way round, so that what is outside stands at one side. */
  readonly reversed: boolean;
  readonly destinations: readonly string[];
}

export interface Scene {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly ties: readonly Tie[];
  /** Of each path given: its spots, and its ties by their index. */
  readonly shown: readonly { readonly spots: ReadonlySet<string>; readonly ties: ReadonlySet<number> }[];
  /** The spot of a place, or of what it is drawn in. */
  readonly spotOf: (place: string) => string | undefined;
  readonly left: number;
}

/** Beyond these, only what paths touch is drawn. */
const mostPlaces = 160;
/** Of the interfaces of one place that no path touches. */
const mostInterfaces = 6;

interface Given {
  readonly flow?: Flow;
  readonly blocks?: readonly Block[];
}

export function sceneOf(atlas: Atlas, given: readonly Given[]): Scene {
  const courses = given.map(({ flow }) => (flow === undefined ? nothing : courseOf(flow, atlas)));
  const spots = new Map<string, Spot>();
  const { kept, left } = keptOf(atlas, given, courses);
  const homeOf = (id: string) =>
    atlas
      .chainOf(id)
      .slice(1)
      .find((each) => kept.has(each));
  const place = (id: string, kind: string, zone?: string) => {
    const { key, home } = { key: id, home: homeOf(id) };
    const plain = { stop: false, more: false, title: atlas.titleOf(id) };
    spots.set(key, { key, id, kind, home, ...plain, ...(zone === undefined || home === undefined ? {} : { zone }) });
  };
  for (const { id, kind, zone } of atlas.places.values()) if (kept.has(id)) place(id, kind, zone);
  const touched = touchedBy(atlas, given, courses);
  const hidden = folded(spots, touched, homeOf);
  for (const { stations } of courses)
    for (const { stop, resource, kind } of stations) if (!stop && !spots.has(resource)) place(resource, kind);
  const stopAt = (resource: string, kind: string, home: string | undefined): string => {
    const shown = home !== undefined && spots.has(home) ? home : undefined;
    const key = `stop\0${resource}\0${shown ?? ''}`;
    const named = { id: resource, kind, title: atlas.titleOf(resource) };
    spots.set(key, { key, ...named, home: shown, stop: true, more: false });
    return key;
  };
  const spotOf = (id: string): string | undefined => {
    const key = hidden.get(id) ?? id;
    if (spots.has(key)) return key;
    return spots.has(alias[id] ?? '') ? alias[id] : atlas.chainOf(id).find((each) => spots.has(each));
  };
  const ties: Tie[] = baseTies(atlas, spots, spotOf);
  const shown = given.map(({ blocks = [] }, i) => {
    const course = courses[i] ?? nothing;
    const keys = new Map(
      course.stations.map(({ key, resource, kind, stop, home }) => [
        key,
        stop ? stopAt(resource, kind, home) : resource,
      ]),
    );
    const own = new Set<number>();
    for (const { from, to, back } of course.ways) {
      // Within one box, its rows tell.
      if (boxOf(keys.get(from) ?? from, spots) === boxOf(keys.get(to) ?? to, spots)) continue;
      const tie = { from: keys.get(from) ?? from, to: keys.get(to) ?? to, kind: back ? 'back' : 'there' } as const;
      const at = ties.findIndex((each) => each.from === tie.from && each.to === tie.to && each.kind === tie.kind);
      own.add(at < 0 ? ties.push({ ...tie, reversed: false, destinations: [] }) - 1 : at);
    }
    const stopping = course.stations.some(({ stop }) => stop)
      ? []
      : blocks.map((block) =>
          isRule(block.kind) || !spots.has(block.resource)
            ? stopAt(block.resource, block.kind, homeOfBlock(block, atlas))
            : block.resource,
        );
    return { spots: new Set([...keys.values(), ...stopping]), ties: own };
  });
  return { spots, ties: directed(ties, spots), shown, spotOf, left };
}

const nothing: Course = { stations: [], ways: [] };

const alias: Readonly<Record<string, string>> = { onprem: 'on-premises', 'on-premises': 'onprem' };

function touchedBy(atlas: Atlas, given: readonly Given[], courses: readonly Course[]): ReadonlySet<string> {
  const homes = given.flatMap(({ blocks = [] }) => blocks.map((block) => homeOfBlock(block, atlas)));
  const stations = courses.flatMap((course) => course.stations.flatMap(({ resource, home }) => [resource, home]));
  const ids = [...stations, ...homes].filter((id) => id !== undefined);
  return new Set(ids.flatMap((id) => atlas.chainOf(id)));
}

/** All places where they are few, those of paths where they are many; without a path, the large ones. */
function keptOf(
  atlas: Atlas,
  given: readonly Given[],
  courses: readonly Course[],
): { readonly kept: ReadonlySet<string>; readonly left: number } {
  const all = [...atlas.places.values()].filter(({ kind }) => !isRule(kind));
  const touched = touchedBy(atlas, given, courses);
  const choices = [
    all,
    ...(touched.size > 0 ? [all.filter(({ id }) => touched.has(id))] : []),
    all.filter(({ kind }) => kind !== 'network-interface'),
    all.filter(({ id, kind }) => kind === 'vpc' || atlas.homeOf(id) === undefined),
  ];
  const chosen = choices.find((each) => each.length <= mostPlaces) ?? choices.at(-1)?.slice(0, mostPlaces) ?? [];
  return { kept: new Set(chosen.map(({ id }) => id)), left: all.length - chosen.length };
}

/** Takes interfaces that are too many in one place together; says which spot stands for each. */
function folded(
  spots: Map<string, Spot>,
  touched: ReadonlySet<string>,
  homeOf: (id: string) => string | undefined,
): ReadonlyMap<string, string> {
  const hidden = new Map<string, string>();
  const idle = new Map<string, Spot[]>();
  for (const spot of spots.values())
    if (spot.kind === 'network-interface' && !touched.has(spot.id)) {
      const home = homeOf(spot.id) ?? '';
      idle.set(home, [...(idle.get(home) ?? []), spot]);
    }
  for (const [home, all] of idle) {
    if (all.length <= mostInterfaces + 1) continue;
    const key = `more\0${home}`;
    const rest = all.slice(mostInterfaces);
    for (const { id } of rest) {
      spots.delete(id);
      hidden.set(id, key);
    }
    const title = `and ${rest.length} more interfaces`;
    const kind = 'network-interface';
    spots.set(key, { key, id: title, title, kind, home: home === '' ? undefined : home, stop: false, more: true });
  }
  return hidden;
}

/** Routes and attachments between what is drawn, each pair once; none that the nesting tells. */
function baseTies(atlas: Atlas, spots: ReadonlyMap<string, Spot>, spotOf: (id: string) => string | undefined): Tie[] {
  const inside = (inner: string, outer: string): boolean => atlas.chainOf(inner).includes(outer);
  const found = new Map<string, Tie>();
  for (const { from: a, to: b, kind, destinations = [] } of atlas.edges.toSorted(
    (x, y) => rank[x.kind] - rank[y.kind],
  )) {
    const [from, to] = [spotOf(a), spotOf(b)];
    if (from === undefined || to === undefined || inside(from, to) || inside(to, from)) continue;
    const told = [...found.values()].some(
      (tie) => (inside(tie.from, from) && inside(tie.to, to)) || (inside(tie.from, to) && inside(tie.to, from)),
    );
    if (kind === 'attachment' && told) continue;
    const key = `${from}\0${to}`;
    const known = found.get(key);
    const all = [...new Set([...(known?.destinations ?? []), ...destinations])];
    found.set(key, { from, to, kind: known?.kind ?? kind, reversed: false, destinations: all });
  }
  return [...found.values()].filter(({ from, to }) => spots.has(from) && spots.has(to));
}

const rank = { route: 0, attachment: 1 } as const;

const outside: ReadonlySet<string> = new Set(['internet', 'on-premises', 'aws-service', 'dns-resolver']);

/** Turned so that what is farther from the outside comes first: the internet stands at one side, whoever begins. */
function directed(ties: readonly Tie[], spots: ReadonlyMap<string, Spot>): readonly Tie[] {
  const outer = (key: string) => boxOf(key, spots);
  const distances = (along: readonly Tie[]): ReadonlyMap<string, number> => {
    const beside = new Map<string, Set<string>>();
    for (const { from, to } of along)
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const)
        beside.set(outer(a), (beside.get(outer(a)) ?? new Set()).add(outer(b)));
    const away = new Map([...spots.values()].filter(({ kind }) => outside.has(kind)).map(({ key }) => [key, 0]));
    for (const [key, steps] of away)
      for (const next of beside.get(key) ?? []) if (!away.has(next)) away.set(next, steps + 1);
    return away;
  };
  // What the network is comes before what a path makes of it.
  const [still, walked] = [
    distances(ties.filter(({ kind }) => kind === 'route' || kind === 'attachment')),
    distances(ties),
  ];
  const far = (key: string) => still.get(outer(key)) ?? walked.get(outer(key)) ?? Number.POSITIVE_INFINITY;
  return ties.map((tie) => {
    const [a, b] = [far(tie.from), far(tie.to)];
    return { ...tie, reversed: a === b ? tie.kind === 'back' : a < b };
  });
}

/** The key of the box that a spot is drawn in: its own, where it stands in no other. */
export function boxOf(key: string, spots: ReadonlyMap<string, Spot>): string {
  const home = spots.get(key)?.home;
  const outer = home === undefined ? undefined : spots.get(home);
  return outer === undefined || outer.kind === 'vpc' ? key : boxOf(outer.key, spots);
}
