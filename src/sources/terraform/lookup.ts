/** Data sources that found something of the network: what they tell of it, by Terraform's type. */
import type { Value } from '../declared/value.ts';
import { filled, type Given, same, tags, told, type Translation, value } from './translation.ts';

const membersOf = (at: Given, key: string, of: string): Value | undefined => {
  const all = at.values[key];
  const found = Array.isArray(all)
    ? all.flatMap((one) => (typeof one === 'object' && one !== null && of in one ? [one[of] as Value] : []))
    : [];
  return filled(found);
};

const vpc: Translation = (at) => [
  told(at, 'AWS::EC2::VPC', {
    ...same(at, 'cidr_block', 'ipv6_cidr_block', 'enable_dns_support', 'enable_dns_hostnames'),
    CidrBlocks: membersOf(at, 'cidr_block_associations', 'cidr_block'),
    MainRouteTable: value(at, 'main_route_table_id'),
    IsDefault: value(at, 'default'),
    Tags: tags(at),
  }),
];

const subnet: Translation = (at) => [
  told(at, 'AWS::EC2::Subnet', {
    ...same(
      at,
      'vpc_id',
      'cidr_block',
      'ipv6_cidr_block',
      'availability_zone',
      'availability_zone_id',
      'map_public_ip_on_launch',
    ),
    Tags: tags(at),
  }),
];

/** An AWS service's list, or one of the account: its entries. */
const servicePrefixList: Translation = (at) => [
  told(at, 'AWS::EC2::PrefixList', {
    PrefixListName: value(at, 'name'),
    Entries: cidrsOf(at),
  }),
];

function cidrsOf(at: Given): Value | undefined {
  const found = value(at, 'cidr_blocks');
  return Array.isArray(found) ? (found as readonly Value[]).map((Cidr) => ({ Cidr })) : found;
}

const managedPrefixList: Translation = (at) => [
  told(at, 'AWS::EC2::PrefixList', {
    PrefixListName: value(at, 'name'),
    AddressFamily: value(at, 'address_family'),
    Entries: (membersOf(at, 'entries', 'cidr') as readonly Value[] | undefined)?.map((Cidr) => ({ Cidr })) ?? [],
  }),
];

/** Only what was found already: a data source that is read at apply tells nothing yet. */
const found =
  (translate: Translation): Translation =>
  (at) =>
    typeof at.values.id === 'string' ? translate(at) : [];

export const lookups: ReadonlyMap<string, Translation> = new Map(
  Object.entries({
    aws_vpc: found(vpc),
    aws_subnet: found(subnet),
    aws_prefix_list: found(servicePrefixList),
    aws_ec2_managed_prefix_list: found(managedPrefixList),
  }),
);
