import { describe, expect, it } from 'vitest';
import { ask } from '../../../src/index.ts';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const spoke = (name: string, block: string) => [
  declared(name, 'AWS::EC2::VPC', { CidrBlock: `${block}.0.0/16` }),
  declared(`${name} subnet`, 'AWS::EC2::Subnet', {
    VpcId: ref(name),
    CidrBlock: `${block}.0.0/24`,
    AvailabilityZone: 'eu-west-1a',
  }),
];
const attachment = (name: string, properties = {}) =>
  declared(`${name} attachment`, 'AWS::EC2::TransitGatewayAttachment', {
    TransitGatewayId: ref('tgw'),
    VpcId: ref(name),
    SubnetIds: [ref(`${name} subnet`)],
    ...properties,
  });
const gateway = declared('tgw', 'AWS::EC2::TransitGateway', {});
const alone = declared('tgw', 'AWS::EC2::TransitGateway', {
  DefaultRouteTableAssociation: 'disable',
  DefaultRouteTablePropagation: 'disable',
});
const spokes = [...spoke('one', '10.1'), ...spoke('two', '10.2')];
const table = declared('table', 'AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('tgw') });
const associate = (to: ReturnType<typeof ref> | Unknown, name = 'one') =>
  declared(`${name} association`, 'AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: ref(`${name} attachment`),
    TransitGatewayRouteTableId: to,
  });
const route = (properties: Record<string, unknown>) =>
  declared('route', 'AWS::EC2::TransitGatewayRoute', {
    TransitGatewayRouteTableId: ref('table'),
    DestinationCidrBlock: '0.0.0.0/0',
    ...(properties as object),
  });

