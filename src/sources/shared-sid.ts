/** A sid that two rules of a group share: AWS refuses such a group, and what is not known of rules goes by their sids (semantics 10.83). */
import type { Problem } from '../base/problem.ts';
import type { RuleGroup, RuleLine } from '../network/firewall-policy.ts';
import { isUnread } from '../network/resource.ts';
import { ruleOf } from '../suricata/index.ts';

/** One problem, with code `suricata-sid`, for each rule whose sid an earlier one of the group has. */
export function sharedSids(group: RuleGroup): readonly Problem[] {
  if (group.kind !== 'stateful-rule-group' || isUnread(group.rules)) return [];
  const first = new Map<number, RuleLine>();
  return group.rules.flatMap((line): readonly Problem[] => {
    const sid = ruleOf(line.text)?.sid;
    if (sid === undefined) return [];
    const before = first.get(sid);
    if (before === undefined) {
      first.set(sid, line);
      return [];
    }
    return [
      {
        code: 'suricata-sid',
        ...line.source,
        message: `The sid \`${sid}\` is that of the rule at \`${before.source.place}\` too.`,
        hint: 'AWS refuses two rules of one sid in a rule group: give each its own.',
      },
    ];
  });
}
