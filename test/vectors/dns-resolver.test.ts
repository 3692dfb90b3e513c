/** The Amazon resolver as a channel: semantics 13.1 to 13.5. */
import { proves } from '../support/proves.ts';
import { world, world6 } from '../support/world.ts';

proves([
  {
    id: '13.4',
    says: 'the resolver answers in a VPC without any way out',
    network: world({ igws: [{ gone: 'igw-a' }], tables: [{ id: 'rtb-pub', routes: [] }] }),
    lines: ['udp I1:40000 -> 10.0.0.2:53 => CONN at dns', 'udp I1:40000 -> 169.254.169.253:53 => CONN at dns'],
  },
  {
    id: '13.3',
    says: 'the resolver does not answer where enableDnsSupport is off',
    network: world({ vpcs: [{ id: 'vpc-a', dnsSupport: false }] }),
    lines: ['udp I1:40000 -> 10.0.0.2:53 => DENY', 'udp I1:40000 -> 169.254.169.253:53 => DENY'],
  },
  {
    id: '13.1',
    says: 'the resolver stands at base + 2 of the primary block alone, and at its IPv6 address',
    network: world6({ vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/16', '10.7.0.0/16', '2600:1f18:a::/56'] }] }),
    lines: [
      'udp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      'udp I1:40000 -> 10.7.0.2:53 => DENY',
      'udp I1.6:40000 -> [fd00:ec2::253]:53 => CONN at dns',
      'udp I1:40000 -> 10.0.0.3:53 => DENY',
    ],
  },
]);
