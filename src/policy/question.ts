/** A question as understood: names resolved to places, words to sets of headers. What `verify` decides. */
import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { PortRange } from '../network/traffic-match.ts';
import type { Mode } from '../network/replay.ts';
import type { Carried } from './payload.ts';

/** One place that a flow can start from or end at. */
export type Place =
  | { readonly kind: 'interface'; readonly id: string }
  /** Every unicast address that the network does not hold. */
  | { readonly kind: 'internet' }
  /** Whatever lies behind VPN, Direct Connect and other opaque gateways. */
  | { readonly kind: 'onprem' }
  /** The Amazon resolver; a destination only. */
  | { readonly kind: 'dns' }
  /** As a destination: packets so addressed at the source, wherever they end. As a source: internet, on-premises or interface addresses in it. */
  | { readonly kind: 'cidr'; readonly prefix: Prefix }
  /** An AWS service by its short name, at its endpoints and public addresses; a destination only. */
  | { readonly kind: 'service'; readonly name: string }
  /** A gateway endpoint, and no other way to its service; a destination only. */
  | { readonly kind: 'gateway-endpoint'; readonly id: string };

/**
 * A selector resolved: its text, and its members without repetition. No flow is meant from a place to itself, nor, where
 * `any` was written on either side, from one place outside (internet, on premises) to another.
 */
export interface Places {
  /** As the person wrote it. */
  readonly text: string;
  readonly members: readonly Place[];
  /** The selector says `any`. */
  readonly any: boolean;
  /** Things that the selector names and that can neither send nor receive here, with the reason, for the answer's words. */
  readonly silent: readonly { readonly id: string; readonly why: string }[];
  /** Interfaces that nobody read are among what is named, and not among the members: there may be more. */
  readonly leftOut?: true;
}

/** Resources by id, crossed or not crossed on the forward path. A firewall or balancer brings all its endpoints and nodes. */
export interface Waypoint {
  readonly text: string;
  readonly ids: ReadonlySet<string>;
}

/** A set of headers as they leave the source, and what is said of their payload; what is absent is free. */
export interface Traffic extends Carried {
  readonly protocol?: number;
  readonly ports?: PortRange;
  readonly srcPorts?: PortRange;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly src?: Prefix;
  readonly dst?: Prefix;
  readonly fragment?: boolean;
}

/** A flow that matches every part present is excused from a `forbid`. */
export interface Exception {
  readonly via?: Waypoint;
  readonly traffic?: readonly Traffic[];
  readonly from?: Places;
  readonly to?: Places;
}

export interface Question {
  readonly kind: 'ask' | 'forbid' | 'require';
  readonly from: Places;
  readonly to: Places;
  /** A union; empty means all traffic. */
  readonly traffic: readonly Traffic[];
  readonly families: readonly Family[];
  readonly mode: Mode;
  /** Instead: TCP counts by what a client can send on a connection, anything else by single packets (`interfaces.md`, Modes). */
  readonly onPayload?: true;
  /** Of the traffic, what TCP carries, or everything else; absent: both. */
  readonly carrier?: 'tcp' | 'other';
  /** Clients name the server that they mean; absent: what they like (semantics 10.61). */
  readonly names?: 'honest';
  /** All of these must be crossed, in any order. */
  readonly via: readonly Waypoint[];
  /** None of these may be crossed. */
  readonly avoid: readonly Waypoint[];
  /** Crossed by the flow and by its reply, the same element of it. */
  readonly viaBoth: readonly Waypoint[];
  /** `forbid` only. */
  readonly except: readonly Exception[];
  /** `require` only: some member of `to`, or each. */
  readonly every: 'one' | 'pair';
  /** Declared sides of unknowns, by key (`network/unknown.ts`). */
  readonly sides: ReadonlyMap<string, boolean>;
}

/** By whatever way, with no exception. */
export const anyWay = {
  via: [],
  avoid: [],
  viaBoth: [],
  except: [],
  every: 'one',
} as const satisfies Partial<Question>;
