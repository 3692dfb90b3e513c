/** The keys of a property that narrow its flows: traffic, mode, family, waypoints, exceptions. */
import type { Family } from '../net/address.ts';
import type { Mode } from '../network/replay.ts';
import type { Path } from './document.ts';
import type { IntendedException } from './intent.ts';
import type { Traffic, Waypoint } from './question.ts';
import { type Reader, itemsOf, note, readSelection, readTraffic, readWaypoint } from './reader.ts';
import { whyNotAsked } from './resolver.ts';
import type { ExceptDocument, ExceptionDocument, FlowKeys, SelectorDocument } from './schema.ts';
import type { Selection } from './selection.ts';
import { type TrafficFlags, looksLikeTraffic, trafficOf } from './traffic.ts';

export interface Flow {
  readonly traffic: readonly Traffic[];
  readonly mode: Mode | undefined;
  readonly family: Family | undefined;
  readonly via: readonly Waypoint[];
  readonly avoid: readonly Waypoint[];
  readonly viaBoth: readonly Waypoint[];
}

type Written = Readonly<FlowKeys>;

/** The keys beside `forbid` or `require` and those inside it, as one. Waypoints add up; any other key may stand once. */
export function readFlow(
  reader: Reader,
  beside: Written,
  besidePath: Path,
  inside: Written | undefined,
  insidePath: Path,
  kind: 'forbid' | 'require',
): Flow {
  const given = new Map<keyof Written, Path>();
  const both: Partial<Record<keyof Written, unknown>> = {};
  for (const [written, path] of [[beside, besidePath] as const, [inside ?? {}, insidePath] as const])
    for (const key of flowKeys) {
      if (written[key] === undefined) continue;
      if (given.has(key)) note(reader, [...path, key], givenTwice(key));
      given.set(key, [...path, key]);
      both[key] = written[key];
    }
  const once = both as Written;
  const pathOf = (key: keyof Written): Path => given.get(key) ?? besidePath;
  const { via, viaBoth } = waypoints(
    reader,
    [beside.via, [...besidePath, 'via']],
    [inside?.via, [...insidePath, 'via']],
  );
  const avoid = (
    [
      [beside.avoid, [...besidePath, 'avoid']],
      [inside?.avoid, [...insidePath, 'avoid']],
    ] as const
  ).flatMap(([value, path]) => (value === undefined ? [] : (readWaypoint(reader, value, path) ?? [])));
  return {
    traffic: readHeaders(reader, once, pathOf, kind),
    mode: once.mode,
    family: once.family,
    via,
    avoid,
    viaBoth,
  };
}

const carriedKeys = ['tcp-flags', 'app', 'sni', 'http-host', 'dns-name', 'dns-type'] as const;

const flowKeys = [
  ...(['traffic', 'proto', 'port', 'icmp-type', 'icmp-code', 'src-port', 'src-ip', 'dst-ip', 'fragment'] as const),
  ...carriedKeys,
  ...(['mode', 'family'] as const),
] satisfies readonly (keyof Written)[];

const givenTwice = (key: string) => ({
  code: 'given-twice',
  column: 1,
  message: `\`${key}\` stands both inside and beside.`,
  hint: 'Keep one of them.',
});

/** A `require` speaks of a flow's first packet, unfragmented unless it says so; a `forbid` of every packet. */
function readHeaders(
  reader: Reader,
  written: Written,
  pathOf: (key: keyof Written) => Path,
  kind: 'forbid' | 'require',
): readonly Traffic[] {
  const base = written.traffic === undefined ? undefined : readTraffic(reader, written.traffic, pathOf('traffic'));
  const text = (key: 'proto' | 'port' | 'icmp-type' | 'icmp-code' | 'src-port' | (typeof carriedKeys)[number]) =>
    written[key] === undefined ? {} : { [key]: [written[key]].flat().join(',') };
  const fragment = written.fragment ?? (kind === 'require' ? false : undefined);
  const flags: TrafficFlags = {
    ...text('proto'),
    ...text('port'),
    ...text('icmp-type'),
    ...text('icmp-code'),
    ...text('src-port'),
    ...Object.assign({}, ...carriedKeys.map(text)),
    ...(written['src-ip'] === undefined ? {} : { 'src-ip': written['src-ip'] }),
    ...(written['dst-ip'] === undefined ? {} : { 'dst-ip': written['dst-ip'] }),
    ...(fragment === undefined ? {} : { fragment }),
  };
  const clash = base && (['proto', 'port', 'icmp-type', 'icmp-code'] as const).find((key) => flags[key] !== undefined);
  if (clash !== undefined)
    note(reader, pathOf(clash), {
      code: 'given-twice',
      column: 1,
      message: `\`traffic\` names protocol and ports already.`,
      hint: `Drop \`${clash}\`.`,
    });
  const headers = trafficOf(flags, base);
  if (headers.ok) return headers.value;
  for (const { flag, ...problem } of headers.problems) note(reader, pathOf(flag), problem);
  return [];
}

