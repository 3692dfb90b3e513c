/** From what the stages hand over to what is published: questions, packets and networks in text. */
import type { AppliedEdit } from '../edit/index.ts';
import { formatPrefix } from '../net/prefix.ts';
import { protocolName } from '../net/protocol.ts';
import { formatSides } from '../network/assumption.ts';
import { notModelled } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import { topologyOf } from '../network/topology.ts';
import type { PortRange } from '../network/traffic-match.ts';
import { placeKey } from '../policy/places.ts';
import type { Exception, Places, Question, Traffic, Waypoint } from '../policy/question.ts';
import type { Block, Flow, HopJson } from '../result/answer.ts';
import type { Because } from '../result/because.ts';
import type { CoverageSum, Header } from '../result/document.ts';
import type { EditJson } from '../result/edit.ts';
import type { ExceptionJson, PlacesJson, QuestionJson, TrafficJson, WaypointJson } from '../result/question.ts';
import type { Topology } from '../result/topology.ts';

export function coverageSum({ coverage }: Network): CoverageSum {
  const sum = { modelled: 0, assumed: 0, notModelled: 0 };
  for (const { status } of coverage) sum[status === 'not-modelled' ? 'notModelled' : status]++;
  return sum;
}

/** What a document says of its network, whatever its command. */
export const readings = ({
  coverage,
  warnings,
  defaults,
}: Network): Pick<Header, 'warnings' | 'defaults' | 'unmodelled'> => ({
  warnings,
  defaults,
  unmodelled: notModelled(coverage),
});

export const publishedEdits = (edits: readonly AppliedEdit[]): readonly EditJson[] =>
  edits.map(({ text, ...rest }) => ({ edit: text, ...rest }));

/** The document with what was edited before. */
export const withEdits = <T extends object>(document: T, edits: readonly EditJson[] | undefined) =>
  edits === undefined ? document : { ...document, edits };

export function publishedQuestion(question: Question): QuestionJson {
  const { kind, from, to, traffic, families, mode, onPayload, names, via, viaBoth, avoid, except, every, sides } =
    question;
  return {
    kind,
    from: publishedPlaces(from),
    to: publishedPlaces(to),
    traffic: traffic.map((each) => publishedTraffic(each)),
    families,
    mode: onPayload ? 'payload' : mode === 'client-data' ? 'data' : mode,
    ...(names === undefined ? {} : { names }),
    via: via.map((each) => publishedWaypoint(each)),
    viaBoth: viaBoth.map((each) => publishedWaypoint(each)),
    avoid: avoid.map((each) => publishedWaypoint(each)),
    except: except.map((each) => publishedException(each)),
    every,
    assume: publishedSides(sides),
  };
}

export const publishedSides = (sides: ReadonlyMap<string, boolean>): readonly string[] => formatSides(sides).toSorted();

const publishedPlaces = ({ text, members, silent }: Places): PlacesJson => ({
  text,
  members: members.map((each) => placeKey(each)),
  silent,
});

const publishedWaypoint = ({ text, ids }: Waypoint): WaypointJson => ({ text, ids: [...ids] });

const publishedException = ({ via, traffic, from, to }: Exception): ExceptionJson => ({
  ...(via === undefined ? {} : { via: publishedWaypoint(via) }),
  ...(traffic === undefined ? {} : { traffic: traffic.map((each) => publishedTraffic(each)) }),
  ...(from === undefined ? {} : { from: publishedPlaces(from) }),
  ...(to === undefined ? {} : { to: publishedPlaces(to) }),
});

export const publishedTraffic = (traffic: Traffic): TrafficJson => ({
  ...(traffic.protocol === undefined ? {} : { protocol: protocolName(traffic.protocol) }),
  ...(traffic.ports === undefined ? {} : { port: rangeText(traffic.ports) }),
  ...(traffic.srcPorts === undefined ? {} : { srcPort: rangeText(traffic.srcPorts) }),
  ...(traffic.icmpType === undefined ? {} : { icmpType: traffic.icmpType }),
  ...(traffic.icmpCode === undefined ? {} : { icmpCode: traffic.icmpCode }),
  ...(traffic.src === undefined ? {} : { src: formatPrefix(traffic.src) }),
  ...(traffic.dst === undefined ? {} : { dst: formatPrefix(traffic.dst) }),
  ...(traffic.fragment === undefined ? {} : { fragment: traffic.fragment }),
  ...(traffic.tcpFlags === undefined ? {} : { tcpFlags: traffic.tcpFlags }),
  ...(traffic.app === undefined ? {} : { app: traffic.app }),
  ...(traffic.sni === undefined ? {} : { sni: traffic.sni }),
  ...(traffic.httpHost === undefined ? {} : { httpHost: traffic.httpHost }),
  ...(traffic.dnsName === undefined ? {} : { dnsName: traffic.dnsName }),
  ...(traffic.dnsType === undefined ? {} : { dnsType: traffic.dnsType }),
});

const rangeText = ({ from, to }: PortRange): string => (from === to ? String(from) : `${from}-${to}`);

/** Members of a question beyond these are counted in texts, and not drawn. */
const shownMembers = 100;

/** The places of the network, and every resource that the flows, blocks and questions of a document mention. */
export function publishedTopology(
  network: Network,
  mentions: {
    readonly flows?: readonly Flow[];
    readonly blocks?: readonly Block[];
    readonly hops?: readonly HopJson[];
    readonly because?: readonly Because[];
    readonly questions?: readonly QuestionJson[];
  },
): Topology {
  const ids = new Set<string>();
  const add = (resources: readonly { readonly resource: string }[]) => {
    for (const { resource } of resources) ids.add(resource);
  };
  for (const { from, to, hops, return: back } of mentions.flows ?? []) {
    ids.add(from).add(to);
    add(hops);
    add(back ?? []);
  }
  add(mentions.blocks ?? []);
  add(mentions.hops ?? []);
  add(mentions.because ?? []);
  for (const { from, to } of mentions.questions ?? [])
    for (const { members, silent } of [from, to]) {
      for (const member of members.slice(0, shownMembers)) ids.add(member);
      for (const { id } of silent.slice(0, shownMembers)) ids.add(id);
    }
  return topologyOf(network, ids);
}
