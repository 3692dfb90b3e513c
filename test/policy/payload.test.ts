import { describe, expect, test } from 'vitest';
import type { Traffic } from '../../src/policy/question.ts';
import { type TrafficFlags, parseTraffic, trafficOf } from '../../src/policy/traffic.ts';

const read = (flags: TrafficFlags, ...base: readonly string[]) => {
  const bases = base.map((text): Traffic => {
    const one = parseTraffic(text);
    if (!one.ok) throw new Error(`${text} is traffic`);
    return one.value;
  });
  return trafficOf(flags, bases.length === 0 ? undefined : bases);
};

/** The traffic as `PROTOCOL`, with ports, and what it sets and carries. */
const traffic = (flags: TrafficFlags, ...base: readonly string[]) => {
  const result = read(flags, ...base);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};

/** Each problem as `FLAG:COLUMN CODE`. */
const problems = (flags: TrafficFlags, ...base: readonly string[]) => {
  const result = read(flags, ...base);
  if (result.ok) throw new Error('nothing is wrong');
  return result.problems.map(({ flag, column, code }) => `${flag}:${column} ${code}`);
};

const hint = (flags: TrafficFlags) => {
  const result = read(flags);
  return result.ok ? undefined : result.problems[0]?.hint;
};

describe('what is carried narrows the protocol', () => {
  test('a name and a payload mean the protocols that carry them', () => {
    expect(traffic({ sni: 'a.example' })).toEqual([{ protocol: 6, app: 'tls', sni: 'a.example' }]);
    expect(traffic({ 'http-host': 'a.example' })).toEqual([{ protocol: 6, app: 'http', httpHost: 'a.example' }]);
    expect(traffic({ app: 'ssh' })).toEqual([{ protocol: 6, app: 'ssh' }]);
    expect(traffic({ app: 'quic' })).toEqual([{ protocol: 17, app: 'quic' }]);
    expect(traffic({ app: 'dns' })).toEqual([
      { protocol: 17, app: 'dns' },
      { protocol: 6, app: 'dns' },
    ]);
    expect(traffic({ 'dns-name': 'a.example' })).toMatchObject([
      { protocol: 17, app: 'dns', dnsName: 'a.example' },
      { protocol: 6, app: 'dns', dnsName: 'a.example' },
    ]);
  });

  test('a payload of no known protocol narrows nothing', () => {
    expect(traffic({ app: 'none' })).toEqual([{ app: 'none' }]);
    expect(traffic({ app: 'none' }, 'icmp')).toEqual([{ protocol: 1, app: 'none' }]);
  });

  test('flags are of TCP, in any case and order, each counted once', () => {
    expect(traffic({ 'tcp-flags': 'ack, Syn,ACK' })).toEqual([{ protocol: 6, tcpFlags: ['SYN', 'ACK'] }]);
    expect(traffic({ 'tcp-flags': 'CWR,ECE,URG,ACK,PSH,RST,SYN,FIN' })[0]?.tcpFlags).toEqual([
      'FIN',
      'SYN',
      'RST',
      'PSH',
      'ACK',
      'URG',
      'ECE',
      'CWR',
    ]);
  });

  test('a port alone is of the protocols that carry it, and all is any of them', () => {
    const ports = { from: 443, to: 443 };
    expect(traffic({ port: '443', sni: 'a.example' })).toEqual([{ protocol: 6, ports, app: 'tls', sni: 'a.example' }]);
    expect(traffic({ port: '443', app: 'quic' })).toEqual([{ protocol: 17, ports, app: 'quic' }]);
    expect(traffic({ proto: 'all', app: 'tls' })).toEqual([{ protocol: 6, app: 'tls' }]);
    expect(traffic({ app: 'tls' }, 'all')).toEqual([{ protocol: 6, app: 'tls' }]);
    expect(traffic({ app: 'dns', 'tcp-flags': 'SYN' })).toEqual([{ protocol: 6, app: 'dns', tcpFlags: ['SYN'] }]);
  });

  test('a name beside the protocol that it implies says nothing new', () => {
    expect(traffic({ app: 'TLS', proto: 'tcp', sni: 'a.example' })).toEqual(traffic({ sni: 'a.example' }));
    expect(traffic({ sni: 'a.example' }, 'tcp/443', 'tcp/8443')).toMatchObject([
      { ports: { from: 443, to: 443 }, sni: 'a.example' },
      { ports: { from: 8443, to: 8443 }, sni: 'a.example' },
    ]);
  });
});

