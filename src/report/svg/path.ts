/** A flow's path as a picture: stations in their VPC, zone and subnet, the way there and the way back, the block set apart. */
import type { Flow } from '../../result/answer.ts';
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
import { markOf } from './kind.ts';
import { type Box, type Group, type Rectangle, laidOut } from './layout.ts';
import { type Course, type Station, type Step, courseOf, stops } from './stations.ts';
import { fitted, wrapped } from './text.ts';
import { packetText } from '../text/path.ts';
import { namesOf } from '../text/names.ts';

const cardWidth = 330;
const head = 40;
const lineHeight = 14;

/** What is written of a step: lines, the first of them beside its number. */
interface Said {
  readonly step: Step;
  readonly lines: readonly string[];
}

/** `prefix` tells its arrow heads from those of other pictures on a page. */
export async function pathPicture(flow: Flow, atlas: Atlas, says: string, prefix: string): Promise<Picture> {
  const course = courseOf(flow, atlas);
  const said = new Map(course.stations.map((station) => [station.key, saidOf(station, flow, atlas)]));
  const wires = course.ways.map(({ from, to, back }, i) => ({
    id: `w${i}`,
    ...(back ? { from: box(to), to: box(from) } : { from: box(from), to: box(to) }),
  }));
  const layout = await laidOut(nested(course, said, atlas), wires, 'down');
  const groups = groupsIn(course, atlas).map((id) => drawnGroup(id, layout.boxes.get(group(id)), atlas));
  const lines = course.ways.map(({ back, beyond }, i) => {
    const points = layout.wires.get(`w${i}`) ?? [];
    const look = back ? 'back' : 'there';
    return line(back ? points.toReversed() : points, `${look}${beyond ? ' beyond' : ''}`, `${prefix}-${look}`);
  });
  const cards = course.stations.map((station) =>
    drawnStation(station, said.get(station.key) ?? [], layout.boxes.get(box(station.key)), atlas),
  );
  const width = Math.max(layout.width, 460);
  const heading = wrapped(says === '' ? packetText(flow.packet) : says, 15.5, width - 20, 3);
  const top = 32 + heading.length * 20;
  const legend = legendOf(course, layout.height + top + 4);
  const to = atlas.titleOf(flow.to);
  return {
    width,
    height: layout.height + top + 30,
    title: `${packetText(flow.packet)}, from ${atlas.titleOf(flow.from)} to ${to}`,
    description: descriptionOf(course, atlas),
    body: [
      heads(prefix),
      ...heading.map((each, i) => textAt(10, 22 + i * 20, each, 'title')),
      textAt(
        10,
        top - 11,
        fitted(`${packetText(flow.packet)}   from ${atlas.titleOf(flow.from)} to ${to}`, 11, width - 20),
        'sub',
      ),
      `<g transform="translate(${(width - layout.width) / 2} ${top})">`,
      ...groups.map(([under]) => under),
      ...lines,
      ...groups.map(([, over]) => over),
      ...cards,
      '</g>',
      legend,
    ].join(''),
  };
}

const box = (key: string): string => `station ${key}`;
const group = (key: string): string => `group ${key}`;

function saidOf({ steps, resource }: Station, flow: Flow, atlas: Atlas): readonly Said[] {
  return steps.map((step): Said => ({ step, lines: linesOf(step, step.hop.resource === resource, flow, atlas) }));
}

function linesOf(step: Step, own: boolean, { hops, return: back = [], from }: Flow, atlas: Atlas): readonly string[] {
  const { hop, number } = step;
  const { resource, kind, action, rule, detail, code, packet } = hop;
  const room = cardWidth - 44;
  if (stops(hop)) {
    const names = namesOf({ places: [...atlas.places.values()], edges: [] });
    const whole = `${names.in(detail)}${code === undefined ? '' : ` (${code})`}`.replaceAll('`', '');
    return wrapped(whole, 11, room, 6);
  }
  const all = step.back ? back : hops;
  const before = all[number - 2]?.packet;
  const changed = before === undefined ? action === 'translate' : packetText(before) !== packetText(packet);
  const now = changed ? [`now ${packetText(packet)}`] : [];
  const what = `${markOf(kind).words} ${atlas.titleOf(resource)}`;
  const short = rule === undefined ? '' : rule.startsWith(`${resource} `) ? rule.slice(resource.length + 1) : rule;
  const verb = number === 1 && !step.back && resource === from ? 'sends' : (verbs[action] ?? action);
  const detailed = [...(short === '' ? [] : [short]), ...now];
  return [
    fitted(own ? verb : `${verb} · ${what}`, 11, room),
    ...detailed.flatMap((each) => wrapped(each, 10, room, 2)),
  ];
}

const verbs: Readonly<Record<string, string>> = {
  allow: 'allows',
  forward: 'forwards',
  translate: 'translates',
  inspect: 'inspects',
  deliver: 'delivers',
};

const heightOf = (said: readonly Said[]): number =>
  said.reduce((sum, { lines }) => sum + lines.length * lineHeight + 7, head) + (said.length === 0 ? 0 : 5);

/** Zones are groups of their own between a VPC and its subnets. */
function groupChain(home: string | undefined, atlas: Atlas): readonly string[] {
  if (home === undefined) return [];
  return atlas
    .chainOf(home)
    .toReversed()
    .flatMap((id) => {
      const zone = atlas.places.get(id)?.zone;
      const vpc = atlas.homeOf(id);
      return zone === undefined || vpc === undefined ? [id] : [zoneKey(vpc, zone), id];
    });
}

