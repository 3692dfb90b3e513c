/**
 * Where two policies can differ at all, if some of their rules are all that differs: at flows that one of these rules can
 * have to do with. Any other flow meets the same rules in the same order.
 */
import { framePredicate, framesMeet, predicate as p, type Predicate } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { formatPrefix } from '../net/prefix.ts';
import type { FirewallPolicy, StatefulRuleGroup } from '../network/firewall-policy.ts';
import { isUnread } from '../network/resource.ts';
import { ruleOf } from '../suricata/index.ts';
import type { Court } from './court.ts';
import { type Subject, groupsOf, quiet } from './subject.ts';
import { homeNetOf } from './traffic.ts';

/** So many rules are looked at one by one. */
const few = 16;

export interface Changed {
  /** Together they hold every flow that may be treated differently. */
  readonly parts: readonly Predicate[];
  /** The policies without rules that have nothing to do with these flows. */
  readonly before: Subject;
  readonly after: Subject;
}

/** All flows where more than rules differs. */
export function whatChanged(court: Court, before: Subject, after: Subject, family: Family): Changed {
  const all: Changed = { parts: [p.yes], before, after };
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old === undefined || now === undefined || besideRules(before) !== besideRules(after)) return all;
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start]!.key === now[start]!.key) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end)!.key === now.at(-1 - end)!.key) end++;
  const [gone, come] = [old, now].map((lines) => lines.slice(start, lines.length - end));
  // What a rule notes of a flow, others read.
  if ([...gone!, ...come!].some(({ notes }) => notes)) return all;
  const [framesBefore, framesAfter] = [court.frames(before, family), court.frames(after, family)];
  const frames = [
    ...gone!.map(({ group, index }) => framesBefore[group]!(index)!),
    ...come!.map(({ group, index }) => framesAfter[group]!(index)!),
  ];
  if (frames.length > few) return { ...all, parts: [p.or(...frames.map(framePredicate))] };
  const touched = ({ group, index }: Line): boolean =>
    frames.some((frame) => framesMeet(frame, framesBefore[group]!(index)!));
  const shift = now.length - old.length;
  const idle = [...old.keys()].filter((i) => (i < start || i >= old.length - end) && !touched(old[i]!));
  return {
    parts: frames.map(framePredicate),
    before: quiet(
      before,
      idle.map((i) => old[i]!),
    ),
    after: quiet(
      after,
      idle.map((i) => now[i < start ? i : i + shift]!),
    ),
  };
}

interface Line {
  /** All that says what the rule is. */
  readonly key: string;
  /** Which of the policy's groups, and which of its lines. */
  readonly group: number;
  readonly index: number;
  readonly notes: boolean;
}

/** Undefined where something is no rule that could be read, or hangs on more than the rules. */
function linesOf(subject: Subject): readonly Line[] | undefined {
  const lines: Line[] = [];
  const { groups: references } = subject.policy.stateful;
  if (groupsOf(subject).length !== references.length) return undefined;
  for (const [at, group] of groupsOf(subject).entries()) {
    if (isUnread(group.rules) || Object.keys(group.references).length > 0) return undefined;
    const reference = references.find(({ group: id }) => id === group.id)!;
    const known = JSON.stringify([at, reference.dropToAlert && group.managed, setsOf(group)]);
    for (const [index, { text }] of group.rules.entries()) {
      const rule = ruleOf(text);
      if (rule === undefined) return undefined;
      const notes = rule.options.some(({ kind }) => kind === 'flowbits');
      lines.push({ key: `${known} ${text}`, group: at, index, notes });
    }
  }
  return lines;
}

const setsOf = ({ ipSets, portSets }: StatefulRuleGroup) => [Object.entries(ipSets), Object.entries(portSets)];

/** All of the policy but its stateful rules; never the same where TLS is taken apart. */
function besideRules(subject: Subject): string | symbol {
  const { network, policy } = subject;
  if (policy.tlsInspection !== undefined) return Symbol();
  const { stateless, stateful, sessionHolding }: FirewallPolicy = policy;
  return JSON.stringify(
    [
      stateless.default,
      stateless.fragmentDefault,
      stateless.groups.map(({ priority, group }) => [priority, network.ruleGroups.get(group)]),
      stateful.order,
      stateful.defaults ?? null,
      stateful.streamException,
      sessionHolding,
      homeNetOf(subject).map((block) => formatPrefix(block)),
    ],
    (key, value: unknown) =>
      key === 'source' || key === 'id' || key === 'name' || key === 'tags' || key === 'arn'
        ? undefined
        : typeof value === 'bigint'
          ? String(value)
          : value,
  );
}
