/** Web ACLs: what several calls tell of one, and the Application Load Balancers that they are associated with. */
import { present } from '../../base/present.ts';
import type { LoadBalancer } from '../load-balancer.ts';
import type { Unread } from '../resource.ts';
import type { WebAcl } from '../web-acl.ts';
import { type Building, wasRead } from './building.ts';
import type { WebAclFinding } from './load-balancer-finding.ts';
import { labelIn } from './listener.ts';

const balancersCall = 'elbv2 describe-load-balancers';
const aclsCall = 'wafv2 list-web-acls';

interface Built {
  readonly webAcls: Map<string, WebAcl>;
  /** Those that are known to have no web ACL say so. */
  readonly loadBalancers: Map<string, LoadBalancer>;
}

export function buildWebAcls(building: Building, balancers: ReadonlyMap<string, LoadBalancer>): Built {
  const { findings, problems } = building;
  const acls = new Map<string, WebAclFinding>();
  // Only some calls show the rules.
  for (const one of findings.webAcls) acls.set(one.id, { ...one, ...acls.get(one.id) });
  const applications = new Map(
    [...balancers.values()].flatMap(({ id, balancerType }) =>
      balancerType === 'application' ? [[labelIn(id), id] as const] : [],
    ),
  );
  const aclOf = new Map<string, string>();
  /** By web ACL, that a balancer stands behind it which the input does not hold. */
  const beyond = new Set<string>();
  for (const { acl, resources, source } of findings.webAclAssociations)
    for (const resource of resources) {
      const balancer = applications.get(labelIn(resource));
      if (balancer === undefined) {
        if (resource.includes(':loadbalancer/app/')) beyond.add(acl);
        continue;
      }
      if (acls.get(acl)?.regional === false) {
        building.warnings.push(
          `\`${acl}\` is a web ACL for CloudFront, which AWS associates with no load balancer: it does not count as that of \`${balancer}\`.`,
        );
        continue;
      }
      const other = aclOf.get(balancer) ?? acl;
      if (other !== acl)
        problems.push({
          code: 'conflicting-association',
          file: source.file,
          place: source.place,
          message: `\`${balancer}\` is associated with two web ACLs: \`${other}\` and \`${acl}\`.`,
          hint: 'Answers of different moments were mixed; write both again.',
        });
      aclOf.set(balancer, acl);
    }
  for (const { of, wafFailsOpen } of findings.balancerAttributes)
    if (wafFailsOpen === true && aclOf.has(of))
      building.warnings.push(
        `\`${of}\` sends requests to its targets also where AWS WAF does not answer (waf.fail_open.enabled): a path through it is one that its web ACL may not have looked at.`,
      );
  const asked = new Set(findings.webAclAssociations.flatMap(({ acl, complete }) => (complete ? [acl] : [])));
  // A balancer has one web ACL at most.
  const allTold = [...applications.values()].every((id) => aclOf.has(id));
  const unreadOf = (acl: WebAclFinding): Unread | undefined => {
    if (!acl.regional) return undefined;
    const balancersRead = wasRead(building, balancersCall, acl);
    if (beyond.has(acl.id) && !balancersRead) return { unread: balancersCall, subject: acl.id };
    const told = asked.has(acl.id) || (balancersRead && allTold);
    return told ? undefined : { unread: 'wafv2 list-resources-for-web-acl', subject: acl.id };
  };
  const webAcls = new Map(
    [...acls.values()].map((found) => {
      const { ruleGroups, regional: _, ...acl } = found;
      return [
        acl.id,
        {
          ...acl,
          associated: [...aclOf].flatMap(([balancer, own]) => (own === acl.id ? [balancer] : [])),
          ruleGroups: ruleGroups ?? { unread: 'wafv2 get-web-acl', subject: acl.id },
          ...present({ unread: unreadOf(found) }),
        },
      ];
    }),
  );
  const told = [...webAcls.values()].every(({ unread }) => unread === undefined);
  const withoutOne = (balancer: LoadBalancer): boolean =>
    told && balancer.balancerType === 'application' && !aclOf.has(balancer.id) && wasRead(building, aclsCall, balancer);
  const loadBalancers = [...balancers].map(
    ([id, one]) => [id, withoutOne(one) ? { ...one, withoutWebAcl: true as const } : one] as const,
  );
  return { webAcls, loadBalancers: new Map(loadBalancers) };
}
