/** What a flow crosses twice: each time it may be treated otherwise, and what the second time takes is no part of the first. */
import { describe, expect, test } from 'vitest';
import { lattice } from '../support/aws-lattice.ts';
import type { AclSpec, BalancerSpec, Change, Spec, TargetGroupSpec } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { answerOf, read } from './verdict.ts';

const anyone = ['all 0.0.0.0/0'];

/** A balancer named after its subnet, which has nothing else in it: `a` has its node 10.0.20.20 in 10.0.20.0/24. */
const balancers = ['a', 'b', 'd', 'e'] as const;
const node = (id: (typeof balancers)[number]): string => `10.0.${20 + balancers.indexOf(id)}.20`;

const balancer = (id: (typeof balancers)[number], more: Partial<BalancerSpec>): Change => ({
  subnets: [
    { id: `subnet-${id}`, vpc: 'vpc-a', cidrs: [node(id).replace(/20$/, '0/24')], zone: 'az1', table: `rtb-${id}` },
  ],
  tables: [{ id: `rtb-${id}`, vpc: 'vpc-a', routes: [] }],
  groups: [{ id: `sg-${id}`, vpc: 'vpc-a', in: anyone, out: anyone }],
  balancers: [{ id, type: 'alb', at: [{ subnet: `subnet-${id}`, ips: [node(id)] }], groups: [`sg-${id}`], ...more }],
});

const to = (id: string, targets: readonly string[], more: Partial<TargetGroupSpec> = {}): Change => ({
  targetGroups: [
    { id, vpc: 'vpc-a', protocol: 'HTTP', port: 8080, type: 'ip', crossZone: true, targets: [...targets], ...more },
  ],
});

/** What comes into the group. */
const admits = (id: string, ...rules: readonly string[]): Change => ({
  groups: [{ id, vpc: 'vpc-a', in: rules, out: anyone }],
});
const only = (...rules: readonly string[]): Change => ({
  ...admits('sg-web', ...rules),
  interfaces: [{ id: 'eni-i1', groups: ['sg-web'] }],
});

/** I2 sends to that address alone. */
const asks = (address: string): Change => ({
  groups: [{ id: 'sg-i2', vpc: 'vpc-a', in: [], out: [`all ${address}/32`] }],
  interfaces: [{ id: 'eni-i2', groups: ['sg-i2'] }],
});

/** What the subnet lets out besides requests to these ports: replies to clients on those. */
const answers = (subnet: string, clients: string, ...ports: readonly number[]): Change => {
  const rules = [...ports.map(String), clients].map((range, i) => `${100 + i} allow tcp ${range} 0.0.0.0/0`);
  const acl: AclSpec = { id: `acl-${subnet}`, vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: rules };
  return { acls: [acl], subnets: [{ id: subnet, acl: acl.id }] };
};

/** I2 to I1 by A, B, and A again by another listener, which takes what comes from B alone. */
const back = (...changes: readonly Change[]): Spec =>
  world(
    balancer('a', { listeners: ['HTTP 80 b', 'HTTP 81 web'] }),
    balancer('b', { listeners: ['HTTP 80 a'] }),
    to('b', [`${node('b')}:80`]),
    to('a', [`${node('a')}:81`]),
    to('web', ['10.0.1.10:8080']),
    admits('sg-a', 'tcp 80 10.0.2.10/32', `tcp 81 ${node('b')}/32`),
    only(`tcp 8080 ${node('a')}/32`),
    asks(node('a')),
    ...changes,
  );

/** By one listener and one group to B, which sends back to A, or to I1. */
const oneGroup = (more: Partial<BalancerSpec>, ...changes: readonly Change[]): Spec =>
  world(
    balancer('a', { listeners: ['HTTP 80 g'], ...more }),
    balancer('b', { listeners: ['HTTP 8080 a'] }),
    to('g', [`${node('b')}:8080`, '10.0.1.10:8080']),
    to('a', [`${node('a')}:80`]),
    only(`tcp 8080 ${node('a')}/32`),
    asks(node('a')),
    ...changes,
  );

const kept = { protocol: 'TCP', preserve: true } as const;

