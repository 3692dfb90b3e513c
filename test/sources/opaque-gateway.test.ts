/** Gateways beyond which nothing is modelled: where what enters them could come out. */
import { expect, test } from 'vitest';
import { added, documents, network, tiny } from './tiny.ts';

const vpc = (n: number) => ({
  ...tiny.Vpcs[0],
  VpcId: `vpc-${n}`,
  CidrBlock: `10.${n}.0.0/16`,
  CidrBlockAssociationSet: [],
});

const three = added('Vpcs', vpc(2), vpc(3));
const vpcsOf = (more: object, id: string) => network(documents({ ...three, ...more })).opaqueGateways.get(id)?.vpcs;

const attachment = (id: string, tgw: string, type: string, resource: string, State = 'available') => ({
  TransitGatewayAttachmentId: id,
  TransitGatewayId: tgw,
  ResourceType: type,
  ResourceId: resource,
  VpcId: resource,
  State,
});

const TransitGateways = [{ TransitGatewayId: 'tgw-1', State: 'available' }];

test('a transit gateway leads to the VPCs attached to it', () => {
  const TransitGatewayAttachments = [
    attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1'),
    attachment('tgw-attach-2', 'tgw-1', 'vpc', 'vpc-3'),
    attachment('tgw-attach-3', 'tgw-1', 'vpc', 'vpc-2', 'deleted'),
    attachment('tgw-attach-4', 'tgw-1', 'vpc', 'vpc-of-somebody-else'),
  ];
  const told = { TransitGateways, TransitGatewayAttachments };
  expect(vpcsOf({ ...told, VpcPeeringConnections: [] }, 'tgw-1')).toEqual(['vpc-1', 'vpc-3']);
  // Nobody was shown whether the VPC that is not in the input has peers.
  expect(vpcsOf(told, 'tgw-1')).toEqual(['vpc-1', 'vpc-2', 'vpc-3']);
});

const hub = { TransitGateways: [{ TransitGatewayId: 'tgw-1', OwnerId: '999900009999' }] };

