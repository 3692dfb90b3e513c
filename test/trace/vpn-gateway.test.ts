import { expect, test } from 'vitest';
import { type Ask, type Words, send, verdict, world } from './world.ts';
import type { VpnWords } from './transit-world.ts';

/** `vgw-1` at VPC A, with one VPN connection that has a static route to 192.168.0.0/16. */
const words = (vpn: Partial<VpnWords> = {}, more: Words = {}): Words => ({
  ...more,
  vgws: { 'vgw-1': { vpc: 'vpc-a' }, ...more.vgws },
  vpns: { 'vpn-1': { gateway: 'vgw-1', routes: ['192.168.0.0/16'], ...vpn } },
  tables: { 'rtb-1': ['0.0.0.0/0 vgw-1', '::/0 vgw-1'], 'rtb-2': ['0.0.0.0/0 vgw-1'], ...more.tables },
});
const sent = (own: Words, from: string, text: string, ask?: Ask): string => verdict(send(world(own), from, text, ask));
const out = 'tcp 10.0.1.5:40000 -> 192.168.0.9:443';
const far = 'tcp 10.0.1.5:40000 -> 10.99.0.9:443';
const back = 'tcp 192.168.0.9:40000 -> 10.0.1.5:443';
const enters = 'vgw-1';
const unknown = 'denied: vpn-gateway vgw-1 NO_POSSIBLE_DESTINATION';

test('it sends on premises what a static route of a connection names, and brings the answer in', () => {
  const result = send(world(words()), 'eni-1', out);
  expect(verdict(result)).toBe('onprem');
  expect(result.hops.find(({ kind }) => kind === 'vpn-gateway')?.rule).toBe('192.168.0.0/16 -> vgw-1');
  expect(sent(words(), 'eni-1', 'tcp 10.0.1.5:40000 -> 8.8.8.8:443')).toBe(unknown);
});

test('a static route of a connection that is down is not known, unless it is taken to be up', () => {
  for (const vpn of [{ up: false }, { state: 'pending' }]) {
    expect(sent(words(vpn), 'eni-1', out)).toBe(unknown);
    expect(sent(words(vpn), 'eni-1', out, { sides: ['up:vpn-1'] })).toBe('onprem');
  }
});

test('it knows what it propagates in any table, what is declared, and anything where it is taken to', () => {
  expect(sent(words(), 'eni-1', far)).toBe(unknown);
  expect(sent(words({}, { tables: { 'rtb-pub': ['10.99.0.0/16 vgw-1 propagated'] } }), 'eni-1', far)).toBe('onprem');
  expect(sent(words(), 'eni-1', far, { sides: ['onprem:10.99.0.0/16@vgw-1'] })).toBe('onprem');
  expect(sent(words(), 'eni-1', far, { sides: ['onprem:10.99.0.0/16@vpn-1'] })).toBe('onprem');
  expect(sent(words(), 'eni-1', far, { sides: ['passes:vgw-1'] })).toBe('onprem');
  expect(sent(words(), 'eni-1', far, { sides: ['onprem:10.98.0.0/16@vgw-1'] })).toBe(unknown);
  expect(sent(words(), 'eni-1', far, { sides: ['onprem:10.99.0.0/16@vpn-2'] })).toBe(unknown);
  expect(sent(words(), 'eni-1', far, { not: ['onprem:10.99.0.0/16@vgw-1'] })).toBe(unknown);
});

