/** Transit gateways and their attachments: what is read, and what leaves a gateway opaque. */
import { describe, expect, test } from 'vitest';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, network, problems, without } from './tiny.ts';
import { attachment, everything, hub, hubDocuments, hubWith, route, searched, to, toOne, toTwo } from './transit.ts';

const read = (lists: object = {}) => network(documents({ ...hub, ...lists }));

test('a transit gateway whose attachments, their tables and subnets are told is modelled', () => {
  const net = read();
  expect(net.transitGateways.get('tgw-1')).toMatchObject({
    name: 'hub',
    vpcs: ['vpc-1', 'vpc-2'],
    securityGroupReferencing: true,
  });
  expect(net.transitGatewayAttachments.get('tgw-attach-2')).toEqual({
    id: 'tgw-attach-2',
    kind: 'transit-gateway-attachment',
    tags: {},
    account: '111122223333',
    source: { file: 'TransitGatewayAttachments.json', place: '/TransitGatewayAttachments/1' },
    gateway: 'tgw-1',
    behind: {
      kind: 'vpc',
      vpc: 'vpc-2',
      subnets: ['subnet-2'],
      applianceMode: true,
      ipv6: false,
      securityGroupReferencing: true,
    },
    routeTable: 'tgw-rtb-1',
  });
});

