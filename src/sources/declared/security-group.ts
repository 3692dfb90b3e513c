/** Security groups with their rules, written in them or beside them (semantics 2.6, 2.7, 16.1 to 16.3). */
import { present } from '../../base/present.ts';
import { parsePrefix } from '../../net/prefix.ts';
import type { PeerFinding, RuleFinding } from '../../network/build/security-group-finding.ts';
import { resource } from './common.ts';
import { adoptedFrom, vpcOf } from './default.ts';
import { groupType, prefixListType, vpcType } from './kinds.ts';
import { flag, has, idOf, known, objects, prefixIn, references, text, texts } from './property.ts';
import { type At, type Construct, note, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { ruleMatch } from './traffic-match.ts';
import { Unknown } from './value.ts';

const directions = {
  ingress: { inline: 'SecurityGroupIngress', beside: 'AWS::EC2::SecurityGroupIngress' },
  egress: { inline: 'SecurityGroupEgress', beside: 'AWS::EC2::SecurityGroupEgress' },
} as const;

type Direction = keyof typeof directions;

export const securityGroup: Construct = {
  identities: ['GroupId'],
  properties: [
    'GroupName',
    'GroupDescription',
    'VpcId',
    'SecurityGroupIngress',
    'SecurityGroupEgress',
    'Complete',
    'Tags',
  ],
  read(at) {
    at.in.findings.securityGroups.push({
      ...resource(at, { name: known(text(at, 'GroupName')) }),
      kind: 'security-group',
      vpc: vpcOf(at),
      // What was only looked up shows no rules.
      ingress: at.of.lookedUp === true ? 'not-told' : rulesOf(at, 'ingress'),
      egress: at.of.lookedUp === true ? 'not-told' : rulesOf(at, 'egress'),
    });
  },
};

/** Read by its group; of a group that is outside, by `rulesOutside`. */
export const securityGroupRule: Construct = {
  identities: ['SecurityGroupRuleId'],
  properties: [
    'GroupId',
    'GroupName',
    'IpProtocol',
    'FromPort',
    'ToPort',
    'CidrIp',
    'CidrIps',
    'CidrIpv6',
    'CidrIpv6s',
    'Self',
    'SourcePrefixListId',
    'SourcePrefixListIds',
    'DestinationPrefixListId',
    'DestinationPrefixListIds',
    'SourceSecurityGroupId',
    'SourceSecurityGroupIds',
    'SourceSecurityGroupName',
    'SourceSecurityGroupOwnerId',
    'DestinationSecurityGroupId',
    'DestinationSecurityGroupIds',
    'Description',
    'Tags',
  ],
};

export const groupAssociation: Construct = {
  properties: ['GroupId', 'VpcId'],
  read(at) {
    const group = idOf(at, 'GroupId', groupType);
    const vpc = idOf(at, 'VpcId', vpcType);
    if (group instanceof Unknown) note(at, 'GroupId', group, 'no group is associated by it');
    else if (vpc instanceof Unknown) note(at, 'VpcId', vpc, 'the group is associated with no further VPC by it');
    else if (group !== undefined && vpc !== undefined)
      at.in.findings.groupAssociations.push({ group, vpc, source: provenance(at) });
  },
};

/** Rules added to groups that are not declared. */
export function rulesOutside(reading: Reading): void {
  for (const direction of ['ingress', 'egress'] as const)
    for (const [group, all, possible] of aroundOutside(reading, directions[direction].beside, 'GroupId', groupType)) {
      sayPossible(possible);
      for (const at of [...all, ...possible])
        for (const rule of at.of.uncertain === undefined && !possible.includes(at)
          ? rulesIn(at, group)
          : [openRule(at, `${at.of.address}~${group}`)]) {
          const source = provenance(at);
          reading.findings.securityGroupRules.push({
            id: rule.id ?? at.of.id,
            group,
            direction,
            rule,
            source,
            ...present({ account: at.of.account }),
          });
        }
    }
}

function sayPossible(possible: readonly At[]): void {
  for (const one of possible) {
    const group = idOf(one, 'GroupId', groupType);
    if (group instanceof Unknown) note(one, 'GroupId', group, 'any group that it could name may admit anything by it');
  }
}

const everywhere = [parsePrefix('0.0.0.0/0')!, parsePrefix('::/0')!];

/** Rules of the group that are declared beside it. */
function rulesBeside(reading: Reading, direction: Direction, id: string): readonly RuleFinding[] {
  const { certain, possible } = satellitesOf(reading, directions[direction].beside, 'GroupId', id, groupType);
  sayPossible(possible);
  return [
    ...certain.flatMap((one) => rulesIn(one, id)),
    ...possible.map((one) => openRule(one, `${one.of.address}~${id}`)),
  ];
}

function rulesOf(at: At, direction: Direction): readonly RuleFinding[] {
  const { inline } = directions[direction];
  const own = objects(at, inline);
  for (const unknown of own.unknown) note(at, inline, unknown, 'a rule may admit anything');
  const rules = [
    ...own.known.flatMap((one) => rulesIn(one, at.of.id)),
    ...rulesBeside(at.in, direction, at.of.id),
    ...own.unknown.map((_, index) => openRule(at, `${at.of.address}/${inline}/${index}`)),
  ];
  // What nothing is said of, AWS made: everything may leave (semantics 2.4, 2.7). A group adopted is emptied first (2.6).
  if (direction === 'ingress' || has(at, inline) || adoptedFrom(at) !== undefined) return rules;
  return withDefaultEgress(at, at.of.address, rules);
}

/** AWS's rule that lets everything out, which rules beside the group displace (semantics 2.7). */
function withDefaultEgress(at: At, name: string, rules: readonly RuleFinding[]): readonly RuleFinding[] {
  if (rules.length > 0) {
    at.in.findings.warnings.push(
      `\`${name}\` has egress rules beside it and none in it: whether AWS's rule that lets everything out stays is not known.`,
    );
    return [...rules, openRule(at, `${name}/egress`)];
  }
  const source = provenance(at);
  return everywhere.map((prefix) => ({ match: { protocol: 'all' }, peer: { kind: 'prefix', prefix }, source }));
}

/** Of the group that AWS makes with a VPC: it admits its members, lets out everything (semantics 2.5), and has what is beside it. */
export function defaultRules(vpc: At, id: string): Record<Direction, readonly RuleFinding[]> {
  const members: RuleFinding = { match: { protocol: 'all' }, peer: groupPeer(id), source: provenance(vpc) };
  return {
    ingress: [members, ...rulesBeside(vpc.in, 'ingress', id)],
    egress: withDefaultEgress(vpc, id, rulesBeside(vpc.in, 'egress', id)),
  };
}

/** It may admit anything, and need not admit anything: a prefix list that nobody read is its peer. */
const openRule = (at: At, id: string, match: RuleFinding['match'] = { protocol: 'all' }): RuleFinding => ({
  match,
  peer: { kind: 'prefix-list', id },
  source: provenance(at),
});

/** One rule for each peer; a peer, or what is admitted, that is not known may be any. */
function rulesIn(at: At, group: string): readonly RuleFinding[] {
  const name = (key: string): string => `${at.of.address}/${[at.path, key].filter((part) => part !== '').join('/')}`;
  const match = ruleMatch(at);
  if (match === undefined) return [];
  if (match instanceof Unknown) {
    note(at, 'IpProtocol, FromPort, ToPort', match, 'the rule may admit anything');
    return [openRule(at, name('IpProtocol'))];
  }
  const rule = (peer: PeerFinding): RuleFinding => ({
    match,
    peer,
    source: provenance(at),
    // A rule of its own has an identity of its own.
    ...(at.path === '' ? { id: at.of.id } : {}),
    ...present({ description: known(text(at, 'Description')) }),
  });
  const peers: PeerFinding[] = [];
  const open = (key: string, unknown: Unknown, peer: PeerFinding): void => {
    note(at, key, unknown, 'the rule may name anything there');
    peers.push(peer);
  };
  for (const key of ['CidrIp', 'CidrIps', 'CidrIpv6', 'CidrIpv6s']) {
    const { known: written, unknown } = texts(at, key);
    for (const one of written) {
      const block = one === '' ? undefined : prefixIn(at, key, one);
      if (block !== undefined) peers.push({ kind: 'prefix', prefix: block });
    }
    for (const one of unknown) open(key, one, { kind: 'prefix-list', id: name(key) });
  }
  for (const key of [
    'SourcePrefixListId',
    'SourcePrefixListIds',
    'DestinationPrefixListId',
    'DestinationPrefixListIds',
  ]) {
    const { known: lists, unknown } = references(at, key, prefixListType);
    for (const id of lists) peers.push({ kind: 'prefix-list', id });
    for (const one of unknown) open(key, one, { kind: 'prefix-list', id: name(key) });
  }
  for (const key of [
    'SourceSecurityGroupId',
    'SourceSecurityGroupIds',
    'DestinationSecurityGroupId',
    'DestinationSecurityGroupIds',
  ]) {
    const { known: groups, unknown } = groupsIn(at, key);
    for (const id of groups) peers.push(groupPeer(id));
    // Whose members nobody knows (semantics 2.26).
    for (const one of unknown) open(key, one, { ...groupPeer(name(key)), remote: true });
  }
  const byName = text(at, 'SourceSecurityGroupName');
  if (byName !== undefined && peers.length === 0) {
    const told = known(byName);
    const named = (at.in.byType.get(groupType) ?? []).filter(
      (one) => told !== undefined && known(text(one, 'GroupName')) === told,
    );
    peers.push(
      named.length === 1 ? groupPeer(named[0]!.of.id) : { ...groupPeer(name('SourceSecurityGroupName')), remote: true },
    );
  }
  const self = flag(at, 'Self');
  if (self instanceof Unknown) open('Self', self, { ...groupPeer(name('Self')), remote: true });
  else if (self === true) peers.push(groupPeer(group));
  return peers.map(rule);
}

const groupPeer = (id: string): Extract<PeerFinding, { readonly kind: 'security-group' }> => ({
  kind: 'security-group',
  id,
  stale: false,
  remote: false,
});

/** Groups that a rule names, where another account's is written with it (`123456789012/sg-1`). */
function groupsIn(at: At, key: string): { readonly known: readonly string[]; readonly unknown: readonly Unknown[] } {
  const { known: written, unknown } = references(at, key, groupType);
  return { known: written.map((id) => id.replace(/^\d{12}\//, '')), unknown };
}