test('it serves its own VPC, in force, and the VPC’s own addresses alone', () => {
  const no = 'denied: vpn-gateway vgw-1 BAD_STATE_ATTACHMENT';
  expect(sent(words({}, { vgws: { 'vgw-1': {} } }), 'eni-1', out)).toBe(no);
  expect(sent(words({}, { vgws: { 'vgw-1': { vpc: 'vpc-b' } } }), 'eni-1', out)).toBe(no);
  const attaching = words({}, { vgws: { 'vgw-1': { vpc: 'vpc-a', state: 'attaching' } } });
  expect(sent(attaching, 'eni-1', out)).toBe(no);
  expect(sent(attaching, 'onprem', back, { enters })).toBe(no);
  expect(sent(attaching, 'eni-1', out, { sides: ['up:vgw-1'] })).toBe('onprem');
  const spoofer = words({}, { interfaces: { 'eni-x': { subnet: 'subnet-1', ips: ['10.0.1.8'], check: false } } });
  expect(sent(spoofer, 'eni-x', 'tcp 10.0.1.77:40000 -> 192.168.0.9:443', { mode: 'packet' })).toBe(
    'denied: vpn-gateway vgw-1 VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
  );
});

test('a NAT gateway of the VPC sends by it as its private address, and takes the answer', () => {
  const nat = words(
    {},
    {
      nats: { 'nat-1': { subnet: 'subnet-2', ips: ['10.0.2.9=203.0.113.9'] } },
      tables: { 'rtb-1': ['0.0.0.0/0 nat-1'] },
    },
  );
  const result = send(world(nat), 'eni-1', out);
  expect(verdict(result)).toBe('onprem');
  expect(result.hops.at(-1)?.packet.src).toEqual({ family: 'ipv4', value: 0x0a000209n });
  expect(sent(nat, 'onprem', 'tcp 192.168.0.9:40000 -> 10.0.2.9:443', { enters })).toBe(
    'denied: vpn-gateway vgw-1 VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
  );
});

test('into the VPC it needs a connection in force, or to be taken to pass', () => {
  expect(sent(words(), 'onprem', back, { enters })).toBe('eni-1');
  expect(sent(words(), 'onprem', back)).toMatch(/^denied: on-premises/);
  for (const vpn of [{ up: false }, { state: 'deleting' }, { gateway: 'vgw-2' }])
    expect(sent(words(vpn), 'onprem', back, { enters })).toBe('denied: vpn-gateway vgw-1 BAD_STATE_VPN');
  expect(sent(words({ up: false }), 'onprem', back, { enters, sides: ['passes:vgw-1'] })).toBe('eni-1');
  expect(sent(words({ up: false }), 'onprem', back, { enters, sides: ['up:vpn-1'] })).toBe('eni-1');
});

test('what came in must be addressed to an interface: no route of a subnet leads it on', () => {
  const onward = words({}, { tables: { 'rtb-1': ['8.0.0.0/8 igw-1', '0.0.0.0/0 vgw-1'] } });
  expect(sent(onward, 'onprem', 'tcp 192.168.0.9:40000 -> 8.8.8.8:443', { enters })).toBe(
    'denied: vpn-gateway vgw-1 VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
  );
});

test('the reply needs a prefix that the gateway knows', () => {
  expect(sent(words(), 'onprem', 'tcp 10.99.0.9:40000 -> 10.0.1.5:443', { enters })).toBe(
    'eni-1, no reply: reply vpn-gateway vgw-1 NO_POSSIBLE_DESTINATION',
  );
});

test('the edge table leads what comes in through a firewall endpoint, and to nothing beyond the VPC', () => {
  const edge = (target: string): Words =>
    words(
      {},
      {
        vgws: { 'vgw-1': { vpc: 'vpc-a', table: 'rtb-edge' } },
        endpoints: { 'fw-1': { subnets: ['subnet-2'] } },
        tables: { 'rtb-edge': [`10.0.1.0/24 ${target}`], 'rtb-2': [], 'rtb-1': ['0.0.0.0/0 fw-1'] },
      },
    );
  const result = send(world(edge('fw-1')), 'onprem', back, { enters, sides: ['passes:fw-1'], mode: 'packet' });
  expect(verdict(result)).toBe('eni-1');
  expect(result.hops.map(({ resource }) => resource)).toContain('fw-1');
  expect(sent(edge('fw-1'), 'onprem', back, { enters, mode: 'packet' })).toMatch(/firewall-endpoint fw-1/);
  expect(sent(edge('igw-1'), 'onprem', back, { enters, mode: 'packet' })).toBe(
    'denied: vpn-gateway vgw-1 CANNOT_ROUTE',
  );
});

