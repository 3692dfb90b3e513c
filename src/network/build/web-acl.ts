/** Web ACLs: what several calls tell of one, and the Application Load Balancers that they are associated with. */
import type { LoadBalancer } from '../load-balancer.ts';
import type { Unread } from '../resource.ts';
import type { WebAcl } from '../web-acl.ts';
import type { Building } from './building.ts';
import type { WebAclFinding } from './load-balancer-finding.ts';
import { labelIn } from './listener.ts';

export function buildWebAcls(
  { findings, problems }: Building,
  balancers: ReadonlyMap<string, LoadBalancer>,
): Map<string, WebAcl> {
  const acls = new Map<string, WebAclFinding>();
  // Only some calls show the rules.
  for (const one of findings.webAcls) acls.set(one.id, { ...one, ...acls.get(one.id) });
  const applications = new Map(
    [...balancers.values()].flatMap(({ id, balancerType }) =>
      balancerType === 'application' ? [[labelIn(id), id] as const] : [],
    ),
  );
  const aclOf = new Map<string, string>();
  for (const { acl, resources, source } of findings.webAclAssociations)
    for (const resource of resources) {
      const balancer = applications.get(labelIn(resource));
      if (balancer === undefined) continue;
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
  const asked = new Set(findings.webAclAssociations.flatMap(({ acl, complete }) => (complete ? [acl] : [])));
  // A balancer has one web ACL at most.
  const allTold = [...applications.values()].every((id) => aclOf.has(id));
  return new Map(
    [...acls.values()].map(({ ruleGroups, regional, ...acl }) => {
      const unread: Unread = { unread: 'wafv2 list-resources-for-web-acl', subject: acl.id };
      return [
        acl.id,
        {
          ...acl,
          associated: [...aclOf].flatMap(([balancer, own]) => (own === acl.id ? [balancer] : [])),
          ruleGroups: ruleGroups ?? { unread: 'wafv2 get-web-acl', subject: acl.id },
          ...(!regional || asked.has(acl.id) || allTold ? {} : { unread }),
        },
      ];
    }),
  );
}
