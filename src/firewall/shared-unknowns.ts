/**
 * Which unknowns of two policies are one: whether a rule matches, where both have a rule of that text; and what depends
 * on rules that nobody read, where these are the same.
 */
import { formatPrefix } from '../net/prefix.ts';
import { isUnread } from '../network/resource.ts';
import { continues, matches, passes, ruleName } from '../network/unknown.ts';
import { ruleOf } from '../suricata/index.ts';
import { type Subject, groupsOf } from './subject.ts';
import { homeNetOf } from './traffic.ts';

/** Both subjects with unknowns that have one name where they are one, and else never the same. */
export function withSharedUnknowns(before: Subject, after: Subject): readonly [Subject, Subject] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const first = new Map([...old].toReversed().map(([key, text]) => [text, key] as const));
  const known = new Set(now.values());
  const wholes = wholesOf(after);
  const alike = new Set([...wholesOf(before)].flatMap(([key, what]) => (wholes.get(key) === what ? [key] : [])));
  const name =
    (texts: ReadonlyMap<string, string>, side: string) =>
    (key: string): string => {
      const text = texts.get(key);
      const common = text !== undefined && known.has(text) ? first.get(text) : undefined;
      if (common !== undefined) return common;
      return text === undefined && (alike.has(key) || !own.test(key)) ? key : `${key} (${side})`;
    };
  return [
    { ...before, shared: named(before, name(old, 'before')) },
    { ...after, shared: named(after, name(now, 'after')) },
  ];
}

/** Keys that are about the policy, its firewall or a group of its. */
const own = /^(?:passes|continues):/;

const policyKey = 'passes:the default action';
const engineKey = 'continues:the firewall';

/** What is said of the policy or the firewall, whatever they are called. */
const named =
  ({ policy, firewall }: Subject, name: (key: string) => string) =>
  (key: string): string =>
    name(key === passes(policy.id) ? policyKey : key === continues(firewall.id) ? engineKey : key);

/** By the unknown whether a rule matches: its text, and all that its names stand for. */
function textsOf(subject: Subject): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const home = homeNetOf(subject).map((block) => formatPrefix(block));
  for (const { id, rules, ipSets, portSets, references } of groupsOf(subject)) {
    const names = JSON.stringify([ipSets, portSets, references, home]);
    for (const [index, { text }] of isUnread(rules) ? [] : rules.entries()) {
      texts.set(matches(id, ruleName(ruleOf(text)?.sid, index + 1)), `${text} ${names}`);
    }
  }
  return texts;
}

/** By an unknown that hangs on all of something: all of it. */
function wholesOf(subject: Subject): ReadonlyMap<string, string> {
  const groups = groupsOf(subject);
  const textOf = ({ rules }: (typeof groups)[number]): string =>
    JSON.stringify(isUnread(rules) ? rules : rules.map(({ text }) => text));
  return new Map([
    ...groups.map((group) => [passes(group.id), textOf(group)] as const),
    [policyKey, JSON.stringify(subject.policy.stateful.defaults ?? null)],
    [
      engineKey,
      JSON.stringify(
        groups
          .flatMap(({ rules }) => (isUnread(rules) ? [] : rules))
          .map(({ text }) => text)
          .sort(),
      ),
    ],
  ]);
}
