/** What Gateway Load Balancers and the appliances behind them leave open in a network, and what they might do with a packet. */
import type { VpcEndpoint } from '../../src/network/endpoint.ts';
import { firewallAt } from '../../src/network/firewall.ts';
import { inspectionBehind } from '../../src/network/gateway-load-balancer.ts';
import type { NetworkInterface } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { type ApplianceChoice, turnKey } from '../../src/network/replay.ts';
import { isUnread, unreadKey } from '../../src/network/resource.ts';
import { conditionOf } from '../../src/network/state.ts';
import { forwards, forwardsNat, handsOver, passes, returns, up } from '../../src/network/unknown.ts';
import type { Chance } from './random.ts';

const endpointsOf = (network: Network): readonly VpcEndpoint[] =>
  [...network.endpoints.values()].filter(
    ({ id, endpointType }) => endpointType === 'GatewayLoadBalancer' && firewallAt(network, id) === undefined,
  );

const behindAny = (network: Network) =>
  endpointsOf(network).flatMap(({ id }) => inspectionBehind(network, id)?.appliances ?? []);

/** The interfaces to which GENEVE is sent, each once. */
export const appliancesOf = (network: Network): readonly NetworkInterface[] =>
  [...new Set(behindAny(network).map((one) => one.interface))].map((id) => network.interfaces.get(id)!);

/** Their keys; none where nothing is told of what is behind an endpoint. */
export function applianceUnknowns(network: Network): readonly string[] {
  const endpoints = endpointsOf(network);
  if (endpoints.every(({ id }) => inspectionBehind(network, id) === undefined)) return [];
  return [
    ...endpoints.flatMap(({ id }) => [returns(id), forwards(id), handsOver(id)]),
    ...appliancesOf(network).flatMap(({ id }) => [forwards(id), forwardsNat(id), passes(id), handsOver(id), up(id)]),
    ...[...network.endpointServices.values()].flatMap(({ id, state }) =>
      conditionOf(state) === 'changing' ? [up(id)] : [],
    ),
    ...behindAny(network).flatMap(({ group, balancer }) => {
      const setting = group.crossZone ?? balancer.crossZone;
      return isUnread(setting) ? [unreadKey(setting)] : [];
    }),
    'fact:11.1',
    'fact:11.4',
    'fact:11.6',
    'fact:11.8',
  ];
}

/** By endpoint and turn, mostly: which appliance takes the packet, and whether it sends it on by itself. */
export function applianceChoices(network: Network, chance: Chance): ReadonlyMap<string, ApplianceChoice> {
  const chosen = new Map<string, ApplianceChoice>();
  for (const { id } of endpointsOf(network)) {
    const behind = inspectionBehind(network, id)?.appliances ?? [];
    for (const turn of [1, 2]) {
      if (chance.in100(40)) continue;
      const onward = chance.in100(40) ? ({ onward: true } as const) : {};
      const by = behind.length > 0 && chance.in100(75) ? { by: chance.one(behind).interface } : {};
      chosen.set(turnKey(id, turn), { ...by, ...onward });
    }
  }
  return chosen;
}
