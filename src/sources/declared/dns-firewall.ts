/** DNS Firewall: rule groups with their rules, lists of names, and the VPCs whose names they filter (semantics 13.6 to 13.12). */
import { present } from '../../base/present.ts';
import { noFindings } from '../../network/build/findings.ts';
import { type FirewallRules, readFirewallDomains, readFirewallRules } from '../describe/dns-firewall.ts';
import { answerAt, answerOf, type Shape } from './answer.ts';
import { resource } from './common.ts';
import { vpcType } from './kinds.ts';
import { idOf, known, objects, text, texts, whole } from './property.ts';
import { type At, type Construct, isThere, note, notModelled, provenance, type Reading } from './reading.ts';
import { everyOne } from './every.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { dnsFirewallRule } from './types.ts';
import { Unknown } from './value.ts';

const groupType = 'AWS::Route53Resolver::FirewallRuleGroup';

type Rules = NonNullable<FirewallRules['FirewallRules']>;

export const dnsFirewallRuleGroup: Construct = {
  identities: ['FirewallRuleGroupId'],
  properties: ['Name', 'FirewallRules', 'Tags'],
  read(at) {
    at.in.findings.dns.groups.push(resource(at, { name: known(text(at, 'Name')) }));
    if (at.of.lookedUp === true) return rulesBeside(at.in, at.of.id);
    const { certain, possible } = satellitesOf(at.in, dnsFirewallRule, 'FirewallRuleGroupId', at.of.id, groupType);
    const inline = objects(at, 'FirewallRules');
    const read = [...inline.known, ...certain].map((one, index) => ruleOf(one, `${at.of.id}/FirewallRules/${index}`));
    const [unknown] = [...inline.unknown, ...read.filter((one) => one instanceof Unknown)];
    if (unknown !== undefined) note(at, 'FirewallRules', unknown, 'its rules count as unread');
    // Without an answer about it, its rules are unread.
    if (unknown !== undefined || possible.length > 0) {
      at.in.outside.blurred.add(at.of.id);
      return;
    }
    tell(at, at.of.id, read, false);
  },
};

function tell(at: At, group: string, read: readonly (Rules[number] | Unknown)[], partial: boolean): void {
  const apart = noFindings();
  const rules = read.flatMap((one) =>
    one instanceof Unknown ? [] : Object.assign({}, one, { FirewallRuleGroupId: group }),
  );
  const answer: FirewallRules = { FirewallRules: rules };
  readFirewallRules(answerAt(at, '', answer), apart);
  const told = apart.dns.rules.flatMap((one) => one.rules);
  at.in.findings.dns.rules.push({ group, rules: told, partial, source: provenance(at) });
}

/** Rules that are added to a group that exists: some of those that it has. */
function rulesBeside(reading: Reading, group: string): void {
  const { certain, possible } = satellitesOf(reading, dnsFirewallRule, 'FirewallRuleGroupId', group, groupType);
  addRules(reading, group, certain, possible);
}

function addRules({ outside }: Reading, group: string, certain: readonly At[], possible: readonly At[]): void {
  const read = certain.map((one, index) => ruleOf(one, `${group}/${one.of.address}/${index}`));
  const unknown = read.find((one) => one instanceof Unknown);
  const [first] = [...certain, ...possible];
  if (unknown !== undefined) note(first!, 'FirewallRuleGroupId', unknown, 'the rules of its group count as unread');
  if (unknown !== undefined || possible.length > 0) outside.blurred.add(group);
  if (first !== undefined) tell(first, group, read, true);
}

export function dnsFirewallRulesOutside(reading: Reading): void {
  for (const [group, all, possible] of aroundOutside(reading, dnsFirewallRule, 'FirewallRuleGroupId', groupType))
    addRules(reading, group, all.filter(isThere), [...all.filter((at) => !isThere(at)), ...possible]);
}

const shape: Shape = { numbers: new Set(['Priority', 'BlockOverrideTtl']) };

/** A list that is not known is one that nobody read. */
function ruleOf(at: At, name: string): Rules[number] | Unknown {
  const told = { ...at, fields: { Rule: at.fields } };
  const standIn = (place: string): string | undefined =>
    place === '/FirewallDomainListId' ? `${name}/FirewallDomainListId` : undefined;
  const answer = answerOf<Rules[number]>(told, 'Rule', { ...shape, standIn });
  return answer === undefined ? new Unknown('it is not told') : (answer.unknown[0] ?? answer.at.json);
}

