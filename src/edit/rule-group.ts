/** Edits of stateful rule groups of Network Firewall: rules of Suricata, and the domains of domain lists (semantics 10E). */
import type { RuleLine, StatefulRuleGroup } from '../network/firewall-policy.ts';
import { isUnread } from '../network/resource.ts';
import type { DomainList } from '../network/rule-reader.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf, NamedRule } from './edit.ts';
import { some, things } from './selection.ts';

interface Read {
  readonly group: StatefulRuleGroup;
  readonly rules: readonly RuleLine[];
}

/** Those whose rules were read and are the customer's own. */
function groupsNamed(draft: Draft, name: string): readonly Read[] {
  const found = things(draft, 'ruleGroup', name, 'stateful rule group', 'stateful-rule-group');
  return found.flatMap((group) => {
    const { rules, managed } = group;
    if (!managed && !isUnread(rules)) return [{ group, rules }];
    draft.wrong('ruleGroup', {
      code: managed ? 'not-editable' : 'not-read',
      message: managed ? `\`${nameOf(group)}\` is AWS's own.` : `The rules of \`${nameOf(group)}\` were not read.`,
      hint: managed
        ? 'Edit a rule group of your own.'
        : 'Add the output of `aws network-firewall describe-rule-group`.',
    });
    return [];
  });
}

const nameOf = ({ name, id }: StatefulRuleGroup): string => name ?? id;

type NewRule = EditOf<'add-firewall-rule'> | EditOf<'insert-firewall-rule'>;

export function addFirewallRule(draft: Draft, edit: NewRule): void {
  const { text } = edit;
  toEach(draft, 'text', groupsNamed(draft, edit.ruleGroup), undefined, ({ group, rules }) => {
    if (rules.some((rule) => rule.text.trim() === text)) return `\`${nameOf(group)}\` has this very rule already.`;
    if (draft.rules.domainList(textsOf(rules), group.order) !== undefined) {
      draft.wrong('ruleGroup', {
        code: 'wrong-kind',
        message: `\`${nameOf(group)}\` is a domain list, and holds no rules of its own.`,
        hint: `Write \`${nameOf(group)} domain add DOMAIN\`.`,
      });
      return undefined;
    }
    const at = edit.kind === 'add-firewall-rule' ? rules.length : placeOf(draft, 'before', group, rules, edit.before);
    if (at === undefined) return undefined;
    const changed = { ...group, rules: rules.toSpliced(at, 0, { text, source: draft.source }) };
    const problems = draft.rules.problems(changed).filter(({ rule }) => rule === at);
    for (const { rule: _, ...problem } of problems) draft.wrong('text', problem);
    replace(draft, group, changed);
    note(draft, group, 'rule', undefined, text);
    return undefined;
  });
}

export function removeFirewallRule(draft: Draft, { ruleGroup, rule: name }: EditOf<'remove-firewall-rule'>): void {
  for (const { group, rules } of groupsNamed(draft, ruleGroup)) {
    const at = placeOf(draft, 'rule', group, rules, name);
    if (at === undefined) continue;
    if (draft.rules.domainList(textsOf(rules), group.order) !== undefined) {
      draft.wrong('ruleGroup', {
        code: 'wrong-kind',
        message: `\`${nameOf(group)}\` is a domain list, whose rules AWS makes.`,
        hint: `Write \`${nameOf(group)} domain remove DOMAIN\`.`,
      });
      continue;
    }
    replace(draft, group, { ...group, rules: rules.toSpliced(at, 1) });
    note(draft, group, 'rule', rules[at]!.text, undefined);
  }
}

/** Where the rule stands in the list; undefined where there is none of that name, which is noted. */
function placeOf(
  draft: Draft,
  field: string,
  group: StatefulRuleGroup,
  rules: readonly RuleLine[],
  name: NamedRule,
): number | undefined {
  const number = Number(name.slice(name.indexOf(':') + 1));
  const sids = rules.map(({ text }) => draft.rules.sid(text));
  const at = name.startsWith('sid:') ? sids.indexOf(number) : number - 1;
  if (at >= 0 && at < rules.length) return at;
  const known = sids.flatMap((sid) => (sid === undefined ? [] : `\`sid:${sid}\``));
  draft.wrong(field, {
    code: 'changes-nothing',
    message: `\`${nameOf(group)}\` has no rule \`${name}\`.`,
    hint: known.length === 0 ? `It has ${rules.length} rules.` : `There are ${some(known)}.`,
  });
  return undefined;
}

type DomainEdit = EditOf<'add-domain'> | EditOf<'remove-domain'>;

export function editDomain(draft: Draft, edit: DomainEdit): void {
  const lists = groupsNamed(draft, edit.ruleGroup).flatMap(({ group, rules }) => {
    const list = draft.rules.domainList(textsOf(rules), group.order);
    if (list !== undefined) return [{ group, rules, list }];
    draft.wrong('ruleGroup', {
      code: 'wrong-kind',
      message: `\`${nameOf(group)}\` is no domain list.`,
      hint: `Write \`${nameOf(group)} rule add …\`, with a rule of Suricata.`,
    });
    return [];
  });
  const known = lists.flatMap(({ list }) => list.targets.map((one) => `\`${one}\``));
  const hint = edit.kind === 'add-domain' ? undefined : `There are ${some(known)}.`;
  toEach(draft, 'domain', lists, hint, ({ group, rules, list }) => {
    const { domain } = edit;
    const there = list.targets.find((one) => one.toLowerCase() === domain.toLowerCase());
    if (edit.kind === 'add-domain' ? there !== undefined : there === undefined)
      return `\`${nameOf(group)}\` has ${there === undefined ? `no domain ${domain}` : `the domain ${there} already`}.`;
    const targets =
      edit.kind === 'add-domain' ? [...list.targets, domain] : list.targets.filter((one) => one !== there);
    if (targets.length === 0) {
      draft.wrong('domain', {
        code: 'empty-list',
        message: `\`${nameOf(group)}\` would be left without a domain.`,
        hint: 'AWS wants one at least.',
      });
      return undefined;
    }
    replace(draft, group, { ...group, rules: rulesOf(draft, { ...list, targets }, group, rules) });
    const shown = `${list.type} ${domain}`;
    note(draft, group, 'domain', there && shown, there === undefined ? shown : undefined);
    return undefined;
  });
}

/** Rules that were there keep where they were read. */
function rulesOf(
  draft: Draft,
  list: DomainList,
  { order }: StatefulRuleGroup,
  before: readonly RuleLine[],
): readonly RuleLine[] {
  const withoutSid = (text: string): string => text.replace(/ sid:\d+;/, '');
  const sources = new Map(before.map(({ text, source }) => [withoutSid(text), source]));
  return draft.rules
    .rulesOfDomains(list, order)
    .map((text) => ({ text, source: sources.get(withoutSid(text)) ?? draft.source }));
}

const textsOf = (rules: readonly RuleLine[]): readonly string[] => rules.map(({ text }) => text);

/** What of the new rules is not understood stands in the coverage, as of those that were read. */
function replace(draft: Draft, before: StatefulRuleGroup, after: StatefulRuleGroup): void {
  put(draft, 'ruleGroups', after);
  const gone = new Set(draft.rules.unmodelled(before).map(({ kind, id }) => `${kind} ${id}`));
  const kept = draft.network.coverage.filter(({ kind, id }) => !gone.has(`${kind} ${id}`));
  draft.network = { ...draft.network, coverage: [...kept, ...draft.rules.unmodelled(after)] };
}
