/** Allow lists of names that traffic without any such name walks around (semantics 10.58, 10.59). */
import { askedOf, predicate as p } from '../dataplane/index.ts';
import { subtract, unionAll } from '../net/interval.ts';
import type { Buffer } from '../suricata/index.ts';
import type { Family } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import type { Found, Question } from './court.ts';
import { type Bench, type Findings, clean, doubt, finding, inSomeFamily, joined, shown } from './lint.ts';
import { isBroad, isByName, isOpen, isPass, isPlaced } from './rule.ts';
import { type RuleAt, reworded } from './subject.ts';
import { carries, icmp, otherProtocol, outward, tcp, udp, whole } from './traffic.ts';

interface Kind {
  readonly words: string;
  readonly ask: (family: Family) => Omit<Question, 'family' | 'says'>;
  readonly quic?: boolean;
}

/** Data that is neither TLS nor HTTP, and what is no TCP: what no rule passes on purpose gets out. */
export async function otherProtocolsPass({ subject, rules, court }: Bench): Promise<Findings> {
  if (!rules.some((at) => isPass(at) && isByName(at))) return clean;
  // What rules pass that say which protocol or which place they mean is meant to pass.
  const unmeant = reworded(subject, (at) => (isPass(at) && !isBroad(at) ? 'alert' : undefined));
  // TLS in UDP is meant by a rule that says so, and not by one for a port.
  const unmeantInUdp = reworded(subject, (at) => (isPass(at) && !isOpen(at) ? 'alert' : undefined));
  const { payloads } = court;
  const nameless = subtract(payloads.over(protocols.tcp), unionAll([payloads.app('tls'), payloads.app('http')]));
  const kinds: readonly Kind[] = [
    {
      words: 'TCP that is neither TLS nor HTTP',
      ask: (family) => ({
        mode: 'client-data',
        where: p.and(outward(subject, family), tcp, carries(nameless)),
        rather: [p.and(p.equals('dstPort', 22), carries(payloads.app('ssh')))],
      }),
    },
    {
      words: 'UDP',
      ask: (family) => ({
        mode: 'packet',
        where: p.and(outward(subject, family), udp, whole),
        rather: [p.and(p.equals('dstPort', 443), carries(payloads.app('quic')))],
      }),
    },
    {
      words: 'QUIC',
      quic: true,
      ask: (family) => ({
        mode: 'packet',
        where: p.and(outward(subject, family), udp, whole, p.equals('dstPort', 443), carries(payloads.app('quic'))),
      }),
    },
    {
      words: 'ICMP',
      ask: (family) => ({ mode: 'packet', where: p.and(outward(subject, family), icmp(family), whole) }),
    },
    {
      words: 'other protocols',
      ask: (family) => ({
        mode: 'packet',
        where: p.and(outward(subject, family), otherProtocol, whole),
        rather: [p.equals('protocol', 47)],
      }),
    },
  ];
  const found: { words: string; found: Found }[] = [];
  for (const { words, ask, quic = false } of kinds) {
    if (quic && found.some((one) => one.words === 'UDP' && one.found.kind === 'some')) continue;
    const says = [
      { subject, passes: true },
      { subject: quic ? unmeantInUdp : unmeant, passes: true },
    ];
    found.push({ words, found: await inSomeFamily(court, (family) => ({ ...ask(family), says })) });
  }
  const leaks = found.flatMap(({ words, found: one }) => (one.kind === 'some' ? [{ words, ...one }] : []));
  const open = found.flatMap(({ found: one }) => (one.kind === 'undecided' ? [one] : []));
  const sentence = `Rules pass traffic by its name, and what bears no name gets out as well: ${leaks.map(({ words }) => words).join(', ')}.`;
  return joined([
    leaks.length === 0
      ? clean
      : finding(
          'other-protocols-pass',
          sentence,
          leaks.map(({ example }) => shown(subject, example)),
        ),
    ...open.slice(0, 1).map((one) => doubt('other-protocols-pass', one)),
  ]);
}

const buffers = [
  { app: 'tls', buffer: 'tls.sni', words: 'TLS' },
  { app: 'http', buffer: 'http.host', words: 'HTTP' },
] as const satisfies readonly { app: string; buffer: Buffer; words: string }[];

/** A name that no rule lists gets out, list or no list. */
export async function anyNamePasses({ subject, rules, court }: Bench): Promise<Findings> {
  const named = rules.filter((at) => isPass(at) && isByName(at));
  if (named.length === 0) return clean;
  // What passes to a place of its own is meant to.
  const without = reworded(subject, (at) => (isPass(at) && (isByName(at) || isPlaced(at)) ? 'alert' : undefined));
  const { payloads } = court;
  const listed = unionAll(named.map(({ rule }: RuleAt) => askedOf(payloads, rule).of.set ?? []));
  const all: Findings[] = [];
  for (const { buffer, words } of buffers) {
    const found = await inSomeFamily(court, (family) => ({
      mode: 'client-data',
      where: p.and(outward(subject, family), tcp, carries(subtract(payloads.holding(buffer), listed))),
      says: [
        { subject, passes: true },
        { subject: without, passes: true },
      ],
    }));
    if (found.kind === 'undecided') all.push(doubt('any-name-passes', found));
    if (found.kind === 'some')
      all.push(
        finding(
          'any-name-passes',
          `Rules pass traffic by its name, and ${words} with a name that none of them lists gets out as well.`,
          [shown(subject, found.example)],
        ),
      );
  }
  return joined(all);
}
