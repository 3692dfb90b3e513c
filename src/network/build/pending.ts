/**
 * Addresses that AWS will pick. Each interface that is not there yet gets one of its subnet's free ones, which stands
 * for all that no rule tells from it (`placement.ts`); its public address stands for whichever AWS would assign.
 */
import { invariant } from '../../base/invariant.ts';
import { type Address, type Family, families, formatFamily } from '../../net/address.ts';
import { type Intervals, contains, size } from '../../net/interval.ts';
import { publicUnicast } from '../../net/special.ts';
import { freeIn, heldAddresses, type Pool, standInAddresses } from '../free-address.ts';
import type { InterfaceAddress, NetworkInterface } from '../interface.ts';
import { blocksNamed } from '../named-block.ts';
import type { Subnet } from '../subnet.ts';
import type { Building } from './building.ts';
import type { InterfaceFinding } from './interface-finding.ts';

/** By interface: those that it has, and those that it will have. Interfaces without any to come are not in it. */
export function pendingAddresses(
  { findings, problems, defaults }: Building,
  subnets: ReadonlyMap<string, Subnet>,
): ReadonlyMap<string, readonly InterfaceAddress[]> {
  const coming = [...findings.interfaces.values()].filter(({ pending }) => pending !== undefined);
  if (coming.length === 0) return new Map();
  const held = heldAddresses({
    // Who holds what is all that is asked.
    interfaces: new Map([...findings.interfaces].map(([id, found]) => [id, found.interface as NetworkInterface])),
    natGateways: new Map(findings.natGateways.map((one) => [one.id, one])),
  });
  const named = blocksNamed(findings);
  const alone = (family: Family): ReadonlySet<bigint> =>
    new Set(named[family].flatMap(({ lo, hi }) => (lo === hi ? [lo] : [])));
  const single = { ipv4: alone('ipv4'), ipv6: alone('ipv6') };
  const pools = new Map<string, Pool>();
  const takers = new Map<string, Generator<bigint, undefined>>();
  const take = (subnet: Subnet, family: Family, pool: Intervals): Address | undefined => {
    const key = `${subnet.id} ${family}`;
    const taker = takers.get(key) ?? inTurn(pool, single[family]);
    takers.set(key, taker);
    const { value } = taker.next();
    return value === undefined ? undefined : { family, value };
  };
  const publics = standInAddresses(held);
  const result = new Map<string, readonly InterfaceAddress[]>();
  for (const found of coming) {
    const { interface: nic, pending } = found;
    const subnet = subnets.get(nic.subnet);
    if (subnet === undefined || pending === undefined) continue;
    const free = pools.get(subnet.id) ?? freeIn(subnet, held);
    pools.set(subnet.id, free);
    const addresses: InterfaceAddress[] = [...nic.addresses];
    for (const family of families)
      for (let i = 0; i < pending[family]; i++) {
        const pool = free[family] ?? [];
        const address = take(subnet, family, pool);
        if (address === undefined) problems.push(full(found, subnet, family, size(pool)));
        else addresses.push({ address, pending: pool });
      }
    result.set(nic.id, pending.public ? withPublic(addresses, publics) : addresses);
  }
  if (coming.some(({ pending }) => pending?.public === true) && namesPublic(named.ipv4))
    defaults.push({
      setting: 'Public addresses that AWS will assign',
      value: 'in no block that a rule, a route or a list names',
      call: 'ec2 describe-addresses',
    });
  return result;
}

/** The pool's addresses, lowest first; those that something names by themselves come last. */
function* inTurn(pool: Intervals, named: ReadonlySet<bigint>): Generator<bigint, undefined> {
  for (const last of [false, true])
    for (const { lo, hi } of pool)
      for (let value = lo; value <= hi; value++) if (named.has(value) === last) yield value;
  return undefined;
}

/** The first IPv4 address without a public one gets one. */
function withPublic(
  addresses: readonly InterfaceAddress[],
  publics: Generator<Address, undefined>,
): readonly InterfaceAddress[] {
  const at = addresses.findIndex(({ address, publicIp }) => address.family === 'ipv4' && publicIp === undefined);
  if (at < 0) return addresses;
  const publicIp = publics.next().value;
  invariant(publicIp !== undefined, 'there are more documentation addresses than public addresses to come');
  return addresses.map((one, i) => (i === at ? { ...one, publicIp, publicPending: true } : one));
}

/** A block of the internet's addresses that is not all of them. */
const namesPublic = (blocks: readonly { readonly lo: bigint; readonly hi: bigint }[]): boolean =>
  blocks.some(({ lo, hi }) => hi - lo < 1n << 31n && contains(publicUnicast.ipv4, lo));

const full = ({ interface: nic }: InterfaceFinding, subnet: Subnet, family: Family, free: bigint) => ({
  code: 'subnet-full',
  file: nic.source.file,
  place: nic.source.place,
  message: `\`${subnet.id}\` has ${free === 0n ? 'no' : `only ${free}`} free address of ${formatFamily(family)}, too few for \`${nic.id}\` and the others in it.`,
  hint: 'AWS would refuse it: give the subnet a larger CIDR block, or put less into it.',
});
