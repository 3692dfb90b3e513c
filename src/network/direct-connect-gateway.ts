/** Direct Connect: its gateways, and the virtual interfaces that lead to them or to virtual private gateways (semantics 8.10, 8.11). */
import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';

/** One that some answer shows, or that an attachment of a transit gateway names. */
export interface DirectConnectGateway extends Resource {
  readonly kind: 'direct-connect-gateway';
  /** Those of the answers that were read. */
  readonly associations: readonly DirectConnectAssociation[];
  /** It may have other associations than those. */
  readonly unread?: Unread;
}

export interface DirectConnectAssociation {
  readonly id: string;
  /** A virtual private gateway, transit gateway or core network, whether the input holds it or not. */
  readonly gateway: string;
  /** The allowed prefixes; none while they change. */
  readonly allowed: readonly Prefix[];
}

/** A private or transit virtual interface, by which what is on premises comes and goes. */
export interface VirtualInterface extends Resource {
  readonly kind: 'virtual-interface';
  /** The Direct Connect gateway, or the virtual private gateway, whether the input holds it or not. */
  readonly gateway: string;
  /** The families whose BGP session was up; absent where no answer shows its sessions. */
  readonly up?: readonly Family[];
}

/** The call that tells which gateways a Direct Connect gateway joins, and what it advertises of them. */
export const associationsCall = 'directconnect describe-direct-connect-gateway-associations';
