/** NAT gateways: zonal ones with their interface and addresses, regional ones as far as they are known (semantics 5.9 to 5.33). */
import { parseAddress } from '../../net/address.ts';
import { present } from '../../base/present.ts';
import type { NatAddress } from '../../network/gateway.ts';
import { subnetFacts } from './subnet-facts.ts';
import { resource } from './common.ts';
import { addressType, publicOf } from './elastic-address.ts';
import { interfaceType, subnetType, vpcType } from './kinds.ts';
import { addInterface, knownAddress, placesOf } from './new-interface.ts';
import { idOf, known, objects, references, text, texts } from './property.ts';
import { type At, type Construct, derive, note, notModelled, topOf } from './reading.ts';
import { Unknown } from './value.ts';

export const interfaceOf = ({ of, in: { around } }: At): string =>
  around.natInterfaces.get(of.id) ?? `${of.id}/interface`;

export const natGateway: Construct = {
  identities: ['NatGatewayId'],
  properties: [
    'SubnetId',
    'VpcId',
    'AllocationId',
    'ConnectivityType',
    'AvailabilityMode',
    'AvailabilityZoneAddresses',
    'AutoProvisionZones',
    'AutoScalingIps',
    'PrivateIpAddress',
    'PrivateIps',
    'PublicIp',
    'SecondaryAllocationIds',
    'SecondaryPrivateIpAddresses',
    'SecondaryPrivateIpAddressCount',
    'MaxDrainDurationSeconds',
    'Tags',
  ],
  attribute(at, name) {
    if (name === 'NetworkInterface' || name === 'EniId') return derive(at.in, interfaceOf(at), interfaceType);
    return undefined;
  },
  read(at) {
    const mode = text(at, 'AvailabilityMode');
    if (mode instanceof Unknown) note(at, 'AvailabilityMode', mode, 'it counts as zonal where it has a subnet');
    if (known(mode) === 'regional') regional(at);
    else zonal(at);
  },
};

function zonal(at: At): void {
  const { certain, possible } = placesOf(at, references(at, 'SubnetId', subnetType));
  const all = [...certain, ...possible];
  const [only] = all;
  if (only === undefined || all.length > 1 || subnetFacts(at.in, only) === undefined) {
    unresolved(
      at,
      only === undefined || all.length > 1
        ? 'it is not known in which subnet it stands'
        : `it stands in \`${only}\`, which the input does not hold: add the network that holds it by --base`,
    );
    return;
  }
  const connectivity = text(at, 'ConnectivityType');
  if (connectivity instanceof Unknown) note(at, 'ConnectivityType', connectivity, 'it counts as public');
  const isPublic = known(connectivity) !== 'private';
  const id = interfaceOf(at);
  const own = known(text(at, 'PrivateIpAddress')) ?? texts(at, 'PrivateIps').known[0];
  const [elastic] = references(at, 'AllocationId', addressType).known;
  const declared = elastic === undefined ? undefined : at.in.byId.get(elastic);
  const publicIp = isPublic
    ? (known(text(at, 'PublicIp')) ?? (declared && publicOf(topOf(at.in, declared)).publicIp))
    : undefined;
  const address = own === undefined || own === '' ? undefined : knownAddress(own, publicIp);
  const secondaries = secondary(at);
  addInterface(at, {
    id,
    subnet: only,
    groups: 'none',
    interfaceType: 'nat_gateway',
    description: `Interface for NAT Gateway ${at.of.id}`,
    requesterManaged: true,
    addresses: address === undefined ? [] : [address],
    ipv4: (address === undefined ? 1 : 0) + secondaries,
    ipv6: 0,
    public: isPublic && address?.publicIp === undefined,
  });
  const primary: NatAddress =
    address === undefined
      ? { interface: id }
      : { interface: id, privateIp: address.address, ...present({ publicIp: address.publicIp }) };
  at.in.findings.natGateways.push({
    ...resource(at),
    kind: 'nat-gateway',
    vpc: subnetFacts(at.in, only)!.vpc,
    subnet: only,
    availabilityMode: 'zonal',
    connectivity: isPublic ? 'public' : 'private',
    state: certain.length === 1 && at.of.uncertain === undefined ? 'available' : 'unknown',
    addresses: [primary],
  });
}

/** Secondary addresses are more of the same: they are said, and not modelled. */
function secondary(at: At): number {
  const more = texts(at, 'SecondaryAllocationIds');
  const own = texts(at, 'SecondaryPrivateIpAddresses');
  if (more.known.length + more.unknown.length + own.known.length + own.unknown.length > 0)
    at.in.findings.warnings.push(
      `\`${at.of.address}\`: secondary addresses of the NAT gateway are not modelled; it counts as having its primary one.`,
    );
  return 0;
}

/** It stands in no subnet, and AWS picks its addresses, one or more a zone (semantics 5.30 to 5.33). */
function regional(at: At): void {
  const vpc = idOf(at, 'VpcId', vpcType);
  if (typeof vpc !== 'string') {
    unresolved(at, 'it is not known in which VPC it stands');
    return;
  }
  const addresses = objects(at, 'AvailabilityZoneAddresses').known.flatMap((one): NatAddress[] => {
    const zone = known(text(one, 'AvailabilityZoneId')) ?? known(text(one, 'AvailabilityZone'));
    return references(one, 'AllocationIds', addressType).known.flatMap((id) => {
      const declared = at.in.byId.get(id);
      const told = declared && publicOf(topOf(at.in, declared)).publicIp;
      const publicIp = told === undefined ? undefined : parseAddress(told);
      return publicIp === undefined ? [] : [{ publicIp, ...present({ zone }) }];
    });
  });
  if (addresses.length === 0) {
    unresolved(at, 'it is regional, and AWS picks its addresses');
    return;
  }
  at.in.findings.natGateways.push({
    ...resource(at),
    kind: 'nat-gateway',
    vpc,
    availabilityMode: 'regional',
    connectivity: 'public',
    state: at.of.uncertain === undefined ? 'available' : 'unknown',
    addresses,
  });
}

/** What is routed to it may go anywhere. */
function unresolved(at: At, why: string): void {
  notModelled(at, 'nat-gateway', why, 'what is routed to it, which may go anywhere');
  at.in.findings.edges.outside.add(at.of.id);
}
