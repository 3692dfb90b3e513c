/**
 * Transit gateways, VPN gateways and the like: what they are attached to. How they forward is
 * not read.
 */
import type {
  CarrierGateway,
  LocalGateway,
  LocalGatewayRouteTableVpcAssociation,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayConnect,
  TransitGatewayPeeringAttachment,
  TransitGatewayVpcAttachment,
  VpnConnection,
  VpnGateway,
} from '@aws-sdk/client-ec2';
import type { AttachmentFinding, Findings } from '../../network/build/findings.ts';
import type { OpaqueGateway } from '../../network/opaque-gateway.ts';
import { conditionOf } from '../../network/state.ts';
import { type At, inner, list, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readTransitGateway(at: At<TransitGateway>, findings: Findings): void {
  const id = required(at, 'TransitGatewayId');
  if (id === undefined) return;
  const told = { arn: text(at, 'TransitGatewayArn'), account: text(at, 'OwnerId') };
  findings.opaqueGateways.push({ ...resource(at, id, told), kind: 'transit-gateway' });
}

/** An attachment that comes about or ends may carry packets still. */
const isGone = (at: At<{ State?: string | undefined }>): boolean =>
  conditionOf(text(at, 'State') ?? 'available') === 'idle';

function attach(
  at: At<object>,
  kind: OpaqueGateway['kind'],
  gateway: string,
  attachment: Pick<AttachmentFinding, 'id' | 'to' | 'name'>,
  findings: Findings,
): void {
  findings.attachments.push({ ...attachment, gateway: { kind, id: gateway }, source: provenance(at) });
}

export function readTransitGatewayAttachment(at: At<TransitGatewayAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  if (id === undefined || gateway === undefined || isGone(at)) return;
  const behind = text(at, 'ResourceId') ?? id;
  const to = targetOfAttachment(text(at, 'ResourceType'), behind);
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-attachment' }, findings);
}

function targetOfAttachment(type: string | undefined, id: string): AttachmentFinding['to'] {
  if (type === 'vpc') return { kind: 'vpc', id };
  const known = ['vpn', 'vpn-concentrator', 'direct-connect-gateway', 'connect', 'client-vpn'];
  return { kind: type !== undefined && known.includes(type) ? 'on-premises' : 'gateway', id };
}

export function readTransitGatewayVpcAttachment(at: At<TransitGatewayVpcAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || gateway === undefined || vpc === undefined || isGone(at)) return;
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-attachment' }, findings);
}

export function readTransitGatewayPeering(at: At<TransitGatewayPeeringAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const sides = [inner(at, 'RequesterTgwInfo'), inner(at, 'AccepterTgwInfo')].map(
    (side) => side && text(side, 'TransitGatewayId'),
  );
  const [one, other] = sides;
  if (id === undefined || one === undefined || other === undefined || isGone(at)) return;
  for (const [gateway, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    const to = { kind: 'gateway', id: peer } as const;
    attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-peering-attachment' }, findings);
  }
}

export function readTransitGatewayConnect(at: At<TransitGatewayConnect>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  if (id === undefined || gateway === undefined || isGone(at)) return;
  const to = { kind: 'on-premises', id } as const;
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-connect' }, findings);
}

export function readVpnGateway(at: At<VpnGateway>, findings: Findings): void {
  const id = required(at, 'VpnGatewayId');
  if (id === undefined) return;
  const attached = list(at, 'VpcAttachments').filter((one) => !isGone(one));
  findings.opaqueGateways.push({
    ...resource(at, id),
    kind: 'vpn-gateway',
    vpcs: attached.flatMap((one) => text(one, 'VpcId') ?? []),
  });
}

export function readVpnConnection(at: At<VpnConnection>, findings: Findings): void {
  const id = required(at, 'VpnConnectionId');
  if (id === undefined || isGone(at)) return;
  const to = { kind: 'on-premises', id } as const;
  const vgw = text(at, 'VpnGatewayId');
  const tgw = text(at, 'TransitGatewayId');
  if (vgw !== undefined) attach(at, 'vpn-gateway', vgw, { id, to, name: 'vpn-connection' }, findings);
  if (tgw !== undefined) attach(at, 'transit-gateway', tgw, { id, to, name: 'vpn-connection' }, findings);
}

export function readCarrierGateway(at: At<CarrierGateway>, findings: Findings): void {
  const id = required(at, 'CarrierGatewayId');
  const vpc = text(at, 'VpcId');
  if (id === undefined) return;
  const told = { account: text(at, 'OwnerId') };
  findings.opaqueGateways.push({
    ...resource(at, id, told),
    kind: 'carrier-gateway',
    vpcs: vpc === undefined ? [] : [vpc],
  });
}

export function readLocalGateway(at: At<LocalGateway>, findings: Findings): void {
  const id = required(at, 'LocalGatewayId');
  if (id === undefined) return;
  findings.opaqueGateways.push({ ...resource(at, id, { account: text(at, 'OwnerId') }), kind: 'local-gateway' });
}

export function readLocalGatewayAssociation(at: At<LocalGatewayRouteTableVpcAssociation>, findings: Findings): void {
  const id = required(at, 'LocalGatewayRouteTableVpcAssociationId');
  const gateway = text(at, 'LocalGatewayId');
  const vpc = text(at, 'VpcId');
  if (id === undefined || gateway === undefined || vpc === undefined) return;
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'local-gateway', gateway, { id, to, name: 'local-gateway-route-table-vpc-association' }, findings);
}
