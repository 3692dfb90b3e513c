/** Target groups: their attributes, read or AWS's defaults, and their targets. */
import { groupBy } from '../../base/group.ts';
import type { Instance } from '../instance.ts';
import type { NetworkInterface } from '../interface.ts';
import { isUnread, type Unread } from '../resource.ts';
import type { Subnet } from '../subnet.ts';
import type { Target, TargetGroup } from '../target-group.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { BalancerAttributesFinding, LoadBalancerFinding, TargetGroupFinding } from './load-balancer-finding.ts';
import { targetOf, type TargetParts } from './target.ts';

interface Found {
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly balancers: ReadonlyMap<string, LoadBalancerFinding>;
}

export const targetParts = (building: Building, found: Found): TargetParts => ({
  ...found,
  primary: interfacesThat(building, true),
  secondary: interfacesThat(building, false),
  subnets: groupBy(found.subnets.values(), ({ vpc }) => vpc),
  zones: zonesOf(found.balancers.values(), found.subnets),
});

interface Parts {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly attributes: ReadonlyMap<string, BalancerAttributesFinding>;
  readonly of: TargetParts;
}

/** Those that describe-target-groups shows. */
export function buildTargetGroups(building: Building, { vpcs, attributes, of }: Parts): Map<string, TargetGroup> {
  const { findings } = building;
  const answers = groupBy(findings.targetHealth, ({ group }) => group);
  const groups = new Map<string, TargetGroup>();
  for (const found of findings.targetGroups) {
    if (found.vpc !== undefined && !vpcs.has(found.vpc)) {
      leaveOut(building, found, found.vpc);
      continue;
    }
    const { label: _, ...group } = found;
    groups.set(found.id, {
      ...group,
      ...settingsOf(building, found, attributes.get(found.id)),
      targets: targetsOf(building, found, answers.get(found.id) ?? [], of),
    });
  }
  for (const { group: id, source } of findings.targetHealth)
    if (!findings.targetGroups.some((group) => group.id === id))
      building.coverage.push({
        kind: 'target-group',
        id,
        status: 'not-modelled',
        why: 'no answer of describe-target-groups holds it',
        affects: 'flows through load balancers that forward to it',
        source,
      });
  return groups;
}

/** What was read of the attributes of balancers and target groups, by id. */
export function attributesOf({ findings, problems }: Building): ReadonlyMap<string, BalancerAttributesFinding> {
  const merged = new Map<string, BalancerAttributesFinding>();
  for (const one of findings.balancerAttributes) {
    const before = merged.get(one.of);
    for (const key of ['crossZone', 'preservesClientIp'] as const)
      if (before?.[key] !== undefined && one[key] !== undefined && before[key] !== one[key])
        problems.push({
          code: 'duplicate-id',
          file: one.source.file,
          place: one.source.place,
          message: `The attributes of \`${one.of}\` are others here than at ${before.source.place} of ${before.source.file}.`,
          hint: 'Keep the answers of one moment: the older file is to go.',
        });
    merged.set(one.of, { ...one, ...before });
  }
  return merged;
}

const attributesCall = 'elbv2 describe-target-group-attributes';

/** Client IP preservation by the table of semantics 12.12 where an answer leaves it out; where there is none, nobody knows. */
function settingsOf(
  building: Building,
  { id, targetType, protocol = '' }: TargetGroupFinding,
  shown: BalancerAttributesFinding | undefined,
): Pick<TargetGroup, 'preservesClientIp' | 'crossZone'> {
  const unread = { unread: attributesCall, subject: id };
  const byTransport = transport.has(protocol);
  // The group of an Application Load Balancer can only take zones away.
  if (targetType !== 'lambda' && !byTransport && shown?.crossZone === undefined) {
    const setting = `${id}.load_balancing.cross_zone.enabled`;
    building.defaults.push({ setting, value: 'use_load_balancer_configuration', call: attributesCall });
  }
  const told = shown?.crossZone ?? (byTransport ? unread : 'balancer');
  const crossZone = told === 'balancer' ? {} : { crossZone: told };
  if (!byTransport) return { preservesClientIp: false, ...crossZone };
  // Nobody can turn it off there.
  if (targetType === 'alb' || protocol === 'UDP' || protocol === 'TCP_UDP')
    return { preservesClientIp: true, ...crossZone };
  if (shown === undefined) return { preservesClientIp: unread, ...crossZone };
  if (shown.preservesClientIp !== undefined) return { preservesClientIp: shown.preservesClientIp, ...crossZone };
  const preserves = targetType !== 'ip' || !['TCP', 'TLS'].includes(protocol);
  const setting = `${id}.preserve_client_ip.enabled`;
  building.defaults.push({ setting, value: String(preserves), call: attributesCall });
  return { preservesClientIp: preserves, ...crossZone };
}

/** The protocols of Network Load Balancers; others are proxies or wrap the whole packet. */
const transport: ReadonlySet<string> = new Set(['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);

function targetsOf(
  building: Building,
  group: TargetGroupFinding,
  answers: Building['findings']['targetHealth'],
  parts: TargetParts,
): readonly Target[] | Unread {
  if (!answers.some(({ complete }) => complete)) return { unread: 'elbv2 describe-target-health', subject: group.id };
  const targets = new Map<string, Target>();
  let unread: Unread | undefined;
  for (const found of answers.flatMap((answer) => answer.targets)) {
    const target = targetOf(building, group, found, parts);
    if (target === 'gone') continue;
    if (isUnread<Target>(target)) unread ??= target;
    // Answers of two moments may show one target in two states.
    else targets.set(`${target.id} ${'port' in target ? target.port : ''}`, target);
  }
  return unread ?? [...targets.values()];
}

function leaveOut(building: Building, group: TargetGroupFinding, vpc: string): void {
  if (wasRead(building, 'describe-vpcs', group)) return blameDangling(building, group, 'VPC', vpc, 'describe-vpcs');
  building.coverage.push({
    kind: 'target-group',
    id: group.id,
    status: 'not-modelled',
    why: `its VPC \`${vpc}\` is not in the input`,
    affects: 'flows through load balancers that forward to it',
    source: group.source,
  });
}

/** Interfaces that are known to be the first of their instances, or not to be. */
function interfacesThat({ findings }: Building, are: boolean): ReadonlySet<string> {
  const found = [...findings.instanceInterfaces, ...findings.interfaces.values()];
  return new Set(found.flatMap((one) => (one.primary === are ? [one.interface.id] : [])));
}

/** Zones by account and name, told by the subnets of balancers; each account has its own names (semantics 7.31). */
export const zonesOf = (
  balancers: Iterable<LoadBalancerFinding>,
  subnets: ReadonlyMap<string, Subnet>,
): ReadonlyMap<string, string> =>
  new Map(
    [...balancers].flatMap(({ account = '', zones = [] }) =>
      zones.flatMap(({ name, subnet }) => {
        const zone = subnets.get(subnet)?.zone;
        return zone === undefined ? [] : [[`${account} ${name}`, zone] as const];
      }),
    ),
  );
