/** A plan that adds to DNS Firewall and to rules of Route 53 Resolver that run. */
import { expect, test } from 'vitest';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { type Fields, Unknown, type Value } from '../../../src/sources/declared/value.ts';
import type { SourceDocument } from '../../../src/sources/document.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';

const id = 'rslvr-frg-1';
const list = 'rslvr-fdl-1';
const block = { FirewallRuleGroupId: id, FirewallDomainListId: list, Priority: 20, Action: 'BLOCK' };
const told = (name: string, json: object): SourceDocument => ({ file: `${name}.json`, json });
const lists = told('lists', { FirewallDomainLists: [{ Id: list, DomainCount: 1 }] });
const groups = told('groups', { FirewallRuleGroups: [{ Id: id, RuleCount: 1 }] });
const domains = told(`list-firewall-domains.${list}`, { Domains: ['*'] });
const forward = { Id: 'rslvr-rr-1', DomainName: 'corp.example.', RuleType: 'FORWARD', TargetIps: [] };
const runs: readonly SourceDocument[] = [
  ...documents({ ...tiny, Vpcs: [...tiny.Vpcs, { ...tiny.Vpcs[0]!, VpcId: 'vpc-2', CidrBlock: '10.1.0.0/16' }] }),
  groups,
  lists,
  domains,
  told('rules', { FirewallRules: [{ ...block, Name: 'all', BlockResponse: 'NODATA' }] }),
  told('resolver-rules', { ResolverRules: [forward] }),
  told('resolver-associations', { ResolverRuleAssociations: [] }),
];
const open = new Unknown('known after apply');
const rule = (more: Fields = {}) =>
  declared('rule', 'Vpcproof::Route53Resolver::FirewallRule', {
    FirewallRuleGroupId: id,
    FirewallDomainListId: list,
    Priority: 10,
    Action: 'ALLOW',
    ...more,
  });
const after = (before: readonly DeclaredResource[], now: readonly DeclaredResource[], of = runs) =>
  changed(of, before, now)[1];

function rules(before: readonly DeclaredResource[], now: readonly DeclaredResource[], of = runs) {
  const found = after(before, now, of).dnsFirewallRuleGroups.get(id)!.rules;
  return isUnread(found) ? 'unread' : found.map(({ priority, action }) => `${priority} ${action}`);
}

test('a rule that comes to a group that runs is one of its own, in its place, and goes again', () => {
  expect(rules([], [])).toEqual(['20 BLOCK']);
  expect(rules([], [rule()])).toEqual(['10 ALLOW', '20 BLOCK']);
  expect(rules([rule({ Priority: 20, Action: 'BLOCK' })], [rule()])).toEqual(['10 ALLOW']);
  expect(rules([rule({ Priority: 20, Action: 'BLOCK' })], [])).toEqual([]);
});

test('a rule of which something that decides is not known, or the group, leaves the group unread', () => {
  for (const one of [rule({ Action: open }), rule({ FirewallRuleGroupId: open }), rule({ Priority: open })])
    expect(rules([], [one])).toBe('unread');
  const own = declared('group', 'AWS::Route53Resolver::FirewallRuleGroup', {}, { id });
  expect(rules([own, rule()], [own, rule({ Action: open })])).toBe('unread');
  expect(rules([{ ...own, lookedUp: true }], [{ ...own, lookedUp: true }, rule()])).toEqual(['10 ALLOW', '20 BLOCK']);
});

test('a rule that is added to a group of which none were read leaves it unread', () => {
  const unread = runs.filter(({ file }) => file !== 'rules.json');
  expect(rules([], [rule()], unread)).toBe('unread');
});

test('a list that the plan changes has the names of after the change', () => {
  const names = (...Domains: readonly string[]) =>
    declared('list', 'AWS::Route53Resolver::FirewallDomainList', { Domains }, { id: list });
  const of = (now: DeclaredResource) => after([names('*')], [now]).dnsFirewallDomainLists.get(list)!;
  expect(of(names('*'))).not.toHaveProperty('open');
  expect(of(names('a.example', 'b.example'))).toMatchObject({ domains: ['a.example', 'b.example'] });
  expect(of(names('a.example', 'b.example'))).not.toHaveProperty('open');
});

test('an association of which the VPC, the group or the rule is not known may be of any that runs', () => {
  const filter = (VpcId: Value, FirewallRuleGroupId: Value) =>
    declared('filter', 'AWS::Route53Resolver::FirewallRuleGroupAssociation', {
      VpcId,
      FirewallRuleGroupId,
      Priority: 101,
    });
  const filtered = (one: DeclaredResource) =>
    [...after([], [one]).dnsFirewallAssociations.values()].map(({ vpc, group, state }) => [vpc, group, state]);
  expect(filtered(filter('vpc-1', id))).toEqual([['vpc-1', id, undefined]]);
  expect(filtered(filter('vpc-1', open))).toEqual([['vpc-1', id, 'UPDATING']]);
  expect(filtered(filter(open, id)).map(([vpc]) => vpc)).toEqual(['vpc-1', 'vpc-2']);
  const leads = (VPCId: Value, ResolverRuleId: Value) => {
    const one = declared('leads', 'AWS::Route53Resolver::ResolverRuleAssociation', { VPCId, ResolverRuleId });
    return after([], [one]).resolverRules.get('rslvr-rr-1')!.associations;
  };
  expect(leads(open, 'rslvr-rr-1')).toHaveLength(2);
  expect(leads('vpc-1', open)).toHaveLength(1);
});
