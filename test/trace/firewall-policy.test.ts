/** A firewall whose policy was read, on the way of a packet. */
import { expect, test } from 'vitest';
import { type PolicyWords, ruled, tls } from './firewall-world.ts';
import { send, verdict, world } from './world.ts';

/** `eni-1` and the internet with `firewall-1` between them, both ways. */
const inline = (words: PolicyWords) =>
  ruled(
    words,
    world({
      endpoints: { 'fw-1': { subnets: ['subnet-fw'] } },
      interfaces: { 'eni-1': { subnet: 'subnet-1', ips: ['10.0.1.5=203.0.113.5'] } },
      igws: { 'igw-1': { vpc: 'vpc-a', routeTable: 'rtb-edge' } },
      subnets: { 'subnet-fw': { cidrs: ['10.0.8.0/24'], table: 'rtb-fw' } },
      tables: { 'rtb-1': ['0.0.0.0/0 fw-1'], 'rtb-fw': ['0.0.0.0/0 igw-1'], 'rtb-edge': ['10.0.1.0/24 fw-1'] },
    }),
  );
const out = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
const denied = 'denied: firewall-endpoint fw-1 FIREWALL_RULES_RESTRICTION';

test('a firewall does what its policy says, whatever side is declared', () => {
  const drop = inline({ rules: ['drop tcp any any -> any 443 (sid:100;)'] });
  expect(verdict(send(drop, 'eni-1', out, { sides: ['passes:firewall-1'] }))).toBe(denied);
  expect(verdict(send(drop, 'eni-1', out.replace('443', '80')))).toBe('internet');
  expect(verdict(send(drop, 'internet', 'tcp 8.8.8.8:40000 -> 203.0.113.5:443'))).toBe(denied);
});

test('the hop names the rule that decided, and where it was read', () => {
  const { blocks } = send(inline({ rules: ['drop tcp any any -> any 443 (sid:100;)'] }), 'eni-1', out);
  expect(blocks[0]?.hop).toMatchObject({
    resource: 'fw-1',
    action: 'drop',
    rule: 'sid 100',
    detail: '`fw-1` of firewall `firewall-1`: rule sid 100 of `rg` drops the SYN',
    source: { file: 'test', place: '' },
  });
  const { hops } = send(inline({ rules: ['pass tcp any any -> any 443 (sid:100;)'] }), 'eni-1', out);
  expect(hops.find(({ action }) => action === 'inspect')).toMatchObject({
    rule: 'sid 100',
    detail: "`fw-1` of firewall `firewall-1`: rule sid 100 of `rg` passes the client's ACK",
  });
});

test('what the mode needs is judged where the flow begins', () => {
  const rules = ['drop tls any any -> any any (tls.sni; content:"evil.com"; sid:1;)'];
  const ask = (sni: string, mode: 'connection' | 'client-data' | 'data') =>
    verdict(send(inline({ rules }), 'eni-1', out, { ...tls(sni), mode }));
  expect(ask('evil.com', 'connection')).toBe('internet');
  expect(ask('evil.com', 'client-data')).toBe(denied);
  expect(ask('good.com', 'data')).toBe('internet');
});

test('a policy has its own word on fragments', () => {
  const fragment = 'udp 10.0.1.5:1 -> 8.8.8.8:2 fragment';
  expect(verdict(send(inline({ fragmentDefault: 'aws:drop' }), 'eni-1', fragment))).toBe(denied);
  expect(verdict(send(inline({ fragmentDefault: 'aws:pass' }), 'eni-1', fragment))).toBe('internet');
  expect(verdict(send(inline({ statelessDefault: 'aws:pass' }), 'eni-1', `${out} fragment`))).toBe(denied);
});

test('past a firewall that drops, what else denies is listed', () => {
  const drop = inline({ rules: ['drop tcp any any -> any any (sid:1;)'] });
  const result = send(drop, 'eni-1', out, { pastDenials: true });
  expect(verdict(result)).toBe('internet, with: firewall-endpoint fw-1 FIREWALL_RULES_RESTRICTION');
});

test('a firewall whose policy was not read passes by declared side', () => {
  const read = inline({ rules: ['drop tcp any any -> any any (sid:1;)'] });
  const unread = { ...read, firewallPolicies: new Map() };
  expect(verdict(send(unread, 'eni-1', out))).toBe(denied);
  expect(verdict(send(unread, 'eni-1', out, { sides: ['passes:firewall-1'] }))).toBe('internet');
});
