/** What a network firewall's policy lets through, as predicates (semantics 10B to 10D, vectors T79 to T97). */
import { describe, expect, test } from 'vitest';
import type { Payload } from '../../src/net/payload.ts';
import { type Asked, type FirewallWords, domainList, fate } from '../support/firewall.ts';

const out = (what: string, port: number): string => `${what} 10.0.1.10:40000 -> 203.0.113.1:${port}`;
const web = out('tcp', 443);
const tls = (sni?: string): Payload => (sni === undefined ? { app: 'tls' } : { app: 'tls', sni });
const http = (httpHost?: string): Payload => (httpHost === undefined ? { app: 'http' } : { app: 'http', httpHost });
const carrying = (payload: Payload, asked: Asked = {}): Asked => ({ payload, ...asked });
const rules = (...lines: readonly string[]): Pick<FirewallWords, 'groups'> => ({ groups: [{ lines }] });

describe('an allowlist in action order (T79)', () => {
  const words: FirewallWords = { actionOrder: true, ...rules(...domainList('ALLOWLIST', ['.example.com'])) };
  test('lets TLS and HTTP to the names on it, and no other', () => {
    expect(fate(words, web, carrying(tls('www.example.com')))).toBe('passes');
    expect(fate(words, web, carrying(tls('EXAMPLE.com')))).toBe('passes');
    expect(fate(words, web, carrying(tls('evil.com')))).toBe('stopped');
    expect(fate(words, web, carrying(tls('badexample.com')))).toBe('stopped');
    expect(fate(words, web, carrying(http('www.example.com')))).toBe('passes');
    expect(fate(words, web, carrying(http('evil.com')))).toBe('stopped');
  });
  test('stops TLS without a name, and HTTP without a host but with headers (10.55, 10.60)', () => {
    expect(fate(words, web, carrying(tls()))).toBe('stopped');
    expect(fate(words, web, carrying(http()))).toBe('stopped');
    expect(fate(words, web, carrying({ app: 'http', bare: true }))).toBe('passes');
  });
  test('touches nothing else (10.58)', () => {
    expect(fate(words, out('tcp', 22), carrying({ app: 'ssh' }))).toBe('passes');
    expect(fate(words, out('udp', 53), carrying({ app: 'dns', dnsName: 'evil.com' }))).toBe('passes');
    expect(fate(words, out('udp', 443), carrying({ app: 'quic' }))).toBe('passes');
    expect(fate(words, 'icmp 10.0.1.10 -> 203.0.113.1')).toBe('passes');
    expect(fate(words, web, carrying({ app: 'http2' }))).toBe('passes');
    // Sources outside HOME_NET, and destinations inside.
    expect(fate(words, 'tcp 10.9.1.10:40000 -> 203.0.113.1:443', carrying(tls('evil.com')))).toBe('passes');
    expect(fate(words, 'tcp 10.0.1.10:40000 -> 10.0.2.1:443', carrying(tls('evil.com')))).toBe('passes');
  });
  test('lets any handshake through', () => {
    expect(fate(words, web, carrying(tls('evil.com'), { mode: 'connection' }))).toBe('passes');
    expect(fate(words, web, carrying(tls('evil.com'), { mode: 'client-data' }))).toBe('stopped');
  });
  test('does not cover names of AWS that lie elsewhere (T92)', () => {
    const amazon: FirewallWords = { actionOrder: true, ...rules(...domainList('ALLOWLIST', ['.amazonaws.com'])) };
    expect(fate(amazon, web, carrying(tls('bedrock-mantle.us-east-1.api.aws')))).toBe('stopped');
    expect(fate(amazon, web, carrying(tls('s3.amazonaws.com')))).toBe('passes');
  });
});

