/** Rules of Network Firewall as candidates: those that pass what should not pass, and those that are missing (semantics 10B to 10F). */
import { protocolName } from '../net/protocol.ts';
import { firewallAt } from '../network/firewall.ts';
import { type StatefulRuleGroup, policyOf } from '../network/firewall-policy.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, candidate } from './candidate.ts';
import type { Step } from './step.ts';

/** The rule that passed the packet goes, or one behind all others drops what no rule names. */
export function closingFirewall(network: Network, step: Step, rules: RuleReader): readonly Candidate[] {
  return groupsAt(network, step).flatMap((group) => {
    if (isUnread(group.rules)) return [];
    const at = group.rules.findIndex(
      ({ source }) => source.file === step.source?.file && source.place === step.source.place,
    );
    const removal = at < 0 || step.rule === undefined ? [] : removed(group, at, rules);
    const free = freshSid(network, rules);
    const added = [
      `drop ${wordOf(step)} any any -> any any (flow:established,to_server; sid:${free}; rev:1;)`,
      `drop ip any any -> any any (sid:${free}; rev:1;)`,
    ].map((text, i) => candidate({ kind: 'add-firewall-rule', ruleGroup: group.id, text }, 0.5 + i / 20));
    return [...removal, ...(step.rule === undefined ? added : [])];
  });
}

function removed(group: StatefulRuleGroup, at: number, rules: RuleReader): readonly Candidate[] {
  const lines = isUnread(group.rules) ? [] : group.rules.map(({ text }) => text);
  const text = lines[at] ?? '';
  if (rules.domainList(lines, group.order) !== undefined) {
    const domains = [...text.matchAll(/content:\s*"([^"]+)"/g)].map(([, domain = '']) => domain);
    return domains.map((domain) => candidate({ kind: 'remove-domain', ruleGroup: group.id, domain }, 0.1));
  }
  const sid = rules.sid(text);
  const rule = sid === undefined ? (`line:${at + 1}` as const) : (`sid:${sid}` as const);
  return [candidate({ kind: 'remove-firewall-rule', ruleGroup: group.id, rule }, 0.1)];
}

/** A rule before all others that passes what is asked for, or the name on a list. */
export function openingFirewall(
  network: Network,
  step: Step,
  question: Question,
  rules: RuleReader,
): readonly Candidate[] {
  const names = question.traffic.flatMap(({ sni, httpHost }) => sni ?? httpHost ?? []);
  const { dstPort } = step.before;
  return groupsAt(network, step).flatMap((group) => {
    if (isUnread(group.rules)) return [];
    const lines = group.rules.map(({ text }) => text);
    const lists = names.map((domain) => candidate({ kind: 'add-domain', ruleGroup: group.id, domain }, 0.1));
    if (rules.domainList(lines, group.order) !== undefined) return lists;
    const sid = freshSid(network, rules);
    const named = [...new Set(question.traffic.flatMap(({ sni }) => sni ?? []))].map(
      (sni) => `pass tls any any -> any ${dstPort} (${sniMatch(sni)} sid:${sid}; rev:1;)`,
    );
    const texts = [
      ...named,
      `pass ${wordOf(step)} any any -> any ${dstPort === 0 ? 'any' : dstPort} (sid:${sid}; rev:1;)`,
    ];
    const [first] = lines;
    const before = first === undefined ? undefined : nameOf(first, rules);
    return texts.flatMap((text, i) => [
      ...(before === undefined
        ? []
        : [candidate({ kind: 'insert-firewall-rule', ruleGroup: group.id, before, text }, 0.3 + i / 20)]),
      candidate({ kind: 'add-firewall-rule', ruleGroup: group.id, text }, 0.35 + i / 20),
    ]);
  });
}

const nameOf = (text: string, rules: RuleReader): `sid:${number}` | 'line:1' => {
  const sid = rules.sid(text);
  return sid === undefined ? 'line:1' : `sid:${sid}`;
};

const sniMatch = (sni: string): string =>
  sni.startsWith('.')
    ? `tls.sni; dotprefix; content:"${sni}"; nocase; endswith;`
    : `tls.sni; content:"${sni}"; startswith; nocase; endswith;`;

const wordOf = ({ before: { protocol } }: Step): string =>
  ['tcp', 'udp', 'icmp'].includes(protocolName(protocol)) ? protocolName(protocol) : 'ip';

/** The customer's own stateful groups of the firewall at which the step is. */
function groupsAt(network: Network, { kind, resource }: Step): readonly StatefulRuleGroup[] {
  if (kind !== 'firewall-endpoint' && kind !== 'network-firewall') return [];
  const firewall = firewallAt(network, resource) ?? network.firewalls.get(resource);
  const policy = firewall && policyOf(network, firewall);
  return (policy?.stateful.groups ?? []).flatMap(({ group }) => {
    const found = network.ruleGroups.get(group);
    return found?.kind === 'stateful-rule-group' && !found.managed ? [found] : [];
  });
}

/** A number that no rule of the network has. */
function freshSid({ ruleGroups }: Network, rules: RuleReader): number {
  const taken = new Set(
    [...ruleGroups.values()].flatMap((group) =>
      group.kind === 'stateful-rule-group' && !isUnread(group.rules)
        ? group.rules.map(({ text }) => rules.sid(text))
        : [],
    ),
  );
  let sid = 9_000_001;
  while (taken.has(sid)) sid++;
  return sid;
}
