/** Two VPCs behind one transit gateway, and what is asked of them in the tests of its parts. */
import type { ReplayResult } from '../../src/network/replay.ts';
import { type Ask, type Words, send, verdict, world } from './world.ts';

/** VPCs A and B behind `tgw-1`, whose attachments stand in both zones, and one table that knows both. */
const pair: Words = {
  vpcs: {
    'vpc-a': { cidrs: ['10.0.0.0/16', '2600:1f00:a::/56'] },
    'vpc-b': { cidrs: ['10.1.0.0/16', '2600:1f00:b::/56'] },
  },
  subnets: {
    'subnet-1': { cidrs: ['10.0.1.0/24', '2600:1f00:a:1::/64'], zone: 'az1', table: 'rtb-a', acl: 'acl-1' },
    'subnet-2': { cidrs: ['10.0.2.0/24'], zone: 'az2', table: 'rtb-a' },
    'subnet-3': { cidrs: ['10.0.3.0/24'], zone: 'az3', table: 'rtb-a' },
    'subnet-at': { cidrs: ['10.0.8.0/28', '2600:1f00:a:8::/64'], zone: 'az1', table: 'rtb-at', acl: 'acl-at' },
    'subnet-at2': { cidrs: ['10.0.8.16/28'], zone: 'az2', table: 'rtb-at' },
    'subnet-b': { cidrs: ['10.1.1.0/24', '2600:1f00:b:1::/64'], vpc: 'vpc-b', zone: 'az1', table: 'rtb-b' },
    'subnet-b2': { cidrs: ['10.1.2.0/24'], vpc: 'vpc-b', zone: 'az2', table: 'rtb-b' },
    'subnet-bt': { cidrs: ['10.1.8.0/28', '2600:1f00:b:8::/64'], vpc: 'vpc-b', zone: 'az1', table: 'rtb-bt' },
    'subnet-bt2': { cidrs: ['10.1.8.16/28'], vpc: 'vpc-b', zone: 'az2', table: 'rtb-bt2' },
  },
  interfaces: {
    'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5', '2600:1f00:a:1::5'] },
    'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'] },
    'eni-3': { subnet: 'subnet-3', ips: ['10.0.3.5'] },
    'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5', '2600:1f00:b:1::5'] },
    'eni-b2': { subnet: 'subnet-b2', ips: ['10.1.2.5'] },
  },
  tables: {
    'rtb-a': ['10.0.0.0/8 tgw-1', '::/0 tgw-1'],
    'rtb-at': [],
    'rtb-b': ['10.0.0.0/8 tgw-1', '::/0 tgw-1'],
    'rtb-bt': [],
    'rtb-bt2': [],
  },
  acls: {
    'acl-1': { in: ['1 allow all 0.0.0.0/0', '2 allow all ::/0'], out: ['1 allow all 0.0.0.0/0', '2 allow all ::/0'] },
    'acl-at': { in: ['1 allow all 0.0.0.0/0', '2 allow all ::/0'], out: ['1 allow all 0.0.0.0/0', '2 allow all ::/0'] },
  },
  tgws: { 'tgw-1': false },
  attachments: {
    'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at', 'subnet-at2'], table: 'tgw-rtb-1', ipv6: true },
    'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt', 'subnet-bt2'], table: 'tgw-rtb-1', ipv6: true },
  },
  transitTables: {
    'tgw-rtb-1': [
      '10.0.0.0/16 tgw-attach-a propagated',
      '10.1.0.0/16 tgw-attach-b propagated',
      '2600:1f00:a::/56 tgw-attach-a propagated',
      '2600:1f00:b::/56 tgw-attach-b propagated',
    ],
  },
};

/** The pair with entries laid over it. */
export const changed = (words: Words): Words => {
  const out: Record<string, unknown> = { ...pair };
  for (const [key, own] of Object.entries(words)) out[key] = { ...(pair as Record<string, object>)[key], ...own };
  return out;
};
export const network = world(pair);
export const toB = 'tcp 10.0.1.5:40000 -> 10.1.1.5:443';
export const sent = (words: Words, from: string, text: string, ask?: Ask): string =>
  verdict(send(world(changed(words)), from, text, ask));
export const routes = (...lines: string[]): Words => ({ transitTables: { 'tgw-rtb-1': lines } });
export const home = '10.0.0.0/16 tgw-attach-a';
export const path = ({ hops }: Pick<ReplayResult, 'hops'>): readonly string[] =>
  hops.filter(({ kind }) => kind.startsWith('transit')).map((hop) => `${hop.resource} ${hop.rule ?? hop.action}`);
export const into = (result: ReplayResult, way: 'hops' | 'returnHops' = 'hops'): string =>
  (result[way] ?? [])
    .filter(({ kind, detail }) => kind === 'transit-gateway-attachment' && detail.includes('onto'))
    .map(({ detail }) => /onto `([^`]+)`/.exec(detail)?.[1] ?? '')
    .join(' ');
