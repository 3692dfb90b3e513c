/** describe-addresses: Elastic IP addresses. */
import type { Address as AwsAddress } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { address, type At, provenance, text } from './fields.ts';

export function readElasticAddress(at: At<AwsAddress>, findings: Findings): void {
  const id = text(at, 'AllocationId') ?? text(at, 'PublicIp') ?? at.place;
  const publicIp = address(at, 'PublicIp');
  const carrierIp = address(at, 'CarrierIp');
  if (publicIp === undefined) {
    if (carrierIp !== undefined)
      findings.carrierAddresses.push({
        id,
        carrierIp,
        ...present({ interface: text(at, 'NetworkInterfaceId'), privateIp: address(at, 'PrivateIpAddress') }),
        source: provenance(at),
      });
    else if (text(at, 'PublicIp') === undefined)
      findings.notModelled.push({
        kind: 'elastic-ip',
        id,
        status: 'not-modelled',
        why: 'it is an address of a customer’s own pool, which no internet gateway maps',
        affects: 'flows through local gateways',
        source: provenance(at),
      });
    return;
  }
  findings.elasticAddresses.push({
    id,
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
