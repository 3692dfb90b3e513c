/** Where a target group's targets are: addresses, ports and zones (semantics 12.7, 12.9, 12.10, 12.18, 12.26). */
import { invariant } from '../base/invariant.ts';
import type { Address } from '../net/address.ts';
import type { LoadBalancer } from '../network/load-balancer.ts';
import type { Network } from '../network/network.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Target, TargetGroup } from '../network/target-group.ts';
import { passes } from '../network/unknown.ts';
import { mayBeOneZone } from '../network/zone.ts';
import { type Refusal, nameOf } from './listener.ts';
import { type Trip, isFact, side, subnetOf } from './trip.ts';

/** One address of a target that packets go to. */
export interface Destination {
  readonly target: Target;
  readonly address: Address;
  readonly port: number;
  /** `all` where nodes of every zone send to it; absent where it is not told. */
  readonly zone: string | undefined;
}

/** None of a function, which is invoked and no packet goes to. */
export function destinationsOf(network: Network, group: TargetGroup): readonly Destination[] {
  const { id, targets } = group;
  invariant(!isUnread(targets), `the targets of ${id} were read`);
  return targets.flatMap((target): readonly Destination[] => {
    switch (target.kind) {
      case 'interface':
        return [{ target, address: target.address, port: target.port, zone: zoneAt(network, target.id) }];
      case 'address':
        return [{ target, address: target.address, port: target.port, zone: target.zone }];
      case 'load-balancer':
        return nodesBehind(network, group, target);
      case 'lambda':
        return [];
    }
  });
}

/** The nodes of an Application Load Balancer behind a Network Load Balancer: those that are known to be there. */
function nodesBehind(
  network: Network,
  { ipAddressType: family = 'ipv4' }: TargetGroup,
  target: Extract<Target, { kind: 'load-balancer' }>,
): readonly Destination[] {
  const nodes = network.loadBalancers.get(target.id)?.interfaces ?? [];
  return nodes.flatMap((id) => {
    const node = network.interfaces.get(id);
    if (node === undefined || !node.attached || node.imaginary !== undefined) return [];
    return node.addresses
      .filter(({ address }) => address.family === family)
      .map(({ address }) => ({ target, address, port: target.port, zone: zoneAt(network, id) }));
  });
}

function zoneAt({ interfaces, subnets }: Network, id: string): string | undefined {
  const at = interfaces.get(id);
  return at === undefined ? undefined : subnets.get(at.subnet)?.zone;
}

/** Why a node in that subnet sends nothing there, for the zones in which node and target stand (semantics 12.9). */
export function whyNotInZone(
  trip: Trip,
  balancer: LoadBalancer,
  group: TargetGroup,
  { zone }: Destination,
  subnet: string,
): Refusal | undefined {
  const own = subnetOf(trip, subnet).zone;
  if (zone === own || zone === 'all') return undefined;
  const setting = group.crossZone ?? balancer.crossZone;
  const crosses = isUnread(setting) ? side(trip, unreadKey(setting)) : setting;
  // Where it stands nobody told, or where the node does: it may be here.
  const mayBeHere = zone === undefined || mayBeOneZone(zone, own);
  if (crosses || (mayBeHere && side(trip, passes(balancer.id)))) return undefined;
  return {
    code: balancer.balancerType === 'classic' ? 'ELB_NOT_CROSSZONE' : 'ELBV2_NO_TARGETS_IN_AZ',
    detail: isUnread(setting)
      ? `whether \`${nameOf(balancer)}\` sends from \`${own}\` to targets in other zones was not read`
      : `\`${nameOf(balancer)}\` sends from \`${own}\` to targets there alone, not in ${zone === undefined ? 'a zone that is not told' : `\`${zone}\``}`,
  };
}

/** Zones in which the balancer has no node get nothing (fact 12.10). */
export function whyNotEnabled(trip: Trip, balancer: LoadBalancer, { zone, target }: Destination): Refusal | undefined {
  const own = balancer.interfaces.map((id) => zoneAt(trip.network, id) ?? '');
  const enabled = zone === undefined || own.some((one) => mayBeOneZone(one, zone));
  if (zone === undefined || zone === 'all' || enabled || isFact(trip, '12.10')) return undefined;
  return {
    code: 'ELB_INSTALLED_AZ_RESTRICTION',
    detail: `\`${nameOf(balancer)}\` has no node in \`${zone}\`, where its target \`${target.id}\` stands`,
  };
}

/** A target whose health is known to be other than good gets nothing (fact 12.10-health), unless none of the group's is. */
export function whyNotHealthy(trip: Trip, group: TargetGroup, { target }: Destination): Refusal | undefined {
  const { id, health } = target;
  if (isGood(target) || isFact(trip, '12.10-health')) return undefined;
  if (health === 'unhealthy' && failsOpen(group)) return undefined;
  return { detail: `the target \`${id}\` is ${health}` };
}

/** Or nobody told. */
const isGood = ({ health }: Target): boolean => health === undefined || health === 'healthy';

/** With no healthy target to send to, a balancer sends to those that it finds unhealthy. */
const failsOpen = ({ targets }: TargetGroup): boolean => !isUnread(targets) && !targets.some(isGood);
