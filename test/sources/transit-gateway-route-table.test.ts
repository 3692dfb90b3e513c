/** The routes of transit gateway route tables: every answer that tells of them, and what none of them tells. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import { documents, network, problems, without } from './tiny.ts';
import {
  attachment,
  everything,
  hub,
  hubDocuments,
  hubWith,
  propagations,
  route,
  searched,
  to,
  toOne,
  toTwo,
} from './transit.ts';

/** Each route in one line; the word `unread` where they are. */
function linesOf(net: Network, id = 'tgw-rtb-1'): readonly string[] | string {
  const { routes } = net.transitGatewayRouteTables.get(id)!;
  if (isUnread(routes)) return 'unread';
  return routes
    .map(({ destination, origin, state, attachments }) =>
      [
        destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id,
        origin,
        state,
        ...attachments,
      ].join(' '),
    )
    .sort();
}

const read = (...more: readonly SourceDocument[]) => linesOf(network(hubDocuments(...more)));

const toVpcs = [route('10.0.0.0/16', 'propagated', to('1')), route('10.1.0.0/16', 'propagated', to('2'))];
const derived = ['10.0.0.0/16 propagated active tgw-attach-1', '10.1.0.0/16 propagated active tgw-attach-2'];
const statics = [route('10.9.0.0/16', 'static', to('1'))];
const onlyStatic = { type: ['static'] };

const withVpn = (...VpnConnections: readonly object[]) =>
  documents({
    ...hub,
    TransitGatewayAttachments: [toOne, toTwo, attachment('v', 'vpn', 'vpn-1')],
    ...(VpnConnections.length === 0 ? {} : { VpnConnections }),
  });

const vpn = (StaticRoutesOnly: boolean) => ({
  VpnConnectionId: 'vpn-1',
  TransitGatewayId: 'tgw-1',
  State: 'available',
  Options: { StaticRoutesOnly },
  Routes: [],
});

test('routes that no call read are unread', () => {
  expect(read()).toBe('unread');
});

test('a search for all states shows the whole table', () => {
  const routes = [
    ...toVpcs,
    route('0.0.0.0/0', 'static', to('1', '2')),
    route('10.8.0.0/16', 'static', to('1'), 'blackhole'),
    route('2001:db8::/32', 'static', to('2'), 'pending'),
    route('10.7.0.0/16', 'static', to('2'), 'deleted'),
  ];
  expect(read(searched(routes, everything))).toEqual([
    '0.0.0.0/0 static active tgw-attach-1 tgw-attach-2',
    ...derived,
    '10.8.0.0/16 static blackhole',
    '2001:db8::/32 static unknown tgw-attach-2',
  ]);
  expect(read(searched([], everything))).toEqual([]);
});

test('each route carries the file and place where it was read', () => {
  const net = network(hubDocuments(searched(statics, everything)));
  const { routes } = net.transitGatewayRouteTables.get('tgw-rtb-1')!;
  expect(isUnread(routes) ? routes : routes[0]?.source.place).toBe('/Response/Routes/0');
});

test.each<[string, SourceDocument]>([
  ['that there is more', searched(toVpcs, everything, { AdditionalRoutesAvailable: true })],
  ['static routes alone', searched(statics, onlyStatic)],
  ['propagated routes alone', searched(toVpcs, { type: ['propagated'] })],
  ['active routes alone', searched(toVpcs, { state: ['active'] })],
  ['the routes of one attachment', searched(toVpcs, { 'attachment.attachment-id': ['tgw-attach-1'] })],
  ['a route that leads nowhere', searched([route('10.9.0.0/16', 'static', [])], everything)],
])('a search that shows %s does not show the whole table', (_, document) => {
  expect(read(document)).toBe('unread');
});

test('two searches add up to the whole table', () => {
  const one = searched(statics, onlyStatic);
  const other = searched(toVpcs, { type: ['propagated'] });
  expect(read(one, other)).toEqual([...derived, '10.9.0.0/16 static active tgw-attach-1']);
  expect(read(one, one, other, other)).toEqual(read(one, other));
});

