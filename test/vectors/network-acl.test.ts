/** Network ACLs: semantics section 3. */
import { proves } from '../support/proves.ts';
import { world, world6 } from '../support/world.ts';

const allow = ['100 allow all 0.0.0.0/0'];

/** One of the subnets has a network ACL of its own. */
const acl = (subnet: 'subnet-s1' | 'subnet-s2', inbound: readonly string[], out: readonly string[]) => ({
  acls: [{ id: `acl-${subnet}`, vpc: 'vpc-a', in: inbound, out }],
  subnets: [{ id: subnet, acl: `acl-${subnet}` }],
});

const neighbour = { interfaces: [{ id: 'eni-i1b', subnet: 'subnet-s1', ips: ['10.0.1.11'], groups: ['sg-open'] }] };

const publicly = {
  tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
  interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
};

proves([
  {
    id: 'T17',
    says: 'a network ACL is not evaluated inside a subnet',
    network: world(acl('subnet-s1', [], []), neighbour),
    lines: [
      'tcp I1:40000 -> I1b:443 => CONN at eni-i1b',
      'tcp I1:40000 -> I2:443 => DENY@network-acl:SUBNET_ACL_RESTRICTION',
      'tcp I2:40000 -> I1:443 => DENY@network-acl:SUBNET_ACL_RESTRICTION',
    ],
  },
  {
    id: 'T18',
    says: 'a reply needs an ephemeral port open in the network ACL',
    network: world(acl('subnet-s2', ['100 allow tcp 443 0.0.0.0/0'], [])),
    lines: ['tcp I1:40000 -> I2:443 => PKT, return DENY@network-acl', 'tcp I1:40000 -> I2:80 => DENY@network-acl'],
  },
  {
    id: 'T19',
    says: 'which client ports work is what the rule for replies says',
    network: world(acl('subnet-s2', ['100 allow tcp 443 0.0.0.0/0'], ['100 allow tcp 32768-60999 10.0.1.0/24'])),
    lines: [
      'tcp I1:32768 -> I2:443 => CONN',
      'tcp I1:60999 -> I2:443 => CONN',
      'tcp I1:61000 -> I2:443 => PKT, return DENY@network-acl',
      'tcp I1:32767 -> I2:443 => PKT, return DENY@network-acl',
    ],
  },
  {
    id: 'T20',
    says: 'the first matching rule decides: a deny before the allow',
    network: world(acl('subnet-s2', ['90 deny tcp 22 0.0.0.0/0', '100 allow all 0.0.0.0/0'], allow)),
    lines: ['tcp I1:40000 -> I2:22 => DENY@network-acl', 'tcp I1:40000 -> I2:23 => CONN'],
  },
  {
    id: 'T20 swapped',
    says: 'the first matching rule decides: an allow before the deny, in whatever order they are printed',
    network: world(acl('subnet-s2', ['100 deny tcp 22 0.0.0.0/0', '90 allow all 0.0.0.0/0'], allow)),
    lines: ['tcp I1:40000 -> I2:22 => CONN'],
  },
  {
    id: 'T21',
    says: 'an entry for IPv4 says nothing of IPv6',
    network: world6(acl('subnet-s2', allow, allow)),
    lines: ['tcp I1.6:40000 -> I2.6:443 => DENY@network-acl', 'tcp I1:40000 -> I2:443 => CONN'],
  },
  {
    id: '3.12',
    says: 'both families share one numbering and are evaluated apart',
    network: world6(
      acl(
        'subnet-s2',
        ['90 deny all 0.0.0.0/0', '100 allow tcp 443 ::/0', '110 deny all ::/0', '120 allow all 0.0.0.0/0'],
        ['100 allow all ::/0'],
      ),
    ),
    lines: [
      'tcp I1.6:40000 -> I2.6:443 => CONN',
      'tcp I1.6:40000 -> I2.6:80 => DENY@network-acl',
      'tcp I1:40000 -> I2:443 => DENY@network-acl',
    ],
  },
  {
    id: 'T22',
    says: 'a UDP packet leaves although no reply can come',
    network: world(publicly, acl('subnet-s1', ['100 deny all 0.0.0.0/0'], ['100 allow udp all 0.0.0.0/0'])),
    lines: [
      'udp I1:40000 -> 203.0.113.5:9999 => PKT, return DENY@network-acl at internet',
      'tcp I1:40000 -> 203.0.113.5:9999 => DENY@network-acl',
    ],
  },
  {
    id: 'T24',
    says: 'an outbound rule for the service port does not let replies out',
    network: world(acl('subnet-s2', ['100 allow tcp 443 0.0.0.0/0'], ['100 allow tcp 443 0.0.0.0/0'])),
    lines: ['tcp I1:40000 -> I2:443 => PKT, return DENY@network-acl', 'tcp I1:443 -> I2:443 => CONN'],
  },
  {
    id: 'T26',
    says: 'network ACLs do not filter the Amazon resolver nor the metadata service',
    network: world(acl('subnet-s1', ['100 deny udp 53 0.0.0.0/0'], ['100 deny all 0.0.0.0/0'])),
    lines: [
      'udp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      'tcp I1:40000 -> 169.254.169.254:80 => CONN at link-local',
      'udp I1:40000 -> I2:53 => DENY@network-acl',
    ],
  },
  {
    id: '3.7',
    says: 'inbound entries test the source, outbound entries the destination, and neither the other address',
    network: world(
      acl(
        'subnet-s1',
        ['100 allow all 10.0.2.0/24'],
        ['100 allow tcp 443 10.0.2.10/32', '110 allow tcp 1024-65535 10.0.2.0/24'],
      ),
      { interfaces: [{ id: 'eni-i3', subnet: 'subnet-s2', ips: ['10.0.2.30'], groups: ['sg-open'] }] },
    ),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I1:40000 -> I3:443 => DENY@network-acl',
      'tcp I3:1023 -> I1:22 => PKT, return DENY@network-acl',
      'tcp I3:1024 -> I1:22 => CONN',
    ],
  },
  {
    id: '3.9',
    says: 'ports of an entry for another protocol are ignored, and other protocols are told apart by number',
    network: world(acl('subnet-s2', ['100 allow 50 443 10.0.0.0/16', '110 allow icmp 8/-1 10.0.0.0/16'], allow)),
    lines: [
      '50 I1 -> I2 => CONN',
      '47 I1 -> I2 => DENY@network-acl',
      'icmp I1 -> I2 type 8 code 0 => CONN',
      'icmp I1 -> I2 type 13 code 0 => DENY@network-acl',
    ],
  },
  {
    id: '3.10',
    says: 'an echo reply is a type of its own to a network ACL',
    network: world(acl('subnet-s2', ['100 allow icmp 8/-1 0.0.0.0/0'], ['100 allow icmp 8/-1 0.0.0.0/0'])),
    lines: ['icmp I1 -> I2 type 8 code 0 => PKT, return DENY@network-acl'],
  },
  {
    id: '3.10 IPv6',
    says: 'an ICMPv6 echo reply is type 129',
    network: world6(acl('subnet-s2', ['100 allow icmpv6 128/-1 ::/0'], ['100 allow icmpv6 129/0 ::/0'])),
    lines: ['icmpv6 I1.6 -> I2.6 type 128 code 0 => CONN', 'icmpv6 I1.6 -> I2.6 type 135 code 0 => DENY@network-acl'],
  },
  {
    id: '3.11',
    says: 'the block of an entry is read with its host bits zeroed',
    network: world(acl('subnet-s2', ['100 allow all 10.0.1.77/24'], allow)),
    lines: ['tcp I1:40000 -> I2:443 => CONN'],
  },
  {
    id: '3.14',
    says: "both the workload's and the NAT gateway's subnet evaluate their network ACLs",
    network: world({
      acls: [
        {
          id: 'acl-nat',
          vpc: 'vpc-a',
          in: ['100 allow tcp 443 10.0.1.0/24', '110 allow tcp 1024-65535 0.0.0.0/0'],
          out: ['100 allow all 0.0.0.0/0'],
        },
      ],
      subnets: [{ id: 'subnet-pub', acl: 'acl-nat' }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] }],
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
    }),
    lines: [
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via nat-a',
      'tcp I1:40000 -> 203.0.113.5:80 => DENY@network-acl',
      'udp I1:40000 -> 203.0.113.5:443 => DENY@network-acl',
    ],
  },
  {
    id: '3.14 reply',
    says: "a NAT gateway's replies need its ephemeral range open in its subnet's network ACL",
    network: world({
      acls: [{ id: 'acl-nat', vpc: 'vpc-a', in: ['100 allow all 10.0.0.0/16'], out: ['100 allow all 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-pub', acl: 'acl-nat' }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] }],
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
    }),
    lines: ['tcp I1:40000 -> 203.0.113.5:443 => PKT, return DENY@network-acl'],
  },
  {
    id: '3.24',
    says: "a firewall endpoint's subnet evaluates its network ACL on the way in and again on the way out",
    network: world({
      subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f', acl: 'acl-f' }],
      tables: [
        { id: 'rtb-f', vpc: 'vpc-a', routes: [] },
        { id: 'rtb-s1', routes: ['10.0.2.0/24 vpce-fw'] },
        { id: 'rtb-s2', routes: ['10.0.1.0/24 vpce-fw'] },
      ],
      acls: [
        {
          id: 'acl-f',
          vpc: 'vpc-a',
          in: ['100 allow tcp 443 10.0.1.0/24', '110 allow tcp 80 10.0.1.0/24', '120 allow all 10.0.2.0/24'],
          out: ['100 allow tcp 443 10.0.2.0/24', '110 allow all 10.0.1.0/24'],
        },
      ],
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
    }),
    lines: [
      '[passes:vpce-fw] tcp I1:40000 -> I2:443 => CONN at eni-i2 via vpce-fw',
      '[passes:vpce-fw] tcp I1:40000 -> I2:80 => DENY@network-acl',
      '[passes:vpce-fw] tcp I1:40000 -> I2:22 => DENY@network-acl',
    ],
  },
]);
