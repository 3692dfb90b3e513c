/**
 * The blocks of VPCs and subnets. An IPv6 block that AWS will choose is stood in for by one of addresses for documentation
 * (RFC 3849), which nobody else has and no rule names but by that block.
 */
import { formatPrefix, parsePrefix, type Prefix, prefixesOverlap, includesPrefix } from '../../net/prefix.ts';
import { subnetType, vpcType } from './kinds.ts';
import { flag, idOf, known, prefix, texts, prefixIn } from './property.ts';
import { type At, complain, type Reading } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

/** A block that may be there is taken to be: without it nothing could be in it. */
function beside(at: At, type: string, key: string, of: string): readonly At[] {
  const { certain, possible } = satellitesOf(at.in, type, key, at.of.id, of);
  return [...certain, ...possible.filter(({ of: { uncertain } }) => uncertain !== undefined)];
}

const standIns = parsePrefix('2001:db8::/32')!;

/** The `n`th block of the length in the other, counted from 0. */
const nth = (of: Prefix, length: number, n: number): Prefix => ({
  family: of.family,
  base: of.base + (BigInt(n) << BigInt(128 - length)),
  length,
});

const memo = new WeakMap<Reading, Map<string, readonly Prefix[]>>();

function remembered(reading: Reading, id: string, make: () => readonly Prefix[]): readonly Prefix[] {
  const all = memo.get(reading) ?? new Map<string, readonly Prefix[]>();
  memo.set(reading, all);
  const before = all.get(id);
  if (before !== undefined) return before;
  const made = make();
  all.set(id, made);
  return made;
}

/** Properties by which AWS is asked for an IPv6 block of its own choice. */
const asked = ['Ipv6IpamPoolId', 'Ipv6Pool'];

/** Both families, the primary IPv4 block first. */
export const blocksOfVpc = (at: At): readonly Prefix[] =>
  remembered(at.in, at.of.id, () => {
    const blocks: Prefix[] = [];
    const add = (block: Prefix): void => {
      if (!includesPrefix(blocks, block)) blocks.push(block);
    };
    const certain = beside(at, 'AWS::EC2::VPCCidrBlock', 'VpcId', vpcType);
    let unknown = 0;
    for (const one of [at, ...certain]) {
      const ipv4 = prefix(one, 'CidrBlock');
      if (ipv4 instanceof Unknown) unknownBlock(one, 'CidrBlock', ipv4);
      else if (ipv4 !== undefined) add(ipv4);
      for (const key of ['CidrBlocks', 'Ipv6CidrBlocks'])
        for (const written of texts(one, key).known) {
          const block = prefixIn(one, key, written);
          if (block !== undefined) add(block);
        }
      const ipv6 = prefix(one, 'Ipv6CidrBlock');
      if (ipv6 instanceof Unknown || (ipv6 === undefined && isAsked(one))) unknown += 1;
      else if (ipv6 !== undefined) add(ipv6);
    }
    // What exists shows its blocks.
    if (blocks.some(({ family }) => family === 'ipv6')) return blocks;
    const index = (at.in.byType.get(vpcType) ?? []).findIndex(({ of }) => of === at.of);
    for (let n = 0; n < unknown; n++) {
      const block = nth(standIns, 56, index * 16 + n);
      add(block);
      standsIn(at, block);
    }
    return blocks;
  });

const isAsked = (at: At): boolean => {
  const amazon = flag(at, 'AmazonProvidedIpv6CidrBlock');
  return (
    amazon instanceof Unknown ||
    amazon === true ||
    asked.some((key) => at.fields[key] !== undefined && at.fields[key] !== null)
  );
};

const standsIn = (at: At, block: Prefix): void => {
  at.in.findings.warnings.push(
    `\`${at.of.address}\`: AWS chooses its IPv6 block when it is deployed; ${formatPrefix(block)} stands for it.`,
  );
};

/** Without the block, nothing can be said of what is in it. */
export function unknownBlock(at: At, key: string, { why }: Unknown): void {
  complain(
    at,
    'unknown-block',
    key,
    `its \`${key}\` is not known: ${why}.`,
    'Write the block itself, give the parameter a value (`--parameter NAME=CIDR`), or plan again once it exists.',
  );
}

/** The block of each family; one of IPv6 that is not known is the next /64 of its VPC's. */
export const blocksOfSubnet = (at: At): readonly Prefix[] =>
  remembered(at.in, at.of.id, () => {
    const blocks: Prefix[] = [];
    const ipv4 = prefix(at, 'CidrBlock');
    if (ipv4 instanceof Unknown) unknownBlock(at, 'CidrBlock', ipv4);
    else if (ipv4 !== undefined) blocks.push(ipv4);
    const own = sourcesOfIpv6(at);
    blocks.push(...own.flatMap((one) => known(prefix(one, 'Ipv6CidrBlock')) ?? []));
    if (blocks.some(({ family }) => family === 'ipv6') || !own.some(isOpen)) return blocks;
    const block = standInOfSubnet(at);
    standsIn(at, block);
    return [...blocks, block];
  });

const sourcesOfIpv6 = (at: At): readonly At[] => [
  at,
  ...beside(at, 'AWS::EC2::SubnetCidrBlock', 'SubnetId', subnetType),
];

const isOpen = (one: At): boolean =>
  prefix(one, 'Ipv6CidrBlock') instanceof Unknown ||
  one.fields['Ipv6IpamPoolId'] !== undefined ||
  one.fields['Ipv6NetmaskLength'] !== undefined;

function standInOfSubnet(at: At): Prefix {
  const vpc = known(idOf(at, 'VpcId', vpcType));
  const of = vpc === undefined ? undefined : at.in.byId.get(vpc);
  const around =
    of === undefined
      ? undefined
      : blocksOfVpc({ ...at, fields: of.properties, path: '', of }).find(({ family }) => family === 'ipv6');
  const subnets = at.in.byType.get(subnetType) ?? [];
  const index = subnets.findIndex((one) => one.of === at.of);
  if (around === undefined || around.length > 56) return nth(nth(standIns, 40, 255), 64, index);
  const taken = subnets.flatMap((one) =>
    sourcesOfIpv6(one).flatMap((each) => known(prefix(each, 'Ipv6CidrBlock')) ?? []),
  );
  const before = subnets
    .slice(0, index)
    .filter((one) => known(idOf(one, 'VpcId', vpcType)) === vpc && sourcesOfIpv6(one).some(isOpen)).length;
  const free: Prefix[] = [];
  for (let n = 0; free.length <= before && n < 256; n++) {
    const block = nth(around, 64, n);
    if (!taken.some((other) => prefixesOverlap(other, block))) free.push(block);
  }
  return free[before] ?? nth(nth(standIns, 40, 255), 64, index);
}
