/** A found path as a concrete flow: the packet, where it starts and ends, and every choice made on the way. */
import {
  type Header,
  type InterfaceClass,
  type Place,
  type Plane,
  type Variable,
  addressesOf,
  balancerOf,
  endpointOf,
  looksAtPayload,
  payloadsOf,
  standingBehind,
  valueOf,
} from '../dataplane/index.ts';
import { invariant, unreachable } from '../base/invariant.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { protocols } from '../net/protocol.ts';
import { syn } from '../net/tcp-flags.ts';
import { firewallAt } from '../network/firewall.ts';
import type { Network } from '../network/network.ts';
import {
  type ApplianceChoice,
  type Choices,
  type Delivery,
  type Emission,
  type Origin,
  nextTurnKey,
} from '../network/replay.ts';
import type { Path } from './search.ts';
import type { Values } from './example.ts';
import type { State, Step } from './product.ts';
import { betweenNetworks } from './way.ts';

export interface Witness {
  readonly origin: Origin;
  readonly packet: Packet;
  /** Absent where nothing on the way looks at it. */
  readonly payload?: Payload;
  readonly delivery: Delivery;
  readonly choices: Choices;
  readonly facts: readonly string[];
}

export function witnessOf(plane: Plane, path: Path, values: Values): Witness {
  const { network } = plane;
  const value = (variable: Variable): bigint => values.get(variable) ?? variable.domain[0]!.lo;
  const { start, steps } = path;
  const packet = concrete(start.context.header, value);
  const states = [start, ...steps.map(({ to }) => to)];
  const end = states.findLast(({ place, context }) => context.phase === 'forward' && place.kind !== 'replied')!;
  const keeps = end.place.kind === 'guest' ? end.place.of.interfaces[0]!.id : undefined;
  const nat = new Map<string, { address: Packet['src']; port: number }>();
  const emits = new Map<string, Emission>();
  const appliances = new Map<string, ApplianceChoice>();
  for (const step of steps) {
    const { from, to } = step;
    if (from.context.phase === 'reply' || to.context.phase === 'reply') continue;
    record(plane, step, value, nat, emits);
    const inspected = applianceAt(network, from, to);
    if (inspected !== undefined) appliances.set(nextTurnKey(appliances, inspected.endpoint), inspected.choice);
  }
  return {
    origin: originOf(start, packet),
    packet,
    ...carriedIn(plane, start.context.header, value),
    delivery: deliveryOf(network, end, concrete(end.context.header, value)),
    choices: {
      nat,
      emits,
      ...(appliances.size === 0 ? {} : { appliances }),
      ...entrance(steps[0]?.to),
      ...betweenNetworks(plane, path),
      ...(keeps === undefined ? {} : { keeps }),
      ...holdersIn(network, states, value),
      ...answersBy(network, path),
    },
    facts: [...new Set(steps.flatMap(({ facts }) => facts))],
  };
}

/**
 * The imaginary and unread interfaces that the flow leaves and comes to, several of which may hold one address; and those
 * behind which it comes to a VPN client.
 */
function holdersIn(
  { interfaces }: Network,
  states: readonly State[],
  value: (v: Variable) => bigint,
): Pick<Choices, 'holders'> {
  const holders = states.flatMap(({ place, context }) => {
    if (place.kind === 'onprem' && context.phase === 'forward' && interfaces.has(place.line ?? ''))
      return [{ address: concrete(context.header, value).dst, interface: place.line! }];
    if ((place.kind !== 'leaving' && place.kind !== 'arrived') || !place.of.imaginary) return [];
    const { src, dst } = concrete(context.header, value);
    return [{ address: place.kind === 'leaving' ? src : dst, interface: place.of.interfaces[0]!.id }];
  });
  return holders.length === 0 ? {} : { holders };
}

/** The interface by which the guest answers, where it is another than the packet came to. */
function answersBy(network: Network, { steps }: Path): Pick<Choices, 'repliesBy'> {
  const turn = steps.find(({ from, to }) => from.context.phase === 'forward' && to.context.phase === 'reply');
  if (turn === undefined || turn.to.place.kind !== 'subnet') return {};
  const { place } = turn.from;
  const { id } = turn.to.place;
  if ((place.kind !== 'arrived' && place.kind !== 'guest') || place.of.subnet === id) return {};
  const exit = exitOf(network, place.of, turn);
  return exit === undefined ? {} : { repliesBy: exit };
}

