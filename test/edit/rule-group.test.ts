import { describe, expect, test } from 'vitest';
import {
  describeDomains,
  describeManaged,
  describePolicy,
  describeRules,
  inspecting,
  managedGroupArn,
  statefulGroupArn,
} from '../support/aws-network-firewall.ts';
import type { Document } from '../support/aws.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';

const behind = (group: Document, order: 'STRICT_ORDER' | 'DEFAULT_ACTION_ORDER' = 'STRICT_ORDER') =>
  world(
    { firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-pub', ip: '10.0.9.30', firewall: 'egress' }] },
    inspecting(
      describePolicy('egress', { order, groups: [statefulGroupArn('names'), managedGroupArn('Threats')] }),
      group,
      describeManaged('Threats', order),
    ),
  );

const rule = (sid: number, name: string) =>
  `pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"${name}"; nocase; endswith; flow:to_server; sid:${sid};)`;
const strict = { order: 'STRICT_ORDER' } as const;
const rules = (...lines: readonly string[]) => behind(describeRules('names', lines, strict));

describe('rules of Suricata', () => {
  const [a, b, c] = [rule(1, 'a.example'), rule(2, 'b.example'), rule(3, 'c.example')];

  test('are added last, or before another', () => {
    becomes(rules(a, b), [`names rule add ${c}`], rules(a, b, c));
    becomes(rules(a, b), [`names rule insert sid:2 ${c}`], rules(a, c, b));
    becomes(rules(a, b), [`names rule insert line:1 ${c}`], rules(c, a, b));
  });

  test('go by their sid or line', () => {
    expect(changesOf(becomes(rules(a, b, c), ['names rule remove sid:2'], rules(a, c)))).toEqual([
      `${statefulGroupArn('names')} rule: ${b} => `,
    ]);
    becomes(rules(a, b, c), ['names rule remove line:3'], rules(a, b));
    expect(mistake(rules(a, b), 'names rule remove sid:7')).toMatchObject({ hint: 'There are `sid:1`, `sid:2`.' });
    expect(mistake(rules(a, b), 'names rule remove line:3')).toMatchObject({ code: 'changes-nothing' });
  });

  test('that AWS would refuse are refused, each mistake where it stands', () => {
    expect(mistake(rules(a), `names rule add ${rule(1, 'b.example')}`)).toMatchObject({ code: 'suricata-sid' });
    const bad = 'names rule add pass tls $HOME_NET any -> $NOWHERE any (sid:9;)';
    expect(mistake(rules(a), bad)).toMatchObject({
      code: 'suricata-variable',
      place: `1:${bad.indexOf('$NOWHERE') + 1}`,
    });
    expect(mistake(rules(a), `names rule add ${a}`)).toMatchObject({ code: 'changes-nothing' });
    expect(mistake(rules(a), 'Threats rule remove line:1')).toMatchObject({ code: 'not-editable' });
    expect(mistake(rules(a), 'names domain add .example.com')).toMatchObject({ code: 'wrong-kind' });
  });

  test('of which something is not modelled stand in the coverage', () => {
    const odd = 'drop tcp any any -> any any (geoip:dst,RU; sid:9;)';
    const entries = (network: { coverage: readonly { kind: string; id: string }[] }) =>
      network.coverage.filter(({ kind }) => kind === 'firewall-rule-keyword').map(({ id }) => id);
    const { network } = editNetwork(networkOf(rules(a)), `names rule add ${odd}`);
    expect(entries(network)).toEqual(['names geoip']);
    expect(entries(editNetwork(network, 'names rule remove sid:9').network)).toEqual([]);
  });
});

describe.each(['STRICT_ORDER', 'DEFAULT_ACTION_ORDER'] as const)('domain lists in %s', (order) => {
  test.each([
    ['ALLOWLIST', ['TLS_SNI', 'HTTP_HOST']],
    ['ALLOWLIST', ['HTTP_HOST']],
    ['DENYLIST', ['TLS_SNI']],
    ['REJECTLIST', ['TLS_SNI', 'HTTP_HOST']],
  ] as const)('%s of %j are what AWS makes of them, after a domain is added and removed', (kind, types) => {
    const domains = (...names: readonly string[]) =>
      behind(describeDomains('names', kind, names, { order, types }), order);
    const before = domains('.example.com', 'api.example.net');
    becomes(before, ['names domain add .example.org'], domains('.example.com', 'api.example.net', '.example.org'));
    becomes(before, ['names domain remove .example.com'], domains('api.example.net'));
    expect(mistake(before, 'names domain add .example.com')).toMatchObject({ code: 'changes-nothing' });
    expect(mistake(before, 'names domain remove example.com')).toMatchObject({
      code: 'changes-nothing',
      hint: 'There are `.example.com`, `api.example.net`.',
    });
    expect(mistake(domains('.example.com'), 'names domain remove .example.com')).toMatchObject({ code: 'empty-list' });
    expect(mistake(before, `names rule add ${rule(90, 'x.example')}`)).toMatchObject({ code: 'wrong-kind' });
  });
});
