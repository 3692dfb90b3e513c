import { describe, expect, test } from 'vitest';
import { readPolicyFile } from '../../src/policy/document.ts';
import { questionOf } from '../../src/policy/intent.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { placeKey } from '../../src/policy/places.ts';
import { network } from './network.ts';

const firewall = 'arn:aws:network-firewall:us-east-1:123456789012:firewall/egress';

const settings = { sides: new Map<string, boolean>(), potential: false };

function read(text: string) {
  const file = readPolicyFile(text, 'policy.yaml');
  return file.ok ? propertiesOf(network, file.value, settings) : file;
}

function properties(text: string) {
  const result = read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.value;
}

function problems(text: string) {
  const result = read(text);
  if (result.ok) throw new Error('nothing is wrong');
  return result.problems.map(({ place, code }) => `${place} ${code}`);
}

const one = (property: string) => properties(`version: 1\nproperties:\n  - ${property}\n`)[0]!;
const question = (property: string) => {
  const intent = one(property).intents[0];
  if (intent === undefined) throw new Error('no intent');
  return questionOf(network, intent);
};

describe('what a policy means', () => {
  test('the example of the interface contract is understood', () => {
    const [egress, bedrock, https] = properties(`
version: 1
groups:
  ai: subnet:tag:tier=ai
  firewall: firewall:*
properties:
  - id: ai-egress-only-via-firewall
    title: No AI subnet packet reaches the internet except via the firewall
    forbid: { from: ai, to: internet, except: { via: firewall } }
  - id: bedrock-over-privatelink
    require: { from: ai, to: service:bedrock-runtime, traffic: tcp/443 }
  - id: only-https-from-outside
    forbid: { from: internet, to: any, except: { traffic: tcp/443 } }
`);
    expect(egress).toMatchObject({ kind: 'forbid', severity: 'medium', allowEmpty: false });
    const first = questionOf(network, egress!.intents[0]!);
    expect(first).toMatchObject({ kind: 'forbid', mode: 'packet', families: ['ipv4', 'ipv6'], every: 'one' });
    expect(first.traffic).toEqual([{}]);
    expect(first.from.members.map(placeKey)).toEqual(['eni-app', 'eni-app2', 'eni-model', 'eni-lambda']);
    expect(first.except[0]?.via?.ids.has('vpce-fw')).toBe(true);
    const second = questionOf(network, bedrock!.intents[0]!);
    expect(second).toMatchObject({ kind: 'require', mode: 'data' });
    expect(second.traffic).toEqual([{ protocol: 6, ports: { from: 443, to: 443 }, fragment: false }]);
    const third = questionOf(network, https!.intents[0]!);
    expect(third.to.any).toBe(true);
    expect(third.except).toEqual([{ traffic: [{ protocol: 6, ports: { from: 443, to: 443 } }] }]);
  });

  test('isolate is two forbids a pair', () => {
    const { intents, kind } = one('{ id: x, isolate: [subnet-app, subnet-model] }');
    expect(kind).toBe('isolate');
    expect(intents.map(({ kind: each, from, to }) => [each, from.text, to.text])).toEqual([
      ['forbid', 'subnet-app', 'subnet-model'],
      ['forbid', 'subnet-model', 'subnet-app'],
    ]);
  });

  test('keys inside the mapping and beside it mean the same', () => {
    const inside = question(
      '{ id: x, forbid: { from: eni-app, to: internet, port: 443, family: ipv4, mode: connection } }',
    );
    const beside = question(
      '{ id: x, forbid: { from: eni-app, to: internet }, port: 443, family: ipv4, mode: connection }',
    );
    expect(beside).toEqual(inside);
    expect(inside).toMatchObject({ mode: 'connection', families: ['ipv4'] });
    expect(inside.traffic).toHaveLength(2);
  });

  test('what is carried is said inside or beside, flags as text or as a list', () => {
    const inside = question(
      '{ id: x, forbid: { from: eni-app, to: internet, sni: Evil.example, tcp-flags: [ack, PSH] } }',
    );
    const beside = question(
      "{ id: x, sni: evil.example, tcp-flags: 'PSH,ACK', forbid: { from: eni-app, to: internet } }",
    );
    expect(beside).toEqual(inside);
    expect(inside.traffic).toEqual([{ protocol: 6, tcpFlags: ['PSH', 'ACK'], app: 'tls', sni: 'evil.example' }]);
    expect(inside.mode).toBe('packet');
    const { traffic, mode } = question(
      '{ id: x, app: http, require: { from: eni-app, to: internet, traffic: [tcp/80, tcp/8080], http-host: .a.example } }',
    );
    expect(mode).toBe('data');
    expect(traffic).toMatchObject(
      [80, 8080].map((from) => ({ ports: { from }, httpHost: '.a.example', fragment: false })),
    );
  });

  test('a name is asked of the resolver, by its name, its addresses or a group of them', () => {
    for (const to of ['dns', '10.0.0.2', "'dns, 169.254.169.253'", '[dns, fd00:ec2::253]', 'resolver'])
      expect(
        properties(`
version: 1
groups: { resolver: [dns, 10.0.0.2] }
properties: [{ id: x, forbid: { from: eni-app, to: ${to} }, dns-name: a.example }]`),
      ).toHaveLength(1);
  });

  test('via beside and via inside must both be crossed, a list is any of them, both is its own demand', () => {
    const { via, viaBoth, avoid } = question(
      '{ id: x, via: [nat-1, igw-1], avoid: rtb-1, require: { from: eni-app, to: internet, via: { both: "firewall:*" }, avoid: acl-1 } }'.replace(
        ', avoid: acl-1',
        '',
      ),
    );
    expect(via.map(({ ids }) => Array.from(ids))).toEqual([['nat-1', 'igw-1']]);
    expect(viaBoth[0]?.ids.has('vpce-fw')).toBe(true);
    expect(avoid.map(({ ids }) => Array.from(ids))).toEqual([['rtb-1']]);
  });

  test('each value or mapping of except excuses by itself; a value is traffic, or the way', () => {
    const { except } = question(
      '{ id: x, forbid: { from: vpc-1, to: internet, except: [tcp/443, "firewall:*", { from: eni-app, traffic: [udp/53, tcp/53] }] } }',
    );
    expect(except.map((each) => Object.keys(each).toSorted())).toEqual([['traffic'], ['via'], ['from', 'traffic']]);
    expect(except[2]?.from?.members.map(placeKey)).toEqual(['eni-app']);
  });

  test('names excused are traffic that carries them, and the question is decided on payload', () => {
    const text = `version: 1
names: honest
properties:
  - id: a
    forbid: { from: any, to: internet, except: [{ sni: [a.example, .b.example] }, { http-host: a.example, traffic: tcp/80 }] }
  - id: b
    forbid: { from: any, to: internet, mode: packet, except: { sni: a.example } }
    names: adversarial`;
    const [a, b] = properties(text).flatMap(({ intents }) => intents);
    expect(a).toMatchObject({ mode: 'packet', onPayload: true, names: 'honest' });
    expect(a!.except.map(({ traffic }) => traffic)).toEqual([
      [
        { protocol: 6, app: 'tls', sni: 'a.example' },
        { protocol: 6, app: 'tls', sni: '.b.example' },
      ],
      [{ protocol: 6, ports: { from: 80, to: 80 }, app: 'http', httpHost: 'a.example' }],
    ]);
    expect(b).toMatchObject({ mode: 'packet' });
    expect(b).not.toHaveProperty('onPayload');
    expect(b).not.toHaveProperty('names');
  });

  test('queries excused are told by name and by type, each name with each type', () => {
    const { except, mode, ...rest } = question(
      '{ id: x, forbid: { from: vpc-1, to: dns, except: { dns-name: [.A.example, b.example], dns-type: [txt, TYPE28], traffic: udp/53 } } }',
    );
    expect(mode).toBe('packet');
    expect(rest).not.toHaveProperty('onPayload');
    const query = { protocol: 17, ports: { from: 53, to: 53 }, app: 'dns' };
    expect(except.map(({ traffic }) => traffic)).toEqual([
      [
        { ...query, dnsName: '.a.example', dnsType: 'TXT' },
        { ...query, dnsName: '.a.example', dnsType: 'AAAA' },
        { ...query, dnsName: 'b.example', dnsType: 'TXT' },
        { ...query, dnsName: 'b.example', dnsType: 'AAAA' },
      ],
    ]);
  });

  test('groups name groups, lists and places outside', () => {
    const [property] = properties(
      `
version: 1
groups: { all: [ai, onprem], ai: 'subnet:tag:tier=ai', nets: vpc-1 }
properties: [{ id: x, forbid: { from: all, to: 'subnet:nets, sg-app' } }]
`.replace('subnet:nets, ', ''),
    );
    expect(questionOf(network, property!.intents[0]!).from.members.map(placeKey)).toEqual([
      'eni-app',
      'eni-app2',
      'eni-model',
      'eni-lambda',
      'onprem',
    ]);
  });

  test('assumptions add up from file to property, settings of a property win', () => {
    const [property] = properties(`
version: 1
assume: passes:egress
potential: true
allow-empty: true
properties:
  - { id: x, assume: [fact:5.34=no], potential: public, allow-empty: false, forbid: { from: vpc-1, to: internet } }
`);
    expect([...property!.intents[0]!.sides]).toContainEqual(['fact:5.34', false]);
    expect([...property!.intents[0]!.sides]).toContainEqual([`passes:${firewall}`, true]);
    expect(property).toMatchObject({ allowEmpty: false, intents: [{ potential: 'public' }] });
  });

  test('a waiver has a last day and a reason', () => {
    expect(
      one(
        '{ id: x, severity: high, waive: { until: 2026-12-31, reason: being moved }, forbid: { from: any, to: any } }',
      ),
    ).toMatchObject({
      severity: 'high',
      waive: { until: '2026-12-31', reason: 'being moved' },
    });
  });

  test('JSON is read as well', () => {
    expect(
      properties('{"version": 1, "properties": [{"id": "x", "forbid": {"from": "eni-app", "to": "any"}}]}'),
    ).toHaveLength(1);
  });
});