/** I2 to A, and A to I1, both by one gateway that gives them its address. */
const natted = (...changes: readonly Change[]): Spec =>
  world(
    balancer('a', { listeners: ['HTTP 80 web'] }),
    to('web', ['10.0.1.10:8080']),
    {
      subnets: [{ id: 'subnet-n', vpc: 'vpc-a', cidrs: ['10.0.7.0/24'], zone: 'az1', table: 'rtb-n' }],
      tables: [
        { id: 'rtb-n', vpc: 'vpc-a', routes: [] },
        { id: 'rtb-s2', routes: ['10.0.20.0/24 nat-n'] },
        { id: 'rtb-a', routes: ['10.0.1.0/24 nat-n'] },
      ],
      nats: [{ id: 'nat-n', subnet: 'subnet-n', ips: ['10.0.7.5'], private: true }],
    },
    admits('sg-a', 'tcp 80 10.0.7.5/32'),
    only('tcp 8080 10.0.7.5/32'),
    ...changes,
  );

/** The same by a guest that translates. */
const guested = (...changes: readonly Change[]): Spec =>
  natted(
    {
      nats: [{ gone: 'nat-n' }],
      interfaces: [{ id: 'eni-g', subnet: 'subnet-n', ips: ['10.0.7.5'], groups: ['sg-open'], check: false }],
      tables: [
        { id: 'rtb-s2', routes: ['10.0.20.0/24 eni-g'] },
        { id: 'rtb-a', routes: ['10.0.1.0/24 eni-g'] },
      ],
    },
    ...changes,
  );

/** To I1 by A and by B, both of which keep the address of I2. */
const keptTwice = world(
  balancer('a', { type: 'nlb', listeners: ['TCP 80 b'] }),
  balancer('b', { type: 'nlb', listeners: ['TCP 80 web'] }),
  to('b', [`${node('b')}:80`], kept),
  to('web', ['10.0.1.10:8080'], kept),
  asks(node('a')),
);

/** By an endpoint to a node that sends back to the endpoint, where another listener is asked for. */
const linked = (...changes: readonly Change[]): Spec =>
  world(
    balancer('a', { type: 'nlb', listeners: ['TCP 80 again', 'TCP 81 web'], enforces: false }),
    to('again', ['10.0.8.100:81'], { protocol: 'TCP' }),
    to('web', ['10.0.1.10:8080'], { protocol: 'TCP' }),
    {
      tables: [{ id: 'rtb-v', vpc: 'vpc-a', routes: [] }],
      subnets: [{ id: 'subnet-v', vpc: 'vpc-a', cidrs: ['10.0.8.0/24'], zone: 'az1', table: 'rtb-v' }],
      services: [{ id: 'vpce-svc-1', balancers: ['a'], connections: ['vpce-1'] }],
      interfaceEndpoints: [
        {
          id: 'vpce-1',
          vpc: 'vpc-a',
          service: 'vpce-svc-1',
          groups: ['sg-v'],
          at: [{ subnet: 'subnet-v', ips: ['10.0.8.100'] }],
        },
      ],
    },
    admits('sg-v', 'tcp 80 10.0.2.10/32', `tcp 81 ${node('a')}/32`),
    admits('sg-a', 'tcp 80-81 10.0.8.100/32'),
    only(`tcp 8080 ${node('a')}/32`),
    asks('10.0.8.100'),
    ...changes,
  );

const lists: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};

/** An endpoint at 10.0.8.100. */
const endpoint = (
  id: string,
  type: 'Resource' | 'ServiceNetwork',
  leads: string,
  ...from: readonly string[]
): Change => ({
  tables: [{ id: 'rtb-v', vpc: 'vpc-a', routes: [] }],
  subnets: [{ id: 'subnet-v', vpc: 'vpc-a', cidrs: ['10.0.8.0/24'], zone: 'az1', table: 'rtb-v' }],
  groups: [{ id: 'sg-v', vpc: 'vpc-a', in: from, out: [] }],
  interfaceEndpoints: [
    { id, vpc: 'vpc-a', service: '', type, leads, at: [{ subnet: 'subnet-v', ips: ['10.0.8.100'] }], groups: ['sg-v'] },
  ],
});

