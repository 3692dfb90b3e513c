/** A plan over what runs, and the routes that transit gateways have learnt: what AWS answered knows those of before alone. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../../src/net/prefix.ts';
import type { Network } from '../../../src/network/network.ts';
import { type Fields, Unknown } from '../../../src/sources/declared/value.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents } from '../tiny.ts';
import { attachment, everything, hub, hubDocuments, propagations, route, searched, to } from '../transit.ts';

const one = route('10.0.0.0/16', 'propagated', to('1'));
const two = route('10.1.0.0/16', 'propagated', to('2'));

function routesOf(network: Network): readonly string[] | string {
  const { routes } = network.transitGatewayRouteTables.get('tgw-rtb-1')!;
  if ('unread' in routes) return 'unread';
  return routes
    .map(({ destination, origin, state, attachments }) =>
      [destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id, origin, state, ...attachments]
        .join(' ')
        .replaceAll('tgw-attach-', ''),
    )
    .sort();
}

/** The routes before the change and after it. */
const routes = (...of: Parameters<typeof changed>) => changed(...of).map(routesOf);

const both = hubDocuments(searched([one, two], everything), propagations(['1'], ['2']));
const block = declared('block', 'AWS::EC2::VPCCidrBlock', { VpcId: 'vpc-2', CidrBlock: '10.9.0.0/16' });
const runningVpc = (more: Fields = {}) =>
  declared('net', 'AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16', ...more }, { id: 'vpc-2' });

const asTold = ['10.0.0.0/16 propagated active 1', '10.1.0.0/16 propagated active 2'];

test('a block that the plan adds to a VPC is propagated by its attachment (semantics 7.4)', () => {
  const further = [...asTold, '10.9.0.0/16 propagated active 2'];
  expect(routes(both, [], [block])).toEqual([asTold, further]);
  expect(routes(both, [runningVpc()], [runningVpc(), block])).toEqual([asTold, further]);
  // Where nothing tells that it propagates but a route that it brought, that does.
  expect(routes(hubDocuments(searched([one, two])), [], [block])[1]).toEqual(further);
});

test('a block that nobody knows before it is there is told of', () => {
  const pooled = declared('pooled', 'AWS::EC2::VPCCidrBlock', { VpcId: 'vpc-2', CidrBlock: new Unknown('of a pool') });
  const [before, after] = changed(both, [], [pooled]);
  expect(before.warnings.join()).not.toContain('pooled');
  expect(after.warnings.join()).toContain('`pooled` adds a block to `vpc-2` that is not known yet');
});

test('a block that the plan takes away goes from the VPC, its tables and the gateway', () => {
  const told = {
    ...hub.Vpcs[1]!,
    CidrBlockAssociationSet: [{ CidrBlock: '10.9.0.0/16' }, { CidrBlock: '10.1.0.0/16' }],
  };
  const runs = [
    ...documents({ ...hub, Vpcs: [hub.Vpcs[0]!, told] }),
    searched([one, two, route('10.9.0.0/16', 'propagated', to('2'))], everything),
    propagations(['1'], ['2']),
  ];
  const [before, after] = changed(runs, [block], []);
  expect(before.vpcs.get('vpc-2')!.cidrs.map(formatPrefix)).toEqual(['10.1.0.0/16', '10.9.0.0/16']);
  expect(after.vpcs.get('vpc-2')!.cidrs.map(formatPrefix)).toEqual(['10.1.0.0/16']);
  expect(routesOf(before)).toEqual([...asTold, '10.9.0.0/16 propagated active 2']);
  expect(routesOf(after)).toEqual(asTold);
});

test('whether a block is propagated that another VPC overlaps, or one of IPv6, is not told (semantics 7.9, 7.30)', () => {
  const inside = declared('block', 'AWS::EC2::VPCCidrBlock', { VpcId: 'vpc-2', CidrBlock: '10.0.128.0/20' });
  const ipv6 = declared('block', 'AWS::EC2::VPCCidrBlock', { VpcId: 'vpc-2', Ipv6CidrBlock: '2600:1f18::/56' });
  expect(routes(both, [], [inside])[1]).toContain('10.0.128.0/20 propagated unknown 2');
  expect(routes(both, [], [ipv6])[1]).toContain('2600:1f18::/56 propagated unknown 2');
});

const propagation = (id: string) =>
  declared('propagation', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
    TransitGatewayRouteTableId: 'tgw-rtb-1',
    TransitGatewayAttachmentId: `tgw-attach-${id}`,
  });

test('a propagation that the plan adds brings the routes of its VPC, and one that it removes takes them along', () => {
  const alone = hubDocuments(searched([one], everything), propagations(['1']));
  expect(routes(alone, [], [propagation('2')])).toEqual([asTold.slice(0, 1), asTold]);
  expect(routes(both, [propagation('2')], [])).toEqual([asTold, asTold.slice(0, 1)]);
  expect(routes(both, [], [propagation('2')])).toEqual([asTold, asTold]);
});

