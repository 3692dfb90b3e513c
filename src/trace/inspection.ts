/** What a network firewall does with a packet, wherever it stands: by its policy, else by a declared side (semantics 10A to 10F). */
import type { Packet } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import type { Firewall } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import type { Judgement } from '../network/judge.ts';
import { passes, returns } from '../network/unknown.ts';
import { judge } from './firewall/judge.ts';
import { meet } from './owed.ts';
import { type Crossing, type Step, type Trip, refused, side } from './trip.ts';

/** Where packets come to a firewall, and how its hops tell of it. */
export interface Inspector {
  /** The endpoint, or the attachment to a transit gateway, which its flows owe their replies. */
  readonly at: string;
  readonly step: Pick<Step, 'resource' | 'kind'>;
  /** What its hop does with what it does not let through. */
  readonly stops: 'deny' | 'drop';
  /** The firewall, or what stands for it where that is not told: `passes:ID`. */
  readonly firewall: string;
  /** In full, by itself alone, and the firewall alone. */
  readonly called: string;
  readonly itself: string;
  readonly owner: string;
}

/** What the hop says of a crossing; undefined where the packet is stopped. */
export type Inspection = Pick<Step, 'detail' | 'rule' | 'source'>;

/** A packet of a flow: its reply owes the firewall from now on. */
export function inspect(trip: Trip, by: Inspector): Inspection | undefined {
  trip.flow.firewalls.push({ endpoint: by.at, packet: trip.packet });
  const firewall = trip.network.firewalls.get(by.firewall);
  const read = firewall !== undefined && policyOf(trip.network, firewall) !== undefined;
  return read ? judgeFlow(trip, by, firewall) : takeSide(trip, by);
}

/**
 * A reply passes by state, at the firewalls that its flow came by under the same addresses and ports; at another endpoint
 * of them, or at none's, as far as that may pass it without.
 */
export function inspectReply(trip: Trip, by: Inspector): Inspection | undefined {
  const isMine = ({ endpoint }: Crossing): boolean => endpoint === by.at;
  if (meet(trip, isMine) !== undefined) return { detail: `${by.called} passes the reply of a flow that it saw` };
  if (side(trip, returns(by.at)) && mayPassAlone(trip, by)) {
    meet(trip, ({ endpoint }) => firewallAcross(trip, endpoint) === by.firewall);
    return { detail: `${by.called} passes the reply, though the flow did not come so` };
  }
  const at = trip.owed.findLastIndex(isMine);
  if (at >= 0) trip.owed.splice(at, 1);
  const detail = `${by.itself} has not seen the flow so, and drops its reply`;
  return goesPast(trip, by, { code: 'FIREWALL_RULES_RESTRICTION', detail });
}

/**
 * Without state a firewall judges every packet as a flow's first, but for TCP: that its stateless rules may pass (semantics
 * 10.17, 10.18), and its engine where the stream exception policy is to continue (10.37).
 */
function mayPassAlone(trip: Trip, by: Inspector): boolean {
  const { network, packet } = trip;
  const firewall = network.firewalls.get(by.firewall);
  const policy = firewall && policyOf(network, firewall);
  const overTcp = packet.protocol === protocols.tcp;
  if (policy === undefined) return side(trip, passes(by.firewall)) && !(packet.fragment && !isUdp(packet));
  if (!overTcp || policy.stateful.streamException === 'CONTINUE') return true;
  if (policy.stateless.default === 'aws:pass') return true;
  for (const { group: id } of policy.stateless.groups) {
    const group = network.ruleGroups.get(id);
    if (group?.kind !== 'stateless-rule-group') return true;
    for (const rule of group.rules) if (rule.action === 'aws:pass') return true;
  }
  return false;
}

const isUdp = ({ protocol }: Packet): boolean => protocol === protocols.udp;

/** Of an endpoint, or of an attachment to a transit gateway. */
function firewallAcross({ network, atlas }: Trip, id: string): string {
  const behind = network.transitGatewayAttachments.get(id)?.behind;
  return behind?.kind === 'network-function' ? (behind.firewall ?? id) : atlas.firewallOf(id);
}

/** As the policy says; the mode's later packets are judged along with the first (semantics 10B to 10F). */
function judgeFlow(trip: Trip, by: Inspector, firewall: Firewall): Inspection | undefined {
  const { mode, sides } = trip.request;
  const { network, packet, payload } = trip;
  const { passes: admits, why, code, rule } = judge({ network, firewall, packet, payload, mode, sides });
  const said: Inspection = {
    detail: `${by.called}: ${why}`,
    ...(rule === undefined ? {} : { source: rule.source, rule: ruleName(rule) }),
  };
  if (admits) return said;
  return goesPast(trip, by, code === undefined ? said : { ...said, code });
}

const ruleName = ({ group, sid, line }: NonNullable<Judgement['rule']>): string =>
  sid === undefined ? (line === undefined ? group : `line ${line} of ${group}`) : `sid ${sid}`;

/** A declared side. */
function takeSide(trip: Trip, by: Inspector): Inspection | undefined {
  const { fragment, protocol } = trip.packet;
  const fragments = fragment && protocol !== protocols.udp;
  if (fragments && goesPast(trip, by, { detail: `${by.itself} drops fragments of anything but UDP` }) === undefined)
    return undefined;
  const key = passes(by.firewall);
  if (side(trip, key)) return { detail: `${by.called} passes the packet` };
  const detail =
    trip.request.sides.get(key) === false
      ? `${by.owner} is taken to drop the packet`
      : `what ${by.owner} does with the packet is not known, and it is not taken to pass it`;
  return goesPast(trip, by, { code: 'FIREWALL_RULES_RESTRICTION', detail });
}

/** Stopped; what lies behind is looked at all the same where the question is what else denies. */
const goesPast = (
  trip: Trip,
  { step, stops, called }: Inspector,
  why: Omit<Step, 'action' | 'resource' | 'kind'>,
): Inspection | undefined =>
  refused(trip, { ...step, ...why }, stops) ? { detail: `${called} passes the packet` } : undefined;