describe('what is wrong with a policy', () => {
  test('every misspelt key is found with its place and what was meant', () => {
    const result = read(`version: 1
grups: {}
properties:
  - id: a
    forbid: { form: vpc-1, to: internet, except: { vai: nat-1 } }
  - id: b
    requier: {}
`);
    if (result.ok) throw new Error('nothing is wrong');
    expect(result.problems.map(({ place, code, hint }) => `${place} ${code} ${hint ?? ''}`.trim())).toEqual([
      '2:1 unknown-key Did you mean `groups`?',
      '5:15 unknown-key Did you mean `from`?',
      '5:52 unknown-key Did you mean `via`?',
      '7:5 unknown-key Did you mean `require`?',
    ]);
  });

  test('a property demands one thing, and an `assert` says on what', () => {
    expect(problems('version: 1\nproperties: [{ id: a, assert: {}, forbid: { from: any, to: any } }]')).toEqual([
      '2:31 missing-key',
      '2:31 missing-key',
    ]);
    const asserted = "{ on: 'vpc:*', has: dns-firewall }";
    expect(problems(`version: 1\nproperties: [{ id: a, assert: ${asserted}, isolate: [a, b] }]`)).toContain(
      '2:14 bad-value',
    );
  });

  test('a name that is none, and two kinds of names in one exception, are problems where they stand', () => {
    const excusing = (except: string) =>
      problems(`version: 1\nproperties: [{ id: a, forbid: { from: any, to: any, except: ${except} } }]`);
    expect(excusing('{ sni: [a.example, "*.b.example"] }')).toEqual(['2:81 bad-name']);
    expect(excusing('{ sni: a.example, http-host: a.example }')).toEqual(['2:90 bad-traffic']);
    expect(excusing('{ sni: a.example, traffic: udp/443 }')).toEqual(['2:68 bad-traffic']);
    // Of these places one resolver alone is asked.
    expect(excusing('{ dns-name: a.example }')).toEqual(['2:73 bad-traffic']);
    expect(excusing('{ dns-name: a.example, dns-type: TEXT, to: dns }')).toEqual(['2:94 bad-name']);
    expect(excusing('{ dns-type: A, sni: a.example, to: dns }')).toEqual(['2:73 bad-traffic']);
  });

  test('selectors, traffic and assumptions are problems at their column in the text', () => {
    expect(
      problems(`version: 1
assume: passes:vpce-zz
groups:
  ai: "subnet:tag:tier=aii"
properties:
  - id: a
    forbid: { from: ai, to: "internet, subnet-zz", traffic: [tcp/443, tpc/22] }
  - id: a
    require: { from: vpc-1, to: internet, port: 99999 }
`),
    ).toEqual([
      '2:16 no-match',
      '4:8 no-match',
      '7:40 no-match',
      '7:71 bad-protocol',
      '8:9 duplicate-id',
      '9:49 bad-traffic',
    ]);
  });

  test('names asked of places that answer none, and contradictory payloads, are problems at their keys', () => {
    expect(
      problems(`version: 1
properties:
  - { id: a, forbid: { from: vpc-1, to: 'dns, internet', dns-name: a.example } }
  - { id: b, dns-name: a.example, isolate: [vpc-1, dns] }
  - { id: c, require: { from: vpc-1, to: internet, traffic: [tcp/443, udp/443] }, sni: a.example, http-host: b.example }
  - { id: d, app: tsl, tcp-flags: 'SYN, AKC', forbid: { from: vpc-1, to: internet, proto: icmp, app: tls } }
`),
    ).toEqual([
      '3:68 bad-traffic',
      '4:24 bad-traffic',
      '5:88 bad-traffic',
      '5:110 bad-traffic',
      '5:110 bad-traffic',
      '6:41 bad-traffic',
      '6:102 given-twice',
      '6:102 bad-traffic',
    ]);
    expect(problems('version: 1\nproperties: [{ id: a, forbid: { from: vpc-1, to: any }, sni: 3 }]')).toEqual([
      '2:62 bad-value',
    ]);
  });

  test('groups that go round in a circle, or bear the name of a place, are refused', () => {
    const text = `version: 1
groups: { a: b, b: 'subnet-app, a', internet: vpc-1, 'x y': vpc-1 }
properties: [{ id: a, forbid: { from: a, to: any } }]`;
    expect(problems(text).map((each) => each.split(' ')[1])).toEqual([
      'group-cycle',
      'bad-group-name',
      'bad-group-name',
    ]);
  });

  test('a property demands one thing', () => {
    expect(problems('version: 1\nproperties: [{ id: a }]')).toEqual(['2:14 bad-value']);
    expect(
      problems('version: 1\nproperties: [{ id: a, forbid: { from: any, to: any }, isolate: [vpc-1, vpc-2] }]'),
    ).toEqual(['2:14 bad-value']);
  });

  test('except beside a require and every beside a forbid would be silent, and are refused', () => {
    expect(problems('version: 1\nproperties: [{ id: a, require: { from: any, to: any }, except: tcp/443 }]')).toEqual([
      '2:64 bad-value',
    ]);
    expect(problems('version: 1\nproperties: [{ id: a, forbid: { from: any, to: any }, every: pair }]')).toEqual([
      '2:62 bad-value',
    ]);
  });

  test('an exception without keys would excuse everything, and is refused', () => {
    expect(problems('version: 1\nproperties: [{ id: a, forbid: { from: any, to: any, except: {} } }]')).toEqual([
      '2:61 bad-value',
    ]);
  });

  test('a key inside and beside is refused, and so is traffic beside a port', () => {
    expect(problems('version: 1\nproperties: [{ id: a, port: 1, forbid: { from: any, to: any, port: 2 } }]')).toEqual([
      '2:68 given-twice',
    ]);
    expect(
      problems('version: 1\nproperties: [{ id: a, port: 1, forbid: { from: any, to: any, traffic: tcp/2 } }]'),
    ).toEqual(['2:29 given-twice']);
  });

  test('broken YAML, a key twice, a document of another kind and aliases without end are refused', () => {
    expect(problems('version: 1\nproperties: [\n')[0]).toMatch(/^\d+:\d+ policy-syntax$/);
    expect(problems('version: 1\nversion: 1\nproperties: []')).toEqual(['2:1 duplicate-key']);
    expect(problems('just text')).toEqual(['1:1 bad-value']);
    expect(problems('')).toEqual(['1:1 bad-value']);
    expect(problems('version: 2\nproperties: []')).toEqual(['1:10 bad-value', '2:13 bad-value']);
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`),
    ];
    expect(problems(bomb.join('\n'))).toEqual(['1:1 policy-syntax']);
  });

  test('a day that is no day is refused', () => {
    expect(
      problems(
        'version: 1\nproperties: [{ id: a, waive: { until: 2026-02-30, reason: x }, forbid: { from: any, to: any } }]',
      ),
    ).toEqual(['2:39 bad-value']);
  });
});
