/** wafv2 list-web-acls, get-web-acl, get-web-acl-for-resource and list-resources-for-web-acl, whose client is no dependency. */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { idInFileName, told, untold } from './balancer-subject.ts';
import { type At, has, inner, isObject, list, provenance, text, texts, whole } from './fields.ts';
import { resource } from './resource.ts';
import { passOver } from './unmodelled.ts';

/** What is read of a web ACL; those of AWS WAF Classic have no `ARN`. */
export interface AwsWebAcl {
  ARN?: string | undefined;
  Name?: string | undefined;
  Rules?: AclRule[] | undefined;
  PreProcessFirewallManagerRuleGroups?: ManagedRule[] | undefined;
  PostProcessFirewallManagerRuleGroups?: ManagedRule[] | undefined;
}

interface AclRule extends Overriding {
  Name?: string | undefined;
  Priority?: number | undefined;
  Action?: { Allow?: object | undefined } | undefined;
  Statement?: Statement | undefined;
}

interface ManagedRule extends Overriding {
  FirewallManagerStatement?: Statement | undefined;
}

/** What becomes of the actions of a rule group. */
interface Overriding {
  OverrideAction?: { Count?: object | undefined } | undefined;
}

interface Statement {
  RuleGroupReferenceStatement?: { ARN?: string | undefined } | undefined;
  ManagedRuleGroupStatement?: ManagedGroup | undefined;
}

interface ManagedGroup {
  VendorName?: string | undefined;
  Name?: string | undefined;
  ScopeDownStatement?: object | undefined;
}

/** A rule group as one rule of the web ACL has it. */
interface Referred {
  readonly group: string;
  readonly counts: boolean;
  /** Why some requests go past it; absent where none does. */
  readonly past?: string;
}

export interface WebAcls {
  WebACLs?: AwsWebAcl[] | undefined;
}

export function readWebAcls(at: At<WebAcls>, findings: Findings): void {
  const acls = list(at, 'WebACLs');
  if (acls.length > 0 && !acls.some((one) => has(one, 'ARN'))) return passOver(at, 'WebACLs', findings);
  for (const one of acls) readAcl(one, findings);
}

/**
 * Those of CloudFront are listed by themselves, and tell nothing of the web ACLs that load balancers may have; neither
 * does what is no list, which is a problem of its own.
 */
export const mayBeAllOfRegion = (answers: readonly { readonly WebACLs?: unknown }[]): boolean =>
  answers.some(({ WebACLs: acls = [] }) => Array.isArray(acls) && (acls.length === 0 || acls.some(isRegional)));

const isRegional = (acl: unknown): boolean =>
  isObject(acl) && 'ARN' in acl && typeof acl.ARN === 'string' && acl.ARN.includes(':regional/');

/** One answer of get-web-acl, or of get-web-acl-for-resource, which shows the same and not the resource. */
export interface WebAclAnswer {
  WebACL?: AwsWebAcl | undefined;
}

export function readWebAcl(at: At<WebAclAnswer>, findings: Findings): void {
  const acl = inner(at, 'WebACL');
  if (acl === undefined) return;
  if (!has(acl, 'ARN')) return passOver(at, 'WebACL', findings);
  const arn = readAcl(acl, findings);
  const balancers = findings.loadBalancers.filter(({ balancerType }) => balancerType === 'application');
  const of =
    told(at, 'ResourceArn') ??
    idInFileName(
      at,
      balancers.map(({ id, label }) => [id, `loadbalancer/${label}`]),
    );
  if (arn !== undefined && of !== undefined)
    findings.webAclAssociations.push({ acl: arn, resources: [of], complete: false, source: provenance(at) });
}

function readAcl(at: At<AwsWebAcl>, findings: Findings): string | undefined {
  const arn = text(at, 'ARN');
  if (arn === undefined) return undefined;
  const named = text(at, 'Name') ?? arn;
  const all = referredBy(at);
  const acting = all.filter(({ counts }) => !counts);
  for (const { group } of all.filter(({ counts }) => counts))
    findings.warnings.push(
      `Web ACL \`${named}\` counts what rule group \`${group}\` matches and blocks nothing of it (OverrideAction Count): a path through the ACL is none through the group.`,
    );
  const seesAll = new Set(acting.flatMap(({ group, past }) => (past === undefined ? [group] : [])));
  const partial = acting.filter(({ group }) => !seesAll.has(group));
  for (const { group, past } of partial)
    findings.warnings.push(
      `Requests may go past rule group \`${group}\` of web ACL \`${named}\`: ${past}. A path through the ACL does not count as one through the group.`,
    );
  findings.webAcls.push({
    ...resource(at, arn, { arn, name: text(at, 'Name') }),
    kind: 'web-acl',
    regional: !arn.includes(':global/'),
    ...present({
      ruleGroups: has(at, 'Rules') ? acting.map(({ group }) => group) : undefined,
      notOfAll: partial.length > 0 ? partial.map(({ group }) => group) : undefined,
    }),
  });
  return arn;
}

