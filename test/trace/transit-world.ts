/** Transit gateways, virtual private gateways and their lines on premises, in few words. */
import { isUnread } from '../../src/network/resource.ts';
import type { Provenance, Resource, Unread } from '../../src/network/resource.ts';
import type { Network } from '../../src/network/network.ts';
import type {
  BehindAttachment,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
} from '../../src/network/transit-gateway.ts';
import type { VpnConnection, VpnGateway } from '../../src/network/vpn-gateway.ts';
import {
  associationsCall,
  type DirectConnectGateway,
  type VirtualInterface,
} from '../../src/network/direct-connect-gateway.ts';
import type { Family } from '../../src/net/address.ts';
import type { Prefix } from '../../src/net/prefix.ts';

export interface AttachmentWords {
  /** `vpc-b`, `vpn-1`, `dxgw-1`, the peer `tgw-2`; anything else is AWS's word for what is not known. */
  readonly to: string;
  /** `tgw-1` unless given. */
  readonly gateway?: string;
  readonly subnets?: readonly string[];
  readonly table?: string;
  readonly appliance?: boolean;
  readonly ipv6?: boolean;
  /** On unless given; `unread` where no answer shows it. */
  readonly referencing?: boolean | 'unread';
  readonly state?: string;
  /** The VPCs behind what is not known. */
  readonly vpcs?: readonly string[];
}

export interface VpnWords {
  readonly gateway: string;
  readonly routes?: readonly string[];
  readonly up?: boolean;
  readonly state?: string;
  readonly aws?: readonly string[];
  readonly onPremises?: readonly string[];
}

export interface TransitWords {
  /** Group referencing by gateway; `unread` where no answer shows it. */
  readonly tgws?: Readonly<Record<string, boolean | 'unread'>>;
  readonly attachments?: Readonly<Record<string, AttachmentWords>>;
  /**
   * Of the gateway whose attachments are associated with it, else `tgw-1`: `10.1.0.0/16 tgw-attach-b`, equal ones joined
   * by `+`, with `propagated` or `pending` behind; `10.2.0.0/16 blackhole`; `pl-1 tgw-attach-b`.
   */
  readonly transitTables?: Readonly<Record<string, readonly string[] | Unread>>;
  readonly vgws?: Readonly<
    Record<
      string,
      {
        readonly vpc?: string;
        readonly state?: string;
        readonly table?: string;
        /** Nobody asked for its association. */
        readonly unread?: true;
      }
    >
  >;
  /**
   * By Direct Connect gateway: the allowed prefixes by associated gateway. Those behind attachments allow everything, and
   * have an interface `dxvif-GATEWAY` that is up, unless given.
   */
  readonly directConnect?: Readonly<
    Record<string, { readonly to?: Readonly<Record<string, readonly string[]>>; readonly unread?: true }>
  >;
  readonly virtualInterfaces?: Readonly<Record<string, { readonly gateway: string; readonly up?: readonly Family[] }>>;
  readonly vpns?: Readonly<Record<string, VpnWords>>;
}

type Maps = Pick<
  Network,
  | 'transitGateways'
  | 'transitGatewayAttachments'
  | 'transitGatewayRouteTables'
  | 'vpnGateways'
  | 'vpnConnections'
  | 'directConnectGateways'
  | 'virtualInterfaces'
>;

const source: Provenance = { file: 'test', place: '' };
const base = <K extends string>(kind: K, id: string) =>
  ({ kind, id, tags: {}, source }) satisfies Resource & { kind: K };

const known = (words: boolean | 'unread' | undefined, otherwise: boolean) =>
  words === 'unread' ? {} : { securityGroupReferencing: words ?? otherwise };

function behind({ to, subnets, appliance, ipv6, referencing, vpcs }: AttachmentWords): BehindAttachment {
  const [word] = to.split('-');
  if (word === 'vpc')
    return {
      kind: 'vpc',
      vpc: to,
      subnets: subnets ?? [],
      applianceMode: appliance ?? false,
      ipv6: ipv6 ?? false,
      ...known(referencing, true),
    };
  if (word === 'vpn' || word === 'dxgw') return { kind: 'on-premises', id: to };
  if (word === 'tgw') return { kind: 'transit-gateway', id: to };
  return { kind: 'unknown', type: to, vpcs: vpcs ?? [] };
}

function attachment(id: string, words: AttachmentWords): TransitGatewayAttachment {
  return {
    ...base('transit-gateway-attachment', id),
    gateway: words.gateway ?? 'tgw-1',
    behind: behind(words),
    ...(words.state === undefined ? {} : { state: words.state }),
    ...(words.table === undefined ? {} : { routeTable: words.table }),
  };
}

