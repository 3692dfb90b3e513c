/** Stateless rules, streams, variables, and what of a policy nobody read, as predicates (semantics 10B, 10D, 10E). */
import { describe, expect, test } from 'vitest';
import type { Payload } from '../../src/net/payload.ts';
import { type FirewallWords, domainList, fate } from '../support/firewall.ts';

const web = 'tcp 10.0.1.10:40000 -> 203.0.113.1:443';
const query = 'udp 10.0.1.10:40000 -> 203.0.113.1:53';
const tls = (sni: string): { readonly payload: Payload } => ({ payload: { app: 'tls', sni } });
const rules = (...lines: readonly string[]): Pick<FirewallWords, 'groups'> => ({ groups: [{ lines }] });
const port = (number: number) => [{ from: number, to: number }];
const unread = { unread: 'describe-rule-group', subject: 'group-1' };

describe('stateless rules', () => {
  const bypass: FirewallWords = {
    stateless: [{ action: 'aws:pass', protocols: [6], destinationPorts: port(443) }],
    ...rules('drop tls any any -> any any (tls.sni; content:"evil.com"; sid:1;)'),
  };
  test('a pass of one direction leaves replies midstream (T86)', () => {
    expect(fate(bypass, web, { ...tls('evil.com'), mode: 'packet' })).toBe('passes');
    expect(fate(bypass, web, { ...tls('evil.com'), mode: 'connection' })).toBe('stopped');
    expect(fate({ ...bypass, streamException: 'REJECT' }, web, tls('evil.com'))).toBe('stopped');
    expect(fate({ ...bypass, streamException: 'CONTINUE' }, web, tls('evil.com'))).toBe('unknown');
    expect(
      fate({ ...bypass, streamException: 'CONTINUE' }, web, {
        ...tls('evil.com'),
        sides: { 'continues:firewall': true },
      }),
    ).toBe('passes');
  });
  test('a pass of both directions goes past every stateful rule (T86, 10.18)', () => {
    const mirrored = [...bypass.stateless!, { action: 'aws:pass' as const, protocols: [6], sourcePorts: port(443) }];
    expect(fate({ ...bypass, stateless: mirrored }, web, tls('evil.com'))).toBe('passes');
    expect(fate({ ...bypass, stateless: [] }, web, tls('evil.com'))).toBe('stopped');
  });
  test('what leads one way alone is answered by nobody (T87)', () => {
    const words: FirewallWords = {
      statelessDefault: 'aws:drop',
      stateless: [{ action: 'aws:forward_to_sfe', sources: ['10.0.0.0/16'] }],
    };
    expect(fate(words, web, { mode: 'packet' })).toBe('passes');
    expect(fate(words, web, { mode: 'connection' })).toBe('stopped');
    expect(fate(words, 'tcp 10.0.1.10:40000 -> 10.0.2.10:443', { mode: 'connection' })).toBe('passes');
  });
  test('flags are masked first (T89, 10.16)', () => {
    const words: FirewallWords = {
      stateless: [{ action: 'aws:drop', protocols: [6], tcpFlags: [{ flags: 2, masks: 18 }] }],
    };
    expect(fate(words, web, { mode: 'packet' })).toBe('stopped');
    const answer: FirewallWords = { stateless: [{ action: 'aws:drop', tcpFlags: [{ flags: 18, masks: 18 }] }] };
    expect(fate(answer, web, { mode: 'packet' })).toBe('passes');
    expect(fate(answer, web, { mode: 'packet', flags: 18 })).toBe('stopped');
    expect(fate(answer, web, { mode: 'connection' })).toBe('stopped');
    const exactly: FirewallWords = { stateless: [{ action: 'aws:drop', tcpFlags: [{ flags: 2, masks: 0 }] }] };
    expect(fate(exactly, web, { mode: 'packet' })).toBe('stopped');
    expect(fate(exactly, web, { mode: 'packet', flags: 66 })).toBe('passes');
  });
  test('the first match by priority decides, and the default the rest (10.12, 10.13)', () => {
    const words: FirewallWords = {
      statelessDefault: 'aws:drop',
      stateless: [
        { priority: 20, action: 'aws:drop', destinations: ['203.0.113.0/24'] },
        { priority: 10, action: 'aws:pass', destinations: ['203.0.113.1/32'] },
      ],
    };
    expect(fate(words, query, { mode: 'packet' })).toBe('passes');
    expect(fate(words, 'udp 10.0.1.10:40000 -> 203.0.113.2:53', { mode: 'packet' })).toBe('stopped');
    expect(fate(words, 'udp [2600::1]:40000 -> [2600::2]:53', { mode: 'packet' })).toBe('stopped');
  });
  test('fragments of UDP have a default and no ports; others are dropped (10.13)', () => {
    const words: FirewallWords = {
      statelessDefault: 'aws:pass',
      fragmentDefault: 'aws:drop',
      stateless: [{ action: 'aws:pass', protocols: [17], destinationPorts: port(53) }],
    };
    expect(fate(words, query, { mode: 'packet' })).toBe('passes');
    expect(fate(words, `${query} fragment`, { mode: 'packet' })).toBe('stopped');
    const open: FirewallWords = { ...words, fragmentDefault: 'aws:pass' };
    expect(fate(open, `${query} fragment`, { mode: 'connection' })).toBe('passes');
    expect(fate(open, `${web} fragment`, { mode: 'packet' })).toBe('stopped');
    expect(fate(open, 'icmp 10.0.1.10 -> 203.0.113.1 fragment', { mode: 'packet' })).toBe('stopped');
  });
  test('a packet inside a connection needs a handshake that got through, or an engine that continues', () => {
    const strict: FirewallWords = { defaults: ['aws:drop_strict'] };
    expect(fate(strict, web, { mode: 'packet', flags: 16 })).toBe('stopped');
    expect(fate({}, web, { mode: 'packet', flags: 16 })).toBe('passes');
    expect(fate({ ...strict, streamException: 'CONTINUE' }, web, { mode: 'packet', flags: 16 })).toBe('unknown');
    const reset = rules('drop tcp any any -> any any (tcp.flags:R; sid:1;)');
    expect(fate(reset, web, { mode: 'packet', flags: 4 })).toBe('stopped');
    expect(fate(reset, web, { mode: 'packet', flags: 16 })).toBe('passes');
  });
  test('other protocols have no midstream: each packet that is forwarded is judged', () => {
    const words: FirewallWords = {
      stateless: [{ action: 'aws:pass', protocols: [17], destinationPorts: port(53) }],
      ...rules('drop udp any 53 -> any any (sid:1;)'),
    };
    expect(fate(words, query, { mode: 'packet' })).toBe('passes');
    expect(fate(words, query, { mode: 'connection' })).toBe('stopped');
    expect(fate({ ...words, groups: [] }, query, { mode: 'connection' })).toBe('passes');
  });
});