type Via = FlowKeys['via'];

function waypoints(reader: Reader, ...given: readonly (readonly [Via, Path])[]): Pick<Flow, 'via' | 'viaBoth'> {
  const via: Waypoint[] = [];
  const viaBoth: Waypoint[] = [];
  for (const [value, path] of given) {
    if (value === undefined) continue;
    const isBoth = typeof value === 'object' && !Array.isArray(value);
    const selector: SelectorDocument = isBoth ? value.both : value;
    const waypoint = readWaypoint(reader, selector, isBoth ? [...path, 'both'] : path);
    if (waypoint !== undefined) (isBoth ? viaBoth : via).push(waypoint);
  }
  return { via, viaBoth };
}

/** Each mapping or value is an exception of its own. A value is traffic, or else a selector for the way. */
export function readExceptions(
  reader: Reader,
  written: ExceptDocument | undefined,
  path: Path,
  target: Selection | undefined,
): readonly IntendedException[] {
  if (written === undefined) return [];
  return itemsOf<string | ExceptionDocument>(written, path).map(([value, at]): IntendedException => {
    if (typeof value !== 'string') return readException(reader, value, at, target);
    if (looksLikeTraffic(value)) return { traffic: readTraffic(reader, value, at) };
    const via = readWaypoint(reader, value, at);
    return via === undefined ? {} : { via };
  });
}

function readException(
  reader: Reader,
  written: ExceptionDocument,
  path: Path,
  target: Selection | undefined,
): IntendedException {
  if (Object.keys(written).length === 0)
    note(reader, path, {
      code: 'bad-value',
      column: 1,
      message: 'The exception is empty, and would excuse every flow.',
    });
  const via = written.via && readWaypoint(reader, written.via, [...path, 'via']);
  const from = written.from && readSelection(reader, written.from, [...path, 'from']);
  const to = written.to && readSelection(reader, written.to, [...path, 'to']);
  const asked = to === '' ? undefined : (to ?? target);
  const elsewhere = asked && whyNotAsked(reader.network, asked);
  for (const key of ['dns-name', 'dns-type'] as const)
    if (written[key] !== undefined && elsewhere !== undefined) note(reader, [...path, key], elsewhere);
  const traffic = readCarried(reader, written, path);
  return {
    ...(via === undefined ? {} : { via }),
    ...(traffic === undefined ? {} : { traffic }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  } as IntendedException;
}

/** The traffic of an exception, with any of the names that it gives; undefined where it speaks of none. */
function readCarried(reader: Reader, written: ExceptionDocument, path: Path): readonly Traffic[] | undefined {
  const base = written.traffic === undefined ? undefined : readTraffic(reader, written.traffic, [...path, 'traffic']);
  const said = (keys: readonly NameKey[]): readonly Said[] =>
    keys
      .flatMap((key) =>
        written[key] === undefined
          ? []
          : [itemsOf<string>(written[key], [...path, key]).map(([text, at]) => ({ key, text, at }))],
      )
      .reduce<readonly Said[]>((all, each) => all.flatMap((one) => each.map((more) => [...one, more])), [[]]);
  const named = protocolsOfNames.map(said).filter(([first]) => first !== undefined && first.length > 0);
  const [first, second] = named;
  if (first === undefined) return base;
  if (second !== undefined)
    note(reader, [...path, second[0]![0]!.key], {
      code: 'bad-traffic',
      column: 1,
      message: 'A flow has names of one protocol alone, so that this excuses none.',
      hint: 'Write two exceptions, one for each.',
    });
  return first.flatMap((all) => {
    const headers = trafficOf(Object.fromEntries(all.map(({ key, text }) => [key, text])), base);
    if (headers.ok) return headers.value;
    for (const { flag, ...problem } of headers.problems)
      note(reader, all.find(({ key }) => key === flag)?.at ?? [...path, 'traffic'], problem);
    return [];
  });
}

type NameKey = 'sni' | 'http-host' | 'dns-name' | 'dns-type';

/** One value of each key that is given. */
type Said = readonly { readonly key: NameKey; readonly text: string; readonly at: Path }[];

/** The keys that speak of one protocol's flows. */
const protocolsOfNames: readonly (readonly NameKey[])[] = [['sni'], ['http-host'], ['dns-name', 'dns-type']];
