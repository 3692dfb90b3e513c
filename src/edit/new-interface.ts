/** Interfaces that an edit makes: hosts, with the groups and the id that they get. */
import { present } from '../base/present.ts';
import { formatAddress } from '../net/address.ts';
import { freeIn, heldAddresses } from '../network/free-address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { type Draft, note, put } from './draft.ts';
import type { EditOf } from './edit.ts';
import { isFree, mayHave } from './interface.ts';
import { hasGateway, publicAddress } from './public-address.ts';
import { thing, things } from './selection.ts';

/** `any` address is each that is free, as of the hosts of `--potential`. */
export function addInterface(draft: Draft, edit: EditOf<'add-interface'>): void {
  const subnet = thing(draft, 'subnet', edit.subnet, 'subnet', 'subnet');
  if (subnet === undefined) return;
  const id = freshId(draft, 'id', 'eni', edit.id);
  const groups = newGroups(draft, subnet.vpc, edit.groups);
  const pool = freeIn(subnet, heldAddresses(draft.network));
  const { addresses } = edit;
  if (addresses === 'any') {
    if (pool.ipv4 === undefined && pool.ipv6 === undefined)
      draft.wrong('addresses', { code: 'address-not-free', message: `\`${subnet.id}\` has no free address.` });
  } else for (const one of addresses) isFree(draft, 'addresses', subnet, one);
  const ipv4 = addresses === 'any' ? pool.ipv4 !== undefined : addresses.some(({ family }) => family === 'ipv4');
  const asked = edit.public ?? (ipv4 && subnet.mapPublicIpOnLaunch ? 'any' : 'none');
  if (asked !== 'none' && !ipv4)
    draft.wrong('public', { code: 'no-address', message: 'Without a private IPv4 address there is no public one.' });
  const publicIp =
    asked === 'none' || !ipv4 || !hasGateway(draft, subnet.vpc) ? undefined : publicAddress(draft, 'public', asked);
  if (id === undefined || groups === undefined) return;
  const sorted =
    addresses === 'any' ? [] : addresses.toSorted((a, b) => (a.family < b.family ? -1 : a.family > b.family ? 1 : 0));
  const nic: NetworkInterface = {
    kind: 'network-interface',
    id,
    tags: {},
    source: draft.source,
    ...present({ account: subnet.account, region: subnet.region }),
    vpc: subnet.vpc,
    subnet: subnet.id,
    interfaceType: 'interface',
    role: 'host',
    description: '',
    groups,
    addresses: sorted.map((address, i) => (i === 0 && publicIp !== undefined ? { address, publicIp } : { address })),
    prefixes: [],
    sourceDestCheck: edit.check !== 'off',
    denyAllIgwTraffic: false,
    attached: true,
    ...(addresses === 'any' ? { imaginary: { pool, ...present({ publicIp }) } } : {}),
  };
  put(draft, 'interfaces', nic);
  const at = addresses === 'any' ? 'any free address' : sorted.map((one) => formatAddress(one)).join(', ');
  const outside = publicIp === undefined ? '' : ` as ${formatAddress(publicIp)}`;
  note(draft, nic, 'network interface', undefined, `${at}${outside} in ${subnet.id}, ${groups.join(', ')}`);
}

/** Those named, of the VPC; or its default group. */
export function newGroups(draft: Draft, vpc: string, asked: string | undefined): readonly string[] | undefined {
  if (asked !== undefined) {
    const groups = things(draft, 'groups', asked, 'security group', 'security-group');
    const wrong = groups.filter((group) => !mayHave(draft, 'groups', { id: 'the new interface', vpc }, group));
    return groups.length === 0 || wrong.length > 0 ? undefined : groups.map(({ id }) => id);
  }
  const found = [...draft.network.securityGroups.values()].find((one) => one.vpc === vpc && one.name === 'default');
  if (found !== undefined) return [found.id];
  draft.wrong(undefined, {
    code: 'no-group',
    message: `The default security group of \`${vpc}\` is not in the input.`,
    hint: 'Say `groups GROUPS`.',
  });
  return undefined;
}

/** The id that is asked for, if nothing has it; else the first of `eni-new`, `eni-new-2`, … that is free. */
export function freshId(draft: Draft, field: string, start: string, asked: string | undefined): string | undefined {
  const { interfaces, endpoints } = draft.network;
  const taken = (id: string): boolean => interfaces.has(id) || endpoints.has(id);
  if (asked === undefined) {
    let number = 1;
    const id = (): string => (number === 1 ? `${start}-new` : `${start}-new-${number}`);
    while (taken(id())) number++;
    return id();
  }
  if (asked.startsWith(`${start}-`) && !taken(asked)) return asked;
  draft.wrong(field, {
    code: taken(asked) ? 'duplicate-id' : 'bad-edit',
    message: taken(asked) ? `\`${asked}\` is there already.` : `\`${asked}\` does not begin with \`${start}-\`.`,
    hint: `Name it like \`${start}-new\`.`,
  });
  return undefined;
}
