/** Internet gateways, egress-only ones, carrier gateways, NAT gateways and Elastic IP addresses. */
import { Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { attachmentBeside, attachmentIn, internetGateways } from './gateway-attachment.ts';
import { added } from './beside.ts';
import {
  each,
  filled,
  type Given,
  hanging,
  isConfigured,
  link,
  links,
  onceKnown,
  same,
  tags,
  text,
  told,
  type Translation,
  value,
} from './translation.ts';

export const internetGateway: Translation = (at) => [
  told(at, 'AWS::EC2::InternetGateway', { Tags: tags(at) }),
  ...attachmentIn(at, internetGateways),
];

export const internetGatewayAttachment = attachmentBeside(internetGateways);

/** Egress-only internet gateways and carrier gateways: of one VPC for good. */
export const gatewayOf =
  (type: string): Translation =>
  (at) => [told(at, type, { VpcId: link(at, 'vpc_id', 'vpc'), Tags: tags(at) })];

export const natGateway: Translation = (at) => [
  told(at, 'AWS::EC2::NatGateway', {
    SubnetId: link(at, 'subnet_id', 'subnet'),
    VpcId: link(at, 'vpc_id', 'vpc'),
    AllocationId: link(at, 'allocation_id', 'eip'),
    ...same(at, 'connectivity_type', 'availability_mode'),
    PrivateIpAddress: value(at, 'private_ip'),
    PublicIp: onceKnown(value(at, 'public_ip')),
    SecondaryAllocationIds: filled(secondary(at)),
    SecondaryPrivateIpAddresses: filled(value(at, 'secondary_private_ip_addresses')),
    SecondaryPrivateIpAddressCount: onceKnown(value(at, 'secondary_private_ip_address_count')),
    AvailabilityZoneAddresses: each(at, 'availability_zone_address', (block) => ({
      AllocationIds: links(block, 'allocation_ids', ['eip'], { every: true }),
      ...same(block, 'availability_zone', 'availability_zone_id'),
    })),
    Tags: tags(at),
  }),
];

/** Further addresses: its own, and those that are associated with it beside. */
function secondary(at: Given): readonly Value[] {
  const shown = links(at, 'secondary_allocation_ids', ['eip'], { every: true }) ?? [];
  const taken = new Set(apart(at, [association], 'nat_gateway_id', text(at, 'id')).map((one) => one.allocation_id));
  const first = (Array.isArray(shown) ? (shown as readonly Value[]) : [shown]).filter(
    (one) => !taken.has(one as string),
  );
  const more = added(
    at,
    association,
    { by: ['nat_gateway_id', 'nat-gateway'] },
    (beside) => link(beside, 'allocation_id', 'eip') ?? new Unknown('known after apply'),
    () => new Unknown('an address may be associated with it'),
  );
  return [...first, ...more];
}

const association = 'aws_nat_gateway_eip_association';

export const elasticAddress: Translation = (at) => {
  const beside = apart(at, ['aws_eip_association'], 'allocation_id', text(at, 'id'), text(at, 'allocation_id'));
  const shown = beside.length === 0;
  const ofInstance = shown || isConfigured(at, 'instance') === true;
  const ofInterface = shown || isConfigured(at, 'network_interface') === true;
  const held = natHolds(at);
  return [
    told(
      at,
      'AWS::EC2::EIP',
      {
        Domain: onceKnown(value(at, 'domain')),
        InstanceId: ofInstance && !held ? link(at, 'instance', 'instance') : undefined,
        NetworkInterfaceId: ofInterface && !held ? link(at, 'network_interface', 'network-interface') : undefined,
        PrivateIpAddress: held ? undefined : onceKnown(value(at, 'associate_with_private_ip')),
        PublicIp: onceKnown(value(at, 'public_ip')),
        ...same(at, 'public_ipv4_pool', 'network_border_group'),
        Tags: tags(at),
      },
      text(at, 'allocation_id') === undefined ? 'id' : 'allocation_id',
    ),
  ];
};

/** The interface that an address shows is a NAT gateway's, which names the address itself. */
const natHolds = (at: Given): boolean => {
  const nic = text(at, 'network_interface');
  return nic !== undefined && apart(at, ['aws_nat_gateway'], 'network_interface_id', nic).length > 0;
};

export const elasticAddressAssociation: Translation = (at) => [
  hanging('AWS::EC2::EIPAssociation', {
    AllocationId: link(at, 'allocation_id', 'eip'),
    InstanceId: link(at, 'instance_id', 'instance'),
    NetworkInterfaceId: link(at, 'network_interface_id', 'network-interface'),
    PrivateIpAddress: onceKnown(value(at, 'private_ip_address')),
    PublicIp: onceKnown(value(at, 'public_ip')),
  }),
];
