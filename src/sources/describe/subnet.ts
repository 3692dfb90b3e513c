/** describe-subnets. */
import type { Subnet as AwsSubnet } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import { blockMode } from './block-public-access.ts';
import { type At, flag, inner, list, prefix, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { isAssociated } from './vpc.ts';

export function readSubnet(at: At<AwsSubnet>, findings: Findings): void {
  const id = required(at, 'SubnetId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || vpc === undefined) return;
  const zone = text(at, 'AvailabilityZone');
  const zoneId = text(at, 'AvailabilityZoneId');
  findings.subnets.push({
    ...resource(at, id, { account: text(at, 'OwnerId'), arn: text(at, 'SubnetArn'), zone }),
    kind: 'subnet',
    vpc,
    cidrs: blocksOf(at),
    zone: zoneId ?? zone ?? '',
    mapPublicIpOnLaunch: flag(at, 'MapPublicIpOnLaunch') ?? false,
    assignIpv6AddressOnCreation: flag(at, 'AssignIpv6AddressOnCreation') ?? false,
    enableDns64: flag(at, 'EnableDns64') ?? false,
    ipv6Native: flag(at, 'Ipv6Native') ?? false,
    ...present({
      internetGatewayBlockMode: blockMode(at),
      zoneName: zoneId === undefined ? undefined : zone,
    }),
  });
}

function blocksOf(at: At<AwsSubnet>): readonly Prefix[] {
  const blocks = [prefix(at, 'CidrBlock')];
  for (const block of list(at, 'Ipv6CidrBlockAssociationSet'))
    if (isAssociated(inner(block, 'Ipv6CidrBlockState'))) blocks.push(prefix(block, 'Ipv6CidrBlock'));
  return blocks.filter((block) => block !== undefined);
}
