/** route53resolver list-firewall-… and get-firewall-…, and route53profiles list-profile-associations. */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { DnsFirewallRule } from '../../network/dns-firewall.ts';
import { didYouMean } from '../../base/near.ts';
import { parseQueryType, queryTypes } from '../../net/query-type.ts';
import {
  type At,
  complain,
  has,
  list,
  oneOf,
  provenance,
  required,
  text,
  texts,
  unknownKeys,
  whole,
} from './fields.ts';
import { resource } from './resource.ts';
import { subjectOf } from './subject.ts';

interface Association {
  readonly Id?: string;
  readonly Arn?: string;
  readonly Name?: string;
  readonly FirewallRuleGroupId?: string;
  readonly VpcId?: string;
  readonly Priority?: number;
  readonly Status?: string;
}

export function readFirewallAssociationOfVpc(at: At<Association>, findings: Findings): void {
  const [id, group, vpc] = [required(at, 'Id'), required(at, 'FirewallRuleGroupId'), required(at, 'VpcId')];
  const priority = whole(at, 'Priority');
  if (priority === undefined) return complain(at, 'missing-field', '', '`Priority` is missing.');
  if (id === undefined || group === undefined || vpc === undefined) return;
  findings.dns.associations.push({
    ...resource(at, id, { arn: text(at, 'Arn'), name: text(at, 'Name') }),
    kind: 'dns-firewall-association',
    vpc,
    group,
    priority,
    ...present({ state: stateOf(text(at, 'Status'), 'COMPLETE') }),
  });
}

/** The state where it is another than the usual one. */
export const stateOf = (state: string | undefined, usual: string): string | undefined =>
  state === usual ? undefined : state;

interface RuleGroup {
  readonly Id?: string;
  readonly Arn?: string;
  readonly Name?: string;
  readonly RuleCount?: number;
}

export function readFirewallRuleGroup(at: At<RuleGroup>, findings: Findings): void {
  const id = required(at, 'Id');
  if (id === undefined) return;
  findings.dns.groups.push({
    ...resource(at, id, { arn: text(at, 'Arn'), name: text(at, 'Name') }),
    ...present({ rules: whole(at, 'RuleCount') }),
  });
}

interface Rule {
  readonly FirewallRuleGroupId?: string;
  readonly FirewallDomainListId?: string;
  readonly FirewallThreatProtectionId?: string;
  readonly Name?: string;
  readonly Priority?: number;
  readonly Action?: string;
  readonly BlockResponse?: string;
  readonly Qtype?: string;
  readonly FirewallDomainRedirectionAction?: string;
  readonly DnsThreatProtection?: string;
  readonly ConfidenceThreshold?: string;
}

/** Everything that a plain rule shows; what else one has makes it match what is not known. */
const plainKeys = new Set([
  'FirewallRuleGroupId',
  'FirewallDomainListId',
  'Name',
  'Priority',
  'Action',
  'BlockResponse',
  'BlockOverrideDomain',
  'BlockOverrideDnsType',
  'BlockOverrideTtl',
  'CreatorRequestId',
  'CreationTime',
  'ModificationTime',
  'Qtype',
  'FirewallDomainRedirectionAction',
  // With these it is advanced by `DnsThreatProtection`, without which they say nothing.
  'ConfidenceThreshold',
]);

export interface FirewallRules {
  readonly FirewallRules?: readonly Rule[];
}

/** The group whose rules the answer holds. */
export const firewallGroupOf = (at: At<FirewallRules>): string | undefined =>
  at.json.FirewallRules?.[0]?.FirewallRuleGroupId ??
  subjectOf(at, 'FirewallRuleGroupId', /\brslvr-frg-[0-9a-z-]*[0-9a-z]/);

/** One answer of list-firewall-rules: each rule tells its group, an empty answer's file or request does. */
export function readFirewallRules(at: At<FirewallRules>, findings: Findings): void {
  const byGroup = new Map<string, DnsFirewallRule[]>();
  const { request } = at.in;
  const partial = request?.['Priority'] !== undefined || request?.['Action'] !== undefined;
  const subject = firewallGroupOf(at);
  if (subject !== undefined) byGroup.set(subject, []);
  for (const one of list(at, 'FirewallRules')) {
    const group = text(one, 'FirewallRuleGroupId') ?? subject;
    const rule = readRule(one);
    if (group === undefined) complain(one, 'missing-field', '', '`FirewallRuleGroupId` is missing.');
    else if (rule !== undefined) byGroup.set(group, [...(byGroup.get(group) ?? []), rule]);
  }
  for (const [group, rules] of byGroup) findings.dns.rules.push({ group, rules, partial, source: provenance(at) });
}

