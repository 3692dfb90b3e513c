/**
 * Both networks as products of all flows between all places: of the same symbols, the same classes of interfaces and
 * the same payloads, so that what is equal in them can be told.
 */
import {
  type Place,
  type Plane,
  type Predicate,
  addressesOf,
  carriable,
  classify,
  contextKey,
  createPlane,
  createSymbols,
  freeHeader,
  looksAtPayload,
  payloadSpace,
  placeKey,
  predicate as p,
  queriesTold,
  statefulRules,
  variableOf,
} from '../dataplane/index.ts';
import { type Family, families } from '../net/address.ts';
import { contains, sameIntervals } from '../net/interval.ts';
import { intervalsOf } from '../net/prefix.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import {
  type Product,
  type ProductOptions,
  type State,
  explore,
  labelOf,
  namesIn,
  planeOptionsFor,
  trafficOf,
} from '../verify/index.ts';
import { type Ends, createEnds, turns } from './places.ts';

export interface Side {
  readonly network: Network;
  readonly plane: Plane;
  readonly product: Product;
  /** By what tells states apart. */
  readonly byKey: ReadonlyMap<string, State>;
  readonly keyOf: (state: State) => string;
}

/** Both networks, for one family. */
export interface Pair {
  readonly family: Family;
  readonly before: Side;
  readonly after: Side;
  readonly ends: Ends;
  /** What every packet satisfies in both. */
  readonly always: Predicate;
}

type Label = (nic: NetworkInterface) => string;

/** Products of the question for one of its families; the interfaces named stand for themselves alone. */
export function pairOf(
  before: Network,
  after: Network,
  question: Question,
  family: Family,
  alone: ReadonlySet<string>,
  options: ProductOptions,
): Pair {
  const [old, now] = [inOrder(before), inOrder(after)];
  return productsOf(old, now, question, family, labels(old, now, question, alone), options);
}

/** Classes are named after the first of their interfaces, which is to be the same in both networks. */
const inOrder = (network: Network): Network => ({
  ...network,
  interfaces: new Map([...network.interfaces].sort(([a], [b]) => (a < b ? -1 : 1))),
});

/** Interfaces are one class only if they are in both networks, and the same addresses lead to them. */
function labels(old: Network, now: Network, question: Question, alone: ReadonlySet<string>): Label {
  const asked = labelOf(now, question);
  const classes = [old, now].map((network) => {
    const own = classify(network, true, () => '');
    return new Map(own.flatMap(({ id, interfaces }) => interfaces.map((nic) => [nic.id, id] as const)));
  });
  // Where a public address is a private one besides, an address does not tell which interface is meant.
  const confused = [old, now].some((network) => {
    const blocks = intervalsOf(
      [...network.vpcs.values()].flatMap(({ cidrs }) => cidrs),
      'ipv4',
    );
    return [...network.interfaces.values()].some(({ addresses }) =>
      addresses.some(({ publicIp, carrierIp }) =>
        [publicIp, carrierIp].some((one) => one?.family === 'ipv4' && contains(blocks, one.value)),
      ),
    );
  });
  return (nic) => {
    const [mine, other] = [old.interfaces.get(nic.id), now.interfaces.get(nic.id)];
    if (confused || alone.has(nic.id) || mine === undefined || other === undefined || !sameAddresses(mine, other))
      return nic.id;
    return [...classes.map((one) => one.get(nic.id) ?? ''), asked(nic)].join('|');
  };
}

const sameAddresses = (a: NetworkInterface, b: NetworkInterface): boolean =>
  families.every((family) => sameIntervals(addressesOf(a, family), addressesOf(b, family))) &&
  JSON.stringify(mapped(a)) === JSON.stringify(mapped(b));

const mapped = ({ addresses, imaginary }: NetworkInterface): readonly string[] =>
  [
    ...addresses.flatMap(({ address, publicIp, carrierIp }) =>
      [publicIp, carrierIp].map((one) => `${address.value} ${one?.value ?? ''}`),
    ),
    `${imaginary?.publicIp?.value ?? ''}`,
  ].sort();

function productsOf(
  old: Network,
  now: Network,
  question: Question,
  family: Family,
  label: Label,
  options: ProductOptions,
): Pair {
  const symbols = createSymbols();
  const payloads = payloadSpace(
    [old, now].flatMap((network) => statefulRules(network.ruleGroups.values())),
    namesIn(question),
    {
      patterns: [old, now].flatMap((network) => queriesTold(network).patterns),
      types: [...new Set([old, now].flatMap((network) => queriesTold(network).types))].sort(),
    },
  );
  const planeOf = (network: Network): Plane =>
    createPlane(network, {
      ...planeOptionsFor(network, question, { ...options, grouping: true }),
      label,
      payloads,
      symbols,
    });
  const [first, second] = [planeOf(old), planeOf(now)];
  // Where one side looks at what flows carry, both are asked of flows that carry something that can be.
  const looking = [first, second].find(looksAtPayload);
  const always =
    looking === undefined ? p.yes : p.and(carriable(payloads), trafficOf(looking, question, question.traffic, family));
  const ends = createEnds(symbols, freeHeader(symbols, 'sent', family));
  const side = (plane: Plane): Side => sideOf(plane, question, family, options);
  return { family, before: side(first), after: side(second), ends, always };
}

function sideOf(plane: Plane, question: Question, family: Family, options: ProductOptions): Side {
  const product = explore(plane, question, family, options);
  const keys = new Map<State, string>();
  const keyOf = (state: State): string => {
    let key = keys.get(state);
    if (key === undefined) keys.set(state, (key = `${placeKey(state.place)}|${contextKey(state.context)}`));
    return key;
  };
  return { network: plane.network, plane, product, byKey: new Map(product.states.map((s) => [keyOf(s), s])), keyOf };
}

/**
 * Interfaces that flows of the part come to under addresses which the first header does not tell: as targets of
 * balancers, or behind what may send anything. Where others are of their class, it is not told which of them a flow
 * comes to, so that they have to stand alone.
 */
export function toldApart({ states, first }: Product): readonly string[] {
  const found = new Set<string>();
  for (const { place, context, end, out } of states) {
    if (!isArrival(place) || place.of.interfaces.length < 2) continue;
    if (end.kind === 'false' && !out.some(turns)) continue;
    if (variableOf(context.header.dst) === first.dst) continue;
    for (const { id } of place.of.interfaces) found.add(id);
  }
  return [...found];
}

const isArrival = (place: Place): place is Extract<Place, { kind: 'arrived' | 'guest' }> =>
  place.kind === 'arrived' || place.kind === 'guest';