/** The opaque element, service network or Client VPN endpoint by which a packet from outside came in, if it came in by one. */
function entrance(first: State | undefined): Pick<Choices, 'enters'> {
  if (first === undefined || first.context.root === 'interface') return {};
  if (first.place.kind === 'client-vpn') return { enters: first.place.endpoint };
  if (first.place.kind === 'lattice' && first.place.network !== undefined) return { enters: first.place.network };
  return first.place.kind === 'opaque' ? { enters: first.place.id } : {};
}

/** Which appliance behind a Gateway Load Balancer endpoint just took the packet, and what it does with it. */
function applianceAt(
  network: Network,
  from: State,
  { place }: State,
): { readonly endpoint: string; readonly choice: ApplianceChoice } | undefined {
  switch (place.kind) {
    case 'firewall-endpoint':
      if (firewallAt(network, place.id) !== undefined) return undefined;
      return { endpoint: place.id, choice: place.by === undefined ? {} : { by: place.by } };
    case 'appliance':
      return { endpoint: place.endpoint, choice: { by: place.of.interfaces[0]!.id, onward: true } };
    case 'opaque':
      return from.place.kind !== 'opaque' && network.endpoints.get(place.id)?.endpointType === 'GatewayLoadBalancer'
        ? { endpoint: place.id, choice: { onward: true } }
        : undefined;
    case 'leaving':
    case 'subnet':
    case 'local':
    case 'arrived':
    case 'nat-gateway':
    case 'guest':
    case 'lattice':
    case 'network-function':
    case 'client-vpn':
    case 'gateway-table':
    case 'transit-gateway':
    case 'internet':
    case 'onprem':
    case 'service':
    case 'dns':
    case 'link-local':
    case 'replied':
      return undefined;
  }
}

/** What the element just left has chosen. */
function record(
  plane: Plane,
  step: Step,
  value: (v: Variable) => bigint,
  nat: Map<string, { address: Packet['src']; port: number }>,
  emits: Map<string, Emission>,
): void {
  const { network } = plane;
  const { from, to } = step;
  const { place } = from;
  const packet = concrete(to.context.header, value);
  if (place.kind === 'nat-gateway') nat.set(nextTurnKey(nat, place.id), { address: packet.src, port: packet.srcPort });
  if (place.kind === 'client-vpn') nat.set(place.endpoint, { address: packet.src, port: packet.srcPort });
  const { dst } = to.context.header;
  if (place.kind === 'internet' && dst.kind === 'variable')
    for (const id of standingBehind(dst.name)) nat.set(id, { address: packet.dst, port: 0 });
  const sender = emitterAt(network, from, to);
  if (sender !== undefined)
    emits.set(nextTurnKey(emits, sender), {
      packet,
      ...carriedIn(plane, to.context.header, value),
      at: emergence(to.place),
    });
  if (place.kind !== 'guest' && place.kind !== 'appliance') return;
  const entered = place.of.interfaces[0]!;
  const exit = exitOf(network, place.of, step);
  if (exit === undefined) return;
  const key = nextTurnKey(emits, entered.id);
  const [before, after] = [from.context.header, to.context.header];
  if (before.src !== after.src || before.srcPort !== after.srcPort)
    nat.set(key, { address: packet.src, port: packet.srcPort });
  emits.set(key, { packet, at: { kind: 'interface', id: exit } });
}

/** The opaque element, load balancer, endpoint, service or resource that was just left. */
function emitterAt(network: Network, { place }: State, to: State): string | undefined {
  if (place.kind === 'opaque' || place.kind === 'lattice') return place.id;
  if (place.kind !== 'arrived' || to.place.kind !== 'leaving') return undefined;
  const { id } = place.of.interfaces[0]!;
  return (endpointOf(network, id) ?? balancerOf(network, id))?.id;
}

/** The interface of the guest's instance by which it left into that subnet, where several may stand. */
function exitOf(network: Network, of: InterfaceClass, { to: { place }, crosses }: Step): string | undefined {
  const entered = of.interfaces[0]!;
  // What it makes of the packet then, it emits as an opaque element.
  if (place.kind === 'opaque') return undefined;
  if (place.kind !== 'subnet') return entered.id;
  const ids = entered.instance === undefined ? [] : (network.instances.get(entered.instance)?.interfaces ?? []);
  const there = [entered.id, ...ids].filter((id) => network.interfaces.get(id)?.subnet === place.id);
  return there.find((id) => crosses.includes(id)) ?? there[0];
}

