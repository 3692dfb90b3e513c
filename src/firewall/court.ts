/**
 * Questions about what policies let through, decided by proof: flows that some pass and others stop, or that there are
 * none. The evaluator of rules judges every flow found, and has to say the same.
 */
import { invariant } from '../base/invariant.ts';
import {
  type Frame,
  type PayloadName,
  type PayloadSpace,
  type Plane,
  type Predicate,
  carriable,
  createPlane,
  firewallPasses,
  framesOf,
  payloadSpace,
  predicate as p,
  replacingUnknowns,
  statefulRules,
  unknownsIn,
} from '../dataplane/index.ts';
import type { Family } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import { formatSides } from '../network/assumption.ts';
import type { Judge, Judgement } from '../network/judge.ts';
import type { Network } from '../network/network.ts';
import type { Mode, Sides } from '../network/replay.ts';
import { type Headers, openHeaders } from '../verify/index.ts';
import { type Subject, groupsOf } from './subject.ts';

/** What a policy has to do with the flow. */
export interface Saying {
  readonly subject: Subject;
  /** What is asked in its place: to the flows in question it does the same. */
  readonly instead?: Subject;
  readonly passes: boolean;
  /** How much of the flow has to pass; else the question's. */
  readonly mode?: Mode;
}

export interface Question {
  readonly family: Family;
  readonly mode: Mode;
  readonly where: Predicate;
  readonly says: readonly Saying[];
  /** Of the flows found, rather one of these: the first that there is. */
  readonly rather?: readonly Predicate[];
}

/** A flow, with what the evaluator says to each saying. */
export interface Example {
  readonly packet: Packet;
  readonly payload: Payload;
  readonly mode: Mode;
  readonly judgements: readonly Judgement[];
}

export type Found =
  /** A proof that there is none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly example: Example }
  | { readonly kind: 'undecided'; readonly reason: string; readonly unknowns: readonly string[] };

export interface Court {
  readonly payloads: PayloadSpace;
  find(question: Question): Promise<Found>;
  /** Whether two policies treat some flow there differently, however much of it is looked at. */
  differ(
    a: Subject,
    b: Subject,
    family: Family,
    where: Predicate,
    timeoutMs: number,
  ): Promise<'no' | 'perhaps' | 'unknown'>;
  /** Which flows each line of a group can have to do with (`framesOf`), in the order of the groups. */
  frames(subject: Subject, family: Family): readonly ((index: number) => Frame | undefined)[];
  /** What the policy does with a flow. */
  judged(subject: Subject, flow: Pick<Example, 'packet' | 'payload' | 'mode'>): Judgement;
  close(): Promise<void>;
}

export interface CourtOptions {
  /** For each question. */
  readonly timeoutMs: number;
  readonly judge: Judge;
  /** Names that are told apart from others besides those of the rules. */
  readonly names?: readonly PayloadName[];
}

const modes: readonly Mode[] = ['packet', 'connection', 'client-data', 'data'];