function route(text: string, cidr: (text: string) => Prefix): TransitGatewayRoute {
  const [to = '', via = '', ...marks] = text.split(' ');
  const blackhole = via === 'blackhole';
  return {
    destination: to.startsWith('pl-') ? { kind: 'prefix-list', id: to } : { kind: 'prefix', prefix: cidr(to) },
    origin: marks.includes('propagated') ? 'propagated' : 'static',
    state: blackhole ? 'blackhole' : marks.includes('pending') ? 'unknown' : 'active',
    attachments: blackhole ? [] : via.split('+'),
    source,
  };
}

function connection(id: string, words: VpnWords, cidr: (text: string) => Prefix): VpnConnection {
  const { aws, onPremises } = words;
  return {
    ...base('vpn-connection', id),
    gateway: words.gateway,
    staticRoutes: (words.routes ?? []).map(cidr),
    dynamic: words.routes === undefined,
    ...(words.up === undefined ? {} : { up: words.up }),
    ...(words.state === undefined ? {} : { state: words.state }),
    ...(aws === undefined && onPremises === undefined
      ? {}
      : {
          selectors: {
            aws: (aws ?? ['0.0.0.0/0']).map(cidr),
            onPremises: (onPremises ?? ['0.0.0.0/0']).map(cidr),
          },
        }),
  };
}

const each = <W, T>(words: Readonly<Record<string, W>> = {}, make: (id: string, words: W) => T) =>
  new Map(Object.entries(words).map(([id, value]) => [id, make(id, value)]));

const unreadOf = (subject: string): Unread => ({ unread: associationsCall, subject });

const directConnectOf = (attachments: readonly TransitGatewayAttachment[]): TransitWords['directConnect'] =>
  Object.fromEntries(
    attachments.flatMap(({ gateway, behind: far }) =>
      far.kind === 'on-premises' && far.id.startsWith('dxgw-')
        ? [[far.id, { to: { [gateway]: ['0.0.0.0/0', '::/0'] } }]]
        : [],
    ),
  );

const interfacesTo = (attachments: readonly TransitGatewayAttachment[]): TransitWords['virtualInterfaces'] =>
  Object.fromEntries(
    attachments.flatMap(({ behind: far }) =>
      far.kind === 'on-premises' && far.id.startsWith('dxgw-')
        ? [[`dxvif-${far.id}`, { gateway: far.id, up: ['ipv4', 'ipv6'] as const }]]
        : [],
    ),
  );

export function transitMaps(words: TransitWords, cidr: (text: string) => Prefix): Maps {
  const attachments = each(words.attachments, attachment);
  const all = [...attachments.values()];
  return {
    transitGateways: each(words.tgws, (id, referencing): TransitGateway => ({
      ...base('transit-gateway', id),
      vpcs: all.flatMap((one) => (one.gateway === id && one.behind.kind === 'vpc' ? [one.behind.vpc] : [])),
      ...known(referencing, false),
    })),
    transitGatewayAttachments: attachments,
    transitGatewayRouteTables: each(words.transitTables, (id, routes): TransitGatewayRouteTable => ({
      ...base('transit-gateway-route-table', id),
      gateway: all.find(({ routeTable }) => routeTable === id)?.gateway ?? 'tgw-1',
      routes: isUnread(routes) ? routes : routes.map((text) => route(text, cidr)),
    })),
    vpnGateways: each(words.vgws, (id, { table, unread, ...own }): VpnGateway => ({
      ...base('vpn-gateway', id),
      ...own,
      ...(table === undefined ? {} : { routeTable: table }),
      ...(unread === undefined ? {} : { unreadAssociation: unreadOf(id) }),
    })),
    vpnConnections: each(words.vpns, (id, own) => connection(id, own, cidr)),
    directConnectGateways: each(
      { ...directConnectOf(all), ...words.directConnect },
      (id, own): DirectConnectGateway => ({
        ...base('direct-connect-gateway', id),
        associations: Object.entries(own.to ?? {}).map(([gateway, allowed]) => ({
          id: `${id} ${gateway}`,
          gateway,
          allowed: allowed.map(cidr),
        })),
        ...(own.unread === undefined ? {} : { unread: unreadOf(id) }),
      }),
    ),
    virtualInterfaces: each({ ...interfacesTo(all), ...words.virtualInterfaces }, (id, own): VirtualInterface => ({
      ...base('virtual-interface', id),
      ...own,
    })),
  };
}
