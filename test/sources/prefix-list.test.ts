/** Prefix lists: three calls tell of them. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import type { PrefixList } from '../../src/network/prefix-list.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import { changed, documents, network, problems, tiny } from './tiny.ts';

const listed = { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'partners', AddressFamily: 'IPv4' }] };
const entries = { Entries: [{ Cidr: '192.0.2.0/24' }, { Cidr: '198.51.100.0/24' }] };

const read = (...more: readonly SourceDocument[]): PrefixList =>
  network([...documents(tiny), { file: 'PrefixLists.json', json: listed }, ...more]).prefixLists.get('pl-1')!;

const blocks = ({ entries: found }: PrefixList) => ('unread' in found ? found : found.map(formatPrefix));

test.each<[string, SourceDocument]>([
  ['the file’s name', { file: 'x/get-managed-prefix-list-entries.pl-1.json', json: entries }],
  ['the request', { file: 'a.json', json: { Request: { PrefixListId: 'pl-1' }, Response: entries } }],
  ['the key beside them', { file: 'a.json', json: { PrefixListEntries: [{ PrefixListId: 'pl-1', ...entries }] } }],
])('entries are told whose they are by %s', (_, document) => {
  const list = read(document);
  expect(list).toMatchObject({ name: 'partners', family: 'ipv4' });
  expect(blocks(list)).toEqual(['192.0.2.0/24', '198.51.100.0/24']);
});

test('entries of nobody knows which list are a problem, not a guess', () => {
  expect(problems([...documents(tiny), { file: 'entries.json', json: entries }])).toMatchObject([
    { code: 'unknown-subject', file: 'entries.json' },
  ]);
});

test('describe-prefix-lists shows the blocks of AWS’s own lists', () => {
  const json = {
    PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.eu-west-1.s3', Cidrs: ['192.0.2.0/25'] }],
  };
  expect(blocks(read({ file: 'b.json', json }))).toEqual(['192.0.2.0/25']);
});

test('a list whose entries no call read is unread', () => {
  expect(blocks(read())).toEqual({ unread: 'get-managed-prefix-list-entries', subject: 'pl-1' });
});

test('a list that only a rule names is there, unread', () => {
  const IpPermissions = [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-9' }] }];
  const net = network(documents(changed('SecurityGroups', { IpPermissions })));
  expect(net.prefixLists.get('pl-9')?.entries).toMatchObject({ subject: 'pl-9' });
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ id: 'pl-9', assumption: 'unread:get-managed-prefix-list-entries:pl-9' }),
  );
});

test('an entry that is no block is refused at its place', () => {
  const json = { PrefixListId: 'pl-1', Entries: [{ Cidr: '10.0.0.0/99' }] };
  expect(problems([...documents(tiny), { file: 'a.json', json }])).toMatchObject([
    { code: 'bad-cidr', place: '/Entries/0/Cidr' },
  ]);
});
