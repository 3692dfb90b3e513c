/** describe-internet-gateways, describe-egress-only-internet-gateways and describe-nat-gateways. */
import type {
  EgressOnlyInternetGateway as AwsEgressOnlyInternetGateway,
  InternetGateway as AwsInternetGateway,
  InternetGatewayAttachment,
  NatGateway as AwsNatGateway,
  NatGatewayAddress as AwsNatGatewayAddress,
  VpcAttachment,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { NatAddress } from '../../network/gateway.ts';
import { type Condition, conditionOf } from '../../network/state.ts';
import { address, type At, flag, list, oneOf, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readInternetGateway(at: At<AwsInternetGateway>, findings: Findings): void {
  const id = required(at, 'InternetGatewayId');
  if (id === undefined) return;
  findings.internetGateways.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'internet-gateway',
    ...attachmentOf(list(at, 'Attachments')),
  });
}

export function readEgressOnlyInternetGateway(at: At<AwsEgressOnlyInternetGateway>, findings: Findings): void {
  const id = required(at, 'EgressOnlyInternetGatewayId');
  if (id === undefined) return;
  findings.egressOnlyInternetGateways.push({
    ...resource(at, id),
    kind: 'egress-only-internet-gateway',
    ...attachmentOf(list(at, 'Attachments')),
  });
}

/** The VPC, and the state of the attachment unless it is in place; none where the gateway is detached. */
export function attachmentOf(attachments: readonly At<InternetGatewayAttachment | VpcAttachment>[]): {
  vpc?: string;
  state?: string;
} {
  const of = (condition: Condition) =>
    attachments.find((one) => conditionOf(text(one, 'State') ?? 'attached') === condition);
  const inPlace = of('works');
  if (inPlace !== undefined) return present({ vpc: text(inPlace, 'VpcId') });
  const changing = of('changing');
  return changing === undefined ? {} : present({ vpc: text(changing, 'VpcId'), state: text(changing, 'State') });
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
  const statusOf = (one: At<AwsNatGatewayAddress>): string => text(one, 'Status') ?? 'succeeded';
  const held = list(at, 'NatGatewayAddresses').filter((one) => conditionOf(statusOf(one)) !== 'idle');
  const primaryFirst = [
    ...held.filter((one) => flag(one, 'IsPrimary') === true),
    ...held.filter((one) => flag(one, 'IsPrimary') !== true),
  ];
  return primaryFirst.map((one) =>
    present({
      privateIp: address(one, 'PrivateIp'),
      publicIp: address(one, 'PublicIp'),
      interface: text(one, 'NetworkInterfaceId'),
      zone: text(one, 'AvailabilityZoneId') ?? text(one, 'AvailabilityZone'),
      state: conditionOf(statusOf(one)) === 'works' ? undefined : statusOf(one),
    }),
  );
}
