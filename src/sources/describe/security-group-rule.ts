/** describe-security-group-rules. */
import type { SecurityGroupRule as AwsSecurityGroupRule } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { PeerFinding, RuleFinding } from '../../network/build/security-group-finding.ts';
import { type At, complain, flag, has, inner, prefix, provenance, required, text, unknownKeys } from './fields.ts';
import { groupPeer, ruleMatch } from './security-group.ts';

const keys: ReadonlySet<string> = new Set<keyof AwsSecurityGroupRule>([
  'SecurityGroupRuleId',
  'GroupId',
  'GroupOwnerId',
  'IsEgress',
  'IpProtocol',
  'FromPort',
  'ToPort',
  'CidrIpv4',
  'CidrIpv6',
  'PrefixListId',
  'ReferencedGroupInfo',
  'Description',
  'Tags',
  'SecurityGroupRuleArn',
]);

export function readSecurityGroupRule(at: At<AwsSecurityGroupRule>, findings: Findings): void {
  const id = required(at, 'SecurityGroupRuleId');
  const group = required(at, 'GroupId');
  const egress = flag(at, 'IsEgress');
  if (egress === undefined) complain(at, 'missing-field', '', '`IsEgress` is missing.');
  if (id === undefined || group === undefined || egress === undefined) return;
  const understood = unknownKeys(at, keys).length === 0;
  const rule = understood ? ruleOf(at, id) : undefined;
  if (understood && rule === undefined) return;
  findings.securityGroupRules.push({
    id,
    group,
    direction: egress ? 'egress' : 'ingress',
    source: provenance(at),
    ...present({ account: text(at, 'GroupOwnerId') ?? at.in.account, rule }),
  });
}

function ruleOf(at: At<AwsSecurityGroupRule>, id: string): RuleFinding | undefined {
  const match = ruleMatch(at);
  const peer = peerOf(at);
  if (match === undefined || peer === undefined) return undefined;
  return { id, match, peer, source: provenance(at), ...present({ description: text(at, 'Description') }) };
}

function peerOf(at: At<AwsSecurityGroupRule>): PeerFinding | undefined {
  const block = prefix(at, 'CidrIpv4') ?? prefix(at, 'CidrIpv6');
  if (block !== undefined) return { kind: 'prefix', prefix: block };
  const list = text(at, 'PrefixListId');
  if (list !== undefined) return { kind: 'prefix-list', id: list };
  const reference = inner(at, 'ReferencedGroupInfo');
  if (reference !== undefined) return groupPeer(reference, undefined);
  if (!has(at, 'CidrIpv4') && !has(at, 'CidrIpv6'))
    complain(at, 'missing-field', '', 'The rule names no CIDR block, prefix list or security group.');
  return undefined;
}
