/** Assumptions as people declare them, held against the network they speak of (`interfaces.md`, `--assume`). */
import { didYouMean } from '../base/near.ts';
import { parsePrefix } from '../net/prefix.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { unreadEdge } from '../network/edge-table.ts';
import { type Assumption, assumptionWords, parseAssumption } from '../network/assumption.ts';
import { firewallAt } from '../network/firewall.ts';
import { inspectionBehind } from '../network/gateway-load-balancer.ts';
import { type Network, resourcesOf } from '../network/network.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { matchSelector } from '../network/selector-match.ts';
import { parseSelector } from '../network/selector.ts';
import { ruleName, matches, priorityName, transitBy, transitOnPremises } from '../network/unknown.ts';
import { readDeclaredValue } from './declared-value.ts';
import facts from '../../models/facts.json' with { type: 'json' };

/**
 * Reads one assumption; its words, and the ids in it, must be known. Where a selector stands for the id
 * (`passes:firewall:*`), one for each resource it names. An endpoint of a firewall stands for the firewall.
 */
export function readAssumption(network: Network, text: string): Result<readonly Assumption[], ProblemAt> {
  const trimmed = text.trim();
  const word = trimmed.split(':', 1)[0] ?? '';
  if (!assumptionWords.includes(word)) {
    const hint = didYouMean(word, assumptionWords);
    return fail({
      code: 'unknown-assumption',
      column: 1,
      message: `\`${trimmed}\` begins with no word that assumptions begin with.`,
      hint: hint ?? `They begin with ${assumptionWords.join(', ')}, and a colon.`,
    });
  }
  if (word === 'value') return readDeclaredValue(network, trimmed);
  const assumption = parseAssumption(trimmed);
  if (assumption === undefined || !isWhole(network, word, assumption.key)) return fail(badForm(trimmed, word));
  const { key, side } = assumption;
  const subjects = subjectsOf(network, key);
  if (subjects !== undefined && word !== 'matches')
    return ok(subjects.map((id) => ({ key: `${key.slice(0, key.indexOf(':'))}:${id}`, side })));
  if (subjects !== undefined) return rulesNamed(network, subjects, key, side, trimmed);
  const missing = unknownSubject(network, key, trimmed);
  return missing === undefined ? ok([assumption]) : fail(missing);
}

