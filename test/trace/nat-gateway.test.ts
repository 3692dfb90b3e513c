import { expect, test } from 'vitest';
import { formatPacket } from '../../src/net/packet.ts';
import { type Words, send, verdict, world } from './world.ts';

const nats = { 'nat-1': { subnet: 'subnet-pub', ips: ['10.0.9.9=203.0.113.9', '10.0.9.10=203.0.113.10'] } };
const out = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
const natted = (words: Words = {}) =>
  world({
    nats,
    ...words,
    tables: { 'rtb-1': ['0.0.0.0/0 nat-1', '64:ff9b::/96 nat-1', '::/0 nat-1'], ...words.tables },
  });

test('a host behind a NAT gateway reaches the internet and nobody reaches it', () => {
  const result = send(natted(), 'eni-1', out);
  expect(verdict(result)).toBe('internet');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 203.0.113.9:1024 -> 8.8.8.8:443');
  expect(formatPacket(result.returnHops!.at(-1)!.packet)).toBe('tcp 8.8.8.8:443 -> 10.0.1.5:40000');
  expect(verdict(send(natted(), 'internet', 'tcp 8.8.8.8:443 -> 203.0.113.9:1024'))).toBe('denied: nat-gateway nat-1');
});

test('the address and port are a choice among its own', () => {
  const ask = { nat: { 'nat-1': ['10.0.9.10', 5555] } } as const;
  const result = send(natted(), 'eni-1', out, ask);
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 203.0.113.10:5555 -> 8.8.8.8:443');
  expect(result.replied).toBe(true);
  expect(verdict(send(natted(), 'eni-1', out, { nat: { 'nat-1': ['10.0.9.77', 5555] } }))).toMatch(
    /^denied: nat-gateway/,
  );
});

test('it carries TCP, UDP and ICMP, and fragments of UDP alone', () => {
  expect(verdict(send(natted(), 'eni-1', 'icmp 10.0.1.5 -> 8.8.8.8'))).toBe('internet');
  expect(verdict(send(natted(), 'eni-1', 'gre 10.0.1.5 -> 8.8.8.8'))).toBe(
    'denied: nat-gateway nat-1 PROTOCOL_RESTRICTION',
  );
  expect(verdict(send(natted(), 'eni-1', `${out} fragment`))).toMatch(/^denied: nat-gateway/);
  expect(verdict(send(natted(), 'eni-1', 'udp 10.0.1.5:1 -> 8.8.8.8:2 fragment', { mode: 'packet' }))).toBe('internet');
});

test('IPv6 passes to 64:ff9b::/96 alone, and answers come back as IPv6', () => {
  const result = send(natted(), 'eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [64:ff9b::808:808]:443');
  expect(verdict(result)).toBe('internet');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 203.0.113.9:1024 -> 8.8.8.8:443');
  expect(verdict(send(natted(), 'eni-1', 'icmpv6 2600:1f00:a:1::5 -> 64:ff9b::808:808'))).toBe('internet');
  expect(verdict(send(natted(), 'eni-1', 'icmpv6 2600:1f00:a:1::5 -> 64:ff9b::808:808 type 135'))).toMatch(
    /PROTOCOL_RESTRICTION/,
  );
  expect(verdict(send(natted(), 'eni-1', 'tcp [2600:1f00:a:1::5]:1 -> [2001:4860::1]:443'))).toMatch(
    /PROTOCOL_RESTRICTION/,
  );
  expect(verdict(send(natted(), 'eni-1', 'tcp [2600:1f00:a:1::5]:1 -> [64:ff9b::a00:205]:443'))).toBe('eni-2');
});

test('in a subnet without a route to the internet it leads nowhere, in its own routes round', () => {
  expect(verdict(send(natted({ tables: { 'rtb-pub': [] } }), 'eni-1', out))).toBe(
    'denied: route-table rtb-pub NO_ROUTE_TO_DESTINATION',
  );
  expect(verdict(send(natted({ tables: { 'rtb-pub': ['0.0.0.0/0 nat-1'] } }), 'eni-1', out))).toBe(
    'denied: nat-gateway nat-1',
  );
});

test('a private one is stopped at the internet gateway', () => {
  const network = natted({ nats: { 'nat-1': { subnet: 'subnet-pub', connectivity: 'private', ips: ['10.0.9.9'] } } });
  expect(verdict(send(network, 'eni-1', out))).toMatch(/IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS/);
});

test('only an available one works, and a pending one by declared side', () => {
  const state = (word: string) => natted({ nats: { 'nat-1': { ...nats['nat-1'], state: word } } });
  expect(verdict(send(state('deleted'), 'eni-1', out, { sides: ['up:nat-1'] }))).toMatch(/BAD_STATE/);
  expect(verdict(send(state('pending'), 'eni-1', out))).toMatch(/BAD_STATE/);
  expect(verdict(send(state('pending'), 'eni-1', out, { sides: ['up:nat-1'] }))).toBe('internet');
});

test('its subnet needs a network ACL that lets the replies of the internet in', () => {
  const acl = (entry: string) =>
    natted({
      acls: { 'acl-x': { in: ['100 allow all 10.0.0.0/16', entry], out: ['100 allow all 0.0.0.0/0'] } },
      subnets: { 'subnet-pub': { cidrs: ['10.0.9.0/24'], table: 'rtb-pub', acl: 'acl-x' } },
    });
  expect(verdict(send(acl('200 allow tcp/1024-65535 0.0.0.0/0'), 'eni-1', out))).toBe('internet');
  expect(verdict(send(acl('200 allow tcp/443 0.0.0.0/0'), 'eni-1', out))).toMatch(/no reply: reply network-acl acl-x/);
});

test('it fronts a destination in its own VPC, which sees its private address', () => {
  const network = natted({ tables: { 'rtb-1': ['10.0.2.0/24 nat-1'] } });
  const result = send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.5:443');
  expect(verdict(result)).toBe('eni-2');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 10.0.9.9:1024 -> 10.0.2.5:443');
});

test('a regional one needs no public subnet and sends as an address of the zone', () => {
  const network = world({
    nats: { 'nat-r': { routeTable: 'rtb-r', ips: ['=203.0.113.20=az2', '=203.0.113.21=az1'] } },
    tables: { 'rtb-1': ['0.0.0.0/0 nat-r'], 'rtb-r': ['0.0.0.0/0 igw-1'], 'rtb-pub': [] },
  });
  const result = send(network, 'eni-1', out);
  expect(verdict(result)).toBe('internet');
  expect(formatPacket(result.hops.at(-1)!.packet)).toBe('tcp 203.0.113.21:1024 -> 8.8.8.8:443');
  expect(verdict(send(network, 'internet', 'tcp 8.8.8.8:443 -> 203.0.113.21:1024'))).toBe('denied: nat-gateway nat-r');
});

test('a group reference lets nothing out to the internet, by whichever gateway', () => {
  const words = (target: string): Words => ({
    groups: { 'sg-x': { out: ['all sg-far unknown'] } },
    interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.5'], groups: ['sg-x'] } },
    nats: { ...nats, 'nat-r': { routeTable: 'rtb-r', ips: ['=203.0.113.20'] } },
    tables: { 'rtb-1': [`0.0.0.0/0 ${target}`], 'rtb-r': ['0.0.0.0/0 igw-1'] },
  });
  for (const target of ['igw-1', 'nat-1', 'nat-r'])
    expect(verdict(send(world(words(target)), 'eni-1', out, { sides: ['members:sg-far'] }))).toBe(
      'denied: security-group sg-x SG_REFERENCES_NOT_PRESERVED',
    );
});
