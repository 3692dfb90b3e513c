/** Elastic IP addresses: which interface, instance or NAT gateway has one (semantics 1.5). */
import type { Construct } from './reading.ts';
import { instanceType, interfaceType } from './kinds.ts';
import { known, text } from './property.ts';
import { type At, type Reading, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';

export const addressType = 'AWS::EC2::EIP';
const associationType = 'AWS::EC2::EIPAssociation';

export const elasticAddress: Construct = {
  identities: ['AllocationId'],
  properties: [
    'Domain',
    'InstanceId',
    'NetworkInterfaceId',
    'PrivateIpAddress',
    'PublicIp',
    'PublicIpv4Pool',
    'NetworkBorderGroup',
    'IpamPoolId',
    'Address',
    'TransferAddress',
    'Tags',
  ],
};

/** Both are read by the interfaces that they belong to. */
export const elasticAddressAssociation: Construct = {
  properties: ['AllocationId', 'EIP', 'InstanceId', 'NetworkInterfaceId', 'PrivateIpAddress', 'AllowReassociation'],
};

export interface Elastic {
  /** Undefined where it may have one. */
  readonly has: boolean | undefined;
  /** The public address, where it is known. */
  readonly publicIp?: string;
}

/** Of an interface, and, where it is an instance's first, of the instance. */
export function elasticOf(reading: Reading, nic: string, instance?: string): Elastic {
  const found = [addressType, associationType].flatMap((type) => [
    satellitesOf(reading, type, 'NetworkInterfaceId', nic, interfaceType),
    ...(instance === undefined ? [] : [satellitesOf(reading, type, 'InstanceId', instance, instanceType)]),
  ]);
  const [certain] = found.flatMap((one) => one.certain);
  if (certain !== undefined) return { has: true, ...publicOf(certain) };
  return { has: found.some(({ possible }) => possible.length > 0) ? undefined : false };
}

/** Of an address itself, or of the one that an association names. */
export function publicOf(at: At): { readonly publicIp?: string } {
  const allocation = at.of.type === addressType ? at.of : at.in.byId.get(known(text(at, 'AllocationId')) ?? '');
  const address = allocation === undefined ? undefined : known(text(topOf(at.in, allocation), 'PublicIp'));
  return address === undefined || address === '' ? {} : { publicIp: address };
}
