/**
 * A network in few words: plain data, so that a test is one line of intent and a failure prints what replays it.
 * Ids are AWS's own; rules, routes and addresses are single lines (`lines.ts` reads them).
 */

/** An effective or declared mode of VPC Block Public Access. */
export type BlockMode = 'off' | 'block-bidirectional' | 'block-ingress';

export interface VpcSpec {
  readonly id: string;
  /** Blocks of both families, the primary IPv4 block first. */
  readonly cidrs: readonly string[];
  readonly dnsSupport?: boolean;
}

export interface SubnetSpec {
  readonly id: string;
  readonly vpc: string;
  /** Blocks of both families. */
  readonly cidrs: readonly string[];
  /** `az1`, `az2`, … */
  readonly zone: string;
  /** Absent: the VPC's main table. */
  readonly table?: string;
  /** Absent: the VPC's default network ACL. */
  readonly acl?: string;
  readonly mapPublic?: boolean;
}

export interface TableSpec {
  readonly id: string;
  readonly vpc: string;
  readonly main?: boolean;
  /** The internet or VPN gateway of an edge association. */
  readonly edge?: string;
  /** `0.0.0.0/0 igw-1`, with `blackhole`, `propagated` or `advertised` after it. Local routes are added. */
  readonly routes: readonly string[];
}

export interface AclSpec {
  readonly id: string;
  readonly vpc: string;
  readonly default?: boolean;
  /** `100 allow tcp 443 0.0.0.0/0`; the `*` entries are added. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

export interface GroupSpec {
  readonly id: string;
  readonly vpc: string;
  /** `tcp 443 0.0.0.0/0`, `all sg-1`, `icmp 8 pl-1`. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

export interface InterfaceSpec {
  readonly id: string;
  readonly subnet: string;
  /**
   * `10.0.1.10`, `10.0.1.10=198.51.100.1` with its public address, `10.0.1.10~155.146.1.1` with a carrier's, an IPv6
   * address, or a delegated prefix.
   */
  readonly ips: readonly string[];
  readonly groups: readonly string[];
  /** The source/destination check; on unless false. */
  readonly check?: boolean;
  readonly denyAllIgw?: boolean;
  /** AWS's InterfaceType; `interface` unless given. */
  readonly type?: string;
  readonly description?: string;
  /**
   * The instance's id; made from the interface's own (`eni-x`: `i-x`) unless given; `none`: attached to nothing;
   * `service`: an AWS service's.
   */
  readonly instance?: string;
}

export interface PrefixListSpec {
  readonly id: string;
  readonly name?: string;
  /** Absent where no call reads them. */
  readonly entries?: readonly string[];
}

export interface NatSpec {
  readonly id: string;
  /** Absent on a regional gateway, which names its VPC. */
  readonly subnet?: string;
  readonly vpc?: string;
  /** `10.0.9.5=198.51.100.9`; without a public part on a private gateway; `198.51.100.9@az1` on a regional one. */
  readonly ips: readonly string[];
  readonly private?: boolean;
  readonly state?: string;
  /** A regional gateway's own table. */
  readonly table?: string;
}

export interface EndpointSpec {
  readonly id: string;
  readonly vpc: string;
  /** `s3`, `bedrock-runtime`; `vpce-svc-1` for an endpoint service. */
  readonly service: string;
  readonly policy?: string;
  readonly state?: string;
}

export interface GatewayEndpointSpec extends EndpointSpec {
  /** The prefix list of its route, which each of the tables gets. */
  readonly list: string;
  readonly tables: readonly string[];
}

export interface InterfaceEndpointSpec extends EndpointSpec {
  /** `Interface` unless given; the others have no service name. */
  readonly type?: 'Resource' | 'ServiceNetwork' | 'Tunnel';
  /** `rcfg-1` or `sn-1`, to which an endpoint of such a type leads. Absent: it is not told. */
  readonly leads?: string;
  /** Private DNS; on unless false. */
  readonly privateDns?: boolean;
  readonly at: readonly { readonly subnet: string; readonly ips: readonly string[] }[];
  readonly groups: readonly string[];
}

