/** Egress-only internet gateways: IPv6 out, and the replies to it (semantics 5.9, 5.10). */
import { formatAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { publicUnicast } from '../net/special.ts';
import { leaveByEgressOnlyGateway } from './block-public-access.ts';
import type { From, Place } from './place.ts';
import { type Exit, type Trip, drop, note, works } from './trip.ts';

export function leaveByEgressOnly(trip: Trip, id: string, from: From): Place {
  const { src } = trip.packet;
  const gateway = trip.network.egressOnlyInternetGateways.get(id);
  const step = {
    resource: id,
    kind: 'egress-only-internet-gateway',
    ...(gateway === undefined ? {} : { source: gateway.source }),
  } as const;
  if (gateway?.vpc !== from.vpc)
    return drop(trip, {
      ...step,
      code: 'BAD_STATE_ATTACHMENT',
      detail: `\`${id}\` is not attached to \`${from.vpc}\``,
    });
  if (!works(trip, id, gateway.state ?? 'attached'))
    return drop(trip, { ...step, code: 'BAD_STATE_ATTACHMENT', detail: `\`${id}\` is ${gateway.state}` });
  if (src.family === 'ipv4')
    return drop(trip, { ...step, code: 'PROTOCOL_RESTRICTION', detail: `\`${id}\` carries IPv6 alone` });
  if (trip.direction === 'return')
    return drop(trip, { ...step, detail: `\`${id}\` passes no reply to a flow that did not leave by it` });
  if (trip.inspected)
    return drop(trip, { ...step, detail: `\`${id}\` drops what came through a firewall endpoint (semantics 5.10)` });
  const holder = trip.atlas.holder(from.vpc, src);
  const own = holder?.kind === 'interface' && holder.interface.attached;
  if (!own || trip.sender?.vpc !== from.vpc)
    return drop(trip, {
      ...step,
      code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
      detail: `${formatAddress(src)} is no address of an interface of \`${from.vpc}\` that sent the packet`,
    });
  if (!contains(publicUnicast.ipv6, src.value))
    return drop(trip, { ...step, detail: `${formatAddress(src)} is no public IPv6 address` });
  if (!leaveByEgressOnlyGateway(trip, from)) return { kind: 'ended' };
  trip.identified = false;
  trip.flow.exits.push({ gateway: id, kind: 'egress-only-internet-gateway', vpc: from.vpc, outside: src, inside: src });
  note(trip, { ...step, action: 'forward', detail: `\`${id}\` passes the packet to the internet` });
  return { kind: 'internet' };
}

/** A reply of a flow that left by it. */
export function enterEgressOnly(trip: Trip, exit: Exit): Place {
  note(trip, {
    resource: exit.gateway,
    kind: 'egress-only-internet-gateway',
    action: 'forward',
    detail: `\`${exit.gateway}\` passes the reply by the state of its flow`,
  });
  return { kind: 'local', vpc: exit.vpc, subnet: undefined };
}
