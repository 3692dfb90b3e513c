/** Rule groups of Network Firewall: what their rules become. */
import { describe, expect, test } from 'vitest';
import { parsePrefix } from '../../src/net/prefix.ts';
import type { RuleGroup, StatefulRuleGroup } from '../../src/network/firewall-policy.ts';
import { isUnread } from '../../src/network/resource.ts';
import { matches, ruleName } from '../../src/network/unknown.ts';
import { formatSnapshot, readSnapshot } from '../../src/sources/snapshot/index.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import { ruleOf } from '../../src/suricata/index.ts';
import {
  describeDomains,
  describeHeaders,
  describeManaged,
  describeRules,
  describeStateless,
  managedGroupArn,
  statefulGroupArn,
  statelessGroupArn,
} from '../support/aws-network-firewall.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const read = (...more: readonly SourceDocument[]) => network([...documents(tiny), ...more]);

const group = (id: string, ...more: readonly SourceDocument[]): RuleGroup => read(...more).ruleGroups.get(id)!;

const lines = (...more: readonly SourceDocument[]): readonly string[] => {
  const { rules } = group(statefulGroupArn('g'), ...more) as StatefulRuleGroup;
  return isUnread(rules) ? [] : rules.map(({ text }) => text);
};

const prefix = (text: string) => parsePrefix(text)!;

test('a group of Suricata rules holds its lines, each with its place', () => {
  const text = ['# first', 'pass tcp any any -> any 443 (sid:1;)', '', 'drop ip any any -> @X any (sid:2;)'];
  const spec = {
    order: 'STRICT_ORDER',
    ipSets: { HOME_NET: ['10.0.0.0/8'] },
    portSets: { WEB: ['80', '443'] },
    references: {
      X: 'arn:aws:ec2:us-east-1:111122223333:prefix-list/pl-1',
      Y: 'arn:aws:resource-groups:us-east-1:111122223333:group/hosts',
    },
  } as const;
  expect(group(statefulGroupArn('g'), describeRules('g', text, spec))).toMatchObject({
    kind: 'stateful-rule-group',
    name: 'g',
    order: 'STRICT_ORDER',
    managed: false,
    rules: [
      { text: text[1], source: { place: '/RuleGroup/RulesSource/RulesString 2:1' } },
      { text: text[3], source: { place: '/RuleGroup/RulesSource/RulesString 4:1' } },
    ],
    ipSets: spec.ipSets,
    portSets: spec.portSets,
    references: { X: 'pl-1', Y: spec.references.Y },
  });
});

test('an allow list passes its names, and drops the rest of their protocols under action order alone', () => {
  const ordered = lines(describeDomains('g', 'ALLOWLIST', ['.Example.com', 'www.test.org']));
  const home = '$HOME_NET any -> $EXTERNAL_NET any';
  const tail = (sid: number) => `priority:1; flow:to_server, established; sid:${sid}; rev:1;)`;
  expect(ordered).toEqual([
    `pass tls ${home} (ssl_state:client_hello; tls.sni; dotprefix; content:".Example.com"; nocase; endswith; ${tail(1)}`,
    `pass http ${home} (http.host; dotprefix; content:".example.com"; endswith; ${tail(2)}`,
    `pass tls ${home} (ssl_state:client_hello; tls.sni; content:"www.test.org"; startswith; nocase; endswith; ${tail(3)}`,
    `pass http ${home} (http.host; content:"www.test.org"; startswith; endswith; ${tail(4)}`,
    `drop tls ${home} (ssl_state:client_hello; ${tail(5)}`,
    `drop http ${home} (http.header_names; content:"|0d 0a|"; startswith; ${tail(6)}`,
  ]);
  const strict = lines(describeDomains('g', 'ALLOWLIST', ['.Example.com'], { order: 'STRICT_ORDER' }));
  expect(strict).toEqual(ordered.slice(0, 2).map((text) => text.replace(' priority:1;', '')));
});

test.each(['DENYLIST', 'REJECTLIST', 'ALERTLIST'] as const)('a %s has no last rule', (type) => {
  const all = lines(describeDomains('g', type, ['a"b.org'], { types: ['TLS_SNI'] }));
  expect(all.map((text) => ruleOf(text)?.action)).toEqual([type.slice(0, -4).toLowerCase().replace('deny', 'drop')]);
});

test('rules by header become a line each', () => {
  const rules = [
    'pass TCP 10.0.0.0/16 ANY -> $WEB 443',
    'drop IP ANY ANY <> ANY ANY | flow:to_server,established; noalert',
  ];
  const all = lines(describeHeaders('g', rules));
  expect(all).toEqual([
    'pass tcp 10.0.0.0/16 ANY -> $WEB 443 (sid:1;)',
    'drop ip ANY ANY <> ANY ANY (sid:2; flow:to_server,established; noalert;)',
  ]);
  for (const text of all) expect(ruleOf(text)).toBeDefined();
});

