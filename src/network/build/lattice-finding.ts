/** What a source found of VPC Lattice, before references are resolved: lists name things, and `get-…` tells of one. */
import type { Address } from '../../net/address.ts';
import type { ListenerProtocol } from '../load-balancer.ts';
import type { Provenance, Resource } from '../resource.ts';
import type { ActionsFinding, ConditionFinding, TargetFinding, TargetGroupFinding } from './load-balancer-finding.ts';

/** Fields that only one of two calls shows are absent of what the other found. */
export interface LatticeFindings {
  readonly networks: LatticeNetworkFinding[];
  readonly vpcAssociations: VpcAssociationFinding[];
  readonly memberAssociations: MemberAssociationFinding[];
  readonly endpointAssociations: EndpointAssociationFinding[];
  readonly services: LatticeServiceFinding[];
  readonly listeners: LatticeListenerFinding[];
  readonly rules: LatticeRuleFinding[];
  readonly targetGroups: TargetGroupFinding[];
  readonly targets: LatticeTargetsFinding[];
  readonly resourceGateways: ResourceGatewayFinding[];
  readonly resourceConfigurations: ResourceConfigurationFinding[];
  readonly lists: LatticeListFinding[];
}

/** Everything of a kind that belongs to a subject was listed. */
export interface LatticeListFinding {
  readonly of: 'services' | 'resources' | 'listeners' | 'rules' | 'members';
  /** A service network, a service, a listener's ARN, or a group; absent where all of an account's were listed. */
  readonly subject?: string;
  /** Who asked, where that is told: others than the subject's owner may not be shown everything. */
  readonly account?: string;
  readonly region?: string;
}

export interface LatticeNetworkFinding extends Resource {
  readonly authorizes?: boolean;
}

export interface VpcAssociationFinding {
  readonly id: string;
  readonly network: string;
  /** The network's owner. */
  readonly owner?: string;
  readonly vpc: string;
  readonly state: string;
  readonly groups?: readonly string[];
  readonly source: Provenance;
}

export interface MemberAssociationFinding {
  readonly kind: 'service' | 'resource';
  readonly id: string;
  readonly network: string;
  /** The network's owner. */
  readonly owner?: string;
  /** The service or resource configuration. */
  readonly member: string;
  readonly state: string;
}

/** A service-network endpoint as its network tells of it. */
export interface EndpointAssociationFinding {
  /** The endpoint's id, `vpce-…`. */
  readonly id: string;
  readonly network: string;
  /** As AWS prints it. */
  readonly state: string;
  readonly source: Provenance;
}

export interface LatticeServiceFinding extends Resource {
  readonly state: string;
  readonly authorizes?: boolean;
}

export interface LatticeListenerFinding {
  /** Its ARN. */
  readonly id: string;
  readonly service: string;
  readonly port: number;
  /** Absent where this program does not know it. */
  readonly protocol?: ListenerProtocol;
  /** The default action. */
  readonly actions?: ActionsFinding;
  readonly source: Provenance;
}

export interface LatticeRuleFinding {
  /** Its ARN. */
  readonly id: string;
  readonly listener: string;
  readonly isDefault: boolean;
  readonly priority?: number;
  readonly told?: { readonly actions: ActionsFinding; readonly conditions: readonly ConditionFinding[] };
}

/** One answer of list-targets, or a page of it. */
export interface LatticeTargetsFinding {
  /** The group's id, `tg-…`. */
  readonly group: string;
  /** Nothing was left out by the request, and no page follows. */
  readonly complete: boolean;
  readonly targets: readonly TargetFinding[];
}

export interface ResourceGatewayFinding extends Resource {
  readonly vpc?: string;
  /** Where it has interfaces; none where no answer shows them. */
  readonly subnets: readonly string[];
  /** Absent where the interfaces themselves tell whose they are. */
  readonly interfaces?: readonly string[];
  readonly state: string;
}

export interface ResourceConfigurationFinding extends Resource {
  readonly state: string;
  /** `SINGLE`, `GROUP`, `CHILD` or `ARN`; empty where it is not told. */
  readonly type: string;
  readonly gateway?: string;
  /** The group that it is a member of. */
  readonly group?: string;
  /** Absent where the call shows none. */
  readonly ports?: readonly { readonly from: number; readonly to: number }[];
  readonly definition?: { readonly address?: Address };
}

export const noLatticeFindings = (): LatticeFindings => ({
  networks: [],
  vpcAssociations: [],
  memberAssociations: [],
  endpointAssociations: [],
  services: [],
  listeners: [],
  rules: [],
  targetGroups: [],
  targets: [],
  resourceGateways: [],
  resourceConfigurations: [],
  lists: [],
});
