import { describe, expect, it } from 'vitest';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const table = declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') });
const gateway = declared('vgw', 'AWS::EC2::VPNGateway', { Type: 'ipsec.1' });
const attachment = (vpcId: ReturnType<typeof ref> | Unknown = ref('vpc')) =>
  declared('attachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: vpcId, VpnGatewayId: ref('vgw') });
const connection = (properties: Record<string, unknown> = {}) =>
  declared('vpn', 'AWS::EC2::VPNConnection', {
    VpnGatewayId: ref('vgw'),
    CustomerGatewayId: 'cgw-1',
    Type: 'ipsec.1',
    StaticRoutesOnly: true,
    ...(properties as object),
  });
const route = (block: string | Unknown = '192.168.0.0/16') =>
  declared('vpn route', 'AWS::EC2::VPNConnectionRoute', { VpnConnectionId: ref('vpn'), DestinationCidrBlock: block });
const propagation = declared('propagation', 'AWS::EC2::VPNGatewayRoutePropagation', {
  RouteTableIds: [ref('table')],
  VpnGatewayId: ref('vgw'),
});

describe('virtual private gateways that are declared', () => {
  it('are attached to the VPC that an attachment names', () => {
    expect(declaredNetwork(vpc, gateway, attachment()).vpnGateways.get('vgw')).toMatchObject({ vpc: 'vpc' });
  });

  it('have no connections but those that are declared', () => {
    const network = declaredNetwork(vpc, gateway, attachment(), connection(), route());
    expect(network.vpnGateways.get('vgw')).not.toHaveProperty('unread');
    expect(network.vpnConnections.get('vpn')).toMatchObject({ gateway: 'vgw', dynamic: false });
    expect(network.vpnConnections.get('vpn')?.staticRoutes).toHaveLength(1);
  });

  it('may have other connections where they exist already', () => {
    const old = { ...gateway, id: 'vgw-1' };
    expect(declaredNetwork(vpc, old, attachment()).vpnGateways.get('vgw-1')).toHaveProperty('unread');
  });

  it('may be attached where it is not known to what', () => {
    expect(declaredFindings(vpc, gateway, attachment(unknown)).findings.vpnGateways).toMatchObject([
      { vpc: 'vpc', state: 'unknown' },
    ]);
  });

  it('lead into the VPC though they exist already, or are not known', () => {
    const at = (VpnGatewayId: string | Unknown) =>
      declared('attachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: ref('vpc'), VpnGatewayId });
    expect(declaredNetwork(vpc, at('vgw-1')).opaqueGateways.get('vgw-1')).toMatchObject({ vpcs: ['vpc'] });
    expect([...declaredNetwork(vpc, at(unknown)).opaqueGateways.values()]).toMatchObject([
      { kind: 'vpn-gateway', vpcs: ['vpc'] },
    ]);
  });

  it('learn what is not known by connections with BGP, or with routes that are not known', () => {
    const dynamic = (...more: readonly DeclaredResource[]) =>
      declaredNetwork(vpc, gateway, attachment(), ...more).vpnConnections.get('vpn')?.dynamic;
    expect(dynamic(connection({ StaticRoutesOnly: null }))).toBe(true);
    expect(dynamic(connection({ StaticRoutesOnly: unknown }))).toBe(true);
    expect(dynamic(connection(), route(unknown))).toBe(true);
    expect(dynamic(connection(), route())).toBe(false);
  });

  it('propagate the routes of static connections', () => {
    const network = declaredNetwork(vpc, table, gateway, attachment(), connection(), route(), propagation);
    expect(network.routeTables.get('table')?.routes.filter(({ origin }) => origin === 'propagated')).toMatchObject([
      { destination: { kind: 'prefix' }, target: { kind: 'vpn-gateway', id: 'vgw' }, state: 'active' },
    ]);
  });

  it('may propagate a route to anything where BGP tells them', () => {
    const dynamic = connection({ StaticRoutesOnly: false });
    const network = declaredNetwork(vpc, table, gateway, attachment(), dynamic, propagation);
    expect(network.routeTables.get('table')?.routes.filter(({ origin }) => origin === 'propagated')).toMatchObject([
      { destination: { kind: 'prefix-list' }, target: { kind: 'vpn-gateway', id: 'vgw' }, state: 'unknown' },
    ]);
  });

  it('propagate nothing without connections', () => {
    const network = declaredNetwork(vpc, table, gateway, attachment(), propagation);
    expect(network.routeTables.get('table')?.routes.filter(({ origin }) => origin === 'propagated')).toEqual([]);
  });
});

describe('Direct Connect that is declared', () => {
  const direct = declared('dx', 'AWS::DirectConnect::DirectConnectGateway', { DirectConnectGatewayName: 'dx' });
  const transit = declared('tgw', 'AWS::EC2::TransitGateway', {});
  const association = (to: string) =>
    declared('association', 'AWS::DirectConnect::DirectConnectGatewayAssociation', {
      DirectConnectGatewayId: ref('dx'),
      AssociatedGatewayId: ref(to),
      AllowedPrefixesToDirectConnectGateway: ['10.0.0.0/8'],
    });

  it('is attached to the transit gateways that it is associated with', () => {
    const network = declaredNetwork(direct, transit, association('tgw'));
    expect(network.directConnectGateways.get('dx')).toMatchObject({
      associations: [{ gateway: 'tgw', allowed: [{ length: 8 }] }],
    });
    expect(network.directConnectGateways.get('dx')).not.toHaveProperty('unread');
    expect(network.transitGatewayAttachments.get('association/transit-gateway-attachment')?.behind).toEqual({
      kind: 'on-premises',
      id: 'dx',
    });
  });

  it('is attached to no transit gateway by way of a virtual private gateway', () => {
    const network = declaredNetwork(vpc, gateway, attachment(), direct, association('vgw'));
    expect(network.transitGatewayAttachments.size).toBe(0);
    expect(network.vpnGateways.get('vgw')).not.toHaveProperty('unreadAssociation');
  });

  it('comes in by virtual interfaces', () => {
    const line = declared('vif', 'AWS::DirectConnect::TransitVirtualInterface', { DirectConnectGatewayId: ref('dx') });
    expect(declaredNetwork(direct, line).virtualInterfaces.get('vif')).toMatchObject({ gateway: 'dx' });
  });
});
