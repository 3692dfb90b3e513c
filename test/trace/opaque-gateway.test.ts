import { expect, test } from 'vitest';
import { send, verdict, world } from './world.ts';

const network = world({
  opaque: { 'tgw-1': { kind: 'transit-gateway', vpcs: ['vpc-a', 'vpc-b'] } },
  vpcs: { 'vpc-a': { cidrs: ['10.0.0.0/16'] }, 'vpc-b': { cidrs: ['10.1.0.0/16'] } },
  subnets: { 'subnet-b': { cidrs: ['10.1.1.0/24'], vpc: 'vpc-b', table: 'rtb-b' } },
  groups: { 'sg-ref': { in: ['all sg-open'] } },
  interfaces: {
    'eni-b': { subnet: 'subnet-b', ips: ['10.1.1.5'] },
    'eni-c': { subnet: 'subnet-b', ips: ['10.1.1.6'], groups: ['sg-ref'] },
    'eni-lb': { subnet: 'subnet-2', ips: ['10.0.2.9'], role: 'load-balancer' },
  },
  balancers: { 'alb-1': ['eni-lb'] },
  tables: { 'rtb-1': ['0.0.0.0/0 tgw-1'], 'rtb-b': [] },
});
const at = { kind: 'vpc', id: 'vpc-b' } as const;

test('a transit gateway hands on what it is taken to, where it is taken to', () => {
  const text = 'tcp 10.0.1.5:40000 -> 10.1.1.5:443';
  const emits = { 'tgw-1': { packet: text, at } };
  expect(verdict(send(network, 'eni-1', text, { emits }))).toBe('denied: transit-gateway tgw-1 UNKNOWN_DESTINATION');
  expect(verdict(send(network, 'eni-1', text, { sides: ['passes:tgw-1'] }))).toMatch(/^denied: transit-gateway/);
  expect(verdict(send(network, 'eni-1', text, { sides: ['passes:tgw-1'], emits }))).toBe('eni-b');
});

test('group references never match what came through it', () => {
  const text = 'tcp 10.0.1.5:40000 -> 10.1.1.6:443';
  const emits = { 'tgw-1': { packet: text, at } };
  expect(verdict(send(network, 'eni-1', text, { sides: ['passes:tgw-1'], emits }))).toBe(
    'denied: security-group sg-ref SG_REFERENCES_NOT_PRESERVED',
  );
});

test('it comes out at the internet and on premises only as taken', () => {
  const text = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
  const sides = ['passes:tgw-1'];
  expect(
    verdict(send(network, 'eni-1', text, { sides, emits: { 'tgw-1': { packet: text, at: { kind: 'internet' } } } })),
  ).toBe('internet');
  expect(
    verdict(send(network, 'eni-1', text, { sides, emits: { 'tgw-1': { packet: text, at: { kind: 'onprem' } } } })),
  ).toBe('onprem');
});

test('on premises reaches a VPC by a gateway that stands there', () => {
  const text = 'tcp 192.168.1.1:40000 -> 10.1.1.5:22';
  const emits = { 'tgw-1': { packet: text, at } };
  expect(verdict(send(network, 'onprem', text, { sides: ['passes:tgw-1'], emits, enters: 'tgw-1' }))).toBe('eni-b');
  expect(verdict(send(network, 'onprem', text))).toMatch(/^denied: on-premises/);
});

test('a balancer receives, and sends to a target as it is taken to', () => {
  const text = 'tcp 10.0.1.5:40000 -> 10.0.2.9:443';
  const lb = world({
    interfaces: {
      'eni-lb': { subnet: 'subnet-2', ips: ['10.0.2.9'], role: 'load-balancer' },
      'eni-t': { subnet: 'subnet-2', ips: ['10.0.2.7'] },
    },
    balancers: { 'alb-1': ['eni-lb'] },
  });
  const emits = {
    'alb-1': { packet: 'tcp 10.0.2.9:5000 -> 10.0.2.7:8080', at: { kind: 'interface', id: 'eni-lb' } },
  } as const;
  expect(verdict(send(lb, 'eni-1', text))).toBe('eni-lb');
  expect(verdict(send(lb, 'eni-1', text, { sides: ['passes:alb-1'], emits }))).toBe('eni-t');
});
