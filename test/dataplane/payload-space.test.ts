/** What a flow can carry, in classes that rules and questions tell apart. */
import { describe, expect, test } from 'vitest';
import { payloadSpace, type PayloadName } from '../../src/dataplane/firewall/payload-space.ts';
import { contains, intersect, sameIntervals, size, unionAll } from '../../src/net/interval.ts';
import { applications } from '../../src/net/application.ts';
import { ruleOf, type Rule } from '../../src/suricata/index.ts';

const rulesOf = (...options: readonly string[]): readonly Rule[] =>
  options.map((option, i) => ruleOf(`drop ip any any -> any any (${option} sid:${i + 1};)`)!);
const sni = (name: string): PayloadName => ({ kind: 'sni', name });

describe('the payload space', () => {
  test('without rules is one class for each application, and those that bear no name', () => {
    const space = payloadSpace([], []);
    // No application; TLS, HTTP and DNS with and without a name; HTTP without any header.
    expect(space.size).toBe(1 + Object.keys(applications).length + 4);
    expect(space.witness(0)).toEqual({ app: 'none' });
    expect(
      sameIntervals(space.all, unionAll(['none', ...Object.keys(applications)].map((name) => space.app(name)))),
    ).toBe(true);
  });
  test('shows a payload of every class, which has what the class says', () => {
    const space = payloadSpace(
      rulesOf(
        'tls.sni; dotprefix; content:".example.com"; nocase; endswith;',
        'http.host; content:"api."; startswith;',
        'http.method; content:"POST"; startswith; endswith;',
        'http.uri; content:"/admin";',
        'dns.query; content:"tunnel"; nocase;',
      ),
      [sni('.example.org')],
    );
    const seen = new Set<string>();
    for (let i = 0; i < space.size; i++) {
      const payload = space.witness(i);
      const number = BigInt(i);
      expect(contains(space.app(payload.app), number)).toBe(true);
      expect(contains(space.holding('tls.sni'), number)).toBe(payload.sni !== undefined);
      expect(contains(space.holding('http.host'), number)).toBe(payload.httpHost !== undefined);
      expect(contains(space.holding('dns.query'), number)).toBe(payload.dnsName !== undefined);
      expect(contains(space.withHeaders, number)).toBe(payload.app === 'http' && payload.bare !== true);
      const example = /(^|\.)example\.org$/i.test(payload.sni ?? '');
      expect(contains(space.named('sni', '.example.org')!, number)).toBe(example);
      const posts = space.matching('http.method', {
        kind: 'literal',
        bytes: 'POST',
        nocase: false,
        at: 'whole',
        dotted: false,
      })!;
      expect(contains(posts, number)).toBe(payload.app === 'http' && payload.httpMethod === 'POST');
      const admin = space.matching('http.uri', {
        kind: 'literal',
        bytes: '/admin',
        nocase: false,
        at: 'anywhere',
        dotted: false,
      })!;
      expect(contains(admin, number)).toBe(payload.app === 'http' && payload.httpUri!.includes('/admin'));
      seen.add(JSON.stringify(payload));
    }
    expect(seen.size).toBe(space.size);
    // Bare, without a host, and two classes of hosts; times two methods; times two addresses.
    expect(size(space.app('http'))).toBe(16n);
  });
  test('says what an IP protocol can carry', () => {
    const space = payloadSpace([], []);
    expect(intersect(space.over(17), space.app('tls'))).toEqual([]);
    expect(intersect(space.over(6), space.app('quic'))).toEqual([]);
    expect(intersect(space.over(17), space.app('dns'))).toEqual(space.app('dns'));
    expect(space.over(1)).toEqual(space.app('none'));
  });
  test('does not know what no class tells apart', () => {
    const many = Array.from({ length: 60 }, (_, i) => `http.host; content:"name${i}x";`);
    const space = payloadSpace(rulesOf(...many), [{ kind: 'httpHost', name: 'a.com' }]);
    const first = { kind: 'literal', bytes: 'name0x', nocase: true, at: 'anywhere', dotted: false } as const;
    expect(space.matching('http.host', first)).toBeUndefined();
    expect(size(space.named('httpHost', 'a.com')!)).toBe(1n);
    expect(space.named('httpHost', 'b.com')).toBeUndefined();
  });
  test('takes hosts as they come, in lower case', () => {
    const space = payloadSpace(rulesOf('http.host; content:"a.com"; startswith; endswith;'), []);
    for (let i = 0; i < space.size; i++) {
      const { httpHost = '' } = space.witness(i);
      expect(httpHost).toBe(httpHost.toLowerCase());
    }
    const capital = { kind: 'length', from: 1, to: 0, dotted: false } as const;
    const shouting = payloadSpace(rulesOf('http.host; content:"A.com";'), []);
    expect(shouting.matching('http.host', capital)).toEqual([]);
  });

  test('tells types of queries apart, and has one that stands for all others', () => {
    const suffix = { kind: 'literal', bytes: '.corp.example', nocase: true, at: 'end', dotted: false } as const;
    const asked: readonly PayloadName[] = [
      { kind: 'dnsName', name: 'a.example' },
      { kind: 'dnsType', name: 'A' },
    ];
    const space = payloadSpace([], asked, { patterns: [suffix], types: ['A', 'TXT'] });
    const seen = new Set<string>();
    for (let i = 0; i < space.size; i++) {
      const { dnsName = '', dnsType } = space.witness(i);
      const number = BigInt(i);
      expect(contains(space.holding('dns.query'), number)).toBe(dnsType !== undefined);
      for (const type of ['A', 'TXT']) expect(contains(space.ofType(type), number)).toBe(dnsType === type);
      expect(contains(space.named('dnsName', 'a.example')!, number)).toBe(dnsName === 'a.example');
      expect(contains(space.matching('dns.query', suffix)!, number)).toBe(dnsName.endsWith('.corp.example'));
      if (dnsType !== undefined) seen.add(`${dnsName} ${dnsType}`);
    }
    // Three kinds of names, of three kinds of types.
    expect(seen.size).toBe(9);
    expect([...seen].filter((one) => one.endsWith(' AAAA')).length).toBe(3);
    // Where nothing asks for types, none is told.
    expect(
      payloadSpace([], [asked[0]!]).witness(Number(size(payloadSpace([], [asked[0]!]).all)) - 1),
    ).not.toHaveProperty('dnsType');
  });
});
