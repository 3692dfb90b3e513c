/** Edits of network ACLs' entries (semantics section 3). */
import { formatPrefix } from '../net/prefix.ts';
import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { trafficText } from './field.ts';
import { some, things } from './selection.ts';

type EntryEdit = EditOf<'add-entry'> | EditOf<'change-entry'> | EditOf<'remove-entry'>;

export function editEntry(draft: Draft, edit: EntryEdit): void {
  const { direction, number } = edit;
  const acls = things(draft, 'acl', edit.acl, 'network ACL', 'network-acl');
  const numbers = acls.flatMap((acl) =>
    acl[direction].flatMap((one) => (one.number > 32_766 ? [] : `\`${one.number}\``)),
  );
  const there = numbers.length === 0 ? 'It has no entry in this direction.' : `There are ${some(numbers)}.`;
  const hint =
    edit.kind === 'add-entry' ? `\`${edit.acl} ${direction} change ${number} …\` puts another in its place.` : there;
  toEach(draft, 'number', acls, hint, (acl) => {
    const before = acl[direction].find((one) => one.number === number);
    const after = edit.kind === 'remove-entry' ? undefined : entryOf(edit, draft);
    const same = before !== undefined && after !== undefined && entryText(before) === entryText(after);
    if (edit.kind === 'add-entry' ? before !== undefined : before === undefined)
      return before === undefined
        ? `\`${acl.id}\` has no ${direction} entry ${number}.`
        : `\`${acl.id}\` has the ${direction} entry ${entryText(before)} already.`;
    if (same) return `the ${direction} entry ${number} of \`${acl.id}\` says so already.`;
    put(draft, 'networkAcls', withEntry(acl, direction, number, after));
    note(draft, acl, `${direction} entry`, before && entryText(before), after && entryText(after));
    return undefined;
  });
}

const entryOf = (
  { number, action, traffic, block }: EditOf<'add-entry'> | EditOf<'change-entry'>,
  { source }: Draft,
): NetworkAclEntry => ({ number, action, match: traffic, prefix: block, source });

/** In ascending order of number. */
function withEntry(
  acl: NetworkAcl,
  direction: 'inbound' | 'outbound',
  number: number,
  entry: NetworkAclEntry | undefined,
): NetworkAcl {
  const others = acl[direction].filter((one) => one.number !== number);
  const entries = entry === undefined ? others : [...others, entry].toSorted((a, b) => a.number - b.number);
  return { ...acl, [direction]: entries };
}

const entryText = ({ number, action, match, prefix }: NetworkAclEntry): string =>
  `${number} ${action} ${trafficText(match)} ${formatPrefix(prefix)}`;