function readRule(at: At<Rule>): DnsFirewallRule | undefined {
  const priority = whole(at, 'Priority');
  if (priority === undefined) complain(at, 'missing-field', '', '`Priority` is missing.');
  if (!has(at, 'Action')) complain(at, 'missing-field', '', '`Action` is missing.');
  const action = oneOf(at, 'Action', ['ALLOW', 'BLOCK', 'ALERT']);
  const written = text(at, 'Qtype');
  const queryType = written === undefined || written === '' ? undefined : parseQueryType(written);
  if (written !== undefined && written !== '' && queryType === undefined)
    complain(
      at,
      'unknown-value',
      'Qtype',
      `\`${written}\` is no type of DNS queries.`,
      didYouMean(written.toUpperCase(), queryTypes) ?? 'It is such as `TXT`, or `TYPE16`.',
    );
  if (priority === undefined || action === undefined) return undefined;
  const domainList = text(at, 'FirewallDomainListId');
  const threat = text(at, 'DnsThreatProtection');
  const strange = unknownKeys(at, plainKeys).filter((key) => has(at, key as keyof Rule));
  const words = threat === undefined ? strange.join(', ') : `DnsThreatProtection ${threat}`;
  const advanced = words !== '' ? words : domainList === undefined ? 'no domain list' : undefined;
  return {
    priority,
    action,
    trustsRedirection: text(at, 'FirewallDomainRedirectionAction') === 'TRUST_REDIRECTION_DOMAIN',
    source: provenance(at),
    ...present({
      name: text(at, 'Name'),
      response: action === 'BLOCK' ? text(at, 'BlockResponse') : undefined,
      domainList: domainList === '' ? undefined : domainList,
      queryType,
      advanced,
    }),
  };
}

interface DomainList {
  readonly Id?: string;
  readonly Arn?: string;
  readonly Name?: string;
  readonly DomainCount?: number;
  readonly ManagedOwnerName?: string;
  readonly ManagedListType?: string;
}

export function readFirewallDomainList(at: At<DomainList>, findings: Findings): void {
  const id = required(at, 'Id');
  if (id === undefined) return;
  const owner = text(at, 'ManagedOwnerName') ?? text(at, 'ManagedListType');
  findings.dns.lists.push({
    ...resource(at, id, { arn: text(at, 'Arn'), name: text(at, 'Name') }),
    managed: owner !== undefined && owner !== '',
    ...present({ domains: whole(at, 'DomainCount') }),
  });
}

export interface FirewallDomains {
  readonly Domains?: readonly string[];
}

/** Other services have `Domains` too, which are objects. */
export const areNames = (content: unknown): boolean =>
  Array.isArray(content) && content.length > 0 && content.every((one) => typeof one === 'string');

/** The list whose names they are. */
export const domainListOf = (at: At<object>): string | undefined =>
  subjectOf(at, 'FirewallDomainListId', /\brslvr-fdl-[0-9a-z-]*[0-9a-z]/);

export function readFirewallDomains(at: At<FirewallDomains>, findings: Findings): void {
  const id = domainListOf(at);
  if (id === undefined)
    return complain(
      at,
      'unknown-subject',
      '',
      'It is not told which domain list these `Domains` belong to.',
      'Put the id into the file name: list-firewall-domains.rslvr-fdl-0123456789abcdef.json',
    );
  const all = texts(at, 'Domains').map((entry) => entry.trim().toLowerCase().replace(/\.$/, ''));
  const domains = all.filter((entry) => entry === '*' || /^(?:\*\.)?[^*]+$/.test(entry));
  const notUnderstood = domains.length < all.length;
  findings.dns.domains.push({ list: id, domains, notUnderstood, source: provenance(at) });
}

interface Config {
  readonly ResourceId?: string;
  readonly FirewallFailOpen?: string;
}

export function readFirewallConfig(at: At<Config>, findings: Findings): void {
  const vpc = required(at, 'ResourceId');
  if (vpc === undefined) return;
  // What takes its setting from elsewhere may be open as well.
  const failOpen = (text(at, 'FirewallFailOpen') ?? 'DISABLED') !== 'DISABLED';
  findings.dns.configs.push({ vpc, failOpen, source: provenance(at) });
}

interface ProfileAssociation {
  readonly Id?: string;
  readonly ProfileId?: string;
  readonly ResourceId?: string;
}

export function readProfileAssociation(at: At<ProfileAssociation>, findings: Findings): void {
  const [profile, vpc] = [required(at, 'ProfileId'), required(at, 'ResourceId')];
  if (profile !== undefined && vpc !== undefined) findings.dns.profiles.push({ profile, vpc });
}