export interface FirewallEndpointSpec {
  readonly id: string;
  readonly subnet: string;
  readonly ip: string;
  /** The Network Firewall that it belongs to; absent: a Gateway Load Balancer endpoint. */
  readonly firewall?: string;
  /** The endpoint service that it leads to, `vpce-svc-1`; somebody else's unless given. */
  readonly service?: string;
  /** It takes both families; IPv4 alone unless true. */
  readonly dualstack?: boolean;
  readonly state?: string;
}

export interface ClientVpnSpec {
  readonly id: string;
  /** `subnet-s1`, with AWS's word for its state after it where it is not `associated`. Absent: nobody asked; so with the next two. */
  readonly at?: readonly string[];
  /** `0.0.0.0/0 subnet-s1`, with a state after it. */
  readonly routes?: readonly string[];
  /** `0.0.0.0/0`, with `group` where it is for one, and a state after it. */
  readonly rules?: readonly string[];
  /** Of its interfaces: one in each subnet, made with it. */
  readonly groups: readonly string[];
  /** By subnet; an interface in the input for each. */
  readonly ips: Readonly<Record<string, string>>;
  readonly families?: 'ipv4' | 'ipv6' | 'dual-stack';
  readonly state?: string;
}

export interface BalancerSpec {
  /** Its name; `balancerArn` gives its id in the network. */
  readonly id: string;
  readonly type: 'alb' | 'nlb' | 'gwlb' | 'clb';
  /** A node in each. */
  readonly at: readonly { readonly subnet: string; readonly ips: readonly string[] }[];
  readonly groups: readonly string[];
  /** Internet-facing; internal unless true. */
  readonly public?: boolean;
  /**
   * `HTTPS 443 web`: protocol, port, and the target group of the default action, several joined by `+`; `redirect` or
   * `fixed` in its place. After ` | ` each, rules: `admin` for a path, `admin from 10.0.0.0/8 10.9.0.1/32` for clients.
   * `GENEVE appliances` on a gwlb; `TCP 80 8080` with the instances' port on a clb. Absent: nobody read them.
   */
  readonly listeners?: readonly string[];
  /** Of a clb: `i-web`. */
  readonly instances?: readonly string[];
  /** Unless given, on for an alb alone. */
  readonly crossZone?: boolean;
  /** Of a gwlb: it takes IPv6 as well; IPv4 alone unless true. */
  readonly dualstack?: boolean;
  /** Of an nlb: its groups filter what comes by PrivateLink; on unless false. */
  readonly enforces?: boolean;
}

export interface TargetGroupSpec {
  /** Its name; `groupArn` gives its id in the network. */
  readonly id: string;
  /** These three are absent of Lambda functions. */
  readonly vpc?: string;
  readonly protocol?: string;
  readonly port?: number;
  /** `instance` unless given. */
  readonly type?: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly family?: 'ipv4' | 'ipv6';
  /** Whether it keeps the client's address; as AWS sets it unless given. */
  readonly preserve?: boolean;
  /** Absent: as the balancer does. */
  readonly crossZone?: boolean;
  /**
   * `i-web`, `10.0.1.5`, a balancer's name or a function's ARN, with `:8080` for a port of its own (an IPv6 address in
   * brackets then), `@az1` or `@all` for a zone, and its health after a space. Absent: nobody read them.
   */
  readonly targets?: readonly string[];
}

export interface WebAclSpec {
  /** Its name. */
  readonly id: string;
  /** Names of the balancers that it is associated with. Absent: nobody asked. */
  readonly balancers?: readonly string[];
  /** Names of managed rule groups of AWS. */
  readonly ruleGroups?: readonly string[];
  /** Of these, the ones whose matches are only counted. */
  readonly counted?: readonly string[];
  /** Of these, the ones that a scope-down statement narrows. */
  readonly scoped?: readonly string[];
  /** A rule that allows what it matches stands before or behind them. */
  readonly allows?: 'first' | 'last';
}