test('the pages of a search add up, and one that is missing leaves the table unread', () => {
  const first = searched(toVpcs.slice(0, 1), everything, { NextToken: 'abc' });
  const second = { ...searched(toVpcs.slice(1), everything), file: 'page-2.json' };
  expect(read(first, second)).toEqual(derived);
  const elsewhere = {
    file: 'search-transit-gateway-routes.tgw-rtb-2.json',
    json: { Routes: [], AdditionalRoutesAvailable: false },
  };
  const TransitGatewayRouteTables = [
    ...hub.TransitGatewayRouteTables,
    { TransitGatewayRouteTableId: 'tgw-rtb-2', TransitGatewayId: 'tgw-1' },
  ];
  const net = network([...documents({ ...hub, TransitGatewayRouteTables }), first, elsewhere]);
  expect(linesOf(net)).toBe('unread');
});

test('an answer of a name alone is taken for the whole table if it shows what is propagated, and said', () => {
  const net = network(hubDocuments(searched(toVpcs)));
  expect(linesOf(net)).toEqual(derived);
  const taken = (each: Network) => each.defaults.map(({ setting }) => setting).filter((one) => one.startsWith('tgw-'));
  expect(taken(net)).toEqual(['tgw-rtb-1.Filters']);
  expect(taken(network(hubDocuments(searched(toVpcs, everything))))).toEqual([]);
});

test('an answer of a name alone that shows static routes alone is not the whole table', () => {
  expect(read(searched(statics))).toBe('unread');
  expect(read(searched(statics), propagations(['1'], ['2']))).toEqual([
    ...derived,
    '10.9.0.0/16 static active tgw-attach-1',
  ]);
});

test('of an answer of a name alone, what is propagated and not shown is added', () => {
  expect(read(searched(toVpcs.slice(0, 1)), propagations(['1'], ['2']))).toEqual(derived);
  const own = [...withVpn(vpn(false)), searched(toVpcs.slice(0, 1)), propagations(['v'], ['2'])];
  expect(linesOf(network(own))).toEqual(derived);
});

test('half of what is propagated does not stand for the whole', () => {
  const blocks = ['10.0.0.0/16', '10.200.0.0/16'].map((CidrBlock) => ({ CidrBlock }));
  const wider = documents(hubWith('Vpcs', { CidrBlockAssociationSet: blocks }));
  const half = searched(toVpcs.slice(0, 1), { type: ['propagated'] }, { NextToken: 'abc' });
  const net = network([...wider, searched([], onlyStatic), half, propagations(['1'])]);
  expect(linesOf(net)).toEqual([
    '10.0.0.0/16 propagated active tgw-attach-1',
    '10.200.0.0/16 propagated active tgw-attach-1',
  ]);
});

test('a VPC propagates all its blocks where no search shows them', () => {
  expect(read(searched(statics, onlyStatic), propagations(['2'], ['1', 'disabled']))).toEqual([
    '10.1.0.0/16 propagated active tgw-attach-2',
    '10.9.0.0/16 static active tgw-attach-1',
  ]);
  const blocks = ['10.0.0.0/16', '10.200.0.0/16'].map((CidrBlock) => ({
    CidrBlock,
    CidrBlockState: { State: 'associated' },
  }));
  const wider = hubWith('Vpcs', { CidrBlockAssociationSet: blocks });
  const net = network([...documents(wider), searched([], onlyStatic), propagations(['1'])]);
  expect(linesOf(net)).toEqual([
    '10.0.0.0/16 propagated active tgw-attach-1',
    '10.200.0.0/16 propagated active tgw-attach-1',
  ]);
});

test('a static route hides the propagated one for the same block', () => {
  const hiding = searched([route('10.1.0.0/16', 'static', [], 'blackhole')], onlyStatic);
  expect(read(hiding, propagations(['2']))).toEqual(['10.1.0.0/16 static blackhole']);
});

test('one that may be there no more leaves the propagated one beside it', () => {
  const ending = searched([route('10.1.0.0/16', 'static', to('1'), 'deleting')], onlyStatic);
  expect(read(ending, propagations(['2']))).toEqual([
    '10.1.0.0/16 propagated active tgw-attach-2',
    '10.1.0.0/16 static unknown tgw-attach-1',
  ]);
});

