/** Virtual private gateways, VPN connections, and the routes that gateways propagate into tables (semantics 8.1, 8.2, 4.9). */
import { present } from '../../base/present.ts';
import type { Prefix } from '../../net/prefix.ts';
import type { RouteFinding } from '../../network/build/findings.ts';
import type { VpnConnection } from '../../network/vpn-gateway.ts';
import { resource } from './common.ts';
import { addRoute } from './endpoint.ts';
import { tableType, vpcType } from './kinds.ts';
import { flag, idOf, known, prefix, references } from './property.ts';
import {
  type At,
  type Construct,
  isMade,
  isThere,
  note,
  notModelled,
  provenance,
  type Reading,
  topOf,
} from './reading.ts';
import { everyOne, mayBe } from './every.ts';
import { satellitesOf } from './satellite.ts';
import { attachmentMadeWith, gatewayType } from './transit-gateway-association.ts';
import { attach } from './transit-gateway-attachment.ts';
import { Unknown } from './value.ts';

const vpnGatewayType = 'AWS::EC2::VPNGateway';

export const vpnGateway: Construct = {
  identities: ['VPNGatewayId'],
  properties: ['VpcId', 'Type', 'AmazonSideAsn', 'AvailabilityZone', 'Tags'],
  read(at) {
    const own = { ...resource(at), kind: 'vpn-gateway' } as const;
    const { certain, possible } = attachedTo(at);
    at.in.findings.opaqueGateways.push({ ...own, vpcs: [...new Set([...certain, ...possible])] });
    if (certain.length + possible.length < 2)
      at.in.findings.vpnGateways.push({
        ...own,
        ...present({
          vpc: certain[0] ?? possible[0],
          state: possible.length > 0 || !isThere(at) ? 'unknown' : undefined,
        }),
      });
    if (!isMade(at)) return;
    at.in.findings.edges.whole.add(at.of.id);
    at.in.findings.directConnectAnswers.push({ subject: at.of.id, ...present({ account: at.of.account }) });
  },
};

/** The VPCs that it is attached to, and those that it may be. */
function attachedTo(at: At): { readonly certain: readonly string[]; readonly possible: readonly string[] } {
  const beside = satellitesOf(at.in, 'AWS::EC2::VPCGatewayAttachment', 'VpnGatewayId', at.of.id, at.of.type);
  const told = [at, ...beside.certain].map((one) => ({ one, vpc: idOf(one, 'VpcId', vpcType) }));
  const open = told.flatMap(({ one, vpc }) => {
    if (!(vpc instanceof Unknown)) return [];
    note(one, 'VpcId', vpc, 'the gateway may be attached to any VPC');
    return mayBe(one, vpc, vpcType);
  });
  const may = beside.possible.flatMap((one) => known(idOf(one, 'VpcId', vpcType)) ?? []);
  return {
    certain: [...new Set(told.flatMap(({ vpc }) => (typeof vpc === 'string' ? [vpc] : [])))],
    possible: [...new Set([...open, ...may])],
  };
}

/** Gateways that exist already, or of which it is not known which they are, at VPCs that are declared. */
export function vpnGatewaysOutside(reading: Reading): void {
  const type = 'AWS::EC2::VPCGatewayAttachment';
  const declared = reading.byType.get(vpnGatewayType) ?? [];
  for (const at of reading.byType.get(type) ?? []) {
    const gateway = idOf(at, 'VpnGatewayId', vpnGatewayType);
    if (gateway === undefined || (typeof gateway === 'string' && reading.byId.has(gateway))) continue;
    // One of those that are declared takes it for its own, or may.
    if (gateway instanceof Unknown && declared.length > 0) continue;
    const vpc = idOf(at, 'VpcId', vpcType);
    const vpcs = vpc instanceof Unknown ? everyOne(at.in, vpcType) : [vpc];
    for (const to of vpcs)
      if (to !== undefined)
        reading.findings.attachments.push({
          id: at.of.id,
          gateway: { kind: 'vpn-gateway', id: known(gateway) ?? `${at.of.address} VpnGatewayId` },
          to: { kind: 'vpc', id: to },
          name: 'vpn-gateway-attachment',
          source: provenance(at),
        });
  }
}

