/** Network interfaces and instances as `aws ec2 describe-*` prints them. */
import { clientVpnInterfaces } from './aws-client-vpn.ts';
import type {
  NetworkInterface,
  NetworkInterfacePrivateIpAddress,
  NetworkInterfaceType,
  Reservation,
} from '@aws-sdk/client-ec2';
import { invariant } from '../../src/base/invariant.ts';
import { formatAddress } from '../../src/net/address.ts';
import { lastOf as lastAddress, parsePrefix } from '../../src/net/prefix.ts';
import { account, endpointInterface, instanceOf, natInterface, zoneId, zoneName } from './identity.ts';
import { labelOf } from './aws-load-balancer.ts';
import { isIpv6 } from './lines.ts';
import type { InterfaceSpec, Spec } from './spec.ts';

/** The interfaces of NAT gateways, endpoints and attachments, which their owners make. */
export function ownedInterfaces(spec: Spec): readonly InterfaceSpec[] {
  return [
    ...spec.nats.flatMap((nat) =>
      nat.subnet === undefined
        ? []
        : [
            {
              id: natInterface(nat),
              subnet: nat.subnet,
              ips: nat.ips,
              groups: [],
              check: false,
              type: 'nat_gateway',
              description: `Interface for NAT Gateway ${nat.id}`,
            },
          ],
    ),
    ...spec.interfaceEndpoints.flatMap((endpoint) =>
      endpoint.at.map(({ subnet, ips }) => ({
        id: endpointInterface(endpoint.id, subnet),
        subnet,
        ips,
        groups: endpoint.groups,
        type: 'vpc_endpoint',
        description: `VPC Endpoint Interface ${endpoint.id}`,
        denyAllIgw: ips.some(isIpv6),
      })),
    ),
    ...spec.opaque.flatMap(({ id, subnets = [] }) =>
      subnets.map((subnet) => ({
        id: `eni-${id}-${subnet.replace(/^subnet-/, '')}`,
        subnet,
        ips: [lastOf(spec, subnet)],
        groups: [],
        check: false,
        type: 'transit_gateway',
        description: `Network Interface for Transit Gateway Attachment tgw-attach-${id.slice(4)}`,
      })),
    ),
    ...spec.attachments.flatMap(({ id, subnets = [] }, position) =>
      subnets.map((subnet) => ({
        id: `eni-${id}-${subnet.replace(/^subnet-/, '')}`,
        subnet,
        // Attachments to several transit gateways may share a subnet.
        ips: [lastOf(spec, subnet, BigInt(position))],
        groups: [],
        check: false,
        type: 'transit_gateway',
        description: `Network Interface for Transit Gateway Attachment ${id}`,
      })),
    ),
    ...spec.balancers.flatMap((balancer) =>
      balancer.at.map(({ subnet, ips }) => ({
        id: endpointInterface(balancer.id, subnet),
        subnet,
        ips,
        groups: balancer.groups,
        type: nodeTypes[balancer.type],
        instance: 'service',
        description: `ELB ${labelOf(balancer)}`,
      })),
    ),
    ...clientVpnInterfaces(spec),
    ...spec.firewallEndpoints.map(({ id, subnet, ip }) => ({
      id: endpointInterface(id, subnet),
      subnet,
      ips: [ip],
      groups: [],
      check: false,
      type: 'gateway_load_balancer_endpoint',
      description: `VPC Endpoint Interface ${id}`,
    })),
  ];
}

const nodeTypes = {
  alb: 'interface',
  nlb: 'network_load_balancer',
  gwlb: 'gateway_load_balancer',
  clb: 'interface',
} as const;

/** The last address of the subnet that can be assigned, or one so many before it. */
function lastOf(spec: Spec, subnet: string, before = 0n): string {
  const prefix = parsePrefix(spec.subnets.find(({ id }) => id === subnet)!.cidrs[0]!)!;
  return formatAddress({ family: 'ipv4', value: lastAddress(prefix) - 1n - before });
}