describe('variables', () => {
  const list = domainList('ALLOWLIST', ['.example.com']);
  const evil = tls('evil.com');
  test('EXTERNAL_NET stays the negation of the policy (T85, 10.43)', () => {
    const words: FirewallWords = {
      actionOrder: true,
      vpc: ['100.64.0.0/16'],
      groups: [{ lines: list, ipSets: { HOME_NET: ['10.0.0.0/8'] } }],
    };
    expect(fate(words, web, evil)).toBe('stopped');
    expect(fate(words, 'tcp 10.0.1.10:40000 -> 10.9.9.9:443', evil)).toBe('stopped');
    expect(fate({ ...words, groups: [{ lines: list }] }, web, evil)).toBe('passes');
    const own = { HOME_NET: ['10.0.0.0/8'], EXTERNAL_NET: ['!10.0.0.0/8'] };
    expect(fate({ ...words, groups: [{ lines: list, ipSets: own }] }, web, evil)).toBe('stopped');
    expect(
      fate({ ...words, groups: [{ lines: list, ipSets: own }] }, 'tcp 10.0.1.10:40000 -> 10.9.9.9:443', evil),
    ).toBe('passes');
    expect(fate({ ...words, homeNet: ['10.0.0.0/8'], groups: [{ lines: list }] }, web, evil)).toBe('stopped');
  });
  test('IPv6 misses rules of an IPv4 HOME_NET; whether the blocks of the VPC are in it is not known (10.42)', () => {
    const flow = 'tcp [2600:1f00::1]:40000 -> [2a00::1]:443';
    const words: FirewallWords = { actionOrder: true, ...rules(...list) };
    expect(fate(words, flow, evil)).toBe('passes');
    expect(fate({ ...words, vpc: ['10.0.0.0/16', '2600:1f00::/56'] }, flow, evil)).toBe('unknown');
    for (const [side, expected] of [
      [true, 'stopped'],
      [false, 'passes'],
    ] as const) {
      const declared = { ...evil, sides: { 'fact:10.42': side } };
      expect(fate({ ...words, vpc: ['10.0.0.0/16', '2600:1f00::/56'] }, flow, declared)).toBe(expected);
    }
    expect(fate({ ...words, vpc: ['10.0.0.0/16', '2600:1f00::/56'] }, web, evil)).toBe('stopped');
    expect(fate({ ...words, homeNet: ['10.0.0.0/8', '2600:1f00::/32'] }, flow, evil)).toBe('stopped');
  });
  test('a firewall of a transit gateway has none (7.24), and a group without its variable is not known', () => {
    expect(fate({ actionOrder: true, vpc: false, ...rules(...list) }, web, evil)).toBe('unknown');
    expect(fate(rules('drop ip $NOWHERE any -> any any (sid:1;)'), web)).toBe('unknown');
  });
  test('lists are their positives less their negatives, in the families that they name (10.73)', () => {
    const drop = (addresses: string): FirewallWords => rules(`drop ip ${addresses} any -> any any (sid:1;)`);
    expect(fate(drop('[10.0.0.0/8,!10.0.1.0/24]'), web)).toBe('passes');
    expect(fate(drop('[!10.0.2.0/24,10.0.0.0/8]'), web)).toBe('stopped');
    expect(fate(drop('!10.0.2.0/24'), web)).toBe('stopped');
    expect(fate(drop('!10.0.2.0/24'), 'tcp [2600::1]:40000 -> [2600::2]:443')).toBe('passes');
    expect(fate(drop('10.0.1.1-10.0.1.20'), web)).toBe('stopped');
    expect(fate(drop('[10.0.1.0/24,![10.0.1.8/30,!10.0.1.10]]'), web)).toBe('unknown');
  });
  test('references hold the entries of their prefix lists (10.47)', () => {
    const group = { lines: ['drop ip any any -> @BAD any (sid:1;)'], references: { BAD: 'pl-1' } };
    expect(fate({ groups: [group], lists: { 'pl-1': ['203.0.113.0/24'] } }, web)).toBe('stopped');
    expect(fate({ groups: [group], lists: { 'pl-1': ['198.51.100.0/24'] } }, web)).toBe('passes');
    expect(fate({ groups: [group] }, web)).toBe('unknown');
  });
  test('ports of a group are its own', () => {
    const group = { lines: ['drop tcp any any -> any $BAD (sid:1;)'], portSets: { BAD: ['440:450', '!443'] } };
    expect(fate({ groups: [group] }, web)).toBe('passes');
    expect(fate({ groups: [group] }, web.replace(':443', ':444'))).toBe('stopped');
  });
});