/** About these subjects and their copies, which speak of the same texts. */
export function openCourt(subjects: readonly Subject[], { timeoutMs, judge, names = [] }: CourtOptions): Court {
  const rules = subjects.flatMap(({ network }) => statefulRules(network.ruleGroups.values()));
  const payloads = payloadSpace(rules, names);
  const planes = new WeakMap<Subject, Plane>();
  const originals = new WeakMap<Subject, Map<string, string>>();
  const planeOf = (subject: Subject): Plane => {
    let plane = planes.get(subject);
    if (plane === undefined) planes.set(subject, (plane = makePlane(subject.network, payloads)));
    return plane;
  };
  const known = new WeakMap<Subject, Map<string, Predicate>>();
  const passing = (subject: Subject, mode: Mode, family: Family): Predicate => {
    let found = known.get(subject);
    if (found === undefined) known.set(subject, (found = new Map()));
    const key = `${mode} ${family}`;
    let predicate = found.get(key);
    if (predicate === undefined) found.set(key, (predicate = compiled(subject, mode, family)));
    return predicate;
  };
  const compiled = (subject: Subject, mode: Mode, family: Family): Predicate => {
    const { firewall, policy, shared } = subject;
    const predicate = firewallPasses(planeOf(subject), firewall, policy, family, mode);
    if (shared === undefined) return predicate;
    let own = originals.get(subject);
    if (own === undefined) originals.set(subject, (own = new Map()));
    return renamed(predicate, shared, own);
  };
  const open = new Map<Family, Headers>();
  const headersOf = (family: Family): Headers => {
    let headers = open.get(family);
    if (headers === undefined) open.set(family, (headers = openHeaders(planeOf(subjects[0]!), family)));
    return headers;
  };
  const carried = carriable(payloads);

  const sidesOf = (subject: Subject, sides: Sides): Sides => {
    const own = originals.get(subject);
    return own === undefined
      ? sides
      : new Map([...own].map(([key, shared]) => [key, sides.get(shared) === true] as const));
  };
  const judged = ({ network, firewall }: Subject, flow: Pick<Example, 'packet' | 'payload' | 'mode'>, sides: Sides) =>
    judge({ network, firewall, ...flow, sides });

  const findIn = async ({ family, mode, says }: Question, where: Predicate): Promise<Found> => {
    const sayings = says.map(({ subject, instead = subject, passes, mode: own = mode }) => {
      const predicate = passing(instead, own, family);
      return passes ? predicate : p.not(predicate);
    });
    const there = p.and(where, mode === 'packet' ? p.yes : opening);
    const asked = p.and(carried, ...sayings);
    const headers = headersOf(family);
    let found = await headers.find(there, asked, 'may', timeoutMs);
    if (found.kind === 'some') {
      const unknowns = unknownsIn(p.and(there, asked));
      if (unknowns.size > 0) {
        const undeclared = [...found.sides].filter(([key]) => unknowns.has(key));
        found = await headers.find(there, asked, 'must', timeoutMs);
        if (found.kind === 'none')
          return {
            kind: 'undecided',
            reason: 'it depends on what is not known',
            unknowns: formatSides(undeclared),
          };
      }
    }
    if (found.kind === 'none') return found;
    if (found.kind === 'unknown') return { kind: 'undecided', reason: found.reason, unknowns: [] };
    const { packet, sides } = found;
    const payload = payloads.witness(Number(found.payload));
    const judgements = says.map(({ subject, instead = subject, passes, mode: own = mode }) => {
      const judgement = judged(subject, { packet, payload, mode: own }, sidesOf(instead, sides));
      invariant(judgement.passes === passes, `prover and evaluator disagree on a flow through ${subject.firewall.id}`);
      return judgement;
    });
    return { kind: 'some', example: { packet, payload, mode, judgements } };
  };

  return {
    payloads,
    async find(question) {
      const found = await findIn(question, question.where);
      if (found.kind !== 'some') return found;
      for (const rather of question.rather ?? []) {
        const better = await findIn(question, p.and(question.where, rather));
        if (better.kind === 'some') return better;
      }
      return found;
    },
    async differ(a, b, family, where, patience) {
      const parts = modes.map((mode) => [passing(a, mode, family), passing(b, mode, family)] as const);
      const different = p.or(...parts.map(([x, y]) => p.or(p.and(x, p.not(y)), p.and(y, p.not(x)))));
      const found = await headersOf(family).find(where, p.and(carried, different), 'may', patience);
      return found.kind === 'none' ? 'no' : found.kind === 'some' ? 'perhaps' : 'unknown';
    },
    frames: (subject, family) =>
      groupsOf(subject).map((group) =>
        framesOf(planeOf(subject), subject.firewall, subject.policy, group, family, payloads),
      ),
    judged: (subject, flow) => judged(subject, flow, new Map()),
    async close() {
      for (const headers of open.values()) await headers.close();
    },
  };
}

/** A connection's first packet; what follows it has flags of its own. */
const opening = p.or(p.not(p.equals('protocol', protocols.tcp)), p.equals('flags', syn));

/** Of the network no more than a firewall looks at. */
const makePlane = (network: Network, payloads: PayloadSpace): Plane =>
  createPlane(
    { ...network, interfaces: new Map(), natGateways: new Map() },
    {
      sides: new Map(),
      grouping: true,
      label: () => '',
      wanted: () => true,
      exacting: false,
      replies: false,
      mode: 'data',
      payloads,
    },
  );

/** The predicate over other unknowns; `known` learns which stand for which. */
const renamed = (predicate: Predicate, name: (key: string) => string, known: Map<string, string>): Predicate =>
  replacingUnknowns((key) => {
    const other = name(key);
    known.set(key, other);
    return p.unknown(other);
  })(predicate);
