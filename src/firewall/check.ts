/** One policy checked: every flaw that can be found in it by itself, the quick questions first. */
import { isUnread } from '../network/resource.ts';
import type { Judge } from '../network/judge.ts';
import type { FirewallResult } from '../result/firewall.ts';
import { openCourt } from './court.ts';
import { earlyPasses } from './early-pass.ts';
import { handshakeDies } from './handshake.ts';
import { homeNetMisses } from './home-net.ts';
import { idleRules } from './idle-rules.ts';
import { joined } from './lint.ts';
import { namesAsked, unanchoredNames } from './name-match.ts';
import { anyNamePasses, otherProtocolsPass } from './other-protocols.ts';
import { statelessFlaws } from './stateless.ts';
import { type Subject, groupsOf, rulesOf } from './subject.ts';
import { twoOrders } from './two-orders.ts';

export interface CheckOptions {
  readonly judge: Judge;
  /** For each question, and for all rules together that may change nothing. */
  readonly timeoutMs: number;
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
}

const lints = [
  twoOrders,
  statelessFlaws,
  handshakeDies,
  otherProtocolsPass,
  anyNamePasses,
  earlyPasses,
  unanchoredNames,
  homeNetMisses,
];

export async function checkFirewall(
  subject: Subject,
  { judge, timeoutMs, now }: CheckOptions,
): Promise<FirewallResult> {
  const started = now();
  const { policy, firewall } = subject;
  const rules = rulesOf(subject);
  const court = openCourt([subject], { judge, timeoutMs, names: namesAsked(rules) });
  try {
    const bench = { subject, rules, court };
    const found = [];
    for (const lint of lints) found.push(await lint(bench));
    const idle = await idleRules(bench, timeoutMs, now);
    const { findings, undecided } = joined([...found, idle]);
    return {
      policy: policy.name ?? policy.id,
      ...(subject.network.firewalls.has(firewall.id) ? { firewall: firewall.name ?? firewall.id } : {}),
      rules: groupsOf(subject).reduce((sum, { rules: all }) => sum + (isUnread(all) ? 0 : all.length), 0),
      findings,
      undecided,
      notExamined: idle.notExamined,
      timeMs: Math.round(now() - started),
    };
  } finally {
    await court.close();
  }
}
