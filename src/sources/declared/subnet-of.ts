/** In which VPC a subnet is, as far as the declaration tells. */
import { idOf, known } from './property.ts';
import { type Reading, topOf } from './reading.ts';

export const subnetType = 'AWS::EC2::Subnet';
export const vpcType = 'AWS::EC2::VPC';

export function vpcOfSubnet(reading: Reading, subnet: string): string | undefined {
  const declared = reading.byId.get(subnet);
  return declared?.type === subnetType ? known(idOf(topOf(reading, declared), 'VpcId', vpcType)) : undefined;
}
