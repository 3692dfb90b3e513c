/** Network interfaces: addresses, groups, and what their owner can do with traffic (semantics section 1). */
import type { Address, Family } from '../net/address.ts';
import type { Intervals } from '../net/interval.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Resource, Unread } from './resource.ts';

export interface InterfaceAddress {
  readonly address: Address;
  /** The Elastic or auto-assigned public IPv4 address mapped to this private one (semantics 1.5). */
  readonly publicIp?: Address;
  /** The address of a carrier's network that a carrier gateway maps to this private one (semantics 4.32). */
  readonly carrierIp?: Address;
  /** Present where AWS will pick the address: it may be any of these, for which this one stands (`placement.ts`). */
  readonly pending?: Intervals;
  /** AWS will pick the public address as well; this one stands for it. */
  readonly publicPending?: true;
}

/** Who owns the interface, which decides what it does with traffic (semantics 1.21). */
export type InterfaceRole =
  /** An instance's, a pod's, or any other that a guest drives: it starts and receives flows. */
  | 'host'
  | 'lambda'
  | 'nat-gateway'
  | 'interface-endpoint'
  /** A Gateway Load Balancer endpoint or Network Firewall endpoint. */
  | 'firewall-endpoint'
  /** A node of an Application, Network or Classic Load Balancer. */
  | 'load-balancer'
  | 'gateway-load-balancer'
  | 'transit-gateway-attachment'
  /** A managed database, cache, file system, control plane: it receives flows and may start them. */
  | 'managed-service'
  /** Resource gateways, Global Accelerator, Client VPN, resolver endpoints and other service interfaces. */
  | 'other-service';

/** An inbound endpoint of Route 53 Resolver: it asks the Amazon resolver for whoever sends it queries (semantics 13.16). */
export const isInboundResolver = ({ role, description }: Pick<NetworkInterface, 'role' | 'description'>): boolean =>
  role === 'other-service' && description.startsWith('Route 53 Resolver: rslvr-in-');

export interface NetworkInterface extends Resource {
  readonly kind: 'network-interface';
  readonly vpc: string;
  readonly subnet: string;
  /** As AWS prints it: `interface`, `nat_gateway`, `lambda`, … */
  readonly interfaceType: string;
  readonly role: InterfaceRole;
  readonly description: string;
  readonly instance?: string;
  readonly groups: readonly string[];
  /** Both families, the primary IPv4 address first. */
  readonly addresses: readonly InterfaceAddress[];
  /** Delegated prefixes: every address in them is the interface's (semantics 1.12). */
  readonly prefixes: readonly Prefix[];
  readonly sourceDestCheck: boolean;
  readonly denyAllIgwTraffic: boolean;
  /** `in-use`, `available`, …; an interface attached to nothing neither sends nor receives. */
  readonly attached: boolean;
  /** Present while it is being attached or detached, as AWS prints it: it is there by the unknown `up:ID` then. */
  readonly state?: string;
  /** Present on an interface that is not in the input, imaginary or unread: it may hold any of these addresses. */
  readonly imaginary?: {
    readonly pool: Readonly<Partial<Record<Family, Intervals>>>;
    /** The public address that stands for whichever one AWS would assign. */
    readonly publicIp?: Address;
  };
  /** An interface that may be there: no call read those of its subnet. On the must side it is not. */
  readonly unread?: Unread;
}

/** Whether the owner can start a flow, and whether it can finally receive one (semantics 1.21; `interfaces.md`). */
export const abilities: Readonly<Record<InterfaceRole, { readonly starts: boolean; readonly receives: boolean }>> = {
  host: { starts: true, receives: true },
  lambda: { starts: true, receives: false },
  'nat-gateway': { starts: false, receives: false },
  'interface-endpoint': { starts: false, receives: true },
  'firewall-endpoint': { starts: false, receives: false },
  'load-balancer': { starts: false, receives: true },
  'gateway-load-balancer': { starts: false, receives: false },
  'transit-gateway-attachment': { starts: false, receives: false },
  'managed-service': { starts: true, receives: true },
  'other-service': { starts: true, receives: true },
};