describe('an allowlist in strict order', () => {
  const list = domainList('ALLOWLIST', ['.example.com'], { strict: true });
  test('lets nothing through under drop_strict without a rule for the handshake (T82)', () => {
    const words: FirewallWords = { defaults: ['aws:drop_strict'], ...rules(...list) };
    expect(fate(words, web, carrying(tls('example.com')))).toBe('stopped');
    expect(fate(words, web, carrying(tls('example.com'), { mode: 'packet' }))).toBe('stopped');
  });
  test('needs both directions of the handshake under drop_strict (10.25)', () => {
    const both = 'pass tcp $HOME_NET any <> $EXTERNAL_NET any (flow:not_established; sid:90;)';
    const half = 'pass tcp $HOME_NET any -> $EXTERNAL_NET any (flow:not_established, to_server; sid:90;)';
    const beside = (line: string): FirewallWords => ({ defaults: ['aws:drop_strict'], ...rules(line, ...list) });
    expect(fate(beside(both), web, carrying(tls('example.com')))).toBe('passes');
    expect(fate(beside(both), web, carrying(tls('evil.com')))).toBe('stopped');
    expect(fate(beside(half), web, carrying(tls('example.com')))).toBe('stopped');
    expect(fate(beside(half), web, carrying(tls('example.com'), { mode: 'packet' }))).toBe('passes');
  });
  test.each(['aws:drop_established', 'aws:drop_established_app_layer', 'aws:drop_established_app_layer_to_server'])(
    'lets the handshake and the names on it through under %s (10.26 to 10.28)',
    (action) => {
      const words: FirewallWords = { defaults: [action], ...rules(...list) };
      expect(fate(words, web, carrying(tls('example.com')))).toBe('passes');
      expect(fate(words, web, carrying(tls('evil.com')))).toBe('stopped');
      expect(fate(words, web, carrying(tls('evil.com'), { mode: 'connection' }))).toBe('passes');
      expect(fate(words, web, carrying({ app: 'none' }))).toBe('stopped');
      expect(fate(words, out('udp', 53), carrying({ app: 'dns' }, { mode: 'packet' }))).toBe('stopped');
      expect(fate(words, 'icmp 10.0.1.10 -> 203.0.113.1', { mode: 'packet' })).toBe('stopped');
    },
  );
  test('lets everything through with alerts alone (10.30)', () => {
    const words: FirewallWords = { defaults: ['aws:alert_strict', 'aws:alert_established'], ...rules(...list) };
    expect(fate(words, web, carrying(tls('evil.com')))).toBe('passes');
  });
  test('is not known to stop what an unknown default may drop, nor what an absent one does (10.24)', () => {
    const unheard: FirewallWords = { defaults: ['aws:drop_tomorrow'], ...rules(...list) };
    expect(fate(unheard, web, carrying(tls('evil.com')))).toBe('unknown');
    expect(fate(unheard, web, carrying(tls('evil.com'), { sides: { 'passes:policy': true } }))).toBe('passes');
    const absent: FirewallWords = { silent: true, ...rules(...list) };
    expect(fate(absent, web, carrying(tls('evil.com')))).toBe('unknown');
    expect(fate(absent, web, carrying(tls('evil.com'), { mode: 'connection' }))).toBe('passes');
    expect(fate(absent, web, carrying(tls('example.com')))).toBe('passes');
  });
  test('a packet-scoped pass of UDP lets the question out and the answer die, a flow-scoped one both (10.26)', () => {
    const asked = carrying({ app: 'dns', dnsName: 'a.com' });
    const words = (line: string): FirewallWords => ({ defaults: ['aws:drop_established'], ...rules(line) });
    const packet = words('pass udp $HOME_NET any -> any 53 (flow:to_server; sid:1;)');
    expect(fate(packet, out('udp', 53), { ...asked, mode: 'packet' })).toBe('passes');
    expect(fate(packet, out('udp', 53), { ...asked, mode: 'connection' })).toBe('stopped');
    for (const line of ['pass udp $HOME_NET any -> any 53 (sid:1;)', 'pass dns $HOME_NET any -> any any (sid:1;)'])
      expect(fate(words(line), out('udp', 53), asked)).toBe('passes');
  });
  test('whether an answer other than TCP counts as established is not known', () => {
    const line = 'drop udp any any -> any any (flow:established, to_client; sid:7;)';
    expect(fate(rules(line), out('udp', 53), { mode: 'connection' })).toBe('unknown');
    expect(fate(rules(line), out('udp', 53), { mode: 'connection', sides: { 'matches:group-1#sid:7': true } })).toBe(
      'stopped',
    );
    expect(fate(rules(line), out('udp', 53), { mode: 'packet' })).toBe('passes');
  });
});