export interface EndpointServiceSpec {
  readonly id: string;
  /** Unless given, `com.amazonaws.vpce.us-east-1.` and its id. */
  readonly name?: string;
  /** Names of nlbs or gwlbs of the network, or ARNs. */
  readonly balancers: readonly string[];
  /** `az1`, …; those of its balancers unless given. */
  readonly zones?: readonly string[];
  /** `ipv4` unless given. */
  readonly families?: readonly ('ipv4' | 'ipv6')[];
  /** Other Regions in which endpoints may stand. */
  readonly regions?: readonly string[];
  readonly privateName?: string;
  /** Whether its owner must accept an endpoint; on unless false. */
  readonly acceptance?: boolean;
  readonly state?: string;
  /**
   * `vpce-1`, with `pendingAcceptance`, `rejected`, … after it; `vpce-9@444455556666` of another account. Absent of all
   * services: nobody asked.
   */
  readonly connections?: readonly string[];
}

export interface TransitGatewaySpec {
  readonly id: string;
  /** Security group referencing; off unless true. */
  readonly referencing?: boolean;
}

export interface AttachmentSpec {
  /** Of the second side of a peering connection, `tgw-attach-p@tgw-2`, as the network has it. */
  readonly id: string;
  readonly gateway: string;
  /** `vpc-b`, `vpn-1`, `dxgw-1`, the peer `tgw-2`, or what AWS calls a type: `connect`, `network-function`. */
  readonly to: string;
  /** Of a VPC: one in each zone, in which the attachment has an interface. */
  readonly subnets?: readonly string[];
  /** The table that it is associated with, a `tgw-rtb-…` or a `tgw-ptb-…`; absent: none. */
  readonly table?: string;
  /** Appliance mode; off unless true. */
  readonly appliance?: boolean;
  /** IPv6 support; off unless true. */
  readonly ipv6?: boolean;
  /** Of `network-function`: the firewall that it is, where an answer tells, and its zones. */
  readonly firewall?: string;
  readonly zones?: readonly string[];
  /** Security group referencing; on unless false, as AWS has it. */
  readonly referencing?: boolean;
  readonly state?: string;
}

export interface TransitTableSpec {
  readonly id: string;
  readonly gateway: string;
  /**
   * `10.1.0.0/16 tgw-attach-b`, equal ones joined by `+`, with `propagated`, `pending` or `deleting` after it;
   * `10.2.0.0/16 blackhole`; `pl-1 tgw-attach-b`. Nothing is propagated by itself. Absent: nobody read them.
   */
  readonly routes?: readonly string[];
  /** Only static routes were asked for, and what propagates: these attachments, among them what BGP may bring. */
  readonly propagations?: readonly string[];
}

export interface VpnSpec {
  readonly id: string;
  /** A `vgw-…`, or a `tgw-…`, which has an attachment to it besides. */
  readonly gateway: string;
  /** Its static routes; absent: it speaks BGP. */
  readonly routes?: readonly string[];
  /** Up unless given. */
  readonly tunnels?: 'up' | 'down';
  readonly state?: string;
}

export interface DirectConnectSpec {
  /** `dxgw-1`. */
  readonly id: string;
  /** Who is associated, with the allowed prefixes after it: `tgw-1 10.0.0.0/16 10.1.0.0/16`; `updating` among them for its state. */
  readonly to: readonly string[];
  /** Nobody asked for all of its associations: only those shown are known. */
  readonly unread?: true;
}

export interface VirtualInterfaceSpec {
  readonly id: string;
  /** A `dxgw-…`, or a `vgw-…`. */
  readonly to: string;
  /** The families whose BGP session is up; IPv4 unless given. */
  readonly up?: readonly ('ipv4' | 'ipv6')[];
}

/** A peering connection, or a gateway that is recognised and opaque: `pcx-…`, `tgw-…`, `vgw-…`. */
export interface OpaqueSpec {
  readonly id: string;
  /** For a transit gateway, one subnet stands for its attachment in each VPC. */
  readonly vpcs: readonly string[];
  readonly subnets?: readonly string[];
  /** The accepter's, where a peering connection goes to another Region. */
  readonly region?: string;
}

/** What the CLI prints for a call of another service, as it stands. */
export interface AnswerSpec {
  /** Service and call: `vpc-lattice list-service-network-vpc-associations`. */
  readonly id: string;
  readonly json: unknown;
}

