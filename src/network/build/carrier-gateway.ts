/** Carrier gateways that were read; one whose VPC is not in the input stays opaque alone. */
import { type CarrierGateway } from '../carrier-gateway.ts';
import { conditionOf } from '../state.ts';
import { up } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import type { Building } from './building.ts';

export function buildCarrierGateways(building: Building, vpcs: ReadonlyMap<string, Vpc>): Map<string, CarrierGateway> {
  const gateways = new Map<string, CarrierGateway>();
  for (const found of building.findings.carrierGateways) {
    if (!vpcs.has(found.vpc)) continue;
    gateways.set(found.id, found);
    if (conditionOf(found.state) === 'changing') building.assumed.set(found.id, up(found.id));
  }
  return gateways;
}
