/** Direct Connect gateways, their associations and attachments, and virtual interfaces. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import { unreadKeys } from '../../src/policy/assume.ts';
import { formatSnapshot, type SourceDocument } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const id = '11460968-4ac1-4fd3-bdb2-00599c32a7f1';
const call = 'directconnect describe-direct-connect-gateway-associations';

const gateways = (more: object = {}) => ({
  directConnectGateways: [
    {
      directConnectGatewayId: id,
      directConnectGatewayName: 'plant',
      amazonSideAsn: 64512,
      ownerAccount: '111122223333',
      directConnectGatewayState: 'available',
      tags: [{ key: 'site', value: 'plant' }],
      ...more,
    },
  ],
});

const association = (more: object = {}) => ({
  associationId: 'be85116d-46eb-4b43-a27a-da0c2ad648de',
  directConnectGatewayId: id,
  directConnectGatewayOwnerAccount: '111122223333',
  associationState: 'associated',
  associatedGateway: { id: 'vgw-1', type: 'virtualPrivateGateway', ownerAccount: '111122223333', region: 'eu-west-1' },
  allowedPrefixesToDirectConnectGateway: [{ cidr: '10.0.0.0/15' }, { cidr: '2001:db8::/48' }],
  ...more,
});

const associations = (...all: readonly object[]) => ({ directConnectGatewayAssociations: all });

const virtualInterface = (more: object = {}) => ({
  virtualInterfaceId: 'dxvif-1',
  virtualInterfaceName: 'plant to AWS',
  virtualInterfaceType: 'private',
  virtualInterfaceState: 'available',
  ownerAccount: '111122223333',
  directConnectGatewayId: id,
  virtualGatewayId: '',
  authKey: 'not to be repeated',
  bgpPeers: [
    { addressFamily: 'ipv4', bgpPeerState: 'available', bgpStatus: 'up' },
    { addressFamily: 'ipv6', bgpPeerState: 'available', bgpStatus: 'down' },
  ],
  routeFilterPrefixes: [],
  ...more,
});

const attached = { VpnGateways: [{ VpnGatewayId: 'vgw-1', VpcAttachments: [{ VpcId: 'vpc-1', State: 'attached' }] }] };

const base = documents({ ...tiny, ...attached });
const file = (name: string, json: object): SourceDocument => ({ file: name, text: JSON.stringify(json) });
const read = (...more: readonly SourceDocument[]) => network([...base, ...more]);
const own = file('describe-direct-connect-gateways.json', gateways());
const byGateway = (...all: readonly object[]) =>
  file(`describe-direct-connect-gateway-associations.${id}.json`, associations(...all));

test('a gateway shows its name, its owner and its tags', () => {
  expect(read(own).directConnectGateways.get(id)).toMatchObject({
    kind: 'direct-connect-gateway',
    name: 'plant',
    account: '111122223333',
    tags: { site: 'plant' },
    associations: [],
  });
  const gone = file('describe-direct-connect-gateways.json', gateways({ directConnectGatewayState: 'deleted' }));
  expect(read(gone).directConnectGateways.size).toBe(0);
});

test('an association shows what it allows, and nothing while that changes', () => {
  const allowedOf = (more?: object) =>
    read(own, byGateway(association(more)))
      .directConnectGateways.get(id)
      ?.associations.map(({ gateway, allowed }) => [gateway, ...allowed.map(formatPrefix)].join(' '));
  expect(allowedOf()).toEqual(['vgw-1 10.0.0.0/15 2001:db8::/48']);
  expect(allowedOf({ associationState: 'updating' })).toEqual(['vgw-1']);
  expect(allowedOf({ associationState: 'disassociated' })).toEqual([]);
  expect(allowedOf({ associatedGateway: undefined, virtualGatewayId: 'vgw-1' })).toEqual([
    'vgw-1 10.0.0.0/15 2001:db8::/48',
  ]);
  expect(allowedOf({ associatedGateway: undefined, associatedCoreNetwork: { id: 'core-network-1' } })).toEqual([
    'core-network-1 10.0.0.0/15 2001:db8::/48',
  ]);
});

test('all associations of a gateway are known where its owner asked for it by its id', () => {
  const isWhole = (...more: readonly SourceDocument[]) =>
    read(...more).directConnectGateways.get(id)?.unread === undefined;
  expect(isWhole(own, byGateway(association()))).toBe(true);
  expect(isWhole(own, byGateway())).toBe(true);
  const request = (Request: object) => file('x.json', { Request, Response: associations(association()) });
  expect(isWhole(own, request({ directConnectGatewayId: id }))).toBe(true);
  expect(isWhole(own, request({ directConnectGatewayId: id, maxResults: 100 }))).toBe(true);
  expect(isWhole(own, request({ directConnectGatewayId: id, associatedGatewayId: 'vgw-1' }))).toBe(false);
  expect(isWhole(own, request({ associatedGatewayId: 'vgw-1' }))).toBe(false);
  expect(isWhole(own, file('x.json', associations(association())))).toBe(false);
  expect(isWhole(own)).toBe(false);
  // Who does not own it is shown associations of his own alone.
  expect(isWhole(byGateway(association()))).toBe(false);
});

test('a virtual private gateway says so where nobody asked with which Direct Connect gateway it is associated', () => {
  const unreadOf = (...more: readonly SourceDocument[]) => read(...more).vpnGateways.get('vgw-1')?.unreadAssociation;
  const unread = { unread: call, subject: 'vgw-1' };
  expect(unreadOf()).toEqual(unread);
  expect(unreadOf(own, byGateway())).toEqual(unread);
  expect(unreadOf(own, byGateway(association()))).toBeUndefined();
  const byVgw = file('describe-direct-connect-gateway-associations.vgw-1.json', associations());
  expect(unreadOf(byVgw)).toBeUndefined();
  const byOther = file('222233334444/describe-direct-connect-gateway-associations.vgw-1.json', associations());
  const owned = documents({ ...tiny, ...attached }).map((one) => ({ ...one, file: `111122223333/${one.file}` }));
  expect(network([...owned, byOther]).vpnGateways.get('vgw-1')?.unreadAssociation).toEqual(unread);
});

test('what nobody read can be assumed', () => {
  const net = read(own);
  expect(unreadKeys(net)).toEqual(expect.arrayContaining([`unread:${call}:vgw-1`, `unread:${call}:${id}`]));
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'direct-connect-gateway', id, assumption: `unread:${call}:${id}` }),
  );
});

test('a gateway that an attachment of a transit gateway names is there', () => {
  const TransitGatewayAttachments = [
    {
      TransitGatewayAttachmentId: 'tgw-attach-1',
      TransitGatewayId: 'tgw-1',
      ResourceType: 'direct-connect-gateway',
      ResourceId: id,
      State: 'available',
    },
  ];
  const net = network(documents({ ...tiny, TransitGatewayAttachments }));
  expect(net.directConnectGateways.get(id)).toMatchObject({ unread: { unread: call, subject: id } });
});

test('an association seen twice must be the same', () => {
  const other = file('describe-direct-connect-gateway-associations.vgw-1.json', associations(association()));
  expect(read(own, byGateway(association()), other).directConnectGateways.get(id)?.associations).toHaveLength(1);
  const narrower = association({ allowedPrefixesToDirectConnectGateway: [{ cidr: '10.0.0.0/16' }] });
  expect(problems([...base, own, byGateway(narrower), other])).toMatchObject([{ code: 'duplicate-id' }]);
});

test('a virtual interface shows where it leads and which of its sessions are up', () => {
  const of = (more?: object) =>
    read(
      file('describe-virtual-interfaces.json', { virtualInterfaces: [virtualInterface(more)] }),
    ).virtualInterfaces.get('dxvif-1');
  expect(of()).toMatchObject({ kind: 'virtual-interface', name: 'plant to AWS', gateway: id, up: ['ipv4'] });
  expect(of({ virtualInterfaceState: 'down' })?.up).toEqual([]);
  expect(of({ directConnectGatewayId: undefined, virtualGatewayId: 'vgw-1' })?.gateway).toBe('vgw-1');
  expect(of({ virtualInterfaceState: 'deleted' })).toBeUndefined();
  expect(formatSnapshot(read(file('x.json', { virtualInterfaces: [virtualInterface()] })))).not.toContain('repeated');
});

test('a public virtual interface is named as what is not modelled', () => {
  const more = { virtualInterfaceType: 'public', directConnectGatewayId: '' };
  const net = read(file('x.json', { virtualInterfaces: [virtualInterface(more)] }));
  expect(net.virtualInterfaces.size).toBe(0);
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'virtual-interface', id: 'dxvif-1', status: 'not-modelled' }),
  );
});

test('an attachment shows an interface of which nothing else was read, and nothing of its sessions', () => {
  const attachments = (attachmentState: string) =>
    file('describe-direct-connect-gateway-attachments.json', {
      directConnectGatewayAttachments: [
        {
          directConnectGatewayId: id,
          virtualInterfaceId: 'dxvif-1',
          virtualInterfaceRegion: 'eu-west-1',
          attachmentState,
        },
      ],
    });
  const [shown] = read(attachments('attached')).virtualInterfaces.values();
  expect(shown).toMatchObject({ id: 'dxvif-1', gateway: id });
  expect(shown).not.toHaveProperty('up');
  const both = read(attachments('attached'), file('x.json', { virtualInterfaces: [virtualInterface()] }));
  expect([...both.virtualInterfaces.values()].map(({ up }) => up)).toEqual([['ipv4']]);
  expect(read(attachments('detached')).virtualInterfaces.size).toBe(0);
});

test('a page that is missing is asked for', () => {
  const page = file(`describe-direct-connect-gateway-associations.${id}.json`, {
    ...associations(association()),
    nextToken: 'more',
  });
  expect(problems([...base, own, page])).toMatchObject([{ code: 'missing-page' }]);
});

test('an allowed prefix that is no block is refused at its place', () => {
  const wrong = association({ allowedPrefixesToDirectConnectGateway: [{ cidr: '10.0.0.0/55' }] });
  expect(problems([...base, own, byGateway(wrong)])).toMatchObject([
    {
      code: 'bad-cidr',
      place: '/directConnectGatewayAssociations/0/allowedPrefixesToDirectConnectGateway/0/cidr',
    },
  ]);
});

test('Direct Connect read back from a snapshot is the same', () => {
  const net = read(own, byGateway(association()), file('x.json', { virtualInterfaces: [virtualInterface()] }));
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});

test('a snapshot of before tells no association', () => {
  const net = read(own, byGateway(association()));
  const {
    directConnectGateways: _,
    virtualInterfaces: __,
    ...before
  } = JSON.parse(formatSnapshot(net)) as Record<string, unknown>;
  const again = network([{ file: 'network.json', text: JSON.stringify(before) }]);
  expect(again.vpnGateways.get('vgw-1')?.unreadAssociation).toEqual({ unread: call, subject: 'vgw-1' });
});
