/** Clients of Client VPN that keep their address, over IPv6: hosts of the VPC send to them by an association's interface (semantics 14.3). */
import { formatAddress, sameAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import { clientVpnOf, hasClientsBehind } from '../network/client-vpn-endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Subnet } from '../network/subnet.ts';
import { passes } from '../network/unknown.ts';
import { stepAtClientVpn, whyNotSentBy } from './client-vpn.ts';
import { whyDown } from './interface.ts';
import { enterSubnet } from './network-acl.ts';
import { arriveOnPremises } from './on-premises.ts';
import type { Place } from './place.ts';
import { passGroups } from './security-group.ts';
import { type Trip, drop, note, side, subnetOf } from './trip.ts';

const end: Place = { kind: 'ended' };

const stepAt = ({ id, source }: NetworkInterface) => ({ resource: id, kind: 'network-interface', source }) as const;

/** A flow's packet may go on to clients behind the interface, which is taken to hand it to them. */
const leadsToClients = (trip: Trip, at: NetworkInterface): boolean =>
  trip.direction === 'forward' &&
  trip.packet.dst.family === 'ipv6' &&
  at.attached &&
  hasClientsBehind(trip.network, at) &&
  side(trip, passes(at.id)) &&
  !isItself(trip, at);

/** The packet is for the interface, not for what is behind it. */
const isItself = ({ packet: { dst } }: Trip, { addresses }: NetworkInterface): boolean =>
  addresses.some(({ address }) => sameAddress(address, dst));

/** What a route leads to the interface, for whatever address; undefined where it is for no client. */
export const routeToClients = (trip: Trip, at: NetworkInterface, from: Subnet | undefined): Place | undefined =>
  leadsToClients(trip, at) ? handToClient(trip, at, from) : undefined;

/** What the VPC's router delivers there: addresses of the VPC that nobody is known to hold; undefined where it is for no client. */
export function deliverToClients(trip: Trip, vpc: string, from: Subnet | undefined): Place | undefined {
  const { dst } = trip.packet;
  const able = [...trip.network.interfaces.values()].filter(
    (each) => each.vpc === vpc && leadsToClients(trip, each) && mayBeBehind(trip, each),
  );
  const named = trip.request.choices.holders?.find(({ address }) => sameAddress(address, dst))?.interface;
  const at = named === undefined ? likeliest(trip, able, vpc, from) : able.find(({ id }) => id === named);
  return at && handToClient(trip, at, from);
}

/** The destination is in a block of the VPC, and no other interface that is known and there has it. */
function mayBeBehind({ network, packet: { dst } }: Trip, { id, vpc }: NetworkInterface): boolean {
  const holds = (each: NetworkInterface): boolean =>
    each.addresses.some(({ address }) => sameAddress(address, dst)) ||
    each.prefixes.some((prefix) => prefixContains(prefix, dst));
  const isKnown = (each: NetworkInterface): boolean =>
    each.vpc === vpc && each.id !== id && each.attached && each.imaginary === undefined && each.unread === undefined;
  return (
    network.vpcs.get(vpc)?.cidrs.some((cidr) => prefixContains(cidr, dst)) === true &&
    ![...network.interfaces.values()].some((each) => isKnown(each) && holds(each))
  );
}

/** The first that lets it pass; else the first, if nobody else is there to take it. */
function likeliest(
  trip: Trip,
  able: readonly NetworkInterface[],
  vpc: string,
  from: Subnet | undefined,
): NetworkInterface | undefined {
  const open = able.find((each) => {
    const found = handToClient(aside(trip), each, from);
    return found.kind !== 'ended' || found.delivery !== undefined;
  });
  return open ?? (trip.atlas.holder(vpc, trip.packet.dst, trip.request.choices) === undefined ? able[0] : undefined);
}

/** The same packet, tried out: it leaves nothing behind. */
const aside = (trip: Trip): Trip => ({
  ...trip,
  request: { ...trip.request, pastDenials: false },
  flow: {
    ...trip.flow,
    tracked: new Set(trip.flow.tracked),
    lines: [...trip.flow.lines],
    sentOn: [...trip.flow.sentOn],
  },
  hops: [],
  blocks: [],
});

function handToClient(trip: Trip, at: NetworkInterface, from: Subnet | undefined): Place {
  if (!enterSubnet(trip, subnetOf(trip, at.subnet), from) || !passGroups(trip, at, 'ingress')) return end;
  const down = whyDown(trip, at);
  if (down !== undefined) return drop(trip, { ...stepAt(at), code: 'BAD_STATE', detail: down });
  note(trip, { ...stepAt(at), action: 'forward', detail: `\`${at.id}\` is taken to hand the packet to a client` });
  const endpoint = clientVpnOf(trip.network, at.id);
  if (endpoint !== undefined)
    note(trip, {
      ...stepAtClientVpn(endpoint),
      action: 'forward',
      detail: `\`${endpoint.id}\` hands the packet to the client that has ${formatAddress(trip.packet.dst)}`,
    });
  return arriveOnPremises(trip, at.id);
}

/** The client's answer comes in by the interface, where the endpoint lets clients send to whoever awaits it. */
export function answerByClient(trip: Trip, at: NetworkInterface): Place {
  const endpoint = clientVpnOf(trip.network, at.id);
  const step = endpoint === undefined ? stepAt(at) : stepAtClientVpn(endpoint);
  const refusal =
    endpoint === undefined || side(trip, passes(endpoint.id))
      ? undefined
      : whyNotSentBy(trip, endpoint, at, trip.packet.dst);
  if (refusal !== undefined) return drop(trip, { ...step, ...refusal });
  trip.sender = at;
  trip.identified = false;
  note(trip, { ...step, action: 'forward', detail: `the client's answer comes in by \`${at.id}\`` });
  return { kind: 'leaving', interface: at };
}