export const vpnConnection: Construct = {
  identities: ['VpnConnectionId'],
  properties: [
    'VpnGatewayId',
    'TransitGatewayId',
    'TransitGatewayAttachmentId',
    'CustomerGatewayId',
    'StaticRoutesOnly',
    'LocalIpv4NetworkCidr',
    'LocalIpv6NetworkCidr',
    'RemoteIpv4NetworkCidr',
    'RemoteIpv6NetworkCidr',
    'Type',
    // What follows is about the tunnels themselves.
    'EnableAcceleration',
    'OutsideIpAddressType',
    'PreSharedKeyStorage',
    'TransportTransitGatewayAttachmentId',
    'TunnelBandwidth',
    'TunnelInsideIpVersion',
    'VpnTunnelOptionsSpecifications',
    'Tags',
  ],
  attribute: (at, name) => (name === 'TransitGatewayAttachmentId' ? attachmentMadeWith(at) : undefined),
  read(at) {
    const id = at.of.id;
    const vgw = idOf(at, 'VpnGatewayId', vpnGatewayType);
    const tgw = idOf(at, 'TransitGatewayId', gatewayType);
    if (tgw !== undefined)
      attach(at, { id: attachmentMadeWith(at), gateway: tgw, type: 'vpn', behind: id, resource: 'derived' });
    if (typeof vgw === 'string')
      at.in.findings.attachments.push({
        id,
        gateway: { kind: 'vpn-gateway', id: vgw },
        to: { kind: 'on-premises', id },
        name: 'vpn-connection',
        source: provenance(at),
      });
    const gateway = known(vgw) ?? known(tgw);
    if (gateway === undefined) {
      const unknown = [vgw, tgw].find((one) => one instanceof Unknown);
      if (unknown instanceof Unknown) mayEndAnywhere(at, unknown);
      const why =
        unknown === undefined
          ? 'it ends at no virtual private gateway and at no transit gateway'
          : 'where it ends is not known';
      return notModelled(at, 'vpn-connection', why, 'flows through it');
    }
    at.in.findings.vpnConnections.push(connectionOf(at, id, gateway));
  },
};

/** Each virtual private gateway that it could end at has connections that are not told. */
function mayEndAnywhere(at: At, unknown: Unknown): void {
  note(at, 'VpnGatewayId', unknown, 'it may end at any virtual private gateway that it could name');
  for (const gateway of mayBe(at, unknown, vpnGatewayType))
    at.in.findings.vpnConnections.push(connectionOf(at, `${at.of.id} ${gateway}`, gateway, true));
}

function connectionOf(at: At, id: string, gateway: string, perhaps = false): VpnConnection {
  const routes = routesOf(at);
  const selectors = selectorsOf(at);
  return {
    ...resource(at),
    id,
    kind: 'vpn-connection',
    gateway,
    staticRoutes: routes.known,
    // A route that is not known is one that it may have, as if BGP had brought it.
    dynamic: flag(at, 'StaticRoutesOnly') !== true || !routes.whole,
    ...present({ selectors, state: perhaps || !isThere(at) ? 'unknown' : undefined }),
  };
}

/** Its static routes; `whole` where there may be no others. */
function routesOf(at: At): { readonly known: readonly Prefix[]; readonly whole: boolean } {
  const { certain, possible } = satellitesOf(
    at.in,
    'AWS::EC2::VPNConnectionRoute',
    'VpnConnectionId',
    at.of.id,
    at.of.type,
  );
  const told = certain.map((one) => prefix(one, 'DestinationCidrBlock'));
  return {
    known: told.flatMap((one) => known(one) ?? []),
    whole: isMade(at) && possible.length === 0 && !told.some((one) => one instanceof Unknown),
  };
}