test('static routes and propagations as Batfish lists them are a whole table', () => {
  const json = {
    TransitGatewayStaticRoutes: [{ TransitGatewayRouteTableId: 'tgw-rtb-1', Routes: statics }],
    TransitGatewayPropagations: [
      {
        TransitGatewayRouteTableId: 'tgw-rtb-1',
        TransitGatewayRouteTablePropagations: [{ TransitGatewayAttachmentId: 'tgw-attach-2', State: 'enabled' }],
      },
    ],
  };
  const { TransitGatewayPropagations: _, ...alone } = json;
  expect(read({ file: 'aws.json', json })).toEqual([
    '10.1.0.0/16 propagated active tgw-attach-2',
    '10.9.0.0/16 static active tgw-attach-1',
  ]);
  expect(read({ file: 'aws.json', json: alone })).toBe('unread');
});

test('what BGP propagates is not told, and may lead any packet to the attachment that brings it', () => {
  const lines = ['10.0.0.0/16 propagated active tgw-attach-1', '10.9.0.0/16 static active tgw-attach-1'];
  const of = (from: readonly SourceDocument[]) => {
    const made = network([...from, searched(statics, onlyStatic), propagations(['1'], ['v'])]);
    return [linesOf(made), made.transitGatewayRouteTables.get('tgw-rtb-1')!.learns?.from];
  };
  expect(of(withVpn())).toEqual([lines, ['tgw-attach-v']]);
  expect(of(withVpn(vpn(false)))).toEqual([lines, ['tgw-attach-v']]);
  expect(of(withVpn(vpn(true)))).toEqual([lines, undefined]);
});

test('where not every propagation was read, BGP is not all that is not told', () => {
  expect(linesOf(network([...withVpn(), searched(statics, onlyStatic)]))).toBe('unread');
});

test.each<[string, readonly SourceDocument[]]>([
  ['a propagation is coming about', [...documents(hub), propagations(['2', 'enabling'])]],
  [
    'the attachment is',
    [...documents(hubWith('TransitGatewayAttachments', {}, { State: 'pending' })), propagations(['2'])],
  ],
  [
    'another attached VPC has the same block',
    [...documents(hubWith('Vpcs', {}, { CidrBlock: '10.0.0.0/8' })), propagations(['2'])],
  ],
  [
    'another attached VPC is not in the input',
    [
      ...documents({ ...hub, TransitGatewayAttachments: [toOne, toTwo, attachment('9', 'vpc', 'vpc-9')] }),
      propagations(['2']),
    ],
  ],
  [
    'the VPC has IPv6 and the attachment has not',
    [
      ...documents(
        hubWith(
          'Vpcs',
          {},
          {
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } },
            ],
          },
        ),
      ),
      propagations(['2']),
    ],
  ],
])('what a VPC propagates is not told where %s', (_, from) => {
  expect(linesOf(network([...documents(hub), searched([], onlyStatic), propagations(['2'])]))).not.toBe('unread');
  expect(linesOf(network([...from, searched([], onlyStatic)]))).toBe('unread');
});

const references = (...items: readonly object[]): SourceDocument => ({
  file: 'get-transit-gateway-prefix-list-references.json',
  json: { TransitGatewayPrefixListReferences: items },
});

const reference = (more: object) => ({
  TransitGatewayRouteTableId: 'tgw-rtb-1',
  PrefixListId: 'pl-1',
  State: 'available',
  Blackhole: false,
  TransitGatewayAttachment: to('1')[0],
  ...more,
});

test('a reference to a prefix list is a route, unless the search shows its blocks', () => {
  const none = searched([], everything);
  expect(read(none, references(reference({})))).toEqual(['pl-1 static active tgw-attach-1']);
  expect(read(none, references(reference({ Blackhole: true })))).toEqual(['pl-1 static blackhole']);
  expect(read(none, references(reference({ State: 'deleting' })))).toEqual(['pl-1 static unknown tgw-attach-1']);
  expect(read(none, references(reference({ State: 'modifying' })))).toBe('unread');
  const shown = searched([{ ...route('10.6.0.0/16', 'static', to('1')), PrefixListId: 'pl-1' }], everything);
  expect(read(shown, references(reference({})))).toEqual(['10.6.0.0/16 static active tgw-attach-1']);
  const { routes } = network(hubDocuments(shown)).transitGatewayRouteTables.get('tgw-rtb-1')!;
  expect(routes).toMatchObject([{ list: 'pl-1' }]);
  const net = network(hubDocuments(none, references(reference({}))));
  expect(net.prefixLists.get('pl-1')?.entries).toMatchObject({ subject: 'pl-1' });
});

