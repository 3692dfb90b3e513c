/** Managed prefix lists with their entries. */
import { present } from '../../base/present.ts';
import type { Prefix } from '../../net/prefix.ts';
import { resource } from './common.ts';
import { prefixListType } from './kinds.ts';
import { append } from './outside.ts';
import { idOf, known, objects, prefix, text } from './property.ts';
import { type Construct, isThere, note } from './reading.ts';
import { Unknown } from './value.ts';

export const prefixList: Construct = {
  identities: ['PrefixListId'],
  properties: ['PrefixListName', 'AddressFamily', 'MaxEntries', 'Entries', 'Tags'],
  read(at) {
    const { known: listed, unknown } = objects(at, 'Entries');
    const read = listed.map((one) => prefix(one, 'Cidr'));
    const open = [...unknown, ...read.filter((one) => one instanceof Unknown)];
    for (const one of open) note(at, 'Entries', one, 'the list may hold anything');
    const family = known(text(at, 'AddressFamily'));
    const blocks: readonly Prefix[] = read.flatMap((one) => known(one) ?? []);
    const told = family === undefined ? undefined : family.endsWith('6') ? ('ipv6' as const) : ('ipv4' as const);
    at.in.findings.prefixLists.push({
      ...resource(at, { name: known(text(at, 'PrefixListName')) }),
      kind: 'prefix-list',
      ...present({
        family: told,
        entries: open.length > 0 || (at.of.lookedUp === true && listed.length === 0) ? undefined : blocks,
      }),
    });
  },
};

/** An entry of a list that exists already; what else the list holds, what runs tells. */
export const prefixListEntry: Construct = {
  properties: ['PrefixListId', 'Cidr'],
  read(at) {
    const list = idOf(at, 'PrefixListId', prefixListType);
    const block = prefix(at, 'Cidr');
    for (const [key, one] of [['PrefixListId', list] as const, ['Cidr', block] as const])
      if (one instanceof Unknown) note(at, key, one, 'what the list holds is not known');
    // It may be an entry of any list that runs (`--base`).
    if (list instanceof Unknown)
      for (const id of at.in.around.existing.get(prefixListType) ?? []) append(at.in.outside.entered, id, undefined);
    if (typeof list === 'string')
      append(at.in.outside.entered, list, block instanceof Unknown || !isThere(at) ? undefined : block);
  },
};
