/** The network that section 18 of the semantics presupposes, for tests to change. */
import { changed, emptySpec, type Change, type Spec } from './spec.ts';

/**
 * VPC A = 10.0.0.0/16 with S1 10.0.1.0/24 (az1), S2 10.0.2.0/24 (az2) and PUB 10.0.9.0/24 (az1, 0.0.0.0/0 to the
 * internet gateway), the default network ACL, groups `open`, `egr` (nothing in, everything out) and `none`, and hosts
 * I1 in S1 and I2 in S2, both `open`. Each subnet has a table of its own; the main table holds the local route alone.
 */
const base: Spec = {
  ...emptySpec,
  vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/16'] }],
  subnets: [
    { id: 'subnet-s1', vpc: 'vpc-a', cidrs: ['10.0.1.0/24'], zone: 'az1', table: 'rtb-s1' },
    { id: 'subnet-s2', vpc: 'vpc-a', cidrs: ['10.0.2.0/24'], zone: 'az2', table: 'rtb-s2' },
    { id: 'subnet-pub', vpc: 'vpc-a', cidrs: ['10.0.9.0/24'], zone: 'az1', table: 'rtb-pub' },
  ],
  tables: [
    { id: 'rtb-main', vpc: 'vpc-a', main: true, routes: [] },
    { id: 'rtb-s1', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-s2', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-pub', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] },
  ],
  acls: [
    {
      id: 'acl-default',
      vpc: 'vpc-a',
      default: true,
      in: ['100 allow all 0.0.0.0/0'],
      out: ['100 allow all 0.0.0.0/0'],
    },
  ],
  groups: [
    { id: 'sg-open', vpc: 'vpc-a', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] },
    { id: 'sg-egr', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
    { id: 'sg-none', vpc: 'vpc-a', in: [], out: [] },
  ],
  interfaces: [
    { id: 'eni-i1', subnet: 'subnet-s1', ips: ['10.0.1.10'], groups: ['sg-open'] },
    { id: 'eni-i2', subnet: 'subnet-s2', ips: ['10.0.2.10'], groups: ['sg-open'] },
  ],
  igws: [{ id: 'igw-a', vpc: 'vpc-a' }],
};

/** What makes VPC A dual-stack: every block, address, group and ACL rule has its IPv6 twin. */
const dualStack: Change = {
  vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/16', '2600:1f18:a::/56'] }],
  subnets: [
    { id: 'subnet-s1', cidrs: ['10.0.1.0/24', '2600:1f18:a:1::/64'] },
    { id: 'subnet-s2', cidrs: ['10.0.2.0/24', '2600:1f18:a:2::/64'] },
    { id: 'subnet-pub', cidrs: ['10.0.9.0/24', '2600:1f18:a:9::/64'] },
  ],
  tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '::/0 igw-a'] }],
  acls: [
    {
      id: 'acl-default',
      in: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
      out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
    },
  ],
  groups: [
    { id: 'sg-open', in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
    { id: 'sg-egr', out: ['all 0.0.0.0/0', 'all ::/0'] },
  ],
  interfaces: [
    { id: 'eni-i1', ips: ['10.0.1.10', '2600:1f18:a:1::10'] },
    { id: 'eni-i2', ips: ['10.0.2.10', '2600:1f18:a:2::10'] },
  ],
};

export const world = (...changes: readonly Change[]): Spec => changes.reduce(changed, base);

/** The same, dual-stack. */
export const world6 = (...changes: readonly Change[]): Spec => world(dualStack, ...changes);
