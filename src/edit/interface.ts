/** Edits of network interfaces: groups, private addresses, source/destination check (semantics section 1). */
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { prefixContains } from '../net/prefix.ts';
import { freeIn, heldAddresses } from '../network/free-address.ts';
import type { InterfaceAddress, InterfaceRole, NetworkInterface } from '../network/interface.ts';
import type { Network } from '../network/network.ts';
import type { SecurityGroup } from '../network/security-group.ts';
import type { Subnet } from '../network/subnet.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { some, things } from './selection.ts';

/** Those that a guest or a managed service drives: whoever owns one can change it (semantics 1.20). */
const own: ReadonlySet<InterfaceRole> = new Set(['host', 'lambda', 'managed-service', 'other-service']);

/** Of an instance, those of its interfaces that are in the input. */
export function interfacesNamed(draft: Draft, name: string): readonly NetworkInterface[] {
  const found = things(draft, 'interface', name, 'network interface or instance', 'network-interface', 'instance');
  const all = once(
    found.flatMap((one) => (one.kind === 'instance' ? interfacesOf(draft.network, one.interfaces) : [one])),
  );
  const managed = all.filter(({ role }) => !own.has(role));
  for (const nic of managed) draft.wrong('interface', madeByService(nic));
  return managed.length > 0 ? [] : all;
}

/** A name may be that of an instance and of its interface. */
const once = (all: readonly NetworkInterface[]): readonly NetworkInterface[] => [
  ...new Map(all.map((nic) => [nic.id, nic])).values(),
];

const interfacesOf = ({ interfaces }: Network, ids: readonly string[]): readonly NetworkInterface[] =>
  ids.flatMap((id) => interfaces.get(id) ?? []);

const madeByService = ({ id, role }: NetworkInterface) => ({
  code: 'not-editable',
  message: `\`${id}\` belongs to an AWS service (${role}), which alone can change it.`,
  hint: 'Edit what owns it: the endpoint, the balancer or the gateway.',
});

export function interfaceNamed(draft: Draft, name: string): NetworkInterface | undefined {
  const all = interfacesNamed(draft, name);
  const [only, ...others] = all;
  if (others.length === 0) return only;
  draft.wrong('interface', {
    code: 'ambiguous',
    message: `\`${name}\` is ${all.length} interfaces: ${some(all.map(({ id }) => id))}.`,
    hint: 'Name one of them.',
  });
  return undefined;
}

export function changeGroups(draft: Draft, { interface: name, change, groups: asked }: EditOf<'change-groups'>): void {
  const groups = things(draft, 'groups', asked, 'security group', 'security-group');
  const nics = withGroups(draft, name);
  if (groups.length === 0) return;
  const ids = groups.map(({ id }) => id);
  toEach(draft, 'groups', nics, undefined, (nic) => {
    for (const group of change === 'remove' ? [] : groups) if (!mayHave(draft, 'groups', nic, group)) return undefined;
    const after =
      change === 'set'
        ? ids
        : change === 'add'
          ? [...nic.groups, ...ids.filter((id) => !nic.groups.includes(id))]
          : nic.groups.filter((id) => !ids.includes(id));
    if (after.length === nic.groups.length && after.every((id) => nic.groups.includes(id)))
      return `\`${nic.id}\` has the groups ${nic.groups.join(', ')} already${change === 'remove' ? ', and none of these' : ''}.`;
    if (after.length === 0) {
      draft.wrong('groups', {
        code: 'no-group',
        message: `\`${nic.id}\` would be left without a security group.`,
        hint: 'AWS leaves every interface one: `groups set` puts another in the place of all.',
      });
      return undefined;
    }
    put(draft, 'interfaces', { ...nic, groups: after });
    note(draft, nic, 'security groups', nic.groups.join(', '), after.join(', '));
    return undefined;
  });
}

/** Interfaces, and those of an instance, interface endpoint or load balancer, whose groups can be changed. */
function withGroups(draft: Draft, name: string): readonly NetworkInterface[] {
  const found = things(
    draft,
    'interface',
    name,
    'network interface, instance, interface endpoint or load balancer',
    'network-interface',
    'instance',
    'vpc-endpoint',
    'load-balancer',
  );
  const all = found.flatMap((one) => {
    const nics = one.kind === 'network-interface' ? [one] : interfacesOf(draft.network, one.interfaces);
    const byOwner = one.kind === 'vpc-endpoint' || one.kind === 'load-balancer';
    const refused = byOwner ? nics.find(({ groups }) => groups.length === 0) : nics.find(({ role }) => !own.has(role));
    if (refused === undefined && nics.length > 0) return nics;
    draft.wrong(
      'interface',
      refused !== undefined && !byOwner
        ? madeByService(refused)
        : {
            code: 'not-editable',
            message: `\`${one.id}\` has no security groups.`,
            hint: 'A load balancer or endpoint that was made without groups can get none.',
          },
    );
    return [];
  });
  return once(all);
}

