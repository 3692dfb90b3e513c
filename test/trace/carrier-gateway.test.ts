/** Carrier gateways: one address of the carrier's for each private one, and no way in for the internet (semantics 4.32). */
import { expect, test } from 'vitest';
import { formatPacket } from '../../src/net/packet.ts';
import type { Choices, Mode, Origin } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { packet, verdict } from './world.ts';

/** W in a subnet whose table leads to the carrier gateway. */
const carried: Change = {
  subnets: [{ id: 'subnet-w', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1', table: 'rtb-w' }],
  tables: [{ id: 'rtb-w', vpc: 'vpc-a', routes: ['0.0.0.0/0 cagw-1'] }],
  interfaces: [{ id: 'eni-w', subnet: 'subnet-w', ips: ['10.0.5.10~155.146.1.1'], groups: ['sg-open'] }],
  carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
};

interface Ask {
  readonly from?: string;
  readonly mode?: Mode;
  readonly sides?: readonly string[];
  readonly choices?: Partial<Choices>;
}

const ask = (changes: readonly Change[], text: string, { from = 'eni-w', mode, sides = [], choices }: Ask = {}) => {
  const origin: Origin = from === 'internet' ? { kind: 'internet' } : { kind: 'interface', id: from };
  return replay({
    network: networkOf(world(carried, ...changes)),
    origin,
    packet: packet(text),
    mode: mode ?? 'connection',
    choices: { nat: new Map(), emits: new Map(), ...choices },
    sides: new Map(sides.map((key) => [key.replace(/^!/, ''), !key.startsWith('!')])),
    pastDenials: false,
  });
};

const out = 'tcp 10.0.5.10:40000 -> 1.1.1.1:443';
const inward = 'tcp 8.8.8.8:40000 -> 155.146.1.1:443';

test('out to the internet as the carrier’s address, and the reply by the same gateway', () => {
  const result = ask([], out);
  expect(verdict(result)).toBe('internet');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 155.146.1.1:40000 -> 1.1.1.1:443');
  expect(result.returnHops?.[0]).toMatchObject({ resource: 'cagw-1', kind: 'carrier-gateway', action: 'translate' });
});

test('what has no address of the carrier’s is dropped, one of the internet gateway’s included', () => {
  for (const ip of ['10.0.5.10', '10.0.5.10=198.51.100.5'])
    expect(verdict(ask([{ interfaces: [{ id: 'eni-w', ips: [ip] }] }], out))).toBe('denied: carrier-gateway cagw-1');
});

test('an internet gateway maps no address of a carrier’s', () => {
  const routed: Change = { tables: [{ id: 'rtb-w', routes: ['0.0.0.0/0 igw-a'] }] };
  expect(verdict(ask([routed], out))).toMatch(/^denied: internet-gateway igw-a IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS/);
});

test('IPv6 does not get out', () => {
  const six: Change = {
    tables: [{ id: 'rtb-s1', routes: ['::/0 cagw-1'] }],
    carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
  };
  const result = replay({
    network: networkOf(world6(six)),
    origin: { kind: 'interface', id: 'eni-i1' },
    packet: packet('tcp [2600:1f18:a:1::10]:40000 -> [2606:4700::1111]:443'),
    mode: 'packet',
    choices: { nat: new Map(), emits: new Map() },
    sides: new Map(),
    pastDenials: false,
  });
  expect(verdict(result)).toBe('denied: carrier-gateway cagw-1 PROTOCOL_RESTRICTION');
});

test('a gateway that comes or goes works where it is taken to', () => {
  const pending: Change = { carriers: [{ id: 'cagw-1', state: 'pending' }] };
  expect(verdict(ask([pending], out))).toBe('denied: carrier-gateway cagw-1 BAD_STATE');
  expect(verdict(ask([pending], out, { sides: ['up:cagw-1'] }))).toBe('internet');
  const dead: Change = { carriers: [{ id: 'cagw-1', state: 'deleted' }] };
  expect(verdict(ask([dead], out, { sides: ['up:cagw-1'] }))).toBe('denied: carrier-gateway cagw-1 BAD_STATE');
});

test('nobody outside gets in, but who is taken to be on the carrier’s network', () => {
  expect(verdict(ask([], inward, { from: 'internet' }))).toBe('denied: carrier-gateway cagw-1');
  const inside = ask([], inward, { from: 'internet', sides: ['passes:cagw-1'] });
  expect(verdict(inside)).toBe('eni-w');
  expect(formatPacket(inside.hops.at(-1)!.packet)).toBe('tcp 8.8.8.8:40000 -> 10.0.5.10:443');
  const noWayBack: Change = { tables: [{ id: 'rtb-w', routes: ['0.0.0.0/0 igw-a'] }] };
  expect(verdict(ask([noWayBack], inward, { from: 'internet', sides: ['passes:cagw-1'] }))).toMatch(/^eni-w, no reply/);
});

test('a sender inside the network counts as outside on its way to a carrier’s address', () => {
  const host: Change = {
    interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.7=198.51.100.7'], groups: ['sg-open'] }],
  };
  const text = 'tcp 10.0.9.7:40000 -> 155.146.1.1:443';
  expect(verdict(ask([host], text, { from: 'eni-p' }))).toBe('denied: carrier-gateway cagw-1');
  expect(verdict(ask([host], text, { from: 'eni-p', sides: ['passes:cagw-1', '!fact:5.34'] }))).toBe('eni-w');
  const member: Change = {
    groups: [{ id: 'sg-w', vpc: 'vpc-a', in: ['all sg-open'], out: [] }],
    interfaces: [{ id: 'eni-w', groups: ['sg-w'] }],
  };
  expect(verdict(ask([host, member], text, { from: 'eni-p', sides: ['passes:cagw-1'] }))).toMatch(
    /security-group sg-w/,
  );
});

test('from a carrier’s address to a public one of the network, and back', () => {
  const host: Change = {
    interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.7=198.51.100.7'], groups: ['sg-open'] }],
  };
  expect(verdict(ask([host], 'tcp 10.0.5.10:40000 -> 198.51.100.7:443'))).toBe('eni-p');
});

test('what the carrier’s own network does with private addresses is a declared side', () => {
  const text = 'tcp 10.0.5.10:40000 -> 192.168.7.7:443';
  expect(verdict(ask([], text))).toBe('denied: carrier-gateway cagw-1 UNKNOWN_DESTINATION');
  const emits = new Map([['cagw-1', { packet: packet(text), at: { kind: 'onprem' } }]] as const);
  expect(verdict(ask([], text, { sides: ['passes:cagw-1'], choices: { emits } }))).toBe('onprem');
  expect(verdict(ask([], text, { choices: { emits } }))).toBe('denied: carrier-gateway cagw-1 UNKNOWN_DESTINATION');
});

test('VPC Block Public Access blocks it both ways, where the subnet is not excluded', () => {
  const block = (mode: 'block-bidirectional' | 'block-ingress', excluded: boolean): Change => ({
    block: [
      {
        id: 'account',
        mode,
        exclusions: excluded ? [{ resource: 'subnet-w', mode: 'allow-bidirectional' }] : [],
      },
    ],
  });
  const sides = ['passes:cagw-1'];
  for (const mode of ['block-bidirectional', 'block-ingress'] as const) {
    expect(verdict(ask([block(mode, false)], out))).toMatch(/^denied: block-public-access subnet-w/);
    expect(verdict(ask([block(mode, false)], inward, { from: 'internet', sides }))).toMatch(
      /^denied: block-public-access subnet-w/,
    );
    expect(verdict(ask([block(mode, true)], out))).toBe('internet');
    expect(verdict(ask([block(mode, true)], inward, { from: 'internet', sides }))).toBe('eni-w');
  }
});
