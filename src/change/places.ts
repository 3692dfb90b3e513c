/**
 * Where flows start and where they are delivered, numbered: a flow is its header and these two numbers, in both
 * networks the same.
 */
import {
  type Header,
  type Place,
  type Plane,
  type Predicate,
  type Symbols,
  type Variable,
  predicate as p,
} from '../dataplane/index.ts';
import { type Family, families } from '../net/address.ts';
import { type Intervals, none, unionAll } from '../net/interval.ts';
import type { State, Step } from '../verify/index.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { invariant } from '../base/invariant.ts';

/** The step in which a flow has been delivered and its reply sets out. */
export const turns = ({ from, to }: Step): boolean =>
  from.context.phase === 'forward' && (to.context.phase === 'reply' || to.place.kind === 'replied');

/** An end of flows: interfaces that nothing tells apart, or a place that is none. */
export interface End {
  readonly number: number;
  readonly key: string;
  /** Their ids; the word or id of a place that is no interface. */
  readonly ids: readonly string[];
}

/** What the interfaces of an end hold. */
type Held = Readonly<Record<Family, { readonly own: Intervals; readonly published: Intervals }>>;

export interface Ends {
  /** The variables of a flow besides its header. */
  readonly from: Variable;
  readonly to: Variable;
  readonly all: readonly End[];
  /** Where a flow of that state starts, or is delivered. */
  at(plane: Plane, place: Place): End;
  /** What the interfaces of the end hold in that network; nothing, where it is none or they are not there. */
  heldBy(plane: Plane, end: End, family: Family, by: 'own' | 'published'): Intervals;
  /** What says where the flow is delivered, at that end or in that step; nothing, where it is not delivered so. */
  delivered(plane: Plane, at: State | Step): Predicate;
  /** The flow starts (is delivered) there. */
  is(which: 'from' | 'to', numbers: Intervals): Predicate;
}

const bits = 24;

export function createEnds(symbols: Symbols, header: Header): Ends {
  const all: End[] = [];
  const known = new Map<string, End>();
  const from = symbols.variable('change.from', bits);
  const to = symbols.variable('change.to', bits);
  const held = new Map<Plane, Map<End, Held>>();
  const end = (key: string, ids: readonly string[]): End => {
    let found = known.get(key);
    if (found === undefined) {
      found = { number: all.length, key, ids };
      known.set(key, found);
      all.push(found);
    }
    return found;
  };
  const is: Ends['is'] = (which, numbers) =>
    p.at({ ...header, protocol: which === 'from' ? from : to }, p.isIn('protocol', numbers));
  const ends: Ends = {
    from,
    to,
    all,
    heldBy: (plane, one, family, by) => held.get(plane)?.get(one)?.[family][by] ?? none,
    at(plane, place) {
      switch (place.kind) {
        case 'leaving':
        case 'arrived':
        case 'guest': {
          const ids = place.of.interfaces.map(({ id }) => id);
          const found = end(ids.join(' '), ids);
          const there = held.get(plane) ?? new Map<End, Held>();
          held.set(plane, there);
          if (!there.has(found)) there.set(found, heldIn(place.of.interfaces, place.of.addresses));
          return found;
        }
        case 'service':
          return end(place.endpoint, [place.endpoint]);
        case 'internet':
          return end('internet', ['internet']);
        case 'onprem':
          return end('on-premises', ['on-premises']);
        case 'dns':
          return end('dns', ['dns']);
        case 'link-local':
          return end('link-local', ['link-local']);
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
          invariant(false, `no flow starts or ends at a place of kind ${place.kind}`);
      }
    },
    delivered(plane, at) {
      if ('guard' in at ? !turns(at) : at.place.kind === 'replied') return p.yes;
      const number = BigInt(ends.at(plane, 'guard' in at ? at.from.place : at.place).number);
      return is('to', [{ lo: number, hi: number }]);
    },
    // A field of a header stands in for the number.
    is,
  };
  return ends;
}

function heldIn(interfaces: readonly NetworkInterface[], own: Readonly<Record<Family, Intervals>>): Held {
  const published = (family: Family): Intervals =>
    unionAll(
      interfaces.flatMap(({ addresses }) =>
        addresses.flatMap(({ publicIp }) =>
          publicIp?.family === family ? [[{ lo: publicIp.value, hi: publicIp.value }]] : [],
        ),
      ),
    );
  return Object.fromEntries(
    families.map((family) => [family, { own: own[family], published: published(family) }]),
  ) as unknown as Held;
}
