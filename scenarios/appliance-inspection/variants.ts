/** Inspection by appliances with one thing gone wrong. */
import { setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'ipv6-goes-round',
    fault: 'In one zone ::/0 leads to the internet gateway: the routes to the endpoint were written for IPv4 only.',
    edit: (network) =>
      setRoute(network, 'app-a', { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0a901000000000001' }),
  },
  {
    name: 'endpoint-without-ipv6',
    fault: 'The Gateway Load Balancer was made without IPv6, and the routes lead IPv6 there all the same.',
    edit(network) {
      network.LoadBalancers![0]!.IpAddressType = 'ipv4';
    },
  },
  {
    name: 'zone-without-appliance',
    fault: 'The appliance of the second zone was deregistered, and the balancer does not cross zones.',
    edit(network) {
      const [health] = network.LoadBalancerTargetHealth!;
      health!.TargetHealthDescriptions = health!.TargetHealthDescriptions.filter(
        ({ Target }) => Target!.Id !== 'i-0f10000000000000b',
      );
    },
  },
  {
    name: 'way-out-for-updates',
    fault: 'An appliance got a public address, and its subnet a way to the internet, to fetch its updates.',
    edit(network) {
      network.InternetGateways.push({
        InternetGatewayId: 'igw-05ec0000000000001',
        OwnerId: '111122223333',
        Attachments: [{ State: 'available' as 'attached', VpcId: 'vpc-05ec0000000000001' }],
        Tags: [{ Key: 'Name', Value: 'security' }],
      });
      setRoute(network, 'security', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-05ec0000000000001' });
      const [address] = named(network.NetworkInterfaces, 'fw-1').PrivateIpAddresses!;
      address!.Association = { PublicIp: '198.51.100.81', IpOwnerId: '111122223333' };
    },
  },
];
