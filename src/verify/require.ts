/**
 * Requirements: from every address of every member some flow arrives, whatever client port its sender picks and
 * whatever AWS chooses (`interfaces.md`, modes). Addresses and ports that no guard tells apart share one check.
 */
import { type Variable, addressesOf, isChoice } from '../dataplane/index.ts';
import { inIntervals } from '../logic/vector.ts';
import { present } from '../base/present.ts';
import type { Family } from '../net/address.ts';
import { type Intervals, single } from '../net/interval.ts';
import { hasPorts } from '../net/protocol.ts';
import type { InterfaceRole } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import { placeKey } from '../policy/places.ts';
import type { Question } from '../policy/question.ts';
import clientPorts from '../../models/client-ports.json' with { type: 'json' };
import { type Existence, timedOut } from './decide.ts';
import { vectorOf } from './encoding.ts';
import { representatives, testedSets, testedVariables } from './parts.ts';
import type { Product } from './product.ts';
import { type Session, type SessionOptions, openSession, planeFor } from './session.ts';
import { existsWherever } from './wherever.ts';

/** A sender: a place outside, or an interface with one of its addresses. */
export interface Sender {
  readonly member: string;
  readonly address?: bigint;
}

/** Senders that nothing on their way tells apart, and whether they get through. */
export interface Part {
  readonly senders: readonly Sender[];
  readonly family: Family;
  readonly existence: Existence;
}

export interface RequireOptions extends SessionOptions {
  readonly timeoutMs: number;
}

/**
 * Every part of every member of `from`, in one family; members without addresses of it have no part. Where time ran out
 * before a session was opened, there is none.
 */
export async function requireFrom(
  network: Network,
  question: Question,
  family: Family,
  options: RequireOptions,
  each: (session: Session | undefined, part: Part) => void,
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  const attempts = attemptsFrom(network, question);
  for (const group of new Set(attempts.map((attempt) => attempt.group))) {
    const waiting: Waiting[] = [];
    const left = () => deadline - Date.now();
    if (left() <= 0) {
      for (const senders of partsOf(network, [], group.members, family))
        each(undefined, { senders, family, existence: timedOut('timeout') });
      continue;
    }
    const own = attempts.filter((attempt) => attempt.group === group);
    for (const [i, { asked, copies }] of own.entries()) {
      const plane = planeFor(network, asked, options);
      const session = openSession(plane, asked, family, { ...options, deadline }, copies);
      try {
        const parts =
          i === 0 ? partsOf(network, sourcesTested(session), group.members, family).map(asIs) : waiting.splice(0);
        for (const { senders, open } of parts) {
          const existence = await existsFrom(session, asked, senders[0]!.address, left());
          const doubt = existence.kind === 'open' ? { session, existence } : open;
          if (existence.kind === 'some') each(session, { senders, family, existence });
          else if (i < own.length - 1) waiting.push({ senders, ...present({ open: doubt }) });
          // What one way leaves open is not settled by the other way having none.
          else if (doubt !== undefined) each(doubt.session, { senders, family, existence: doubt.existence });
          else each(session, { senders, family, existence });
        }
      } finally {
        await session.close();
      }
    }
  }
}

/** Senders without a flow so far, and what an attempt before left open of them. */
interface Waiting {
  readonly senders: readonly Sender[];
  readonly open?: { readonly session: Session; readonly existence: Existence };
}

const asIs = (senders: readonly Sender[]): Waiting => ({ senders });

/** The questions that all have to be kept: one for each member of `to` where each is demanded. */
export const pairsIn = (question: Question): readonly Question[] =>
  question.every === 'pair'
    ? question.to.members.map((member) => ({ ...question, to: { ...question.to, members: [member] } }))
    : [question];

/** One way in which members together may have their flows. */
export interface Attempt {
  readonly group: Group;
  /** The question of these members alone. */
  readonly asked: Question;
  readonly withPorts: boolean;
  /** What is fixed in each of the flows that all have to exist. */
  readonly copies: (product: Product) => readonly ReadonlyMap<Variable, bigint>[];
}

/** A flow with ports has to work from every client port; one without has none. Either will do. */
export const attemptsFrom = (network: Network, question: Question): readonly Attempt[] =>
  groups(network, question).flatMap((group) =>
    portKinds(question).map((withPorts) => ({
      group,
      asked: { ...question, from: { ...question.from, members: group.members } },
      withPorts,
      copies: (product: Product) => copiesFor(product, question, withPorts, group.ports),
    })),
  );

interface Group {
  readonly members: Question['from']['members'];
  /** The client ports that its senders use. */
  readonly ports: Intervals;
}