export function describeInterface(spec: Spec, item: InterfaceSpec): NetworkInterface {
  const subnet = spec.subnets.find(({ id }) => id === item.subnet);
  invariant(subnet !== undefined, `the subnet of ${item.id} is in the network`);
  const single = item.ips.filter((ip) => !ip.includes('/'));
  const prefixes = item.ips.filter((ip) => ip.includes('/'));
  const ipv4 = single.filter((ip) => !isIpv6(ip)).map(privateAddress);
  const instance = instanceOf(item);
  const attached = item.instance !== 'none';
  return {
    NetworkInterfaceId: item.id,
    VpcId: subnet.vpc,
    SubnetId: subnet.id,
    AvailabilityZone: zoneName(subnet.zone),
    AvailabilityZoneId: zoneId(subnet.zone),
    OwnerId: account,
    RequesterManaged: instance === undefined && attached,
    InterfaceType: (item.type ?? 'interface') as NetworkInterfaceType,
    Description: item.description ?? '',
    Status: attached ? 'in-use' : 'available',
    SourceDestCheck: item.check ?? true,
    DenyAllIgwTraffic: item.denyAllIgw ?? false,
    Groups: item.groups.map((id) => ({ GroupId: id, GroupName: id.replace(/^sg-/, '') })),
    ...(ipv4[0] === undefined ? {} : { PrivateIpAddress: ipv4[0].PrivateIpAddress! }),
    ...(ipv4[0]?.Association !== undefined ? { Association: ipv4[0].Association } : {}),
    PrivateIpAddresses: ipv4,
    Ipv6Addresses: single.filter(isIpv6).map((address) => ({ Ipv6Address: address })),
    ...(prefixes.some((ip) => !isIpv6(ip))
      ? { Ipv4Prefixes: prefixes.filter((ip) => !isIpv6(ip)).map((prefix) => ({ Ipv4Prefix: prefix })) }
      : {}),
    ...(prefixes.some(isIpv6)
      ? { Ipv6Prefixes: prefixes.filter(isIpv6).map((prefix) => ({ Ipv6Prefix: prefix })) }
      : {}),
    ...(attached
      ? {
          Attachment: {
            AttachmentId: `eni-attach-${item.id}`,
            Status: 'attached',
            DeviceIndex: instance === undefined ? 0 : indexOf(spec, item, instance),
            ...(instance === undefined
              ? { InstanceOwnerId: 'amazon-aws' }
              : { InstanceId: instance, InstanceOwnerId: account }),
          },
        }
      : {}),
    TagSet: [],
  };
}

/** The first interface of an instance is its primary one. */
const indexOf = (spec: Spec, { id }: InterfaceSpec, instance: string): number =>
  Math.max(
    0,
    spec.interfaces.filter((one) => instanceOf(one) === instance).findIndex((one) => one.id === id),
  );

/** `10.0.1.10`, `10.0.1.10=198.51.100.1`, or `10.0.1.10~155.146.1.1` with an address of a carrier's. */
function privateAddress(text: string, position: number): NetworkInterfacePrivateIpAddress {
  const [inside, carrier] = text.split('~');
  const [address, mapped] = inside!.split('=');
  const plain = { PrivateIpAddress: address!, Primary: position === 0 };
  if (carrier !== undefined)
    return { ...plain, Association: { CarrierIp: carrier, IpOwnerId: account, AllocationId: `eipalloc-${carrier}` } };
  return mapped === undefined
    ? plain
    : { ...plain, Association: { PublicIp: mapped, IpOwnerId: account, AllocationId: `eipalloc-${mapped}` } };
}

export function describeInstances(spec: Spec): Reservation[] {
  const ids = new Set(spec.interfaces.map(instanceOf).filter((id) => id !== undefined));
  return [...ids].map((id) => {
    const interfaces = spec.interfaces.filter((item) => instanceOf(item) === id);
    const [first] = interfaces;
    const subnet = spec.subnets.find((item) => item.id === first!.subnet)!;
    return {
      ReservationId: id.replace(/^i-/, 'r-'),
      OwnerId: account,
      Groups: [],
      Instances: [
        {
          InstanceId: id,
          VpcId: subnet.vpc,
          SubnetId: subnet.id,
          State: { Name: (spec.states.find((item) => item.id === id)?.state ?? 'running') as 'running' },
          SourceDestCheck: first!.check ?? true,
          NetworkInterfaces: interfaces.map((item) => ({ NetworkInterfaceId: item.id, SubnetId: item.subnet })),
          Tags: [],
        },
      ],
    };
  });
}