describe('the order of rules', () => {
  const drop = 'drop tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"evil.com"; sid:1;)';
  const pass = 'pass tcp $HOME_NET any -> $EXTERNAL_NET 443 (sid:2;)';
  const evil = carrying(tls('evil.com'));
  test('a later pass without flow keyword takes the whole flow at the SYN (10.34)', () => {
    expect(fate(rules(drop, pass), web, evil)).toBe('passes');
    expect(fate(rules(drop), web, evil)).toBe('stopped');
  });
  test('with one it is of the packet alone, and an earlier drop of the name holds (10.34)', () => {
    const packet = 'pass tcp $HOME_NET any -> $EXTERNAL_NET 443 (flow:to_server; sid:2;)';
    expect(fate(rules(drop, packet), web, evil)).toBe('stopped');
    expect(fate(rules(packet, drop), web, evil)).toBe('passes');
    expect(fate({ actionOrder: true, ...rules(drop, packet) }, web, evil)).toBe('passes');
  });
  test('all passes come first in action order, whatever the order of groups (10.21, 10.85)', () => {
    const words: FirewallWords = {
      actionOrder: true,
      groups: [{ lines: ['drop ip any any -> any any (sid:1;)'] }, { lines: [pass] }],
    };
    expect(fate(words, web)).toBe('passes');
    expect(fate(words, out('tcp', 80))).toBe('stopped');
    expect(fate({ ...words, actionOrder: false }, web)).toBe('stopped');
  });
  test('groups come by priority in strict order (10.22)', () => {
    const groups = [
      { lines: ['drop ip any any -> any any (sid:1;)'], priority: 20 },
      { lines: [pass], priority: 10 },
    ];
    expect(fate({ groups }, web)).toBe('passes');
  });
  test('reject stops as drop does, and alert decides nothing (10.32, 10.33)', () => {
    expect(fate(rules('reject ip any any -> any any (sid:1;)'), out('udp', 9))).toBe('stopped');
    expect(fate(rules('alert ip any any -> any any (sid:1;)', 'drop ip any any -> any any (sid:2;)'), web)).toBe(
      'stopped',
    );
    expect(fate(rules('alert ip any any -> any any (sid:1;)'), web)).toBe('passes');
  });
  test('an IP-only drop below a packet-scoped pass of the handshake is never looked at again (10.35)', () => {
    const handshake = 'pass tcp any any <> any any (flow:not_established; sid:1;)';
    const last = 'drop tcp 10.0.0.0/16 any -> 0.0.0.0/0 any (sid:2;)';
    const like = 'drop tcp 10.0.0.0/16 any -> !10.0.0.0/16 any (sid:2;)';
    expect(fate(rules(handshake, last), web)).toBe('passes');
    expect(fate(rules(handshake, like), web)).toBe('stopped');
  });
  test('an ingress pass without flow keyword passes the outbound flows past the names (10.76)', () => {
    const names = domainList('ALLOWLIST', ['.example.com'], { strict: true });
    const ingress = 'pass tcp $EXTERNAL_NET any -> $HOME_NET any (sid:9;)';
    const words: FirewallWords = { defaults: ['aws:drop_established'], ...rules(...names, ingress) };
    expect(fate(words, web, evil)).toBe('passes');
    const inward: FirewallWords = { ...rules('drop tcp $EXTERNAL_NET any -> $HOME_NET any (sid:9;)') };
    expect(fate(inward, web, { mode: 'connection' })).toBe('stopped');
    expect(fate(inward, web, { mode: 'packet' })).toBe('passes');
  });
  test('two-sided rules match either way, `=>` is not known (10.75)', () => {
    const answer = 'udp 203.0.113.1:53 -> 10.0.1.10:40000';
    const rule = (arrow: string): Pick<FirewallWords, 'groups'> =>
      rules(`drop udp 10.0.0.0/16 any ${arrow} any 53 (sid:1;)`);
    expect(fate(rule('->'), answer, { mode: 'packet' })).toBe('passes');
    expect(fate(rule('<>'), answer, { mode: 'packet' })).toBe('stopped');
    expect(fate(rule('=>'), answer, { mode: 'packet' })).toBe('unknown');
    expect(fate(rule('=>'), out('udp', 54), { mode: 'packet' })).toBe('passes');
  });
});

