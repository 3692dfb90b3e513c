/** What answers tell of interfaces, and of the addresses that belong to them. */
import type { Address } from '../../net/address.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Provenance } from '../resource.ts';

/** How many addresses AWS will pick from the subnet, and whether the first of IPv4 gets a public one that AWS picks too. */
export interface PendingAddresses {
  readonly ipv4: number;
  readonly ipv6: number;
  readonly public: boolean;
}

export interface InterfaceFinding {
  readonly interface: Omit<NetworkInterface, 'role' | 'imaginary' | 'unread'>;
  /** Addresses that it will have besides those that it has: an interface that is not there yet. */
  readonly pending?: PendingAddresses;
  readonly requesterManaged: boolean;
  /** It is the first of its instance, which has the primary address; absent where that is not told. */
  readonly primary?: boolean;
  /** The account of the instance, where it is told: that of an AWS service for service interfaces. */
  readonly instanceOwner?: string;
}

/** An Elastic IP address and the private address that it is associated with. */
export interface ElasticAddressFinding {
  readonly id: string;
  readonly publicIp: Address;
  readonly interface?: string;
  readonly privateIp?: Address;
  /** The account of the interface. */
  readonly interfaceOwner?: string;
  readonly account?: string;
  readonly region?: string;
  readonly source: Provenance;
}

/** An address of a carrier's network, or of a customer's own pool, and the private address that it is associated with. */
export interface CarrierAddressFinding {
  readonly id: string;
  readonly carrierIp: Address;
  readonly interface?: string;
  readonly privateIp?: Address;
  readonly source: Provenance;
}
