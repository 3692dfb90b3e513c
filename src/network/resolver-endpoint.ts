/** Route 53 Resolver endpoints, and the rules by which names leave a VPC for other name servers (semantics 13.14 to 13.16). */
import type { Address } from '../net/address.ts';
import type { Provenance, Resource, Unread } from './resource.ts';

export interface ResolverEndpoint extends Resource {
  readonly kind: 'resolver-endpoint';
  readonly direction: 'inbound' | 'outbound';
  /** The VPC in which its network interfaces stand. */
  readonly vpc: string;
  /** As far as they were read. */
  readonly interfaces: readonly string[];
  /** In AWS's words: `Do53`, `DoH`, `DoH-FIPS`. */
  readonly protocols: readonly string[];
  /** As AWS prints it, where it is not `OPERATIONAL`. */
  readonly state?: string;
}

/** Names of its domain are asked of these servers, or not: the rule with the longest domain decides. */
export interface ResolverRule extends Resource {
  readonly kind: 'resolver-rule';
  /** `FORWARD` and `DELEGATE` lead to servers; `SYSTEM` and `RECURSIVE` leave names to the Amazon resolver. */
  readonly ruleType: 'FORWARD' | 'SYSTEM' | 'RECURSIVE' | 'DELEGATE';
  /** The name and all below it, in lower case without the final dot; empty: every name. */
  readonly domain: string | Unread;
  /** The outbound endpoint's id, which may be another account's. */
  readonly endpoint?: string;
  readonly targets: readonly ResolverTarget[];
  readonly associations: readonly ResolverRuleAssociation[] | Unread;
}

export interface ResolverTarget {
  readonly address: Address;
  readonly port: number;
  /** In AWS's words; `Do53` goes by UDP and by TCP. */
  readonly protocol: string;
}

export interface ResolverRuleAssociation {
  readonly vpc: string;
  /** As AWS prints it, where it is not `COMPLETE`. */
  readonly state?: string;
  readonly source: Provenance;
}

/** Whether names of the rule's domain are asked of its servers: whether these are reached is not known (`passes:ID`). */
export const leadsOut = ({ ruleType }: Pick<ResolverRule, 'ruleType'>): boolean =>
  ruleType === 'FORWARD' || ruleType === 'DELEGATE';