/** AWS calls the customer's side local and its own remote; a side that is not known is as wide as can be. */
function selectorsOf(at: At): VpnConnection['selectors'] {
  const side = (name: string): readonly Prefix[] =>
    [`${name}Ipv4NetworkCidr`, `${name}Ipv6NetworkCidr`].flatMap((key) => known(prefix(at, key)) ?? []);
  const [onPremises, aws] = [side('Local'), side('Remote')];
  return [...onPremises, ...aws].some(({ length }) => length > 0) ? { onPremises, aws } : undefined;
}

/** Read by its connection, and by the gateways that it names. */
export const vpnConnectionRoute: Construct = { properties: ['VpnConnectionId', 'DestinationCidrBlock'] };
export const vpnGatewayRoutePropagation: Construct = { properties: ['RouteTableIds', 'VpnGatewayId'] };

/** On its side AWS needs no more of it than that it is there. */
export const customerGateway: Construct = {
  properties: ['BgpAsn', 'BgpAsnExtended', 'CertificateArn', 'DeviceName', 'IpAddress', 'Type', 'Tags'],
};

interface Propagation {
  readonly at: At;
  readonly table: string;
  readonly gateway: string;
  readonly certain: boolean;
}

/** The routes that virtual private gateways put into tables: of static connections those of these, of BGP any. */
export function propagateRoutes(reading: Reading): void {
  for (const { at, table, gateway, certain } of propagationsIn(reading)) {
    const { connections, learns } = learntBy(reading, gateway);
    const route = (destination: RouteFinding['destination'], state: RouteFinding['state']): RouteFinding => ({
      destination,
      target: { kind: 'vpn-gateway', id: gateway },
      state,
      origin: 'propagated',
      source: provenance(at),
    });
    for (const block of connections.flatMap(({ staticRoutes }) => staticRoutes))
      addRoute(reading, table, route({ kind: 'prefix', prefix: block }, certain ? 'active' : 'unknown'));
    if (!learns) continue;
    reading.findings.warnings.push(
      `\`${gateway}\` propagates into \`${table}\` whatever BGP brings: routes to any block may be there.`,
    );
    addRoute(reading, table, route({ kind: 'prefix-list', id: `what ${gateway} learns by BGP` }, 'unknown'));
  }
}

/** Whether on-premises may tell the gateway of routes, and the connections that it has. */
function learntBy(reading: Reading, gateway: string) {
  const { findings, byId } = reading;
  const connections = findings.vpnConnections.filter((one) => one.gateway === gateway);
  const declared = byId.get(gateway);
  const direct =
    findings.directConnectAssociations.some((one) => one.gateway === gateway) ||
    findings.virtualInterfaces.some((one) => one.gateway === gateway);
  const learns =
    direct || declared === undefined || !isMade(topOf(reading, declared)) || connections.some(({ dynamic }) => dynamic);
  return { connections, learns };
}

function* propagationsIn(reading: Reading): Iterable<Propagation> {
  for (const at of reading.byType.get('AWS::EC2::VPNGatewayRoutePropagation') ?? []) {
    const gateways = anyOf(at, idOf(at, 'VpnGatewayId', vpnGatewayType), vpnGatewayType);
    const tables = references(at, 'RouteTableIds', tableType);
    const all = [...tables.known, ...tables.unknown].map((one) => anyOf(at, one, tableType));
    for (const of of all)
      for (const table of of.ids)
        for (const gateway of gateways.ids) yield { at, table, gateway, certain: of.certain && gateways.certain };
  }
  for (const at of reading.byType.get(tableType) ?? []) {
    const told = references(at, 'PropagatingVgws', vpnGatewayType);
    for (const one of [...told.known, ...told.unknown]) {
      const { ids, certain } = anyOf(at, one, vpnGatewayType);
      for (const gateway of ids) yield { at, table: at.of.id, gateway, certain };
    }
  }
}

/** What is named; where that is not known, all that it may be. */
function anyOf(at: At, told: string | Unknown | undefined, type: string) {
  if (!(told instanceof Unknown)) return { ids: told === undefined ? [] : [told], certain: true };
  return { ids: mayBe(at, told, type), certain: false };
}