test('a modelled gateway is one thing to selectors and coverage, and opaque no more', () => {
  const net = read();
  expect(net.transitGateways.get('tgw-1')?.vpcs).toEqual(['vpc-1', 'vpc-2']);
  expect(net.opaqueGateways.has('tgw-1')).toBe(false);
  const ids = net.coverage.map(({ kind, id }) => `${kind} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining([
      'transit-gateway tgw-1',
      'transit-gateway-attachment tgw-attach-1',
      'transit-gateway-route-table tgw-rtb-1',
    ]),
  );
});

const modelled = (lists: object) => read(lists).transitGateways.has('tgw-1');
const other = attachment('9', 'vpc', 'vpc-9');
const table = (State: string, VpcId: string) => ({
  RouteTableId: 'rtb-9',
  VpcId,
  Routes: [{ DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: 'tgw-1', State }],
});

test.each<[string, object]>([
  ['no answer describes it', without(hub, 'TransitGateways')],
  ['its attachments were not read', without(hub, 'TransitGatewayAttachments')],
  ['it is being modified', hubWith('TransitGateways', { State: 'modifying' })],
  ['the subnets of an attachment were not read', without(hub, 'TransitGatewayVpcAttachments')],
  ['an attachment shows no subnet', hubWith('TransitGatewayVpcAttachments', { SubnetIds: [] })],
  ['an attachment is being modified', hubWith('TransitGatewayAttachments', { State: 'modifying' })],
  ['an attachment translates', hubWith('TransitGatewayAttachments', { NatGatewaySupport: 'enabled' })],
  [
    'another answer shows an attachment that is not among those of its owner',
    {
      TransitGatewayVpcAttachments: [
        ...hub.TransitGatewayVpcAttachments,
        { ...hub.TransitGatewayVpcAttachments[0], TransitGatewayAttachmentId: 'tgw-attach-9', VpcId: 'vpc-9' },
      ],
    },
  ],
  [
    'a live route leads to it from a VPC that has no attachment',
    {
      ...hubWith('TransitGatewayAttachments'),
      TransitGatewayAttachments: [toOne],
      TransitGatewayVpcAttachments: [hub.TransitGatewayVpcAttachments[0]],
      RouteTables: [...hub.RouteTables, table('active', 'vpc-2')],
    },
  ],
  [
    'a VPN connection ends at it that has no attachment',
    { VpnConnections: [{ VpnConnectionId: 'vpn-1', TransitGatewayId: 'tgw-1', State: 'available' }] },
  ],
])('it is opaque alone where %s', (_, lists) => {
  expect(modelled({})).toBe(true);
  const net = network(documents('Vpcs' in lists ? (lists as typeof hub) : { ...hub, ...lists }));
  expect(net.transitGateways.size).toBe(0);
  expect(net.transitGatewayAttachments.size + net.transitGatewayRouteTables.size).toBe(0);
  expect(net.opaqueGateways.has('tgw-1')).toBe(true);
});

test('an answer to a request with filters does not show all attachments', () => {
  const { TransitGatewayAttachments } = hub;
  const json = { Request: { Filters: [{ Name: 'resource-type' }] }, Response: { TransitGatewayAttachments } };
  const from = [...documents(without(hub, 'TransitGatewayAttachments')), { file: 'a.json', json }];
  expect(network(from).transitGateways.size).toBe(0);
});

test('what a participant is shown of a gateway is not all of it', () => {
  const mine = { ...hub, TransitGateways: [{ ...hub.TransitGateways[0], OwnerId: '999900009999' }] };
  const of = (folder: string) =>
    network(documents(mine).map(({ file, ...rest }) => ({ file: `${folder}/${file}`, ...rest }))).transitGateways.size;
  expect(of('111122223333')).toBe(0);
  expect(of('999900009999')).toBe(1);
});

test('an answer that may be of another Region does not show all attachments', () => {
  const TransitGatewayArn = 'arn:aws:ec2:us-west-2:111122223333:transit-gateway/tgw-1';
  const { TransitGatewayAttachments, ...rest } = hubWith('TransitGateways', { TransitGatewayArn });
  const of = (folder: string) =>
    network([...documents(rest), { file: `${folder}/attachments.json`, json: { TransitGatewayAttachments } }]);
  expect(of('us-west-2').transitGateways.size).toBe(1);
  expect(of('somewhere').transitGateways.size).toBe(0);
});

test('what lies behind an attachment is told by its type', () => {
  const TransitGatewayAttachments = [
    toOne,
    toTwo,
    attachment('v', 'vpn', 'vpn-1'),
    attachment('d', 'direct-connect-gateway', '0dx'),
    attachment('c', 'connect', 'tgw-attach-1'),
    attachment('n', 'network-function', 'nf-1'),
    attachment('p', 'peering', 'tgw-2'),
    attachment('q', 'peering', 'tgw-of-somebody-else'),
    other,
    attachment('g', 'vpc', 'vpc-8', { State: 'deleted' }),
  ];
  const TransitGateways = [...hub.TransitGateways, { TransitGatewayId: 'tgw-2', OwnerId: '111122223333' }];
  const told = { TransitGatewayAttachments, TransitGateways, VpcPeeringConnections: [] };
  const found = read(told).transitGatewayAttachments;
  const behind = (id: string) => found.get(`tgw-attach-${id}`)?.behind;
  expect(behind('v')).toEqual({ kind: 'on-premises', id: 'vpn-1' });
  expect(behind('d')).toEqual({ kind: 'on-premises', id: '0dx' });
  expect(behind('p')).toEqual({ kind: 'transit-gateway', id: 'tgw-2' });
  expect(behind('n')).toEqual({ kind: 'network-function' });
  expect(behind('9')).toEqual({ kind: 'unknown', type: 'vpc', vpcs: [], elsewhere: true });
  expect(behind('g')).toBeUndefined();
});

test('a VPC that is not in the input hands on to its peers, and to those of whom nobody was shown that they are none', () => {
  const TransitGatewayAttachments = [toOne, toTwo, other];
  const beyond = (lists: object) =>
    read({ TransitGatewayAttachments, ...lists }).transitGatewayAttachments.get('tgw-attach-9')?.behind;
  const pcx = (Code: string) => ({
    VpcPeeringConnectionId: 'pcx-9',
    RequesterVpcInfo: { VpcId: 'vpc-2' },
    AccepterVpcInfo: { VpcId: 'vpc-9' },
    Status: { Code },
  });
  expect(beyond({ VpcPeeringConnections: [pcx('active')] })).toMatchObject({ vpcs: ['vpc-2'] });
  expect(beyond({ VpcPeeringConnections: [pcx('deleted')] })).toMatchObject({ vpcs: [] });
  expect(beyond({})).toMatchObject({ vpcs: ['vpc-1', 'vpc-2'] });
});

test('what is not modelled behind an attachment leads to every VPC that it may lead to', () => {
  const extra = [attachment('c', 'connect', 'tgw-attach-1'), attachment('q', 'peering', 'tgw-of-somebody-else')];
  const net = read({ TransitGatewayAttachments: [toOne, toTwo, ...extra] });
  expect(net.transitGatewayAttachments.get('tgw-attach-c')?.behind).toEqual({
    kind: 'unknown',
    type: 'connect',
    vpcs: ['vpc-1', 'vpc-2'],
  });
  // The owner of both VPCs would be shown their attachments to the peer; nobody was shown the peer's own.
  expect(net.transitGatewayAttachments.get('tgw-attach-q')?.behind).toMatchObject({ kind: 'unknown', type: 'peering' });
  const core = read({ TransitGatewayAttachments: [toOne, toTwo, attachment('q', 'peering', 'core-network-1')] });
  expect(core.transitGatewayAttachments.get('tgw-attach-q')?.behind).toMatchObject({ vpcs: ['vpc-1', 'vpc-2'] });
});

test('a peering connection is an attachment of each of its gateways, under whatever ids', () => {
  const far = (id: string) => attachment(id, 'peering', 'tgw-1', { TransitGatewayId: 'tgw-2', Association: undefined });
  const both = (id: string) =>
    read({
      TransitGateways: [...hub.TransitGateways, { TransitGatewayId: 'tgw-2', OwnerId: '111122223333' }],
      TransitGatewayAttachments: [far(id), toOne, toTwo, attachment('p', 'peering', 'tgw-2')],
    }).transitGatewayAttachments;
  expect(both('p').get('tgw-attach-p')).toMatchObject({ gateway: 'tgw-1', behind: { id: 'tgw-2' } });
  expect(both('p').get('tgw-attach-p@tgw-2')).toMatchObject({ gateway: 'tgw-2', behind: { id: 'tgw-1' } });
  expect(both('r').get('tgw-attach-r')).toMatchObject({ gateway: 'tgw-2' });
});

test('an attachment that comes about or ends shows its state, and so does one whose association does', () => {
  const state = (change: object) =>
    network(documents(hubWith('TransitGatewayAttachments', change))).transitGatewayAttachments.get('tgw-attach-1');
  expect(state({ State: 'deleting' })).toMatchObject({ state: 'deleting', routeTable: 'tgw-rtb-1' });
  const Association = { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associating' };
  expect(state({ Association })).toMatchObject({ state: 'associating', routeTable: 'tgw-rtb-1' });
  expect(state({ Association: { ...Association, State: 'disassociated' } })).not.toHaveProperty('routeTable');
});

test('options that no answer shows are at AWS’s default, and said', () => {
  const net = network(documents(hubWith('TransitGatewayVpcAttachments', { Options: { DnsSupport: 'enable' } })));
  expect(net.transitGatewayAttachments.get('tgw-attach-1')?.behind).toEqual({
    kind: 'vpc',
    vpc: 'vpc-1',
    subnets: ['subnet-1'],
    applianceMode: false,
    ipv6: false,
  });
  expect(net.defaults.map(({ setting }) => setting)).toEqual(
    expect.arrayContaining(['tgw-attach-1.ApplianceModeSupport', 'tgw-attach-1.Ipv6Support']),
  );
});

test('the associations of a table tell what the attachment does not show', () => {
  const unsaid = hubWith('TransitGatewayAttachments', { Association: undefined });
  const associations = (...ids: readonly string[]) => ({
    file: 'get-transit-gateway-route-table-associations.tgw-rtb-1.json',
    json: { Associations: ids.map((id) => ({ TransitGatewayAttachmentId: `tgw-attach-${id}`, State: 'associated' })) },
  });
  const tableOf = (...from: ReturnType<typeof associations>[]) =>
    network([...documents(unsaid), ...from]).transitGatewayAttachments.get('tgw-attach-1')?.routeTable;
  expect(tableOf()).toBeUndefined();
  expect(tableOf(associations('1', '2'))).toBe('tgw-rtb-1');
  const conflict = hubWith('TransitGatewayAttachments', {
    Association: { TransitGatewayRouteTableId: 'tgw-rtb-2', State: 'associated' },
  });
  const TransitGatewayRouteTables = [
    ...hub.TransitGatewayRouteTables,
    { TransitGatewayRouteTableId: 'tgw-rtb-2', TransitGatewayId: 'tgw-1', State: 'available' },
  ];
  const mixed = [...documents({ ...conflict, TransitGatewayRouteTables }), associations('1')];
  expect(problems(mixed)).toMatchObject([{ code: 'conflicting-association' }]);
});

test('a table that only an association names is there, unless the tables were read', () => {
  const net = network(documents(without(hub, 'TransitGatewayRouteTables')));
  expect(net.transitGatewayRouteTables.get('tgw-rtb-1')).toMatchObject({
    gateway: 'tgw-1',
    routes: { unread: 'search-transit-gateway-routes', subject: 'tgw-rtb-1' },
  });
  const Association = { TransitGatewayRouteTableId: 'tgw-rtb-9', State: 'associated' };
  expect(problems(documents(hubWith('TransitGatewayAttachments', { Association })))).toMatchObject([
    { code: 'dangling-reference', place: '/TransitGatewayAttachments/0' },
  ]);
});

test('a subnet that its attachment names and the answers do not hold is a problem where subnets were read', () => {
  const lists = hubWith('TransitGatewayVpcAttachments', { SubnetIds: ['subnet-9'] });
  expect(problems(documents(lists))).toMatchObject([{ code: 'dangling-reference' }]);
});

test('a table of a gateway that no answer holds is a problem where gateways were read', () => {
  const strange = { TransitGatewayRouteTableId: 'tgw-rtb-9', TransitGatewayId: 'tgw-9', State: 'available' };
  const lists = { ...hub, TransitGatewayRouteTables: [...hub.TransitGatewayRouteTables, strange] };
  expect(problems(documents(lists))).toMatchObject([{ code: 'dangling-reference' }]);
  const unsaid = { ...without(hub, 'TransitGateways', 'TransitGatewayAttachments', 'TransitGatewayVpcAttachments') };
  const { coverage } = network(documents({ ...unsaid, TransitGatewayRouteTables: [strange] }));
  expect(coverage).toContainEqual(
    expect.objectContaining({ kind: 'transit-gateway-route-table', id: 'tgw-rtb-9', status: 'not-modelled' }),
  );
});

test('the tables of an opaque gateway stand on its assumption', () => {
  const { coverage } = network(documents(without(hub, 'TransitGatewayVpcAttachments')));
  expect(coverage.filter(({ kind }) => kind.startsWith('transit-gateway')).map(({ assumption }) => assumption)).toEqual(
    Array.from({ length: 4 }, () => 'passes:tgw-1'),
  );
});

test('a transit gateway read back from a snapshot is the same', () => {
  const net = network(hubDocuments(searched([route('10.0.0.0/16', 'static', to('1'))], everything)));
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});

test('a snapshot from before there were modelled gateways is read', () => {
  const json = JSON.parse(formatSnapshot(network(documents(hub)))) as Record<string, unknown>;
  const keys = [
    'transitGateways',
    'transitGatewayAttachments',
    'transitGatewayRouteTables',
    'vpnGateways',
    'vpnConnections',
  ];
  for (const key of keys) delete json[key];
  expect(network([{ file: 'network.json', json }]).transitGateways.size).toBe(0);
});

test('a policy table is a table of which nobody read what it chooses', () => {
  const Association = { TransitGatewayPolicyTableId: 'tgw-ptb-1', State: 'associated' };
  const net = network(documents(hubWith('TransitGatewayAttachments', { Association })));
  expect(net.transitGatewayAttachments.get('tgw-attach-1')).toMatchObject({ routeTable: 'tgw-ptb-1' });
  expect(net.transitGatewayAttachments.get('tgw-attach-2')).toMatchObject({ routeTable: 'tgw-rtb-1' });
  const unread = { unread: 'get-transit-gateway-policy-table-entries', subject: 'tgw-ptb-1' };
  expect(net.transitGatewayRouteTables.get('tgw-ptb-1')).toMatchObject({ gateway: 'tgw-1', routes: unread });
});

describe('a Connect attachment', () => {
  const connect = attachment('c', 'connect', 'tgw-attach-2');
  const connected = {
    TransitGatewayAttachments: [toOne, toTwo, connect],
    TransitGatewayConnects: [
      {
        TransitGatewayAttachmentId: 'tgw-attach-c',
        TransportTransitGatewayAttachmentId: 'tgw-attach-2',
        TransitGatewayId: 'tgw-1',
        State: 'available',
      },
    ],
  };
  const peer = (PeerAddress: string, State = 'available') => ({
    TransitGatewayAttachmentId: 'tgw-attach-c',
    TransitGatewayConnectPeerId: `tgw-connect-peer-${PeerAddress}`,
    State,
    ConnectPeerConfiguration: { TransitGatewayAddress: '192.0.2.1', PeerAddress, Protocol: 'gre' },
  });
  const behind = (lists: object) =>
    read({ ...connected, ...lists }).transitGatewayAttachments.get('tgw-attach-c')?.behind;

  test('leads to the VPC of the attachment that carries it, where its appliances stand in it', () => {
    expect(behind({ TransitGatewayConnectPeers: [peer('10.1.1.9')] })).toEqual({
      kind: 'unknown',
      type: 'connect',
      vpcs: ['vpc-2'],
    });
  });

  test('may lead to any VPC where an appliance stands elsewhere, or no answer tells where they stand', () => {
    const any = { vpcs: ['vpc-1', 'vpc-2'] };
    expect(behind({ TransitGatewayConnectPeers: [peer('10.1.1.9'), peer('10.7.1.9')] })).toMatchObject(any);
    expect(behind({ TransitGatewayConnectPeers: [peer('10.1.1.9'), peer('10.7.1.9', 'deleted')] })).toMatchObject({
      vpcs: ['vpc-2'],
    });
    expect(behind({})).toMatchObject(any);
  });

  test('leads to no VPC over Direct Connect', () => {
    const dx = attachment('2', 'direct-connect-gateway', '0dx');
    expect(
      behind({
        TransitGatewayAttachments: [toOne, dx, connect],
        TransitGatewayVpcAttachments: [hub.TransitGatewayVpcAttachments[0]],
      }),
    ).toMatchObject({ vpcs: [] });
  });
});

describe('a firewall at a transit gateway', () => {
  const arn = 'arn:aws:network-firewall:us-east-1:111122223333:firewall/inspect';
  const firewall = (change: object = {}, status: object = {}) => ({
    Firewall: {
      FirewallName: 'inspect',
      FirewallArn: arn,
      FirewallPolicyArn: 'arn:policy',
      TransitGatewayId: 'tgw-1',
      AvailabilityZoneMappings: [{ AvailabilityZone: 'use1-az1' }, { AvailabilityZone: 'use1-az2' }],
      ...change,
    },
    FirewallStatus: {
      Status: 'READY',
      SyncStates: { 'us-east-1a': { Attachment: { EndpointId: 'vpce-hidden', Status: 'READY' } } },
      TransitGatewayAttachmentSyncState: { AttachmentId: 'tgw-attach-n', TransitGatewayAttachmentStatus: 'READY' },
      ...status,
    },
  });
  const attached = (answer: object, ...more: readonly object[]) =>
    network([
      ...documents({
        ...hub,
        TransitGatewayAttachments: [toOne, toTwo, attachment('n', 'network-function', 'nf-1'), ...more],
      }),
      { file: 'describe-firewall.inspect.json', json: answer },
    ]);
  const behind = (net: ReturnType<typeof attached>) => net.transitGatewayAttachments.get('tgw-attach-n')?.behind;

  test('is what its attachment leads to, in the zones where it stands', () => {
    const net = attached(firewall());
    expect(behind(net)).toEqual({ kind: 'network-function', firewall: arn, zones: ['use1-az1', 'use1-az2'] });
    expect(net.firewalls.get(arn)).toMatchObject({ policyArn: 'arn:policy', endpoints: [] });
    expect(net.firewalls.get(arn)).not.toHaveProperty('vpc');
    expect(net.coverage).toContainEqual(
      expect.objectContaining({ id: 'tgw-attach-n', status: 'assumed', assumption: `passes:${arn}` }),
    );
  });

  test('is told by its transit gateway where that has one such attachment, and else not', () => {
    const untold = firewall({}, { TransitGatewayAttachmentSyncState: undefined });
    expect(behind(attached(untold))).toMatchObject({ firewall: arn });
    expect(behind(attached(untold, attachment('m', 'network-function', 'nf-2')))).toEqual({ kind: 'network-function' });
    expect(behind(attached(firewall({ TransitGatewayId: 'tgw-7' })))).toEqual({ kind: 'network-function' });
  });

  test('stands in zones told by name where subnets show whose they are', () => {
    const named = (AvailabilityZone: string) =>
      attached(firewall({ AvailabilityZoneMappings: [{ AvailabilityZone }] }));
    expect(behind(named('eu-west-1a'))).toMatchObject({ zones: [hub.Subnets[0]!.AvailabilityZoneId] });
    expect(behind(named('eu-west-1f'))).not.toHaveProperty('zones');
  });

  test('works by an assumption while it, or a zone of it, is not ready', () => {
    const state = (status: object) =>
      attached(firewall({}, status)).transitGatewayAttachments.get('tgw-attach-n')?.state;
    expect(state({})).toBeUndefined();
    expect(state({ SyncStates: { 'us-east-1a': { Attachment: { Status: 'CREATING' } } } })).toBe('creating');
    expect(
      state({
        TransitGatewayAttachmentSyncState: { AttachmentId: 'tgw-attach-n', TransitGatewayAttachmentStatus: 'ERROR' },
      }),
    ).toBe('error');
  });

  test('is the same in a snapshot', () => {
    const net = attached(firewall());
    expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
  });
});
