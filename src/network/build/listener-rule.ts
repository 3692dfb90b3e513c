/** What the rules of a listener leave to those after them: the first whose conditions all hold decides (semantics 12.8). */
import { present } from '../../base/present.ts';
import { formatPrefix, type Prefix } from '../../net/prefix.ts';
import type { Forward } from '../load-balancer.ts';
import type { ActionsFinding, ConditionFinding } from './load-balancer-finding.ts';

/** A rule, or the default action, which comes last and has no conditions. */
export interface Told {
  readonly actions: ActionsFinding;
  readonly isDefault?: boolean;
  readonly sources?: readonly Prefix[];
  readonly conditions?: readonly ConditionFinding[];
  readonly priority?: number;
}

/** Each group that a rule forwards to, for whom, and for whom that is not certain; each way once. */
export function forwardsIn(told: readonly Told[]): readonly Forward[] {
  const ordered = told.toSorted((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity));
  const ways = ordered.flatMap((rule, i): readonly Forward[] => {
    const unsure = takenBefore(rule, ordered.slice(0, i));
    const weighed = rule.actions.groups.filter((group) => !rule.actions.resting.includes(group));
    return rule.actions.groups.map((group) => {
      const rests = !weighed.includes(group);
      return {
        group,
        ...present({
          sources: rule.sources && once(rule.sources),
          unsure: rests ? ('all' as const) : unsure,
          among: rests || weighed.length < 2 ? undefined : weighed,
        }),
      };
    });
  });
  const open = new Set(
    ways
      .filter(({ sources, unsure, among }) => [sources, unsure, among].every((term) => term === undefined))
      .map(({ group }) => group),
  );
  const distinct = new Map(ways.map((way) => [open.has(way.group) ? way.group : keyOf(way), way]));
  return [...distinct.values()].map((way) => (open.has(way.group) ? { group: way.group } : way));
}

/** The clients all of whose requests that fit the rule an earlier one may take. */
function takenBefore(rule: Told, earlier: readonly Told[]): readonly Prefix[] | 'all' | undefined {
  const blocks: Prefix[] = [];
  for (const before of earlier) {
    if (!(before.conditions ?? []).every((condition) => follows(condition, rule.conditions ?? []))) continue;
    if (before.sources === undefined) return 'all';
    blocks.push(...before.sources);
  }
  return blocks.length === 0 ? undefined : once(blocks);
}

/** Whatever fits the conditions fits this one as well, or may: regular expressions are not compared. */
function follows({ field, patterns, regex }: ConditionFinding, from: readonly ConditionFinding[]): boolean {
  if (regex || samplesOf(field).every((text) => patterns.some((pattern) => includes(pattern, text)))) return true;
  const same = from.filter((one) => one.field === field);
  return same.some((one) => one.regex || one.patterns.every((own) => patterns.some((wider) => includes(wider, own))));
}

/** Whatever fits all of these in the field is taken to fit everything. */
function samplesOf(field: string): readonly string[] {
  if (field === 'path-pattern') return ['/', '/a', '/-/b.c/~d?e=f'];
  return field === 'host-header' ? ['a', 'example.com', '10.0.0.1'] : ['a', 'GET', 'k=v', 'text/html; q=1'];
}

/** Everything that the second pattern matches the first does, where `*` stands for any text and `?` for one character. */
function includes(wider: string, own: string): boolean {
  const text = wider
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${text}$`, 'su').test(own);
}

const once = (blocks: readonly Prefix[]): readonly Prefix[] => [
  ...new Map(blocks.map((block) => [formatPrefix(block), block])).values(),
];

const keyOf = ({ group, sources, unsure, among }: Forward): string =>
  [
    group,
    ...[sources, unsure].map((who) => (typeof who === 'object' ? who.map(formatPrefix).join(' ') : who)),
    among,
  ].join('|');