describe('keywords', () => {
  test('ip_proto narrows the header (T90)', () => {
    const words = rules('drop ip any any -> any any (ip_proto:!TCP; sid:1;)');
    expect(fate(words, 'icmp 10.0.1.10 -> 203.0.113.1')).toBe('stopped');
    expect(fate(words, out('udp', 53))).toBe('stopped');
    expect(fate(words, web)).toBe('passes');
  });
  test('a restriction of ports misses protocols without ports, and of fragments the packet that they make counts (10.74)', () => {
    const words = rules('drop ip any any -> any 53 (sid:1;)', 'drop ip any any -> any !80 (sid:2;)');
    expect(fate(words, 'icmp 10.0.1.10 -> 203.0.113.1')).toBe('passes');
    expect(fate(words, '50 10.0.1.10 -> 203.0.113.1')).toBe('passes');
    expect(fate(words, out('udp', 53))).toBe('stopped');
    expect(fate(words, `${out('udp', 53)} fragment`, { mode: 'packet' })).toBe('unknown');
    expect(fate(words, out('tcp', 80), { mode: 'packet' })).toBe('passes');
  });
  test('app-layer-protocol says nothing while the protocol is not known (10.81)', () => {
    const words = rules('drop tcp any any -> any any (app-layer-protocol:!tls; sid:1;)');
    expect(fate(words, web, carrying({ app: 'ssh' }, { mode: 'connection' }))).toBe('passes');
    expect(fate(words, web, carrying({ app: 'ssh' }, { mode: 'client-data' }))).toBe('stopped');
    expect(fate(words, web, carrying(tls('a.com')))).toBe('passes');
    const failed = rules('drop tcp any any -> any any (app-layer-protocol:failed; sid:1;)');
    expect(fate(failed, web)).toBe('unknown');
  });
  test('an application in the header is found on any port, and HTTP is not HTTP/2 (10.64, 10.72)', () => {
    const words = rules('drop http any any -> any any (sid:1;)');
    expect(fate(words, out('tcp', 9999), carrying(http('a.com')))).toBe('stopped');
    expect(fate(words, out('tcp', 80), carrying({ app: 'http2' }))).toBe('passes');
  });
  test('tcp.flags are those of the moment (10.81)', () => {
    expect(fate(rules('drop tcp any any -> any any (tcp.flags:S; sid:1;)'), web, { mode: 'packet' })).toBe('stopped');
    const answer = rules('drop tcp any any -> any any (tcp.flags:SA; sid:1;)');
    expect(fate(answer, web, { mode: 'packet' })).toBe('passes');
    // A server may answer with more than these.
    expect(fate(answer, web, { mode: 'connection' })).toBe('unknown');
    const answered = rules('drop tcp any any -> any any (tcp.flags:+SA; sid:1;)');
    expect(fate(answered, web, { mode: 'connection' })).toBe('stopped');
    const push = rules('drop tcp any any -> any any (tcp.flags:+P; sid:1;)');
    expect(fate(push, web, { mode: 'connection' })).toBe('unknown');
    // Data may go without it; ACK it has.
    expect(fate(push, web, { mode: 'client-data' })).toBe('unknown');
    const acknowledges = rules('drop tcp any any -> any any (flow:established; tcp.flags:+A; sid:1;)');
    expect(fate(acknowledges, web, { mode: 'client-data' })).toBe('stopped');
  });
  test('itype is that of the packet, and an echo reply answers an echo request', () => {
    const ping = 'icmp 10.0.1.10 -> 203.0.113.1';
    expect(fate(rules('drop icmp any any -> any any (itype:8; sid:1;)'), ping, { mode: 'packet' })).toBe('stopped');
    const reply = rules('drop icmp any any -> any any (itype:0; sid:1;)');
    expect(fate(reply, ping, { mode: 'packet' })).toBe('passes');
    expect(fate(reply, ping, { mode: 'connection' })).toBe('stopped');
  });
  test('what is not modelled, or not known, names its rule (T97)', () => {
    const geo = rules('drop ip any any -> any any (geoip:dst,RU; sid:5;)');
    expect(fate(geo, web)).toBe('unknown');
    expect(fate(geo, web, { sides: { 'matches:group-1#sid:5': false } })).toBe('passes');
    expect(fate(geo, web, { sides: { 'matches:group-1#sid:5': true } })).toBe('stopped');
    const pcre = rules('drop tls any any -> any any (tls.sni; pcre:"/^(a+)\\1$/"; sid:6;)');
    expect(fate(pcre, web, carrying(tls('a.com')))).toBe('unknown');
    expect(fate(pcre, web, carrying(http('a.com')))).toBe('passes');
    const content = rules('drop tcp any any -> any any (content:"x"; sid:7;)');
    expect(fate(content, web)).toBe('unknown');
    expect(fate(content, web, { mode: 'connection' })).toBe('passes');
  });
  test('under strict order a pass of one packet comes before the pass of its flow that another group has (10.22)', () => {
    const words: FirewallWords = {
      defaults: ['aws:drop_established'],
      groups: [
        { lines: ['pass udp any any -> any any (flow:not_established; sid:1;)'] },
        { lines: ['pass udp any any -> 203.0.113.0/24 any (sid:2;)'] },
      ],
    };
    const declared = { 'fact:10.21': true, 'matches:group-1#sid:1': false };
    expect(fate(words, out('udp', 53), { mode: 'packet' })).toBe('passes');
    expect(fate(words, out('udp', 53), { mode: 'connection', sides: declared })).toBe('stopped');
  });
  test('flowbits hold from the rule that sets them on, and are not known where something unsets them (10.82)', () => {
    const set = 'alert tcp any any -> any 443 (flowbits:set,seen; sid:1;)';
    const drop = 'drop ip any any -> any any (flowbits:isset,seen; flow:to_client; sid:2;)';
    expect(fate(rules(set, drop), web)).toBe('stopped');
    expect(fate(rules(set, drop), web, { mode: 'packet' })).toBe('passes');
    expect(fate(rules(set, drop), out('tcp', 80))).toBe('passes');
    const not = 'drop tcp any any -> any any (flowbits:isnotset,seen; flow:to_client; sid:2;)';
    expect(fate(rules(set, not), web)).toBe('passes');
    expect(fate(rules(set, not), out('tcp', 80))).toBe('stopped');
    const unset = 'alert tcp any any -> any any (flowbits:unset,seen; sid:3;)';
    expect(fate(rules(set, drop, unset), out('tcp', 80))).toBe('unknown');
    const elsewhere = 'drop tls any any -> any any (tls.sni; content:"a.com"; flowbits:unset,seen; sid:3;)';
    expect(fate(rules(drop, elsewhere), out('udp', 53))).toBe('unknown');
    const doubtful = 'alert tcp any any -> any 443 (geoip:dst,RU; flowbits:set,seen; sid:1;)';
    expect(fate(rules(doubtful, drop), web)).toBe('unknown');
    expect(fate(rules(doubtful, drop), out('tcp', 80))).toBe('passes');
  });
});
