/** One packet's way: its header now, what it has met, and what its reply will have to meet again. */
import { invariant } from '../base/invariant.ts';
import type { Address } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Appliance } from '../network/gateway-load-balancer.ts';
import type { Hop } from '../network/hop.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { Origin, ReplayRequest } from '../network/replay.ts';
import type { Subnet } from '../network/subnet.ts';
import { conditionOf } from '../network/state.ts';
import type { VpcPeering } from '../network/vpc-peering.ts';
import { fact, up } from '../network/unknown.ts';
import facts from '../../models/facts.json' with { type: 'json' };
import { type Atlas, atlasOf } from './atlas.ts';
import type { Ended } from './place.ts';

/** A firewall or Gateway Load Balancer endpoint that the forward packet entered, and what took it there. */
export interface Crossing {
  readonly endpoint: string;
  /** The packet as it entered. */
  readonly packet: Packet;
  /** Behind a Gateway Load Balancer; absent where nobody knows which. */
  readonly appliance?: Appliance;
  /** The appliance did not give the packet back: it sent it on by its own interfaces (semantics 9.25). */
  readonly onward?: true;
}

/** A source translation, as the forward packet met it. */
export interface Translation {
  /** The NAT gateway, or the interface whose guest translates. */
  readonly id: string;
  /** For a guest: the interface that the packet had entered by; the reply leaves by it. */
  readonly enteredBy?: NetworkInterface;
  /** For an appliance behind a Gateway Load Balancer: the reply leaves by the endpoint that the packet had entered. */
  readonly crossing?: Crossing;
  readonly before: Packet;
  readonly after: Packet;
  /** The reply has come back through it. */
  undone?: true;
}

/** A way out to the internet that the forward packet took. */
export interface Exit {
  readonly gateway: string;
  readonly kind: 'internet-gateway' | 'egress-only-internet-gateway' | 'carrier-gateway';
  readonly vpc: string;
  /** The source as the internet sees it, and as the VPC does. */
  readonly outside: Address;
  readonly inside: Address;
}

/** A peering connection that a NAT gateway sent through: from its VPC, as that address. */
export interface Peered {
  readonly peering: VpcPeering;
  readonly vpc: string;
  readonly address: Address;
}

/** A transit gateway between two VPCs, as the packet met it (semantics 2.19). */
export interface Crossed {
  readonly gateway: string;
  /** It let the sender's group membership through. */
  readonly referencing: boolean;
}

/** What a load balancer's node sent on, for what it had taken. */
export interface Sending {
  readonly balancer: LoadBalancer;
  readonly node: NetworkInterface;
  /** The endpoint's interface that had handed it to the node; absent where it came to the node itself (semantics 9.17). */
  readonly handedBy?: NetworkInterface;
  /** The packet as it arrived at the node, and the flow that it belongs to. */
  readonly taken: Packet;
  readonly flow: Flow;
  readonly sent: Packet;
  /** The target sees the client's address (semantics 12.12). */
  readonly kept: boolean;
}

/** Whom VPC Lattice or a resource gateway serves, and so where its answer goes (semantics 14.1, 9.27, 9.30). */
export type Client =
  /** An interface of an associated VPC, which no route led to the service network. */
  | { readonly kind: 'associated'; readonly interface: NetworkInterface }
  /** Whoever asked an endpoint, at that interface of it. */
  | { readonly kind: 'endpoint'; readonly interface: NetworkInterface }
  /** Somebody in a VPC that is not in the input, by that service network. */
  | { readonly kind: 'elsewhere'; readonly network: string };

/** What a service of VPC Lattice or a resource gateway sent on, for what it had taken. */
export interface Proxied {
  readonly by: Pick<Hop, 'resource' | 'kind' | 'source'>;
  /** Of a resource gateway: the interface that sent it, to which the reply comes. */
  readonly sender?: NetworkInterface;
  /** Of a service: the VPC in which it came out, whose interfaces answer it without a route. */
  readonly vpc?: string;
  readonly client: Client;
  /** The packet as it was taken, and the flow that it belongs to. */
  readonly taken: Packet;
  readonly flow: Flow;
  readonly sent: Packet;
}

