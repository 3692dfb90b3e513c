/** From what a selector names to the places where flows start or end (semantics 1.21; `interfaces.md`, Selectors). */
import { present } from '../base/present.ts';
import { type Prefix, formatPrefix } from '../net/prefix.ts';
import { formatAddress, width } from '../net/address.ts';
import { interfacesIn } from '../network/containment.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { AnyResource, Network } from '../network/network.ts';
import type { Place, Places } from './question.ts';
import { isResolver } from './resolver.ts';
import type { Selection } from './selection.ts';
import { type Side, whyNothingInside, whyNothingItself, whySilent } from './silence.ts';

type Silent = Places['silent'][number];

/** Whether interfaces that nobody read count: nothing is required of what may not be there. */
export type Counted = 'all' | 'read';

/** The members of the selection on one side of a question, and what it names that can play no part there. */
export function placesOf(network: Network, selection: Selection, side: Side, counted: Counted = 'all'): Places {
  const members = new Map<string, Place>();
  const silent = new Map<string, Silent>();
  const add = (place: Place) => void members.set(placeKey(place), place);
  let leftOut: true | undefined;
  const mute = (id: string, why: string) => void silent.set(id, { id, why });

  for (const { term, resources } of selection.matches) {
    const { named } = term;
    if (named.kind === 'internet' || named.kind === 'onprem') add({ kind: named.kind });
    else if (named.kind === 'any') for (const place of anyPlace(network, side, counted)) add(place);
    else if (named.kind === 'dns') {
      if (side === 'to') add({ kind: 'dns' });
      else mute('dns', 'the Amazon resolver answers, and starts no flow');
    } else if (named.kind === 'service') {
      if (side === 'to') add({ kind: 'service', name: named.name });
      else mute(term.text, 'an AWS service answers, and starts no flow into a VPC');
    } else if (named.kind === 'prefix' && term.narrow === undefined) {
      for (const place of addressed(network, named.prefix, side)) add(place);
    } else
      for (const resource of resources) {
        const found = membersOf(network, resource, side, counted);
        if (interfacesIn(network, resource)?.some((each) => !counts(each, counted))) leftOut = true;
        if (typeof found === 'string') mute(resource.id, found);
        else for (const place of found) add(place);
      }
  }
  const any = selection.matches.some(({ term }) => term.named.kind === 'any');
  return {
    text: selection.text,
    members: [...members.values()],
    any,
    silent: [...silent.values()],
    ...present({ leftOut }),
  };
}

/** The places a resource stands for, or why there is none. */
function membersOf(network: Network, resource: AnyResource, side: Side, counted: Counted): readonly Place[] | string {
  if (resource.kind === 'vpc-endpoint' && resource.endpointType === 'Gateway')
    return side === 'to' ? [{ kind: 'gateway-endpoint', id: resource.id }] : whyNothingItself(resource);
  const inside = interfacesIn(network, resource);
  if (inside === undefined) return whyNothingItself(resource);
  const there = inside.filter((each) => counts(each, counted));
  const able = there.filter((each) => whySilent(each, side) === undefined);
  if (able.length > 0) return able.map(({ id }) => ({ kind: 'interface', id }));
  return there.length === 0 && inside.length > 0
    ? 'no call read the network interfaces in it'
    : whyNothingInside(resource, there, side);
}

const counts = (each: NetworkInterface, counted: Counted): boolean => counted === 'all' || each.unread === undefined;

/** Every place of the network that can play its part on this side, and what lies outside. */
function* anyPlace(network: Network, side: Side, counted: Counted): Iterable<Place> {
  for (const each of network.interfaces.values())
    if (counts(each, counted) && whySilent(each, side) === undefined) yield { kind: 'interface', id: each.id };
  yield { kind: 'internet' };
  yield { kind: 'onprem' };
  if (side === 'from') return;
  for (const { id, endpointType } of network.endpoints.values())
    if (endpointType === 'Gateway') yield { kind: 'gateway-endpoint', id };
}

/** A bare address or CIDR block. The resolver's own addresses, as a destination, are `dns` too (semantics 13.1). */
function* addressed(network: Network, prefix: Prefix, side: Side): Iterable<Place> {
  yield { kind: 'cidr', prefix };
  if (side === 'to' && isResolver(network, prefix)) yield { kind: 'dns' };
}

/** One text for one place: the id of an interface, `internet`, `10.0.0.0/8`, `service:s3`. */
export function placeKey(place: Place): string {
  switch (place.kind) {
    case 'interface':
    case 'gateway-endpoint':
      return place.id;
    case 'internet':
    case 'onprem':
    case 'dns':
      return place.kind;
    case 'cidr': {
      const { family, base, length } = place.prefix;
      return length === width(family) ? formatAddress({ family, value: base }) : formatPrefix(place.prefix);
    }
    case 'service':
      return `service:${place.name}`;
  }
}

/**
 * The subnets that the selection names, itself or by their VPC or by `any`; with `empty`, only those of a named subnet
 * or VPC in which no interface can play its part on that side.
 */
export function subnetsNamed(network: Network, selection: Selection, empty?: Side): readonly string[] {
  const subnets = [...network.subnets.values()];
  const found = selection.matches.flatMap(({ term, resources }) => {
    if (term.named.kind === 'any' && empty === undefined) return subnets;
    return resources.flatMap((resource) => {
      if (resource.kind !== 'subnet' && resource.kind !== 'vpc') return [];
      const inside = interfacesIn(network, resource) ?? [];
      // What is down could play its part: no imaginary host stands in for it.
      const plays = (each: NetworkInterface, on: Side) =>
        whySilent(each.down === true ? { ...each, attached: true } : each, on) === undefined;
      if (empty !== undefined && inside.some((each) => plays(each, empty))) return [];
      return resource.kind === 'subnet' ? [resource] : subnets.filter(({ vpc }) => vpc === resource.id);
    });
  });
  return [...new Set(found.map(({ id }) => id))];
}
