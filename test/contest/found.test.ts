/** What the contests found, in the least networks that show it. */
import { expect, test } from 'vitest';
import { vpcB } from '../hostile/parts.ts';
import { answerOf, read } from '../hostile/verdict.ts';
import { lattice } from '../support/aws-lattice.ts';
import { type Change, changed, type Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';

const verdictOf = async (network: Spec, property: string): Promise<string> =>
  (await answerOf(read(network), property)).verdict;

test('what VPC Lattice sends is in nobody’s group, whoever asked it (semantics 2.16)', async () => {
  const network = world(
    {
      groups: [{ id: 'sg-self', vpc: 'vpc-a', in: ['all sg-self'], out: ['all 0.0.0.0/0'] }],
      interfaces: [
        { id: 'eni-i2', groups: ['sg-self'] },
        {
          id: 'eni-rgw',
          subnet: 'subnet-s1',
          ips: ['10.0.1.40'],
          groups: ['sg-open'],
          description: 'Resource Gateway Interface rgw-1',
          instance: 'service',
        },
      ],
    },
    lattice({
      networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
      services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
      groups: [{ id: 'tg-1', vpc: 'vpc-a', port: 443, targets: ['i-i2'] }],
    }),
  );
  expect(await verdictOf(network, 'forbid: { from: internet, to: eni-i2, via: svc-1 }')).toBe('holds');
});

test('what a balancer with unread listeners sends is its own beyond a transit gateway as well (semantics 2.20)', async () => {
  const network = world(vpcB, {
    groups: [{ id: 'sg-self', vpc: 'vpc-b', in: ['all sg-self'], out: [] }],
    interfaces: [{ id: 'eni-b', groups: ['sg-self'] }],
    balancers: [{ id: 'web', type: 'alb', at: [{ subnet: 'subnet-s1', ips: ['10.0.1.50'] }], groups: ['sg-open'] }],
    tgws: [{ id: 'tgw-1' }],
    attachments: [
      { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
      { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
    ],
    transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.1.0.0/16 tgw-attach-b'] }],
    tables: [{ id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] }],
  });
  expect(await verdictOf(network, 'forbid: { from: eni-i1, to: eni-b }')).toBe('holds');
});

test('what a carrier does with private destinations leads into no VPC without a carrier gateway (semantics 4.32)', async () => {
  const network = world(vpcB, {
    carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
    tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 cagw-1'] }],
    interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10~155.146.1.1'] }],
  });
  expect(await verdictOf(network, 'forbid: { from: eni-i1, to: eni-b }')).toBe('holds');
  const both = changed(network, { carriers: [{ id: 'cagw-2', vpc: 'vpc-b' }] });
  expect(await verdictOf(both, 'forbid: { from: eni-i1, to: eni-b }')).toBe('undecided');
});

const service = (type: string, description: string): Change => ({
  interfaces: [
    {
      id: 'eni-svc',
      subnet: 'subnet-s1',
      ips: ['10.0.1.77'],
      groups: ['sg-open'],
      type,
      description,
      instance: 'service',
    },
    { id: 'eni-i2', groups: ['sg-out'] },
  ],
  groups: [{ id: 'sg-out', vpc: 'vpc-a', in: ['tcp 443 203.0.113.0/24'], out: [] }],
});

test.each([
  ['Verified Access sends as from its interface', 'interface', 'Verified Access Endpoint vae-1', 'holds'],
  ['Global Accelerator keeps the client’s address', 'global_accelerator_managed', '', 'undecided'],
  ['however AWS spells its type', 'globalAcceleratorManaged', '', 'undecided'],
  [
    'CloudFront may come as from addresses of its own (semantics 12.24)',
    'interface',
    'CloudFront VPC origin',
    'undecided',
  ],
  ['and what a service does that nobody knows is not known', 'interface', 'A service of tomorrow', 'undecided'],
])('%s', async (_, type, description, verdict) => {
  const property = 'forbid: { from: internet, to: eni-i2 }';
  expect(await verdictOf(world(service(type, description)), property)).toBe(verdict);
});

test('a reply by a transit gateway table that nobody read may be lost to what is not modelled, and still come back', async () => {
  const network = world(vpcB, {
    tgws: [{ id: 'tgw-1' }],
    attachments: [
      { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
      { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-2' },
      { id: 'tgw-attach-o', gateway: 'tgw-1', to: 'connect' },
    ],
    transitTables: [
      { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.1.0.0/16 tgw-attach-b'] },
      { id: 'tgw-rtb-2', gateway: 'tgw-1' },
    ],
    tables: [
      { id: 'rtb-s1', routes: ['10.1.0.0/16 tgw-1'] },
      { id: 'rtb-b', routes: ['10.0.0.0/16 tgw-1'] },
    ],
  });
  const property = 'forbid: { from: eni-i1, to: eni-b, mode: connection }';
  expect(await verdictOf(network, property)).toBe('undecided');
});

/** A regional NAT gateway whose table leads to an endpoint first, behind which the way goes on to the internet. */
const behindRegionalNat = (firewall?: string): Change => ({
  nats: [{ id: 'nat-r', vpc: 'vpc-a', ips: ['198.51.100.100@az1'], table: 'rtb-nat' }],
  tables: [
    { id: 'rtb-nat', vpc: 'vpc-a', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-s1', routes: ['0.0.0.0/0 nat-r'] },
  ],
  firewallEndpoints: [
    { id: 'vpce-fw', subnet: 'subnet-pub', ip: '10.0.9.10', ...(firewall === undefined ? {} : { firewall }) },
  ],
});

test('a regional NAT gateway has no private address that somebody else is shown to have (semantics 5.30)', async () => {
  const mapped = { interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10=198.51.100.20'] }] };
  const edge = { tables: [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.2.0/24 vpce-fw'] }] };
  const network = changed(changed(world(behindRegionalNat()), mapped), edge);
  const property = 'forbid: { from: eni-i1, to: internet, mode: connection }';
  expect(await verdictOf(network, property)).toBe('undecided');
});

test('what a regional NAT gateway sends to a firewall may still leave as from its public address (semantics 5.30)', async () => {
  expect(await verdictOf(world(behindRegionalNat('main')), 'forbid: { from: eni-i1, to: internet }')).toBe('undecided');
});