/** The rule of each of the groups; a group has it by its `sid`, or by its line where it has none. */
function rulesNamed(
  network: Network,
  groups: readonly string[],
  key: string,
  side: boolean,
  text: string,
): Result<readonly Assumption[], ProblemAt> {
  const rule = key.slice(key.lastIndexOf('#') + 1);
  const having = groups.filter((id) => rulesIn(network, id).includes(rule));
  if (having.length > 0) return ok(having.map((id) => ({ key: matches(id, rule), side })));
  const candidates = groups.flatMap((id) => rulesIn(network, id));
  return fail({
    code: 'no-match',
    column: text.indexOf('#') + 2,
    message: `\`${rule}\` is no rule of ${groups.map((id) => `\`${id}\``).join(', ')}.`,
    ...hintFor(rule, candidates),
  });
}

/** `sid:7` of each of the group's rules, `line:3` of one without; `priority:100` of one of DNS Firewall. */
function rulesIn({ ruleGroups, dnsFirewallRuleGroups }: Network, id: string): readonly string[] {
  const ofNames = dnsFirewallRuleGroups.get(id);
  if (ofNames !== undefined)
    return isUnread(ofNames.rules) ? [] : ofNames.rules.map(({ priority }) => priorityName(priority));
  const group = ruleGroups.get(id);
  if (group?.kind !== 'stateful-rule-group' || isUnread(group.rules)) return [];
  return group.rules.map(({ text }, i) => {
    const sid = /[;(]\s*sid\s*:\s*(\d+)\s*;/i.exec(text)?.[1];
    return ruleName(sid === undefined ? undefined : Number(sid), i + 1);
  });
}

/** The ids that the subject names, by itself or as a selector; undefined for keys of other words or if none. */
function subjectsOf(network: Network, key: string): readonly string[] | undefined {
  const match = /^(?:passes|up|continues|certified|fails-open):(.+)$/s.exec(key) ?? /^matches:(.+)#[^#]*$/s.exec(key);
  const selector = match === null ? undefined : parseSelector(match[1]!);
  if (selector === undefined || !selector.ok) return undefined;
  const found = matchSelector(network, selector.value);
  if (!found.ok) return undefined;
  const resources = found.value.flatMap(({ resources: each }) => each);
  if (resources.length === 0) return undefined;
  return [...new Set(resources.map(({ id }) => unknownOf(network, id)))];
}

/** The id by which the unknown goes: a firewall endpoint, or the attachment of a firewall to a transit gateway, answers for its firewall, where that is known. */
function unknownOf(network: Network, id: string): string {
  const behind = network.transitGatewayAttachments.get(id)?.behind;
  return (behind?.kind === 'network-function' ? behind.firewall : firewallAt(network, id)?.id) ?? id;
}

const forms: Readonly<Record<string, string>> = {
  matches: '`matches:RULE-GROUP#sid:7`, or `#line:3` of a rule without a sid, `#priority:100` of one of DNS Firewall',
  fact: '`fact:5.34=yes` or `fact:5.34=no`',
  unread: '`unread:CALL:ID=allow` or `unread:CALL:ID=deny`',
  prefers: '`prefers:rtb-…:pl-…`',
  onprem: '`onprem:10.99.0.0/16@vgw-…`',
  transit: '`transit:onprem`, or `transit:` and the id of a Direct Connect gateway',
};

/** What is behind a line is a block; on-premises alone, or a Direct Connect gateway, is taken to forward. */
const isWhole = ({ directConnectGateways }: Network, word: string, key: string): boolean =>
  word === 'transit'
    ? key === transitOnPremises || [...directConnectGateways.keys()].some((id) => key === transitBy(id))
    : word === 'matches'
      ? key.includes('#')
      : word !== 'onprem' || parsePrefix(/^onprem:([^@]+)@./.exec(key)?.[1] ?? '') !== undefined;

