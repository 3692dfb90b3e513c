/** Clients of Client VPN that keep their address, over IPv6: what hosts send to them, and what they answer (semantics 14.3). */
import { type Intervals, single, subtract, unionAll } from '../net/interval.ts';
import { rangeOf } from '../net/prefix.ts';
import { clientVpnOf, hasClientsBehind } from '../network/client-vpn-endpoint.ts';
import { passes } from '../network/unknown.ts';
import { admittedBy } from './client-vpn-endpoint.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { type InterfaceClass, addressesOf, idsOf } from './interface-class.ts';
import { arriveOnPremises } from './line.ts';
import { type Plane, blocksOf, once, open } from './plane.ts';
import { type Predicate, and, isIn, no, not, or, yes } from './predicate.ts';
import { ingressOf } from './security-group.ts';

/** What goes on to a client, where the interface is addressed or stands where the destination is; clients are outside. */
export function toClients(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  const taken = takenByClients(plane, of, context);
  return taken.kind === 'false' ? [] : onToClients(plane, of, context, taken);
}

/** The same, where a route leads to the interface, whatever it is for. */
export function routedToClients(plane: Plane, of: InterfaceClass, context: Context): readonly Edge[] {
  if (!leadsToClients(plane, of, context)) return [];
  const elsewhere = not(isIn('dst', unionAll([clientAddresses(plane, of), ownAddresses(of)])));
  return onToClients(plane, of, context, and(elsewhere, lets(plane, of)));
}

/** The destination is a client's, and no address at which the interface itself takes anything. */
export const takenByClients = (plane: Plane, of: InterfaceClass, context: Context): Predicate =>
  leadsToClients(plane, of, context) ? and(isIn('dst', clientAddresses(plane, of)), lets(plane, of)) : no;

/** A client's answer, by the interface by which it was asked; undefined where that was another line on premises. */
export function answerByClient(plane: Plane, line: string, context: Context): readonly Edge[] | undefined {
  const of = plane.classOf.get(line);
  if (of === undefined) return undefined;
  const endpoint = clientVpnOf(plane.network, line);
  const admitted = admittedBy(plane, line, context.header.family);
  const sends = endpoint === undefined || admitted === undefined ? yes : or(admitted, open(plane, passes(endpoint.id)));
  return edge(sends, { kind: 'subnet', id: of.subnet }, context, crossed(plane, of));
}

/** Clients may be behind the interface, and the packet can be for one. */
const leadsToClients = ({ network }: Plane, { interfaces }: InterfaceClass, { header, phase }: Context): boolean =>
  header.family === 'ipv6' && phase === 'forward' && hasClientsBehind(network, interfaces[0]!);

const lets = (plane: Plane, { interfaces }: InterfaceClass): Predicate => open(plane, passes(interfaces[0]!.id));

const onToClients = (plane: Plane, of: InterfaceClass, context: Context, taken: Predicate): readonly Edge[] => {
  const works = of.health === undefined ? yes : open(plane, of.health);
  const guard = and(taken, works, ingressOf(plane, of, context));
  return arriveOnPremises(guard, of.interfaces[0]!.id, context, crossed(plane, of));
};

function crossed(plane: Plane, of: InterfaceClass): readonly string[] {
  const endpoint = clientVpnOf(plane.network, of.interfaces[0]!.id);
  return [...idsOf(plane.network, of), ...(endpoint === undefined ? [] : [endpoint.id])];
}

/**
 * From which block clients have their addresses, no call tells: any of the VPC that nothing else is known to hold may be
 * one's, and any that was delegated to the interface.
 */
const clientAddresses = (plane: Plane, of: InterfaceClass): Intervals =>
  once(plane, `clients behind ${of.id}`, () => {
    const own = of.interfaces[0]!;
    const others = (plane.classesOfVpc.get(of.vpc) ?? [])
      .flatMap(({ interfaces }) => interfaces)
      .filter((nic) => nic !== own && nic.imaginary === undefined);
    const held = unionAll(others.map((nic) => addressesOf(nic, 'ipv6')));
    const delegated = own.prefixes.flatMap((prefix) => (prefix.family === 'ipv6' ? [rangeOf(prefix)] : []));
    const perhaps = subtract(blocksOf(plane, of.vpc, 'ipv6'), held);
    return subtract(unionAll([perhaps, delegated]), ownAddresses(of));
  });

/** Those at which the interface itself answers. */
const ownAddresses = ({ interfaces }: InterfaceClass): Intervals =>
  unionAll(
    interfaces[0]!.addresses.flatMap(({ address }) => (address.family === 'ipv6' ? [single(address.value)] : [])),
  );
