/** describe-internet-gateways, describe-egress-only-internet-gateways and describe-nat-gateways. */
import type {
  EgressOnlyInternetGateway as AwsEgressOnlyInternetGateway,
  InternetGateway as AwsInternetGateway,
  InternetGatewayAttachment,
  NatGateway as AwsNatGateway,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { NatAddress } from '../../network/gateway.ts';
import { address, type At, flag, list, oneOf, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readInternetGateway(at: At<AwsInternetGateway>, findings: Findings): void {
  const id = required(at, 'InternetGatewayId');
  if (id === undefined) return;
  findings.internetGateways.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'internet-gateway',
    ...present({ vpc: attachedTo(list(at, 'Attachments')) }),
  });
}

export function readEgressOnlyInternetGateway(at: At<AwsEgressOnlyInternetGateway>, findings: Findings): void {
  const id = required(at, 'EgressOnlyInternetGatewayId');
  if (id === undefined) return;
  findings.egressOnlyInternetGateways.push({
    ...resource(at, id),
    kind: 'egress-only-internet-gateway',
    ...present({ vpc: attachedTo(list(at, 'Attachments')) }),
  });
}

/** AWS prints `available` for an internet gateway and `attached` for an egress-only one (semantics 5.1). */
function attachedTo(attachments: readonly At<InternetGatewayAttachment>[]): string | undefined {
  const attached = attachments.find((one) => ['available', 'attached', undefined].includes(text(one, 'State')));
  return attached && text(attached, 'VpcId');
}

export function readNatGateway(at: At<AwsNatGateway>, findings: Findings): void {
  const id = required(at, 'NatGatewayId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || vpc === undefined) return;
  findings.natGateways.push({
    ...resource(at, id),
    kind: 'nat-gateway',
    vpc,
    availabilityMode: oneOf(at, 'AvailabilityMode', ['zonal', 'regional']) ?? 'zonal',
    connectivity: oneOf(at, 'ConnectivityType', ['public', 'private']) ?? 'public',
    state: text(at, 'State') ?? 'available',
    addresses: addressesOf(at),
    ...present({ subnet: text(at, 'SubnetId'), routeTable: text(at, 'RouteTableId') }),
  });
}

function addressesOf(at: At<AwsNatGateway>): readonly NatAddress[] {
  const works = list(at, 'NatGatewayAddresses').filter((one) => ['succeeded', undefined].includes(text(one, 'Status')));
  const primaryFirst = [
    ...works.filter((one) => flag(one, 'IsPrimary') === true),
    ...works.filter((one) => flag(one, 'IsPrimary') !== true),
  ];
  return primaryFirst.map((one) =>
    present({
      privateIp: address(one, 'PrivateIp'),
      publicIp: address(one, 'PublicIp'),
      interface: text(one, 'NetworkInterfaceId'),
      zone: text(one, 'AvailabilityZoneId') ?? text(one, 'AvailabilityZone'),
    }),
  );
}
