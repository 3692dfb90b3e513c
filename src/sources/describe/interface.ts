/** describe-network-interfaces, and the interfaces that describe-instances shows. */
import type {
  InstanceNetworkInterface,
  NetworkInterface as AwsNetworkInterface,
  NetworkInterfaceAttachment,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import { sameAddress } from '../../net/address.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { InterfaceFinding } from '../../network/build/interface-finding.ts';
import type { InterfaceAddress } from '../../network/interface.ts';
import { address, type At, flag, inner, list, prefix, required, text, whole } from './fields.ts';
import { resource } from './resource.ts';

export function readInterface(at: At<AwsNetworkInterface>, findings: Findings): void {
  const id = required(at, 'NetworkInterfaceId');
  const subnet = required(at, 'SubnetId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || subnet === undefined || vpc === undefined) return;
  const attachment = inner(at, 'Attachment');
  const status = text(at, 'Status');
  const own = {
    ...present({ state: [status, attachment && text(attachment, 'Status')].find((word) => !settled.has(word)) }),
    attached: isAttached(status, attachment !== undefined),
    denyAllIgwTraffic: flag(at, 'DenyAllIgwTraffic') ?? false,
  };
  const instance = attachment && text(attachment, 'InstanceId');
  const instanceOwner = attachment && text(attachment, 'InstanceOwnerId');
  findings.interfaces.set(id, {
    interface: Object.assign(
      resource(at, id, { account: text(at, 'OwnerId'), zone: text(at, 'AvailabilityZone') }),
      common(at, vpc, subnet),
      instance === undefined ? own : { ...own, instance },
    ),
    requesterManaged: flag(at, 'RequesterManaged') ?? false,
    ...present({ instanceOwner, primary: attachment && isPrimary(attachment) }),
  });
}

/** Its id; what describe-network-interfaces tells of it counts before what the instance shows. */
export function readInstanceInterface(
  at: At<InstanceNetworkInterface>,
  instance: string,
  findings: Findings,
): string | undefined {
  const id = required(at, 'NetworkInterfaceId');
  if (id === undefined || findings.interfaces.has(id)) return id;
  const subnet = text(at, 'SubnetId');
  const vpc = text(at, 'VpcId');
  const attachment = inner(at, 'Attachment');
  // A stopped Classic instance or one being terminated shows no place.
  if (subnet === undefined || vpc === undefined) return undefined;
  findings.instanceInterfaces.push({
    interface: Object.assign(resource(at, id, { account: text(at, 'OwnerId') }), common(at, vpc, subnet), {
      attached: true,
      denyAllIgwTraffic: false,
      instance,
    }),
    requesterManaged: false,
    ...present({ primary: attachment && isPrimary(attachment) }),
  });
  return id;
}

/** The first device on the first network card; undefined where it is not told which it is. */
function isPrimary(at: At<NetworkInterfaceAttachment>): boolean | undefined {
  const device = whole(at, 'DeviceIndex');
  return device === undefined ? undefined : device === 0 && (whole(at, 'NetworkCardIndex') ?? 0) === 0;
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
  }) satisfies Partial<InterfaceFinding['interface']>;

/** Attached to something, or to nothing; in any other status it comes or goes. */
const settled: ReadonlySet<string | undefined> = new Set([
  undefined,
  'in-use',
  'associated',
  'available',
  'attached',
  'detached',
]);

/** An interface that is `available` is attached to nothing. */
const isAttached = (status: string | undefined, attachment: boolean): boolean =>
  status === undefined ? attachment : status !== 'available';

/** Every private address with its own public mapping (semantics 1.5), the primary one of each family before others of it. */
function addressesOf(at: At<Common>): readonly InterfaceAddress[] {
  const primary: InterfaceAddress[] = [];
  const others: InterfaceAddress[] = [];
  for (const entry of list(at, 'PrivateIpAddresses')) {
    const mapped = mappedAddress(entry);
    if (mapped !== undefined) (flag(entry, 'Primary') === true ? primary : others).push(mapped);
  }
  const top = mappedAddress(at);
  if (top !== undefined && ![...primary, ...others].some(({ address: own }) => sameAddress(own, top.address)))
    primary.push(top);
  const ipv6s: InterfaceAddress[] = [];
  for (const entry of list(at, 'Ipv6Addresses')) {
    const ipv6 = address(entry, 'Ipv6Address');
    if (ipv6 !== undefined)
      ipv6s.splice(flag(entry, 'IsPrimaryIpv6') === true ? 0 : ipv6s.length, 0, { address: ipv6 });
  }
  return [...primary, ...others, ...ipv6s];
}

/** A private address and the public one mapped to it, in the fields that interfaces and their entries share. */
function mappedAddress(
  at: At<{
    PrivateIpAddress?: string | undefined;
    Association?: { PublicIp?: string | undefined; CarrierIp?: string | undefined } | undefined;
  }>,
): InterfaceAddress | undefined {
  const own = address(at, 'PrivateIpAddress');
  const association = inner(at, 'Association');
  const publicIp = association && address(association, 'PublicIp');
  const carrierIp = association && address(association, 'CarrierIp');
  if (own === undefined || (publicIp === undefined && carrierIp === undefined)) return own && { address: own };
  return { address: own, ...present({ publicIp, carrierIp }) };
}

function prefixesOf(at: At<Common>): readonly Prefix[] {
  const blocks = [
    ...list(at, 'Ipv4Prefixes').map((entry) => prefix(entry, 'Ipv4Prefix')),
    ...list(at, 'Ipv6Prefixes').map((entry) => prefix(entry, 'Ipv6Prefix')),
  ];
  return blocks.filter((block) => block !== undefined);
}
