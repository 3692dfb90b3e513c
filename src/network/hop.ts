/** One step of a packet's path, as reports show it (`interfaces.md`, JSON). */
import type { Packet } from '../net/packet.ts';
import type { Provenance } from './resource.ts';

export type HopKind =
  | 'network-interface'
  | 'instance'
  | 'source-dest-check'
  | 'security-group'
  | 'network-acl'
  | 'subnet'
  | 'route-table'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'vpc-peering'
  | 'transit-gateway'
  | 'transit-gateway-attachment'
  | 'transit-gateway-route-table'
  | 'vpn-gateway'
  | 'vpn-connection'
  | 'direct-connect-gateway'
  | 'client-vpn-endpoint'
  | 'local-gateway'
  | 'carrier-gateway'
  | 'core-network'
  | 'core-network-attachment'
  | 'core-network-route-table'
  | 'odb-network'
  | 'service-network'
  | 'direct-internet-access'
  | 'gateway-endpoint'
  | 'interface-endpoint'
  | 'firewall-endpoint'
  | 'network-firewall'
  | 'gateway-load-balancer'
  | 'load-balancer'
  | 'listener'
  | 'target-group'
  | 'web-acl'
  | 'endpoint-service'
  | 'lattice-service'
  | 'resource-gateway'
  | 'resource-configuration'
  | 'block-public-access'
  | 'dns-resolver'
  | 'dns-firewall'
  | 'resolver-rule'
  | 'link-local-service'
  | 'internet'
  | 'on-premises'
  | 'aws-service';

export type HopAction = 'allow' | 'deny' | 'forward' | 'translate' | 'inspect' | 'deliver' | 'drop';

export interface Hop {
  /** The resource's id, or `internet`, `on-premises`, `dns`. */
  readonly resource: string;
  readonly kind: HopKind;
  readonly action: HopAction;
  /** The rule or route that decided, in AWS's terms: `sgr-…`, `rule 100`, `0.0.0.0/0 -> nat-1`. */
  readonly rule?: string;
  /** The explanation code of Reachability Analyzer, where it has one (semantics 17A). */
  readonly code?: string;
  /** One line for people. */
  readonly detail: string;
  /** The header after this hop. */
  readonly packet: Packet;
  readonly source?: Provenance;
}
