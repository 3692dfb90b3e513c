/** elbv2 describe-target-groups and describe-target-health. */
import type { TargetGroup as AwsTargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import { parseAddress } from '../../net/address.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { TargetFinding } from '../../network/build/load-balancer-finding.ts';
import { targetGroupOf, untold } from './balancer-subject.ts';
import { type At, complain, inner, list, oneOf, port, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { isWhole } from './scope.ts';

export function readTargetGroup(at: At<AwsTargetGroup>, findings: Findings): void {
  const arn = required(at, 'TargetGroupArn');
  const targetType = oneOf(at, 'TargetType', ['instance', 'ip', 'lambda', 'alb']) ?? 'instance';
  if (arn === undefined) return;
  findings.targetGroups.push({
    ...resource(at, arn, { arn, name: text(at, 'TargetGroupName') }),
    kind: 'target-group',
    label: arn.slice(arn.indexOf('targetgroup/') + 'targetgroup/'.length),
    targetType,
    ...present({
      protocol: text(at, 'Protocol'),
      port: port(at, 'Port'),
      vpc: text(at, 'VpcId'),
      ipAddressType: oneOf(at, 'IpAddressType', ['ipv4', 'ipv6']),
    }),
  });
}

/** One answer of describe-target-health, which does not say whose targets it holds. */
export interface TargetHealth {
  TargetHealthDescriptions?: TargetHealthDescription[] | undefined;
}

export function readTargetHealth(at: At<TargetHealth>, findings: Findings): void {
  const group = targetGroupOf(at, findings);
  const targets = list(at, 'TargetHealthDescriptions').flatMap((one) => readTarget(one) ?? []);
  if (group === undefined) return untold(at, 'TargetHealthDescriptions', 'target group');
  const { TargetGroupArn: _, Include: __, ...others } = at.in.request ?? {};
  findings.targetHealth.push({ group, targets, complete: isWhole(others), source: provenance(at) });
}

function readTarget(at: At<TargetHealthDescription>): TargetFinding | undefined {
  const target = inner(at, 'Target');
  const id = target && required(target, 'Id');
  if (target === undefined) complain(at, 'missing-field', '', '`Target` is missing.', 'Every target has one.');
  if (target === undefined || id === undefined) return undefined;
  const health = inner(at, 'TargetHealth');
  const state = health && text(health, 'State');
  // Whoever asks for a target by its id is told of one that is not there.
  if (state === 'unused' && health !== undefined && text(health, 'Reason') === 'Target.NotRegistered') return undefined;
  return {
    id,
    source: provenance(at),
    ...present({
      address: parseAddress(id),
      port: port(target, 'Port'),
      zone: text(target, 'AvailabilityZone'),
      health: state,
    }),
  };
}
