/** `trace` without a terminal: one concrete packet through the oracle alone, its path a document. */
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok, unless } from '../base/result.ts';
import { payloadOf } from '../explain/carried.ts';
import { blockJson, hopJson } from '../explain/published.ts';
import { type Address, sameAddress } from '../net/address.ts';
import { type Packet, parsePacket } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { prefixContains } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { clientVpnsOf, linesOf } from '../network/line.ts';
import type { Network } from '../network/network.ts';
import { type Delivery, furthest, type Origin, type Replay, type ReplayResult, type Sides } from '../network/replay.ts';
import type { CarriedFlags } from '../policy/payload.ts';
import { placesOf } from '../policy/places.ts';
import type { Selection } from '../policy/selection.ts';
import { trafficOf } from '../policy/traffic.ts';
import type { TraceDocument } from '../result/document.ts';
import { flagsJson, packetJson, payloadJson } from '../result/packet.ts';
import { atOption, optionReader } from './asking.ts';
import { coverageSum, publishedSides, publishedTopology, readings } from './publish.ts';
import { tool } from './tool.ts';
import { settling } from './tracing-unknown.ts';

/** With something of what it carries said, data has to pass too. */
export interface TraceRequest extends Omit<CarriedFlags, 'tcp-flags'> {
  readonly from: string;
  /** As `tcp 10.0.1.5:40000 -> 1.1.1.1:443`. */
  readonly packet: string;
  readonly assume?: readonly string[];
}

export interface TraceIntent {
  readonly text: string;
  readonly origin: Origin;
  readonly packet: Packet;
  readonly payload?: Payload | undefined;
  readonly sides: ReadonlyMap<string, boolean>;
}

export function traceIntent(network: Network, request: TraceRequest): Result<TraceIntent> {
  const { problems, taken, selection, sides } = optionReader(network);
  const packet = taken('--packet', readPacket(request.packet));
  const from = selection('--from', request.from);
  const origin = from && packet && taken('--from', originOf(network, from, packet.src));
  const declared = sides(request.assume);
  const payload = packet && payloadFrom(request, packet, (option, problem) => problems.push(atOption(option, problem)));
  return unless(problems, () => ({ text: request.from, origin: origin!, packet: packet!, payload, sides: declared }));
}

function payloadFrom(
  { app, sni, 'http-host': host, 'dns-name': name, 'dns-type': type }: TraceRequest,
  { protocol }: Packet,
  report: (option: string, problem: ProblemAt) => void,
): Payload | undefined {
  const flags = {
    ...(app === undefined ? {} : { app }),
    ...(sni === undefined ? {} : { sni }),
    ...(host === undefined ? {} : { 'http-host': host }),
    ...(name === undefined ? {} : { 'dns-name': name }),
    ...(type === undefined ? {} : { 'dns-type': type }),
  };
  const traffic = trafficOf(flags, [{ protocol }]);
  if (!traffic.ok) for (const { flag, ...problem } of traffic.problems) report(`--${flag}`, problem);
  const [one] = traffic.ok ? traffic.value : [];
  return one?.app === undefined ? undefined : payloadOf({ ...one, app: one.app });
}

function readPacket(text: string): Result<Packet, ProblemAt> {
  const packet = parsePacket(text);
  if (packet !== undefined) return ok(packet);
  return fail({
    code: 'bad-packet',
    column: 1,
    message: `\`${text}\` is no packet.`,
    hint: 'Write `tcp 10.0.1.5:40000 -> 1.1.1.1:443`, `udp [2001:db8::1]:5353 -> [2001:db8::2]:53`, `icmp A -> B type 8 code 0`, or `47 A -> B`.',
  });
}