/** A service of VPC Lattice with these targets. */
const serves = (...targets: readonly string[]): Change =>
  lattice({
    networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
    services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
    groups: [{ id: 'tg-1', type: 'IP', vpc: 'vpc-a', port: 8080, targets }],
  });

/** I2 by a service of VPC Lattice to A, which asks the same service by an endpoint; or to I1. */
const served = (...changes: readonly Change[]): Spec =>
  world(
    lists,
    serves(node('a'), '10.0.1.10'),
    balancer('a', { listeners: ['HTTP 8080 again'] }),
    to('again', ['10.0.8.100:443']),
    endpoint('vpce-sn', 'ServiceNetwork', 'sn-1', `tcp 443 ${node('a')}/32`),
    admits('sg-a', 'tcp 8080 169.254.171.0/24'),
    only('tcp 8080 169.254.171.0/24'),
    asks('169.254.171.5'),
    ...changes,
  );

/** I2 by a shared resource, which is A, to A; and from there by the same resource to A, which then asks I1. */
const shared = (...changes: readonly Change[]): Spec =>
  world(
    endpoint('vpce-r', 'Resource', 'rcfg-1', 'tcp 80 10.0.2.10/32', `tcp 81 ${node('a')}/32`),
    lattice({
      gateways: [{ id: 'rgw-1', vpc: 'vpc-a' }],
      resources: [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['80-81'], at: node('a') }],
    }),
    {
      groups: [{ id: 'sg-rgw', vpc: 'vpc-a', in: [], out: anyone }],
      interfaces: [
        {
          id: 'eni-rgw',
          subnet: 'subnet-v',
          ips: ['10.0.8.5', '10.0.8.6'],
          groups: ['sg-rgw'],
          description: 'Resource Gateway Interface rgw-1',
          instance: 'service',
        },
      ],
    },
    balancer('a', { listeners: ['HTTP 80 again', 'HTTP 81 web'] }),
    to('again', ['10.0.8.100:81']),
    to('web', ['10.0.1.10:8080']),
    admits('sg-a', 'tcp 80 10.0.8.5/32', 'tcp 81 10.0.8.5/32'),
    only(`tcp 8080 ${node('a')}/32`),
    asks('10.0.8.100'),
    ...changes,
  );

const connection = 'forbid: { from: eni-i2, to: eni-i1, mode: connection }';
const byA = 'forbid: { from: eni-i2, to: eni-i1, via: alb:a, mode: connection }';
const byB = 'forbid: { from: eni-i2, to: eni-i1, via: alb:b, mode: packet }';
const translates = 'assume: ["forwards:eni-g,nat"]';

