/** VPCs A and B at a transit gateway, in two zones, and one that inspects what they send each other. */
import type { Change } from './spec.ts';

const open = ['100 allow all 0.0.0.0/0'];

export const s = (n: 1 | 2, ...routes: string[]): Change => ({ tables: [{ id: `rtb-s${n}`, routes }] });

/** A's attachment subnets, one in each zone, with tables of their own. */
export const attached: Change = {
  subnets: [
    { id: 'subnet-ta1', vpc: 'vpc-a', cidrs: ['10.0.100.0/28'], zone: 'az1', table: 'rtb-ta' },
    { id: 'subnet-ta2', vpc: 'vpc-a', cidrs: ['10.0.100.16/28'], zone: 'az2', table: 'rtb-ta' },
  ],
  tables: [{ id: 'rtb-ta', vpc: 'vpc-a', routes: [] }],
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-ta1', 'subnet-ta2'], table: 'tgw-rtb-1' },
  ],
  transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a propagated'] }],
};

/** VPC B = 10.1.0.0/16: B1 in az1 and B2 in az2, attached in both zones. */
export const spoke: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [
    { id: 'subnet-b1', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' },
    { id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az2' },
    { id: 'subnet-tb1', vpc: 'vpc-b', cidrs: ['10.1.100.0/28'], zone: 'az1', table: 'rtb-tb' },
    { id: 'subnet-tb2', vpc: 'vpc-b', cidrs: ['10.1.100.16/28'], zone: 'az2', table: 'rtb-tb' },
  ],
  tables: [
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-tb', vpc: 'vpc-b', routes: [] },
  ],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: open, out: open }],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  interfaces: [
    { id: 'eni-b1', subnet: 'subnet-b1', ips: ['10.1.1.10'], groups: ['sg-b'] },
    { id: 'eni-b2', subnet: 'subnet-b2', ips: ['10.1.2.10'], groups: ['sg-b'] },
  ],
  attachments: [
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-tb1', 'subnet-tb2'], table: 'tgw-rtb-1' },
  ],
  transitTables: [
    {
      id: 'tgw-rtb-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
};

export const toHub = (n: 1 | 2) => s(n, '10.0.0.0/8 tgw-1');

export const hub: readonly Change[] = [attached, spoke, toHub(1), toHub(2)];

/** VPC I = 10.9.0.0/16 inspects: attachment subnets lead to the endpoint of their zone, the endpoints' subnets to `back`. */
export const inspectionVpc = (back: string): Change => ({
  vpcs: [{ id: 'vpc-i', cidrs: ['10.9.0.0/16'] }],
  subnets: [
    { id: 'subnet-ti1', vpc: 'vpc-i', cidrs: ['10.9.0.0/28'], zone: 'az1', table: 'rtb-ti1' },
    { id: 'subnet-ti2', vpc: 'vpc-i', cidrs: ['10.9.0.16/28'], zone: 'az2', table: 'rtb-ti2' },
    { id: 'subnet-f1', vpc: 'vpc-i', cidrs: ['10.9.1.0/28'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-f2', vpc: 'vpc-i', cidrs: ['10.9.1.16/28'], zone: 'az2', table: 'rtb-f' },
  ],
  tables: [
    { id: 'rtb-i', vpc: 'vpc-i', main: true, routes: [] },
    { id: 'rtb-ti1', vpc: 'vpc-i', routes: ['0.0.0.0/0 vpce-fw1'] },
    { id: 'rtb-ti2', vpc: 'vpc-i', routes: ['0.0.0.0/0 vpce-fw2'] },
    { id: 'rtb-f', vpc: 'vpc-i', routes: [`10.0.0.0/8 ${back}`] },
  ],
  acls: [{ id: 'acl-i', vpc: 'vpc-i', default: true, in: open, out: open }],
  firewallEndpoints: [
    { id: 'vpce-fw1', subnet: 'subnet-f1', ip: '10.9.1.5' },
    { id: 'vpce-fw2', subnet: 'subnet-f2', ip: '10.9.1.21' },
  ],
});

/** The spokes' table knows the inspection VPC alone, the inspection VPC's table the spokes. */
export const inspection = (appliance: boolean): Change => ({
  ...inspectionVpc('tgw-1'),
  attachments: [
    {
      id: 'tgw-attach-i',
      gateway: 'tgw-1',
      to: 'vpc-i',
      subnets: ['subnet-ti1', 'subnet-ti2'],
      table: 'tgw-rtb-i',
      appliance,
    },
  ],
  transitTables: [
    { id: 'tgw-rtb-1', routes: ['0.0.0.0/0 tgw-attach-i'] },
    {
      id: 'tgw-rtb-i',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
});