describe('what nobody read', () => {
  const managed = { rules: unread, managed: true };
  test('a managed group may drop what comes to it, and does nothing with DROP_TO_ALERT (T94, 10.36, 10.67)', () => {
    expect(fate({ groups: [managed] }, web)).toBe('unknown');
    expect(fate({ groups: [managed] }, web, { sides: { 'passes:group-1': true } })).toBe('passes');
    expect(fate({ groups: [managed] }, web, { sides: { 'passes:group-1': false } })).toBe('stopped');
    expect(fate({ groups: [{ ...managed, dropToAlert: true }] }, web)).toBe('passes');
    expect(fate({ groups: [managed], defaults: ['aws:drop_strict'] }, web)).toBe('stopped');
  });
  test('a managed group comes after every pass in action order', () => {
    const pass = { lines: ['pass tcp any any -> any any (sid:1;)'] };
    expect(fate({ actionOrder: true, groups: [managed, pass] }, web)).toBe('passes');
    expect(fate({ groups: [managed, pass] }, web)).toBe('unknown');
  });
  test("a customer's group may pass or drop what comes to it, and so may a line that cannot be read", () => {
    const strict: FirewallWords = { defaults: ['aws:drop_strict'] };
    expect(fate({ ...strict, groups: [{ rules: unread }] }, web)).toBe('unknown');
    expect(fate({ ...strict, groups: [{ rules: unread }] }, web, { sides: { 'passes:group-1': true } })).toBe('passes');
    expect(fate({ ...strict, missing: ['arn:aws:network-firewall:r:1:stateful-rulegroup/x'] }, web)).toBe('unknown');
    expect(fate(rules('drop ip any any -> any any (sid:1;)', 'what is this'), web)).toBe('stopped');
    expect(fate(rules('what is this', 'drop ip any any -> any any (sid:1;)'), web)).toBe('unknown');
  });
});

