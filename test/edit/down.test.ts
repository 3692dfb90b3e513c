import { describe, expect, test } from 'vitest';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import { type Change, type Spec, changed } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { changesOf, editNetwork, mistake } from './edited.ts';

/** The verdicts of one property before the edits and after. */
async function verdicts(spec: Spec, property: string, ...lines: readonly string[]): Promise<readonly string[]> {
  const network = networkOf(spec);
  const { network: after } = editNetwork(network, ...lines);
  return [(await answerOf(network, property)).verdict, (await answerOf(after, property)).verdict];
}

const out: Change = {
  nats: [
    { id: 'nat-1', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] },
    { id: 'nat-2', subnet: 'subnet-pub2', ips: ['10.0.10.5=198.51.100.10'] },
  ],
  subnets: [{ id: 'subnet-pub2', vpc: 'vpc-a', cidrs: ['10.0.10.0/24'], zone: 'az2', table: 'rtb-pub' }],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 nat-1'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 nat-2'] },
  ],
};

const reach = (from: string) => `require: { from: ${from}, to: internet, traffic: tcp/443, mode: connection }`;
const never = (from: string, to = 'internet') => `forbid: { from: ${from}, to: ${to} }`;

describe('what is down carries nothing, for certain', () => {
  const firewall: Change = {
    firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-pub', ip: '10.0.9.30', firewall: 'egress' }],
    tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] }],
    interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.7'] }],
  };
  test.each([
    ['a NAT gateway', world(out), 'nat-1 down'],
    ['an internet gateway', world(out), 'igw-a down'],
    ['a firewall', world(out, firewall), 'egress down'],
    ['a firewall endpoint', world(out, firewall), 'vpce-fw down'],
  ])('%s', async (_, spec, line) => {
    expect((await verdicts(spec, never('eni-i1'), line))[0]).not.toBe('holds');
    expect((await verdicts(spec, never('eni-i1'), line))[1]).toBe('holds');
  });
});

describe('a host that is down neither sends nor receives, whatever is assumed of it', () => {
  const arrives = 'forbid: { from: eni-i2, to: 10.0.1.10 }, assume: up:i-i1';
  test.each([
    ['its instance', {}, 'i-i1 down'],
    ['its instance, which was stopped', { states: [{ id: 'i-i1', state: 'stopped' }] }, 'i-i1 down'],
    ['its interface', {}, 'eni-i1 down'],
    ['its zone', {}, 'zone:use1-az1 down'],
  ])('with %s', async (_, more, line) => {
    expect(await verdicts(world(out, more), arrives, line)).toEqual(['violated', 'holds']);
    expect((await verdicts(world(out, more), never('eni-i1'), line))[1]).toBe('vacuous');
  });
});

test('no imaginary host stands in for what is down', async () => {
  const subnet = world({ groups: [{ id: 'sg-open', in: [], out: [] }] });
  const property = 'forbid: { from: eni-i2, to: subnet-s1 }';
  expect(await verdicts(subnet, property, 'i-i1 down')).toEqual(['holds', 'vacuous']);
});

test('a balancer sends to the targets that are left', async () => {
  const balanced = world(out, {
    balancers: [
      {
        id: 'front',
        type: 'alb',
        public: true,
        at: [
          { subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] },
          { subnet: 'subnet-pub2', ips: ['10.0.10.20=198.51.100.21'] },
        ],
        groups: ['sg-open'],
        listeners: ['HTTP 80 web'],
      },
    ],
    targetGroups: [
      { id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1 healthy', 'i-i2 healthy'] },
    ],
  });
  const served = 'require: { from: internet, to: eni-i2, traffic: tcp/80, family: ipv4, mode: connection }';
  const [before, after] = await verdicts(balanced, served, 'i-i1 down');
  expect(before).not.toBe('holds');
  expect(after).toBe('holds');
});

test('what spans zones goes on in the others', async () => {
  expect(await verdicts(world(out), reach('eni-i2'), 'zone:use1-az1 down')).toEqual(['holds', 'holds']);
  expect(await verdicts(world(out), reach('eni-i2'), 'nat-2 down')).toEqual(['holds', 'violated']);
  expect(await verdicts(world(out), never('eni-i1', '10.0.2.10'), 'zone:use1-az2 down')).toEqual(['violated', 'holds']);
});