const zoneKey = (vpc: string, zone: string): string => `${vpc}\0${zone}`;

/** Outer ones first. */
const groupsIn = ({ stations }: Course, atlas: Atlas): readonly string[] => [
  ...new Set(stations.flatMap(({ home }) => groupChain(home, atlas))),
];

function nested(
  { stations }: Course,
  said: ReadonlyMap<string, readonly Said[]>,
  atlas: Atlas,
): readonly (Box | Group)[] {
  const roots: (Box | Group)[] = [];
  const open = new Map<string, (Box | Group)[]>();
  const inside = (chain: readonly string[]): (Box | Group)[] => {
    const id = chain.at(-1);
    if (id === undefined) return roots;
    const known = open.get(id);
    if (known !== undefined) return known;
    const children: (Box | Group)[] = [];
    open.set(id, children);
    inside(chain.slice(0, -1)).push({ id: group(id), minWidth: groupWidth(...groupTitle(id, atlas)), children });
    return children;
  };
  for (const { key, home } of stations)
    inside(groupChain(home, atlas)).push({ id: box(key), width: cardWidth, height: heightOf(said.get(key) ?? []) });
  return roots;
}

function groupTitle(id: string, atlas: Atlas): readonly [words: string, name: string, id: string] {
  const zone = id.split('\0')[1];
  if (zone !== undefined) return ['zone', zone, ''];
  const title = atlas.titleOf(id);
  return [markOf(atlas.places.get(id)?.kind ?? '').words, title, title === id || id.startsWith('arn:') ? '' : id];
}

/** What lies under the lines, and the title above them. */
function drawnGroup(id: string, at: Rectangle | undefined, atlas: Atlas): readonly [string, string] {
  if (at === undefined) return ['', ''];
  const look = id.includes('\0') ? 'zone' : atlas.places.get(id)?.kind === 'vpc' ? 'vpc' : 'net';
  return [
    `<g class="${look}">${frame(at, look === 'vpc' ? 9 : 6)}</g>`,
    `<g class="${look}">${groupHeading(at, ...groupTitle(id, atlas))}</g>`,
  ];
}

function drawnStation(
  { resource, kind, stop }: Station,
  said: readonly Said[],
  at: Rectangle | undefined,
  atlas: Atlas,
): string {
  if (at === undefined) return '';
  const named = { id: resource, kind, title: atlas.titleOf(resource) };
  const room = cardWidth - badgeWidth - 28;
  let y = at.y + head;
  const steps = said.map(({ step, lines }) => {
    const part = drawnStep(step, lines, at.x, y);
    y += lines.length * lineHeight + 7;
    return part;
  });
  const rule =
    said.length === 0
      ? ''
      : `<line x1="${at.x}" x2="${at.x + at.width}" y1="${at.y + head - 4}" y2="${at.y + head - 4}" class="rule-line"/>`;
  return (
    `<g class="card${stop ? ' stop' : ''}">${titled(toolTip(named))}${frame(at, 7)}${badge(at.x + 10, at.y + 10, kind, stop)}` +
    textAt(
      at.x + badgeWidth + 18,
      at.y + 16,
      fitted(stop ? `blocked: ${named.title}` : named.title, 12, room, true),
      'name',
    ) +
    textAt(at.x + badgeWidth + 18, at.y + 29, fitted(idLine(named), 10, room), 'small') +
    `${rule}${steps.join('')}</g>`
  );
}

function drawnStep({ number, back, hop, beyond }: Step, lines: readonly string[], x: number, y: number): string {
  const stopped = stops(hop);
  const look = stopped ? 'stopped' : back ? 'back' : 'there';
  const shape = back
    ? `<rect x="${x + 10}" y="${y + 1}" width="22" height="14" rx="3" class="number-ground ${look}"/>`
    : `<rect x="${x + 10}" y="${y + 1}" width="22" height="14" rx="7" class="number-ground ${look}"/>`;
  const said = lines.map((each, i) =>
    textAt(x + 38, y + 12 + i * lineHeight, each, stopped ? 'said' : i === 0 ? 'step' : 'small'),
  );
  return `<g${beyond ? ' class="beyond-step"' : ''}>${titled(hop.detail.replaceAll('`', ''))}${shape}${textAt(x + 21, y + 11.5, stopped ? '✕' : String(number), 'number')}${said.join('')}</g>`;
}

function legendOf({ stations, ways }: Course, y: number): string {
  const parts: string[] = [];
  let x = 10;
  const add = (drawn: string, words: string, width: number) => {
    parts.push(`<g transform="translate(${x} ${y})">${drawn}${textAt(34, 12, words, 'sub')}</g>`);
    x += width;
  };
  const sample = (look: string) => `<path d="M0 8H28" class="wire ${look}"/>`;
  if (ways.some(({ back }) => !back)) add(sample('there'), 'the way there', 130);
  if (ways.some(({ back }) => back)) add(sample('back'), 'the way back', 130);
  if (stations.some(({ stop }) => stop))
    add('<g class="stop"><rect x="0" y="1" width="28" height="14" rx="4" class="frame"/></g>', 'stopped here', 120);
  return parts.join('');
}

/** For who does not see the picture. */
const descriptionOf = ({ stations }: Course, atlas: Atlas): string =>
  stations
    .map(({ resource, kind, stop }) => `${stop ? 'stopped at ' : ''}${markOf(kind).words} ${atlas.titleOf(resource)}`)
    .join(', then ');
