/**
 * Local gateways: what they are attached to. How they forward is not read.
 */
import type {
  LocalGateway,
  LocalGatewayRouteTable,
  LocalGatewayRouteTableVirtualInterfaceGroupAssociation,
  LocalGatewayRouteTableVpcAssociation,
  LocalGatewayVirtualInterface,
  LocalGatewayVirtualInterfaceGroup,
} from '@aws-sdk/client-ec2';
import type { AttachmentFinding } from '../../network/build/opaque-gateway-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { OpaqueGateway } from '../../network/opaque-gateway.ts';
import { conditionOf } from '../../network/state.ts';
import { type At, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';

/** An attachment that comes about or ends may carry packets still. */
export const isGone = (at: At<{ State?: string | undefined }>): boolean =>
  conditionOf(text(at, 'State') ?? 'available') === 'idle';

export function attach(
  at: At<object>,
  kind: OpaqueGateway['kind'],
  gateway: string,
  attachment: Pick<AttachmentFinding, 'id' | 'to' | 'name'>,
  findings: Findings,
): void {
  findings.attachments.push({ ...attachment, gateway: { kind, id: gateway }, source: provenance(at) });
}

export function readLocalGateway(at: At<LocalGateway>, findings: Findings): void {
  const id = required(at, 'LocalGatewayId');
  if (id === undefined) return;
  findings.opaqueGateways.push({ ...resource(at, id, { account: text(at, 'OwnerId') }), kind: 'local-gateway' });
}

export function readLocalGatewayAssociation(at: At<LocalGatewayRouteTableVpcAssociation>, findings: Findings): void {
  const id = required(at, 'LocalGatewayRouteTableVpcAssociationId');
  // One whose gateway is not told has one all the same.
  const gateway = text(at, 'LocalGatewayId') ?? text(at, 'LocalGatewayRouteTableId');
  const vpc = text(at, 'VpcId');
  if (id === undefined || gateway === undefined || vpc === undefined) return;
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'local-gateway', gateway, { id, to, name: 'local-gateway-route-table-vpc-association' }, findings);
}

type LocalGatewayPart = LocalGatewayRouteTable &
  LocalGatewayVirtualInterface &
  LocalGatewayVirtualInterfaceGroup &
  LocalGatewayRouteTableVirtualInterfaceGroupAssociation;

/** A route table, or virtual interfaces, of a local gateway: that the gateway is there. */
export function readPartOfLocalGateway(at: At<LocalGatewayPart>, findings: Findings): void {
  const id = text(at, 'LocalGatewayId') ?? text(at, 'LocalGatewayRouteTableId');
  if (id !== undefined) findings.namedGateways.push({ kind: 'local-gateway', id, source: provenance(at) });
}
