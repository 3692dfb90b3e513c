/** The stateful rules of a firewall in the order in which it evaluates them (semantics 10.20 to 10.22, 10.36, 10.67). */
import { invariant } from '../../base/invariant.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { FirewallPolicy, GroupReference } from '../../network/firewall-policy.ts';
import type { Network } from '../../network/network.ts';
import { type Provenance, isUnread } from '../../network/resource.ts';
import { matches, ruleName } from '../../network/unknown.ts';
import { type Rule, type RuleAction, priorityOf, ruleOf } from '../../suricata/index.ts';
import { addressListOf, isNegated } from './address-list.ts';
import { portListOf } from './port-list.ts';
import type { ReadRule } from './rule-match.ts';
import { type RuleType, typeOf } from './rule-type.ts';
import type { Scope } from './variable.ts';

/** Where a rule stands, for people. */
export interface Place {
  /** The group's ARN. */
  readonly group: string;
  readonly name: string;
  readonly sid?: number;
  /** The rule's number in its group, from 1. */
  readonly line?: number;
  readonly source: Provenance;
}

export type Line =
  | (ReadRule & {
      readonly kind: 'rule';
      readonly place: Place;
      /** A drop of a group whose drops are alerts is an alert. */
      readonly action: RuleAction;
      readonly type: RuleType;
      /** The name of the unknown whether it matches. */
      readonly key: string;
      /** It sets flowbits. */
      readonly setsBits: boolean;
      /** Under action order: AWS does not tell which comes first of rules of one rank in two groups (semantics 10.21). */
      readonly rank?: string;
    })
  /** A group of AWS's whose rules nobody may see: it drops what reaches it, or does nothing. */
  | { readonly kind: 'managed'; readonly place: Place }
  /** A group that was not read, or a line that was not understood: it passes what reaches it, or drops it. */
  | { readonly kind: 'unread'; readonly place: Place };

export interface RuleList {
  readonly lines: readonly Line[];
  /** Flowbits of which it is not known whether they are set (semantics 10.82). */
  readonly wavering: ReadonlySet<string>;
}

const known = new WeakMap<Network, Map<string, RuleList>>();

export function ruleListOf(network: Network, firewall: Firewall, policy: FirewallPolicy): RuleList {
  const lists = known.get(network) ?? new Map<string, RuleList>();
  known.set(network, lists);
  const list = lists.get(firewall.id) ?? makeList(network, firewall, policy);
  lists.set(firewall.id, list);
  return list;
}

function makeList(network: Network, firewall: Firewall, policy: FirewallPolicy): RuleList {
  const lines = inOrder(policy).flatMap((reference) => linesOf(network, firewall, policy, reference));
  const inOrderOfActions = policy.stateful.order === 'DEFAULT_ACTION_ORDER';
  const wavering = new Set<string>();
  for (const line of lines)
    for (const option of line.kind === 'rule' ? line.rule.options : []) {
      if (option.kind !== 'flowbits' || line.kind !== 'rule') continue;
      const takenBack = option.command === 'unset' || option.command === 'toggle';
      // Rules that hand a bit on to one another stand in no order that AWS tells.
      const handedOn = option.command === 'set' && inOrderOfActions && bitsRank(line.rule) === 1;
      if (takenBack || handedOn) for (const name of option.names) wavering.add(name);
    }
  return { lines: inOrderOfActions ? byAction(lines) : lines, wavering };
}

const inOrder = ({ stateful: { order, groups } }: FirewallPolicy): readonly GroupReference[] =>
  order === 'STRICT_ORDER' ? [...groups].sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity)) : groups;

/** What may be anything comes first, and what drops or does nothing where its place among the drops makes no difference. */
const actions = ['unread', 'pass', 'drop', 'reject', 'managed', 'alert'];

/** By action, inside one by use of flowbits, then by priority, then as they stand (semantics 10.21, 10.84). */
function byAction(lines: readonly Line[]): readonly Line[] {
  const ranked = lines.map((line) => ({ line, ranks: ranksOf(line) }));
  ranked.sort((a, b) => {
    const at = a.ranks.findIndex((rank, i) => rank !== b.ranks[i]);
    return at < 0 ? 0 : a.ranks[at]! - b.ranks[at]!;
  });
  return ranked.map(({ line, ranks }) => (line.kind === 'rule' ? { ...line, rank: ranks.join('.') } : line));
}

function ranksOf(line: Line): readonly number[] {
  if (line.kind !== 'rule') return [actions.indexOf(line.kind), 0, 0];
  return [actions.indexOf(line.action), bitsRank(line.rule), priorityOf(line.rule)];
}

/** Rules that write flowbits, that write and read, that read, and all others, as Suricata has them (semantics 10.21). */
function bitsRank({ options }: Rule): number {
  const commands = options.flatMap((option) => (option.kind === 'flowbits' ? [option.command] : []));
  const reads = commands.some((command) => command === 'isset' || command === 'isnotset');
  if (commands.length === 0) return 3;
  const writes = commands.some((command) => command !== 'isset' && command !== 'isnotset');
  return writes ? (reads ? 1 : 0) : 2;
}

function linesOf(
  network: Network,
  firewall: Firewall,
  policy: FirewallPolicy,
  { group: id, dropToAlert }: GroupReference,
): readonly Line[] {
  const group = network.ruleGroups.get(id);
  invariant(group?.kind === 'stateful-rule-group', `${id} is a stateful rule group of the network`);
  const toAlert = group.managed && dropToAlert;
  if (isUnread(group.rules)) {
    const place = { group: id, name: group.name ?? id, source: group.source };
    return toAlert ? [] : [{ kind: group.managed ? 'managed' : 'unread', place }];
  }
  const vpc = network.vpcs.get(firewall.vpc ?? '');
  const scope: Scope = {
    group,
    ...(policy.homeNet === undefined ? {} : { homeNet: policy.homeNet }),
    ...(vpc === undefined ? {} : { vpc }),
    prefixLists: network.prefixLists,
  };
  return group.rules.map(({ text, source }, i) => lineOf(text, source, i + 1, scope, toAlert));
}

function lineOf(text: string, source: Provenance, line: number, scope: Scope, dropToAlert: boolean): Line {
  const { id, name } = scope.group;
  const place: Place = { group: id, name: name ?? id, line, source };
  const rule = ruleOf(text);
  if (rule === undefined) return { kind: 'unread', place };
  const [from, to] = [addressListOf(rule.source, scope), addressListOf(rule.destination, scope)];
  const drops = rule.action === 'drop' || rule.action === 'reject';
  return {
    kind: 'rule',
    place: rule.sid === undefined ? place : { ...place, sid: rule.sid },
    action: drops && dropToAlert ? 'alert' : rule.action,
    type: typeOf(rule, isNegated(from) || isNegated(to)),
    key: matches(id, ruleName(rule.sid, line)),
    setsBits: rule.options.some((option) => option.kind === 'flowbits' && option.command === 'set'),
    rule,
    source: from,
    sourcePort: portListOf(rule.sourcePort, scope),
    destination: to,
    destinationPort: portListOf(rule.destinationPort, scope),
  };
}
