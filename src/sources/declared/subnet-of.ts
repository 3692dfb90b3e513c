/** In which VPC a subnet is, as far as the declaration tells. */
import { subnetType, vpcType } from './kinds.ts';
import { idOf, known } from './property.ts';
import { type Reading, topOf } from './reading.ts';

export function vpcOfSubnet(reading: Reading, subnet: string): string | undefined {
  const declared = reading.byId.get(subnet);
  return declared?.type === subnetType ? known(idOf(topOf(reading, declared), 'VpcId', vpcType)) : undefined;
}
