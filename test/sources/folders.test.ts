/** Answers of several accounts in folders that tell neither account nor Region: one folder's never speak for another's. */
import { describe, expect, test } from 'vitest';
import { isUnread } from '../../src/network/resource.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents, type Document } from '../support/aws.ts';
import { account, region } from '../support/identity.ts';
import { type Change, emptySpec, changed } from '../support/spec.ts';
import { world } from '../support/world.ts';

const dev: Change = {
  vpcs: [{ id: 'vpc-d', cidrs: ['10.7.0.0/16'] }],
  subnets: [{ id: 'subnet-d', vpc: 'vpc-d', cidrs: ['10.7.1.0/24'], zone: 'az1', table: 'rtb-d' }],
  tables: [{ id: 'rtb-d', vpc: 'vpc-d', main: true, routes: [] }],
  acls: [{ id: 'acl-d', vpc: 'vpc-d', default: true, in: [], out: [] }],
  groups: [{ id: 'sg-d', vpc: 'vpc-d', in: [], out: [] }],
  interfaces: [{ id: 'eni-d', subnet: 'subnet-d', ips: ['10.7.1.10'], groups: ['sg-d'] }],
};

const developer = '444455556666';

/** What one account's folder holds, without the answers of these calls. */
const folder = (name: string, all: readonly Document[], ...without: readonly string[]): readonly Document[] =>
  all
    .filter(({ file }) => !without.some((call) => file.startsWith(call)))
    .map(({ file, json }) => ({ file: `${name}/${file}`, json }));

const replaced = ({ file, json }: Document, from: string, to: string): Document => ({
  file,
  json: JSON.parse(JSON.stringify(json).replaceAll(from, to)),
});

const prod = documents(world());
const devs = documents(changed(emptySpec, dev)).map((one) => replaced(one, account, developer));

const read = (...files: readonly (readonly Document[])[]) => networkFromDocuments(files.flat());

function network(...files: readonly (readonly Document[])[]) {
  const result = read(...files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
}

const codes = (...files: readonly (readonly Document[])[]): readonly string[] => {
  const result = read(...files);
  return result.ok ? [] : result.problems.map(({ code }) => code);
};

const pageCut = (call: string) => (one: Document) =>
  one.file.startsWith(call) ? { ...one, json: { ...(one.json as object), NextToken: 'more' } } : one;

describe('a page that is missing', () => {
  test('is not found in another folder', () => {
    const cut = prod.map(pageCut('describe-route-tables'));
    expect(codes(folder('prod', cut), folder('dev', devs))).toEqual(['missing-page']);
  });

  test('is not found in the entries of another prefix list', () => {
    const lists = documents(
      world({
        lists: [
          { id: 'pl-0aaa', entries: ['192.0.2.0/24'] },
          { id: 'pl-0bbb', entries: ['198.51.100.0/24'] },
        ],
      }),
    );
    expect(codes(lists)).toEqual([]);
    expect(codes(lists.map(pageCut('get-managed-prefix-list-entries.pl-0aaa')))).toEqual(['missing-page']);
  });
});

test('the entries of one version of a prefix list are not those that its users have', () => {
  const Request = { PrefixListId: 'pl-0aaa', TargetVersion: 1 };
  const all = documents(world({ lists: [{ id: 'pl-0aaa', entries: [] }] })).map((one) =>
    one.file.startsWith('get-managed') ? { ...one, json: { Request, Response: one.json } } : one,
  );
  const { prefixLists, warnings } = network(all);
  expect(isUnread(prefixLists.get('pl-0aaa')!.entries)).toBe(true);
  expect(warnings.join()).toContain('one version');
});

describe('an answer without a resource', () => {
  const call = 'describe-internet-gateways';
  const none: Document = { file: `${call}.json`, json: { InternetGateways: [] } };
  const withAddress = documents(
    world({ interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }], tables: [{ id: 'rtb-pub', routes: [] }] }),
  );

  test('is its own account’s, as the other files of its folder tell', () => {
    const { internetGateways } = network(folder('prod', withAddress, call), folder('dev', [...devs, none]));
    expect([...internetGateways.keys()]).toEqual(['igw-unread-vpc-a']);
  });

  test('is its own Region’s', () => {
    const other = devs.map((one) => replaced(replaced(one, developer, account), region, 'eu-west-1'));
    const { internetGateways } = network(folder('virginia', withAddress, call), folder('ireland', [...other, none]));
    expect([...internetGateways.keys()]).toEqual(['igw-unread-vpc-a']);
  });

  test('counts for its account', () => {
    const asked = [...folder('prod', withAddress, call), ...folder('prod', [none])];
    const { internetGateways } = network(asked, folder('dev', devs));
    expect([...internetGateways.keys()]).toEqual([]);
  });
});

test('the answers of another account do not tell of on-premises lines', () => {
  const call = 'describe-vpn-gateways';
  const none: Document = { file: `${call}.json`, json: { VpnGateways: [] } };
  const lines = (...files: readonly (readonly Document[])[]) => [...network(...files).opaqueGateways.keys()].sort();
  const both = lines(folder('prod', [...prod.filter(({ file }) => !file.startsWith(call)), none]), folder('dev', devs));
  expect(lines(folder('prod', prod), folder('dev', devs, call))).not.toEqual(both);
});

test('two accounts tag what they share, each as it likes', () => {
  const shared = (Value: string): Document => ({
    file: 'describe-vpc-peering-connections.json',
    json: {
      VpcPeeringConnections: [
        {
          VpcPeeringConnectionId: 'pcx-1',
          RequesterVpcInfo: { VpcId: 'vpc-a', OwnerId: account, Region: region },
          AccepterVpcInfo: { VpcId: 'vpc-d', OwnerId: developer, Region: region },
          Status: { Code: 'active' },
          Tags: [{ Key: 'Side', Value }],
        },
      ],
    },
  });
  const without = 'describe-vpc-peering-connections';
  const mine = [...folder('prod', prod, without), ...folder('prod', [shared('Requester')])];
  const theirs = [...folder('dev', devs, without), ...folder('dev', [shared('Accepter')])];
  expect(codes(mine, theirs)).toEqual([]);
  // One account tags it once.
  expect(codes(mine, folder('prod', [{ ...shared('Accepter'), file: 'again.json' }]))).toContain('duplicate-id');
});
