/** The tracer as a value: one concrete packet goes in, what happens to it comes out. */
import type { Address } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import type { Hop } from './hop.ts';
import type { Network } from './network.ts';

/** Where a packet starts. `onprem` stands behind an opaque gateway. */
export type Origin =
  { readonly kind: 'interface'; readonly id: string } | { readonly kind: 'internet' } | { readonly kind: 'onprem' };

/** Where a packet ends. */
export type Delivery =
  | { readonly kind: 'interface'; readonly id: string }
  | { readonly kind: 'internet' }
  | { readonly kind: 'onprem' }
  /** An AWS service reached by a gateway endpoint; interface endpoints are interfaces. */
  | { readonly kind: 'service'; readonly name: string; readonly endpoint: string }
  | { readonly kind: 'dns' }
  | { readonly kind: 'link-local' };

/** What an element with a choice of its own does to this very flow. */
export interface Choices {
  /**
   * By NAT gateway or translating guest, and by its turn (`turnKey`): the source address it takes (private, or public on a
   * regional gateway), and the port.
   */
  readonly nat: ReadonlyMap<string, { readonly address: Address; readonly port: number }>;
  /**
   * By opaque element (gateway, balancer, guest), VPC Lattice service, or shared resource, and by its turn (`turnKey`):
   * the packet it emits, and where.
   */
  readonly emits: ReadonlyMap<string, Emission>;
  /**
   * The line by which a packet from outside comes in, if not by an internet gateway: an opaque gateway, a virtual
   * private gateway, or an attachment of a transit gateway.
   */
  readonly enters?: string;
  /** The line by which on-premises sends on what came to it by another, where it is taken to (`transit:onprem`). */
  readonly transits?: string;
  /** The line by which on-premises answers, where it is taken to answer by another than the packet came by. */
  readonly returnsBy?: string;
  /**
   * By attachment and direction (`tgw-attach-1 forward`, `… return`), and by its turn: the subnet by which a packet enters
   * or leaves its VPC.
   */
  readonly zones?: ReadonlyMap<string, string>;
  /** By transit gateway route table and direction, and by its turn: the attachment taken of several with equal cost (semantics 7.8). */
  readonly equals?: ReadonlyMap<string, string>;
  /** Which of the imaginary or unread interfaces that may hold an address does; behind which a VPN client does. */
  readonly holders?: readonly { readonly address: Address; readonly interface: string }[];
  /** The other interface of its instance by which the guest answers. */
  readonly repliesBy?: string;
  /** By Gateway Load Balancer endpoint, and by its turn: which appliance takes the packet, and what it does with it. */
  readonly appliances?: ReadonlyMap<string, ApplianceChoice>;
  /** The interface without source/destination check whose guest keeps a packet that is not addressed to it. */
  readonly keeps?: string;
}

export interface ApplianceChoice {
  /** The interface that takes it; absent where the input does not show which, or shows none. */
  readonly by?: string;
  /**
   * The appliance does not give the packet back: it sends it on by itself, as a guest does (`forwards:ENI`), by what
   * `emits` tells of that interface. One that is not in the input sends on what `emits` tells of the endpoint.
   */
  readonly onward?: true;
}

/** An element that the packet comes to again may do otherwise each time: `tgw-1`, `tgw-1 2`, `tgw-1 3`. */
export const turnKey = (id: string, turn: number): string => (turn === 1 ? id : `${id} ${turn}`);

/** The key of what the element does next, where these are used. */
export function nextTurnKey(used: { readonly has: (key: string) => boolean }, id: string): string {
  let turn = 1;
  while (used.has(turnKey(id, turn))) turn++;
  return turnKey(id, turn);
}

export interface Emission {
  readonly packet: Packet;
  /** What it carries; absent: the same as what came. */
  readonly payload?: Payload;
  readonly at:
    | { readonly kind: 'vpc'; readonly id: string }
    /** Put onto the subnet, as by an attachment that stands in it. */
    | { readonly kind: 'subnet'; readonly id: string }
    /** Into the VPC by the route table of the gateway's edge. */
    | { readonly kind: 'table'; readonly id: string; readonly vpc: string }
    /** Handed to a gateway endpoint. */
    | { readonly kind: 'endpoint'; readonly id: string }
    | { readonly kind: 'interface'; readonly id: string }
    /** Asked of the Amazon resolver. */
    | { readonly kind: 'dns' }
    | { readonly kind: 'internet' }
    | { readonly kind: 'onprem' };
}

/**
 * The side taken of every unknown, by its key (`passes:vpce-1`, `forwards:eni-1`, `unread:CALL:ID`, `fact:5.34`):
 * true is the permissive side, or that the fact is as `models/facts.json` states it. Absent means false, but for
 * facts, whose absence means their default.
 */
export type Sides = ReadonlyMap<string, boolean>;

/**
 * `client-data`: what a client sends on a connection gets through, whatever becomes of the server's answer; past stateless
 * rules it needs no handshake.
 */
export type Mode = 'packet' | 'connection' | 'client-data' | 'data';

export interface ReplayRequest {
  readonly network: Network;
  readonly origin: Origin;
  readonly packet: Packet;
  /** What the flow carries; absent: nothing that anybody recognises. */
  readonly payload?: Payload | undefined;
  /** In any mode but `packet` the reply is sent back as well. */
  readonly mode: Mode;
  readonly choices: Choices;
  readonly sides: Sides;
  /**
   * Go on past security groups and network ACLs that deny, past the firewall and past Block Public Access, so that
   * every denial on the way is listed, forward and back.
   */
  readonly pastDenials: boolean;
}

export interface ReplayResult {
  /** From the source's own interface to the delivery or the drop. */
  readonly hops: readonly Hop[];
  /** Where the forward packet ended; absent when it was dropped, or, with `pastDenials`, could never arrive. */
  readonly delivery?: Delivery;
  /** The reply's hops, where one was sent. */
  readonly returnHops?: readonly Hop[];
  /** The reply came back to the origin. True also where the mode asks for no reply. */
  readonly replied: boolean;
  /** Every hop that denied or dropped, in order. */
  readonly blocks: readonly { readonly direction: 'forward' | 'return'; readonly hop: Hop }[];
}

/** Of several ways of one packet the one by which it gets the furthest: delivered and answered, delivered, or dropped latest. */
export const furthest = (results: readonly ReplayResult[]): ReplayResult =>
  results.reduce((a, b) => (reachOf(b) > reachOf(a) ? b : a));

const reachOf = ({ delivery, replied, hops }: ReplayResult): number =>
  (delivery === undefined ? 0 : replied ? 2e6 : 1e6) + hops.length;

export type Replay = (request: ReplayRequest) => ReplayResult;
