/** GENEVE between the nodes of a Gateway Load Balancer and an appliance: UDP to port 6081, both ways (semantics 11.1). */
import type { Address } from '../net/address.ts';
import { formatAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import type { Appliance } from '../network/gateway-load-balancer.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Subnet } from '../network/subnet.ts';
import { areComparable } from '../network/zone.ts';
import { nameOf } from './listener.ts';
import { passAcl } from './network-acl.ts';
import { passGroups } from './security-group.ts';
import { type Trip, newFlow, newTrip, subnetOf } from './trip.ts';

const port = 6081;

interface Node {
  readonly address: Address;
  readonly subnet: Subnet;
}

/** Why nothing gets from the balancer's nodes to the appliance `at` and back, for what comes by an endpoint in `subnet`. */
export function whyCutOff(
  trip: Trip,
  { address, balancer }: Appliance,
  at: NetworkInterface,
  subnet: Subnet,
): string | undefined {
  if (at.vpc !== balancer.vpc) return `\`${at.id}\` stands outside \`${balancer.vpc}\`, the VPC of the nodes`;
  const nodes = nodesFor(trip, balancer.interfaces, address, subnet);
  if (nodes.length === 0) return `\`${nameOf(balancer)}\` has no ${address.family} node`;
  const home = subnetOf(trip, at.subnet);
  const cut = nodes.find((node) => !reaches(trip, node, address, at, home));
  return cut && `UDP ${port} is not open both ways between \`${at.id}\` and the node ${formatAddress(cut.address)}`;
}

/** Those in the endpoint's zone; all where none is known to be there. */
function nodesFor(trip: Trip, ids: readonly string[], { family }: Address, subnet: Subnet): readonly Node[] {
  const all = ids.flatMap((id): readonly Node[] => {
    const node = trip.network.interfaces.get(id);
    const own = (node?.addresses ?? []).filter(({ address }) => address.family === family);
    return node === undefined ? [] : own.map(({ address }) => ({ address, subnet: subnetOf(trip, node.subnet) }));
  });
  const near = all.filter((node) => areComparable(node.subnet, subnet) && node.subnet.zone === subnet.zone);
  return near.length > 0 ? near : all;
}

function reaches(trip: Trip, node: Node, address: Address, at: NetworkInterface, home: Subnet): boolean {
  const [there, back] = [probe(trip, node.address, address), probe(trip, address, node.address)];
  const apart = node.subnet.id !== home.id;
  if (apart && !(passAcl(there, node.subnet, 'outbound') && passAcl(there, home, 'inbound'))) return false;
  if (apart && !(passAcl(back, home, 'outbound') && passAcl(back, node.subnet, 'inbound'))) return false;
  // A Gateway Load Balancer has no groups that a rule could name (semantics 2.38).
  const open = passGroups(there, at, 'ingress') && passGroups(back, at, 'egress');
  return open && back.reference === undefined;
}

/** A packet that leaves no trace in the one that is followed; nobody knows whose it is. */
function probe({ request }: Trip, src: Address, dst: Address): Trip {
  const packet: Packet = {
    src,
    dst,
    protocol: protocols.udp,
    srcPort: port,
    dstPort: port,
    icmpType: 0,
    icmpCode: 0,
    fragment: false,
  };
  const trip = newTrip({ ...request, pastDenials: false }, newFlow(), packet);
  trip.identified = false;
  return trip;
}
