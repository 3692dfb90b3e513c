/**
 * Rule groups and lists of DNS Firewall that run, as a plan changes them: what AWS counted of them counts no more, and
 * one to which something is added that is not known is unread (semantics 13.6).
 */
import type { Findings } from '../../network/build/findings.ts';
import { replace } from './in-place.ts';
import type { Declared } from './index.ts';

export function settleDns({ dns }: Findings, { dns: runs }: Findings, before: Declared, after: Declared): void {
  const { blurred } = after.outside;
  const changed = [before, after].map(({ findings }) => findings.dns);
  const groups = new Set(changed.flatMap(({ rules }) => rules.map(({ group }) => group)));
  const lists = new Set(changed.flatMap(({ domains }) => domains.map(({ list }) => list)));

  // Rules that are added stand beside those that were read; of a group of which none were, they are some.
  const isRead = (id: string): boolean => {
    const answers = runs.rules.filter(({ group, partial }) => group === id && !partial);
    const count = runs.groups.find((one) => one.id === id && one.rules !== undefined)?.rules;
    const told = answers.flatMap(({ rules }) => rules).length;
    return answers.length > 0 ? count === undefined || count === told : count === 0;
  };
  const read = new Set([...groups].filter(isRead));
  replace(dns.rules, (one) => {
    if (blurred.has(one.group)) return { ...one, partial: true };
    return read.has(one.group) ? { ...one, partial: false } : one;
  });
  replace(dns.groups, (one) => {
    if (!blurred.has(one.id) && !read.has(one.id)) return one;
    const { rules: _, ...rest } = one;
    return rest;
  });
  replace(dns.lists, (one) => {
    const told = runs.domains.filter(({ list }) => list === one.id).flatMap(({ domains }) => domains);
    if (!lists.has(one.id) || one.domains === undefined || one.domains !== new Set(told).size) return one;
    const { domains: _, ...rest } = one;
    return rest;
  });
}
