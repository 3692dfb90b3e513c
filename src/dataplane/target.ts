/** The targets of a group as a node sees them: those together that it reaches on the same terms (semantics 12.7 to 12.10). */
import { groupBy } from '../base/group.ts';
import type { Address, Family } from '../net/address.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Target, TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { mayBeOneZone } from '../network/zone.ts';
import type { InterfaceClass } from './interface-class.ts';
import { type Plane, fact, once, open } from './plane.ts';
import { type Predicate, and, no, or, yes } from './predicate.ts';

/** Addresses that a node may send to, of one family, at one port, where the guard holds. */
export interface Aim {
  readonly family: Family;
  readonly port: number;
  readonly addresses: readonly bigint[];
  readonly guard: Predicate;
  /** They are not healthy: while others are, AWS chooses none of them (semantics 12.10). */
  readonly ill: boolean;
  /** What tells it from others of its port. */
  readonly name: string;
}

const unhealthy = 'unhealthy';

/** Where one target takes packets; its zone is `all` where every node may send to it, absent where it is not told. */
interface Spot {
  readonly address: Address;
  readonly port: number;
  readonly zone?: string;
  readonly health?: string;
}

export const aimsOf = (plane: Plane, balancer: LoadBalancer, of: InterfaceClass, group: TargetGroup): readonly Aim[] =>
  once(plane, `aims ${balancer.id} ${of.id} ${group.id}`, () => {
    const spots = (isUnread(group.targets) ? [] : group.targets).flatMap((target) => spotsOf(plane, group, target));
    const termed = spots.map((spot) => ({ spot, ...termsOf(plane, balancer, of, group, spot) }));
    return aimsOfSpots(termed);
  });

interface Termed {
  readonly spot: Spot;
  readonly guard: Predicate;
  readonly name: string;
}

/** Those of one family, port and terms together; where a guard never holds, none. */
export function aimsOfSpots(termed: readonly Termed[]): readonly Aim[] {
  const possible = termed.filter(({ guard }) => guard.kind !== 'false');
  const alike = groupBy(possible, ({ spot, name }) => `${spot.address.family} ${spot.port} ${name}`);
  return [...alike.values()].map((all): Aim => {
    const [{ spot, guard, name }] = all as [Termed];
    const addresses = [...new Set(all.map((one) => one.spot.address.value))];
    const ill = name.includes(unhealthy);
    return { family: spot.address.family, port: spot.port, addresses, guard, ill, name };
  });
}

export function spotsOf(plane: Plane, { ipAddressType = 'ipv4' }: TargetGroup, target: Target): readonly Spot[] {
  const { network } = plane;
  const { health } = target;
  const told = health === undefined ? {} : { health };
  switch (target.kind) {
    case 'lambda':
      return [];
    case 'interface': {
      const subnet = network.interfaces.get(target.id)?.subnet;
      return [{ address: target.address, port: target.port, zone: zoneOf(plane, subnet), ...told }];
    }
    case 'address': {
      const { address, port, zone } = target;
      return [{ address, port, ...(zone === undefined ? {} : { zone }), ...told }];
    }
    case 'load-balancer':
      return (network.loadBalancers.get(target.id)?.interfaces ?? []).flatMap((id) => {
        const nic = network.interfaces.get(id);
        if (nic?.attached !== true) return [];
        const zone = zoneOf(plane, nic.subnet);
        return nic.addresses.flatMap(({ address }) =>
          address.family === ipAddressType ? [{ address, port: target.port, zone, ...told }] : [],
        );
      });
  }
}

const zoneOf = ({ network }: Plane, subnet: string | undefined): string =>
  network.subnets.get(subnet ?? '')?.zone ?? '';

/** What it takes for the node to send there: the zone, cross-zone load balancing, health; and a name for those terms. */
function termsOf(
  plane: Plane,
  balancer: LoadBalancer,
  of: InterfaceClass,
  group: TargetGroup,
  { zone, health }: Spot,
): { readonly guard: Predicate; readonly name: string } {
  const crossZone = group.crossZone ?? balancer.crossZone;
  const own = zoneOf(plane, of.subnet);
  const here = zone === 'all' || zone === own;
  const terms: (readonly [name: string, guard: Predicate])[] = [];
  if (zone === undefined) {
    if (crossZone !== true) terms.push(['untold', open(plane, passes(balancer.id))]);
  } else if (!here) {
    const crosses = isUnread(crossZone) ? open(plane, unreadKey(crossZone)) : crossZone ? yes : no;
    // A zone that is not told may be the node's own, and so may any where that is not.
    const isApart = !mayBeOneZone(zone, own);
    if (isApart && crossZone === false) return { guard: no, name: '' };
    if (isApart ? isUnread(crossZone) : crossZone !== true)
      terms.push(isApart ? ['cross', crosses] : ['untold', or(crosses, open(plane, passes(balancer.id)))]);
    const zones = zonesOf(plane, balancer);
    if ([...zones].every((one) => !mayBeOneZone(one, zone))) terms.push(['disabled', fact(plane, '12.10')]);
  }
  const ill = healthTerm(plane, group, health);
  if (ill !== undefined) terms.push(ill);
  return { guard: and(yes, ...terms.map(([, guard]) => guard)), name: terms.map(([name]) => name).join(' ') };
}

/** What it takes to be chosen without being healthy; where no target is, a balancer sends to all that are not. */
export function healthTerm(
  plane: Plane,
  group: TargetGroup,
  health: string | undefined,
): readonly [name: string, guard: Predicate] | undefined {
  const failsOpen = health === 'unhealthy' && !hasHealthy(group);
  return health !== undefined && health !== 'healthy' && !failsOpen
    ? [unhealthy, fact(plane, '12.10-health')]
    : undefined;
}

const hasHealthy = ({ targets }: TargetGroup): boolean =>
  !isUnread(targets) && targets.some(({ health }) => health === undefined || health === 'healthy');

/** The zones in which the balancer has a node. */
const zonesOf = (plane: Plane, { id, interfaces }: LoadBalancer): ReadonlySet<string> =>
  once(
    plane,
    `zones ${id}`,
    () => new Set(interfaces.map((nic) => zoneOf(plane, plane.network.interfaces.get(nic)?.subnet))),
  );
