import { expect, test } from 'vitest';
import { formatPacket } from '../../src/net/packet.ts';
import { type InterfaceWords, send, verdict, world } from './world.ts';

const routed = (router: Partial<InterfaceWords> = {}, more: Readonly<Record<string, InterfaceWords>> = {}) =>
  world({
    instances: { 'i-r': 'running' },
    interfaces: {
      'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.5=203.0.113.5'], check: false, instance: 'i-r', ...router },
      ...more,
    },
    tables: { 'rtb-1': ['0.0.0.0/0 eni-r'] },
  });
const out = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';

test('a NAT instance works with its check off and a guest that translates, and with neither alone', () => {
  const sides = ['forwards:eni-r,nat'];
  const result = send(routed(), 'eni-1', out, { sides, nat: { 'eni-r': ['10.0.9.5', 2048] } });
  expect(verdict(result)).toBe('internet');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 203.0.113.5:2048 -> 8.8.8.8:443');
  expect(verdict(send(routed({ check: true }), 'eni-1', out, { sides }))).toBe(
    'denied: source-dest-check eni-r ENI_SOURCE_DEST_CHECK_RESTRICTION',
  );
  expect(verdict(send(routed(), 'eni-1', out))).toBe('denied: network-interface eni-r');
});

test('a guest that hands on unchanged sends a source that the internet gateway does not map', () => {
  expect(verdict(send(routed(), 'eni-1', out, { sides: ['forwards:eni-r'] }))).toMatch(
    /IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS/,
  );
});

test('its groups see what it forwards, in and out', () => {
  const network = (rules: { in?: string[]; out?: string[] }) =>
    world({
      interfaces: { 'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.5=203.0.113.5'], check: false, groups: ['sg-r'] } },
      tables: { 'rtb-1': ['0.0.0.0/0 eni-r'] },
      groups: { 'sg-r': rules },
    });
  const ask = { sides: ['forwards:eni-r,nat'] };
  expect(verdict(send(network({ in: ['tcp/443 10.0.1.0/24'], out: ['tcp/443 0.0.0.0/0'] }), 'eni-1', out, ask))).toBe(
    'internet',
  );
  expect(
    verdict(send(network({ in: ['tcp/443 10.0.2.0/24'], out: ['tcp/443 0.0.0.0/0'] }), 'eni-1', out, ask)),
  ).toMatch(/^denied: security-group sg-r/);
  expect(verdict(send(network({ in: ['tcp/443 10.0.1.0/24'], out: ['tcp/80 0.0.0.0/0'] }), 'eni-1', out, ask))).toMatch(
    /^denied: security-group sg-r/,
  );
});

test('a stopped instance forwards and receives by declared side alone', () => {
  const network = world({
    instances: { 'i-s': 'stopped' },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], instance: 'i-s' } },
  });
  const text = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
  expect(verdict(send(network, 'eni-1', text))).toBe('denied: network-interface eni-2 BAD_STATE');
  expect(verdict(send(network, 'eni-1', text, { sides: ['up:i-s'] }))).toBe('eni-2');
  expect(verdict(send(network, 'eni-2', 'tcp 10.0.2.5:1 -> 10.0.1.5:2'))).toMatch(/BAD_STATE/);
});

test('a packet enters one interface of a router and leaves by another, and its reply goes back the same way', () => {
  const network = world({
    instances: { 'i-r': 'running' },
    interfaces: {
      'eni-in': { subnet: 'subnet-2', ips: ['10.0.2.9'], check: false, instance: 'i-r' },
      'eni-out': { subnet: 'subnet-pub', ips: ['10.0.9.9=203.0.113.9'], check: true, instance: 'i-r' },
    },
    tables: { 'rtb-1': ['0.0.0.0/0 eni-in'] },
  });
  const emits = {
    'eni-in': { packet: 'tcp 10.0.9.9:1024 -> 8.8.8.8:443', at: { kind: 'interface', id: 'eni-out' } },
  } as const;
  expect(verdict(send(network, 'eni-1', out, { sides: ['forwards:eni-in,nat'], emits }))).toBe('internet');
  expect(verdict(send(network, 'eni-1', out, { sides: ['forwards:eni-in'], emits }))).toBe(
    'denied: source-dest-check eni-out ENI_SOURCE_DEST_CHECK_RESTRICTION',
  );
});

test('who gets back what it sent sends nothing of the same flow, whatever its guest may do', () => {
  const sentBy = (origin: string): string => {
    const network = world({
      interfaces: {
        'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], check: false },
        'eni-0': { subnet: 'subnet-1', ips: ['10.0.1.6'] },
        'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.5'], check: false },
        'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'] },
      },
      tables: { 'rtb-1': ['0.0.0.0/0 eni-r'], 'rtb-pub': ['8.8.8.0/24 eni-1'] },
    });
    const emits = {
      'eni-1': { packet: 'tcp 10.0.1.5:1024 -> 10.0.2.5:22', at: { kind: 'interface', id: 'eni-1' } },
    } as const;
    const from = origin === 'eni-1' ? '10.0.1.5' : '10.0.1.6';
    const ask = { sides: ['forwards:eni-r', 'passes:eni-1'], emits, mode: 'packet' } as const;
    return verdict(send(network, origin, `tcp ${from}:40000 -> 8.8.8.8:443`, ask));
  };
  expect(sentBy('eni-0')).toBe('eni-2');
  expect(sentBy('eni-1')).toMatch(/^denied/);
});

test('a reply need not return through a guest that does not translate', () => {
  const network = world({
    interfaces: { 'eni-r': { subnet: 'subnet-pub', ips: ['10.0.9.5'], check: false } },
    tables: { 'rtb-1': ['10.0.2.0/24 eni-r'] },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 10.0.2.5:2', { sides: ['forwards:eni-r'] }))).toBe('eni-2');
});

test('an interface with its check on sends from its own addresses alone, and one with it off from any', () => {
  const network = world({ interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], check: false } } });
  const spoofed = (from: string, to: string) => `udp ${from}:1 -> ${to}:2`;
  expect(verdict(send(network, 'eni-1', spoofed('10.0.2.5', '10.0.2.5')))).toBe(
    'denied: source-dest-check eni-1 ENI_SOURCE_DEST_CHECK_RESTRICTION',
  );
  expect(verdict(send(network, 'eni-2', spoofed('1.2.3.4', '10.0.1.5'), { mode: 'packet' }))).toBe('eni-1');
  expect(verdict(send(network, 'eni-2', spoofed('1.2.3.4', '10.0.1.5')))).toMatch(/no reply: reply route-table rtb-1/);
});
