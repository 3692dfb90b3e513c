/** Subnets. */
import { formatPrefix } from '../../net/prefix.ts';
import { present } from '../../base/present.ts';
import { untoldZone } from '../../network/zone.ts';
import { blocksOfSubnet } from './block.ts';
import { resource } from './common.ts';
import { vpcOf } from './default.ts';
import { flag, known, settle, text } from './property.ts';
import { subnetType } from './kinds.ts';
import { type At, type Construct, note } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

export const subnet: Construct = {
  identities: ['SubnetId'],
  properties: [
    'VpcId',
    'CidrBlock',
    'Ipv6CidrBlock',
    'Ipv6CidrBlocks',
    'AvailabilityZone',
    'AvailabilityZoneId',
    'MapPublicIpOnLaunch',
    'AssignIpv6AddressOnCreation',
    'EnableDns64',
    'Ipv6Native',
    'Ipv4IpamPoolId',
    'Ipv4NetmaskLength',
    'Ipv6IpamPoolId',
    'Ipv6NetmaskLength',
    'EnableLniAtDeviceIndex',
    'PrivateDnsNameOptionsOnLaunch',
    'Tags',
  ],
  attribute(at, name) {
    const family = { CidrBlock: 'ipv4', Ipv6CidrBlock: 'ipv6', Ipv6CidrBlocks: 'ipv6' }[name];
    const blocks = blocksOfSubnet(at).flatMap((block) => (block.family === family ? [formatPrefix(block)] : []));
    return name === 'Ipv6CidrBlocks' ? blocks : blocks[0];
  },
  read(at) {
    const zone = text(at, 'AvailabilityZone');
    const zoneId = text(at, 'AvailabilityZoneId');
    const own = resource(at);
    if (at.of.lookedUp === true) leaveOpen(at);
    if (zone instanceof Unknown) note(at, 'AvailabilityZone', zone, 'it may be any zone');
    const named = known(zone) ?? untoldZone(at.of.address);
    at.in.findings.subnets.push({
      ...own,
      kind: 'subnet',
      vpc: vpcOf(at),
      cidrs: blocksOfSubnet(at),
      zone: known(zoneId) ?? named,
      mapPublicIpOnLaunch: settle(flag(at, 'MapPublicIpOnLaunch'), false, true),
      assignIpv6AddressOnCreation: settle(flag(at, 'AssignIpv6AddressOnCreation'), false, true),
      enableDns64: settle(flag(at, 'EnableDns64'), false, true),
      ipv6Native: settle(flag(at, 'Ipv6Native'), false, false),
      ...present({ zoneName: known(zoneId) === undefined ? undefined : known(zone) }),
    });
  },
};

/** What is somebody else's may have a table, a network ACL and interfaces that nothing here shows. */
function leaveOpen(at: At): void {
  const { id } = at.of;
  const { outside, around, findings } = at.in;
  if (around.subnets.has(id)) return;
  const isTold = (type: string): boolean => satellitesOf(at.in, type, 'SubnetId', id, subnetType).certain.length > 0;
  if (!isTold('AWS::EC2::SubnetRouteTableAssociation')) outside.tableOf.set(id, `${id}/route-table`);
  if (!isTold('AWS::EC2::SubnetNetworkAclAssociation')) outside.aclOf.set(id, `${id}/network-acl`);
  findings.edges.hiding.add(id);
}

/** `AWS::EC2::SubnetCidrBlock`, which its subnet reads. */
export const subnetCidrBlock: Construct = {
  properties: ['SubnetId', 'Ipv6CidrBlock', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength'],
};
