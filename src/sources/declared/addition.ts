/** What a declaration adds to things that it does not hold: blocks, attachments, public addresses, the main role. */
import { interfacesOutside } from './interface-outside.ts';
import { subnetType, tableType, vpcType } from './kinds.ts';
import { append } from './outside.ts';
import { idOf, known, prefix } from './property.ts';
import { isThere, type Reading } from './reading.ts';
import { aroundOutside } from './satellite.ts';
import { Unknown } from './value.ts';
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
          if (block instanceof Unknown)
            at.in.findings.warnings.push(
              `\`${at.of.address}\` adds a block to \`${id}\` that is not known yet: nothing is taken to be reached in it.`,
            );
        }
  for (const [key, of] of [
    ['InternetGatewayId', 'AWS::EC2::InternetGateway'],
    ['VpnGatewayId', 'AWS::EC2::VPNGateway'],
  ] as const)
    for (const [id, all] of aroundOutside(reading, 'AWS::EC2::VPCGatewayAttachment', key, of))
      for (const at of all) {
        const vpc = idOf(at, 'VpcId', vpcType);
        if (typeof vpc !== 'string') continue;
        outside.attached.set(id, vpc);
        if (!isThere(at)) outside.mayAttach.add(id);
      }
  interfacesOutside(reading);
  for (const [line, all, possible] of aroundOutside(
    reading,
    'AWS::EC2::VPNConnectionRoute',
    'VpnConnectionId',
    'AWS::EC2::VPNConnection',
  )) {
    for (const at of all)
      append(outside.lineRoutes, line, isThere(at) ? known(prefix(at, 'DestinationCidrBlock')) : undefined);
    for (const _ of possible) append(outside.lineRoutes, line, undefined);
  }
  for (const at of reading.byType.get(mainRouteTableAssociation) ?? []) {
    const vpc = idOf(at, 'VpcId', vpcType);
    const table = idOf(at, 'RouteTableId', tableType);
    if (typeof vpc === 'string' && typeof table === 'string') outside.mainOf.set(vpc, table);
  }
}
