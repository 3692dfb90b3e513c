/** describe-carrier-gateways. */
import type { CarrierGateway } from '@aws-sdk/client-ec2';
import type { Findings } from '../../network/build/findings.ts';
import { type At, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readCarrierGateway(at: At<CarrierGateway>, findings: Findings): void {
  const id = required(at, 'CarrierGatewayId');
  const vpc = text(at, 'VpcId');
  if (id === undefined) return;
  const own = resource(at, id, { account: text(at, 'OwnerId') });
  const vpcs = vpc === undefined ? [] : [vpc];
  findings.opaqueGateways.push({ ...own, kind: 'carrier-gateway', vpcs });
  const state = (text(at, 'State') ?? 'available').toLowerCase();
  if (vpc !== undefined) findings.carrierGateways.push({ ...own, kind: 'carrier-gateway', vpc, state });
}
