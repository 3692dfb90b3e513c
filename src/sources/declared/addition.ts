/** What a declaration adds to things that it does not hold: blocks, attachments, public addresses, the main role. */
import { addressType } from './elastic-address.ts';
import { instanceType, interfaceType, subnetType, tableType, vpcType } from './kinds.ts';
import { append } from './outside.ts';
import { idOf, known, prefix } from './property.ts';
import type { Reading } from './reading.ts';
import { aroundOutside } from './satellite.ts';
import { mainRouteTableAssociation } from './types.ts';

export function additionsOutside(reading: Reading): void {
  const { outside } = reading;
  for (const [type, key, of] of [
    ['AWS::EC2::VPCCidrBlock', 'VpcId', vpcType],
    ['AWS::EC2::SubnetCidrBlock', 'SubnetId', subnetType],
  ] as const)
    for (const [id, all] of aroundOutside(reading, type, key, of))
      for (const at of all)
        for (const block of [prefix(at, 'CidrBlock'), prefix(at, 'Ipv6CidrBlock')]) {
          const told = known(block);
          if (told !== undefined) append(outside.blocks, id, told);
        }
  for (const [id, all] of aroundOutside(
    reading,
    'AWS::EC2::VPCGatewayAttachment',
    'InternetGatewayId',
    'AWS::EC2::InternetGateway',
  ))
    for (const at of all) {
      const vpc = idOf(at, 'VpcId', vpcType);
      if (typeof vpc === 'string') outside.attached.set(id, vpc);
    }
  for (const type of [addressType, 'AWS::EC2::EIPAssociation'])
    for (const [key, of] of [
      ['InstanceId', instanceType],
      ['NetworkInterfaceId', interfaceType],
    ] as const)
      for (const [id] of aroundOutside(reading, type, key, of)) outside.published.add(id);
  for (const at of reading.byType.get(mainRouteTableAssociation) ?? []) {
    const vpc = idOf(at, 'VpcId', vpcType);
    const table = idOf(at, 'RouteTableId', tableType);
    if (typeof vpc === 'string' && typeof table === 'string') outside.mainOf.set(vpc, table);
  }
}
