/** Two policies compared: flows that the second newly passes and newly drops, or a proof that there are none. */
import { type Predicate, predicate as p } from '../dataplane/index.ts';
import { type Family, families } from '../net/address.ts';
import type { Judge } from '../network/judge.ts';
import type { Mode } from '../network/replay.ts';
import type { FirewallDifference, FirewallDoubt } from '../result/firewall.ts';
import { type Changed, whatChanged } from './changed.ts';
import { type Court, openCourt } from './court.ts';
import { sentJson, verdictJson } from './published.ts';
import { withSharedUnknowns } from './shared-unknowns.ts';
import type { Subject } from './subject.ts';
import { icmp, otherProtocol, outward, tcp, udp, whole } from './traffic.ts';

export interface Differences {
  readonly opened: readonly FirewallDifference[];
  readonly closed: readonly FirewallDifference[];
  readonly undecided: readonly FirewallDoubt[];
}

interface Kind {
  readonly kind: FirewallDifference['kind'];
  readonly where: (family: Family) => Predicate;
  /** The first that differs is told, of those in one list; every list by itself. */
  readonly modes: readonly (readonly Mode[])[];
}

const kinds: readonly Kind[] = [
  { kind: 'tcp', where: () => tcp, modes: [['connection'], ['client-data', 'data', 'packet']] },
  { kind: 'udp', where: () => udp, modes: [['packet', 'connection', 'data']] },
  { kind: 'icmp', where: () => p.or(icmp('ipv4'), icmp('ipv6')), modes: [['packet', 'connection', 'data']] },
  { kind: 'other', where: () => otherProtocol, modes: [['packet', 'connection', 'data']] },
];

const protocols = { tcp: 'TCP', udp: 'UDP', icmp: 'ICMP', other: 'other protocols' } as const;

function wordsOf(kind: Kind['kind'], mode: Mode): string {
  if (kind !== 'tcp') {
    const reach = { packet: 'first packets', connection: 'answers', 'client-data': 'flows', data: 'flows' } as const;
    return `${protocols[kind]}: ${reach[mode]}`;
  }
  const reach = {
    packet: 'single packets',
    connection: 'handshakes',
    'client-data': "the client's data",
    data: "the server's data",
  } as const;
  return `TCP: ${reach[mode]}`;
}

export async function compareFirewalls(
  before: Subject,
  after: Subject,
  { judge, timeoutMs }: { readonly judge: Judge; readonly timeoutMs: number },
): Promise<Differences> {
  const [old, now] = withSharedUnknowns(before, after);
  const court = openCourt([old, now], { judge, timeoutMs });
  try {
    const found: Differences[] = [];
    for (const family of families) {
      const parts: Predicate[] = [];
      const changed = whatChanged(court, old, now, family);
      for (const part of changed.parts)
        if ((await court.differ(changed.before, changed.after, family, part, timeoutMs)) !== 'no') parts.push(part);
      if (parts.length === 0) continue;
      for (const kind of kinds)
        for (const opens of [true, false])
          found.push(await differences(court, old, now, family, { ...changed, parts }, kind, opens));
    }
    return {
      opened: found.flatMap(({ opened }) => opened),
      closed: found.flatMap(({ closed }) => closed),
      undecided: found.flatMap(({ undecided }) => undecided),
    };
  } finally {
    await court.close();
  }
}

/** Whole packets, of the family's own ICMP. */
const usual = (family: Family): Predicate => p.and(whole, p.or(tcp, udp, icmp(family), otherProtocol));

/** Of one kind, in one direction. */
async function differences(
  court: Court,
  before: Subject,
  after: Subject,
  family: Family,
  changed: Changed,
  { kind, where, modes }: Kind,
  opens: boolean,
): Promise<Differences> {
  const all: FirewallDifference[] = [];
  const undecided: FirewallDoubt[] = [];
  for (const list of modes)
    for (const mode of list) {
      const found = await court.find({
        family,
        mode,
        where: p.and(p.or(...changed.parts), where(family)),
        says: [
          { subject: before, instead: changed.before, passes: !opens },
          { subject: after, instead: changed.after, passes: opens },
        ],
        rather: [p.and(outward(before, family), usual(family)), outward(before, family)],
      });
      if (found.kind === 'none') continue;
      if (found.kind === 'undecided') {
        const { reason, unknowns } = found;
        undecided.push({ code: opens ? 'opened' : 'closed', reason: `${wordsOf(kind, mode)}: ${reason}`, unknowns });
        continue;
      }
      const [first, second] = found.example.judgements;
      all.push({
        family,
        kind,
        mode,
        says: wordsOf(kind, mode),
        packet: sentJson(found.example),
        before: verdictJson(before, first!),
        after: verdictJson(after, second!),
      });
      break;
    }
  return { opened: opens ? all : [], closed: opens ? [] : all, undecided };
}
