/** Edits of security groups' rules (semantics section 2). */
import { formatPrefix, samePrefix } from '../net/prefix.ts';
import { isUnread } from '../network/resource.ts';
import type { RulePeer, SecurityGroup, SecurityGroupRule } from '../network/security-group.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf, NamedPeer } from './edit.ts';
import { trafficText } from './field.ts';
import { linksOf } from './link.ts';
import { some, thing, things } from './selection.ts';

type Direction = 'ingress' | 'egress';

const groupsNamed = (draft: Draft, name: string) => things(draft, 'group', name, 'security group', 'security-group');

export function addRule(draft: Draft, { group: name, direction, traffic, peer: asked }: EditOf<'add-rule'>): void {
  const wanted = groupsNamed(draft, name).flatMap((group) => {
    const rules = rulesOf(draft, group, direction);
    const peer = rules && peerOf(draft, 'peer', asked, group, direction);
    return peer === undefined ? [] : [{ group, rules: rules!, peer }];
  });
  toEach(draft, 'peer', wanted, undefined, ({ group, rules, peer }) => {
    const same = rules.find((rule) => saysSame(rule, traffic, peer));
    if (same !== undefined) return `the rule \`${same.id}\` of \`${group.id}\` says so already.`;
    const rule = { id: freshId(group.id, direction, rules), match: traffic, peer, source: draft.source };
    replace(draft, group, direction, [...rules, rule]);
    note(draft, group, `${direction} rule`, undefined, ruleText(rule));
    return undefined;
  });
}

export function removeRule(
  draft: Draft,
  { group: name, direction, traffic, peer: asked }: EditOf<'remove-rule'>,
): void {
  const wanted = groupsNamed(draft, name).flatMap((group) => {
    const rules = rulesOf(draft, group, direction);
    const peer = rules && peerOf(draft, 'peer', asked, group);
    return peer === undefined ? [] : [{ group, rules: rules!, peer }];
  });
  toEach(draft, 'traffic', wanted, hintOf(wanted), ({ group, rules, peer }) => {
    const gone = rules.filter((rule) => saysSame(rule, traffic, peer));
    if (gone.length === 0) return `\`${group.id}\` has no ${direction} rule ${trafficText(traffic)} ${peerText(peer)}.`;
    drop(draft, group, direction, rules, gone);
    return undefined;
  });
}

export function removeRuleById(draft: Draft, { group: name, direction, rule: id }: EditOf<'remove-rule-by-id'>): void {
  const wanted = groupsNamed(draft, name).flatMap((group) => {
    const rules = rulesOf(draft, group, direction);
    return rules === undefined ? [] : [{ group, rules }];
  });
  toEach(draft, 'rule', wanted, hintOf(wanted), ({ group, rules }) => {
    const gone = rules.filter((rule) => rule.id === id || rule.id === `${group.id} ${direction} ${id}`);
    if (gone.length === 0) return `\`${group.id}\` has no ${direction} rule \`${id}\`.`;
    drop(draft, group, direction, rules, gone);
    return undefined;
  });
}

export function changeRule(draft: Draft, edit: EditOf<'change-rule'>): void {
  const { group: name, direction, traffic, newTraffic } = edit;
  const wanted = groupsNamed(draft, name).flatMap((group) => {
    const rules = rulesOf(draft, group, direction);
    const peer = rules && peerOf(draft, 'peer', edit.peer, group);
    const newPeer = rules && peerOf(draft, 'newPeer', edit.newPeer, group, direction);
    return peer === undefined || newPeer === undefined ? [] : [{ group, rules: rules!, peer, newPeer }];
  });
  toEach(draft, 'traffic', wanted, hintOf(wanted), ({ group, rules, peer, newPeer }) => {
    const old = rules.find((rule) => saysSame(rule, traffic, peer));
    if (old === undefined) return `\`${group.id}\` has no ${direction} rule ${trafficText(traffic)} ${peerText(peer)}.`;
    const same = rules.find((rule) => saysSame(rule, newTraffic, newPeer));
    if (same !== undefined) return `the rule \`${same.id}\` of \`${group.id}\` says so already.`;
    const changed = { ...old, match: newTraffic, peer: newPeer, source: draft.source };
    replace(
      draft,
      group,
      direction,
      rules.map((rule) => (rule === old ? changed : rule)),
    );
    note(draft, group, `${direction} rule`, ruleText(old), ruleText(changed));
    return undefined;
  });
}

const replace = (draft: Draft, group: SecurityGroup, direction: Direction, rules: readonly SecurityGroupRule[]): void =>
  put(draft, 'securityGroups', { ...group, [direction]: rules });

function drop(
  draft: Draft,
  group: SecurityGroup,
  direction: Direction,
  rules: readonly SecurityGroupRule[],
  gone: readonly SecurityGroupRule[],
): void {
  replace(
    draft,
    group,
    direction,
    rules.filter((rule) => !gone.includes(rule)),
  );
  for (const rule of gone) note(draft, group, `${direction} rule`, ruleText(rule), undefined);
}

