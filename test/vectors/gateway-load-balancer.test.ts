/** Gateway Load Balancers: what comes in by an endpoint, and which appliance gives it back, or sends it on (semantics 9.24, 9.25, section 11). */
import { balancerNamed } from '../support/aws-load-balancer.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import type { Vector } from '../support/vector.ts';
import { world, world6 } from '../support/world.ts';

/** S1's way out goes by `vpce-in`, behind which `i-app` inspects, to the NAT gateway, and back the same way. */
const inspected: Change = {
  subnets: [
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-app', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1', table: 'rtb-app', acl: 'acl-app' },
    { id: 'subnet-app2', vpc: 'vpc-a', cidrs: ['10.0.6.0/24'], zone: 'az2', table: 'rtb-app' },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-in'] },
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 nat-a'] },
    { id: 'rtb-app', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 vpce-in'] },
  ],
  acls: [{ id: 'acl-app', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] }],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  groups: [{ id: 'sg-geneve', vpc: 'vpc-a', in: ['udp 6081 10.0.0.0/16'], out: ['udp 6081 10.0.0.0/16'] }],
  interfaces: [
    { id: 'eni-app', subnet: 'subnet-app', ips: ['10.0.5.20'], groups: ['sg-geneve'], instance: 'i-app' },
    { id: 'eni-app2', subnet: 'subnet-app2', ips: ['10.0.6.20'], groups: ['sg-geneve'], instance: 'i-app2' },
  ],
  balancers: [
    {
      id: 'inspect',
      type: 'gwlb',
      groups: [],
      at: [
        { subnet: 'subnet-f', ips: ['10.0.4.41'] },
        { subnet: 'subnet-app2', ips: ['10.0.6.41'] },
      ],
      listeners: ['GENEVE appliances'],
    },
  ],
  targetGroups: [{ id: 'appliances', vpc: 'vpc-a', protocol: 'GENEVE', port: 6081, targets: ['i-app'] }],
  services: [{ id: 'vpce-svc-1', balancers: ['inspect'], families: ['ipv4', 'ipv6'] }],
  firewallEndpoints: [{ id: 'vpce-in', subnet: 'subnet-f', ip: '10.0.4.60', service: 'vpce-svc-1' }],
};

const network = (...more: readonly Change[]) => world(inspected, ...more);
const elsewhere: Change = { targetGroups: [{ id: 'appliances', targets: ['i-app2'] }] };
const crossing: Change = { balancers: [{ id: 'inspect', crossZone: true }] };
const arn = balancerNamed(network(), 'inspect');
const out = 'tcp I1:40000 -> 1.1.1.1:443';
/** The appliances do nothing but give back. */
const quiet = '!passes:eni-app !passes:eni-app2';

/** The second interface of `i-app` has a way out of its own; the endpoint's subnet has none. */
const twoArmed: Change = {
  interfaces: [
    {
      id: 'eni-app-out',
      subnet: 'subnet-pub',
      ips: ['10.0.9.20=198.51.100.20'],
      groups: ['sg-open'],
      instance: 'i-app',
    },
  ],
  tables: [{ id: 'rtb-f', routes: [] }],
};

/** IPv6 takes the same way, to the internet gateway. */
const six: Change = {
  subnets: [
    { id: 'subnet-f', cidrs: ['10.0.4.0/24', '2600:1f18:a:4::/64'] },
    { id: 'subnet-pub', cidrs: ['10.0.9.0/24', '2600:1f18:a:9::/64'] },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-in', '::/0 vpce-in'] },
    { id: 'rtb-f', routes: ['0.0.0.0/0 nat-a', '::/0 igw-a'] },
    { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['2600:1f18:a:1::/64 vpce-in'] },
  ],
};
const dualBalancer: Change = { balancers: [{ id: 'inspect', dualstack: true }] };
const dualEndpoint: Change = { firewallEndpoints: [{ id: 'vpce-in', dualstack: true }] };
const out6 = 'tcp I1.6:40000 -> [2a00::1]:443';

