/** Service networks that are modelled, by a VPC's association and from a VPC that nobody read: no route leads there (semantics 14.1). */
import { contains } from '../net/interval.ts';
import { formatAddress } from '../net/address.ts';
import { latticeAddresses } from '../net/special.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { ServiceNetwork, VpcAssociation } from '../network/service-network.ts';
import { passes } from '../network/unknown.ts';
import { mayStandAt, standsAt } from './lattice-address.ts';
import {
  type Denial,
  type Membership,
  type Sending,
  membershipsOf,
  sendersAmong,
  stepAtNetwork,
  whyNotInNetwork,
} from './lattice-member.ts';
import { likeliest, sendByMember, whyNotByMember } from './lattice-sending.ts';
import { passAcl } from './network-acl.ts';
import type { Place } from './place.ts';
import { admitsAtAssociation, loseReference, passGroups, passGroupsOfAssociation } from './security-group.ts';
import { type Client, type Trip, drop, note, side, subnetOf, works } from './trip.ts';

const end: Place = { kind: 'ended' };

/** A way in by the association of a VPC, to a member that the flow's choices let send. */
interface Entry extends Membership, Sending {
  readonly by: VpcAssociation;
}

/** To an address of VPC Lattice, out of an interface of an associated VPC. */
export function intoServiceNetwork(trip: Trip, at: NetworkInterface): Place | undefined {
  const { network, packet, direction } = trip;
  if (direction === 'return') return undefined;
  const [first, ...more] = [...network.serviceNetworks.values()].flatMap((each) => entriesBy(trip, each, at.vpc));
  if (first === undefined || !mayStandAt(network, packet.dst)) return undefined;
  const client = { kind: 'associated', interface: at } as const;
  const entry = likeliest([first, ...more], (one) => isClosed(trip, one, at, client));
  const filtered =
    passGroups(trip, at, 'egress') &&
    loseReference(trip, entry.network.id) &&
    passAcl(trip, subnetOf(trip, at.subnet), 'outbound');
  return filtered ? enter(trip, entry, at, client) : end;
}

const entriesBy = (trip: Trip, network: ServiceNetwork, vpc: string): readonly Entry[] =>
  network.associations
    .filter((by) => by.vpc === vpc)
    .flatMap((by) => sendersAmong(trip, membershipsOf(trip.network, network)).map((one) => ({ ...one, by })));

const isClosed = (trip: Trip, entry: Entry, at: NetworkInterface, client: Client): boolean =>
  (whyNotAsked(trip, entry) ?? whyNotByMember(trip, entry, client)) !== undefined ||
  !admitsAtAssociation(trip, at, entry.by, entry.network.id);

function enter(trip: Trip, entry: Entry, at: NetworkInterface, client: Client): Place {
  const { network, by } = entry;
  const denial = whyNotAsked(trip, entry);
  if (denial !== undefined) return drop(trip, denial);
  note(trip, {
    ...stepAtNetwork(network),
    action: 'forward',
    detail: `\`${network.id}\`, with which \`${at.vpc}\` is associated (\`${by.id}\`), takes the packet to \`${entry.member.id}\``,
  });
  return passGroupsOfAssociation(trip, at, by, network.id) ? sendByMember(trip, entry, client) : end;
}

/** Why interfaces of the VPC do not ask for the member there. */
function whyNotAsked(trip: Trip, entry: Entry): Denial | undefined {
  const { network, by, member } = entry;
  const step = stepAtNetwork(network);
  const { dst } = trip.packet;
  if (trip.request.sides.get(passes(network.id)) === false)
    return { ...step, detail: `\`${network.id}\` is taken to drop the packet` };
  const may = contains(latticeAddresses[dst.family], dst.value) && side(trip, passes(network.id));
  if (!standsAt(trip.network, network, member.kind, dst) && !may)
    return {
      ...step,
      detail: `\`${member.id}\` of \`${network.id}\` is not known to stand at ${formatAddress(dst)}`,
    };
  if (!works(trip, by.id, by.state))
    return { ...step, code: 'BAD_STATE', detail: `the association \`${by.id}\` of \`${by.vpc}\` is ${by.state}` };
  return whyNotInNetwork(trip, entry);
}

/** From outside, by an association or endpoint of a VPC that is not in the input, where it is taken to be so. */
export function enterFromElsewhere(trip: Trip, network: ServiceNetwork): Place | undefined {
  const client = { kind: 'elsewhere', network: network.id } as const;
  const [first, ...more] = sendersAmong(trip, membershipsOf(trip.network, network));
  const outside = trip.request.origin.kind === 'onprem' || trip.flow.sentOn.length > 0;
  if (first === undefined || !outside || !side(trip, passes(network.id))) return undefined;
  const entry = likeliest(
    [first, ...more],
    (one) => (whyNotInNetwork(trip, one) ?? whyNotByMember(trip, one, client)) !== undefined,
  );
  const denial = whyNotInNetwork(trip, entry);
  if (denial !== undefined) return drop(trip, denial);
  note(trip, {
    ...stepAtNetwork(network),
    action: 'forward',
    detail: `\`${network.id}\` takes the packet to \`${entry.member.id}\`, from a VPC that is not in the input`,
  });
  return sendByMember(trip, entry, client);
}
