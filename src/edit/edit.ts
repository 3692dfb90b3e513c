/** Edits of a network, a union closed on `kind`: what could be changed in AWS, or fail there, as plain values. */
import type { Address } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';

/** A selector, which names one resource or several; a bare word is also the name of what the edit is about. */
export type Named = string;

/** A block; or, by a selector, a security group or prefix list. */
export type NamedPeer =
  { readonly kind: 'prefix'; readonly prefix: Prefix } | { readonly kind: 'named'; readonly name: Named };

/** A rule of a firewall's rule group: `sid:N`, or `line:N` counted from 1. */
export type NamedRule = `sid:${number}` | `line:${number}`;

export type OnOff = 'on' | 'off';

interface OfGroup {
  readonly group: Named;
  readonly direction: 'ingress' | 'egress';
}

interface OfAcl {
  readonly acl: Named;
  readonly direction: 'inbound' | 'outbound';
  /** 1 to 32766. */
  readonly number: number;
}

interface Entry extends OfAcl {
  readonly action: 'allow' | 'deny';
  readonly traffic: TrafficMatch;
  readonly block: Prefix;
}

interface OfRuleGroup {
  readonly ruleGroup: Named;
}

export type Edit =
  | (OfGroup & { readonly kind: 'add-rule'; readonly traffic: TrafficMatch; readonly peer: NamedPeer })
  | (OfGroup & { readonly kind: 'remove-rule'; readonly traffic: TrafficMatch; readonly peer: NamedPeer })
  /** By the rule's id, or the number in an id that was made of the group's: `2` of `sg-1 ingress 2`. */
  | (OfGroup & { readonly kind: 'remove-rule-by-id'; readonly rule: string })
  | (OfGroup & {
      readonly kind: 'change-rule';
      readonly traffic: TrafficMatch;
      readonly peer: NamedPeer;
      readonly newTraffic: TrafficMatch;
      readonly newPeer: NamedPeer;
    })
  /** A new static route, or another target of the one that is there, the local one included; of a VPC's table or a transit gateway's. */
  | {
      readonly kind: 'set-route';
      readonly table: Named;
      readonly destination: NamedPeer;
      /** `local`, or what it leads to; at a transit gateway one of its attachments, or `blackhole`. */
      readonly target: Named;
    }
  | { readonly kind: 'remove-route'; readonly table: Named; readonly destination: NamedPeer }
  | (Entry & { readonly kind: 'add-entry' })
  | (Entry & { readonly kind: 'change-entry' })
  | (OfAcl & { readonly kind: 'remove-entry' })
  /** `main` takes the association away, and the subnet follows its VPC's main table. */
  | { readonly kind: 'associate-table'; readonly subnet: Named; readonly table: Named }
  /** `default` is its VPC's default network ACL. */
  | { readonly kind: 'associate-acl'; readonly subnet: Named; readonly acl: Named }
  /** The edge association of an internet or virtual private gateway; `none` takes it away. */
  | { readonly kind: 'associate-edge'; readonly gateway: Named; readonly table: Named }
  /** Of interfaces, or of all interfaces of an instance, interface endpoint or load balancer. */
  | {
      readonly kind: 'change-groups';
      readonly interface: Named;
      readonly change: 'set' | 'add' | 'remove';
      readonly groups: Named;
    }
  | { readonly kind: 'add-address'; readonly interface: Named; readonly address: Address }
  | { readonly kind: 'remove-address'; readonly interface: Named; readonly address: Address }
  /** Mapped to a private address, the primary one unless another is named. */
  | {
      readonly kind: 'add-public-address';
      readonly interface: Named;
      readonly address: Address | 'any';
      readonly on?: Address;
    }
  | { readonly kind: 'remove-public-address'; readonly interface: Named; readonly address: Address | 'all' }
  | { readonly kind: 'set-source-dest-check'; readonly interface: Named; readonly check: OnOff }
  /** A host. `any` address is each that is free, of every family of the subnet, as with `--potential`. */
  | {
      readonly kind: 'add-interface';
      readonly subnet: Named;
      readonly addresses: readonly Address[] | 'any';
      /** The VPC's default group unless given. */
      readonly groups?: Named;
      /** As the subnet assigns one at launch unless given. */
      readonly public?: Address | 'any' | 'none';
      readonly check?: OnOff;
      readonly id?: string;
    }
  | {
      readonly kind: 'add-interface-endpoint';
      readonly vpc: Named;
      /** What follows `com.amazonaws.REGION.`, or all of it. */
      readonly service: string;
      /** One in each zone. */
      readonly subnets: Named;
      readonly groups?: Named;
      readonly privateDns?: OnOff;
      readonly id?: string;
    }
  | {
      readonly kind: 'add-gateway-endpoint';
      readonly vpc: Named;
      readonly service: string;
      readonly tables: Named;
      readonly id?: string;
    }
  | { readonly kind: 'remove-endpoint'; readonly endpoint: Named }
  /** As the group's last rule. */
  | (OfRuleGroup & { readonly kind: 'add-firewall-rule'; readonly text: string })
  | (OfRuleGroup & { readonly kind: 'insert-firewall-rule'; readonly before: NamedRule; readonly text: string })
  | (OfRuleGroup & { readonly kind: 'remove-firewall-rule'; readonly rule: NamedRule })
  /** Of a group that is a domain list. */
  | (OfRuleGroup & { readonly kind: 'add-domain'; readonly domain: string })
  | (OfRuleGroup & { readonly kind: 'remove-domain'; readonly domain: string })
  /** An internet, egress-only, carrier or virtual private gateway, a peering connection, a transit gateway attachment. */
  | { readonly kind: 'detach'; readonly gateway: Named }
  /** It is there and does not work: `zone:ZONE`, or resources. */
  | { readonly kind: 'take-down'; readonly what: Named };

export type EditKind = Edit['kind'];

export type EditOf<K extends EditKind> = Extract<Edit, { readonly kind: K }>;