describe('a flow that crosses twice', () => {
  test.each<{ readonly says: string; readonly network: Spec; readonly property: string }>([
    { says: 'a proxy by two listeners', network: back(), property: connection },
    {
      says: 'a proxy, which sends from another port each time',
      network: back(answers('subnet-b', '1024-9999', 81), answers('subnet-s1', '20000-65535')),
      property: connection,
    },
    { says: 'a proxy by one listener, to another target each time', network: oneGroup({}), property: byB },
    {
      says: 'a proxy by one listener, to another target each time, with a reply',
      network: oneGroup({}),
      property: byB.replace('packet', 'connection'),
    },
    {
      says: 'a balancer that keeps the address of its client, who is another each time',
      network: oneGroup(
        { type: 'nlb', listeners: ['TCP 80 g'] },
        { targetGroups: [{ id: 'g', ...kept }] },
        only(`tcp 8080 ${node('b')}/32`),
      ),
      property: 'forbid: { from: eni-i2, to: eni-i1, mode: packet }',
    },
    { says: 'a NAT gateway, before and behind a proxy', network: natted(), property: connection },
    {
      says: 'a NAT gateway, before and behind a proxy, from another port each time',
      network: natted(answers('subnet-a', '1024-9999', 8080), answers('subnet-s1', '20000-65535')),
      property: connection,
    },
    {
      says: 'a NAT gateway with two addresses, as each of them',
      network: natted({ nats: [{ id: 'nat-n', ips: ['10.0.7.5', '10.0.7.6'] }] }, only('tcp 8080 10.0.7.6/32')),
      property: connection.replace('connection', 'packet'),
    },
    { says: 'a guest that translates', network: guested(), property: `${translates}, ${connection}` },
    {
      says: 'a guest that translates, from another port each time',
      network: guested(answers('subnet-a', '1024-9999', 8080), answers('subnet-s1', '20000-65535')),
      property: `${translates}, ${connection}`,
    },
    { says: 'two balancers one behind the other that keep its address', network: keptTwice, property: connection },
    { says: 'an endpoint of a service', network: linked(), property: connection },
    {
      says: 'an endpoint of a service, whose node sends from another port each time',
      network: linked(answers('subnet-v', '1024-9999', 81), answers('subnet-s1', '20000-65535')),
      property: connection,
    },
    { says: 'a service of VPC Lattice, which sends to another target each time', network: served(), property: byA },
    {
      says: 'a service of VPC Lattice, which sends from another port each time',
      network: served(answers('subnet-a', '1024-9999', 443), answers('subnet-s1', '20000-65535')),
      property: byA,
    },
    {
      says: 'a service of VPC Lattice, which sends from another address each time',
      network: served(admits('sg-a', 'tcp 8080 169.254.171.7/32'), only('tcp 8080 169.254.171.8/32')),
      property: byA,
    },
    { says: 'a shared resource', network: shared(), property: connection },
    {
      says: 'a shared resource, whose gateway sends from another address each time',
      network: shared(admits('sg-a', 'tcp 80 10.0.8.5/32', 'tcp 81 10.0.8.6/32')),
      property: connection,
    },
  ])('$says', async ({ network, property }) => {
    expect((await answerOf(read(network), property)).verdict).toBe('violated');
  });
});

/**
 * To I1 by A, and by B or E, which A chooses anew each time: B hands what I2 asks to D, which comes back to A as a client
 * of its own; B answers D, and E answers I2 alone.
 */
const chosenTwice = (...changes: readonly Change[]): Spec =>
  world(
    balancer('a', { type: 'nlb', listeners: ['TCP 80 g', 'TCP 81 g'] }),
    balancer('b', { listeners: ['HTTP 8080 fixed | d from 10.0.2.10/32 | web from 10.0.22.20/32'] }),
    balancer('d', { listeners: ['HTTP 8080 a'] }),
    balancer('e', { listeners: ['HTTP 8080 fixed | web from 10.0.2.10/32'] }),
    to('g', [`${node('b')}:8080`, `${node('e')}:8080`], kept),
    to('d', [`${node('d')}:8080`]),
    to('a', [`${node('a')}:81`]),
    to('web', ['10.0.1.10:8080']),
    ...changes,
  );

const required = 'require: { from: eni-i2, to: eni-i1, traffic: tcp/80, mode: packet, dst-ip: 10.0.20.20 }';

describe('a flow that crosses twice is treated otherwise the second time', () => {
  test.each<{ readonly says: string; readonly network: Spec; readonly verdict: string }>([
    { says: 'and so may come to a target that drops it', network: chosenTwice(), verdict: 'violated' },
    {
      says: 'which does not matter where either will do',
      network: chosenTwice({
        balancers: [{ id: 'e', listeners: ['HTTP 8080 fixed | web from 10.0.2.10/32 10.0.22.20/32'] }],
      }),
      verdict: 'holds',
    },
  ])('$says', async ({ network, verdict }) => {
    expect((await answerOf(read(network), required)).verdict).toBe(verdict);
  });
});

/** I2 by a service of VPC Lattice to A, which keeps the address of Lattice, and to I1. */
const servedAndKept = served(
  serves(node('a')),
  balancer('a', { type: 'nlb', listeners: ['TCP 8080 web'] }),
  to('web', ['10.0.1.10:8080'], kept),
);

test('whether an answer to VPC Lattice comes back by a balancer that kept its address is open', async () => {
  const answer = await answerOf(read(servedAndKept), connection);
  expect([answer.verdict, answer.assumptions]).toEqual(['undecided', ['fact:12.16=no']]);
});