/** What the forward packet leaves behind in stateful elements. */
export interface Flow {
  /** The flow begins at a load balancer's node, and stands for another that ended there. */
  readonly sending?: Sending;
  /** Likewise at VPC Lattice, or at a resource gateway. */
  readonly proxied?: Proxied;
  /** Interfaces whose security groups have seen the flow (semantics 2.30). */
  readonly tracked: Set<string>;
  /** Firewall endpoints, in the order crossed: the reply owes them. */
  readonly firewalls: Crossing[];
  /** How often the flow has entered each Gateway Load Balancer endpoint (`turnKey`). */
  readonly entries: Set<string>;
  readonly translations: Translation[];
  readonly exits: Exit[];
  readonly peered: Peered[];
  /** Opaque elements that emitted it: what becomes of its reply is not asked. */
  readonly opaque: Set<string>;
  /** What elements have chosen so far, each time that the flow came to them (`turnKey`). */
  readonly turns: Set<string>;
  /** Interfaces whose guests handed it on: entered to left. */
  readonly guests: Map<string, string>;
  /** By attachment of a transit gateway and ends of the packet, the zone in which it entered the VPC (semantics 7.19). */
  readonly zones: Map<string, string>;
  /** The lines by which it came on premises, in order. */
  readonly lines: string[];
  /** The line by which on premises sent it on. */
  readonly sentOn: string[];
  /** Interfaces that do not work, and were told as blocks: the reply meets them again, and says nothing new. */
  readonly toldDown: Set<string>;
}

/** An egress rule that admitted by group reference alone: it counts only while the reference is preserved (semantics 2.17). */
export interface Reference {
  readonly group: string;
  readonly rule: string;
  readonly referenced: string;
}

/** Where a reply must come to, and the header it must have there. */
export interface Home {
  readonly origin: Origin;
  readonly packet: Packet;
}

export interface Trip {
  readonly request: ReplayRequest;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly direction: 'forward' | 'return';
  /** The one that the packet belongs to: another on either side of a load balancer's node. */
  flow: Flow;
  /** Only on the way back. */
  readonly home?: Home;
  /** The interface that sent this packet first; absent when it came from outside. */
  sender: NetworkInterface | undefined;
  packet: Packet;
  /** What it carries; absent: nothing that anybody recognises. */
  payload: Payload | undefined;
  /** Nothing on the way has taken the sender's group membership from the packet (semantics 2.16, 2.17). */
  identified: boolean;
  /** VPC Lattice sent it, which is in nobody's group (semantics 2.16). */
  byLattice: boolean;
  reference: Reference | undefined;
  /** A firewall endpoint lies behind (semantics 5.10). */
  inspected: boolean;
  /** The firewall endpoint that sent the packet on, until a NAT gateway or guest takes it up (semantics 4.38). */
  passedBy: VpcEndpoint | undefined;
  /** The last element that translated the source is a NAT gateway (semantics 4.36). */
  sentByNat: boolean;
  /** It has come out of a transit gateway as from this source (semantics 7.17). */
  transited: boolean;
  /** The last transit gateway that it crossed as from this source. */
  crossed: Crossed | undefined;
  /** Firewall endpoints that the reply has still to cross, the next one last. */
  readonly owed: Crossing[];
  readonly hops: Hop[];
  readonly blocks: Hop[];
  readonly seen: Set<string>;
}

export const newFlow = (): Flow => ({
  tracked: new Set(),
  firewalls: [],
  entries: new Set(),
  translations: [],
  exits: [],
  peered: [],
  opaque: new Set(),
  turns: new Set(),
  guests: new Map(),
  zones: new Map(),
  lines: [],
  sentOn: [],
  toldDown: new Set(),
});

/** What follows a node's sending; what the whole way has in common goes on. */
export const flowSent = (sending: Sending): Flow => ({ ...flowAfter(sending.flow), sending });

/** The same for what VPC Lattice or a resource gateway sent. */
export const flowProxied = (proxied: Proxied): Flow => ({ ...flowAfter(proxied.flow), proxied });

const flowAfter = ({ opaque, turns, entries, lines, sentOn }: Flow): Flow => ({
  ...newFlow(),
  opaque,
  turns,
  entries,
  lines,
  sentOn,
});