/** One VPC of each of two accounts, and what the first of them is shown of a transit gateway that neither owns. */
const participants = (folder: string) => [
  ...documents({ ...added('Vpcs', { ...vpc(2), OwnerId: '222222222222' }), ...hub }),
  {
    file: `${folder}/attachments.json`,
    json: { TransitGatewayVpcAttachments: [attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1')] },
  },
];

const attached = (TransitGatewayAttachments: readonly object[]) =>
  network(
    documents({ ...added('Vpcs', { ...vpc(2), OwnerId: '222222222222' }), ...hub, TransitGatewayAttachments }),
  ).opaqueGateways.get('tgw-1')?.vpcs;

test('what one participant is shown of a transit gateway does not tell where another is attached', () => {
  expect(network(participants('111122223333')).opaqueGateways.get('tgw-1')?.vpcs).toEqual(['vpc-1', 'vpc-2']);
  expect(network(participants('somewhere')).opaqueGateways.get('tgw-1')?.vpcs).toEqual(['vpc-1', 'vpc-2']);
  expect(network(participants('999900009999')).opaqueGateways.get('tgw-1')?.vpcs).toEqual(['vpc-1']);
});

test('an answer that may be of another Region does not tell all that is attached', () => {
  const away = { TransitGatewayArn: 'arn:aws:ec2:us-west-2:111122223333:transit-gateway/tgw-1' };
  const TransitGatewayAttachments = [attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1')];
  const of = (folder: string) =>
    network([
      ...documents({ ...three, TransitGateways: [{ ...TransitGateways[0], ...away }] }),
      { file: `${folder}/attachments.json`, json: { TransitGatewayAttachments } },
    ]).opaqueGateways.get('tgw-1');
  expect(of('us-west-2')).not.toHaveProperty('elsewhere');
  expect(of('somewhere')).toMatchObject({ elsewhere: true });
});

test('whose attachments an answer shows tells whose answer it is', () => {
  const of = (ResourceOwnerId: string) => ({
    ...attachment(`tgw-attach-${ResourceOwnerId}`, 'tgw-1', 'vpc', 'vpc-1'),
    TransitGatewayOwnerId: '999900009999',
    ResourceOwnerId,
  });
  expect(attached([of('111122223333'), of('333333333333')])).toEqual(['vpc-1']);
  expect(attached([of('111122223333')])).toEqual(['vpc-1', 'vpc-2']);
});

test('a transit gateway whose attachments nobody read could lead to every VPC', () => {
  expect(vpcsOf({ TransitGateways }, 'tgw-1')).toEqual(['vpc-1', 'vpc-2', 'vpc-3']);
});

test('a live route to a transit gateway shows that its VPC is attached', () => {
  const to = (State: string) => ({ DestinationCidrBlock: '10.3.0.0/16', TransitGatewayId: 'tgw-1', State });
  const table = (State: string) => ({
    RouteTables: [...tiny.RouteTables, { RouteTableId: 'rtb-2', VpcId: 'vpc-2', Routes: [to(State)] }],
    TransitGatewayAttachments: [attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1')],
  });
  expect(vpcsOf({ TransitGateways, ...table('active') }, 'tgw-1')).toEqual(['vpc-1', 'vpc-2']);
  expect(vpcsOf({ TransitGateways, ...table('blackhole') }, 'tgw-1')).toEqual(['vpc-1']);
});

test('a peered transit gateway leads on to the VPCs of its peer', () => {
  const TransitGatewayAttachments = [
    attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1'),
    attachment('tgw-attach-2', 'tgw-1', 'peering', 'tgw-2'),
    attachment('tgw-attach-2', 'tgw-1', 'peering', 'tgw-2'),
    attachment('tgw-attach-3', 'tgw-2', 'vpc', 'vpc-2'),
  ];
  expect(vpcsOf({ TransitGateways, TransitGatewayAttachments }, 'tgw-1')).toEqual(['vpc-1', 'vpc-2']);
});

const gateways = [{ TransitGatewayId: 'tgw-1' }, { TransitGatewayId: 'tgw-2' }];
const inTwo = [
  attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1'),
  attachment('tgw-attach-3', 'tgw-2', 'vpc', 'vpc-2'),
];

test('transit gateways whose peers nobody read may be peers of each other', () => {
  const unread = { TransitGateways: gateways, TransitGatewayVpcAttachments: inTwo };
  expect(vpcsOf(unread, 'tgw-1')).toEqual(['vpc-1', 'vpc-2']);
  expect(vpcsOf({ ...unread, TransitGatewayPeeringAttachments: [] }, 'tgw-1')).toEqual(['vpc-1']);
  expect(vpcsOf({ TransitGateways: gateways, TransitGatewayAttachments: inTwo }, 'tgw-1')).toEqual(['vpc-1']);
});

test('a transit gateway that no answer describes may be a peer of any other', () => {
  const described = gateways.slice(0, 1);
  expect(vpcsOf({ TransitGateways: described, TransitGatewayAttachments: inTwo }, 'tgw-1')).toEqual(['vpc-1']);
  const toIt = { DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: 'tgw-1', State: 'active' };
  const table = { RouteTableId: 'rtb-2', VpcId: 'vpc-2', Routes: [{ ...toIt, TransitGatewayId: 'tgw-2' }] };
  const RouteTables = [{ ...tiny.RouteTables[0], Routes: [...tiny.RouteTables[0]!.Routes, toIt] }, table];
  expect(vpcsOf({ RouteTables, TransitGatewayAttachments: inTwo }, 'tgw-1')).toEqual(['vpc-1', 'vpc-2']);
});

test('a core network behind a transit gateway may lead to every VPC', () => {
  const TransitGatewayAttachments = [
    attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-1'),
    attachment('tgw-attach-2', 'tgw-1', 'peering', 'core-network-1'),
  ];
  expect(vpcsOf({ TransitGateways, TransitGatewayAttachments }, 'tgw-1')).toEqual(['vpc-1', 'vpc-2', 'vpc-3']);
});

test('an attachment that is being deleted may carry packets', () => {
  const TransitGatewayAttachments = [attachment('tgw-attach-1', 'tgw-1', 'vpc', 'vpc-2', 'deleting')];
  expect(vpcsOf({ TransitGateways, TransitGatewayAttachments }, 'tgw-1')).toEqual(['vpc-2']);
});

test('a VPN gateway whose attachment was read is opaque no more', () => {
  const VpnGateways = [{ VpnGatewayId: 'vgw-1', VpcAttachments: [{ VpcId: 'vpc-2', State: 'attached' }] }];
  const VpnConnections = [{ VpnConnectionId: 'vpn-1', VpnGatewayId: 'vgw-1', State: 'available' }];
  const net = network(documents({ ...three, VpnGateways, VpnConnections }));
  expect(net.opaqueGateways.has('vgw-1')).toBe(false);
  expect(net.vpnGateways.get('vgw-1')).toMatchObject({ vpc: 'vpc-2' });
  expect(net.coverage).toContainEqual(expect.objectContaining({ kind: 'vpn-connection', id: 'vpn-1' }));
});

test('a VPC may have a line on premises unless both VPN gateways and attachments were asked for', () => {
  const lines = (more: object) => {
    const net = network(documents({ ...tiny, ...more }));
    return net.coverage.filter(({ id }) => id === 'vgw-unread-vpc-1').map(({ assumption }) => assumption);
  };
  expect(lines({})).toEqual(['passes:vgw-unread-vpc-1']);
  expect(lines({ VpnGateways: [] })).toEqual(['passes:vgw-unread-vpc-1']);
  expect(lines({ TransitGatewayVpcAttachments: [] })).toEqual(['passes:vgw-unread-vpc-1']);
  expect(lines({ VpnGateways: [], TransitGatewayVpcAttachments: [] })).toEqual([]);
});

test('the edge association of a VPN gateway is its table', () => {
  const table = {
    RouteTableId: 'rtb-edge',
    VpcId: 'vpc-1',
    Associations: [{ GatewayId: 'vgw-1' }],
    Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' }],
  };
  const net = network(documents(added('RouteTables', table)));
  expect(net.opaqueGateways.get('vgw-1')).toMatchObject({ kind: 'vpn-gateway', routeTable: 'rtb-edge' });
});