/** A group is of the interface's VPC, or associated with it (semantics 2.27). */
export function mayHave(
  draft: Draft,
  field: string,
  { id, vpc }: Pick<NetworkInterface, 'id' | 'vpc'>,
  group: SecurityGroup,
) {
  if (group.vpc === vpc || group.associatedVpcs.includes(vpc)) return true;
  draft.wrong(field, {
    code: 'wrong-vpc',
    message: `\`${group.id}\` is of \`${group.vpc}\`, and \`${id}\` in \`${vpc}\`.`,
    hint: 'Name a group of the same VPC.',
  });
  return false;
}

export function addAddress(draft: Draft, { interface: name, address }: EditOf<'add-address'>): void {
  const nic = interfaceNamed(draft, name);
  const subnet = nic && draft.network.subnets.get(nic.subnet);
  if (nic === undefined || subnet === undefined) return;
  toEach(draft, 'address', [nic], undefined, () => {
    if (nic.addresses.some((one) => sameAddress(one.address, address)))
      return `\`${nic.id}\` has ${formatAddress(address)} already.`;
    if (!isFree(draft, 'address', subnet, address)) return undefined;
    put(draft, 'interfaces', { ...nic, addresses: [...nic.addresses, { address }] });
    note(draft, nic, 'address', undefined, formatAddress(address));
    return undefined;
  });
}

/** In a block of the subnet, held by nobody, and none of those that AWS keeps (semantics 1.13). */
export function isFree(draft: Draft, field: string, subnet: Subnet, address: Address): boolean {
  const free = freeIn(subnet, heldAddresses(draft.network))[address.family] ?? [];
  if (contains(free, address.value)) return true;
  const inside = subnet.cidrs.some((cidr) => prefixContains(cidr, address));
  const holder = [...draft.network.interfaces.values()].find(
    (nic) => nic.vpc === subnet.vpc && nic.addresses.some((one) => sameAddress(one.address, address)),
  );
  draft.wrong(field, {
    code: 'address-not-free',
    message: inside
      ? `${formatAddress(address)} of \`${subnet.id}\` is ${holder === undefined ? 'held, or one of those that AWS keeps in every subnet' : `held by \`${holder.id}\``}.`
      : `${formatAddress(address)} lies outside \`${subnet.id}\`.`,
    hint: 'Name a free address of the subnet.',
  });
  return false;
}

export function removeAddress(draft: Draft, { interface: name, address }: EditOf<'remove-address'>): void {
  const nic = interfaceNamed(draft, name);
  if (nic === undefined) return;
  const [primary] = nic.addresses;
  toEach(draft, 'address', [nic], undefined, () => {
    const found = nic.addresses.find((one) => sameAddress(one.address, address));
    if (found === undefined) return `\`${nic.id}\` has no address ${formatAddress(address)}.`;
    if (found === primary && address.family === 'ipv4') {
      draft.wrong('address', {
        code: 'primary-address',
        message: `${formatAddress(address)} is the primary address of \`${nic.id}\`, which it keeps for its life.`,
        hint: 'Take the interface down instead.',
      });
      return undefined;
    }
    put(draft, 'interfaces', { ...nic, addresses: nic.addresses.filter((one) => one !== found) });
    note(draft, nic, 'address', addressText(found), undefined);
    return undefined;
  });
}

export const addressText = ({ address, publicIp }: InterfaceAddress): string =>
  publicIp === undefined ? formatAddress(address) : `${formatAddress(address)} as ${formatAddress(publicIp)}`;

export function setSourceDestCheck(draft: Draft, { interface: name, check }: EditOf<'set-source-dest-check'>): void {
  const on = check === 'on';
  toEach(draft, 'check', interfacesNamed(draft, name), undefined, (nic) => {
    if (nic.sourceDestCheck === on) return `the source/destination check of \`${nic.id}\` is ${check} already.`;
    put(draft, 'interfaces', { ...nic, sourceDestCheck: on });
    note(draft, nic, 'source/destination check', on ? 'off' : 'on', check);
    return undefined;
  });
}
