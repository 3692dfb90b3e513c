/**
 * A service whose public addresses nobody read is reached for certain where every internet address is that may be one of
 * them (`interfaces.md`, selectors). That is proved path by path: a flow found stands for all the addresses for which
 * each of its demands holds, and what is left is asked again, until nothing is.
 */
import type { Symbol, Variable } from '../dataplane/index.ts';
import type { Term } from '../logic/term.ts';
import { type Intervals, intersect, isEmpty, none, single, subtract } from '../net/interval.ts';
import { nat64 } from '../net/special.ts';
import { publishes } from '../network/unknown.ts';
import type { Question } from '../policy/question.ts';
import { type Existence, type FlowTo, type FoundFlow, exists } from './decide.ts';
import type { Found, Path } from './search.ts';
import { possible, unpublished } from './service.ts';
import type { Session } from './session.ts';
import { certain, demandsOf } from './truth.ts';

export interface Asked {
  readonly timeoutMs: number;
  /** What is assumed besides, in the terms of the session that is asked. */
  readonly assumptions?: (session: Session) => readonly Term[];
}

/** As `exists`; what then hangs on a service's unread addresses alone is settled where all that may be theirs are reached. */
export async function existsWherever(
  session: Session,
  question: Question,
  prefers: 'none' | 'some',
  { timeoutMs, assumptions = () => [] }: Asked,
): Promise<Existence> {
  const deadline = Date.now() + timeoutMs;
  const found = await exists(session, prefers, { timeoutMs, assumptions: assumptions(session) });
  if (found.kind !== 'open' || found.flow === undefined) return found;
  const { plane, alphabet } = session;
  for (const service of unpublished(plane, question.to)) {
    if (!alphabet.unknowns.has(publishes(service))) continue;
    const flow = await atEvery(session, service, deadline, assumptions);
    if (flow !== undefined) return { kind: 'some', flow };
  }
  return found;
}

/** How many ways the addresses may take; beyond that the question stays open. */
const patience = 64;

/**
 * A flow on the must side, if there is one to each address that may be the service's. IPv4 addresses are meant, reached
 * as such or through NAT64: every service of AWS's with public addresses has some of these, and whether it has IPv6
 * addresses is not known, so that a way to all of those would prove nothing.
 */
async function atEvery(
  session: Session,
  service: string,
  deadline: number,
  assumptions: (session: Session) => readonly Term[],
): Promise<FoundFlow | undefined> {
  let left = possible(session.plane, service, 'ipv4');
  const others: FlowTo[] = [];
  for (let turn = 0; turn < patience; turn++) {
    const there = session.on({ ...session.plane, servicesAt: new Map([[service, left]]) });
    try {
      const found = await there.find({
        side: 'must',
        assumptions: assumptions(there),
        timeoutMs: deadline - Date.now(),
      });
      if (found.kind !== 'found') return undefined;
      const reached = intersect(left, reachedLike(found));
      if (isEmpty(reached)) return undefined;
      others.push({ plane: there.plane, flow: { ...found, certain: true }, reached });
      left = subtract(left, reached);
      if (isEmpty(left)) return { ...others[0]!.flow, wherever: service, others };
    } finally {
      await there.close();
    }
  }
  return undefined;
}

type FoundPaths = Extract<Found, { kind: 'found' }>;

/** Destinations, as the internet sees them, for which the flow goes the same ways: the same for all of its copies. */
function reachedLike({ paths, values, fixed }: FoundPaths): Intervals {
  const [destination, ...others] = paths.map(arrivesAt);
  if (destination === undefined || others.some((other) => other !== destination)) return none;
  const embedded = destination.kind === 'embedded-ipv4';
  const free = embedded ? destination.of : destination;
  if (free.kind !== 'variable') return none;
  const alike = paths
    .map((path, i) => certain(demandsOf(path), boxOf(values, fixed[i]!), free, nothingDeclared))
    .reduce(intersect);
  if (!embedded) return alike;
  return intersect(alike, [nat64]).map(({ lo, hi }) => ({ lo: lo - nat64.lo, hi: hi - nat64.lo }));
}

/** The destination of the packet that the path delivers. */
function arrivesAt({ start, steps }: Path): Symbol {
  const states = [start, ...steps.map(({ to }) => to)];
  const end = states.findLast(({ place, context }) => context.phase === 'forward' && place.kind !== 'replied');
  return (end ?? start).context.header.dst;
}

/** What the plane does not know is not leant on. */
const nothingDeclared = (): undefined => undefined;

const boxOf = (values: ReadonlyMap<Variable, bigint>, fixed: ReadonlyMap<Variable, bigint>) =>
  new Map([...values, ...fixed].map(([variable, value]) => [variable, single(value)] as const));
