/** describe-security-groups and describe-security-group-vpc-associations. */
import type {
  IpPermission,
  SecurityGroup as AwsSecurityGroup,
  SecurityGroupVpcAssociation,
  UserIdGroupPair,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import { isIcmp } from '../../net/protocol.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { PeerFinding, RuleFinding, RulesFinding } from '../../network/build/security-group-finding.ts';
import type { TrafficMatch } from '../../network/traffic-match.ts';
import { type At, has, list, prefix, provenance, required, text, unknownKeys, whole } from './fields.ts';
import { resource } from './resource.ts';
import { icmpMatch, portMatch, protocolOf } from './traffic-match.ts';

export function readSecurityGroup(at: At<AwsSecurityGroup>, findings: Findings): void {
  const id = required(at, 'GroupId');
  if (id === undefined) return;
  const vpc = text(at, 'VpcId');
  if (vpc === undefined || vpc === '') {
    findings.notModelled.push({
      kind: 'security-group',
      id,
      status: 'not-modelled',
      why: 'it belongs to no VPC (EC2-Classic)',
      affects: 'none: it can be attached to no network interface',
      source: provenance(at),
    });
    return;
  }
  const told = { account: text(at, 'OwnerId'), arn: text(at, 'SecurityGroupArn'), name: text(at, 'GroupName') };
  const rules = present({
    ingress: has(at, 'IpPermissions') ? rulesOf(list(at, 'IpPermissions'), vpc) : undefined,
    egress: has(at, 'IpPermissionsEgress') ? rulesOf(list(at, 'IpPermissionsEgress'), vpc) : undefined,
  });
  findings.securityGroups.push(Object.assign(resource(at, id, told), { kind: 'security-group' as const, vpc }, rules));
}

const permissionKeys: ReadonlySet<string> = new Set<keyof IpPermission>([
  'IpProtocol',
  'FromPort',
  'ToPort',
  'IpRanges',
  'Ipv6Ranges',
  'PrefixListIds',
  'UserIdGroupPairs',
]);

/** One rule for each peer of each permission (semantics 2.12). */
function rulesOf(permissions: readonly At<IpPermission>[], vpc: string): RulesFinding {
  const rules: RuleFinding[] = [];
  for (const permission of permissions) {
    if (unknownKeys(permission, permissionKeys).length > 0) return 'not-understood';
    const match = ruleMatch(permission);
    if (match === undefined) continue;
    const add = (at: At<{ Description?: string | undefined }>, peer: PeerFinding | undefined): void => {
      if (peer === undefined) return;
      const description = text(at, 'Description');
      const source = provenance(at);
      rules.push(description === undefined ? { match, peer, source } : { match, peer, description, source });
    };
    for (const range of list(permission, 'IpRanges')) {
      const block = prefix(range, 'CidrIp');
      add(range, block && { kind: 'prefix', prefix: block });
    }
    for (const range of list(permission, 'Ipv6Ranges')) {
      const block = prefix(range, 'CidrIpv6');
      add(range, block && { kind: 'prefix', prefix: block });
    }
    for (const entry of list(permission, 'PrefixListIds')) {
      const id = required(entry, 'PrefixListId');
      add(entry, id === undefined ? undefined : { kind: 'prefix-list', id });
    }
    for (const pair of list(permission, 'UserIdGroupPairs')) add(pair, groupPeer(pair, vpc));
  }
  return rules;
}

/** The protocol with its ports or ICMP type and code, in the fields that both calls share (semantics 2.8 to 2.11). */
export function ruleMatch(
  at: At<{ IpProtocol?: string | undefined; FromPort?: number | undefined; ToPort?: number | undefined }>,
): TrafficMatch | undefined {
  const name = required(at, 'IpProtocol');
  const protocol = name === undefined ? undefined : protocolOf(at, 'IpProtocol', name);
  if (protocol === undefined || protocol === 'all') return protocol && { protocol };
  const range = { from: whole(at, 'FromPort'), to: whole(at, 'ToPort'), key: 'FromPort' };
  return isIcmp(protocol) ? icmpMatch(at, protocol, range) : portMatch(at, protocol, range);
}

/** Statuses of a peering connection that is no more; the rule then matches nothing (semantics 2.25). One that is being deleted may still carry. */
const goneStatuses = new Set(['deleted', 'expired', 'failed', 'rejected']);

type GroupReference = Pick<
  UserIdGroupPair,
  'GroupId' | 'PeeringStatus' | 'UserId' | 'VpcId' | 'VpcPeeringConnectionId'
>;

export function groupPeer(at: At<GroupReference>, vpc: string | undefined): PeerFinding | undefined {
  const id = required(at, 'GroupId');
  if (id === undefined) return undefined;
  const peerVpc = text(at, 'VpcId');
  return {
    kind: 'security-group',
    id,
    stale: goneStatuses.has(text(at, 'PeeringStatus') ?? ''),
    remote: has(at, 'VpcPeeringConnectionId') || (peerVpc !== undefined && peerVpc !== vpc),
    ...present({ account: text(at, 'UserId'), vpc: peerVpc }),
  };
}

export function readGroupAssociation(at: At<SecurityGroupVpcAssociation>, findings: Findings): void {
  const group = required(at, 'GroupId');
  const vpc = required(at, 'VpcId');
  if (group === undefined || vpc === undefined || text(at, 'State') !== 'associated') return;
  findings.groupAssociations.push({ group, vpc, source: provenance(at) });
}
