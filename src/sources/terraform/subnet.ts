/** Subnets. */
import { link, same, tags, told, type Translation } from './translation.ts';

export const subnet: Translation = (at) => [
  told(at, 'AWS::EC2::Subnet', {
    VpcId: link(at, 'vpc_id', 'vpc'),
    ...same(
      at,
      'cidr_block',
      'ipv6_cidr_block',
      'availability_zone',
      'availability_zone_id',
      'map_public_ip_on_launch',
      'assign_ipv6_address_on_creation',
      'enable_dns64',
      'ipv6_native',
    ),
    Tags: tags(at),
  }),
];

/** The default subnet of a zone, adopted. */
export const defaultSubnet: Translation = (at) =>
  subnet(at).map((one) => ({ ...one, properties: { ...one.properties, Adopts: {} } }));