/** Members whose senders use the same client ports together; the outside places one by one. */
function groups(network: Network, { from }: Question): readonly Group[] {
  const byRange = new Map<string, { members: Question['from']['members'][number][]; ports: Intervals }>();
  for (const member of from.members) {
    const role = member.kind === 'interface' ? network.interfaces.get(member.id)!.role : undefined;
    const ports = portsOf(role);
    // Inside a VPC an address has one holder; the same address in another VPC is another sender.
    const key =
      member.kind === 'interface' ? `${ports[0]!.lo} ${network.interfaces.get(member.id)!.vpc}` : placeKey(member);
    const found = byRange.get(key);
    if (found === undefined) byRange.set(key, { members: [member], ports });
    else found.members.push(member);
  }
  return [...byRange.values()];
}

/** Semantics 3.13, from models/client-ports.json. */
function portsOf(role: InterfaceRole | undefined): Intervals {
  const { from, to } =
    role === 'lambda' || role === 'load-balancer' || role === undefined ? clientPorts.managed : clientPorts.host;
  return [{ lo: BigInt(from), hi: BigInt(to) }];
}

function portKinds({ traffic }: Question): readonly boolean[] {
  const kinds = traffic.map(({ protocol }) => (protocol === undefined ? undefined : hasPorts(protocol)));
  if (kinds.length > 0 && kinds.every((kind) => kind === true)) return [true];
  if (kinds.length > 0 && kinds.every((kind) => kind === false)) return [false];
  return [true, false];
}

function existsFrom(
  session: Session,
  question: Question,
  address: bigint | undefined,
  timeoutMs: number,
): Promise<Existence> {
  const from = ({ product, alphabet, open }: Session) => {
    const { src } = product.first;
    if (address === undefined || src.kind !== 'variable' || !open) return [];
    return [inIntervals(alphabet.terms, vectorOf(alphabet, src), single(address))];
  };
  return existsWherever(session, question, 'some', { timeoutMs, assumptions: from });
}

const sourcesTested = ({ product }: Session): readonly Intervals[] =>
  product.first.src.kind === 'variable' ? testedSets(product, product.first.src) : [];

/** Each interface's addresses, those together that no guard tells apart; one part for a place outside. */
function partsOf(
  network: Network,
  tested: readonly Intervals[],
  members: Question['from']['members'],
  family: Family,
): readonly (readonly Sender[])[] {
  const alike = new Map<string, Sender[]>();
  const outside: Sender[][] = [];
  for (const member of members) {
    if (member.kind !== 'interface') {
      outside.push([{ member: member.kind }]);
      continue;
    }
    for (const { lo, key } of representatives(addressesOf(network.interfaces.get(member.id)!, family), tested)) {
      const sender = { member: member.id, address: lo };
      const known = alike.get(key);
      if (known === undefined) alike.set(key, [sender]);
      else known.push(sender);
    }
  }
  return [...alike.values(), ...outside];
}

/** The values to fix in each copy: one of every stretch of client ports, and of every choice that AWS has. */
function copiesFor(
  product: Product,
  question: Question,
  withPorts: boolean,
  ports: Intervals,
): readonly ReadonlyMap<Variable, bigint>[] {
  let copies: readonly ReadonlyMap<Variable, bigint>[] = [new Map()];
  const vary = (variable: Variable, range: Intervals): void => {
    const parts = representatives(range, testedSets(product, variable));
    copies = copies.flatMap((copy) => parts.map(({ lo }) => new Map(copy).set(variable, lo)));
  };
  const { srcPort } = product.first;
  if (srcPort.kind === 'variable') {
    const asked = question.traffic.flatMap(({ srcPorts }) => srcPorts ?? []);
    const range = asked.length === 1 ? [{ lo: BigInt(asked[0]!.from), hi: BigInt(asked[0]!.to) }] : ports;
    vary(srcPort, withPorts ? range : single(0n));
  }
  for (const variable of choicesIn(product)) vary(variable, variable.domain);
  return copies;
}

/** How the names of header variables start that AWS or a guest chooses. */
const chooses = ['nat.', 'guest.', 'lb.'];

/** Variables that AWS chooses: a NAT gateway's address and port, a balancer's target, zones, ways of equal cost. */
function choicesIn(product: Product): readonly Variable[] {
  const found = new Set<Variable>();
  for (const { context } of product.states)
    for (const symbol of [context.header.src, context.header.srcPort, context.header.dst])
      if (symbol.kind === 'variable' && chooses.some((start) => symbol.name.startsWith(start))) found.add(symbol);
  return [...found, ...testedVariables(product).filter((variable) => isChoice(variable))];
}