describe('TLS inspection', () => {
  const list = domainList('ALLOWLIST', ['.example.com'], { types: ['TLS_SNI'] });
  const inspects = [{ destinationPorts: port(443) }];
  const plain: FirewallWords = { actionOrder: true, ...rules(...list) };
  const words: FirewallWords = { ...plain, inspects };
  test('asks for the certificate of the name that the client wrote (T93, 10.61)', () => {
    expect(fate(plain, web, tls('a.example.com'))).toBe('passes');
    expect(fate(words, web, tls('a.example.com'))).toBe('unknown');
    expect(fate(words, web, { ...tls('a.example.com'), sides: { 'certified:inspection': false } })).toBe('stopped');
    expect(fate(words, web, { ...tls('a.example.com'), sides: { 'certified:inspection': true } })).toBe('passes');
    expect(fate(words, web, { ...tls('evil.com'), sides: { 'certified:inspection': true } })).toBe('stopped');
  });
  test('drops what is no TLS with a name in its scope, after the handshake (10.68)', () => {
    const sides = { 'certified:inspection': true };
    const bare: FirewallWords = { inspects };
    expect(fate(bare, web, { payload: { app: 'ssh' }, sides })).toBe('stopped');
    expect(fate(bare, web, { payload: { app: 'tls' }, sides })).toBe('stopped');
    expect(fate(bare, web, { payload: { app: 'ssh' }, mode: 'connection' })).toBe('passes');
    expect(fate(bare, web.replace(':443', ':22'), { payload: { app: 'ssh' } })).toBe('passes');
    expect(fate(bare, query)).toBe('passes');
  });
  test('whether rules for other applications match what is decrypted is not known (10.68)', () => {
    const sides = { 'certified:inspection': true };
    const http: FirewallWords = { inspects, ...rules('drop http any any -> any any (sid:1;)') };
    expect(fate(http, web, { ...tls('a.com'), sides })).toBe('unknown');
    expect(fate({ ...http, inspects: [{ destinationPorts: port(444) }] }, web, tls('a.com'))).toBe('passes');
  });
  test('whether a handshake reaches the server though no hello is judged is not known where sessions are held (10.69)', () => {
    const held: FirewallWords = { ...words, holds: true };
    const hand = { mode: 'connection' } as const;
    expect(fate(held, web, hand)).toBe('unknown');
    expect(fate(held, web, { ...hand, sides: { 'fact:10.69-handshake': false } })).toBe('stopped');
    expect(fate(held, web, { ...hand, sides: { 'fact:10.69-handshake': true } })).toBe('passes');
    expect(fate(held, web.replace(':443', ':22'), hand)).toBe('passes');
    expect(fate(words, web, hand)).toBe('passes');
    expect(fate({ ...held, inspects: [] }, web, hand)).toBe('passes');
  });
  test('whether rules for established flows match a hello that is held back is a fact in dispute (10.69)', () => {
    const held: FirewallWords = { ...words, holds: true };
    const sides = { 'certified:inspection': true };
    expect(fate(held, web, { ...tls('evil.com'), sides })).toBe('unknown');
    expect(fate(held, web, { ...tls('evil.com'), sides: { ...sides, 'fact:10.69': true } })).toBe('stopped');
    expect(fate(held, web, { ...tls('evil.com'), sides: { ...sides, 'fact:10.69': false } })).toBe('passes');
    const early: FirewallWords = {
      holds: true,
      inspects,
      ...rules('drop tcp any any -> any any (flow:not_established, to_server; content:"x"; sid:1;)'),
    };
    // What data holds is not certain.
    const pushed = { ...sides, 'matches:group-1#sid:1': true };
    expect(fate(early, web, { ...tls('a.com'), sides })).toBe('unknown');
    expect(fate(early, web, { ...tls('a.com'), sides: pushed })).toBe('stopped');
    expect(fate({ ...early, holds: false }, web, { ...tls('a.com'), sides: pushed })).toBe('passes');
  });
});