/** The packet is sent anew: by that interface, or by nobody knows whom, and nothing that lies behind counts. */
export function sendAnew(trip: Trip, sender: NetworkInterface | undefined, packet: Packet): void {
  // Where the one before has been, this one may be as well, with the very same header.
  trip.seen.clear();
  trip.packet = packet;
  trip.sender = sender;
  trip.identified = sender !== undefined;
  trip.byLattice = false;
  trip.inspected = false;
  trip.passedBy = undefined;
  trip.sentByNat = false;
  trip.transited = false;
  trip.crossed = undefined;
  trip.reference = undefined;
}

export function newTrip(request: ReplayRequest, flow: Flow, packet: Packet, home?: Home): Trip {
  return {
    request,
    network: request.network,
    atlas: atlasOf(request.network),
    direction: home === undefined ? 'forward' : 'return',
    flow,
    ...(home === undefined ? {} : { home }),
    sender: undefined,
    packet,
    payload: request.payload,
    identified: true,
    byLattice: false,
    reference: undefined,
    inspected: false,
    passedBy: undefined,
    sentByNat: false,
    transited: false,
    crossed: undefined,
    owed: home === undefined ? [] : [...flow.firewalls],
    hops: [],
    blocks: [],
    seen: new Set(),
  };
}

export type Step = Omit<Hop, 'packet'>;

/** Records a hop that lets the packet on, with the header as it is now. */
export function note(trip: Trip, step: Step): void {
  trip.hops.push({ ...step, packet: trip.packet });
}

/** Records a drop that nothing goes past. */
export function drop(trip: Trip, step: Omit<Step, 'action'>): Ended {
  const hop: Hop = { ...step, action: 'drop', packet: trip.packet };
  trip.hops.push(hop);
  trip.blocks.push(hop);
  return { kind: 'ended' };
}

/** Records a denial; true when the question is to go past it and list what else denies. */
export function refused(trip: Trip, step: Omit<Step, 'action'>, action: 'deny' | 'drop' = 'deny'): boolean {
  const hop: Hop = { ...step, action, packet: trip.packet };
  trip.hops.push(hop);
  trip.blocks.push(hop);
  return trip.request.pastDenials;
}

/** A subnet that another resource names. */
export function subnetOf(trip: Trip, id: string): Subnet {
  const subnet = trip.network.subnets.get(id);
  invariant(subnet !== undefined, `${id} is a subnet of the network`);
  return subnet;
}

/** Whether the permissive side of an unknown is taken. */
export const side = (trip: Trip, key: string): boolean => trip.request.sides.get(key) === true;

/** The resource works, as its state word tells; what is changing does where it is taken to (`network/state.ts`). */
export function works(trip: Trip, id: string, state: string): boolean {
  const condition = conditionOf(state);
  return condition === 'works' || (condition === 'changing' && side(trip, up(id)));
}

/** Present state means that the resource comes about or ends: it works where it is taken to. */
export const inForce = (trip: Trip, { id, state }: { readonly id: string; readonly state?: string }): boolean =>
  state === undefined || side(trip, up(id));

/** Whether AWS is taken to behave as the numbered fact says; its default where no side is given. */
export const isFact = (trip: Trip, number: keyof typeof facts): boolean =>
  trip.request.sides.get(fact(number)) ?? facts[number].default === 'yes';

/** A fact by which packets are lost: on no side taken it holds, so that nothing gets through by a side that nobody took. */
export const isLostBy = (trip: Trip, number: '11.1' | '11.6' | '11.8'): boolean =>
  trip.request.sides.get(fact(number)) !== false;

/**
 * Notes a visit to a place with the header of now; false when the packet was there with this very header before, and
 * nothing that was chosen has become of it since: an appliance may do something else the next time.
 */
export function firstVisit(trip: Trip, place: string): boolean {
  const { src, dst, protocol, srcPort, dstPort, icmpType, icmpCode } = trip.packet;
  const { entries } = trip.flow;
  const chosen = [...(trip.request.choices.appliances ?? [])].filter(([turn]) => entries.has(turn)).length;
  const key = `${place} ${src.value} ${dst.value} ${protocol} ${srcPort} ${dstPort} ${icmpType} ${icmpCode} ${chosen}`;
  if (trip.seen.has(key)) return false;
  trip.seen.add(key);
  return true;
}
