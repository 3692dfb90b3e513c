/** describe-managed-prefix-lists, describe-prefix-lists and get-managed-prefix-list-entries. */
import type { ManagedPrefixList, PrefixList as AwsPrefixList, PrefixListEntry } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, complain, has, list, prefix, prefixIn, provenance, required, text, texts } from './fields.ts';
import { resource } from './resource.ts';
import { subjectOf } from './subject.ts';

/** Both calls have the key `PrefixLists`; only describe-prefix-lists shows `Cidrs`. */
export function readPrefixList(at: At<ManagedPrefixList & AwsPrefixList>, findings: Findings): void {
  const id = required(at, 'PrefixListId');
  if (id === undefined) return;
  const blocks = texts(at, 'Cidrs').flatMap((block) => prefixIn(at, 'Cidrs', block) ?? []);
  const family = text(at, 'AddressFamily');
  const told = { arn: text(at, 'PrefixListArn'), account: text(at, 'OwnerId'), name: text(at, 'PrefixListName') };
  findings.prefixLists.push({
    ...resource(at, id, told),
    kind: 'prefix-list',
    ...present({
      family: family === 'IPv4' ? ('ipv4' as const) : family === 'IPv6' ? ('ipv6' as const) : undefined,
      entries: has(at, 'Cidrs') ? blocks : undefined,
    }),
  });
}

/** One answer of get-managed-prefix-list-entries, which does not say whose entries it holds. */
export interface PrefixListEntries {
  PrefixListId?: string | undefined;
  Entries?: PrefixListEntry[] | undefined;
}

/** The list whose entries they are. */
export const listOf = (at: At<object>): string | undefined => subjectOf(at, 'PrefixListId', /\bpl-[0-9a-z]+/);

export function readPrefixListEntries(at: At<PrefixListEntries>, findings: Findings): void {
  const id = listOf(at);
  if (id === undefined) {
    complain(
      at,
      'unknown-subject',
      '',
      'It is not told which prefix list these `Entries` belong to.',
      'Put the id into the file name: get-managed-prefix-list-entries.pl-0123456789abcdef0.json',
    );
    return;
  }
  // Whoever refers to a list has its newest version (semantics 2.14), which these may not be.
  if (at.in.request?.['TargetVersion'] !== undefined) {
    findings.warnings.push(`The entries of \`${id}\` in ${at.in.file} are those of one version; they count as unread.`);
    return;
  }
  const entries = list(at, 'Entries').flatMap((entry) => prefix(entry, 'Cidr') ?? []);
  findings.prefixListEntries.push({ list: id, entries, source: provenance(at) });
}
