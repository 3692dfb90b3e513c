/** Dual-stack egress with one thing gone wrong. */
import { removeEntry, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'internet-gateway-for-ipv6',
    fault: '::/0 leads to the internet gateway, which lets IPv6 in as well as out.',
    edit: (network) =>
      setRoute(network, 'workers', { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0d500000000000001' }),
  },
  {
    name: 'nacl-without-ipv6',
    fault: 'The network ACL was written for IPv4 only; the last entry denies all IPv6.',
    edit(network) {
      removeEntry(network, 'workers', 'inbound', 110);
      removeEntry(network, 'workers', 'outbound', 110);
    },
  },
  {
    name: 'group-without-ipv6',
    fault: 'The security group admits 0.0.0.0/0 only, which no IPv6 packet matches.',
    edit(network) {
      named(network.SecurityGroups, 'worker').IpPermissionsEgress![0]!.Ipv6Ranges = [];
    },
  },
  {
    name: 'nat-in-private-subnet',
    fault: 'The subnet of the NAT gateway lost its route to the internet gateway.',
    edit: (network) =>
      setRoute(network, 'nat', { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-09a7000000000000a' }),
  },
];
