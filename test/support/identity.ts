/** What the documents of one account agree on: its number, Region, zones, and how names are made. */
import type { InterfaceSpec, NatSpec } from './spec.ts';

export const account = '111122223333';

export const region = 'us-east-1';

/** `az1` is `us-east-1a`, and `use1-az1`. */
export const zoneName = (zone: string): string => `${region}${String.fromCharCode(96 + Number(zone.slice(2)))}`;
export const zoneId = (zone: string): string => `use1-${zone}`;

export const firewallArn = (name: string): string => `arn:aws:network-firewall:${region}:${account}:firewall/${name}`;

/** The instance that the interface belongs to: as given, or made from its own id (`eni-x`: `i-x`). */
export const instanceOf = (spec: InterfaceSpec): string | undefined =>
  spec.instance === 'none' ||
  spec.instance === 'service' ||
  (spec.instance === undefined && (spec.type ?? 'interface') !== 'interface')
    ? undefined
    : (spec.instance ?? spec.id.replace(/^eni-/, 'i-'));

export const natInterface = (nat: NatSpec): string => nat.id.replace(/^nat-/, 'eni-nat-');

/** The interface of an endpoint in a subnet: `eni-` and both names. */
export const endpointInterface = (endpoint: string, subnet: string): string =>
  `eni-${endpoint.replace(/^vpce-/, '')}-${subnet.replace(/^subnet-/, '')}`;

/** By which routes name a core network. */
export const coreNetworkArn = (id: string): string => `arn:aws:networkmanager::${account}:core-network/${id}`;
