/** What is worked out once for a network, whatever is asked about it. */
import type { Network } from '../../network/network.ts';
import * as keys from '../../network/unknown.ts';
import { type Plane, once } from '../plane.ts';

const known = new WeakMap<Network, Map<string, unknown>>();

/**
 * Memo under a key for all planes of one network that take the same sides and names: what a firewall does is told of a
 * header's fields, and not of a plane's symbols.
 */
export function shared<T>(plane: Plane, key: string, make: () => T): T {
  const { network, sides, names = [], payloads, opening } = plane;
  // Payloads told apart as elsewhere are that plane's own, and so are sides that it takes back.
  if (payloads !== undefined || (opening !== undefined && sides.size > 0)) return once(plane, key, make);
  let found = known.get(network);
  if (found === undefined) known.set(network, (found = new Map()));
  const taken = [...sides].flatMap(([name, side]) => (concerns(name) ? `${name}=${side}` : [])).sort();
  const asked = names.map(({ kind, name }) => `${kind} ${name}`);
  const full = JSON.stringify([key, taken, asked]);
  if (!found.has(full)) found.set(full, make());
  return found.get(full) as T;
}

/** Of the disputed facts, those of section 10 are about what a firewall does. */
const concerns = (key: string): boolean => !key.startsWith('fact:') || key.startsWith(keys.fact('10.'));
