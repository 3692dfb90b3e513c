/** GENEVE between a Gateway Load Balancer's nodes and an appliance: what its groups and the ACLs must let (semantics 11.1). */
import { unreachable } from '../base/invariant.ts';
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { protocols } from '../net/protocol.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Appliance } from '../network/gateway-load-balancer.ts';
import { areComparable } from '../network/zone.ts';
import type { Field } from './header.ts';
import type { InterfaceClass } from './interface-class.ts';
import { acl } from './network-acl.ts';
import { type Plane, once } from './plane.ts';
import { type Predicate, and, anyOf, constant, no, not, yes } from './predicate.ts';
import { egressOf, ingressByAddress } from './security-group.ts';

const port = 6081;

/** In and out again between the appliance and every node that sends what comes in by the endpoint. */
export const opensGeneve = (plane: Plane, endpoint: VpcEndpoint, appliance: Appliance, of: InterfaceClass): Predicate =>
  once(plane, `geneve ${endpoint.id} ${appliance.interface} ${appliance.balancer.id}`, () => {
    const { address, balancer } = appliance;
    const nodes = nodesFor(plane, endpoint, appliance);
    if (of.vpc !== balancer.vpc || nodes.length === 0) return no;
    return and(...nodes.map((node) => exchanged(plane, node, { address, subnet: of.subnet }, of)));
  });

interface End {
  readonly address: Address;
  readonly subnet: string;
}

function exchanged(plane: Plane, node: End, target: End, of: InterfaceClass): Predicate {
  const { family } = target.address;
  const apart = node.subnet !== target.subnet;
  const passes = (from: End, into: End, filter: Predicate): Predicate => {
    const out = apart ? acl(plane, from.subnet, 'outbound', family) : yes;
    const inward = apart ? acl(plane, into.subnet, 'inbound', family) : yes;
    return decided(and(filter, out, inward), from.address, into.address);
  };
  return and(
    passes(node, target, ingressByAddress(plane, of, family)),
    passes(target, node, egressOf(plane, of, family).byAddress),
  );
}

/** Those in the endpoint's zone; where there is none, or zones cannot be compared, all. */
function nodesFor({ network }: Plane, endpoint: VpcEndpoint, { address, balancer }: Appliance): readonly End[] {
  const here = network.subnets.get(endpoint.subnets[0]!)!;
  const nodes = balancer.interfaces.flatMap((id) => {
    const { subnet, addresses } = network.interfaces.get(id)!;
    const own = addresses.filter((one) => one.address.family === address.family);
    return own.map((one) => ({ address: one.address, subnet, at: network.subnets.get(subnet)! }));
  });
  const near = nodes.filter((one) => areComparable(here, one.at) && one.at.zone === here.zone);
  return near.length > 0 ? near : nodes;
}

/** Of one packet, UDP 6081, all is known but the unknowns; its source port is asked for by no filter. */
function decided(of: Predicate, src: Address, dst: Address): Predicate {
  const values: Readonly<Partial<Record<Field, bigint>>> = {
    src: src.value,
    dst: dst.value,
    protocol: BigInt(protocols.udp),
    srcPort: BigInt(port),
    dstPort: BigInt(port),
  };
  const fold = (one: Predicate): Predicate => {
    switch (one.kind) {
      case 'true':
      case 'false':
      case 'unknown':
        return one;
      case 'in':
        return constant(contains(one.set, values[one.field] ?? 0n));
      case 'and':
        return and(...one.of.map(fold));
      case 'or':
        return anyOf(one.of.map(fold));
      case 'not':
        return not(fold(one.of));
      case 'same':
      case 'at':
        return unreachable(one as never);
    }
  };
  return fold(of);
}