const vectors: readonly Vector[] = [
  {
    id: '11.2',
    says: 'the appliance decides what comes back out of the endpoint, and replies come back by it',
    network: network(),
    lines: [
      `${out} => UNKNOWN passes:vpce-in via vpce-in`,
      `[passes:vpce-in ${quiet}] ${out} => CONN at internet via vpce-in inspect i-app`,
      `[!passes:vpce-in] ${out} => DENY`,
    ],
  },
  {
    id: '11.2 by the balancer',
    says: 'what is declared of a Gateway Load Balancer holds for its endpoints, unless it is declared of them',
    network: network(),
    lines: [
      `[passes:${arn} ${quiet}] ${out} => CONN at internet via vpce-in inspect`,
      `[!passes:${arn}] ${out} => DENY`,
      `[!passes:${arn} passes:vpce-in ${quiet}] ${out} => CONN at internet via vpce-in inspect`,
    ],
  },
  {
    id: '11.6',
    says: 'without a target in the endpoint’s zone nothing is known to come back',
    network: network(elsewhere),
    lines: [
      `[passes:vpce-in ${quiet}] ${out} => UNKNOWN !fact:11.6`,
      `[passes:vpce-in fact:11.6 ${quiet}] ${out} => DENY`,
    ],
  },
  {
    id: '11.6 across zones',
    says: 'across zones a target of any zone does',
    network: network(elsewhere, crossing),
    lines: [`[passes:vpce-in ${quiet}] ${out} => CONN at internet via vpce-in inspect i-app2`],
  },
  {
    id: '11.6 none',
    says: 'so does a balancer with no target at all',
    network: network({ targetGroups: [{ id: 'appliances', targets: [] }] }),
    lines: [`[passes:vpce-in] ${out} => UNKNOWN !fact:11.6`, `[passes:vpce-in fact:11.6] ${out} => DENY`],
  },
  {
    id: '11.6 health',
    says: 'a target that is not healthy may be up again',
    network: network({ targetGroups: [{ id: 'appliances', targets: ['i-app unhealthy'] }] }),
    lines: [
      `[passes:vpce-in ${quiet}] ${out} => UNKNOWN up:eni-app`,
      `[passes:vpce-in up:eni-app ${quiet}] ${out} => CONN at internet via vpce-in i-app`,
    ],
  },
  {
    id: '11.6 stopped',
    says: 'an appliance that does not run gives nothing back',
    network: network({ states: [{ id: 'i-app', state: 'stopped' }] }),
    lines: [`[passes:vpce-in ${quiet}] ${out} => UNKNOWN up:i-app`],
  },
  {
    id: '11.1 in',
    says: 'an appliance whose groups do not admit GENEVE gets nothing, as far as is known',
    network: network({ groups: [{ id: 'sg-geneve', in: ['udp 6081 10.0.6.0/24'] }] }),
    lines: [
      `[passes:vpce-in ${quiet}] ${out} => UNKNOWN !fact:11.1`,
      `[passes:vpce-in fact:11.1 ${quiet}] ${out} => DENY`,
    ],
  },
  {
    id: '11.1 out',
    says: 'nor does one whose groups do not let it out again',
    network: network({ groups: [{ id: 'sg-geneve', out: ['tcp 443 0.0.0.0/0'] }] }),
    lines: [`[passes:vpce-in ${quiet}] ${out} => UNKNOWN !fact:11.1`],
  },
  {
    id: '11.1 ACL',
    says: 'nor one whose subnet’s network ACL does not',
    network: network({
      acls: [{ id: 'acl-app', out: ['100 allow tcp 443 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-app' }],
    }),
    lines: [`[passes:vpce-in ${quiet}] ${out} => UNKNOWN !fact:11.1`],
  },
  {
    id: '11.8',
    says: 'IPv6 needs an endpoint and a balancer that take it',
    network: world6(inspected, six),
    lines: [
      `[passes:vpce-in ${quiet}] ${out6} => UNKNOWN !fact:11.8`,
      `[passes:vpce-in fact:11.8 ${quiet}] ${out6} => DENY`,
    ],
  },
  {
    id: '11.8 endpoint alone',
    says: 'an endpoint that takes it does not suffice',
    network: world6(inspected, six, dualEndpoint),
    lines: [`[passes:vpce-in ${quiet}] ${out6} => UNKNOWN !fact:11.8`],
  },
  {
    id: '11.8 dual-stack',
    says: 'where both take it, it comes back like IPv4',
    network: world6(inspected, six, dualEndpoint, dualBalancer),
    lines: [`[passes:vpce-in ${quiet}] ${out6} => CONN at internet via vpce-in inspect i-app`],
  },
  {
    id: '11.4',
    says: 'a reply that goes round the endpoint is tolerated by the balancer, and perhaps by the appliance',
    network: network({ tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a'] }] }),
    lines: [
      `[passes:vpce-in ${quiet}] ${out} => PKT, return UNKNOWN fact:11.4 at internet via vpce-in`,
      `[passes:vpce-in fact:11.4 ${quiet}] ${out} => CONN at internet via vpce-in`,
      `[passes:vpce-in !fact:11.4 ${quiet}] ${out} => PKT, return DENY at internet via vpce-in`,
    ],
  },
  {
    id: '11.4 reply alone',
    says: 'a reply without its request is dropped at the endpoint',
    network: network({
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
      tables: [{ id: 'rtb-f', routes: ['0.0.0.0/0 igw-a'] }],
    }),
    lines: [`[passes:vpce-in ${quiet}] @internet tcp 203.0.113.5:40000 -> I1.pub:443 => PKT, return DENY at eni-i1`],
  },
  {
    id: '9.25',
    says: 'an appliance with a second interface may send on by it, under an address of its own',
    network: network(twoArmed),
    lines: [
      `[vpce-in=eni-app+ eni-app=eni-app-out] ${out} => UNKNOWN forwards:eni-app,nat at internet`,
      `[passes:vpce-in vpce-in=eni-app+ eni-app=eni-app-out] ${out} => UNKNOWN forwards:eni-app,nat at internet`,
      `[passes:vpce-in ${quiet}] ${out} => DENY`,
      `[forwards:eni-app,nat vpce-in=eni-app+ eni-app=eni-app-out] ${out} => CONN at internet via vpce-in inspect i-app`,
      `[!passes:vpce-in] ${out} => DENY`,
    ],
  },
  {
    id: '9.25 unreached',
    says: 'one that gets no packets sends none on',
    network: network(twoArmed, { groups: [{ id: 'sg-geneve', in: [] }] }),
    lines: [`[forwards:eni-app,nat fact:11.1] ${out} => DENY`, `[!passes:eni-app passes:vpce-in] ${out} => DENY`],
  },
  {
    id: '1.15',
    says: 'unchanged it leaves by an interface without source/destination check alone',
    network: network(twoArmed, {
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
    }),
    lines: [`[forwards:eni-app vpce-in=eni-app+ eni-app=eni-app-out] ${out} => DENY`],
  },
  {
    id: '11.2 elsewhere',
    says: 'appliances that are not in the input may send on anything to anywhere, until somebody says what they do',
    network: network({ services: [{ gone: 'vpce-svc-1' }], tables: [{ id: 'rtb-f', routes: [] }] }),
    lines: [
      `${out} => UNKNOWN forwards:vpce-in`,
      `[passes:vpce-in] ${out} => DENY`,
      `[!passes:vpce-in] ${out} => DENY`,
    ],
  },
  {
    id: '9.17',
    says: 'an endpoint works while its service and its connection do',
    network: network({
      services: [{ id: 'vpce-svc-1', connections: ['vpce-in rejected'] }],
      firewallEndpoints: [{ id: 'vpce-in', state: 'rejected' }],
    }),
    lines: [`[passes:vpce-in forwards:eni-app,nat] ${out} => DENY`],
  },
];

proves(vectors);
