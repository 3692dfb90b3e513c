/** The reader of firewall rules as a value: what is wrong with a rule group's lines, and which domains they were made of. */
import type { ProblemAt } from '../base/problem.ts';
import type { CoverageEntry } from './coverage.ts';
import type { RuleOrder, StatefulRuleGroup } from './firewall-policy.ts';

export interface RuleReader {
  /** Everything for which AWS would refuse the group; `rule` is the rule's place in the list, from 0. */
  problems(group: StatefulRuleGroup): readonly (ProblemAt & { readonly rule: number })[];
  /** Undefined where the rule has none, or is none. */
  sid(text: string): number | undefined;
  /** What of the rules is not understood. */
  unmodelled(group: StatefulRuleGroup): readonly CoverageEntry[];
  /** The domain list that AWS made these rules of; undefined where they were written otherwise. */
  domainList(rules: readonly string[], order: RuleOrder): DomainList | undefined;
  /** The rules that AWS makes of it, in their order. */
  rulesOfDomains(list: DomainList, order: RuleOrder): readonly string[];
}

export interface DomainList {
  readonly type: 'ALLOWLIST' | 'DENYLIST' | 'REJECTLIST' | 'ALERTLIST';
  readonly targetTypes: readonly ('TLS_SNI' | 'HTTP_HOST')[];
  readonly targets: readonly string[];
}
