/** The addresses and ports that the rules of firewalls speak of. */
import { parseAddress } from '../../src/net/address.ts';
import { type Prefix, parsePrefix, prefixOf } from '../../src/net/prefix.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { PortRange } from '../../src/network/traffic-match.ts';

export function firewallBlocks(network: Network): readonly Prefix[] {
  return headersOf(network)
    .flatMap((text) => text.split(/[\s,[\]!]+/))
    .concat(setsOf(network, 'ipSets').flatMap((text) => text.split(/[,[\]!]+/)))
    .flatMap((word) => word.split('-'))
    .flatMap((word) => {
      const address = parseAddress(word);
      const block = address === undefined ? parsePrefix(word) : prefixOf(address);
      return block === undefined ? [] : [block];
    })
    .concat([...network.firewallPolicies.values()].flatMap(({ homeNet = [] }) => homeNet));
}

export function firewallPorts(network: Network): readonly PortRange[] {
  const stateless = [...network.ruleGroups.values()].flatMap((group) =>
    group.kind === 'stateless-rule-group'
      ? group.rules.flatMap(({ sourcePorts, destinationPorts }) => [...sourcePorts, ...destinationPorts])
      : [],
  );
  const stateful = [...headersOf(network), ...setsOf(network, 'portSets')]
    .flatMap((text) => text.split(/[\s,[\]!]+/))
    .flatMap((word): readonly PortRange[] => {
      const [, from, colon, to] = /^(\d+)(:?)(\d*)$/.exec(word) ?? [];
      if (from === undefined) return [];
      const last = to !== undefined && to !== '' ? Number(to) : colon === ':' ? 65535 : Number(from);
      return [{ from: Number(from), to: last }];
    });
  return [...stateless, ...stateful];
}

const linesOf = ({ ruleGroups }: Network) =>
  [...ruleGroups.values()].flatMap((group) => (group.kind === 'stateful-rule-group' ? [group] : []));

/** What stands before each rule's options. */
const headersOf = (network: Network): readonly string[] =>
  linesOf(network).flatMap(({ rules }) => (isUnread(rules) ? [] : rules.map(({ text }) => text.split('(')[0]!)));

const setsOf = (network: Network, kind: 'ipSets' | 'portSets'): readonly string[] =>
  linesOf(network).flatMap((group) => Object.values(group[kind]).flat());
