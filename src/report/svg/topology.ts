/** A topology as a picture: places in their VPC, zone and subnet, the ways between them, and the paths that can be lit in it. */
import type { Block, Flow } from '../../result/answer.ts';
import type { Atlas } from './atlas.ts';
import {
  type Picture,
  badge,
  badgeWidth,
  frame,
  groupHeading,
  groupWidth,
  heads,
  idLine,
  line,
  textAt,
  titled,
  toolTip,
} from './draw.ts';
import { isRule, markOf } from './kind.ts';
import { type Box, type Group, type Layout, type Rectangle, type Wire, laidOut } from './layout.ts';
import { type Scene, type Spot, type Tie, boxOf, sceneOf } from './scene.ts';
import { fitted, measured } from './text.ts';

export interface Lightable {
  readonly flow?: Flow;
  readonly blocks?: readonly Block[];
}

export interface Plan {
  readonly picture: Picture;
  /** Of each that was given, in order: the ids of the elements that show it. */
  readonly lit: readonly (readonly string[])[];
  /** The id of the element of a place, or of what it is drawn in. */
  readonly elementOf: (place: string) => string | undefined;
  /** How many places are not drawn, for there are too many. */
  readonly left: number;
}

const rowHeight = 22;
const headHeight = 40;

/** `prefix` tells its elements from those of other pictures on a page. */
export async function topologyPicture(atlas: Atlas, given: readonly Lightable[], prefix: string): Promise<Plan> {
  const scene = sceneOf(atlas, given);
  const { spots, ties } = scene;
  const ids = new Map([...spots.keys()].map((key, i) => [key, `${prefix}-n${i}`]));
  const ends: Ends = new Map();
  const wires = ties.map((tie, i) => wireOf(tie, i, scene, ends));
  const layout = await laidOut(nested(scene, ends), wires, 'right');
  const lines = ties.map((tie, i) => drawnTie(tie, layout.wires.get(`w${i}`) ?? [], `${prefix}-w${i}`, prefix, scene));
  const groups = [...groupsOf(scene)].map((key) => drawnGroup(key, layout, scene, ids));
  const boxes = boxesOf(scene).map((spot) => drawnBox(spot, layout, scene, ids));
  return {
    picture: {
      width: layout.width,
      height: layout.height,
      title: 'The network',
      description: descriptionOf(scene),
      body: [
        heads(prefix),
        ...groups.map(([under]) => under),
        ...lines,
        ...groups.map(([, over]) => over),
        ...boxes,
      ].join(''),
    },
    lit: scene.shown.map(({ spots: keys, ties: at }) => [
      ...[...keys].flatMap((key) => ids.get(key) ?? []),
      ...[...at].map((i) => `${prefix}-w${i}`),
    ]),
    elementOf: (place) => {
      const key = scene.spotOf(place);
      return key === undefined ? undefined : ids.get(key);
    },
    left: scene.left,
  };
}

/** Rows are drawn in boxes, boxes in groups; only VPCs and zones are groups. */
const isGroup = ({ kind }: Spot): boolean => kind === 'vpc';

const childrenOf = ({ spots }: Scene, key: string | undefined): readonly Spot[] =>
  [...spots.values()].filter(({ home }) => home === key);

/** What is drawn in a box, however deep it stands there. */
const rowsOf = (scene: Scene, key: string): readonly Spot[] =>
  childrenOf(scene, key).flatMap((each) => [each, ...rowsOf(scene, each.key)]);

const boxesOf = (scene: Scene): readonly Spot[] =>
  [...scene.spots.values()].filter((spot) => !isGroup(spot) && boxOf(spot.key, scene.spots) === spot.key);

const zoneKey = (vpc: string, zone: string): string => `${vpc}\0${zone}`;

function groupsOf({ spots }: Scene): ReadonlySet<string> {
  const found = new Set<string>();
  for (const spot of spots.values()) {
    if (isGroup(spot)) found.add(spot.key);
    if (spot.zone !== undefined && spot.home !== undefined) found.add(spot.home).add(zoneKey(spot.home, spot.zone));
  }
  return found;
}

function nested(scene: Scene, ends: Ends): readonly (Box | Group)[] {
  const placed = (spot: Spot): Box | Group => {
    if (!isGroup(spot)) return sized(spot, scene, ends);
    const inner = childrenOf(scene, spot.key);
    const zones = [...new Set(inner.flatMap(({ zone }) => zone ?? []))].toSorted();
    return {
      id: spot.key,
      minWidth: groupWidth(...groupTitle(spot.key, scene)),
      children: [
        ...zones.map((zone) => ({
          id: zoneKey(spot.key, zone),
          minWidth: groupWidth('zone', zone),
          children: inner.filter((each) => each.zone === zone).map((each) => placed(each)),
        })),
        ...inner.filter(({ zone }) => zone === undefined).map((each) => placed(each)),
      ],
    };
  };
  return childrenOf(scene, undefined).map((each) => placed(each));
}

function sized(spot: Spot, scene: Scene, ends: Ends): Box {
  const rows = rowsOf(scene, spot.key);
  const wide = Math.max(
    measured(spot.title, 12, true) + (spot.kind === 'subnet' ? 24 : badgeWidth + 30),
    measured(idLine(spot), 10) + (spot.kind === 'subnet' ? 24 : badgeWidth + 30),
    ...rows.map(({ title }) => measured(title, 11) + badgeWidth + 32),
  );
  const width = Math.ceil(Math.min(Math.max(wide, 120), 236));
  const lines = [spot, ...rows];
  return {
    id: spot.key,
    width,
    height: headHeight + rows.length * rowHeight + (rows.length === 0 ? 0 : 6),
    ports: lines.flatMap(({ key }, i) =>
      [...(ends.get(key) ?? [])].map(([id, { side, lane }]) => ({
        id,
        side,
        y: (i === 0 ? headHeight / 2 : headHeight + (i - 0.5) * rowHeight) + laneOffsets[lane],
      })),
    ),
  };
}

