/**
 * What is asked of a network, names found and traffic read, before it is settled which interfaces exist: the same
 * intent becomes a question about the network as read, or about the network with imaginary hosts in it.
 */
import { type Address, type Family, parseAddress } from '../net/address.ts';
import { type Blocks, blocksNamed } from '../network/named-block.ts';
import type { Network } from '../network/network.ts';
import { withPotential } from '../network/potential.ts';
import type { Mode } from '../network/replay.ts';
import { certified } from '../network/unknown.ts';
import { placesOf, subnetsNamed } from './places.ts';
import type { Exception, Question, Traffic, Waypoint } from './question.ts';
import type { Selection } from './selection.ts';

/** As an exception, with places not yet settled. */
export interface IntendedException {
  readonly via?: Waypoint;
  readonly traffic?: readonly Traffic[];
  readonly from?: Selection;
  readonly to?: Selection;
}

export interface Intent {
  readonly kind: Question['kind'];
  readonly from: Selection;
  readonly to: Selection;
  readonly traffic: readonly Traffic[];
  readonly families: readonly Family[];
  readonly mode: Mode;
  readonly onPayload?: true;
  readonly names?: 'honest';
  readonly via: readonly Waypoint[];
  readonly avoid: readonly Waypoint[];
  readonly viaBoth: readonly Waypoint[];
  readonly except: readonly IntendedException[];
  readonly every: Question['every'];
  readonly sides: ReadonlyMap<string, boolean>;
  /** Imaginary hosts in the subnets named: none, as the subnets assign public addresses, or all with one. */
  readonly potential: boolean | 'public';
}

/** What each kind of question asks for unless told otherwise (`interfaces.md`, Modes). */
export const defaultMode: Readonly<Record<Question['kind'], Mode>> = {
  ask: 'connection',
  forbid: 'packet',
  require: 'data',
};

/** The question that the intent is in this network, which is the one it was read against or one with imaginary hosts. */
export function questionOf(network: Network, intent: Intent): Question {
  const { from, to, except, potential: _, ...rest } = intent;
  const counted = intent.kind === 'require' ? 'read' : 'all';
  return {
    ...rest,
    from: placesOf(network, from, 'from', counted),
    to: placesOf(network, to, 'to', counted),
    except: except.map((each) => settled(network, each)),
    sides: intent.names === 'honest' ? new Map([...certificates(network), ...intent.sides]) : intent.sides,
  };
}

/** What answers to a name that is meant has a certificate for it (semantics 10.68). */
const certificates = ({ tlsInspections }: Network): readonly (readonly [string, boolean])[] =>
  [...tlsInspections.keys()].map((arn) => [certified(arn), true]);

const settled = (network: Network, { from, to, ...rest }: IntendedException): Exception => ({
  ...rest,
  ...(from === undefined ? {} : { from: placesOf(network, from, 'from') }),
  ...(to === undefined ? {} : { to: placesOf(network, to, 'to') }),
});

/** The subnets whose imaginary hosts the intent asks for. */
export const potentialSubnets = (network: Network, { from, to, potential }: Intent): readonly string[] =>
  potential === false ? [] : unique([...subnetsNamed(network, from), ...subnetsNamed(network, to)]);

/** The subnets that the intent names, by themselves or by their VPC, in which nothing can play its part. */
export const emptySubnets = (network: Network, { from, to }: Intent): readonly string[] =>
  unique([...subnetsNamed(network, from, 'from'), ...subnetsNamed(network, to, 'to')]);

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** The network with imaginary hosts in these subnets, public addresses as the intent says. */
export const imagined = (network: Network, subnets: readonly string[], { potential }: Intent): Network =>
  subnets.length === 0 ? network : withPotential(network, subnets, potential === 'public');

/** The blocks that the intent names, which may tell apart addresses that nothing of the network does. */
export const blocksAsked = ({ from, to, traffic, except }: Intent): Blocks =>
  blocksNamed([
    traffic,
    except.map((each) => each.traffic),
    [from, to, ...except.flatMap((each) => [each.from, each.to])].map((one) =>
      one?.matches.map(({ term }) => term.named),
    ),
  ]);

/** Whether what it names by an address narrowed to a kind was found where addresses to come stand at present. */
export const isFoundByAddress = ({ from, to, except }: Intent): boolean =>
  [from, to, ...except.flatMap((each) => [each.from, each.to])].some((one) =>
    one?.matches.some(({ term }) => term.narrow !== undefined && term.named.kind === 'prefix'),
  );

/** Addresses that somebody has told, by their keys (`valueOf`). */
export const valuesDeclared = ({ sides }: Intent): ReadonlyMap<string, Address> =>
  new Map(
    [...sides.keys()].flatMap((key) => {
      const [, name, text] = /^(value:.*)=([^=]*)$/s.exec(key) ?? [];
      const address = text === undefined ? undefined : parseAddress(text);
      return address === undefined ? [] : [[name!, address] as const];
    }),
  );
