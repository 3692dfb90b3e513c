/** Security groups: semantics section 2. */
import { proves } from '../support/proves.ts';
import { world, world6 } from '../support/world.ts';

/** I2 has one group, with these inbound rules and no outbound ones. */
const inbound = (...rules: string[]) => ({
  groups: [{ id: 'sg-2', vpc: 'vpc-a', in: rules, out: [] }],
  interfaces: [{ id: 'eni-i2', groups: ['sg-2'] }],
});

/** I1 has one group, with these outbound rules and no inbound ones. */
const outbound = (...rules: string[]) => ({
  groups: [{ id: 'sg-1', vpc: 'vpc-a', in: [], out: rules }],
  interfaces: [{ id: 'eni-i1', groups: ['sg-1'] }],
});

/** I1 and I2 have public addresses and routes to the internet gateway. */
const publicly = {
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 igw-a'] },
  ],
  interfaces: [
    { id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] },
    { id: 'eni-i2', ips: ['10.0.2.10=198.51.100.2'] },
  ],
};

proves([
  {
    id: 'T01',
    says: 'a reply passes a group without inbound rules',
    network: world({ interfaces: [{ id: 'eni-i1', groups: ['sg-egr'] }] }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN at eni-i2',
      'udp I1:40000 -> I2:53 => CONN',
      'icmp I1 -> I2 type 8 code 0 => CONN',
      'tcp I2:40000 -> I1:443 => DENY@security-group',
    ],
  },
  {
    id: 'T02',
    says: 'a group with no rules lets nothing start in either direction',
    network: world({ interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] }),
    lines: [
      'tcp I1:40000 -> I2:443 => DENY@security-group:SG_HAS_NO_RULES',
      '50 I1 -> I2 => DENY@security-group',
      'icmp I1 -> I2 type 8 code 0 => DENY@security-group',
      'tcp I2:40000 -> I1:443 => DENY@security-group:SG_HAS_NO_RULES',
    ],
  },
  {
    id: 'T03',
    says: 'members of the default group reach each other by its rule that names itself',
    network: world({
      groups: [{ id: 'sg-default', vpc: 'vpc-a', in: ['all sg-default'], out: ['all 0.0.0.0/0'] }],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-default'] },
        { id: 'eni-i2', groups: ['sg-default'] },
        { id: 'eni-i3', subnet: 'subnet-s2', ips: ['10.0.2.30'], groups: ['sg-open'] },
      ],
    }),
    lines: [
      'tcp I1:40000 -> I2:22 => CONN',
      'tcp I2:40000 -> I1:9999 => CONN',
      '47 I2 -> I1 => CONN',
      'tcp I3:40000 -> I1:443 => DENY@security-group',
    ],
  },
  {
    id: '2.24',
    says: 'membership alone gives nothing without a rule that names the group',
    network: world({
      interfaces: [
        { id: 'eni-i1', groups: ['sg-egr'] },
        { id: 'eni-i2', groups: ['sg-egr'] },
      ],
    }),
    lines: ['tcp I1:40000 -> I2:443 => DENY@security-group'],
  },
  {
    id: '2.2',
    says: 'an interface has the rules of all its groups',
    network: world({
      groups: [
        { id: 'sg-web', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: [] },
        { id: 'sg-ssh', vpc: 'vpc-a', in: ['tcp 22 10.0.1.0/24'], out: [] },
      ],
      interfaces: [{ id: 'eni-i2', groups: ['sg-web', 'sg-ssh', 'sg-none'] }],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I1:40000 -> I2:22 => CONN',
      'tcp I1:40000 -> I2:80 => DENY@security-group:ENI_SG_RULES_MISMATCH',
    ],
  },
  {
    id: 'T06',
    says: 'ports of a rule for another protocol than TCP, UDP and ICMP are ignored',
    network: world(inbound('50 443 10.0.1.0/24')),
    lines: [
      '50 I1 -> I2 => CONN',
      '51 I1 -> I2 => DENY@security-group',
      'tcp I1:40000 -> I2:443 => DENY@security-group',
    ],
  },
  {
    id: 'T07',
    says: 'an ICMP rule with a type and any code admits that type alone, and replies pass by state',
    network: world(inbound('icmp 8/-1 10.0.1.0/24'), { groups: [{ id: 'sg-2', out: ['icmp all 0.0.0.0/0'] }] }),
    lines: [
      'icmp I1 -> I2 type 8 code 0 => CONN',
      'icmp I1 -> I2 type 13 code 0 => DENY@security-group',
      'icmp I2 -> I1 type 8 code 0 => CONN',
    ],
  },
  {
    id: '2.10',
    says: 'an ICMP rule with type and code admits that code alone',
    network: world(inbound('icmp 3/4 0.0.0.0/0')),
    lines: ['icmp I1 -> I2 type 3 code 3 => DENY@security-group', 'icmp I1 -> I2 type 8 code 4 => DENY@security-group'],
  },
  {
    id: '2.9',
    says: 'a port range is inclusive and speaks of the destination port',
    network: world(inbound('tcp 8000-8100 10.0.0.0/16', 'udp 53 10.0.0.0/16')),
    lines: [
      'tcp I1:1 -> I2:8000 => CONN',
      'tcp I1:65535 -> I2:8100 => CONN',
      'tcp I1:8000 -> I2:7999 => DENY@security-group',
      'tcp I1:8000 -> I2:8101 => DENY@security-group',
      'udp I1:8000 -> I2:8000 => DENY@security-group',
      'udp I1:40000 -> I2:53 => CONN',
    ],
  },
  {
    id: '2.12',
    says: 'the source of an inbound rule is tested to its last bit',
    network: world(inbound('tcp 443 10.0.1.10/32', 'tcp 80 10.0.1.0/29'), {
      interfaces: [
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.11', '10.0.1.7', '10.0.1.8'], groups: ['sg-open'] },
      ],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I3:40000 -> I2:443 => DENY@security-group',
      'tcp 10.0.1.7:40000 -> I2:80 => CONN',
      'tcp 10.0.1.8:40000 -> I2:80 => DENY@security-group',
    ],
  },
  {
    id: '2.3',
    says: 'an outbound rule tests the destination and its port',
    network: world(outbound('tcp 443 10.0.2.0/24'), {
      interfaces: [{ id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-open'] }],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I1:443 -> I2:80 => DENY@security-group',
      'tcp I1:40000 -> I3:443 => DENY@security-group',
    ],
  },
  {
    id: 'T08',
    says: 'a rule for 0.0.0.0/0 leaves IPv6 closed',
    network: world6(inbound('all 0.0.0.0/0')),
    lines: ['tcp I1.6:40000 -> I2.6:443 => DENY@security-group', 'tcp I1:40000 -> I2:443 => CONN'],
  },
  {
    id: '2.13',
    says: 'a rule for ::/0 leaves IPv4 closed, and ICMP is not ICMPv6',
    network: world6(inbound('tcp 443 ::/0', 'icmp all ::/0', 'icmpv6 128 ::/0')),
    lines: [
      'tcp I1.6:40000 -> I2.6:443 => CONN',
      'tcp I1:40000 -> I2:443 => DENY@security-group',
      'icmpv6 I1.6 -> I2.6 type 128 code 0 => CONN',
      'icmpv6 I1.6 -> I2.6 type 135 code 0 => DENY@security-group',
      'icmp I1 -> I2 type 8 code 0 => DENY@security-group',
    ],
  },
  {
    id: '2.30',
    says: 'a reply passes over IPv6 as over IPv4',
    network: world6({ interfaces: [{ id: 'eni-i1', groups: ['sg-egr'] }] }),
    lines: ['tcp I1.6:40000 -> I2.6:443 => CONN at eni-i2', 'tcp I2.6:40000 -> I1.6:443 => DENY@security-group'],
  },
  {
    id: 'T09',
    says: 'a rule for a prefix list admits the addresses of its entries',
    network: world(publicly, outbound('tcp 443 pl-s3'), {
      lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15', '3.5.0.0/19'] }],
    }),
    lines: [
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@security-group',
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at internet',
      'tcp I1:40000 -> 3.5.31.255:443 => CONN',
      'tcp I1:40000 -> 3.5.32.0:443 => DENY@security-group',
      'tcp I1:40000 -> 52.216.1.1:80 => DENY@security-group',
    ],
  },
  {
    id: '9.39',
    says: 'a list of AWS’s own that nobody read holds no block of others',
    network: world(publicly, outbound('tcp 443 pl-s3'), {
      lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3' }],
    }),
    lines: [
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@security-group',
      '[unread:get-managed-prefix-list-entries:pl-s3] tcp I1:40000 -> 8.8.8.8:443 => DENY@security-group',
      'tcp I1:40000 -> 52.216.1.1:443 => UNKNOWN unread:get-managed-prefix-list-entries:pl-s3',
    ],
  },
  {
    id: '2.14 unread',
    says: 'a customer’s list that nobody read may hold any address',
    network: world(publicly, outbound('tcp 443 pl-own'), { lists: [{ id: 'pl-own', name: 'partners' }] }),
    lines: ['tcp I1:40000 -> 8.8.8.8:443 => UNKNOWN unread:get-managed-prefix-list-entries:pl-own'],
  },
  {
    id: '2.14',
    says: 'an empty prefix list matches nothing',
    network: world(inbound('all pl-empty'), { lists: [{ id: 'pl-empty', entries: [] }] }),
    lines: ['tcp I1:40000 -> I2:443 => DENY@security-group'],
  },
  {
    id: '2.15',
    says: 'a reference to a group admits every private address of its members, secondary and delegated ones too',
    network: world6(inbound('tcp 443 sg-app'), {
      groups: [{ id: 'sg-app', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0', 'all ::/0'] }],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-app'], ips: ['10.0.1.10', '10.0.1.11', '10.0.1.64/28', '2600:1f18:a:1::10'] },
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.80'], groups: ['sg-open'] },
      ],
    }),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp 10.0.1.11:40000 -> I2:443 => CONN',
      'tcp 10.0.1.79:40000 -> I2:443 => CONN',
      'tcp I3:40000 -> I2:443 => DENY@security-group',
      'tcp I1:40000 -> I2:80 => DENY@security-group',
      'tcp I1.6:40000 -> I2.6:443 => CONN',
    ],
  },
  {
    id: '2.15 out',
    says: 'an outbound reference admits the members of the group as destinations',
    network: world(outbound('tcp 443 sg-db'), {
      groups: [{ id: 'sg-db', vpc: 'vpc-a', in: ['all 10.0.0.0/16'], out: [] }],
      interfaces: [
        { id: 'eni-i2', groups: ['sg-db'] },
        { id: 'eni-i3', subnet: 'subnet-s2', ips: ['10.0.2.30'], groups: ['sg-open'] },
      ],
    }),
    lines: ['tcp I1:40000 -> I2:443 => CONN', 'tcp I1:40000 -> I3:443 => DENY@security-group'],
  },
  {
    id: '2.16',
    says: 'a reference never matches the public address of a member',
    network: world(publicly, inbound('tcp 443 sg-open', 'tcp 80 198.51.100.1/32')),
    lines: [
      'tcp I1:40000 -> I2:443 => CONN',
      'tcp I1:40000 -> I2.pub:443 => DENY@security-group',
      'tcp I1:40000 -> I2.pub:80 => CONN at eni-i2 via igw-a',
      'tcp I1:40000 -> I2:80 => DENY@security-group',
    ],
  },
  {
    id: '2.17',
    says: 'a reference stops matching once a firewall endpoint lies between',
    network: world(inbound('tcp 443 sg-open', 'tcp 80 10.0.1.0/24'), {
      subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' }],
      tables: [
        { id: 'rtb-f', vpc: 'vpc-a', routes: [] },
        { id: 'rtb-s1', routes: ['10.0.2.0/24 vpce-fw'] },
        { id: 'rtb-s2', routes: ['10.0.1.0/24 vpce-fw'] },
      ],
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.4.10' }],
    }),
    lines: [
      '[passes:vpce-fw] tcp I1:40000 -> I2:443 => DENY@security-group',
      '[passes:vpce-fw] tcp I1:40000 -> I2:80 => CONN at eni-i2 via vpce-fw',
    ],
  },
  {
    id: '2.26',
    says: 'the members of a group that is not in the input may be declared by their block',
    network: world(inbound('tcp 443 sg-far@444455556666')),
    lines: [
      '[members:sg-far=10.0.1.0/28] tcp I1:40000 -> I2:443 => CONN at eni-i2',
      '[members:sg-far=10.0.1.128/28] tcp I1:40000 -> I2:443 => DENY@security-group',
      'tcp I1:40000 -> I2:443 => UNKNOWN members:sg-far',
    ],
  },
  {
    id: 'T14',
    says: 'a stale reference matches nothing',
    network: world(inbound('all sg-gone!pcx-gone')),
    lines: ['tcp I1:40000 -> I2:443 => DENY@security-group'],
  },
  {
    id: '2.34',
    says: 'what is sent of another protocol is answered whatever the inbound rules say',
    network: world({ interfaces: [{ id: 'eni-i1', groups: ['sg-egr'] }] }),
    lines: ['47 I1 -> I2 => CONN', '47 I2 -> I1 => DENY@security-group'],
  },
  {
    id: 'T15',
    says: 'groups do not filter the Amazon resolver, and do filter every other name server',
    network: world(publicly, { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] }),
    lines: [
      'udp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      'tcp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      'udp I1:40000 -> 169.254.169.253:53 => CONN at dns',
      'udp I1:40000 -> 8.8.8.8:53 => DENY@security-group',
    ],
  },
  {
    id: 'T16',
    says: 'groups do not filter the metadata service',
    network: world({ interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] }),
    lines: ['tcp I1:40000 -> 169.254.169.254:80 => CONN at link-local'],
  },
  {
    id: 'T100',
    says: "a pod's branch interface has its own groups, not its node's",
    network: world(inbound('tcp 5432 sg-node'), {
      groups: [
        { id: 'sg-node', vpc: 'vpc-a', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] },
        { id: 'sg-pod', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
      ],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-node'], type: 'trunk', instance: 'i-node' },
        { id: 'eni-pod', subnet: 'subnet-s1', ips: ['10.0.1.90'], groups: ['sg-pod'], type: 'branch' },
      ],
    }),
    lines: ['tcp Pod:40000 -> I2:5432 => DENY@security-group', 'tcp I1:40000 -> I2:5432 => CONN'],
  },
]);