const peered: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' }],
  acls: [
    { id: 'acl-b', vpc: 'vpc-b', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
  ],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
};

const joined = (gateway: string, more: Change): Spec =>
  changed(world(peered, more), {
    tables: [
      { id: 'rtb-s2', routes: [`10.1.0.0/16 ${gateway}`] },
      { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [`10.0.0.0/16 ${gateway}`] },
    ],
  });

const transit: Change = {
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1', 'subnet-s2'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
  ],
  transitTables: [
    { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', '10.1.0.0/16 tgw-attach-b'] },
  ],
};

describe('lines between VPCs', () => {
  const crosses = never('eni-i2', 'eni-b');

  test.each([
    ['pcx-1', { opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }] }, 'pcx-1 down'],
    ['pcx-1', { opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }] }, 'pcx-1 detach'],
    ['tgw-1', transit, 'tgw-attach-b down'],
    ['tgw-1', transit, 'tgw-attach-b detach'],
  ] as const)('by %s: %s %s', async (gateway, more, line) => {
    expect(await verdicts(joined(gateway, more), crosses, line)).toEqual(['violated', 'holds']);
  });

  test('an attachment without a subnet in its zone left is down with the zone', async () => {
    const inward = never('eni-i2', '10.1.1.10');
    expect(await verdicts(joined('tgw-1', transit), inward, 'zone:use1-az1 down')).toEqual(['violated', 'holds']);
    const { edits } = editNetwork(networkOf(joined('tgw-1', transit)), 'zone:use1-az1 down');
    expect(changesOf(edits)).toContain('tgw-attach-a subnets: subnet-s1, subnet-s2 => subnet-s2');
    expect(changesOf(edits)).toContain('tgw-attach-b state: working => failed');
  });
});

test('a VPN connection that is down carries nothing, whatever its tunnels may do', async () => {
  const vpn: Change = {
    vgws: [{ id: 'vgw-1', vpc: 'vpc-a' }],
    vpns: [{ id: 'vpn-1', gateway: 'vgw-1', routes: ['10.9.0.0/16'] }],
    tables: [{ id: 'rtb-s1', routes: ['10.9.0.0/16 vgw-1'] }],
  };
  // What the gateway may have learnt besides is not the connection's.
  const leaves = 'forbid: { from: eni-i1, to: onprem }, assume: drops:vgw-1';
  expect(await verdicts(world(vpn), leaves, 'vpn-1 down')).toEqual(['violated', 'holds']);
  expect(await verdicts(world(vpn), leaves, 'vgw-1 down')).toEqual(['violated', 'holds']);
  expect(await verdicts(world(vpn), leaves, 'vgw-1 detach')).toEqual(['violated', 'holds']);
});

test('what is down already, is no zone, or was not read enough of, is a mistake', () => {
  const { network } = editNetwork(networkOf(world(out)), 'nat-1 down', 'i-i1 down');
  expect(mistake(network, 'nat-1 down')).toMatchObject({ code: 'changes-nothing' });
  expect(mistake(network, 'i-i1 down')).toMatchObject({ code: 'changes-nothing' });
  expect(mistake(network, 'eni-i1 down')).toMatchObject({ code: 'changes-nothing' });
  expect(mistake(network, 'zone:use1-az9 down')).toMatchObject({ hint: 'Did you mean `use1-az1` or `use1-az2`?' });
  expect(mistake(network, 'rtb-s1 down')).toMatchObject({ code: 'wrong-kind' });
  const far = world(peered, {
    opaque: [
      { id: 'tgw-9', vpcs: ['vpc-a'] },
      { id: 'pcx-9', vpcs: ['vpc-a', 'vpc-zzz'] },
    ],
  });
  expect(mistake(far, 'pcx-9 down')).toMatchObject({
    code: 'not-read',
    hint: '`--assume drops:pcx-9` says that nothing does.',
  });
});