/** The ports of each spot where lines end. */
type Ends = Map<string, Map<string, { readonly side: 'left' | 'right'; readonly lane: keyof typeof laneOffsets }>>;

/** The way there and the way back run side by side. */
const laneOffsets = { base: 0, there: -5, back: 5 };

const isBase = ({ kind }: Tie): boolean => kind === 'route' || kind === 'attachment';

/** Where the line ends: at a VPC anywhere, at all else at a port of its own. */
function wireOf(tie: Tie, i: number, { spots }: Scene, ends: Ends): Wire {
  const lane = tie.kind === 'there' || tie.kind === 'back' ? tie.kind : 'base';
  const end = (key: string, side: 'left' | 'right'): string => {
    const spot = spots.get(key);
    if (spot === undefined || isGroup(spot)) return key;
    const port = `${key}\0${side} ${lane}`;
    ends.set(key, (ends.get(key) ?? new Map()).set(port, { side, lane }));
    return port;
  };
  const { from, to, reversed } = tie;
  return reversed
    ? { id: `w${i}`, from: end(to, 'right'), to: end(from, 'left') }
    : { id: `w${i}`, from: end(from, 'right'), to: end(to, 'left') };
}

function groupTitle(key: string, { spots }: Scene): readonly [words: string, name: string, id: string] {
  const zone = key.split('\0')[1];
  if (zone !== undefined) return ['zone', zone, ''];
  const title = spots.get(key)?.title ?? key;
  return ['VPC', title, title === key ? '' : key];
}

function drawnGroup(
  key: string,
  { boxes }: Layout,
  scene: Scene,
  ids: ReadonlyMap<string, string>,
): readonly [under: string, over: string] {
  const at = boxes.get(key);
  if (at === undefined) return ['', ''];
  const look = key.includes('\0') ? 'zone' : 'vpc';
  const id = ids.get(key);
  return [
    `<g class="${look} spot"${id === undefined ? '' : ` id="${id}"`}>${frame(at, look === 'vpc' ? 9 : 6)}</g>`,
    `<g class="${look}">${groupHeading(at, ...groupTitle(key, scene))}</g>`,
  ];
}

function drawnBox(spot: Spot, { boxes }: Layout, scene: Scene, ids: ReadonlyMap<string, string>): string {
  const at = boxes.get(spot.key);
  if (at === undefined) return '';
  const left = spot.kind === 'subnet' ? at.x + 12 : at.x + badgeWidth + 16;
  const room = at.width - (left - at.x) - 8;
  const rows = rowsOf(scene, spot.key);
  const { title, stop, kind } = spot;
  return (
    `<g class="card spot${stop ? ' stop' : ''}" id="${ids.get(spot.key) ?? ''}">${titled(toolTip(spot))}${frame(at, 6)}` +
    (kind === 'subnet' ? '' : badge(at.x + 9, at.y + 12, kind, stop)) +
    textAt(left, at.y + 17, fitted(title, 12, room, true), 'name') +
    textAt(left, at.y + 31, fitted(idLine(spot), 10, room), 'small') +
    `</g>${rows.map((row, i) => drawnRow(row, at, at.y + headHeight + i * rowHeight, ids)).join('')}`
  );
}

function drawnRow(spot: Spot, { x, width }: Rectangle, y: number, ids: ReadonlyMap<string, string>): string {
  const { kind, title, stop } = spot;
  const inner = { x: x + 5, y: y + 1, width: width - 10, height: rowHeight - 2 };
  const mark = spot.more ? '' : badge(x + 10, y + 3, kind, stop);
  return (
    `<g class="row spot${stop ? ' stop' : ''}" id="${ids.get(spot.key) ?? ''}">${titled(toolTip(spot))}${frame(inner, 4)}${mark}` +
    `${textAt(x + (spot.more ? 12 : badgeWidth + 16), y + 15, fitted(title, 11, width - badgeWidth - 26), spot.more ? 'small' : 'said')}</g>`
  );
}

function drawnTie(tie: Tie, points: Parameters<typeof line>[0], id: string, prefix: string, scene: Scene): string {
  const { kind, reversed, destinations } = tie;
  const ways = reversed ? points.toReversed() : points;
  const base = isBase(tie);
  const arrow = base ? `${prefix}-base` : `${prefix}-${kind}`;
  const name = (key: string) => scene.spots.get(key)?.title ?? key;
  const says = destinations.length === 0 ? '' : `: ${destinations.slice(0, 12).join(', ')}`;
  return `<g class="tie" id="${id}">${base ? titled(`${name(tie.from)} → ${name(tie.to)}${says}`) : ''}${line(ways, `${base ? '' : 'flow '}${kind}`, arrow)}</g>`;
}

/** For who does not see the picture. */
function descriptionOf(scene: Scene): string {
  const counts = new Map<string, number>();
  for (const { kind, stop, more } of scene.spots.values())
    if (!stop && !more && !isRule(kind)) counts.set(markOf(kind).words, (counts.get(markOf(kind).words) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${words}: ${count}`).join(', ');
}
