/** Candidates: edits of which one may do, with how much each is to be preferred, and how sets of them are written. */
import type { Edit, NamedPeer } from '../edit/index.ts';
import { formatEdit } from '../edit/index.ts';
import type { Address, Family } from '../net/address.ts';
import { type Prefix, formatPrefix, prefixContains, prefixOf } from '../net/prefix.ts';
import { hasPorts, isIcmp } from '../net/protocol.ts';
import { type AnyResource, type Network, resourcesOf } from '../network/network.ts';
import type { RouteDestination } from '../network/route-table.ts';
import type { RulePeer } from '../network/security-group.ts';
import type { Subnet } from '../network/subnet.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { Seen } from './step.ts';

export interface Candidate {
  readonly edit: Edit;
  /** What an edit costs besides being one: 0 for what touches least, below 1 for all. */
  readonly weight: number;
}

export const candidate = (edit: Edit, weight: number): Candidate => ({ edit, weight });

export const textOf = ({ edit }: Candidate): string => formatEdit(edit);

/** Each once, the lightest first. */
export function distinct(all: readonly Candidate[]): readonly Candidate[] {
  const known = new Map<string, Candidate>();
  for (const one of all) {
    const text = textOf(one);
    if ((known.get(text)?.weight ?? 2) > one.weight) known.set(text, one);
  }
  return [...known.values()].toSorted((a, b) => a.weight - b.weight);
}

export const ofPrefix = (prefix: Prefix): NamedPeer => ({ kind: 'prefix', prefix });

export const named = (name: string): NamedPeer => ({ kind: 'named', name });

export const peerOf = (peer: RulePeer | RouteDestination): NamedPeer =>
  peer.kind === 'prefix' ? peer : named(peer.id);

/** The block, or the name. */
export const peerText = (peer: NamedPeer): string => (peer.kind === 'prefix' ? formatPrefix(peer.prefix) : peer.name);

/** `0.0.0.0/0` or `::/0`. */
export const everywhere = (family: Family): Prefix => ({ family, base: 0n, length: 0 });

/** The subnet of the network in whose block the address lies; the first of several. */
export function subnetWith({ subnets }: Network, address: Address): Subnet | undefined {
  for (const subnet of subnets.values()) if (subnet.cidrs.some((cidr) => prefixContains(cidr, address))) return subnet;
  return undefined;
}

/** Blocks that stand for the address, the narrowest first: itself and its subnet's; of one outside what was asked for, or everything. */
export function blocksFor(network: Network, address: Address, asked: readonly Prefix[]): readonly Prefix[] {
  const cidr = subnetWith(network, address)?.cidrs.find((one) => prefixContains(one, address));
  if (cidr !== undefined) return [prefixOf(address), cidr];
  const meant = asked.find((one) => prefixContains(one, address));
  return [meant ?? everywhere(address.family)];
}

/** The packet's protocol, and its port or ICMP type where it has one. */
export const trafficOf = ({ protocol, dstPort, icmpType }: Seen): TrafficMatch => ({
  protocol,
  ...(hasPorts(protocol) ? { ports: { from: dstPort, to: dstPort } } : {}),
  ...(isIcmp(protocol) ? { icmp: { type: icmpType } } : {}),
});

/** As rules test it. */
export const matches = ({ protocol, ports, icmp }: TrafficMatch, seen: Seen): boolean =>
  protocol === 'all' ||
  (protocol === seen.protocol &&
    (ports === undefined || (ports.from <= seen.dstPort && seen.dstPort <= ports.to)) &&
    (icmp === undefined || icmp.type === seen.icmpType));

/** The edits in the order given, a rule that goes and one that comes in the same group and direction being one change. */
export function merged(all: readonly Candidate[], next: Candidate): readonly Candidate[] {
  const { edit } = next;
  if (edit.kind !== 'add-rule') return [...all, next];
  const at = all.findIndex(
    ({ edit: one }) => one.kind === 'remove-rule' && one.group === edit.group && one.direction === edit.direction,
  );
  const gone = all[at];
  if (gone?.edit.kind !== 'remove-rule') return [...all, next];
  const { group, direction, traffic, peer } = gone.edit;
  const change: Edit = {
    kind: 'change-rule',
    group,
    direction,
    traffic,
    peer,
    newTraffic: edit.traffic,
    newPeer: edit.peer,
  };
  return all.with(at, candidate(change, Math.min(0.95, gone.weight + next.weight / 10)));
}

/** One name for the set, whatever its order. */
export const keyOf = (all: readonly Candidate[]): string => all.map(textOf).toSorted().join('\n');

export const costOf = (all: readonly Candidate[]): number => all.reduce((sum, { weight }) => sum + 1 + weight / 10, 0);

/** What the edit is about: what stands first in its line. */
export function thingOf(network: Network, edit: Edit): AnyResource | undefined {
  const name = formatEdit(edit).split(' ')[0];
  for (const one of resourcesOf(network)) if (one.id === name) return one;
  return undefined;
}
