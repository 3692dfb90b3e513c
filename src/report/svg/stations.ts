/** A flow's hops as stations: the places it comes by, each with the rules that let it pass there, and the block by itself. */
import type { Flow, HopJson } from '../../result/answer.ts';
import type { Atlas } from './atlas.ts';
import { isRouting, isRule } from './kind.ts';

export interface Step {
  /** From 1 on, each way. */
  readonly number: number;
  readonly back: boolean;
  readonly hop: HopJson;
  /** Behind a block: what would happen without it. */
  readonly beyond: boolean;
}

export interface Station {
  readonly key: string;
  readonly resource: string;
  readonly kind: string;
  /** It stops the flow. */
  readonly stop: boolean;
  /** The place it is drawn in. */
  readonly home: string | undefined;
  readonly steps: readonly Step[];
}

/** From one station to the next. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly back: boolean;
  readonly beyond: boolean;
}

export interface Course {
  readonly stations: readonly Station[];
  readonly ways: readonly Way[];
}

export const stops = ({ action }: HopJson): boolean => action === 'deny' || action === 'drop';

type Draft = { -readonly [K in keyof Station]: Station[K] } & { steps: Step[] };

export function courseOf(flow: Pick<Flow, 'from' | 'hops' | 'return'>, atlas: Atlas): Course {
  const stations = new Map<string, Draft>();
  const ways: Way[] = [];
  const walked = (hops: readonly HopJson[], back: boolean, start: string | undefined): string | undefined => {
    let at = start;
    let stopped = false;
    for (const { station, steps } of segments(hops, back, atlas, start)) {
      const known = stations.get(station.key);
      const numbered = steps.map(([number, hop]): Step => ({ number, back, hop, beyond: stopped }));
      if (known === undefined) stations.set(station.key, { ...station, steps: numbered });
      else known.steps.push(...numbered);
      if (at !== undefined && at !== station.key) ways.push({ from: at, to: station.key, back, beyond: stopped });
      at = station.key;
      stopped ||= station.stop;
    }
    return at;
  };
  const [first] = flow.hops;
  if (flow.from !== '' && first !== undefined && first.resource !== flow.from)
    stations.set(flow.from, { ...placeStation(flow.from, kindOf(flow.from, atlas), atlas), steps: [] });
  const end = walked(flow.hops, false, stations.has(flow.from) ? flow.from : undefined);
  walked(flow.return ?? [], true, end);
  return { stations: [...stations.values()], ways };
}

const kindOf = (id: string, { places }: Atlas): string =>
  places.get(id)?.kind ?? (id === 'onprem' ? 'on-premises' : id === 'internet' ? id : 'address');

const placeStation = (resource: string, kind: string, atlas: Atlas): Omit<Station, 'steps'> => ({
  key: resource,
  resource,
  kind,
  stop: false,
  home: atlas.homeOf(resource),
});

interface Segment {
  readonly station: Omit<Station, 'steps'>;
  readonly steps: (readonly [number: number, hop: HopJson])[];
}

/** One after the other; a rule counts to the place before it or behind it, whichever it stands at. */
function segments(
  hops: readonly HopJson[],
  back: boolean,
  atlas: Atlas,
  start: string | undefined,
): readonly Segment[] {
  const found: Segment[] = [];
  if (start !== undefined && hops.length > 0 && hops[0]?.resource !== start && !isStop(start))
    found.push({ station: placeStation(start, kindOf(start, atlas), atlas), steps: [] });
  let waiting: (readonly [number, HopJson])[] = [];
  for (const [i, hop] of hops.entries()) {
    const step = [i + 1, hop] as const;
    if (!stops(hop) && isRule(hop.kind)) {
      waiting.push(step);
      continue;
    }
    const station = stops(hop) ? stopStation(hop, back, atlas) : placeStation(hop.resource, hop.kind, atlas);
    const before = found.at(-1);
    const cut = before === undefined ? 0 : cutOf(waiting, before.station, station, atlas);
    before?.steps.push(...waiting.slice(0, cut));
    const steps = [...waiting.slice(cut), step];
    waiting = [];
    if (before?.station.key === station.key) before.steps.push(...steps);
    else found.push({ station, steps });
  }
  const last = found.at(-1);
  if (last === undefined)
    return waiting.map((step) => ({ station: placeStation(step[1].resource, step[1].kind, atlas), steps: [step] }));
  last.steps.push(...waiting);
  return found;
}

/** How many of the rules between two stations stand at the first of them. */
function cutOf(
  rules: readonly (readonly [number, HopJson])[],
  before: Omit<Station, 'steps'>,
  behind: Omit<Station, 'steps'>,
  atlas: Atlas,
): number {
  const routing = rules.findLastIndex(([, { kind }]) => isRouting(kind));
  if (routing >= 0) return routing + 1;
  const named = ({ resource, home }: typeof before, { detail }: HopJson) =>
    [resource, ...(home === undefined ? [] : [home])].some((id) => detail.includes(`\`${id}\``));
  const arriving = rules.findIndex(([, hop]) => named(behind, hop) && !named(before, hop));
  if (arriving >= 0) return arriving;
  // Between two interfaces of a subnet there are the groups of the one and those of the other.
  const ofHosts = before.kind === 'network-interface' && behind.kind === 'network-interface';
  if (ofHosts) return Math.ceil(rules.length / 2);
  return atlas.homeOf(before.resource) === undefined ? 0 : rules.length;
}

/** What the keys of blocks begin with, and no id does. */
const stopping = 'stop ';
const isStop = (key: string): boolean => key.startsWith(stopping);

/** A block stands in the subnet, or beside the interface, that its line names. */
function stopStation(hop: HopJson, back: boolean, atlas: Atlas): Omit<Station, 'steps'> {
  return {
    key: `${stopping}${back ? 'back' : 'there'} ${hop.resource}`,
    resource: hop.resource,
    kind: hop.kind,
    stop: true,
    home: homeOfBlock(hop, atlas),
  };
}

export function homeOfBlock(
  { detail, resource, kind }: Pick<HopJson, 'detail' | 'resource' | 'kind'>,
  atlas: Atlas,
): string | undefined {
  const own = atlas.homeOf(resource);
  if (!isRule(kind)) return own;
  const named = [...detail.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id).filter((id) => id !== resource);
  const subnet = named.find((id) => atlas.places.get(id)?.kind === 'subnet');
  return subnet ?? named.map((id) => atlas.homeOf(id)).find((home) => home !== undefined) ?? own;
}