const badForm = (text: string, word: string): ProblemAt => ({
  code: 'bad-assumption',
  column: 1,
  message: `\`${text}\` is no whole assumption.`,
  hint: `Write ${forms[word] ?? `\`${word}:ID\``}.`,
});

/** What of the key names nothing: an id that is not in the input, an unknown fact, an answer that was read. */
function unknownSubject(network: Network, key: string, text: string): ProblemAt | undefined {
  const colon = key.indexOf(':');
  const word = key.slice(0, colon);
  const rest = key.slice(colon + 1);
  const from = (
    code: string,
    subject: string,
    candidates: readonly string[],
    message: string,
  ): ProblemAt | undefined =>
    candidates.includes(subject)
      ? undefined
      : { code, column: text.indexOf(subject) + 1, message, ...hintFor(subject, candidates) };
  if (word === 'fact')
    return from('unknown-fact', rest, Object.keys(facts), `No fact that can be doubted has the number \`${rest}\`.`);
  if (word === 'unread')
    return from(
      'not-unread',
      key.split('@', 1)[0]!,
      unreadKeys(network),
      `\`${key}\` is not among what this input leaves unread.`,
    );
  // Questions bear names, and no network does.
  if (word === 'transit' || word === 'names') return undefined;
  const ids = [...[...resourcesOf(network)].map(({ id }) => id), ...unknownTargets(network)];
  const known = word === 'members' ? [...ids, ...referencedGroups(network)] : ids;
  for (const subject of subjectsIn(word, rest)) {
    const problem = from('no-match', subject, known, `\`${subject}\` is not in this network.`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What routes lead to and nothing describes, which may pass packets on. */
const unknownTargets = (network: Network): readonly string[] =>
  [...network.routeTables.values()].flatMap(({ routes }) =>
    routes.flatMap(({ target }) => (target.kind === 'unknown' ? [target.id] : [])),
  );

/** The ids that the part behind the word names. */
function subjectsIn(word: string, rest: string): readonly string[] {
  switch (word) {
    case 'prefers':
      return rest.split(':');
    case 'matches':
      return [rest.slice(0, Math.max(0, rest.lastIndexOf('#')))];
    case 'members':
      return [rest.split('=', 1)[0]!];
    case 'onprem':
      return [rest.slice(rest.indexOf('@') + 1)];
    default:
      return [rest.replace(/,nat$/, '')];
  }
}

function hintFor(subject: string, candidates: readonly string[]): { readonly hint?: string } {
  const near = didYouMean(subject, candidates);
  if (near !== undefined) return { hint: near };
  if (candidates.length === 0 || candidates.length > 10) return {};
  return { hint: `There are ${candidates.map((each) => `\`${each}\``).join(', ')}.` };
}

/** The keys of all that the input refers to and no call read. */
export function unreadKeys(network: Network): readonly string[] {
  const values: unknown[] = [
    ...[...network.subnets.values()].flatMap(({ routeTable, networkAcl }) => [routeTable, networkAcl]),
    ...[...network.securityGroups.values()].flatMap(({ ingress, egress }) => [ingress, egress]),
    ...[...network.prefixLists.values()].map(({ entries }) => entries),
    ...[...network.interfaces.values()].map(({ unread }) => unread),
    ...[...network.transitGatewayRouteTables.values()].flatMap(({ routes, learns }) => [routes, learns]),
    ...[...network.loadBalancers.values()].flatMap(({ listeners, crossZone }) => [
      crossZone,
      ...(isUnread(listeners) ? [listeners] : listeners.map(({ forwards }) => forwards)),
    ]),
    ...[...network.targetGroups.values()].flatMap(({ targets, crossZone, preservesClientIp }) => [
      targets,
      crossZone,
      preservesClientIp,
    ]),
    ...[...network.webAcls.values()].flatMap(({ unread, ruleGroups }) => [unread, ruleGroups]),
    ...[...network.endpointServices.values()].flatMap(({ loadBalancers, zones, unread }) => [
      loadBalancers,
      zones,
      unread,
    ]),
    ...[...network.endpoints.keys()].map((id) => inspectionBehind(network, id)?.unread),
    ...[...network.vpnGateways.values()].flatMap(({ unread, unreadAssociation }) => [unread, unreadAssociation]),
    ...[...network.directConnectGateways.values()].map(({ unread }) => unread),
    ...[...network.clientVpnEndpoints.values()].flatMap(({ associations, routes, authorizationRules }) => [
      associations,
      routes,
      authorizationRules,
    ]),
    ...[...network.vpcs.values()].map(({ dnsFirewall }) => dnsFirewall?.unread),
    ...[...network.dnsFirewallRuleGroups.values()].map(({ rules }) => rules),
    ...[...network.resolverRules.values()].flatMap(({ domain, associations }) => [domain, associations]),
  ];
  const gateways = [...network.internetGateways.values(), ...network.vpnGateways.values()];
  const edges = gateways.flatMap((gateway) => unreadEdge(network, gateway) ?? []);
  return [...new Set([...values.flatMap((value) => (isUnread(value) ? [unreadKey(value)] : [])), ...edges])];
}

function referencedGroups(network: Network): readonly string[] {
  return [...network.securityGroups.values()].flatMap(({ ingress, egress }) =>
    [ingress, egress].flatMap((rules) =>
      isUnread(rules) ? [] : rules.flatMap(({ peer }) => (peer.kind === 'security-group' ? [peer.id] : [])),
    ),
  );
}
