/** Stateful rules that traffic does not reach, or goes around, by the stateless part (semantics 10.17 to 10.19). */
import { type Predicate, predicate as p } from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import { syn } from '../net/tcp-flags.ts';
import type { Mode } from '../network/replay.ts';
import { type Bench, type Findings, clean, doubt, finding, inSomeFamily, joined, shown } from './lint.ts';
import { deciding, exampleJson } from './published.ts';
import { type Subject, withPolicy } from './subject.ts';
import { icmp, otherProtocol, outward, tcp, udp, whole } from './traffic.ts';

/** The stateful part alone decides what is forwarded: everything passes there, or nothing. */
const engine = (subject: Subject, drops: boolean): Subject =>
  withPolicy(subject, {
    stateful: {
      order: 'STRICT_ORDER',
      defaults: drops ? ['aws:drop_strict'] : [],
      streamException: 'DROP',
      groups: [],
    },
  });

export async function statelessFlaws(bench: Bench): Promise<Findings> {
  const { subject, rules, court } = bench;
  if (rules.length === 0) return clean;
  const says = [
    { subject: engine(subject, false), passes: true },
    { subject: engine(subject, true), passes: false },
  ];
  const seen = await inSomeFamily(court, () => ({ mode: 'packet', where: p.yes, says }));
  if (seen.kind === 'undecided') return doubt('stateful-starved', seen);
  if (seen.kind === 'none')
    return starved(bench, 'No packet ever reaches the stateful rules: the stateless part decides them all.');
  const half = await halfSeen(bench, says);
  return half.findings.length > 0 ? half : joined([half, await bypass(bench)]);
}

/** With what the policy does with an ordinary connection. */
async function starved({ subject, court }: Bench, says: string): Promise<Findings> {
  const any = await inSomeFamily(court, (family) => ({
    mode: 'data',
    where: p.and(outward(subject, family), tcp),
    says: [],
  }));
  if (any.kind !== 'some') return finding('stateful-starved', says, []);
  const judgement = court.judged(subject, any.example);
  return finding('stateful-starved', says, [exampleJson(subject, any.example, judgement)]);
}

/** Connections of which the stateful rules are shown one direction alone. */
async function halfSeen(bench: Bench, says: readonly { subject: Subject; passes: boolean }[]): Promise<Findings> {
  const { subject, court } = bench;
  const where = (family: Family): Predicate => p.and(outward(subject, family), tcp);
  const first = await inSomeFamily(court, (family) => ({
    mode: 'packet',
    where: p.and(where(family), p.equals('flags', syn)),
    says,
  }));
  if (first.kind !== 'some') return clean;
  const complete = await inSomeFamily(court, (family) => ({ mode: 'data', where: where(family), says }));
  if (complete.kind === 'undecided') return doubt('stateful-starved', complete);
  return complete.kind === 'some'
    ? clean
    : starved(
        bench,
        'The stateful rules see no TCP connection whole: the stateless part does not forward the packets of both directions.',
      );
}

/** A stateless pass where the stateful part would have dropped. */
async function bypass({ subject, court }: Bench): Promise<Findings> {
  const { stateless } = subject.policy;
  const groups = stateless.groups.map(({ group }) => subject.network.ruleGroups.get(group));
  const passing =
    [stateless.default, stateless.fragmentDefault].includes('aws:pass') ||
    groups.some((one) => one?.kind === 'stateless-rule-group' && one.rules.some(({ action }) => action === 'aws:pass'));
  if (!passing) return clean;
  const forwarding = withPolicy(subject, {
    stateless: { groups: [], default: 'aws:forward_to_sfe', fragmentDefault: 'aws:forward_to_sfe' },
  });
  const kinds: readonly { mode: Mode; where: (family: Family) => Predicate }[] = [
    { mode: 'client-data', where: () => tcp },
    { mode: 'packet', where: () => p.and(udp, whole) },
    { mode: 'packet', where: (family) => p.and(icmp(family), whole) },
    { mode: 'packet', where: () => otherProtocol },
    { mode: 'packet', where: () => udp },
  ];
  const all: Findings[] = [];
  for (const { mode, where } of kinds) {
    const found = await inSomeFamily(court, (family) => ({
      mode,
      where: where(family),
      says: [
        { subject, passes: true },
        { subject: forwarding, passes: false },
      ],
      rather: [outward(subject, family)],
    }));
    if (found.kind === 'undecided') all.push(doubt('stateless-bypass', found));
    if (found.kind !== 'some') continue;
    const other = deciding(forwarding, found.example.judgements[1]!);
    const says = 'The stateless part passes traffic that the stateful rules, which do not see it, would drop.';
    return finding('stateless-bypass', says, [shown(subject, found.example)], undefined, other);
  }
  return joined(all.slice(0, 1));
}
