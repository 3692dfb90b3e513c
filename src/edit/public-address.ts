/** Public addresses of interfaces: associated with private ones, and disassociated (semantics 1.5, 1.8). */
import { present } from '../base/present.ts';
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import { heldAddresses, standInAddresses } from '../network/free-address.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { addressText, interfaceNamed, interfacesNamed } from './interface.ts';

export function addPublicAddress(draft: Draft, edit: EditOf<'add-public-address'>): void {
  const nic = interfaceNamed(draft, edit.interface);
  if (nic === undefined || !hasGateway(draft, nic.vpc)) return;
  const { imaginary } = nic;
  const at = nic.addresses.findIndex(({ address }) =>
    edit.on === undefined ? address.family === 'ipv4' : sameAddress(address, edit.on),
  );
  const found = nic.addresses[at];
  const free = found === undefined && edit.on === undefined && imaginary?.pool.ipv4 !== undefined;
  if (!free && (found === undefined || found.address.family === 'ipv6')) {
    draft.wrong(edit.on === undefined ? 'interface' : 'on', {
      code: 'no-address',
      message: `\`${nic.id}\` has no private IPv4 address ${edit.on === undefined ? '' : `${formatAddress(edit.on)} `}to which a public one could be mapped.`,
      hint: nic.addresses.length === 0 ? 'Add one first.' : `It has ${nic.addresses.map(addressText).join(', ')}.`,
    });
    return;
  }
  const before = found === undefined ? imaginary?.publicIp : found.publicIp;
  toEach(draft, 'address', [nic], undefined, () => {
    if (edit.address === 'any' ? before !== undefined : before !== undefined && sameAddress(before, edit.address))
      return `\`${nic.id}\` has the public address ${formatAddress(before!)} already.`;
    const publicIp = publicAddress(draft, 'address', edit.address);
    if (publicIp === undefined) return undefined;
    put(
      draft,
      'interfaces',
      found === undefined
        ? { ...nic, imaginary: { pool: imaginary!.pool, publicIp } }
        : { ...nic, addresses: nic.addresses.map((one) => (one === found ? { ...one, publicIp } : one)) },
    );
    note(draft, nic, 'public address', before && formatAddress(before), formatAddress(publicIp));
    return undefined;
  });
}

/** AWS maps public addresses only in a VPC that has an internet gateway. */
export function hasGateway(draft: Draft, vpc: string): boolean {
  for (const gateway of draft.network.internetGateways.values()) if (gateway.vpc === vpc) return true;
  draft.wrong('interface', {
    code: 'not-attached',
    message: `\`${vpc}\` has no internet gateway, and without one AWS maps no public address.`,
    hint: 'Add what `aws ec2 describe-internet-gateways` prints, if it has one.',
  });
  return false;
}

/** The one named, if nothing has it; or one that stands for whichever AWS would assign. */
export function publicAddress(draft: Draft, field: string, asked: Address | 'any'): Address | undefined {
  const held = heldAddresses(draft.network);
  if (asked === 'any') return standInAddresses(held).next().value ?? undefined;
  const taken = contains(held.outside, asked.value);
  if (asked.family === 'ipv4' && !taken) return asked;
  draft.wrong(field, {
    code: asked.family === 'ipv4' ? 'address-not-free' : 'bad-address',
    message:
      taken && asked.family === 'ipv4'
        ? `${formatAddress(asked)} is associated with something else.`
        : `${formatAddress(asked)} is no IPv4 address, and IPv6 addresses are not mapped.`,
    hint: taken ? 'Disassociate it first.' : 'Write `any` for whichever AWS would assign.',
  });
  return undefined;
}

export function removePublicAddress(draft: Draft, { interface: name, address }: EditOf<'remove-public-address'>): void {
  const nics = interfacesNamed(draft, name);
  const isMeant = (publicIp: Address | undefined): publicIp is Address =>
    publicIp !== undefined && (address === 'all' || sameAddress(publicIp, address));
  toEach(draft, 'address', nics, undefined, (nic) => {
    const { imaginary } = nic;
    const gone = [imaginary?.publicIp, ...nic.addresses.map(({ publicIp }) => publicIp)].filter(isMeant);
    if (gone.length === 0)
      return `\`${nic.id}\` has no public address${address === 'all' ? '' : ` ${formatAddress(address)}`}.`;
    const addresses = nic.addresses.map(({ publicIp, ...rest }) =>
      isMeant(publicIp) ? rest : { ...rest, ...present({ publicIp }) },
    );
    const bare = imaginary !== undefined && isMeant(imaginary.publicIp) ? { imaginary: { pool: imaginary.pool } } : {};
    put(draft, 'interfaces', { ...nic, addresses, ...bare });
    for (const one of gone) note(draft, nic, 'public address', formatAddress(one), undefined);
    return undefined;
  });
}
