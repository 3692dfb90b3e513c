/** Attachments of internet gateways and virtual private gateways to VPCs: by the gateway itself, or beside it. */
import { apart } from './apart.ts';
import type { Kind } from './kinds.ts';
import { type Given, hanging, isConfigured, link, own, text, type Told, type Translation } from './translation.ts';

interface Attachable {
  /** Terraform's argument that names the gateway, and the type of the resource that has it. */
  readonly argument: string;
  readonly beside: string;
  /** CloudFormation's property of the same. */
  readonly property: string;
  readonly kind: Kind;
}

export const internetGateways: Attachable = {
  argument: 'internet_gateway_id',
  beside: 'aws_internet_gateway_attachment',
  property: 'InternetGatewayId',
  kind: 'internet-gateway',
};

export const vpnGateways: Attachable = {
  argument: 'vpn_gateway_id',
  beside: 'aws_vpn_gateway_attachment',
  property: 'VpnGatewayId',
  kind: 'vpn-gateway',
};

const type = 'AWS::EC2::VPCGatewayAttachment';

/** What a gateway says of its own; what attaches it beside it shows in it too, and is told by itself. */
export function attachmentIn(at: Given, { argument, beside, property }: Attachable): readonly Told[] {
  const others = apart(at, [beside], argument, text(at, 'id'));
  if (others.length > 0 && isConfigured(at, 'vpc_id') !== true) return [];
  const VpcId = link(at, 'vpc_id', 'vpc');
  return VpcId === undefined ? [] : [hanging(type, { VpcId, [property]: own(at) }, 'attachment')];
}

export const attachmentBeside =
  ({ argument, property, kind }: Attachable): Translation =>
  (at) => [hanging(type, { VpcId: link(at, 'vpc_id', 'vpc'), [property]: link(at, argument, kind) })];
