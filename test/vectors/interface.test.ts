/** Interfaces and their addresses: semantics section 1. */
import { proves } from '../support/proves.ts';
import { world, world6 } from '../support/world.ts';

/** A host in the public subnet; the first address may have a public one. */
const host = (...ips: string[]) => ({ interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips, groups: ['sg-open'] }] });

proves([
  {
    id: '1.4',
    says: 'every address of an interface is its own: secondary and delegated ones receive and send',
    network: world({ interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10', '10.0.2.11', '10.0.2.32/28'] }] }),
    lines: [
      'tcp I1:40000 -> 10.0.2.11:443 => CONN at eni-i2',
      'tcp I1:40000 -> 10.0.2.32:443 => CONN at eni-i2',
      'tcp I1:40000 -> 10.0.2.47:443 => CONN at eni-i2',
      'tcp I1:40000 -> 10.0.2.48:443 => DENY',
      '@eni-i2 tcp 10.0.2.40:40000 -> I1:443 => CONN at eni-i1',
      '@eni-i2 tcp 10.0.2.48:40000 -> I1:443 => DENY@source-dest-check',
    ],
  },
  {
    id: '1.12',
    says: 'every address of a delegated IPv6 prefix is the interface’s',
    network: world6({ interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10', '2600:1f18:a:2:1::/80'] }] }),
    lines: [
      'tcp I1.6:40000 -> [2600:1f18:a:2:1:ffff:ffff:ffff]:443 => CONN at eni-i2',
      'tcp I1.6:40000 -> [2600:1f18:a:2:2::]:443 => DENY',
    ],
  },
  {
    id: '1.6',
    says: 'a secondary address without its own public address has no way through the internet gateway',
    network: world(host('10.0.9.10=198.51.100.1', '10.0.9.11')),
    lines: [
      'tcp P:40000 -> 203.0.113.5:443 => CONN at internet via igw-a',
      'tcp 10.0.9.11:40000 -> 203.0.113.5:443 => DENY@internet-gateway:IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    ],
  },
  {
    id: '1.5',
    says: 'each private address has a public mapping of its own',
    network: world(host('10.0.9.10', '10.0.9.11=198.51.100.2'), {
      groups: [{ id: 'sg-open', in: ['tcp 443 0.0.0.0/0'] }],
    }),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> 198.51.100.2:443 => CONN at eni-p',
      'tcp 10.0.9.11:40000 -> 203.0.113.5:443 => CONN',
      'tcp P:40000 -> 203.0.113.5:443 => DENY@internet-gateway',
    ],
  },
  {
    id: '1.7',
    says: 'network ACLs see the private address of the host and the true address of its peer',
    network: world(host('10.0.9.10=198.51.100.1'), {
      acls: [
        {
          id: 'acl-pub',
          vpc: 'vpc-a',
          in: ['100 allow tcp 443 203.0.113.0/24'],
          out: ['100 allow all 203.0.113.0/25'],
        },
      ],
      subnets: [{ id: 'subnet-pub', acl: 'acl-pub' }],
    }),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> 198.51.100.1:443 => CONN at eni-p',
      '@internet tcp 203.0.113.200:40000 -> 198.51.100.1:443 => PKT, return DENY@network-acl',
      '@internet tcp 192.0.2.1:40000 -> 198.51.100.1:443 => DENY@network-acl',
    ],
  },
  {
    id: '1.10',
    says: 'IPv6 is not translated, and is open both ways through an internet gateway',
    network: world6(host('2600:1f18:a:9::10')),
    lines: [
      'tcp P.6:40000 -> [2a00::1]:443 => CONN at internet via igw-a',
      '@internet tcp [2a00::1]:40000 -> P.6:443 => CONN at eni-p via igw-a',
    ],
  },
  {
    id: '1.11',
    says: 'DenyAllIgwTraffic shuts the internet out over IPv6 whatever the routes say',
    network: world6({
      interfaces: [
        { id: 'eni-p', subnet: 'subnet-pub', ips: ['2600:1f18:a:9::10'], groups: ['sg-open'], denyAllIgw: true },
      ],
    }),
    lines: ['@internet tcp [2a00::1]:40000 -> P.6:443 => DENY', 'tcp I1.6:40000 -> P.6:443 => CONN at eni-p'],
  },
  {
    id: '1.13',
    says: 'an address that no interface holds is a black hole',
    network: world(),
    lines: [
      'tcp I1:40000 -> 10.0.2.99:443 => DENY',
      'tcp I1:40000 -> 10.0.77.1:443 => DENY',
      'tcp I1:40000 -> 10.0.1.99:443 => DENY',
    ],
  },
  {
    id: '1.14',
    says: 'an interface with its check on sends from its own addresses alone',
    network: world(),
    lines: ['@eni-i1 tcp 10.0.1.11:40000 -> I2:443 => DENY@source-dest-check:ENI_SOURCE_DEST_CHECK_RESTRICTION'],
  },
  {
    id: '1.15',
    says: 'an interface with its check off may send from any address, and the answer goes to who holds it',
    network: world({
      interfaces: [
        { id: 'eni-i1', check: false },
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-open'] },
      ],
    }),
    lines: ['@eni-i1 udp 10.0.1.30:40000 -> I2:53 => PKT at eni-i2', 'udp I1:40000 -> I2:53 => CONN'],
  },
  {
    id: '1.16',
    says: 'an internet gateway rejects a source that no interface owns, check or no check',
    network: world({
      interfaces: [
        { id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-open'], check: false },
      ],
    }),
    lines: [
      '@eni-p tcp 10.0.9.99:40000 -> 203.0.113.5:443 => DENY@internet-gateway',
      '@eni-p tcp 192.0.2.7:40000 -> 203.0.113.5:443 => DENY@internet-gateway',
      'tcp P:40000 -> 203.0.113.5:443 => CONN',
    ],
  },
  {
    id: '1.17',
    says: 'each interface of an instance has its own subnet, groups and route table',
    network: world({
      interfaces: [
        { id: 'eni-i1', instance: 'i-two' },
        { id: 'eni-e1', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-egr'], instance: 'i-two' },
      ],
    }),
    lines: [
      'tcp E1:40000 -> 203.0.113.5:443 => CONN at internet',
      'tcp I1:40000 -> 203.0.113.5:443 => DENY@route-table',
      'tcp I2:40000 -> I1:22 => CONN at eni-i1',
      'tcp I2:40000 -> E1:22 => DENY@security-group',
    ],
  },
  {
    id: '1.21',
    says: 'a stopped instance may be started again',
    network: world({ states: [{ id: 'i-i2', state: 'stopped' }] }),
    lines: ['tcp I1:40000 -> I2:443 => UNKNOWN up:i-i2', 'tcp I2:40000 -> I1:443 => UNKNOWN up:i-i2'],
  },
  {
    id: '1.20',
    says: 'an interface attached to nothing neither sends nor receives',
    network: world({ interfaces: [{ id: 'eni-i2', instance: 'none' }] }),
    lines: ['tcp I1:40000 -> I2:443 => DENY', 'tcp I2:40000 -> I1:443 => DENY'],
  },
  {
    id: '1.23',
    says: 'link-local services answer whatever the routes say',
    network: world({ tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-gone blackhole'] }] }),
    lines: ['udp I1:123 -> 169.254.169.123:123 => CONN at link-local'],
  },
]);

/** A host that forges and a guest that translates what S1 sends to S2, each with its check off. */
const forging = {
  interfaces: [
    { id: 'eni-f', subnet: 'subnet-s1', ips: ['10.0.1.20'], groups: ['sg-open'], check: false },
    { id: 'eni-g', subnet: 'subnet-pub', ips: ['10.0.9.40'], groups: ['sg-open'], check: false },
  ],
  tables: [{ id: 'rtb-s1', routes: ['10.0.2.0/24 eni-g'] }],
};
const byGuest = '[forwards:eni-g,nat !passes:eni-f !forwards:eni-f !forwards:eni-f,nat] @eni-f';

proves([
  {
    id: '1.15, replies',
    says: 'a reply to a forged source ends at its holder, though a guest translated it on the way',
    network: world(forging),
    lines: [
      `${byGuest} tcp I1:40000 -> I2:443 => PKT at eni-i2 via eni-g`,
      `${byGuest} tcp F:40000 -> I2:443 => CONN at eni-i2 via eni-g`,
    ],
  },
  {
    id: '1.15, replies of its own',
    says: 'so does one to the address that the guest translates to, which is its own',
    network: world(forging),
    lines: [`${byGuest} tcp G:40000 -> I2:443 => PKT at eni-i2 via eni-g`],
  },
  {
    id: '1.15, routed replies',
    says: 'a reply comes back to the forger where a route behind the guest leads it there',
    network: world(forging, { tables: [{ id: 'rtb-pub', routes: ['10.0.1.0/24 eni-f'] }] }),
    lines: [
      `${byGuest} tcp I1:40000 -> I2:443 => CONN at eni-i2 via eni-g`,
      `${byGuest} tcp 192.168.7.7:40000 -> I2:443 => PKT at eni-i2 via eni-g`,
    ],
  },
]);
