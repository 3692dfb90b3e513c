/** Transit gateways, their attachments, tables and routes, and VPN connections, as the calls about them print them. */
import type {
  TransitGatewayAttachment,
  TransitGatewayPrefixListReference,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayVpcAttachment,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import { awsIdOf } from '../../src/network/transit-gateway.ts';
import { invariant } from '../../src/base/invariant.ts';
import type { Document } from './aws.ts';
import { account } from './identity.ts';
import type { AttachmentSpec, Spec, TransitTableSpec, VpnSpec } from './spec.ts';

const switched = (on: boolean | undefined) => (on === true ? ('enable' as const) : ('disable' as const));

/** What only a modelled transit gateway needs: its attachments of all types, its tables, and their routes. */
export function describeTransit(spec: Spec): readonly Document[] {
  if (spec.tgws.length === 0) return [];
  return [
    {
      file: 'describe-transit-gateway-attachments.json',
      json: { TransitGatewayAttachments: spec.attachments.map((one) => describeAttachment(one)) },
    },
    {
      file: 'describe-transit-gateway-route-tables.json',
      json: { TransitGatewayRouteTables: spec.transitTables.map((one) => describeTransitTable(one)) },
    },
    ...spec.transitTables.flatMap((table) => routesOf(spec, table)),
  ];
}

/** AWS's type of what an attachment leads to, by its id; a type by itself where it has none. */
function typeOf(to: string): NonNullable<TransitGatewayAttachment['ResourceType']> {
  if (to.startsWith('vpc-')) return 'vpc';
  if (to.startsWith('vpn-')) return 'vpn';
  if (to.startsWith('tgw-')) return 'peering';
  return to.startsWith('dxgw-')
    ? 'direct-connect-gateway'
    : (to as NonNullable<TransitGatewayAttachment['ResourceType']>);
}

const describeAttachment = ({ id, gateway, to, table, state }: AttachmentSpec): TransitGatewayAttachment => ({
  TransitGatewayAttachmentId: awsIdOf(id),
  TransitGatewayId: gateway,
  TransitGatewayOwnerId: account,
  ResourceOwnerId: account,
  ResourceType: typeOf(to),
  ResourceId: to,
  State: (state ?? 'available') as 'available',
  ...(table === undefined ? {} : { Association: { ...associatedWith(table), State: 'associated' } }),
  Tags: [],
});

const associatedWith = (table: string) =>
  table.startsWith('tgw-ptb-') ? { TransitGatewayPolicyTableId: table } : { TransitGatewayRouteTableId: table };

/** Those to VPCs, as describe-transit-gateway-vpc-attachments shows them. */
export const describeVpcAttachments = (spec: Spec): readonly TransitGatewayVpcAttachment[] =>
  spec.attachments
    .filter(({ to }) => typeOf(to) === 'vpc')
    .map(({ id, gateway, to, subnets, state, appliance, ipv6, referencing }) => ({
      TransitGatewayAttachmentId: id,
      TransitGatewayId: gateway,
      VpcId: to,
      VpcOwnerId: account,
      State: (state ?? 'available') as 'available',
      SubnetIds: [...(subnets ?? [])],
      Options: {
        DnsSupport: 'enable',
        SecurityGroupReferencingSupport: switched(referencing ?? true),
        Ipv6Support: switched(ipv6),
        ApplianceModeSupport: switched(appliance),
      },
      Tags: [],
    }));

const describeTransitTable = ({ id, gateway }: TransitTableSpec): TransitGatewayRouteTable => ({
  TransitGatewayRouteTableId: id,
  TransitGatewayId: gateway,
  State: 'available',
  DefaultAssociationRouteTable: false,
  DefaultPropagationRouteTable: false,
  Tags: [],
});

/** The table's routes, and its references to prefix lists; nothing where they are unread. */
function routesOf(spec: Spec, { id, routes, propagations }: TransitTableSpec): readonly Document[] {
  if (routes === undefined) return [];
  const request = {
    TransitGatewayRouteTableId: id,
    Filters: [
      propagations === undefined
        ? { Name: 'state', Values: ['active', 'blackhole', 'pending', 'deleting'] }
        : { Name: 'type', Values: ['static'] },
    ],
  };
  const asked = propagations === undefined ? routes : routes.filter((line) => !line.includes(' propagated'));
  const found = asked.filter((line) => !line.startsWith('pl-')).map((line) => route(spec, line));
  const references = routes.filter((line) => line.startsWith('pl-')).map((line) => reference(spec, id, line));
  return [
    {
      file: `search-transit-gateway-routes.${id}.json`,
      json: { Request: request, Response: { Routes: found, AdditionalRoutesAvailable: false } },
    },
    {
      file: `get-transit-gateway-prefix-list-references.${id}.json`,
      json: { TransitGatewayPrefixListReferences: references },
    },
    ...(propagations === undefined ? [] : [propagationsOf(spec, id, propagations)]),
  ];
}

const propagationsOf = (spec: Spec, id: string, propagations: readonly string[]): Document => ({
  file: `get-transit-gateway-route-table-propagations.${id}.json`,
  json: {
    TransitGatewayRouteTablePropagations: attachmentsIn(spec, propagations).map((one) => ({
      ...one,
      State: 'enabled',
    })),
  },
});

const states = ['blackhole', 'pending', 'deleting'] as const;

/** `10.1.0.0/16 tgw-attach-b`, several attachments joined by `+`, with `propagated` or a state after it; `10.2.0.0/16 blackhole`. */
function route(spec: Spec, line: string): TransitGatewayRoute {
  const [destination, ...words] = line.split(' ');
  return {
    DestinationCidrBlock: destination!,
    Type: words.includes('propagated') ? 'propagated' : 'static',
    State: states.find((state) => words.includes(state)) ?? 'active',
    TransitGatewayAttachments: attachmentsIn(spec, words),
  };
}

function reference(spec: Spec, table: string, line: string): TransitGatewayPrefixListReference {
  const [list, ...words] = line.split(' ');
  const [first] = attachmentsIn(spec, words);
  return {
    TransitGatewayRouteTableId: table,
    PrefixListId: list!,
    PrefixListOwnerId: account,
    State: 'available',
    Blackhole: words.includes('blackhole'),
    ...(first === undefined ? {} : { TransitGatewayAttachment: first }),
  };
}

function attachmentsIn(spec: Spec, words: readonly string[]) {
  const ids = words.flatMap((word) => (word.startsWith('tgw-attach-') ? word.split('+') : []));
  return ids.map((id) => {
    const found = spec.attachments.find((one) => one.id === id);
    invariant(found !== undefined, `the attachment ${id} is in the network`);
    return { TransitGatewayAttachmentId: awsIdOf(id), ResourceType: typeOf(found.to), ResourceId: found.to };
  });
}

export const describeVpn = ({ id, gateway, routes, tunnels, state }: VpnSpec): VpnConnection => ({
  VpnConnectionId: id,
  CustomerGatewayId: `cgw-${id.replace(/^vpn-/, '')}`,
  ...(gateway.startsWith('tgw-') ? { TransitGatewayId: gateway } : { VpnGatewayId: gateway }),
  State: (state ?? 'available') as 'available',
  Type: 'ipsec.1',
  Category: 'VPN',
  Options: {
    StaticRoutesOnly: routes !== undefined,
    LocalIpv4NetworkCidr: '0.0.0.0/0',
    RemoteIpv4NetworkCidr: '0.0.0.0/0',
    TunnelInsideIpVersion: 'ipv4',
  },
  Routes: (routes ?? []).map((cidr) => ({ DestinationCidrBlock: cidr, State: 'available' })),
  VgwTelemetry: ['198.18.0.1', '198.18.0.2'].map((address) => ({
    OutsideIpAddress: address,
    Status: tunnels === 'down' ? 'DOWN' : 'UP',
    AcceptedRouteCount: 0,
  })),
  Tags: [],
});