const hole = route('10.1.0.0/16', 'static', [], 'blackhole');
const declaredHole = declared('hole', 'AWS::EC2::TransitGatewayRoute', {
  TransitGatewayRouteTableId: 'tgw-rtb-1',
  DestinationCidrBlock: '10.1.0.0/16',
  Blackhole: true,
});

test('a static route that goes uncovers the propagated one that it hid (semantics 7.6)', () => {
  const hidden = hubDocuments(searched([one, hole], everything), propagations(['1'], ['2']));
  expect(routes(hidden, [declaredHole], [])).toEqual([
    ['10.0.0.0/16 propagated active 1', '10.1.0.0/16 static blackhole'],
    asTold,
  ]);
  // Nothing tells whether the VPC propagates: it may.
  const untold = hubDocuments(searched([one, hole], everything));
  expect(routes(untold, [declaredHole], [])[1]).toEqual([asTold[0], '10.1.0.0/16 propagated unknown 2']);
  // What BGP may have brought for the same block, nobody saw.
  const line = documents({
    ...hub,
    TransitGatewayAttachments: [...hub.TransitGatewayAttachments, attachment('3', 'vpn', 'vpn-1')],
    VpnConnections: [{ VpnConnectionId: 'vpn-1', TransitGatewayId: 'tgw-1', State: 'available' }],
  });
  const byLine = [...line, searched([one, hole], everything), propagations(['1'], ['3'])];
  expect(routes(byLine, [declaredHole], [])[1]).toEqual([asTold[0], '10.1.0.0/16 propagated unknown 3']);
});

const third = [
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.3.0.0/16' }),
  declared('subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc', CidrBlock: '10.3.1.0/24', AvailabilityZone: 'eu-west-1a' }),
];
const spoke = (more: Fields = {}) =>
  declared('spoke', 'AWS::EC2::TransitGatewayVpcAttachment', {
    TransitGatewayId: 'tgw-1',
    VpcId: 'vpc',
    SubnetIds: ['subnet'],
    ...more,
  });
const options = (more: object) => ({
  ...hub,
  TransitGateways: [{ ...hub.TransitGateways[0]!, Options: { ...hub.TransitGateways[0]!.Options, ...more } }],
});
const defaults = options({
  DefaultRouteTableAssociation: 'enable',
  DefaultRouteTablePropagation: 'enable',
  AssociationDefaultRouteTableId: 'tgw-rtb-1',
  PropagationDefaultRouteTableId: 'tgw-rtb-1',
});

test('a new attachment has the default table of the gateway that runs, and propagates to it (semantics 7.1)', () => {
  const runs = [...documents(defaults), searched([one, two], everything), propagations(['1'], ['2'])];
  const [, after] = changed(runs, [], [...third, spoke()]);
  expect(after.transitGatewayAttachments.get('spoke')).toMatchObject({ routeTable: 'tgw-rtb-1' });
  expect(routesOf(after)).toEqual([...asTold, '10.3.0.0/16 propagated active spoke']);
  const without = { DefaultRouteTableAssociation: false, DefaultRouteTablePropagation: false };
  const [, apart] = changed(runs, [], [...third, spoke(without)]);
  expect(apart.transitGatewayAttachments.get('spoke')).not.toHaveProperty('routeTable');
  expect(routesOf(apart)).toEqual(asTold);
});

test('what is not told of the defaults leaves open whether it propagates', () => {
  const runs = [...documents(hub), searched([one, two], everything), propagations(['1'], ['2'])];
  const joined = declared('joined', 'AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayRouteTableId: 'tgw-rtb-1',
    TransitGatewayAttachmentId: 'spoke',
  });
  const own = spoke({ DefaultRouteTableAssociation: false });
  const [, after] = changed(runs, [], [...third, own, joined]);
  expect(routesOf(after)).toEqual([...asTold, '10.3.0.0/16 propagated unknown spoke']);
});

test('a route or a propagation of which the table or the attachment is not known may be anywhere', () => {
  const open = new Unknown('known after apply');
  for (const resource of [
    declared('r', 'AWS::EC2::TransitGatewayRoute', {
      TransitGatewayRouteTableId: open,
      DestinationCidrBlock: '10.7.0.0/16',
    }),
    declared('p', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
      TransitGatewayRouteTableId: 'tgw-rtb-1',
      TransitGatewayAttachmentId: open,
    }),
    declared('q', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
      TransitGatewayRouteTableId: open,
      TransitGatewayAttachmentId: 'tgw-attach-2',
    }),
  ])
    expect(routes(both, [], [resource])).toEqual([asTold, 'unread']);
});
