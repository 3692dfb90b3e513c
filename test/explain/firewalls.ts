/** VPC A with two firewalls whose rules are unknown: S1 leaves by the one, S2 by the other, and replies come back so. */
import type { Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';

export const twoFirewalls: Spec = world({
  subnets: [
    { id: 'subnet-f1', vpc: 'vpc-a', cidrs: ['10.0.3.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-f2', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az2', table: 'rtb-f' },
  ],
  firewallEndpoints: [
    { id: 'vpce-f1', subnet: 'subnet-f1', ip: '10.0.3.60', firewall: 'fw1' },
    { id: 'vpce-f2', subnet: 'subnet-f2', ip: '10.0.4.60', firewall: 'fw2' },
  ],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  tables: [
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 nat-a'] },
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-f1'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 vpce-f2'] },
    { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 vpce-f1', '10.0.2.0/24 vpce-f2'] },
  ],
});

const firewall = (name: string): string => `arn:aws:network-firewall:us-east-1:111122223333:firewall/${name}`;

export const passes = (name: string): string => `passes:${firewall(name)}`;
export const drops = (name: string): string => `drops:${firewall(name)}`;