test('a route to an attachment that is gone drops, and one that was never there is a problem', () => {
  const gone = {
    ...hub,
    TransitGatewayAttachments: [toOne, toTwo, attachment('3', 'vpc', 'vpc-3', { State: 'deleted' })],
  };
  const lines = (Routes: readonly object[]) => [...documents(gone), searched(Routes, everything)];
  expect(linesOf(network(lines([route('10.3.0.0/16', 'static', to('3'))])))).toEqual(['10.3.0.0/16 static blackhole']);
  expect(problems(lines([route('10.3.0.0/16', 'static', to('9'))]))).toMatchObject([
    { code: 'dangling-reference', place: '/Response/Routes/0' },
  ]);
});

test('two answers that tell different things of one route are a problem', () => {
  const [one, other] = [to('1'), to('2')].map((ways) => searched([route('10.9.0.0/16', 'static', ways)], everything));
  expect(problems(hubDocuments(one!, { ...other!, file: 'older.json' }))).toMatchObject([
    { code: 'duplicate-id', file: 'older.json' },
  ]);
});

test.each<[string, object]>([
  ['search-transit-gateway-routes', { Routes: statics, AdditionalRoutesAvailable: false }],
  ['search-transit-gateway-routes', { TransitGatewayStaticRoutes: [{ Routes: [] }] }],
  ['get-transit-gateway-route-table-propagations', { TransitGatewayRouteTablePropagations: [] }],
  [
    'get-transit-gateway-route-table-associations',
    { Associations: [{ TransitGatewayAttachmentId: 'tgw-attach-1', ResourceType: 'vpc', State: 'associated' }] },
  ],
  [
    'get-transit-gateway-prefix-list-references',
    { TransitGatewayPrefixListReferences: [{ PrefixListId: 'pl-1', State: 'available' }] },
  ],
])('an answer of %s that tells no table is a problem, not a guess', (call, json) => {
  const [problem] = problems(hubDocuments({ file: 'answer.json', json }));
  expect(problem).toMatchObject({ code: 'unknown-subject', file: 'answer.json' });
  expect(problem?.hint).toContain(call);
});

test('routes and associations of other calls are accounted for, and no table’s', () => {
  const more = [
    { file: 'vpn.json', json: { Routes: [{ ClientVpnEndpointId: 'cvpn-1', DestinationCidr: '10.0.0.0/16' }] } },
    { file: 'ssm.json', json: { Associations: [{ AssociationId: 'as-1', Name: 'x' }] } },
  ];
  const { coverage } = network(hubDocuments(...more));
  expect(coverage.filter(({ kind }) => kind === 'client-vpn-endpoint' || kind === 'Associations')).toMatchObject([
    { kind: 'client-vpn-endpoint', id: 'cvpn-1', status: 'not-modelled', affects: 'flows from VPN clients' },
    { kind: 'Associations', id: 'as-1', status: 'not-modelled' },
  ]);
});

test('routes of a table that nobody described are a problem where tables were read, else accounted for', () => {
  const strange = {
    file: 'search-transit-gateway-routes.tgw-rtb-9.json',
    json: { Routes: [], AdditionalRoutesAvailable: false },
  };
  expect(problems(hubDocuments(strange))).toMatchObject([{ code: 'dangling-reference' }]);
  const { coverage } = network([...documents(without(hub, 'TransitGatewayRouteTables')), strange]);
  expect(coverage).toContainEqual(expect.objectContaining({ id: 'tgw-rtb-9', status: 'not-modelled' }));
});

test('a destination that is no block is refused at its place', () => {
  expect(problems(hubDocuments(searched([route('10.0.0.0/99', 'static', to('1'))], everything)))).toMatchObject([
    { code: 'bad-cidr', place: '/Response/Routes/0/DestinationCidrBlock' },
  ]);
  const { DestinationCidrBlock: _, ...none } = route('', 'static', to('1'));
  expect(problems(hubDocuments(searched([none], everything)))).toMatchObject([{ code: 'missing-field' }]);
});
