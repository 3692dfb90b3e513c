/** What a set of places names, gone through once: every state of a product asks it. */
import type { Family } from '../net/address.ts';
import { type Intervals, unionAll } from '../net/interval.ts';
import { type Prefix, rangeOf } from '../net/prefix.ts';
import { nat64 } from '../net/special.ts';
import type { Place, Places } from '../policy/question.ts';

interface Named {
  readonly kinds: ReadonlySet<Place['kind']>;
  readonly interfaces: ReadonlySet<string>;
  readonly gatewayEndpoints: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Addresses in the blocks named, by field and family. */
  readonly blocks: Map<string, Intervals>;
}

const known = new WeakMap<Places, Named>();

function of(places: Places): Named {
  let found = known.get(places);
  if (found === undefined) {
    const { members } = places;
    found = {
      kinds: new Set(members.map(({ kind }) => kind)),
      interfaces: new Set(members.flatMap((one) => (one.kind === 'interface' ? [one.id] : []))),
      gatewayEndpoints: new Set(members.flatMap((one) => (one.kind === 'gateway-endpoint' ? [one.id] : []))),
      services: new Set(members.flatMap((one) => (one.kind === 'service' ? [one.name] : []))),
      blocks: new Map(),
    };
    known.set(places, found);
  }
  return found;
}

/** Whether one of the places is of that kind. */
export const names = (places: Places, kind: Place['kind']): boolean => of(places).kinds.has(kind);

export const interfaceIds = (places: Places): ReadonlySet<string> => of(places).interfaces;

export const gatewayEndpointIds = (places: Places): ReadonlySet<string> => of(places).gatewayEndpoints;

export const serviceNames = (places: Places): ReadonlySet<string> => of(places).services;

/** The source or destination addresses that the blocks named mean, in packets of that family. */
export function addressesNamed(places: Places, field: 'src' | 'dst', family: Family): Intervals {
  const { blocks } = of(places);
  const key = `${field} ${family}`;
  let found = blocks.get(key);
  if (found === undefined) {
    found = unionAll(places.members.flatMap((one) => (one.kind === 'cidr' ? [meant(field, one.prefix, family)] : [])));
    blocks.set(key, found);
  }
  return found;
}

/** A block in a packet of that family: an IPv4 destination is also meant where 64:ff9b::/96 embeds it (semantics 5.25). */
export function meant(field: 'src' | 'dst', prefix: Prefix, family: Family): Intervals {
  const { lo, hi } = rangeOf(prefix);
  if (prefix.family === family) return [{ lo, hi }];
  return field === 'dst' && family === 'ipv6' ? [{ lo: lo + nat64.lo, hi: hi + nat64.lo }] : [];
}
