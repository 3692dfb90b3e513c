/** Peering connections: modelled where both VPCs are in the input, an opaque gateway where one is not. */
import { conditionOf } from '../state.ts';
import type { Vpc } from '../vpc.ts';
import type { VpcPeering } from '../vpc-peering.ts';
import type { Building } from './building.ts';
import type { OpaqueGatewayFinding } from './opaque-gateway-finding.ts';
import type { VpcPeeringFinding } from './findings.ts';

/** Those that carry packets, or may, between two VPCs of the input. */
export function buildVpcPeerings({ findings }: Building, vpcs: ReadonlyMap<string, Vpc>): Map<string, VpcPeering> {
  const peerings = new Map<string, VpcPeering>();
  for (const found of findings.vpcPeerings) {
    const { sides, state, ...rest } = found;
    const [one, other] = sides.map(({ vpc }) => vpcs.get(vpc ?? ''));
    if (isIdle(found) || one === undefined || other === undefined) continue;
    const [near, far] = sides.map(({ region }, i) => region ?? [one, other][i]?.region);
    peerings.set(found.id, {
      ...rest,
      vpcs: [one.id, other.id],
      sameRegion: near === far,
      ...(conditionOf(state) === 'works' ? {} : { state }),
    });
  }
  return peerings;
}

/** Each as an opaque gateway, which those are that are not modelled; none leads anywhere that carries nothing. */
export const opaquePeerings = ({ findings }: Building): readonly OpaqueGatewayFinding[] =>
  findings.vpcPeerings.map((found) => {
    const { sides, state: _, ...rest } = found;
    return { ...rest, vpcs: isIdle(found) ? [] : sides.flatMap(({ vpc }) => vpc ?? []) };
  });

export const isIdle = ({ state }: VpcPeeringFinding): boolean => conditionOf(state) === 'idle';