/**
 * The rule groups in the order in which they are asked: those that Firewall Manager puts first, those of the rules, and
 * those that it puts last. The first rule that allows a request ends it (WAF guide/web-acl-processing-order).
 */
function referredBy(at: At<AwsWebAcl>): readonly Referred[] {
  const rules = list(at, 'Rules').map((rule) => ({ rule, priority: whole(rule, 'Priority') }));
  const allowing = rules.filter(({ rule }) => {
    const action = inner(rule, 'Action');
    return action !== undefined && has(action, 'Allow');
  });
  const comesFirst = (before: number | undefined, after: number | undefined): boolean =>
    before === undefined || after === undefined || before < after;
  return [
    ...list(at, 'PreProcessFirewallManagerRuleGroups').flatMap((one) =>
      groupsIn(one, inner(one, 'FirewallManagerStatement'), []),
    ),
    ...rules.flatMap(({ rule, priority }) =>
      groupsIn(
        rule,
        inner(rule, 'Statement'),
        allowing.filter((one) => comesFirst(one.priority, priority)).map((one) => one.rule),
      ),
    ),
    ...list(at, 'PostProcessFirewallManagerRuleGroups').flatMap((one) =>
      groupsIn(
        one,
        inner(one, 'FirewallManagerStatement'),
        allowing.map(({ rule }) => rule),
      ),
    ),
  ];
}

/** Whatever the group's rules would do, requests that they match are counted and go on. */
function isCounted(rule: At<Overriding>): boolean {
  const action = inner(rule, 'OverrideAction');
  return action !== undefined && has(action, 'Count');
}

/** Rule groups stand at the top of a web ACL's rule alone, and in no rule group; those that are managed can be scoped down. */
function groupsIn(
  rule: At<Overriding>,
  statement: At<Statement> | undefined,
  allowing: readonly At<AclRule>[],
): readonly Referred[] {
  if (statement === undefined) return [];
  const counts = isCounted(rule);
  const managed = inner(statement, 'ManagedRuleGroupStatement');
  const reference = inner(statement, 'RuleGroupReferenceStatement');
  const [first] = allowing;
  const allowed =
    first &&
    `rule \`${text(first, 'Name') ?? first.place}\` before it allows what it matches, which no later rule looks at`;
  if (managed === undefined) {
    const group = reference && text(reference, 'ARN');
    return group === undefined ? [] : [{ group, counts, ...present({ past: allowed }) }];
  }
  const scoped = has(managed, 'ScopeDownStatement')
    ? 'its scope-down statement says which ones it looks at'
    : undefined;
  const group = `${text(managed, 'VendorName') ?? ''}:${text(managed, 'Name') ?? ''}`;
  return [{ group, counts, ...present({ past: scoped ?? allowed }) }];
}

/** One answer of list-resources-for-web-acl, which does not say whose resources it holds. */
export interface WebAclResources {
  ResourceArns?: string[] | undefined;
}

const balancerArn = /^arn:[^:]*:elasticloadbalancing:[^:]*:\d*:loadbalancer\//;

export function readWebAclResources(at: At<WebAclResources>, findings: Findings): void {
  const resources = texts(at, 'ResourceArns');
  // Load balancers are what is asked for where no other type is named.
  const type = at.in.request?.['ResourceType'] ?? 'APPLICATION_LOAD_BALANCER';
  const balancers = resources.filter((arn) => balancerArn.test(arn));
  const acl =
    told(at, 'WebACLArn') ??
    idInFileName(
      at,
      findings.webAcls.map(({ id }) => [id, id.slice(id.lastIndexOf(':') + 1)]),
    );
  if (acl !== undefined) {
    const complete = type === 'APPLICATION_LOAD_BALANCER' && balancers.length === resources.length;
    findings.webAclAssociations.push({ acl, resources: balancers, complete, source: provenance(at) });
  } else if (balancers.length > 0 || resources.length === 0) untold(at, 'ResourceArns', 'web ACL');
  else passOver(at, 'ResourceArns', findings);
}
