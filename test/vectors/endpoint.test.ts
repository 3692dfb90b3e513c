/** Gateway and interface endpoints: semantics section 9. */
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const s3: Change = {
  lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15', '3.5.0.0/19'] }],
  gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-a', service: 's3', list: 'pl-s3', tables: ['rtb-s1'] }],
};

/** The same, and no call read AWS's list. */
const unread: Change = { ...s3, lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3' }] };

/** An interface endpoint in S2; its group has these inbound rules. */
const bedrock = (...rules: string[]): Change => ({
  groups: [{ id: 'sg-vpce', vpc: 'vpc-a', in: rules, out: [] }],
  interfaceEndpoints: [
    {
      id: 'vpce-br',
      vpc: 'vpc-a',
      service: 'bedrock-runtime',
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100'] }],
      groups: ['sg-vpce'],
    },
  ],
});

const publicly: Change = {
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
    id: 'T104',
    says: 'packets reach S3 by the gateway endpoint whatever its policy says',
    network: world(s3, {
      gatewayEndpoints: [
        {
          id: 'vpce-s3',
          policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::own/*"}]}',
        },
      ],
    }),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at service via vpce-s3',
      'tcp I1:40000 -> 3.5.0.1:80 => CONN at service',
      'tcp I1:40000 -> 8.8.8.8:443 => DENY@route-table',
    ],
  },
  {
    id: '9.3',
    says: 'a gateway endpoint serves the subnets whose tables hold its route',
    network: world(s3, publicly),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at service via vpce-s3',
      'tcp I2:40000 -> 52.216.1.1:443 => CONN at internet via igw-a',
      'tcp I1:40000 -> 203.0.113.5:443 => CONN at internet via igw-a',
    ],
  },
  {
    id: '9.7',
    says: 'a gateway endpoint takes TCP and echo requests alone',
    network: world(s3),
    lines: [
      'udp I1:40000 -> 52.216.1.1:443 => DENY@gateway-endpoint:VPCE_GATEWAY_PROTOCOL_RESTRICTION',
      'icmp I1 -> 52.216.1.1 type 8 code 0 => CONN at service',
      'icmp I1 -> 52.216.1.1 type 13 code 0 => DENY@gateway-endpoint',
      '50 I1 -> 52.216.1.1 => DENY@gateway-endpoint',
    ],
  },
  {
    id: '3.21',
    says: 'a gateway endpoint’s replies need the service’s addresses open in the network ACL',
    network: world(s3, {
      acls: [
        {
          id: 'acl-s1',
          vpc: 'vpc-a',
          in: ['100 allow tcp 1024-65535 52.216.0.0/15'],
          out: ['100 allow tcp 443 0.0.0.0/0'],
        },
      ],
      subnets: [{ id: 'subnet-s1', acl: 'acl-s1' }],
    }),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at service',
      'tcp I1:40000 -> 3.5.0.1:443 => PKT, return DENY@network-acl at service',
      'tcp I1:40000 -> 52.216.1.1:80 => DENY@network-acl',
    ],
  },
  {
    id: '9.5',
    says: 'groups admit a gateway endpoint’s service by its prefix list',
    network: world(s3, {
      groups: [{ id: 'sg-1', vpc: 'vpc-a', in: [], out: ['tcp 443 pl-s3'] }],
      interfaces: [{ id: 'eni-i1', groups: ['sg-1'] }],
    }),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at service',
      'tcp I1:40000 -> 52.216.1.1:80 => DENY@security-group',
    ],
  },
  {
    id: '4.14',
    says: 'a route with exactly an entry’s block wins over the gateway endpoint’s, and 0.0.0.0/0 does not',
    network: world(s3, publicly, { tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a', '52.216.0.0/15 igw-a'] }] }),
    lines: [
      'tcp I1:40000 -> 52.216.1.1:443 => CONN at internet via igw-a',
      'tcp I1:40000 -> 3.5.0.1:443 => CONN at service via vpce-s3',
    ],
  },
  {
    id: '9.39',
    says: 'a gateway endpoint’s list that nobody read holds no block of others, and may hold any other address',
    network: world(publicly, unread),
    lines: [
      'tcp I1:40000 -> 8.8.8.8:443 => CONN at internet via igw-a',
      '[unread:get-managed-prefix-list-entries:pl-s3@rtb-s1] tcp I1:40000 -> 8.8.8.8:443 => CONN at internet via igw-a',
      'tcp I1:40000 -> I2:443 => CONN at eni-i2',
      '[!unread:get-managed-prefix-list-entries:pl-s3@rtb-s1] tcp I1:40000 -> 52.216.1.1:443 => CONN at internet via igw-a',
      '[unread:get-managed-prefix-list-entries:pl-s3@rtb-s1] tcp I1:40000 -> 52.216.1.1:443 => CONN at service via vpce-s3',
    ],
  },
  {
    id: '9.8',
    says: 'the service never starts a flow',
    network: world(s3),
    lines: ['@internet tcp 52.216.1.1:443 -> I1:40000 => DENY'],
  },
  {
    id: 'T67',
    says: 'an interface endpoint’s group decides who may use it, from every subnet of the VPC',
    network: world(bedrock('tcp 443 10.0.1.0/24'), {
      subnets: [{ id: 'subnet-s3', vpc: 'vpc-a', cidrs: ['10.0.3.0/24'], zone: 'az2' }],
      interfaces: [{ id: 'eni-i2b', subnet: 'subnet-s3', ips: ['10.0.3.10'], groups: ['sg-open'] }],
    }),
    lines: [
      'tcp I1:40000 -> 10.0.2.100:443 => CONN at eni-br-s2',
      'tcp I2b:40000 -> 10.0.2.100:443 => DENY@security-group',
      'tcp I1:40000 -> 10.0.2.100:80 => DENY@security-group',
    ],
  },
  {
    id: '9.13',
    says: 'an interface endpoint answers no ping',
    network: world(bedrock('all 0.0.0.0/0')),
    lines: ['icmp I1 -> 10.0.2.100 type 8 code 0 => DENY', 'tcp I1:40000 -> 10.0.2.100:443 => CONN'],
  },
  {
    id: '9.12',
    says: 'network ACLs of both subnets stand before an interface endpoint',
    network: world(bedrock('tcp 443 0.0.0.0/0'), {
      acls: [{ id: 'acl-s2', vpc: 'vpc-a', in: ['100 allow tcp 443 10.0.0.0/16'], out: [] }],
      subnets: [{ id: 'subnet-s2', acl: 'acl-s2' }],
    }),
    lines: ['tcp I1:40000 -> 10.0.2.100:443 => PKT, return DENY@network-acl', 'tcp I2:40000 -> 10.0.2.100:443 => CONN'],
  },
  {
    id: '9.18',
    says: 'an interface endpoint starts nothing',
    network: world(bedrock('all 0.0.0.0/0')),
    lines: ['@eni-br-s2 tcp 10.0.2.100:443 -> I1:40000 => DENY'],
  },
  {
    id: 'T69',
    says: 'an interface endpoint in the default group serves its members alone',
    network: world(bedrock(), {
      groups: [
        { id: 'sg-vpce', in: ['all sg-vpce'], out: ['all 0.0.0.0/0'] },
        { id: 'sg-other', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
      ],
      interfaces: [
        { id: 'eni-i1', groups: ['sg-other'] },
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-vpce'] },
      ],
    }),
    lines: ['tcp I1:40000 -> 10.0.2.100:443 => DENY@security-group', 'tcp I3:40000 -> 10.0.2.100:443 => CONN'],
  },
  {
    id: '1.11 endpoint',
    says: 'an interface endpoint is out of the internet’s reach over IPv6',
    network: world6(bedrock('tcp 443 0.0.0.0/0', 'tcp 443 ::/0'), publicly, {
      tables: [{ id: 'rtb-s2', routes: ['::/0 igw-a'] }],
      interfaceEndpoints: [{ id: 'vpce-br', at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100', '2600:1f18:a:2::100'] }] }],
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10', '2600:1f18:a:1::10'] }],
    }),
    lines: [
      'tcp I1.6:40000 -> [2600:1f18:a:2::100]:443 => CONN at eni-br-s2',
      '@internet tcp [2a00::1]:40000 -> [2600:1f18:a:2::100]:443 => DENY',
    ],
  },
]);
