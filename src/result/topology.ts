/** The places that a document speaks of and how they hang together: enough to draw them without the network. */

export interface TopologyPlace {
  readonly id: string;
  /** In the style of hop kinds. */
  readonly kind: string;
  readonly name?: string;
  /** The place it stands in: the subnet of an interface, the VPC of a subnet. */
  readonly parent?: string;
  readonly zone?: string;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'route' | 'attachment';
  /** Of a route: what leads that way, CIDR blocks and prefix lists. */
  readonly destinations?: readonly string[];
}

export interface Topology {
  readonly places: readonly TopologyPlace[];
  readonly edges: readonly TopologyEdge[];
}