export interface Spec {
  readonly vpcs: readonly VpcSpec[];
  readonly subnets: readonly SubnetSpec[];
  readonly tables: readonly TableSpec[];
  readonly acls: readonly AclSpec[];
  readonly groups: readonly GroupSpec[];
  readonly interfaces: readonly InterfaceSpec[];
  readonly lists: readonly PrefixListSpec[];
  /** Internet gateways; without a VPC, detached. */
  readonly igws: readonly { readonly id: string; readonly vpc?: string }[];
  readonly eigws: readonly { readonly id: string; readonly vpc: string }[];
  /** Carrier gateways. */
  readonly carriers: readonly { readonly id: string; readonly vpc: string; readonly state?: string }[];
  readonly nats: readonly NatSpec[];
  readonly gatewayEndpoints: readonly GatewayEndpointSpec[];
  readonly interfaceEndpoints: readonly InterfaceEndpointSpec[];
  readonly firewallEndpoints: readonly FirewallEndpointSpec[];
  readonly balancers: readonly BalancerSpec[];
  readonly targetGroups: readonly TargetGroupSpec[];
  readonly webAcls: readonly WebAclSpec[];
  /** Endpoint services: the provider's side of PrivateLink. */
  readonly services: readonly EndpointServiceSpec[];
  readonly tgws: readonly TransitGatewaySpec[];
  readonly attachments: readonly AttachmentSpec[];
  readonly transitTables: readonly TransitTableSpec[];
  /** Virtual private gateways; without a VPC, detached. */
  readonly vgws: readonly {
    readonly id: string;
    readonly vpc?: string;
    readonly state?: string;
    /** Nobody asked with which Direct Connect gateway it is associated. */
    readonly unread?: true;
  }[];
  readonly vpns: readonly VpnSpec[];
  readonly directConnect: readonly DirectConnectSpec[];
  readonly virtualInterfaces: readonly VirtualInterfaceSpec[];
  readonly clientVpns: readonly ClientVpnSpec[];
  readonly opaque: readonly OpaqueSpec[];
  readonly others: readonly AnswerSpec[];
  /** Instances that do not run, by id: their state. */
  readonly states: readonly { readonly id: string; readonly state: string }[];
  /** Block Public Access: one element or none. */
  readonly block: readonly {
    readonly id: 'account';
    readonly mode: BlockMode;
    readonly exclusions: readonly {
      readonly resource: string;
      readonly mode: 'allow-bidirectional' | 'allow-egress';
    }[];
  }[];
}

export const emptySpec: Spec = {
  vpcs: [],
  subnets: [],
  tables: [],
  acls: [],
  groups: [],
  interfaces: [],
  lists: [],
  igws: [],
  eigws: [],
  carriers: [],
  nats: [],
  gatewayEndpoints: [],
  interfaceEndpoints: [],
  firewallEndpoints: [],
  balancers: [],
  targetGroups: [],
  webAcls: [],
  services: [],
  tgws: [],
  attachments: [],
  transitTables: [],
  vgws: [],
  vpns: [],
  directConnect: [],
  virtualInterfaces: [],
  clientVpns: [],
  opaque: [],
  others: [],
  states: [],
  block: [],
};

/** What a change may say of a resource: parts of it to replace, or that it is gone. */
export type Change = {
  readonly [K in keyof Spec]?: readonly (
    ({ readonly id: string } & Partial<Spec[K][number]>) | { readonly gone: string }
  )[];
};

/** The network with resources added, replaced part by part where the id is known, or taken out. */
export function changed(spec: Spec, change: Change): Spec {
  const out: Record<string, unknown[]> = {};
  for (const [key, list] of Object.entries(spec) as [keyof Spec, readonly { id: string }[]][]) {
    const byId = new Map<string, object>(list.map((item) => [item.id, item]));
    for (const item of change[key] ?? [])
      if ('gone' in item) byId.delete(item.gone);
      else byId.set(item.id, { ...byId.get(item.id), ...item });
    out[key] = [...byId.values()];
  }
  return out as unknown as Spec;
}