/** The one place it starts from: of several interfaces, the one that has the packet's source address. */
function originOf(network: Network, selection: Selection, src: Address): Result<Origin, ProblemAt> {
  const { members, silent } = placesOf(network, selection, 'from');
  const problem = (code: string, message: string, hint?: string): Result<never, ProblemAt> =>
    fail({ code, column: 1, message, ...(hint === undefined ? {} : { hint }) });
  if (members.length === 0)
    return problem('nothing-sends', silent.map(({ id, why }) => `\`${id}\` sends nothing: ${why}.`).join(' '));
  const origins = members.flatMap((place): readonly Origin[] =>
    place.kind === 'interface' || place.kind === 'internet' || place.kind === 'onprem' ? [place] : [],
  );
  if (origins.length === 0)
    return problem(
      'no-origin',
      `\`${selection.text}\` is an address, and a packet starts at a place.`,
      'Name the interface, `internet` or `onprem`.',
    );
  const having = origins.filter(({ kind, ...rest }) => {
    const at = kind === 'interface' && 'id' in rest ? network.interfaces.get(rest.id) : undefined;
    return at !== undefined && has(at, src);
  });
  const [only, ...others] = origins.length > 1 ? having : origins;
  if (only !== undefined && others.length === 0) return ok(only);
  return problem(
    'many-origins',
    `\`${selection.text}\` is ${origins.length} places, and ${having.length === 0 ? 'none' : 'more than one'} of them has the packet's source address.`,
    'Name one interface, `internet` or `onprem`.',
  );
}

const has = ({ addresses, prefixes }: NetworkInterface, src: Address): boolean =>
  addresses.some(({ address }) => sameAddress(address, src)) || prefixes.some((prefix) => prefixContains(prefix, src));

/** From on premises a packet may come by any line, and from anywhere outside by Client VPN. */
function entrances(network: Network, { kind }: Origin): readonly { readonly enters?: string }[] {
  if (kind === 'interface') return [{}];
  const vpns = clientVpnsOf(network).map((enters) => ({ enters }));
  const lines = kind === 'onprem' ? linesOf(network).map((enters) => ({ enters })) : [];
  return lines.length === 0 ? [{}, ...vpns] : [...lines, ...vpns];
}

/** Sends the packet and its reply. */
export async function traceDocument(
  network: Network,
  { text, origin, packet, payload, sides }: TraceIntent,
  replay: Replay,
  sha256: (network: Network) => Promise<string>,
): Promise<TraceDocument> {
  const send = (by: Sides): ReplayResult =>
    furthest(
      entrances(network, origin).map((way) =>
        replay({
          network,
          origin,
          packet,
          payload,
          mode: payload === undefined ? 'connection' : 'data',
          choices: { nat: new Map(), emits: new Map(), ...way },
          sides: by,
          pastDenials: false,
        }),
      ),
    );
  const result = send(sides);
  const settles = result.delivery === undefined ? settling(sides, send) : undefined;
  const hops = result.hops.map((hop) => hopJson(hop));
  const back = result.returnHops?.map((hop) => hopJson(hop));
  const blockedBy = result.blocks.map((block) => blockJson(block));
  const assume = publishedSides(sides);
  const sent = { ...packetJson(packet), ...flagsJson(packet), ...(payload === undefined ? {} : payloadJson(payload)) };
  return {
    schemaVersion: 1,
    tool,
    command: 'trace',
    question: { from: text, packet: sent, assume },
    network: { sha256: await sha256(network), sources: network.sources },
    ...readings(network),
    assumptions: settles === undefined ? assume : publishedSides(settles),
    facts: [],
    topology: publishedTopology(network, { hops: [...hops, ...(back ?? [])], blocks: blockedBy }),
    coverage: coverageSum(network),
    verdict: settles !== undefined ? 'undecided' : result.delivery === undefined ? 'unreachable' : 'reachable',
    ...(result.delivery === undefined ? {} : { deliveredTo: deliveryText(result.delivery) }),
    replied: result.replied,
    hops,
    ...(back === undefined ? {} : { return: back }),
    blockedBy,
  };
}

function deliveryText(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'interface':
      return delivery.id;
    case 'service':
      return `service:${delivery.name}`;
    case 'internet':
    case 'onprem':
    case 'dns':
    case 'link-local':
      return delivery.kind;
  }
}
