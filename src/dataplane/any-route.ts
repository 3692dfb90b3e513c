/** Where a route table leads that is held open (`opening.ts`): to whatever in its VPC a route of it may name. */
import { abilities } from '../network/interface.ts';
import type { RouteTable, RouteTarget } from '../network/route-table.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import type { Edge } from './edge.ts';
import { heldOpen } from './opening.ts';
import { type Plane, once } from './plane.ts';
import { type Predicate, and, yes } from './predicate.ts';
import { follow } from './route-target.ts';

/** None on every plane but one that tells; `way` is what it takes to go to a target. */
export function followAny(
  plane: Plane,
  { id }: RouteTable,
  from: Departure,
  context: Context,
  way: (target: RouteTarget) => Predicate = () => yes,
): readonly Edge[] {
  const held = heldOpen(plane, { kind: 'route-table', id });
  if (held.kind === 'false') return [];
  return targetsIn(plane, from.vpc)
    .filter(({ kind }) => from.edge !== true || kind === 'network-interface' || kind === 'firewall-endpoint')
    .flatMap((target) => {
      const guard = and(held, way(target));
      if (guard.kind === 'false') return [];
      return follow(plane, target, from, context).map((one) => ({ ...one, guard: and(guard, one.guard) }));
    });
}

/**
 * What routes of the VPC's tables may name, and do; of interfaces besides only those of hosts, not of AWS's services, that
 * take what is not addressed to them.
 */
const targetsIn = (plane: Plane, vpc: string): readonly RouteTarget[] =>
  once(plane, `targets ${vpc}`, () => {
    const { network } = plane;
    const here = <T extends { readonly id: string; readonly vpc?: string }>(
      all: ReadonlyMap<string, T>,
    ): readonly T[] => [...all.values()].filter((one) => one.vpc === vpc);
    const named = here(network.routeTables).flatMap(({ routes }) => routes.map(({ target }) => target));
    const all: readonly RouteTarget[] = [
      ...named,
      ...here(network.internetGateways).map(({ id }) => ({ kind: 'internet-gateway', id }) as const),
      ...here(network.egressOnlyInternetGateways).map(
        ({ id }) => ({ kind: 'egress-only-internet-gateway', id }) as const,
      ),
      ...here(network.natGateways).map(({ id }) => ({ kind: 'nat-gateway', id }) as const),
      ...here(network.endpoints).flatMap(({ id, endpointType }): readonly RouteTarget[] =>
        endpointType === 'Gateway'
          ? [{ kind: 'gateway-endpoint', id }]
          : endpointType === 'GatewayLoadBalancer'
            ? [{ kind: 'firewall-endpoint', id }]
            : [],
      ),
      ...here(network.vpnGateways).map(({ id }) => ({ kind: 'vpn-gateway', id }) as const),
      ...here(network.carrierGateways).map(({ id }) => ({ kind: 'carrier-gateway', id }) as const),
      ...[...network.vpcPeerings.values()].flatMap(({ id, vpcs }) =>
        vpcs.includes(vpc) ? [{ kind: 'vpc-peering', id } as const] : [],
      ),
      ...[...network.transitGateways.values()].flatMap(({ kind, id, vpcs }) =>
        vpcs.includes(vpc) ? [{ kind, id } as const] : [],
      ),
      ...[...network.opaqueGateways.values()].flatMap(({ kind, id, vpcs }): readonly RouteTarget[] =>
        kind === 'service-network' || kind === 'direct-internet-access' || !vpcs.includes(vpc) ? [] : [{ kind, id }],
      ),
      ...(plane.classesOfVpc.get(vpc) ?? []).flatMap(({ role, sourceDestCheck, interfaces }) =>
        sourceDestCheck || !abilities[role].starts
          ? []
          : interfaces.map(({ id }) => ({ kind: 'network-interface', id }) as const),
      ),
    ];
    const told = new Map(all.map((target) => ['id' in target ? `${target.kind} ${target.id}` : '', target]));
    return [...told.values()].filter(({ kind }) => kind !== 'local');
  });
