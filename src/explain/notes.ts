/** Remarks beside an answer: where the modes differ, and the way that data takes by name. One sentence each. */
import facts from '../../models/facts.json' with { type: 'json' };
import type { Intervals } from '../net/interval.ts';
import { formatPacket } from '../net/packet.ts';
import { isBalancing } from '../network/balancing.ts';
import type { Network } from '../network/network.ts';
import type { Mode, Replay } from '../network/replay.ts';
import { isUnread } from '../network/resource.ts';
import { fact } from '../network/unknown.ts';
import type { Places, Question } from '../policy/question.ts';
import type { Existence } from '../verify/index.ts';
import type { Finding } from './finding.ts';
import type { Shown } from './flow.ts';
import { namesStillLeave } from './names-leaving.ts';

export function notesOn(
  network: Network,
  question: Question,
  shown: Shown | undefined,
  replay: Replay,
): readonly string[] {
  return [
    ...modes(network, question, shown, replay),
    ...(shown === undefined ? namesStillLeave(network, question) : []),
    ...mirrored(network, question, shown),
    ...(shown === undefined ? withoutHosts(network, question) : []),
    ...(shown === undefined ? routeServers(network) : []),
  ];
}

/** Some client port is enough to reach; that others fail is a fault that shows now and then (semantics 3.13). */
export const portsNote = (failing: Intervals): readonly string[] =>
  failing.length === 0
    ? []
    : [
        `From the client ports ${failing.map(({ lo, hi }) => (lo === hi ? `${lo}` : `${lo}-${hi}`)).join(', ')} the same flow does not come about.`,
      ];

/** A flow to a service whose addresses nobody read rests on all those that may be theirs. */
export const whereverNote = (...found: readonly Existence[]): readonly string[] => {
  const services = found.flatMap((one) => (one.kind === 'some' ? (one.flow.wherever ?? []) : []));
  return [...new Set(services)].map(
    (name) =>
      `The public addresses of \`service:${name}\` were not read: it is reached because every internet address is that may be one of them.`,
  );
};

/** A packet that leaves although no reply can come is the essence of one-way exfiltration. */
function modes(
  network: Network,
  { kind, mode, sides }: Question,
  shown: Shown | undefined,
  replay: Replay,
): readonly string[] {
  // An `ask` is told more (`modes.ts`).
  if (shown === undefined || mode !== 'packet' || kind === 'ask') return [];
  const { origin, packet, payload, choices } = shown.witness;
  const connection: Mode = 'connection';
  const repliedOn = (taken: Question['sides']): boolean =>
    replay({ network, origin, packet, payload, choices, mode: connection, sides: taken, pastDenials: false }).replied;
  if (repliedOn(sides)) return [];
  const needed = doubted.find((key) => !sides.has(key) && repliedOn(new Map([...sides, [key, true]])));
  return [
    needed === undefined
      ? 'This packet arrives although, as far as is known, no reply to it comes back: it is one-way.'
      : `This packet arrives; whether a reply to it comes back depends on \`${needed}\`.`,
  ];
}

/** Facts that nobody has confirmed. */
const doubted = Object.entries(facts).flatMap(([number, { default: side }]) =>
  side === 'unknown' ? [fact(number)] : [],
);

/** What is unreachable with these headers may be reached with others, which a load balancer turns into these. */
export async function balancedNote(
  network: Network,
  question: Question,
  reached: (question: Question) => Promise<Finding>,
): Promise<readonly string[]> {
  const balances = [...network.loadBalancers.values()].some((one) => isBalancing(network, one));
  if (question.traffic.length === 0 || !balances) return [];
  const found = await reached({ ...question, traffic: [] });
  if (found.kind !== 'some') return [];
  const { flow, witness } = found.shown;
  const at = flow.hops.find(({ kind }) => kind === 'load-balancer');
  return at === undefined
    ? []
    : [`It is reached by other packets, which \`${at.resource}\` sends on: ${formatPacket(witness.packet)}.`];
}

/** `any` is about the hosts that are there: a network that is yet to be filled would pass for a closed one. */
function withoutHosts(network: Network, { kind, from, to }: Question): readonly string[] {
  const hostless = ({ any, members }: Places): boolean => any && members.every((one) => one.kind !== 'interface');
  if (kind !== 'forbid' || network.subnets.size === 0) return [];
  const what = hostless(from) ? 'start' : hostless(to) ? 'receive' : undefined;
  if (what === undefined) return [];
  return [
    `No network interface of this network can ${what} a flow, so \`any\` stands for none: of hosts launched tomorrow nothing is proved; \`potential: true\` counts them in.`,
  ];
}

/** A proof speaks of packets, not of the copies of them that a traffic mirror session sends elsewhere (semantics 14.9). */
function mirrored(network: Network, { kind, from }: Question, shown: Shown | undefined): readonly string[] {
  if (kind !== 'forbid' || shown !== undefined) return [];
  const sources = new Set(from.members.flatMap((one) => (one.kind === 'interface' ? [one.id] : [])));
  return [...network.trafficMirrorSessions.values()].flatMap(({ id, interface: nic, target }) =>
    sources.has(nic)
      ? [
          `\`${id}\` copies what \`${nic}\` sends and takes to ${isUnread(target) ? `\`${target.subject}\`, which no answer shows` : `\`${target.to}\``}: of the copies nothing is proved.`,
        ]
      : [],
  );
}

/** What a route server's peers advertise is in the tables that were read, and may be another thing tomorrow (semantics 4.30). */
const routeServers = ({ coverage }: Network): readonly string[] =>
  coverage.flatMap(({ kind, id }) =>
    kind === 'RouteServers'
      ? [
          `\`${id}\` gives route tables what its peers advertise: of routes that it gave after they were read nothing is proved.`,
        ]
      : [],
  );
