import { expect, test } from 'vitest';
import { type Words, send, verdict, world } from './world.ts';

const gateway = (words: Words = {}) =>
  world({
    lists: { 'pl-s3': ['52.216.0.0/15'] },
    endpoints: { 's3-1': { endpointType: 'Gateway', serviceName: 'com.amazonaws.us-east-1.s3' } },
    ...words,
    tables: { 'rtb-1': ['pl-s3 s3-1'], ...words.tables },
  });

test('a gateway endpoint takes TCP and pings to its service, and the answers come straight back', () => {
  const result = send(gateway(), 'eni-1', 'tcp 10.0.1.5:40000 -> 52.216.1.1:443');
  expect(result.delivery).toEqual({ kind: 'service', name: 'com.amazonaws.us-east-1.s3', endpoint: 's3-1' });
  expect(result.replied).toBe(true);
  expect(verdict(send(gateway(), 'eni-1', 'icmp 10.0.1.5 -> 52.216.1.1'))).toBe('s3-1');
  expect(verdict(send(gateway(), 'eni-1', 'udp 10.0.1.5:1 -> 52.216.1.1:443'))).toMatch(
    /VPCE_GATEWAY_PROTOCOL_RESTRICTION/,
  );
  expect(verdict(send(gateway(), 'eni-2', 'tcp 10.0.2.5:40000 -> 52.216.1.1:443'))).toMatch(/NO_ROUTE_TO_DESTINATION/);
});

test('the network ACL must let the answers of the service in', () => {
  const network = gateway({
    acls: { 'acl-x': { in: ['100 allow all 10.0.0.0/8'], out: ['100 allow all 0.0.0.0/0'] } },
    subnets: { 'subnet-1': { cidrs: ['10.0.1.0/24'], table: 'rtb-1', acl: 'acl-x' } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 52.216.1.1:443'))).toBe(
    's3-1, no reply: reply network-acl acl-x SUBNET_ACL_RESTRICTION',
  );
});

test('a user route with the same block wins over the prefix list, a shorter one loses', () => {
  const text = 'tcp 10.0.1.5:40000 -> 52.216.1.1:443';
  const hosts = { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.5'] } };
  const routes = (...more: string[]) => gateway({ interfaces: hosts, tables: { 'rtb-1': ['pl-s3 s3-1', ...more] } });
  expect(verdict(send(routes('52.216.0.0/15 igw-1'), 'eni-1', text))).toBe('internet');
  expect(verdict(send(routes('0.0.0.0/0 igw-1'), 'eni-1', text))).toBe('s3-1');
});

test('a source that no interface of the VPC holds may not use a gateway endpoint', () => {
  const network = gateway({ interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5'], check: false } } });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.77:40000 -> 52.216.1.1:443'))).toMatch(
    /GATEWAY_REJECTS_SPOOFED_TRAFFIC/,
  );
});

test('an interface endpoint answers TCP and UDP, as its group admits, and starts nothing', () => {
  const network = world({
    groups: { 'sg-vpce': { in: ['tcp/443 10.0.1.0/24', 'icmp 0.0.0.0/0'] } },
    interfaces: {
      'eni-e': { subnet: 'subnet-2', ips: ['10.0.2.9'], groups: ['sg-vpce'], role: 'interface-endpoint' },
      'eni-p': { subnet: 'subnet-pub', ips: ['10.0.9.5'] },
    },
    endpoints: { 'vpce-1': { endpointType: 'Interface', interfaces: ['eni-e'] } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.2.9:443'))).toBe('eni-e');
  expect(verdict(send(network, 'eni-p', 'tcp 10.0.9.5:40000 -> 10.0.2.9:443'))).toMatch(
    /^denied: security-group sg-vpce/,
  );
  expect(verdict(send(network, 'eni-1', 'icmp 10.0.1.5 -> 10.0.2.9'))).toBe(
    'denied: network-interface eni-e PROTOCOL_RESTRICTION',
  );
  expect(verdict(send(network, 'eni-e', 'tcp 10.0.2.9:443 -> 10.0.1.5:40000'))).toBe(
    'denied: network-interface eni-e VPCE_INTRA_VPC_TRAFFIC',
  );
});

test('an endpoint that is not available takes nothing', () => {
  const network = gateway({ endpoints: { 's3-1': { endpointType: 'Gateway', state: 'deleting' } } });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:1 -> 52.216.1.1:443'))).toBe(
    'denied: gateway-endpoint s3-1 BAD_STATE',
  );
});
