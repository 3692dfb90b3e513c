/** Web ACLs of AWS WAF and the load balancers that they are associated with (semantics 12.23). */
import { present } from '../../base/present.ts';
import { noFindings } from '../../network/build/findings.ts';
import type { WebAclFinding } from '../../network/build/load-balancer-finding.ts';
import { type AwsWebAcl, readWebAcls } from '../describe/web-acl.ts';
import { answerAt, answerOf } from './answer.ts';
import { derivedResource, resource } from './common.ts';
import { idOf, known, text } from './property.ts';
import { type At, type Construct, note, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const associationType = 'AWS::WAFv2::WebACLAssociation';
const aclType = 'AWS::WAFv2::WebACL';

export const webAcl: Construct = {
  identities: ['WebACLArn'],
  properties: [
    'Name',
    'Scope',
    'Rules',
    'PreProcessFirewallManagerRuleGroups',
    'PostProcessFirewallManagerRuleGroups',
    'DefaultAction',
    'Description',
    'VisibilityConfig',
    'CustomResponseBodies',
    'CaptchaConfig',
    'ChallengeConfig',
    'TokenDomains',
    'AssociationConfig',
    'ApplicationConfig',
    'DataProtectionConfig',
    'OnSourceDDoSProtectionConfig',
    'Tags',
  ],
  read(at) {
    const scope = text(at, 'Scope');
    const groups = ruleGroupsOf(at);
    at.in.findings.webAcls.push({
      ...resource(at, { name: known(text(at, 'Name')) }),
      kind: 'web-acl',
      regional: scope !== 'CLOUDFRONT',
      ...groups,
    });
    associate(at.in, at.of.id, at);
  },
};

/** The groups whose verdicts count; nothing where its rules are not known. */
function ruleGroupsOf(at: At): Pick<WebAclFinding, 'ruleGroups' | 'notOfAll'> {
  // What a rule looks for does not matter, which group it names does.
  const standIn = (place: string): string | undefined =>
    /\/(?:ARN|VendorName|Name|OverrideAction|Count|Action|Allow|Priority|Statement|\w+Statement|\d+)$|^$/.test(place)
      ? undefined
      : 'unknown';
  const told = answerOf<NonNullable<AwsWebAcl['Rules']>>(at, 'Rules', { numbers: new Set(['Priority']), standIn });
  if (told === undefined) return { ruleGroups: [] };
  const [unknown] = told.unknown;
  if (unknown !== undefined) {
    note(at, 'Rules', unknown, 'which rule groups it has is not known');
    return {};
  }
  const apart = noFindings();
  const name = known(text(at, 'Name')) ?? at.of.address;
  readWebAcls(answerAt(at, '', { WebACLs: [{ ARN: at.of.id, Name: name, Rules: told.at.json }] }), apart);
  at.in.findings.warnings.push(...apart.warnings);
  const [read] = apart.webAcls;
  return present({ ruleGroups: read?.ruleGroups, notOfAll: read?.notOfAll });
}

/** Read by its web ACL; of one that exists already, here. */
export const webAclAssociation: Construct = { properties: ['ResourceArn', 'WebACLArn'] };

function associate(reading: Reading, acl: string, at: At): void {
  const { certain, possible } = satellitesOf(reading, associationType, 'WebACLArn', acl, aclType);
  const told = certain.map((one) => ({
    one,
    to: idOf(one, 'ResourceArn', 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
  }));
  for (const { one, to } of told)
    if (to instanceof Unknown) note(one, 'ResourceArn', to, 'what it protects is not known');
  const complete = possible.length === 0 && told.every(({ to }) => typeof to === 'string') && reading.byId.has(acl);
  reading.findings.webAclAssociations.push({
    acl,
    resources: told.flatMap(({ to }) => (typeof to === 'string' ? [to] : [])),
    complete,
    source: provenance(at),
  });
}

/** Web ACLs that exist already, of which nothing is told but what they are associated with. */
export function webAclsOutside(reading: Reading): void {
  for (const [acl, [first]] of aroundOutside(reading, associationType, 'WebACLArn', aclType)) {
    if (first === undefined) continue;
    reading.findings.webAcls.push({ ...derivedResource(first, acl), kind: 'web-acl', regional: true });
    associate(reading, acl, first);
  }
}