describe('names', () => {
  test('are read without regard to case and final dot; a leading dot is kept', () => {
    expect(traffic({ sni: 'API.Example.COM.' })[0]?.sni).toBe('api.example.com');
    expect(traffic({ sni: '.Example.com' })[0]?.sni).toBe('.example.com');
    expect(traffic({ 'dns-name': '_dmarc.example.com' })[0]?.dnsName).toBe('_dmarc.example.com');
    expect(traffic({ 'http-host': '192.0.2.1' })[0]?.httpHost).toBe('192.0.2.1');
  });

  test('what is no name is refused, with what to write', () => {
    for (const wrong of [
      '',
      '.',
      '..a',
      'a..b',
      'a b',
      '-a.example',
      'a-.example',
      `${'a'.repeat(64)}.b`,
      '\u212A.example',
    ])
      for (const flag of ['sni', 'http-host', 'dns-name'] as const)
        expect(problems({ [flag]: wrong })).toEqual([`${flag}:1 bad-name`]);
    expect(problems({ sni: `${'abc.'.repeat(64)}d` })).toEqual(['sni:1 bad-name']);
    expect(hint({ sni: '*.example.com' })).toBe('`.example.com` stands for it and all below it.');
    expect(hint({ sni: 'https://example.com/x' })).toContain('without scheme, port or path');
    expect(hint({ 'http-host': 'example.com:8080' })).toContain('without scheme, port or path');
    expect(hint({ sni: 'bücher.example' })).toContain('xn--');
  });
});

describe('contradictions', () => {
  test('with the protocol, however it was named', () => {
    expect(problems({ proto: 'udp', sni: 'a.example' })).toEqual(['sni:1 bad-traffic']);
    expect(problems({ proto: 'udp', 'tcp-flags': 'SYN' })).toEqual(['tcp-flags:1 bad-traffic']);
    expect(problems({ proto: 'tcp', app: 'quic' })).toEqual(['app:1 bad-traffic']);
    expect(problems({ proto: 'icmp', app: 'dns' })).toEqual(['app:1 bad-traffic']);
    expect(problems({ 'icmp-type': '8', app: 'tls' })).toEqual(['app:1 bad-traffic']);
    expect(problems({ sni: 'a.example' }, 'tcp/443', 'udp/443')).toEqual(['sni:1 bad-traffic']);
    expect(problems({ 'tcp-flags': 'SYN' }, 'icmp')).toEqual(['tcp-flags:1 bad-traffic']);
  });

  test('of two payloads', () => {
    expect(problems({ sni: 'a.example', 'http-host': 'a.example' })).toEqual(['http-host:1 bad-traffic']);
    expect(problems({ app: 'http', sni: 'a.example' })).toEqual(['sni:1 bad-traffic']);
    expect(problems({ app: 'none', 'dns-name': 'a.example' })).toEqual(['dns-name:1 bad-traffic']);
    expect(problems({ app: 'quic', 'tcp-flags': 'SYN' })).toEqual(['tcp-flags:1 bad-traffic']);
  });

  test('a word that is no flag and a payload that is none are named, each with what was meant', () => {
    expect(problems({ 'tcp-flags': 'SYN, AKC,x' })).toEqual(['tcp-flags:6 bad-traffic', 'tcp-flags:10 bad-traffic']);
    expect(problems({ 'tcp-flags': '' })).toEqual(['tcp-flags:1 bad-traffic']);
    expect(hint({ 'tcp-flags': 'AKC' })).toBe('Did you mean `ACK`?');
    expect(problems({ app: 'constructor' })).toEqual(['app:1 bad-app']);
    expect(hint({ app: 'qiuc' })).toBe('Did you mean `quic`?');
  });

  test('all of them are told at once', () => {
    expect(problems({ proto: 'udp', port: '99999', 'tcp-flags': 'x', app: 'ssh', sni: '*', 'http-host': '/' })).toEqual(
      [
        'port:1 bad-traffic',
        'tcp-flags:1 bad-traffic',
        'sni:1 bad-name',
        'http-host:1 bad-name',
        'sni:1 bad-traffic',
        'http-host:1 bad-traffic',
        'app:1 bad-traffic',
        'sni:1 bad-traffic',
        'http-host:1 bad-traffic',
      ],
    );
  });
});