describe('transit gateways that are declared', () => {
  it('have every attachment associated with, and propagated into, one default table', () => {
    const network = declaredNetwork(gateway, ...spokes, attachment('one'), attachment('two'));
    expect(network.transitGateways.get('tgw')).toMatchObject({
      vpcs: ['one', 'two'],
      securityGroupReferencing: false,
    });
    const attachments = [...network.transitGatewayAttachments.values()];
    expect(attachments.map(({ routeTable }) => routeTable)).toEqual([
      'tgw/default-route-table',
      'tgw/default-route-table',
    ]);
    expect(network.transitGatewayRouteTables.get('tgw/default-route-table')?.routes).toMatchObject([
      { origin: 'propagated', attachments: ['one attachment'] },
      { origin: 'propagated', attachments: ['two attachment'] },
    ]);
  });

  it('have no table where they do without a default one and none is declared', () => {
    const network = declaredNetwork(alone, ...spokes, attachment('one'));
    expect(network.transitGatewayAttachments.get('one attachment')).not.toHaveProperty('routeTable');
    expect(network.transitGatewayRouteTables.size).toBe(0);
  });

  it('prefer the association that is declared over the default one', () => {
    const network = declaredNetwork(gateway, ...spokes, attachment('one'), table, associate(ref('table')));
    expect(network.transitGatewayAttachments.get('one attachment')?.routeTable).toBe('table');
  });

  it('leave out of the default table the attachments that ask for it', () => {
    const without = { DefaultRouteTableAssociation: false, DefaultRouteTablePropagation: false };
    const network = declaredNetwork(gateway, ...spokes, attachment('one', without), attachment('two'));
    expect(network.transitGatewayAttachments.get('one attachment')).not.toHaveProperty('routeTable');
    expect(network.transitGatewayRouteTables.get('tgw/default-route-table')?.routes).toMatchObject([
      { attachments: ['two attachment'] },
    ]);
  });

  it('have the settings of their attachments, off where nothing is said', () => {
    const options = { Options: { ApplianceModeSupport: 'enable', Ipv6Support: 'disable' } };
    const network = declaredNetwork(gateway, ...spokes, attachment('one', options), attachment('two'));
    expect(network.transitGatewayAttachments.get('one attachment')?.behind).toMatchObject({ applianceMode: true });
    expect(network.transitGatewayAttachments.get('two attachment')?.behind).toMatchObject({
      applianceMode: false,
      ipv6: false,
      subnets: ['two subnet'],
    });
  });

  it('have static routes, and blackholes', () => {
    const lead = route({ TransitGatewayAttachmentId: ref('two attachment') });
    const hole = declared('hole', 'AWS::EC2::TransitGatewayRoute', {
      TransitGatewayRouteTableId: ref('table'),
      DestinationCidrBlock: '10.9.0.0/16',
      Blackhole: 'true',
    });
    const network = declaredNetwork(alone, ...spokes, attachment('one'), attachment('two'), table, lead, hole);
    expect(network.transitGatewayRouteTables.get('table')?.routes).toMatchObject([
      { state: 'active', attachments: ['two attachment'] },
      { state: 'blackhole', attachments: [] },
    ]);
  });

  it.each([
    ['where a route leads', route({ TransitGatewayAttachmentId: unknown })],
    [
      'what a route matches',
      route({ TransitGatewayAttachmentId: ref('two attachment'), DestinationCidrBlock: unknown }),
    ],
    [
      'which table has a route',
      route({ TransitGatewayAttachmentId: ref('two attachment'), TransitGatewayRouteTableId: unknown }),
    ],
    ['whether a route drops', route({ TransitGatewayAttachmentId: ref('two attachment'), Blackhole: unknown })],
    [
      'whether a route is there',
      { ...route({ TransitGatewayAttachmentId: ref('two attachment') }), uncertain: 'a condition' },
    ],
    [
      'who propagates',
      declared('propagation', 'AWS::EC2::TransitGatewayRouteTablePropagation', {
        TransitGatewayRouteTableId: ref('table'),
        TransitGatewayAttachmentId: unknown,
      }),
    ],
    [
      'whether the attachment that a route names is there at all',
      route({ TransitGatewayAttachmentId: 'tgw-attach-0000000000000001' }),
    ],
  ])('have a table of which nothing is known where it is not known %s', (_, one) => {
    const network = declaredNetwork(alone, ...spokes, attachment('one'), attachment('two'), table, one);
    expect(isUnread(network.transitGatewayRouteTables.get('table')!.routes)).toBe(true);
  });

  it.each([
    ['the table of an attachment', [attachment('one'), table, associate(unknown)]],
    [
      'the attachment of an association',
      [
        attachment('one'),
        table,
        declared('x', 'AWS::EC2::TransitGatewayRouteTableAssociation', {
          TransitGatewayAttachmentId: unknown,
          TransitGatewayRouteTableId: ref('table'),
        }),
      ],
    ],
    ['the subnets of an attachment', [attachment('one', { SubnetIds: unknown })]],
    ['the gateway of an attachment', [attachment('one', { TransitGatewayId: unknown })]],
    ['whether appliance mode is on', [attachment('one', { Options: { ApplianceModeSupport: unknown } })]],
  ])('stay opaque where it is not known: %s', (_, more) => {
    const network = declaredNetwork(gateway, ...spokes, attachment('two'), ...more);
    expect(network.transitGateways.size).toBe(0);
    expect(network.opaqueGateways.get('tgw')?.vpcs).toEqual(expect.arrayContaining(['one', 'two']));
  });

  it('stay opaque where they exist already and nothing tells who else is attached', () => {
    const old = { ...gateway, id: 'tgw-1' };
    const network = declaredNetwork(old, ...spokes, attachment('one'), { ...table, id: 'tgw-rtb-1' });
    expect(network.transitGateways.size).toBe(0);
    expect(network.opaqueGateways.get('tgw-1')).toMatchObject({ vpcs: ['one'], elsewhere: true });
  });

  it('may lead to any VPC where it is not known which one is attached', () => {
    const open = attachment('one', { VpcId: unknown, SubnetIds: unknown });
    const network = declaredNetwork(gateway, ...spokes, open);
    expect(network.opaqueGateways.get('tgw')?.vpcs).toEqual(['one', 'two']);
  });

  it('stay opaque where they exist already, whatever is attached', () => {
    const outside = attachment('one', { TransitGatewayId: 'tgw-1' });
    const network = declaredNetwork(...spokes, outside, table);
    expect(network.transitGateways.size).toBe(0);
    expect(network.opaqueGateways.get('tgw-1')).toMatchObject({ vpcs: ['one'], elsewhere: true });
  });

  it('carry nothing for certain by a peer that has not accepted', () => {
    const other = declared('far', 'AWS::EC2::TransitGateway', {});
    const peering = declared('peering', 'AWS::EC2::TransitGatewayPeeringAttachment', {
      TransitGatewayId: ref('tgw'),
      PeerTransitGatewayId: ref('far'),
      PeerAccountId: '111122223333',
      PeerRegion: 'eu-west-1',
    });
    const accepted = declared('acceptance', 'Vpcproof::EC2::TransitGatewayAttachmentAcceptance', {
      TransitGatewayAttachmentId: ref('peering'),
    });
    const states = (...more: readonly DeclaredResource[]) =>
      declaredFindings(gateway, other, peering, ...more).findings.transitGatewayAttachments.map(
        ({ gateway: of, behind, state }) => [of, behind, state],
      );
    expect(states()).toEqual([
      ['tgw', 'far', 'pending'],
      ['far', 'tgw', 'pending'],
    ]);
    expect(states(accepted).map(([, , state]) => state)).toEqual(['available', 'available']);
  });

  it('lead on premises by a VPN connection, which AWS attaches', () => {
    const vpn = declared('vpn', 'AWS::EC2::VPNConnection', {
      TransitGatewayId: ref('tgw'),
      CustomerGatewayId: 'cgw-1',
      Type: 'ipsec.1',
      StaticRoutesOnly: true,
    });
    const back = route({ TransitGatewayAttachmentId: ref('vpn', 'TransitGatewayAttachmentId') });
    const network = declaredNetwork(gateway, ...spokes, vpn, table, back);
    expect(network.transitGatewayAttachments.get('vpn/transit-gateway-attachment')).toMatchObject({
      behind: { kind: 'on-premises', id: 'vpn' },
      routeTable: 'tgw/default-route-table',
    });
    expect(network.transitGatewayRouteTables.get('table')?.routes).toMatchObject([
      { attachments: ['vpn/transit-gateway-attachment'] },
    ]);
  });

  it('know what is attached to the default table, though BGP may fill it besides', () => {
    const vpn = declared('vpn', 'AWS::EC2::VPNConnection', {
      TransitGatewayId: ref('tgw'),
      CustomerGatewayId: 'cgw-1',
    });
    const network = declaredNetwork(gateway, ...spokes, attachment('one'), vpn);
    const own = network.transitGatewayRouteTables.get('tgw/default-route-table')!;
    expect(own.routes).toMatchObject([{ attachments: ['one attachment'], origin: 'propagated' }]);
    expect(own.learns).toEqual({
      unread: 'search-transit-gateway-routes',
      subject: 'tgw/default-route-table',
      from: ['vpn/transit-gateway-attachment'],
    });
  });

  it('keep apart what neither a route nor BGP joins', async () => {
    const vpn = declared('vpn', 'AWS::EC2::VPNConnection', {
      TransitGatewayId: ref('tgw'),
      CustomerGatewayId: 'cgw-1',
    });
    const hosts = ['one', 'two', 'three'].flatMap((name) => [
      declared(`${name} table`, 'AWS::EC2::RouteTable', {
        VpcId: ref(name),
        Routes: [{ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: ref('tgw') }],
      }),
      declared(`${name} joins`, 'AWS::EC2::SubnetRouteTableAssociation', {
        SubnetId: ref(`${name} subnet`),
        RouteTableId: ref(`${name} table`),
      }),
      declared(`${name} group`, 'AWS::EC2::SecurityGroup', {
        VpcId: ref(name),
        SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }],
      }),
      declared(`host-${name}`, 'AWS::EC2::Instance', {
        SubnetId: ref(`${name} subnet`),
        SecurityGroupIds: [ref(`${name} group`)],
      }),
    ]);
    const apart = attachment('three', {
      DefaultRouteTablePropagation: 'disable',
      DefaultRouteTableAssociation: 'disable',
    });
    const vpcs = [...spokes, ...spoke('three', '10.3')];
    const network = declaredNetwork(gateway, ...vpcs, ...hosts, attachment('one'), attachment('two'), apart, vpn);
    const verdict = async (from: string, to: string, assume: readonly string[] = []) => {
      const asked = await ask(network, { from, to, assume });
      if (!asked.ok) throw new Error(JSON.stringify(asked.problems));
      const { verdict: said, facts, assumptions } = asked.value;
      return [said, ...facts.map(({ fact, value }) => `fact:${fact}=${value}`), ...assumptions].join(' ');
    };
    const learnt = 'unread:search-transit-gateway-routes:tgw/default-route-table';
    // What BGP brings could be more specific than the spokes' own blocks, if somebody there said so.
    expect(await verdict('host-one', 'host-two')).toBe('reachable fact:7.5-learnt=yes');
    expect(await verdict('host-one', 'host-two', ['fact:7.5-learnt=yes'])).toBe('reachable fact:7.5-learnt=yes');
    expect(await verdict('host-one', 'host-two', ['fact:7.5-learnt=no'])).toMatch(/^undecided /);
    expect(await verdict('host-one', 'host-two', [`${learnt}=deny`])).toBe(`reachable ${learnt}=deny`);
    expect(await verdict('host-one', 'host-three')).toBe('unreachable');
  }, 30_000);
});
