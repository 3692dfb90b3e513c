/** describe-network-interfaces, and the interfaces that describe-instances shows. */
import type { InstanceNetworkInterface, NetworkInterface as AwsNetworkInterface } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import { sameAddress } from '../../net/address.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings, InterfaceFinding } from '../../network/build/findings.ts';
import type { InterfaceAddress } from '../../network/interface.ts';
import { address, type At, flag, inner, list, prefix, required, text } from './fields.ts';
import { resource } from './resource.ts';

export function readInterface(at: At<AwsNetworkInterface>, findings: Findings): void {
  const id = required(at, 'NetworkInterfaceId');
  const subnet = required(at, 'SubnetId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || subnet === undefined || vpc === undefined) return;
  const attachment = inner(at, 'Attachment');
  findings.interfaces.push({
    ...resource(at, id, { account: text(at, 'OwnerId'), zone: text(at, 'AvailabilityZone') }),
    ...common(at, vpc, subnet),
    attached: isAttached(text(at, 'Status'), attachment !== undefined),
    requesterManaged: flag(at, 'RequesterManaged') ?? false,
    denyAllIgwTraffic: flag(at, 'DenyAllIgwTraffic') ?? false,
    ...present({
      instance: attachment === undefined ? undefined : text(attachment, 'InstanceId'),
      instanceOwner: attachment === undefined ? undefined : text(attachment, 'InstanceOwnerId'),
    }),
  });
}

export function readInstanceInterface(
  at: At<InstanceNetworkInterface>,
  instance: string,
  findings: Findings,
): string | undefined {
  const id = required(at, 'NetworkInterfaceId');
  const subnet = text(at, 'SubnetId');
  const vpc = text(at, 'VpcId');
  // A stopped Classic instance or one being terminated shows no place.
  if (id === undefined || subnet === undefined || vpc === undefined) return undefined;
  findings.instanceInterfaces.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    ...common(at, vpc, subnet),
    attached: true,
    requesterManaged: false,
    denyAllIgwTraffic: false,
    instance,
  });
  return id;
}

type Common = AwsNetworkInterface | InstanceNetworkInterface;

const common = (at: At<Common>, vpc: string, subnet: string) =>
  ({
    kind: 'network-interface',
    vpc,
    subnet,
    interfaceType: text(at, 'InterfaceType') ?? 'interface',
    description: text(at, 'Description') ?? '',
    groups: list(at, 'Groups').flatMap((group) => required(group, 'GroupId') ?? []),
    addresses: addressesOf(at),
    prefixes: prefixesOf(at),
    sourceDestCheck: flag(at, 'SourceDestCheck') ?? true,
  }) satisfies Partial<InterfaceFinding>;

/** An interface that is `available` is attached to nothing. */
const isAttached = (status: string | undefined, attachment: boolean): boolean =>
  status === undefined ? attachment : status !== 'available';

/** Every private address with its own public mapping (semantics 1.5), the primary IPv4 address first. */
function addressesOf(at: At<Common>): readonly InterfaceAddress[] {
  const found: { primary: boolean; address: InterfaceAddress }[] = [];
  for (const entry of list(at, 'PrivateIpAddresses')) {
    const own = address(entry, 'PrivateIpAddress');
    if (own === undefined) continue;
    const association = inner(entry, 'Association');
    const publicIp = association === undefined ? undefined : address(association, 'PublicIp');
    found.push({ primary: flag(entry, 'Primary') ?? false, address: { address: own, ...present({ publicIp }) } });
  }
  const top = address(at, 'PrivateIpAddress');
  if (top !== undefined && !found.some((one) => sameAddress(one.address.address, top))) {
    const association = inner(at, 'Association');
    const publicIp = association === undefined ? undefined : address(association, 'PublicIp');
    found.push({ primary: true, address: { address: top, ...present({ publicIp }) } });
  }
  const ipv6 = list(at, 'Ipv6Addresses').flatMap((entry) => address(entry, 'Ipv6Address') ?? []);
  return [
    ...found.filter((one) => one.primary).map((one) => one.address),
    ...found.filter((one) => !one.primary).map((one) => one.address),
    ...ipv6.map((one) => ({ address: one })),
  ];
}

function prefixesOf(at: At<Common>): readonly Prefix[] {
  const blocks = [
    ...list(at, 'Ipv4Prefixes').map((entry) => prefix(entry, 'Ipv4Prefix')),
    ...list(at, 'Ipv6Prefixes').map((entry) => prefix(entry, 'Ipv6Prefix')),
  ];
  return blocks.filter((block) => block !== undefined);
}
