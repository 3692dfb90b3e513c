/** Client VPN endpoints: who their clients may reach, and by which interfaces they come in (semantics 14.3). */
import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { NetworkInterface } from './interface.ts';
import { isUnread, type Provenance, type Resource, type Unread } from './resource.ts';

/** Its clients are outside: on the internet or on premises, under whatever address. */
export interface ClientVpnEndpoint extends Resource {
  readonly kind: 'client-vpn-endpoint';
  /** Present while it comes about or ends, as AWS prints it: it works by the unknown `up:ID` then. */
  readonly state?: string;
  /** What clients can send. */
  readonly families: readonly Family[];
  /** None while it is associated with no subnet, and where it is attached to a transit gateway instead. */
  readonly associations: readonly ClientVpnAssociation[] | Unread;
  readonly routes: readonly ClientVpnRoute[] | Unread;
  readonly authorizationRules: readonly AuthorizationRule[] | Unread;
}

/** A subnet by whose interfaces clients come in: by which of the associations a client is connected, AWS chooses. */
export interface ClientVpnAssociation {
  readonly id: string;
  readonly subnet: string;
  /**
   * Its interfaces in the subnet, as far as it is certain whose they are. What is no endpoint's is an interface of a
   * service that lets in anything (`passes:ENI`).
   */
  readonly interfaces: readonly string[];
  /** Present while it comes about or ends: it works by `up:ENDPOINT` then. */
  readonly state?: string;
  readonly source: Provenance;
}

/** Of several that hold a destination the longest decides. */
export interface ClientVpnRoute {
  readonly destination: Prefix;
  /** The associated subnet by which it leads: of use to clients that are connected by that one. */
  readonly subnet: string;
  /** Present while it comes about or ends: it is there by `passes:ENDPOINT` then. */
  readonly state?: string;
  readonly source: Provenance;
}

/** Of several that hold a destination the longest decides; without one, clients are denied. */
export interface AuthorizationRule {
  readonly destination: Prefix;
  /** Every client; false: those of one group, and that a client is one of them is `passes:ENDPOINT`. */
  readonly everyone: boolean;
  /** Present while it comes about or ends: it is there by `passes:ENDPOINT` then. */
  readonly state?: string;
  readonly source: Provenance;
}

/** Made by Client VPN, or standing in for one that was not read. */
export const isOfClientVpn = ({ role, description }: NetworkInterface): boolean =>
  role === 'other-service' && /^ClientVPN/i.test(description);

interface Parts {
  readonly clientVpnEndpoints: ReadonlyMap<string, ClientVpnEndpoint>;
}

/**
 * Clients that keep their address, over IPv6, may be behind the interface: unless it certainly is of an endpoint whose
 * clients send no IPv6 (semantics 14.3).
 */
export const hasClientsBehind = (network: Parts, nic: NetworkInterface): boolean =>
  isOfClientVpn(nic) && (clientVpnOf(network, nic.id)?.families.includes('ipv6') ?? true);

/** The endpoint that the interface certainly belongs to. */
export function clientVpnOf({ clientVpnEndpoints }: Parts, nic: string): ClientVpnEndpoint | undefined {
  for (const endpoint of clientVpnEndpoints.values())
    if (!isUnread(endpoint.associations) && endpoint.associations.some(({ interfaces }) => interfaces.includes(nic)))
      return endpoint;
  return undefined;
}
