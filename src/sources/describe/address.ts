/** describe-addresses: Elastic IP addresses. */
import type { Address as AwsAddress } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { address, type At, provenance, required, text } from './fields.ts';

export function readElasticAddress(at: At<AwsAddress>, findings: Findings): void {
  const shown = required(at, 'PublicIp');
  const publicIp = shown === undefined ? undefined : address(at, 'PublicIp');
  if (publicIp === undefined) return;
  findings.elasticAddresses.push({
    id: text(at, 'AllocationId') ?? shown!,
    publicIp,
    ...present({
      interface: text(at, 'NetworkInterfaceId'),
      privateIp: address(at, 'PrivateIpAddress'),
      interfaceOwner: text(at, 'NetworkInterfaceOwnerId'),
      account: at.in.account,
      region: at.in.region,
    }),
    source: provenance(at),
  });
}
