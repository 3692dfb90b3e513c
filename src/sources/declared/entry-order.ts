/** Entries of a network ACL in the order in which they are asked. */
import type { NetworkAclEntry } from '../../network/network-acl.ts';

/** By number, one of each: the plan's where it has one of the number. */
export const byNumber = (
  all: readonly NetworkAclEntry[],
  told: readonly NetworkAclEntry[],
): readonly NetworkAclEntry[] => {
  const own = new Map(told.map((entry) => [entry.number, entry]));
  return [...new Map(all.map((entry) => [entry.number, own.get(entry.number) ?? entry])).values()].sort(
    (a, b) => a.number - b.number,
  );
};