function rulesOf(draft: Draft, group: SecurityGroup, direction: Direction): readonly SecurityGroupRule[] | undefined {
  const rules = group[direction];
  if (!isUnread(rules)) return rules;
  draft.wrong('group', {
    code: 'not-read',
    message: `The ${direction} rules of \`${group.id}\` were not read.`,
    hint: 'Add the output of `aws ec2 describe-security-groups`.',
  });
  return undefined;
}

/** The peer of a rule of the group; with a direction, one that AWS accepts in a new rule. */
function peerOf(
  draft: Draft,
  field: string,
  asked: NamedPeer,
  group: SecurityGroup,
  direction?: Direction,
): RulePeer | undefined {
  if (asked.kind === 'prefix') return asked;
  // A rule may name a group that is not in the input.
  const named = [group.ingress, group.egress]
    .flatMap((rules) => (isUnread(rules) ? [] : rules))
    .find(({ peer }) => peer.kind === 'security-group' && peer.id === asked.name)?.peer;
  if (direction === undefined && named !== undefined) return named;
  const found = thing(draft, field, asked.name, 'security group or prefix list', 'security-group', 'prefix-list');
  if (found === undefined) return undefined;
  if (found.kind === 'prefix-list') return { kind: 'prefix-list', id: found.id };
  if (direction !== undefined && !canName(draft, group, found, direction)) {
    draft.wrong(field, {
      code: 'not-connected',
      message: `\`${found.id}\` is in \`${found.vpc}\`, and \`${group.id}\` in \`${group.vpc}\`: no ${direction} rule of it can name that group.`,
      hint: 'Name a CIDR block, or connect the VPCs by peering; over a transit gateway inbound rules alone name groups.',
    });
    return undefined;
  }
  const { id, account, vpc } = found;
  return {
    kind: 'security-group',
    id,
    stale: false,
    known: isKnown(draft, found),
    ...(account === undefined ? {} : { account }),
    ...(vpc === group.vpc ? {} : { vpc }),
  };
}

/** In its own VPC, an associated or peered one, or, inbound, one at the same transit gateway (semantics 2.12, 2.18 to 2.21, 2.27). */
function canName(draft: Draft, group: SecurityGroup, other: SecurityGroup, direction: Direction): boolean {
  const own = [group.vpc, ...group.associatedVpcs];
  const theirs = [other.vpc, ...other.associatedVpcs];
  return own.some((one) =>
    theirs.some((two) => one === two || linksOf(draft.network, one, two, direction === 'ingress')),
  );
}

/**
 * Whether the group's members are known, as the builder says it: some rule tells; else where every interface of the VPC's
 * owner was read. What is not known of others' interfaces leaves it open.
 */
function isKnown({ network }: Draft, group: SecurityGroup): boolean {
  for (const { ingress, egress } of network.securityGroups.values())
    for (const rules of [ingress, egress])
      for (const { peer } of isUnread(rules) ? [] : rules)
        if (peer.kind === 'security-group' && peer.id === group.id) return peer.known;
  const unread = [...network.interfaces.values()].some((nic) => nic.unread !== undefined && nic.vpc === group.vpc);
  const isThere = [...network.subnets.values()].some(({ vpc }) => vpc === group.vpc);
  return isThere && !unread && group.account === network.vpcs.get(group.vpc)?.account;
}

/** AWS has no two rules of the same traffic and peer, whatever their descriptions. */
const saysSame = (rule: SecurityGroupRule, traffic: TrafficMatch, peer: RulePeer): boolean =>
  trafficText(rule.match) === trafficText(traffic) && samePeer(rule.peer, peer);

function samePeer(one: RulePeer, other: RulePeer): boolean {
  if (one.kind === 'prefix') return other.kind === 'prefix' && samePrefix(one.prefix, other.prefix);
  return one.kind === other.kind && one.id === other.id;
}

function freshId(group: string, direction: Direction, rules: readonly SecurityGroupRule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (taken.has(`${group} ${direction} ${number}`)) number++;
  return `${group} ${direction} ${number}`;
}

const peerText = (peer: RulePeer): string => (peer.kind === 'prefix' ? formatPrefix(peer.prefix) : peer.id);

const ruleText = ({ match, peer }: SecurityGroupRule): string => `${trafficText(match)} ${peerText(peer)}`;

/** The rules that there are. */
function hintOf(wanted: readonly { readonly group: SecurityGroup; readonly rules: readonly SecurityGroupRule[] }[]) {
  const texts = wanted.flatMap(({ rules }) => rules.map((rule) => `\`${ruleText(rule)}\``));
  return texts.length === 0 ? 'It has no rule in this direction.' : `There are ${some(texts)}.`;
}