/** Read by its group. */
export const dnsFirewallSingleRule: Construct = {
  properties: [
    'FirewallRuleGroupId',
    'FirewallDomainListId',
    'FirewallDomainRedirectionAction',
    'Action',
    'BlockOverrideDnsType',
    'BlockOverrideDomain',
    'BlockOverrideTtl',
    'BlockResponse',
    'ConfidenceThreshold',
    'DnsThreatProtection',
    'Name',
    'Priority',
    'Qtype',
  ],
};

export const dnsFirewallDomainList: Construct = {
  identities: ['FirewallDomainListId'],
  properties: ['Name', 'Domains', 'DomainFileUrl', 'Tags'],
  read(at) {
    at.in.findings.dns.lists.push({ ...resource(at, { name: known(text(at, 'Name')) }), managed: false });
    const domains = texts(at, 'Domains');
    const [unknown] = domains.unknown;
    if (unknown !== undefined) note(at, 'Domains', unknown, 'which names it holds besides is not known');
    if (at.fields['DomainFileUrl'] !== undefined || at.of.lookedUp === true) return;
    const apart = noFindings();
    const answer = answerAt(at, '', { Domains: domains.known });
    const asked = { ...answer, in: { ...answer.in, request: { FirewallDomainListId: at.of.id } } };
    readFirewallDomains(asked, apart);
    at.in.findings.dns.domains.push(
      ...apart.dns.domains.map((one) => ({ ...one, notUnderstood: one.notUnderstood || unknown !== undefined })),
    );
  },
};

export const dnsFirewallAssociation: Construct = {
  properties: ['FirewallRuleGroupId', 'VpcId', 'Priority', 'Name', 'MutationProtection', 'Tags'],
  read(at) {
    const group = idOf(at, 'FirewallRuleGroupId', groupType);
    const vpc = idOf(at, 'VpcId', vpcType);
    const priority = whole(at, 'Priority');
    const unsure = [group, vpc, priority].find((one) => one instanceof Unknown);
    if (unsure instanceof Unknown) note(at, 'VpcId', unsure, 'whether names are filtered is not known');
    if (
      group === undefined ||
      vpc === undefined ||
      (group instanceof Unknown && everyOne(at.in, groupType).length === 0)
    )
      return notModelled(
        at,
        'dns-firewall-association',
        'which rule group it is of is not known',
        'names asked in its VPC',
      );
    const groups = group instanceof Unknown ? everyOne(at.in, groupType) : [group];
    const vpcs = vpc instanceof Unknown ? everyOne(at.in, vpcType) : [vpc];
    const single = groups.length === 1 && vpcs.length === 1;
    for (const one of groups)
      for (const of of vpcs)
        at.in.findings.dns.associations.push({
          ...resource(at, { name: known(text(at, 'Name')) }),
          ...(single ? {} : { id: `${at.of.id} ${one} ${of}` }),
          kind: 'dns-firewall-association',
          vpc: of,
          group: one,
          priority: known(priority) ?? 0,
          ...present({ state: unsure instanceof Unknown || !isThere(at) ? 'UPDATING' : undefined }),
        });
  },
};

export const dnsFirewallConfig: Construct = {
  properties: ['ResourceId', 'FirewallFailOpen'],
  read(at) {
    const vpc = known(idOf(at, 'ResourceId', vpcType));
    // What is not known may be open as well.
    const failOpen = text(at, 'FirewallFailOpen') ?? 'DISABLED';
    if (vpc !== undefined)
      at.in.findings.dns.configs.push({ vpc, failOpen: failOpen !== 'DISABLED', source: provenance(at) });
  },
};

export const profileAssociation: Construct = {
  properties: ['Name', 'ProfileId', 'ResourceId', 'Arn', 'Tags'],
  read(at) {
    const vpc = idOf(at, 'ResourceId', vpcType);
    const profile = known(idOf(at, 'ProfileId', 'AWS::Route53Profiles::Profile')) ?? at.of.id;
    const vpcs = vpc instanceof Unknown ? everyOne(at.in, vpcType) : vpc === undefined ? [] : [vpc];
    for (const one of vpcs) at.in.findings.dns.profiles.push({ profile, vpc: one });
  },
};