test('a stateless group holds what its rules match, in order of priority', () => {
  const rules = [
    {
      action: 'aws:pass',
      sources: ['10.0.0.0/16', '192.0.2.1', '2001:db8::/32'],
      destinationPorts: [[443, 444]],
      protocols: [6],
      flags: [{ set: ['SYN'], of: ['SYN', 'ACK'] }, { set: ['FIN'] }],
    },
    { action: 'aws:drop' },
  ] as const;
  expect(group(statelessGroupArn('s'), describeStateless('s', rules))).toMatchObject({
    kind: 'stateless-rule-group',
    rules: [
      {
        priority: 1,
        action: 'aws:pass',
        sources: [prefix('10.0.0.0/16'), prefix('192.0.2.1/32'), prefix('2001:db8::/32')],
        destinations: [],
        sourcePorts: [],
        destinationPorts: [{ from: 443, to: 444 }],
        protocols: [6],
        tcpFlags: [
          { flags: 2, masks: 18 },
          { flags: 1, masks: 255 },
        ],
      },
      { priority: 2, action: 'aws:drop', protocols: [], tcpFlags: [] },
    ],
  });
});

test('a group of AWS’s own is unread and managed', () => {
  const id = managedGroupArn('ThreatSignaturesBotnetStrictOrder');
  const net = read(describeManaged('ThreatSignaturesBotnetStrictOrder', 'STRICT_ORDER'));
  expect(net.ruleGroups.get(id)).toMatchObject({
    managed: true,
    order: 'STRICT_ORDER',
    rules: { unread: 'network-firewall describe-rule-group', subject: id },
  });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'stateful-rule-group', status: 'assumed', assumption: `passes:${id}` }),
  );
});

test('what of the rules AWS would refuse or nothing models is named', () => {
  const text = [
    'drop tcp any any -> any any (flwo:to_server; sid:1;)',
    'pass tcp any any -> $NOWHERE any (sid:2;)',
    'pass tcp any any -> any any (geoip:dst,DE; sid:3;)',
  ];
  const { coverage } = read(describeRules('g', text, { ipSets: { A: ['10.0.0.0/99'] } }));
  const about = coverage.filter(({ kind }) => kind.startsWith('firewall-'));
  expect(about.map(({ id, why }) => [id, why])).toEqual([
    ['g sid:1', "`flwo` is no keyword of Suricata's."],
    ['g sid:2', expect.stringContaining('`$NOWHERE`')],
    ['g geoip', expect.stringContaining('of 1 rule is not modelled')],
    ['g A', '`10.0.0.0/99` in it is not understood'],
  ]);
});

describe('two rules with one sid', () => {
  const one = 'pass tcp any any -> any any (geoip:dst,DE; sid:2;)';
  const other = 'drop tcp any any -> any any (geoip:dst,FR; sid:2;)';

  test('are a problem in a text', () => {
    expect(problems([...documents(tiny), describeRules('g', [one, '', other])])).toMatchObject([
      { code: 'suricata-sid', place: '/RuleGroup/RulesSource/RulesString 3:1' },
    ]);
  });

  test('are a problem among 5-tuple rules', () => {
    const described = describeHeaders('g', ['pass tcp ANY ANY -> ANY 443', 'drop tcp ANY ANY -> ANY 80']);
    const json: unknown = JSON.parse(JSON.stringify(described.json).replace('sid:2', 'sid:1'));
    expect(problems([...documents(tiny), { ...described, json }])).toMatchObject([
      { code: 'suricata-sid', place: '/RuleGroup/RulesSource/StatefulRules/1' },
    ]);
  });

  test('are a problem in a snapshot that was edited', () => {
    const text = formatSnapshot(read(describeRules('g', [one, other.replace('sid:2', 'sid:3')])));
    expect(readSnapshot('net.json', JSON.parse(text))).toMatchObject({ ok: true });
    expect(readSnapshot('net.json', JSON.parse(text.replace('sid:3', 'sid:2')))).toMatchObject({
      ok: false,
      problems: [{ code: 'suricata-sid', file: 'net.json' }],
    });
  });

  test('are none in two groups, nor among the rules that AWS makes of names', () => {
    const domains = describeDomains('names', 'ALLOWLIST', ['.example.com', 'www.test.org']);
    const groups = read(describeRules('g', [one]), describeRules('h', [other]), domains).ruleGroups;
    const sids = [...groups.values()].flatMap((each) =>
      each.kind !== 'stateful-rule-group' || isUnread(each.rules)
        ? []
        : each.rules.map(({ text }) => matches(each.id, ruleName(ruleOf(text)!.sid, 0))),
    );
    expect(sids.length).toBeGreaterThan(6);
    expect(new Set(sids).size).toBe(sids.length);
  });
});

test('two answers that differ about one group are a problem', () => {
  const one = describeRules('g', ['pass ip any any -> any any (sid:1;)']);
  const other = { ...describeRules('g', ['drop ip any any -> any any (sid:1;)']), file: 'other.json' };
  expect(problems([...documents(tiny), one, { ...one, file: 'again.json' }])).toEqual([]);
  expect(problems([...documents(tiny), one, other])).toMatchObject([{ code: 'duplicate-id', file: 'other.json' }]);
});

test('a rule group of a web ACL is none of Network Firewall', () => {
  const { ruleGroups, coverage } = read({ file: 'waf.json', json: { RuleGroup: { ARN: 'arn:x', Rules: [] } } });
  expect(ruleGroups.size).toBe(0);
  expect(coverage).toContainEqual(expect.objectContaining({ kind: 'RuleGroup', status: 'not-modelled' }));
});
