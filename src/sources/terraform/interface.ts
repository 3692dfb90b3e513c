/** Network interfaces, what they are attached to, and groups that are added to them beside. */
import { interfaceGroup } from '../declared/types.ts';
import { Link, Unknown, type Value } from '../declared/value.ts';
import { apart } from './apart.ts';
import { added } from './beside.ts';
import {
  blocks,
  filled,
  type Given,
  hanging,
  isConfigured,
  label,
  link,
  links,
  onceKnown,
  own,
  tags,
  text,
  type Told,
  told,
  type Translation,
  value,
} from './translation.ts';

export const networkInterface: Translation = (at) => [
  told(at, 'AWS::EC2::NetworkInterface', {
    SubnetId: link(at, 'subnet_id', 'subnet'),
    GroupSet: withAttached(at, groupsShown(at, 'security_groups', text(at, 'id')), 'Ref', text(at, 'id')),
    ...addressesOf(at),
    SourceDestCheck: value(at, 'source_dest_check'),
    InterfaceType: onceKnown(value(at, 'interface_type')),
    Description: label(at, 'description'),
    Tags: tags(at),
  }),
  ...attachmentsIn(at),
];

const addressesOf = (at: Given): Told['properties'] => {
  const primary = value(at, 'private_ip');
  const all = value(at, 'private_ips');
  return {
    PrivateIpAddress: typeof primary === 'string' ? primary : undefined,
    PrivateIps: inOrder(primary, all),
    SecondaryPrivateIpAddressCount: onceKnown(value(at, 'private_ips_count')),
    Ipv6s: filled(value(at, 'ipv6_addresses')),
    Ipv6AddressCount: onceKnown(value(at, 'ipv6_address_count')),
    Ipv4Prefixes: prefixes(at, 'ipv4_prefixes', 'Ipv4Prefix'),
    Ipv4PrefixCount: onceKnown(value(at, 'ipv4_prefix_count')),
    Ipv6Prefixes: prefixes(at, 'ipv6_prefixes', 'Ipv6Prefix'),
    Ipv6PrefixCount: onceKnown(value(at, 'ipv6_prefix_count')),
  };
};

/** The primary address first. */
function inOrder(primary: Value | undefined, all: Value | undefined): Value | undefined {
  if (!Array.isArray(all) || all.length === 0) return all instanceof Unknown ? all : undefined;
  const list = all as readonly Value[];
  return typeof primary === 'string' ? [primary, ...list.filter((one) => one !== primary)] : list;
}

function prefixes(at: Given, key: string, name: string): Value | undefined {
  const found = filled(value(at, key));
  return Array.isArray(found) ? (found as readonly Value[]).map((one) => ({ [name]: one })) : found;
}

/** What attaches it beside it shows in it too, and is told by itself. */
function attachmentsIn(at: Given): readonly Told[] {
  if (isConfigured(at, 'attachment') !== true) {
    const beside = apart(at, ['aws_network_interface_attachment'], 'network_interface_id', text(at, 'id'));
    if (beside.length > 0) return [];
  }
  return blocks(at, 'attachment').map((one, i) => {
    if (one instanceof Unknown) return attachment(own(at), one, one, `attachment-${i}`);
    return attachment(own(at), link(one, 'instance', 'instance'), value(one, 'device_index'), `attachment-${i}`);
  });
}

const attachment = (
  nic: Value | undefined,
  InstanceId: Value | undefined,
  DeviceIndex: Value | undefined,
  part?: string,
): Told => hanging('AWS::EC2::NetworkInterfaceAttachment', { NetworkInterfaceId: nic, InstanceId, DeviceIndex }, part);

export const networkInterfaceAttachment: Translation = (at) => [
  attachment(
    link(at, 'network_interface_id', 'network-interface'),
    link(at, 'instance_id', 'instance'),
    value(at, 'device_index'),
  ),
];

/** Of an interface that exists already and is not declared; one that is has it among its groups (`withAttached`). */
export const groupAttachment: Translation = (at) => [
  hanging(interfaceGroup, {
    NetworkInterfaceId: link(at, 'network_interface_id', 'network-interface'),
    GroupId: link(at, 'security_group_id', 'security-group'),
  }),
];

const attaching = 'aws_network_interface_sg_attachment';

/** The groups that it names; of those that it only shows, not what was attached beside it. */
export function groupsShown(at: Given, key: string, nic: string | undefined): Value | undefined {
  const found = links(at, key, ['security-group']);
  if (isConfigured(at, key) === true || !Array.isArray(found)) return found;
  const taken = new Set(apart(at, [attaching], 'network_interface_id', nic).map((one) => one.security_group_id));
  return (found as readonly Value[]).filter((one) => !taken.has(one as string));
}

/** The same with the groups that are attached beside it. */
export function withAttached(
  at: Given,
  groups: Value | undefined,
  attribute: string,
  nic: string | undefined,
): Value | undefined {
  const more = added(
    at,
    attaching,
    { by: ['network_interface_id', 'network-interface'], id: nic, attribute },
    (beside) => link(beside, 'security_group_id', 'security-group') ?? new Unknown('known after apply'),
    (group) => new Unknown('a group may be attached to it', group instanceof Link ? [group] : []),
  );
  if (more.length === 0) return groups;
  if (groups === undefined) return [new Unknown("the VPC's default group, besides those attached to it"), ...more];
  return Array.isArray(groups) ? [...(groups as readonly Value[]), ...more] : [groups, ...more];
}
