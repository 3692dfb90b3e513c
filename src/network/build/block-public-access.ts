/** The effective mode of VPC Block Public Access where VPCs and subnets do not show it (semantics 4.35 to 4.37). */
import { present } from '../../base/present.ts';
import type { InternetGatewayBlockMode } from '../vpc.ts';
import { type Building, tellsOf } from './building.ts';

interface Place {
  readonly id: string;
  /** The VPC of a subnet: its exclusion covers its subnets. */
  readonly vpc?: string;
  readonly account?: string;
  readonly region?: string;
}

export function blockModeOf(building: Building, place: Place): InternetGatewayBlockMode {
  const mode = optionsOf(building, place);
  if (mode === 'off') return mode;
  const exclusions = building.findings.blockPublicAccessExclusions;
  const exclusion =
    exclusions.find((one) => one.resource === place.id) ?? exclusions.find((one) => one.resource === place.vpc);
  switch (exclusion?.mode) {
    case 'allow-bidirectional':
      return 'off';
    case 'allow-egress':
    case undefined:
      return exclusion === undefined ? mode : 'block-ingress';
  }
}

/** Block Public Access is on where the place is, whatever is excluded from it. */
export const isBlocked = (building: Building, place: Place): boolean => optionsOf(building, place) !== 'off';

/** A participant of a shared VPC sets it for its own VPCs alone. */
function optionsOf(building: Building, { account, region }: Place): InternetGatewayBlockMode {
  const found = building.findings.blockPublicAccess.find((one) => tellsOf(building, one, present({ account, region })));
  if (found !== undefined) return found.mode;
  const setting = ['InternetGatewayBlockMode', account, region].filter((part) => part !== undefined).join(' ');
  const call = 'ec2 describe-vpc-block-public-access-options';
  if (!building.defaults.some((taken) => taken.setting === setting))
    building.defaults.push({ setting, value: 'off', call });
  return 'off';
}
