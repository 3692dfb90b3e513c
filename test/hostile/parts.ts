/** Parts that the networks of these tests are changed by. */
import type { Change } from '../support/spec.ts';

const open = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };
const all = { in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] };

/** I1 alone, so that nothing else receives. */
export const alone: Change = { interfaces: [{ gone: 'eni-i2' }] };

/** S1's way out by a NAT gateway in PUB. */
export const natA: Change = {
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] }],
};

/** VPC B = 10.1.0.0/16 with one open host. */
export const vpcB: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1', table: 'rtb-b' }],
  tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [] }],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, ...open }],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', ...all }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
};

/** VPC E = 10.5.0.0/16, an egress VPC: an attachment's subnet and a NAT gateway's. */
export const vpcE: Change = {
  vpcs: [{ id: 'vpc-e', cidrs: ['10.5.0.0/16'] }],
  subnets: [
    { id: 'subnet-eatt', vpc: 'vpc-e', cidrs: ['10.5.1.0/24'], zone: 'az1', table: 'rtb-eatt' },
    { id: 'subnet-enat', vpc: 'vpc-e', cidrs: ['10.5.2.0/24'], zone: 'az1', table: 'rtb-enat' },
  ],
  tables: [
    { id: 'rtb-eatt', vpc: 'vpc-e', main: true, routes: ['0.0.0.0/0 nat-e'] },
    { id: 'rtb-enat', vpc: 'vpc-e', routes: [] },
  ],
  acls: [{ id: 'acl-e', vpc: 'vpc-e', default: true, ...open }],
  groups: [{ id: 'sg-e', vpc: 'vpc-e', ...all }],
  nats: [{ id: 'nat-e', subnet: 'subnet-enat', ips: ['10.5.2.5=198.51.100.5'] }],
  igws: [{ id: 'igw-e', vpc: 'vpc-e' }],
  interfaces: [
    {
      id: 'eni-eatt',
      subnet: 'subnet-eatt',
      ips: ['10.5.1.4'],
      groups: [],
      type: 'transit_gateway',
      description: 'Network Interface for Transit Gateway Attachment tgw-attach-1',
    },
  ],
};

/** A node of a Network Load Balancer with a public address in PUB. */
export const nlb = (...groups: readonly string[]): Change => ({
  interfaces: [
    {
      id: 'eni-nlb',
      subnet: 'subnet-pub',
      ips: ['10.0.9.20=198.51.100.20'],
      groups,
      type: 'network_load_balancer',
      description: 'ELB net/front/0123456789abcdef',
    },
  ],
});

/** A group of VPC A with these rules. */
export const group = (id: string, ingress: readonly string[], egress: readonly string[]): Change => ({
  groups: [{ id, vpc: 'vpc-a', in: ingress, out: egress }],
});

/** S1's ACL: everything in, and out only to that block. */
export const outOnlyTo = (block: string): Change => ({
  acls: [{ id: 'acl-x', vpc: 'vpc-a', in: open.in, out: [`100 allow all ${block}`] }],
  subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
});
