/** Goes to test/hostile. Over IPv6 a VPN client keeps its address (semantics 14.3): hosts of the VPC can send to it. */
import { world6 } from '../support/world.ts';
import { each, neverHolds } from './verdict.ts';

neverHolds('IPv6 at Client VPN', [
  {
    says: 'what is routed to the interface of an association may go on to a client',
    network: world6({
      tables: [{ id: 'rtb-pub', routes: [] }],
      groups: [{ id: 'sg-vpn', vpc: 'vpc-a', in: ['all ::/0'], out: ['all ::/0'] }],
      clientVpns: [
        {
          id: 'cvpn-endpoint-1',
          families: 'dual-stack',
          at: ['subnet-s1'],
          routes: ['2600:1f18:a::/56 subnet-s1'],
          rules: ['::/0'],
          groups: ['sg-vpn'],
          ips: { 'subnet-s1': '10.0.1.77' },
        },
      ],
    }),
    edit: each('describe-network-interfaces', 'NetworkInterfaces', (nic) =>
      nic['Description'] === 'ClientVPN Endpoint resource'
        ? {
            ...nic,
            Ipv6Addresses: [{ Ipv6Address: '2600:1f18:a:1::77' }],
            Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f18:a:1:8000::/80' }],
          }
        : nic,
    ),
    property: 'forbid: { from: eni-i2, to: onprem }',
  },
]);