test('IPv6 goes by Direct Connect alone, which a propagated route shows or which is taken', () => {
  const six = 'tcp [2600:1f00:a:1::5]:40000 -> [2001:db8::9]:443';
  const in6 = 'tcp [2001:db8::9]:40000 -> [2600:1f00:a:1::5]:443';
  const vpn = words({ routes: ['2001:db8::/32'] });
  expect(sent(vpn, 'eni-1', six)).toBe(unknown);
  expect(sent(vpn, 'onprem', in6, { enters })).toBe('denied: vpn-gateway vgw-1 BAD_STATE_VPN');
  const direct = words({}, { tables: { 'rtb-1': ['2001:db8::/32 vgw-1 propagated'] } });
  expect(sent(direct, 'eni-1', six)).toBe('onprem');
  expect(sent(direct, 'onprem', in6, { enters })).toBe('eni-1');
  expect(sent(vpn, 'eni-1', six, { sides: ['passes:vgw-1'] })).toBe('onprem');
  expect(sent(vpn, 'onprem', in6, { enters, sides: ['passes:vgw-1'] })).toBe('eni-1');
});

test('group references do not count over it', () => {
  const groups = words(
    {},
    {
      groups: { 'sg-ref': { in: ['all sg-open'], out: ['all sg-open'] } },
      interfaces: {
        'eni-r': { subnet: 'subnet-1', ips: ['10.0.1.6'], groups: ['sg-ref'] },
        'eni-m': { subnet: 'subnet-1', ips: ['10.0.1.7', '192.168.0.9'] },
      },
    },
  );
  expect(sent(groups, 'onprem', 'tcp 10.0.1.7:40000 -> 10.0.1.6:443', { enters })).toMatch(
    /SG_REFERENCES_NOT_PRESERVED/,
  );
  expect(sent(groups, 'eni-r', 'tcp 10.0.1.6:40000 -> 192.168.0.9:443')).toMatch(/SG_REFERENCES_NOT_PRESERVED/);
});

test('a modelled gateway counts though it stands among the opaque ones', () => {
  const opaque = { 'vgw-1': { kind: 'vpn-gateway', vpcs: ['vpc-a'] } } as const;
  expect(sent(words({}, { opaque }), 'eni-1', out)).toBe('onprem');
  expect(sent(words({}, { opaque }), 'onprem', back, { enters })).toBe('eni-1');
});

test('on premises sends on from one VPN gateway by another', () => {
  const two: Words = {
    vpcs: { 'vpc-b': { cidrs: ['10.1.0.0/16'] } },
    subnets: { 'subnet-b': { cidrs: ['10.1.1.0/24'], vpc: 'vpc-b', table: 'rtb-b' } },
    interfaces: { 'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5'] } },
    vgws: { 'vgw-1': { vpc: 'vpc-a' }, 'vgw-2': { vpc: 'vpc-b' } },
    vpns: {
      'vpn-1': { gateway: 'vgw-1', routes: ['10.1.0.0/16'] },
      'vpn-2': { gateway: 'vgw-2', routes: ['10.0.0.0/16'] },
    },
    tables: { 'rtb-1': ['0.0.0.0/0 vgw-1'], 'rtb-b': ['0.0.0.0/0 vgw-2'] },
  };
  const text = 'tcp 10.0.1.5:40000 -> 10.1.1.5:443';
  expect(sent(two, 'eni-1', text, { transits: 'vgw-2' })).toMatch(/^onprem/);
  expect(sent(two, 'eni-1', text, { transits: 'vgw-2', sides: ['transit:onprem'] })).toBe('eni-b');
});
