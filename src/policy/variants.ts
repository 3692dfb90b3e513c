/**
 * The networks in which an intent is looked at: the one that was read, with imaginary hosts where it asks for them or
 * names what holds nothing (`interfaces.md`, Selectors), and wherever addresses that AWS will pick can lie.
 */
import type { Network } from '../network/network.ts';
import { type Placement, placements } from '../network/placement.ts';
import {
  type Intent,
  blocksAsked,
  emptySubnets,
  imagined,
  isFoundByAddress,
  potentialSubnets,
  valuesDeclared,
} from './intent.ts';

export interface Variants {
  /** The network with imaginary hosts in these subnets. */
  imagined(subnets: readonly string[], intent: Intent): Network;
  /** One for each way in which addresses can lie, or why that is not told. */
  placed(on: Network, intent: Intent): readonly Placement[] | 'none' | 'many';
}

/** Keeps every network that it makes, so that one intent after the other is looked at in the same ones. */
export function openVariants(network: Network): Variants {
  const made = new Map<string, Network>([['', network]]);
  const tried = new Map<Network, Map<string, readonly Placement[] | undefined>>();

  const placementsOf = (on: Network, intent: Intent): readonly Placement[] | undefined => {
    const [blocks, values] = [blocksAsked(intent), valuesDeclared(intent)];
    const key = `${JSON.stringify(blocks, asText)} ${JSON.stringify([...values], asText)}`;
    const known = tried.get(on) ?? new Map<string, readonly Placement[] | undefined>();
    tried.set(on, known);
    if (!known.has(key)) known.set(key, placements(on, blocks, values));
    return known.get(key);
  };

  return {
    imagined(subnets, intent) {
      const key = subnets.length === 0 ? '' : `${intent.potential} ${subnets.toSorted().join(' ')}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const one = imagined(network, subnets, intent);
      made.set(key, one);
      return one;
    },
    placed(on, intent) {
      const found = placementsOf(on, intent);
      if (found?.length === 0) return 'none';
      return found === undefined || (found.length > 1 && isFoundByAddress(intent)) ? 'many' : found;
    },
  };
}

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** The subnets whose imaginary hosts are counted in, for want of real ones or because a property's intent asks for them. */
export function subnetsCounted(network: Network, intent: Intent): readonly string[] {
  const asked = potentialSubnets(network, intent);
  return asked.length > 0 ? asked : emptyCounted(network, intent);
}

/** Those that hold nothing real. */
export const emptyCounted = (network: Network, intent: Intent): readonly string[] =>
  intent.potential === false && intent.kind !== 'require' ? emptySubnets(network, intent) : [];
