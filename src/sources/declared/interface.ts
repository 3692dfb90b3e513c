/** Network interfaces that are declared by themselves, and their attachments. */
import { present } from '../../base/present.ts';
import type { InterfaceAddress } from '../../network/interface.ts';
import { resource } from './common.ts';
import { elasticOf } from './elastic-address.ts';
import { groupType, instanceType, interfaceType, subnetType } from './kinds.ts';
import { addInterface, knownAddress, placesOf } from './new-interface.ts';
import { flag, has, idOf, known, objects, references, settle, text, texts, whole } from './property.ts';
import { type At, type Construct, note, type Reading } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const attachmentType = 'AWS::EC2::NetworkInterfaceAttachment';

export const networkInterface: Construct = {
  identities: ['NetworkInterfaceId'],
  properties: [
    'SubnetId',
    'GroupSet',
    'PrivateIpAddress',
    'PrivateIpAddresses',
    'PrivateIps',
    'SecondaryPrivateIpAddressCount',
    'Ipv6AddressCount',
    'Ipv6Addresses',
    'Ipv6s',
    'EnablePrimaryIpv6',
    'Ipv4Prefixes',
    'Ipv4PrefixCount',
    'Ipv6Prefixes',
    'Ipv6PrefixCount',
    'PublicIp',
    'SourceDestCheck',
    'InterfaceType',
    'Description',
    'ConnectionTrackingSpecification',
    'Tags',
  ],
  attribute(at, name) {
    if (name === 'PrimaryPrivateIpAddress') return privateIps(at)[0];
    if (name === 'PrimaryIpv6Address') return texts(at, 'Ipv6s').known[0];
    if (name === 'SecondaryPrivateIpAddresses') return privateIps(at).slice(1);
    return undefined;
  },
  read(at) {
    const { id } = at.of;
    const { certain, possible } = placesOf(at, references(at, 'SubnetId', subnetType));
    const holder = holderOf(at.in, id);
    const elastic = elasticOf(at.in, id, holder.primary === true ? holder.instance : undefined);
    const check = flag(at, 'SourceDestCheck');
    if (check instanceof Unknown) note(at, 'SourceDestCheck', check, 'the interface may forward, and may not');
    prefixesOpen(at);
    for (const subnet of [...certain, ...possible])
      addInterface(at, {
        id: certain.length + possible.length === 1 ? id : `${id}/${subnet}`,
        subnet,
        groups: has(at, 'GroupSet') ? references(at, 'GroupSet', groupType) : undefined,
        interfaceType: known(text(at, 'InterfaceType')) ?? 'interface',
        description: known(text(at, 'Description')) ?? '',
        requesterManaged: false,
        ...addressesIn(at, elastic.publicIp),
        public: elastic.publicIp !== undefined && privateIps(at).length > 0 ? false : elastic.has,
        uncertain: certain.length === 0 || holder.uncertain || check instanceof Unknown,
        sourceDestCheck: settle(check, true, false),
        attached: holder.instance !== undefined || holder.uncertain,
        own: resource(at),
        ...present({ instance: holder.instance, primary: holder.primary }),
      });
  },
};

/** Read by the interface that it attaches. */
export const interfaceAttachment: Construct = {
  identities: ['AttachmentId'],
  properties: ['NetworkInterfaceId', 'InstanceId', 'DeviceIndex', 'DeleteOnTermination', 'EnaSrdSpecification'],
};

interface Holder {
  readonly instance: string | undefined;
  readonly primary: boolean | undefined;
  /** It may be attached to an instance that is not known. */
  readonly uncertain: boolean;
}

/** The instance that the interface is attached to, by an attachment or in the instance itself. */
function holderOf(reading: Reading, id: string): Holder {
  const attached = satellitesOf(reading, attachmentType, 'NetworkInterfaceId', id, interfaceType);
  const [attachment] = attached.certain;
  if (attachment !== undefined) {
    const instance = idOf(attachment, 'InstanceId', instanceType);
    return { instance: known(instance), primary: isFirst(attachment), uncertain: instance instanceof Unknown };
  }
  let open = attached.possible.length > 0;
  for (const at of reading.byType.get(instanceType) ?? [])
    for (const one of objects(at, 'NetworkInterfaces').known) {
      const named = idOf(one, 'NetworkInterfaceId', interfaceType);
      if (named === id) return { instance: at.of.id, primary: isFirst(one), uncertain: false };
      open ||=
        named instanceof Unknown &&
        (named.candidates.length === 0 ||
          named.candidates.some((link) => reading.byAddress.get(link.resource)?.id === id));
    }
  return { instance: undefined, primary: undefined, uncertain: open };
}

export const isFirst = (at: At): boolean | undefined => {
  const index = whole(at, 'DeviceIndex');
  return index instanceof Unknown ? undefined : (index ?? 0) === 0;
};

/** Private IPv4 addresses that are declared, the primary one first. */
export function privateIps(at: At): readonly string[] {
  const listed = objects(at, 'PrivateIpAddresses').known.map((one) => ({
    address: known(text(one, 'PrivateIpAddress')),
    primary: known(flag(one, 'Primary')) === true,
  }));
  const ordered = [...listed.filter(({ primary }) => primary), ...listed.filter(({ primary }) => !primary)];
  const all = [
    known(text(at, 'PrivateIpAddress')),
    ...texts(at, 'PrivateIps').known,
    ...ordered.map(({ address }) => address),
  ];
  return [...new Set(all.filter((one): one is string => one !== undefined && one !== ''))];
}

/** What it has, and how many AWS picks besides. */
export function addressesIn(
  at: At,
  publicIp: string | undefined,
): { readonly addresses: readonly InterfaceAddress[]; readonly ipv4?: number; readonly ipv6?: number } {
  const ipv4s = privateIps(at);
  const ipv6s = [
    ...texts(at, 'Ipv6s').known,
    ...objects(at, 'Ipv6Addresses').known.flatMap((one) => known(text(one, 'Ipv6Address')) ?? []),
  ];
  const addresses = [
    ...ipv4s.flatMap((one, index) => knownAddress(one, index === 0 ? publicIp : undefined) ?? []),
    ...[...new Set(ipv6s)].flatMap((one) => knownAddress(one) ?? []),
  ];
  // The first is AWS's to pick where none is written; secondary ones that are written count once known.
  const secondary = known(whole(at, 'SecondaryPrivateIpAddressCount')) ?? 0;
  const listed = objects(at, 'PrivateIpAddresses').unknown.length;
  const more = Math.max(0, 1 + Math.max(secondary, listed) - ipv4s.length);
  const wanted = whole(at, 'Ipv6AddressCount');
  const ipv6 = wanted instanceof Unknown ? 1 : wanted;
  return {
    addresses,
    ...(secondary + listed > 0 ? { ipv4: more } : {}),
    ...(ipv6 === undefined ? {} : { ipv6: Math.max(0, ipv6 - ipv6s.length) }),
  };
}

/** Delegated prefixes are AWS's to pick where they are counted (semantics 1.12): they are not modelled. */
function prefixesOpen(at: At): void {
  const counted = ['Ipv4PrefixCount', 'Ipv6PrefixCount', 'Ipv4Prefixes', 'Ipv6Prefixes'].filter((key) => has(at, key));
  for (const key of counted)
    at.in.findings.warnings.push(
      `\`${at.of.address}\`: \`${key}\` delegates prefixes to the interface, which are not modelled.`,
    );
}
