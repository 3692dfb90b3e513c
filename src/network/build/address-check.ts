/** Addresses where they cannot be: outside their subnet or VPC, or held twice. */
import type { Problem } from '../../base/problem.ts';
import { type Address, type Family, formatAddress } from '../../net/address.ts';
import { formatPrefix, type Prefix, prefixContains, prefixesOverlap } from '../../net/prefix.ts';
import type { Network } from '../network.ts';
import type { Resource } from '../resource.ts';
import type { Subnet } from '../subnet.ts';

type Parts = Pick<Network, 'vpcs' | 'subnets' | 'interfaces'>;

export function checkAddresses(network: Parts): readonly Problem[] {
  return [...checkSubnets(network), ...checkInterfaces(network)];
}

function checkSubnets(network: Parts): readonly Problem[] {
  const problems: Problem[] = [];
  const taken = new Map<string, { prefix: Prefix; subnet: Subnet }[]>();
  for (const subnet of network.subnets.values()) {
    const blocks = network.vpcs.get(subnet.vpc)?.cidrs ?? [];
    const others = taken.get(subnet.vpc) ?? [];
    taken.set(subnet.vpc, others);
    for (const prefix of subnet.cidrs) {
      if (blocks.length > 0 && !blocks.some((block) => prefixesOverlap(block, prefix) && block.length <= prefix.length))
        problems.push({
          ...problem('cidr-outside-vpc', subnet),
          message: `${formatPrefix(prefix)} of \`${subnet.id}\` lies outside the CIDR blocks of \`${subnet.vpc}\`.`,
          hint: 'Correct the block, or add the VPC that was read at the same time.',
        });
      const other = others.find((one) => prefixesOverlap(one.prefix, prefix));
      if (other !== undefined)
        problems.push({
          ...problem('overlapping-subnets', subnet),
          message: `${formatPrefix(prefix)} of \`${subnet.id}\` overlaps ${formatPrefix(other.prefix)} of \`${other.subnet.id}\`.`,
          hint: 'Subnets of one VPC never overlap; correct one of them.',
        });
      others.push({ prefix, subnet });
    }
  }
  return problems;
}

function checkInterfaces(network: Parts): readonly Problem[] {
  const problems: Problem[] = [];
  const claim = (owner: Resource, held: Map<bigint, string>, address: Address): void => {
    const other = held.get(address.value);
    if (other === undefined) held.set(address.value, owner.id);
    else
      problems.push({
        ...problem('duplicate-address', owner),
        message: `\`${owner.id}\` and \`${other}\` both have the address ${formatAddress(address)}.`,
        hint: 'Answers of different moments were mixed; write them again.',
      });
  };
  const heldPublicly = new Map<bigint, string>();
  const heldIn = new Map<string, Record<Family, Map<bigint, string>>>();
  for (const nic of network.interfaces.values()) {
    const subnet = network.subnets.get(nic.subnet);
    // A block that could not be read has been blamed already.
    const told = subnet !== undefined && subnet.cidrs.length > 0;
    if (subnet !== undefined && subnet.vpc !== nic.vpc)
      problems.push({
        ...problem('inconsistent-vpc', nic),
        message: `\`${nic.id}\` names \`${nic.vpc}\`, and its subnet \`${subnet.id}\` is in \`${subnet.vpc}\`.`,
        hint: 'Correct one of the two.',
      });
    const held = heldIn.get(nic.vpc) ?? { ipv4: new Map(), ipv6: new Map() };
    heldIn.set(nic.vpc, held);
    for (const { address, publicIp } of nic.addresses) {
      if (told && !subnet.cidrs.some((block) => prefixContains(block, address)))
        problems.push({
          ...problem('address-outside-subnet', nic),
          message: `${formatAddress(address)} of \`${nic.id}\` lies outside ${subnet.cidrs.map(formatPrefix).join(' and ')} of \`${subnet.id}\`.`,
          hint: 'Correct the address or the subnet.',
        });
      claim(nic, held[address.family], address);
      if (publicIp !== undefined) claim(nic, heldPublicly, publicIp);
    }
    for (const prefix of nic.prefixes)
      if (told && !subnet.cidrs.some((block) => prefixesOverlap(block, prefix) && block.length <= prefix.length))
        problems.push({
          ...problem('address-outside-subnet', nic),
          message: `${formatPrefix(prefix)} of \`${nic.id}\` lies outside \`${subnet.id}\`.`,
          hint: 'Correct the prefix or the subnet.',
        });
  }
  return problems;
}

const problem = (code: string, { source }: Resource): Pick<Problem, 'code' | 'file' | 'place'> => ({
  code,
  file: source.file,
  place: source.place,
});