function emergence(place: Place): Emission['at'] {
  switch (place.kind) {
    case 'local':
      return { kind: 'vpc', id: place.vpc };
    case 'leaving':
      // A balancer may keep the client's source: any of its nodes' interfaces sends it.
      return { kind: 'interface', id: place.of.interfaces[0]!.id };
    case 'subnet':
      return { kind: 'subnet', id: place.id };
    case 'service':
      return { kind: 'endpoint', id: place.endpoint };
    case 'gateway-table':
      return { kind: 'table', id: place.table, vpc: place.vpc };
    case 'internet':
      return { kind: 'internet' };
    case 'onprem':
      return { kind: 'onprem' };
    case 'dns':
      return { kind: 'dns' };
    case 'transit-gateway':
      return { kind: 'table', id: place.table ?? '', vpc: '' };
    case 'arrived':
    case 'nat-gateway':
    case 'firewall-endpoint':
    case 'network-function':
    case 'client-vpn':
    case 'guest':
    case 'appliance':
    case 'opaque':
    case 'lattice':
    case 'link-local':
    case 'replied':
      return unreachable(place as never);
  }
}

function originOf({ place, context }: State, packet: Packet): Origin {
  if (place.kind === 'internet' || place.kind === 'onprem') return { kind: place.kind };
  invariant(place.kind === 'leaving', 'a flow starts at an interface, the internet or on premises');
  return { kind: 'interface', id: context.forger ?? holderOf(place.of, packet.src) };
}

function deliveryOf(network: Network, { place }: State, packet: Packet): Delivery {
  switch (place.kind) {
    case 'arrived':
      return { kind: 'interface', id: holderOf(place.of, packet.dst) };
    case 'guest':
      return { kind: 'interface', id: place.of.interfaces[0]!.id };
    case 'internet':
    case 'onprem':
    case 'dns':
    case 'link-local':
      return { kind: place.kind };
    case 'service':
      return { kind: 'service', name: network.endpoints.get(place.endpoint)!.serviceName, endpoint: place.endpoint };
    case 'leaving':
    case 'subnet':
    case 'local':
    case 'nat-gateway':
    case 'firewall-endpoint':
    case 'appliance':
    case 'network-function':
    case 'client-vpn':
    case 'opaque':
    case 'lattice':
    case 'gateway-table':
    case 'transit-gateway':
    case 'replied':
      return unreachable(place as never);
  }
}

function holderOf(of: InterfaceClass, address: Packet['src']): string {
  const nic = of.interfaces.find((one) => contains(addressesOf(one, address.family), address.value));
  invariant(nic !== undefined, `an interface of the class \`${of.id}\` holds the address`);
  return nic.id;
}

/** The header with every symbol at its value. */
export function concrete(header: Header, value: (v: Variable) => bigint): Packet {
  const at = (field: Exclude<keyof Header, 'family'>): bigint => {
    const found = valueOf(header[field], value);
    invariant(found !== undefined, `the ${field} of a packet on its way has a value`);
    return found;
  };
  const address = (field: 'src' | 'dst'): Packet['src'] => ({ family: header.family, value: at(field) });
  return {
    src: address('src'),
    dst: address('dst'),
    protocol: Number(at('protocol')),
    srcPort: Number(at('srcPort')),
    dstPort: Number(at('dstPort')),
    icmpType: Number(at('icmpType')),
    icmpCode: Number(at('icmpCode')),
    fragment: at('fragment') === 1n,
    ...flagsOf(Number(at('protocol')), Number(at('flags'))),
  };
}

/** What a packet with that header carries, where some firewall looks at it. */
function carriedIn(plane: Plane, { payload }: Header, value: (v: Variable) => bigint): { payload?: Payload } {
  const number = looksAtPayload(plane) ? valueOf(payload, value) : undefined;
  return number === undefined ? {} : { payload: payloadsOf(plane).witness(Number(number)) };
}

/** SYN alone is not told. */
const flagsOf = (protocol: number, tcpFlags: number): Pick<Packet, 'tcpFlags'> =>
  protocol === protocols.tcp && tcpFlags !== syn ? { tcpFlags } : {};
