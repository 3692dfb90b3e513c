/** A plan over what runs, of things that AWS answers of in lists of something else: what the plan changes or takes away is gone. */
import { describe, expect, test } from 'vitest';
import { formatPrefix } from '../../../src/net/prefix.ts';
import { buildNetwork } from '../../../src/network/build/index.ts';
import type { Network } from '../../../src/network/network.ts';
import { aroundOf } from '../../../src/sources/declared/around.ts';
import { merge } from '../../../src/sources/declared/base.ts';
import { mergePages } from '../../../src/sources/declared/base-pages.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { type Fields, Unknown } from '../../../src/sources/declared/value.ts';
import { readDescribe } from '../../../src/sources/describe/index.ts';
import type { SourceDocument } from '../../../src/sources/document.ts';
import { declaration, declared, declaredNetwork } from '../../support/declared.ts';
import { everything, hubDocuments, propagations, route, searched, to } from '../transit.ts';

const running = [route('10.1.0.0/16', 'static', to('2')), route('10.0.0.0/16', 'propagated', to('1'))];
const answers = hubDocuments(searched(running, everything), propagations(['1'])).flatMap((one) =>
  'json' in one ? [one] : [],
);

/** The network after a change from the first resources to the second. */
function changed(
  before: readonly DeclaredResource[],
  after: readonly DeclaredResource[],
  more: readonly Extract<SourceDocument, { readonly json: unknown }>[] = [],
): Network {
  const base = readDescribe([...answers, ...more]).findings;
  const around = aroundOf(base);
  const [old, now] = [declare(declaration(...before), around), declare(declaration(...after), around)];
  const gone = new Set(before.map(({ id }) => id));
  for (const { id } of after) gone.delete(id);
  const built = buildNetwork(merge(base, old, now, gone), ['base.json']);
  if (!built.ok) throw new Error(built.problems.map(({ message }) => message).join('\n'));
  return built.value;
}

const routesOf = (network: Network): readonly string[] => {
  const { routes } = network.transitGatewayRouteTables.get('tgw-rtb-1')!;
  if ('unread' in routes) throw new Error(routes.unread);
  return routes.map(({ origin, state, attachments }) => [origin, state, ...attachments].join(' ')).sort();
};

const managed = (more: Fields): DeclaredResource =>
  declared('route', 'AWS::EC2::TransitGatewayRoute', {
    TransitGatewayRouteTableId: 'tgw-rtb-1',
    DestinationCidrBlock: '10.1.0.0/16',
    ...more,
  });
const way = managed({ TransitGatewayAttachmentId: 'tgw-attach-2' });

describe('a route of a transit gateway', () => {
  test('that the plan holds and leaves is there once, as it runs', () => {
    expect(routesOf(changed([way], [way]))).toEqual(['propagated active tgw-attach-1', 'static active tgw-attach-2']);
  });

  test('that the plan removes is gone', () => {
    expect(routesOf(changed([way], []))).toEqual(['propagated active tgw-attach-1']);
  });

  test('that the plan makes a blackhole leads nowhere', () => {
    expect(routesOf(changed([way], [managed({ Blackhole: true })]))).toEqual([
      'propagated active tgw-attach-1',
      'static blackhole',
    ]);
  });
});

test('an attachment that the plan associates with another table has left the one that it runs with', () => {
  const table = declared('other', 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: 'tgw-1' });
  const attachment = declared(
    'one',
    'AWS::EC2::TransitGatewayVpcAttachment',
    { TransitGatewayId: 'tgw-1', VpcId: 'vpc-1', SubnetIds: ['subnet-1'] },
    { id: 'tgw-attach-1' },
  );
  const joined = (other: string): DeclaredResource =>
    declared('join', 'AWS::EC2::TransitGatewayRouteTableAssociation', {
      TransitGatewayAttachmentId: 'tgw-attach-1',
      TransitGatewayRouteTableId: other,
    });
  const network = changed([attachment, joined('tgw-rtb-1')], [attachment, table, joined('other')]);
  expect(network.transitGatewayAttachments.get('tgw-attach-1')).toMatchObject({ routeTable: 'other' });
});

test('so has one of which the plan holds nothing but the association', () => {
  const table = declared('other', 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: 'tgw-1' });
  const joined = declared('join', 'AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: 'tgw-attach-1',
    TransitGatewayRouteTableId: 'other',
  });
  const tableOf = (network: Network) => network.transitGatewayAttachments.get('tgw-attach-1')!.routeTable;
  expect(tableOf(changed([], []))).toBe('tgw-rtb-1');
  expect(tableOf(changed([], [table, joined]))).toBe('other');
});

describe('an entry of a prefix list that exists', () => {
  const list = { PrefixListId: 'pl-1', PrefixListName: 'partners', AddressFamily: 'IPv4' };
  const lists = { file: 'lists.json', json: { PrefixLists: [list] } };
  const entries = { file: 'get-managed-prefix-list-entries.pl-1.json', json: { Entries: [{ Cidr: '192.0.2.0/24' }] } };
  const entry = (Cidr: string | Unknown): DeclaredResource =>
    declared('entry', 'Vpcproof::EC2::PrefixListEntry', { PrefixListId: 'pl-1', Cidr });
  const listed = (before: readonly DeclaredResource[], after: readonly DeclaredResource[]): unknown => {
    const held = changed(before, after, [lists, entries]).prefixLists.get('pl-1')!.entries;
    return 'unread' in held ? held.unread : held.map(formatPrefix);
  };

  test('comes to what the list holds', () => {
    expect(listed([], [entry('198.51.100.0/24')])).toEqual(['192.0.2.0/24', '198.51.100.0/24']);
  });

  test('goes where the plan takes it away', () => {
    expect(listed([entry('192.0.2.0/24')], [])).toEqual([]);
  });

  test('that is not known leaves open what the list holds', () => {
    expect(listed([], [entry(new Unknown('known after apply'))])).toBe('get-managed-prefix-list-entries');
  });

  test('tells nothing of a list that nobody read', () => {
    const made = declaredNetwork(entry('198.51.100.0/24'));
    expect(made.prefixLists.get('pl-1')?.entries ?? { unread: '' }).toHaveProperty('unread');
  });
});

describe('a list of something’s things', () => {
  const base = [
    {
      group: 'g',
      rules: [
        { priority: 1, action: 'ALLOW' },
        { priority: 2, action: 'BLOCK' },
      ],
      whole: true,
    },
  ];
  const told = (...rules: readonly object[]) => [{ group: 'g', rules }];
  const merged = (before: readonly object[], after: readonly object[]): unknown =>
    mergePages('rules', base, told(...before), told(...after)).flatMap((one) => (one as { rules: unknown[] }).rules);

  test('keeps what the plan does not hold', () => {
    expect(merged([], [])).toEqual(base[0]!.rules);
  });

  test('loses what the plan takes away', () => {
    expect(merged([{ priority: 1, action: 'ALLOW' }], [])).toEqual([{ priority: 2, action: 'BLOCK' }]);
  });

  test('has what the plan changes as the plan says, once', () => {
    expect(merged([{ priority: 1, action: 'ALLOW' }], [{ priority: 1, action: 'ALERT' }])).toEqual([
      { priority: 1, action: 'ALERT' },
      { priority: 2, action: 'BLOCK' },
    ]);
  });
});
