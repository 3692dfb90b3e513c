/** Whether the addresses that a rule names contain one (semantics 10.42 to 10.48, 10.73). */
import { type Address, type Family, families, highest } from '../../net/address.ts';
import { type Prefix, lastOf } from '../../net/prefix.ts';
import { isUnread } from '../../network/resource.ts';
import type { Addresses } from '../../suricata/index.ts';
import { type Truth, all, not, some, truthOf } from './truth.ts';
import { type Scope, addressesNamed } from './variable.ts';

interface Range {
  readonly kind: 'range';
  readonly family: Family;
  readonly from: bigint;
  readonly to: bigint;
  /** Whether AWS counts it in is not stated (semantics 10.42). */
  readonly doubtful?: true;
}

/** Nobody knows which addresses these are. */
interface Unknown {
  readonly kind: 'unknown';
}

type Part = Range | Unknown;

/** All lists within one another as one: what is in it, and what is taken out again, whatever the order. */
export interface AddressList {
  readonly positives: readonly Part[];
  readonly negatives: readonly Part[];
  /** A negation stands within a negation, or negates everything: what Suricata makes of it is not known. */
  readonly unclear: boolean;
  /** It names a prefix list without entries, which admits nothing. */
  readonly hollow: boolean;
}

interface Growing {
  readonly positives: Part[];
  readonly negatives: Part[];
  unclear: boolean;
  hollow: boolean;
}

export function addressListOf(addresses: Addresses, scope: Scope): AddressList {
  const list: Growing = { positives: [], negatives: [], unclear: false, hollow: false };
  collect(list, addresses, scope, false, 0);
  return list;
}

/** Variables may name variables, but not for ever. */
const deepest = 8;

function collect(list: Growing, addresses: Addresses, scope: Scope, negated: boolean, depth: number): void {
  const add = (...parts: readonly Part[]): void => {
    (negated ? list.negatives : list.positives).push(...parts);
  };
  switch (addresses.kind) {
    case 'any':
      if (negated) list.unclear = true;
      else add(...families.map((family): Part => ({ kind: 'range', family, from: 0n, to: highest(family) })));
      return;
    case 'range':
      add(addresses);
      return;
    case 'list':
      for (const one of addresses.of) collect(list, one, scope, negated, depth);
      return;
    case 'not':
      if (negated) list.unclear = true;
      else collect(list, addresses.of, scope, true, depth);
      return;
    case 'reference': {
      const parts = referenced(scope, addresses.name, negated);
      if (parts.length === 0) list.hollow = true;
      add(...parts);
      return;
    }
    case 'variable': {
      const own = depth < deepest ? addressesNamed(scope, addresses.name) : undefined;
      if (own !== undefined) return collect(list, own, scope, negated, depth + 1);
      const defined = addresses.name in scope.group.ipSets;
      if (!defined && addresses.name === 'HOME_NET') return add(...homeNet(scope));
      if (!defined && addresses.name === 'EXTERNAL_NET') {
        // What the policy has for HOME_NET counts, not what the group has (semantics 10.43).
        if (negated) list.unclear = true;
        else list.negatives.push(...homeNet(scope));
        return;
      }
      return add({ kind: 'unknown' });
    }
  }
}

function homeNet({ homeNet: given, vpc }: Scope): readonly Part[] {
  if (given !== undefined && given.length > 0) return given.map((prefix) => rangeOf(prefix));
  if (vpc === undefined) return [{ kind: 'unknown' }];
  return vpc.cidrs.map((prefix) => ({
    ...rangeOf(prefix),
    ...(prefix.family === 'ipv6' ? { doubtful: true as const } : {}),
  }));
}

const rangeOf = (prefix: Prefix): Range => ({
  kind: 'range',
  family: prefix.family,
  from: prefix.base,
  to: lastOf(prefix),
});

/** A prefix list's entries; those of a resource group, or of a list that nobody read, are not known. */
function referenced({ group, prefixLists }: Scope, name: string, negated: boolean): readonly Part[] {
  const entries = prefixLists.get(group.references[name] ?? '')?.entries;
  if (entries === undefined || isUnread(entries)) return [{ kind: 'unknown' }];
  // All but nothing: in which families is not stated.
  if (negated && entries.length === 0) return [{ kind: 'unknown' }];
  return entries.map((prefix) => rangeOf(prefix));
}

/** `doubtful`: what is doubtful counts. */
export function contains(list: AddressList, address: Address, doubtful: boolean): Truth {
  if (list.unclear) return 'unknown';
  if (doubtful) return containsIn(list, address);
  const { positives, negatives } = list;
  return containsIn({ ...list, positives: positives.filter(isSure), negatives: negatives.filter(isSure) }, address);
}

function containsIn({ positives, negatives, hollow }: AddressList, address: Address): Truth {
  const ofFamily = (part: Part): boolean => part.kind === 'unknown' || part.family === address.family;
  const [admitted, excepted] = [positives.filter(ofFamily), negatives.filter(ofFamily)];
  const isExcepted = some(excepted.map((part) => holds(part, address)));
  if (admitted.length > 0) return all([some(admitted.map((part) => holds(part, address))), not(isExcepted)]);
  // What is only taken out is taken out of all addresses, but in the families that it names alone.
  if (excepted.length === 0) return 'no';
  // Whether a list that should admit something, and has nothing to admit, is one of exceptions alone is not stated.
  return all([excepted.some(isRange) && !hollow ? 'yes' : 'unknown', not(isExcepted)]);
}

const isSure = (part: Part): boolean => !isRange(part) || part.doubtful === undefined;

const isRange = (part: Part): part is Range => part.kind === 'range';

const holds = (part: Part, { value }: Address): Truth =>
  part.kind === 'unknown' ? 'unknown' : truthOf(value >= part.from && value <= part.to);

/** Some address is negated: the rule is looked at on every packet, not on the first alone (semantics 10.35). */
export const isNegated = ({ negatives, unclear }: AddressList): boolean => unclear || negatives.length > 0;
