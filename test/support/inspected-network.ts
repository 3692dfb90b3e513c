/** Networks wired as AWS draws them, in which all that leaves or crosses subnets goes through a firewall with a random policy. */
import * as fc from 'fast-check';
import { answersOf } from './policy-of-words.ts';
import { policies } from './random-firewall.ts';
import { type Change, type Spec, changed, emptySpec } from './spec.ts';

const base: Spec = {
  ...emptySpec,
  vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/24', '2600:1f18:a::/56'] }],
  subnets: [
    { id: 'subnet-0', vpc: 'vpc-a', cidrs: ['10.0.0.0/26', '2600:1f18:a:1::/64'], zone: 'az1', table: 'rtb-0' },
    { id: 'subnet-1', vpc: 'vpc-a', cidrs: ['10.0.0.64/26', '2600:1f18:a:2::/64'], zone: 'az1', table: 'rtb-1' },
    { id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.0.128/26', '2600:1f18:a:3::/64'], zone: 'az1', table: 'rtb-f' },
  ],
  tables: [
    { id: 'rtb-main', vpc: 'vpc-a', main: true, routes: [] },
    {
      id: 'rtb-0',
      vpc: 'vpc-a',
      routes: ['0.0.0.0/0 vpce-fw', '::/0 vpce-fw', '10.0.0.64/26 vpce-fw', '2600:1f18:a:2::/64 vpce-fw'],
    },
    {
      id: 'rtb-1',
      vpc: 'vpc-a',
      routes: ['0.0.0.0/0 vpce-fw', '::/0 vpce-fw', '10.0.0.0/26 vpce-fw', '2600:1f18:a:1::/64 vpce-fw'],
    },
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', '::/0 igw-a'] },
  ],
  acls: [
    {
      id: 'acl-default',
      vpc: 'vpc-a',
      default: true,
      in: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
      out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
    },
  ],
  groups: [
    { id: 'sg-0', vpc: 'vpc-a', in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
    { id: 'sg-1', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
  ],
  interfaces: [
    { id: 'eni-0', subnet: 'subnet-0', ips: ['10.0.0.4=198.51.100.10', '2600:1f18:a:1::4'], groups: ['sg-0'] },
    { id: 'eni-1', subnet: 'subnet-1', ips: ['10.0.0.68=198.51.100.20', '2600:1f18:a:2::4'], groups: ['sg-1'] },
  ],
  igws: [{ id: 'igw-a', vpc: 'vpc-a' }],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.0.140', firewall: 'main' }],
};

const edge: Change = {
  tables: [
    {
      id: 'rtb-edge',
      vpc: 'vpc-a',
      edge: 'igw-a',
      routes: [
        '10.0.0.0/26 vpce-fw',
        '10.0.0.64/26 vpce-fw',
        '2600:1f18:a:1::/64 vpce-fw',
        '2600:1f18:a:2::/64 vpce-fw',
      ],
    },
  ],
};

/** Out by a NAT gateway, behind the firewall as seen from inside. */
const translated: Change = {
  subnets: [{ id: 'subnet-n', vpc: 'vpc-a', cidrs: ['10.0.0.192/26'], zone: 'az1', table: 'rtb-n' }],
  nats: [{ id: 'nat-a', subnet: 'subnet-n', ips: ['10.0.0.200=198.51.100.30'] }],
  tables: [
    { id: 'rtb-f', routes: ['0.0.0.0/0 nat-a', '::/0 igw-a'] },
    { id: 'rtb-n', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', '10.0.0.0/26 vpce-fw', '10.0.0.64/26 vpce-fw'] },
  ],
};

export const inspectedNetwork: fc.Arbitrary<Spec> = fc
  .record({ policy: policies, nat: fc.boolean() })
  .map(({ policy, nat }) => [edge, ...(nat ? [translated] : []), answersOf(policy)].reduce(changed, base));
