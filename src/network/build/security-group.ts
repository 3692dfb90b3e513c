/** Security groups: the rules of both calls united, references to groups resolved, groups that no call read. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import { formatPrefix } from '../../net/prefix.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Unread } from '../resource.ts';
import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../security-group.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, type Referrer, wasRead } from './building.ts';
import type {
  PeerFinding,
  RuleFinding,
  RulesFinding,
  SecurityGroupFinding,
  SecurityGroupRuleFinding,
} from './security-group-finding.ts';

type Direction = 'ingress' | 'egress';

export function buildSecurityGroups(
  building: Building,
  interfaces: ReadonlyMap<string, NetworkInterface>,
  vpcs: ReadonlyMap<string, Vpc>,
): Map<string, SecurityGroup> {
  const { findings } = building;
  const found = new Map(findings.securityGroups.map((group) => [group.id, group]));
  for (const nic of interfaces.values())
    for (const id of nic.groups) {
      if (found.has(id)) continue;
      if (wasRead(building, 'describe-security-groups', nic))
        blameDangling(building, nic, 'security group', id, 'describe-security-groups');
      found.set(id, unreadGroup(id, nic));
    }
  const associated = groupBy(findings.groupAssociations, ({ group }) => group);
  const listed = groupBy(findings.securityGroupRules, ({ group, direction }) => `${group} ${direction}`);
  const groups = new Map<string, SecurityGroup>();
  for (const group of found.values()) {
    const side = (direction: Direction): readonly SecurityGroupRule[] | Unread =>
      rulesOf(building, group, direction, listed.get(`${group.id} ${direction}`) ?? [], found);
    const others = (associated.get(group.id) ?? []).map(({ vpc }) => vpc).filter((vpc) => vpcs.has(vpc));
    const rules = { associatedVpcs: others, ingress: side('ingress'), egress: side('egress') };
    groups.set(group.id, Object.assign({}, group, rules));
  }
  const blame = (from: Referrer, group: string): void => {
    if (!groups.has(group) && wasRead(building, 'describe-security-groups', from))
      blameDangling(building, from, 'security group', group, 'describe-security-groups');
  };
  for (const rule of findings.securityGroupRules) blame(rule, rule.group);
  for (const { group, vpc, source } of findings.groupAssociations) blame({ id: vpc, source }, group);
  return groups;
}

const unreadGroup = (id: string, { vpc, account, region, source }: NetworkInterface): SecurityGroupFinding => ({
  id,
  kind: 'security-group',
  vpc,
  tags: {},
  source,
  ...present({ account, region }),
});

function rulesOf(
  building: Building,
  group: SecurityGroupFinding,
  direction: Direction,
  listed: readonly SecurityGroupRuleFinding[],
  groups: ReadonlyMap<string, SecurityGroupFinding>,
): readonly SecurityGroupRule[] | Unread {
  const told = group[direction];
  const unread: Unread = { unread: 'describe-security-groups', subject: group.id };
  const byRule = listed.map(({ rule }) => rule);
  const understood = byRule.filter((rule) => rule !== undefined);
  if (told === 'not-understood' || understood.length < byRule.length) {
    building.warnings.push(
      `\`${group.id}\` has ${direction} rules with fields that are not known; they count as unread.`,
    );
    return unread;
  }
  if (told === 'not-told') return unread;
  // Rules of one call alone are all of them only if that call was read to its end.
  if (told === undefined && !wasRead(building, 'describe-security-group-rules', group)) return unread;
  return unite(understood, told ?? []).map((rule, index) =>
    finishRule(building, group, rule, rule.id ?? `${group.id} ${direction} ${index + 1}`, groups),
  );
}

/** Every rule once: those with an id of their own, then what only the group shows (semantics 16, both calls). */
function unite(listed: readonly RuleFinding[], told: Exclude<RulesFinding, string>): readonly RuleFinding[] {
  if (listed.length === 0) return told;
  const known = new Set(listed.map(contentOf));
  return [...listed, ...told.filter((rule) => !known.has(contentOf(rule)))];
}

function contentOf({ match, peer }: RuleFinding): string {
  const to = peer.kind === 'prefix' ? formatPrefix(peer.prefix) : peer.id;
  const { protocol, ports, icmp } = match;
  return `${protocol} ${ports?.from}-${ports?.to} ${icmp?.type}/${icmp?.code} ${to}`;
}

function finishRule(
  building: Building,
  group: SecurityGroupFinding,
  { match, peer, description, source }: RuleFinding,
  id: string,
  groups: ReadonlyMap<string, SecurityGroupFinding>,
): SecurityGroupRule {
  const finished = peerOf(building, group, peer, source, groups);
  return description === undefined
    ? { id, match, peer: finished, source }
    : { id, match, peer: finished, description, source };
}

/**
 * A group of another account or VPC may be missing; one of the group's own VPC may not (semantics 2.26). Its members
 * are known where the interfaces of its account and Region were read.
 */
function peerOf(
  building: Building,
  group: SecurityGroupFinding,
  peer: PeerFinding,
  source: RuleFinding['source'],
  groups: ReadonlyMap<string, SecurityGroupFinding>,
): RulePeer {
  if (peer.kind !== 'security-group') return peer;
  const target = groups.get(peer.id);
  const known =
    target !== undefined &&
    wasRead(building, 'describe-network-interfaces', target) &&
    !building.findings.edges.hiding.has(target.vpc);
  const ownAccount = peer.account === undefined || group.account === undefined || peer.account === group.account;
  if (
    target === undefined &&
    !peer.remote &&
    !peer.stale &&
    ownAccount &&
    wasRead(building, 'describe-security-groups', group)
  ) {
    const from = { ...group, source };
    blameDangling(building, from, 'security group', peer.id, 'describe-security-groups');
  }
  const { kind, id, stale, account, vpc } = peer;
  return { kind, id, stale, known, ...present({ account, vpc }) };
}
