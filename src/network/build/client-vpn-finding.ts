/** What a source found of Client VPN, before references are resolved. */
import type { AuthorizationRule, ClientVpnEndpoint, ClientVpnRoute } from '../client-vpn-endpoint.ts';
import type { Provenance } from '../resource.ts';

export interface ClientVpnEndpointFinding extends Omit<
  ClientVpnEndpoint,
  'state' | 'associations' | 'routes' | 'authorizationRules'
> {
  readonly state: string;
  /** Of the subnets that it is associated with. */
  readonly vpc?: string;
  /** It is attached to a transit gateway instead of subnets. */
  readonly atTransitGateway: boolean;
}

export interface ClientVpnAssociationFinding {
  readonly id: string;
  readonly subnet: string;
  /** The security groups of its interfaces. */
  readonly groups: readonly string[];
  readonly state: string;
  readonly source: Provenance;
}

export interface ClientVpnRouteFinding extends Omit<ClientVpnRoute, 'state'> {
  readonly state: string;
}

export interface AuthorizationRuleFinding extends Omit<AuthorizationRule, 'state'> {
  readonly state: string;
}

/** What one answer tells of one endpoint. */
export interface ClientVpnAnswer<T> {
  readonly endpoint: string;
  readonly items: readonly T[];
  /** Nothing was left out by a filter, and no page follows. */
  readonly whole: boolean;
  readonly source: Provenance;
}
