/** Network Firewall attached to a transit gateway: it judges what is carried there, and hands it back (semantics 7.23 to 7.25, 10.6). */
import type { Firewall } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import type { BehindAttachment, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { passes } from '../network/unknown.ts';
import { functionZone } from './attachment-zone.ts';
import { type Inspection, judgeAt } from './firewall-endpoint.ts';
import { carryGroups } from './group-referencing.ts';
import { meet } from './owed.ts';
import type { Inside, Place } from './place.ts';
import { loseReference } from './security-group.ts';
import { protocols } from '../net/protocol.ts';
import { type Crossing, type Step, type Trip, note, refused, side } from './trip.ts';

type BehindFunction = Extract<BehindAttachment, { kind: 'network-function' }>;

const end: Place = { kind: 'ended' };

/** Through the firewall, and back at the gateway as from this attachment. */
export function passNetworkFunction(
  trip: Trip,
  at: Inside,
  attachment: TransitGatewayAttachment,
  behind: BehindFunction,
): Place {
  note(trip, {
    resource: attachment.id,
    kind: 'transit-gateway-attachment',
    action: 'forward',
    detail: `\`${attachment.id}\` hands the packet to ${behind.firewall === undefined ? 'a firewall' : `firewall \`${behind.firewall}\``}`,
    source: attachment.source,
  });
  const zone = functionZone(trip, attachment, behind.zones, at.zone);
  const inspected = inspect(trip, attachment, behind);
  if (inspected === undefined) return end;
  if (!loseReference(trip, attachment.id)) return end;
  carryGroups(trip, at.by, attachment);
  trip.middlebox = true;
  note(trip, { ...stepAt(attachment, behind), action: 'inspect', ...inspected });
  return { kind: 'in-transit-gateway', by: attachment, zone };
}

const stepAt = ({ id }: TransitGatewayAttachment, { firewall }: BehindFunction) =>
  ({ resource: firewall ?? id, kind: 'network-firewall' }) as const;

/** A reply passes by state, at the attachments of its flow, the last first. */
function inspect(trip: Trip, attachment: TransitGatewayAttachment, behind: BehindFunction): Inspection | undefined {
  const step = stepAt(attachment, behind);
  const called = `firewall \`${step.resource}\``;
  const go = (why: Omit<Step, 'action' | 'resource' | 'kind'>): Inspection | undefined =>
    refused(trip, { ...step, code: 'FIREWALL_RULES_RESTRICTION', ...why })
      ? { detail: `${called} passes the packet` }
      : undefined;

  if (trip.direction === 'return') {
    const isMine = ({ endpoint }: Crossing): boolean => endpoint === attachment.id;
    if (meet(trip, isMine) !== undefined) return { detail: `${called} passes the reply of a flow that it saw` };
    const at = trip.owed.findLastIndex(isMine);
    if (at >= 0) trip.owed.splice(at, 1);
    return go({ detail: `${called} has not seen the flow in that order, and drops its reply` });
  }
  trip.flow.firewalls.push({ endpoint: attachment.id, packet: trip.packet });

  const firewall = readFirewall(trip, behind);
  if (firewall !== undefined) {
    const { admits, code, said } = judgeAt(trip, firewall, called);
    return admits ? said : go(code === undefined ? said : { ...said, code });
  }
  const { fragment, protocol } = trip.packet;
  if (
    fragment &&
    protocol !== protocols.udp &&
    go({ detail: `${called} drops fragments of anything but UDP` }) === undefined
  )
    return undefined;
  const key = passes(behind.firewall ?? attachment.id);
  if (side(trip, key)) return { detail: `${called} passes the packet` };
  const dropped = trip.request.sides.get(key) === false;
  return go({
    detail: dropped
      ? `${called} is taken to drop the packet`
      : `what ${called} does with the packet is not known, and it is not taken to pass it`,
  });
}

function readFirewall({ network }: Trip, { firewall: id }: BehindFunction): Firewall | undefined {
  const firewall = network.firewalls.get(id ?? '');
  return firewall !== undefined && policyOf(network, firewall) !== undefined ? firewall : undefined;
}
