/** DNS Firewall and resolver rules: which names leave a VPC by the Amazon resolver (semantics 13.5 to 13.17). */
import { describe, expect, test } from 'vitest';
import { vpcB } from '../hostile/parts.ts';
import { answerOf } from '../hostile/verdict.ts';
import { names, type NamesSpec } from '../support/aws-dns.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';

/** One group of VPC A. */
const filtered = (rules: readonly string[] | undefined, more: Omit<NamesSpec, 'groups'> = {}): Change =>
  names({ groups: [{ id: 'rslvr-frg-1', ...(rules === undefined ? {} : { rules }), on: ['vpc-a 101'] }], ...more });

const ask = (name: string, is: string): string => `udp I1:40000 -> 10.0.0.2:53 carrying dns:${name} => ${is}`;
const leaves = (name: string): string => ask(name, 'CONN at dns');
const stays = (name: string): string => ask(name, 'DENY@dns-firewall');

describe('DNS Firewall', () => {
  proves([
    {
      id: 'T71',
      says: 'a block of queries for addresses leaves every other type open',
      network: world(filtered(['1 ALLOW *.corp.example', '2 BLOCK * A'])),
      lines: [
        stays('evil.example/A'),
        leaves('evil.example/TXT'),
        leaves('evil.example/AAAA'),
        leaves('a.corp.example/A'),
        stays('corp.example/A'),
        'tcp I1:40000 -> 169.254.169.253:53 carrying dns:evil.example/TXT => CONN at dns',
        'tcp I1:40000 -> 169.254.169.253:53 carrying dns:evil.example/A => DENY@dns-firewall',
        'udp I1:40000 -> 10.0.0.2:53 carrying none => DENY',
      ],
    },
    {
      id: '13.6',
      says: 'the first rule that matches decides, whatever the order in which they were written',
      network: world(filtered(['20 ALLOW *', '10 BLOCK *.example', '30 BLOCK *'])),
      lines: [stays('a.example'), leaves('a.test')],
    },
    {
      id: '13.6 groups',
      says: 'groups filter in the order of their priority in the VPC, and what none matches is resolved',
      network: world(
        names({
          groups: [
            { id: 'rslvr-frg-late', rules: ['1 BLOCK *.example'], on: ['vpc-a 200'] },
            { id: 'rslvr-frg-soon', rules: ['9 ALLOW a.example'], on: ['vpc-a 101'] },
          ],
        }),
      ),
      lines: [leaves('a.example'), stays('b.example'), leaves('b.test')],
    },
    {
      id: '13.7',
      says: 'an alert resolves, and ends it as an allow does',
      network: world(filtered(['1 ALERT a.example', '2 BLOCK *.example'])),
      lines: [leaves('a.example'), stays('b.example')],
    },
    {
      id: '13.8',
      says: 'in a walled garden nothing is resolved but what is allowed',
      network: world(filtered(['1 ALLOW corp.example,*.corp.example', '2 BLOCK *'])),
      lines: [
        leaves('corp.example'),
        leaves('x.y.corp.example'),
        stays('xcorp.example'),
        stays('corp.example.evil.test'),
        stays('com'),
      ],
    },
    {
      id: '13.9',
      says: 'a name is that one alone, and an asterisk leaves out the name behind it',
      network: world(filtered(['1 BLOCK a.example', '2 BLOCK *.b.example'])),
      lines: [
        stays('A.Example'),
        leaves('x.a.example'),
        leaves('b.example'),
        stays('x.b.example'),
        stays('x.y.B.example'),
        leaves('xb.example'),
      ],
    },
    {
      id: '13.6 elsewhere',
      says: 'a group of another VPC filters nothing here',
      network: world(vpcB, names({ groups: [{ id: 'rslvr-frg-1', rules: ['1 BLOCK *'], on: ['vpc-b 101'] }] })),
      lines: [
        leaves('a.example'),
        'udp B:40000 -> 10.1.0.2:53 carrying dns:a.example => DENY@dns-firewall',
        'udp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      ],
    },
    {
      id: '13.12',
      says: 'one that fails open lets through what it blocks, where it fails',
      network: world(filtered(['1 ALLOW a.example', '2 BLOCK *'], { failOpen: ['vpc-a'] })),
      lines: [
        ask('b.example', 'UNKNOWN fails-open:vpc-a'),
        leaves('a.example'),
        `[!fails-open:vpc-a] ${stays('b.example')}`,
      ],
    },
    {
      id: '19.1 lists',
      says: 'whether a name is in AWS’s own list is not known',
      network: world(filtered(['1 ALLOW a.example', '2 BLOCK <malware>', '3 BLOCK <malware> TXT'])),
      lines: [
        leaves('a.example/A'),
        ask('b.example/A', 'UNKNOWN !matches:rslvr-frg-1#priority:2'),
        `[!matches:rslvr-frg-1#priority:2] ${leaves('b.example/A')}`,
        `[!matches:rslvr-frg-1#priority:2] ${ask('b.example/TXT', 'UNKNOWN !matches:rslvr-frg-1#priority:3')}`,
        `[matches:rslvr-frg-1#priority:2] ${stays('b.example/A')}`,
      ],
    },
    {
      id: '19.1 advanced',
      says: 'whether a name looks made up is not known',
      network: world(filtered(['1 BLOCK <dga>', '2 ALLOW *.example', '3 BLOCK *'])),
      lines: [ask('a.example', 'UNKNOWN !matches:rslvr-frg-1#priority:1'), stays('a.test')],
    },
    {
      id: '19.1 unread list',
      says: 'a list that no call read may hold any name',
      network: world(filtered(['1 ALLOW *.example', '2 BLOCK *'], { unread: ['domains'] })),
      lines: [
        `[!matches:rslvr-frg-1#priority:2] ${leaves('a.example')}`,
        `[matches:rslvr-frg-1#priority:2] ${ask('a.example', 'UNKNOWN matches:rslvr-frg-1#priority:1')}`,
      ],
    },
    {
      id: '19.1 unread rules',
      says: 'a group whose rules no call read may resolve and may block',
      network: world(filtered(undefined)),
      lines: [ask('a.example', 'UNKNOWN unread:route53resolver~list-firewall-rules:rslvr-frg-1')],
    },
    {
      id: '19.1 state',
      says: 'a group whose association is on its way may filter and may not',
      network: world(names({ groups: [{ id: 'rslvr-frg-1', rules: ['1 BLOCK *'], on: ['vpc-a 101 UPDATING'] }] })),
      lines: [ask('a.example', 'UNKNOWN !up:rslvr-frgassoc-rslvr-frg-1-vpc-a')],
    },
    {
      id: '19.1 profile',
      says: 'what a profile brings is not known',
      network: world(filtered(['1 BLOCK *'], { profiles: ['vpc-a'] })),
      lines: [ask('a.example', 'UNKNOWN passes:vpc-a')],
    },
    {
      id: '19.1 associations',
      says: 'where no call listed associations, any group may filter',
      network: world(filtered(['1 BLOCK *'], { unread: ['associations'] })),
      lines: [ask('a.example', 'UNKNOWN unread:route53resolver~list-firewall-rule-group-associations:vpc-a')],
    },
  ]);
});

describe('resolver rules', () => {
  const forwarded = names({
    rules: ['rslvr-rr-1 FORWARD corp.example vpc-a', 'rslvr-rr-2 SYSTEM pub.corp.example vpc-a'],
  });
  proves([
    {
      id: '13.15',
      says: 'names of a forwarding rule get out where its servers are reached',
      network: world(forwarded),
      lines: [
        ask('db.corp.example', 'UNKNOWN passes:rslvr-rr-1'),
        ask('Corp.Example', 'UNKNOWN passes:rslvr-rr-1'),
        leaves('xcorp.example'),
        leaves('pub.corp.example'),
        leaves('x.pub.corp.example'),
        `[!passes:rslvr-rr-1] ${ask('db.corp.example', 'DENY@resolver-rule')}`,
        `[passes:rslvr-rr-1] ${leaves('db.corp.example')}`,
      ],
    },
    {
      id: '13.15 filtered',
      says: 'DNS Firewall of the VPC that asks looks at forwarded names as well',
      network: world(
        vpcB,
        names({
          groups: [
            { id: 'rslvr-frg-1', rules: ['1 ALLOW *.corp.example', '2 BLOCK *'], on: ['vpc-a 101'] },
            { id: 'rslvr-frg-2', rules: ['1 BLOCK *'], on: ['vpc-b 101'] },
          ],
          rules: ['rslvr-rr-1 FORWARD . vpc-a', 'rslvr-rr-b FORWARD . vpc-b'],
        }),
      ),
      lines: [
        stays('evil.example'),
        ask('a.corp.example', 'UNKNOWN passes:rslvr-rr-1'),
        'udp B:40000 -> 10.1.0.2:53 carrying dns:a.corp.example => DENY@dns-firewall',
      ],
    },
    {
      id: '13.15 elsewhere',
      says: 'a rule leads the names of VPCs that it is associated with, and of no other',
      network: world(vpcB, names({ rules: ['rslvr-rr-1 FORWARD . vpc-b'] })),
      lines: [leaves('a.example'), 'udp I1:40000 -> 10.0.0.2:53 => CONN at dns'],
    },
    {
      id: '19.1 rules',
      says: 'a rule whose VPCs no call listed may lead names out of any, and one on its way may not yet',
      network: world(names({ rules: ['rslvr-rr-1 FORWARD corp.example vpc-a'], unread: ['rule associations'] })),
      lines: [
        ask('a.corp.example', 'UNKNOWN unread:route53resolver~list-resolver-rule-associations:rslvr-rr-1'),
        leaves('a.example'),
      ],
    },
    {
      id: '19.1 state of rules',
      says: 'a rule on its way may lead names out',
      network: world(names({ rules: ['rslvr-rr-1 FORWARD corp.example vpc-a!', 'rslvr-rr-2 RECURSIVE . vpc-a'] })),
      lines: [ask('a.corp.example', 'UNKNOWN passes:rslvr-rr-1'), leaves('a.example')],
    },
    {
      id: '19.1 domain',
      says: 'a rule that no call read may lead any name out',
      network: world(names({ rules: ['rslvr-rr-1 FORWARD corp.example vpc-a'], unread: ['resolver rules'] })),
      lines: [ask('a.example', 'UNKNOWN unread:route53resolver~list-resolver-rules:rslvr-rr-1')],
    },
  ]);
});

describe('properties of names', () => {
  const verdict = async (property: string, ...changes: readonly Change[]) =>
    (await answerOf(networkOf(world(...changes)), property)).verdict;
  const garden = (...rules: readonly string[]): Change => filtered(rules);
  const none = 'forbid: { from: eni-i1, to: dns }';
  const corp = 'forbid: { from: eni-i1, to: dns, except: { dns-name: .corp.example } }';

  test('no name leaves exactly if every name of every type is blocked', async () => {
    expect(await verdict(none, garden('1 BLOCK *'))).toBe('holds');
    expect(await verdict(none, garden('1 BLOCK *', '2 ALLOW *'))).toBe('holds');
    expect(await verdict(none, garden('1 BLOCK * A', '2 BLOCK * AAAA'))).toBe('violated');
    expect(await verdict(none, garden('1 ALLOW a.example', '2 BLOCK *'))).toBe('violated');
    expect(await verdict(none, garden('1 BLOCK *.com,*.net'))).toBe('violated');
    expect(await verdict(none, garden('1 BLOCK <malware>', '2 BLOCK *'))).toBe('holds');
    expect(await verdict(none, garden('1 ALLOW <good>', '2 BLOCK *'))).toBe('undecided');
    expect(await verdict(none, filtered(['1 BLOCK *'], { failOpen: ['vpc-a'] }))).toBe('undecided');
  });

  test('names can be excused, with all below them or without', async () => {
    expect(await verdict(corp, garden('1 ALLOW corp.example,*.corp.example', '2 BLOCK *'))).toBe('holds');
    expect(await verdict(corp, garden('1 ALLOW corp.example,*.corp.example', '2 BLOCK * A'))).toBe('violated');
    expect(await verdict(corp, garden('1 ALLOW *.example', '2 BLOCK *'))).toBe('violated');
    const exact = 'forbid: { from: eni-i1, to: dns, except: { dns-name: [corp.example] } }';
    expect(await verdict(exact, garden('1 ALLOW corp.example', '2 BLOCK *'))).toBe('holds');
    expect(await verdict(exact, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('violated');
    expect(await verdict(exact, garden('1 ALLOW corp.example', '2 BLOCK *', '3 ALLOW *'))).toBe('holds');
  });

  test('types can be asked for and excused', async () => {
    const addresses = 'forbid: { from: eni-i1, to: dns, except: { dns-name: .corp.example, dns-type: [A, AAAA] } }';
    expect(await verdict(addresses, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('violated');
    const typed = garden('1 ALLOW *.corp.example A', '2 ALLOW *.corp.example TYPE28', '3 BLOCK *');
    expect(await verdict(addresses, typed)).toBe('holds');
    const texts = 'forbid: { from: eni-i1, to: dns, dns-type: TXT }';
    expect(await verdict(texts, garden('1 BLOCK * TXT'))).toBe('holds');
    expect(await verdict('forbid: { from: eni-i1, to: dns, dns-type: A }', garden('1 BLOCK * TXT'))).toBe('violated');
    expect(await verdict(texts)).toBe('violated');
  });

  test('a name that is needed is resolved', async () => {
    const need = 'require: { from: eni-i1, to: dns, dns-name: api.corp.example }';
    expect(await verdict(need, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('holds');
    expect(await verdict(need, garden('1 BLOCK *', '2 ALLOW *.corp.example'))).toBe('violated');
    expect(await verdict(need, garden('1 BLOCK <malware>'))).toBe('undecided');
  });

  test('a rule that forwards keeps an otherwise walled garden from being proved, until its servers are said to be out of reach', async () => {
    const both = filtered(['1 ALLOW *.corp.example', '2 BLOCK *'], { rules: ['rslvr-rr-1 FORWARD . vpc-a'] });
    expect((await answerOf(networkOf(world(both)), none)).assumptions).toEqual(['drops:rslvr-rr-1']);
    expect(await verdict(`assume: ['drops:rslvr-rr-1'], ${none}`, both)).toBe('holds');
    expect(await verdict(`assume: ['passes:rslvr-rr-1'], ${none}`, both)).toBe('violated');
  });

  test('a proof that nothing comes on premises says which names do', async () => {
    const forwarded = names({ rules: ['rslvr-rr-1 FORWARD corp.example vpc-a'] });
    const { verdict: proof, notes } = await answerOf(
      networkOf(world(forwarded)),
      'forbid: { from: eni-i1, to: onprem }',
    );
    expect(proof).toBe('holds');
    expect(notes.join()).toContain('Names of `corp.example` asked in `vpc-a` go to 10.99.0.53 port 53');
  });

  test('who asks by an inbound endpoint is filtered as its VPC is', async () => {
    const inbound: Change = {
      interfaces: [
        {
          id: 'eni-svc',
          subnet: 'subnet-s1',
          ips: ['10.0.1.77'],
          groups: ['sg-open'],
          description: 'Route 53 Resolver: rslvr-in-1:rni-1',
          instance: 'service',
        },
      ],
    };
    const asks = (port: number) => `forbid: { from: eni-i2, to: dns, port: ${port}, dst-ip: 10.0.1.77 }`;
    for (const port of [53, 443]) {
      expect(await verdict(asks(port), inbound, garden('1 BLOCK *'))).toBe('holds');
      expect(await verdict(asks(port), inbound, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('undecided');
    }
    const excused = `${asks(53).slice(0, -2)}, except: { dns-name: .corp.example } }`;
    expect(await verdict(excused, inbound, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('holds');
    const inHttps = `${asks(443).slice(0, -2)}, except: { dns-name: .corp.example } }`;
    expect(await verdict(inHttps, inbound, garden('1 ALLOW *.corp.example', '2 BLOCK *'))).toBe('undecided');
  });
});
