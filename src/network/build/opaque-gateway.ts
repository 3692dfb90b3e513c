/** Gateways beyond which nothing is modelled: the VPCs that what enters them could come out in. */
import { present } from '../../base/present.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import { passes } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, groupBy, wasRead } from './building.ts';
import type { AttachmentFinding, OpaqueGatewayFinding } from './findings.ts';

type Kind = OpaqueGateway['kind'];

/** The calls that tell a gateway's VPCs; a kind without one may lead to every VPC. */
const attachmentCalls: Readonly<Record<Kind, readonly string[]>> = {
  'transit-gateway': ['describe-transit-gateway-attachments', 'describe-transit-gateway-vpc-attachments'],
  'vpc-peering': ['describe-vpc-peering-connections'],
  'vpn-gateway': ['describe-vpn-gateways'],
  'local-gateway': ['describe-local-gateway-route-table-vpc-associations'],
  'carrier-gateway': ['describe-carrier-gateways'],
  'core-network': [],
  'odb-network': [],
};

const opaqueKinds: ReadonlySet<string> = new Set(Object.keys(attachmentCalls));

export function buildOpaqueGateways(building: Building, vpcs: ReadonlyMap<string, Vpc>): Map<string, OpaqueGateway> {
  const found = new Map(building.findings.opaqueGateways.map((gateway) => [gateway.id, gateway]));
  for (const gateway of namedElsewhere(building)) if (!found.has(gateway.id)) found.set(gateway.id, gateway);
  const attachments = groupBy([...building.findings.attachments, ...shownByRoutes(building)], (one) => one.gateway.id);
  const edges = new Map(building.findings.routeTables.flatMap(({ id, gateways }) => gateways.map((one) => [one, id])));
  const gateways = new Map<string, OpaqueGateway>();
  for (const gateway of found.values()) {
    const { vpcs: _, ...rest } = gateway;
    const reached = reachableFrom(building, gateway, found, attachments, [...vpcs.keys()]);
    building.assumed.set(gateway.id, passes(gateway.id));
    gateways.set(gateway.id, {
      ...rest,
      vpcs: [...vpcs.keys()].filter((vpc) => reached.has(vpc)),
      ...([...reached].some((vpc) => !vpcs.has(vpc)) ? { elsewhere: true } : {}),
      ...present({ routeTable: edges.get(gateway.id) }),
    });
  }
  for (const vpc of vpcs.values())
    if (linesUnread.some((calls) => !calls.some((call) => wasRead(building, call, vpc)))) {
      const made = unreadLine(vpc);
      building.assumed.set(made.id, passes(made.id));
      gateways.set(made.id, made);
    }
  return gateways;
}

/** Calls that show how a VPC is joined to what is on premises, each with those that tell as much. */
const linesUnread: readonly (readonly string[])[] = [
  attachmentCalls['vpn-gateway'],
  attachmentCalls['transit-gateway'],
];

/** A missing call is no empty answer: the VPC may have a line that nobody asked for. */
const unreadLine = ({ id, account, region, source }: Vpc): OpaqueGateway => ({
  id: `vgw-unread-${id}`,
  kind: 'vpn-gateway',
  tags: {},
  source,
  vpcs: [id],
  unread: true,
  ...present({ account, region }),
});

/** Gateways that only attachments, routes and edge associations name. */
function* namedElsewhere({ findings }: Building): Iterable<OpaqueGatewayFinding> {
  for (const { gateway, source } of findings.attachments) yield { ...gateway, tags: {}, source };
  for (const table of findings.routeTables) {
    const { account, region } = table;
    for (const { target, state, source } of table.routes)
      if (isOpaque(target) && state !== 'blackhole')
        yield { kind: target.kind, id: target.id, tags: {}, source, ...present({ account, region }) };
    for (const id of table.gateways)
      if (id.startsWith('vgw-')) yield { kind: 'vpn-gateway', id, tags: {}, source: table.source };
  }
}

/**
 * A live route to a gateway shows that its VPC is attached, whatever the answers of the VPC's account or another
 * leave out (semantics 7.11; a participant sees its own attachments only).
 */
function* shownByRoutes({ findings }: Building): Iterable<Pick<AttachmentFinding, 'gateway' | 'to'>> {
  for (const { vpc, routes } of findings.routeTables)
    for (const { target, state } of routes)
      if (isOpaque(target) && target.kind !== 'vpc-peering' && state === 'active')
        yield { gateway: target, to: { kind: 'vpc', id: vpc } };
}

const isOpaque = (target: { kind: string; id?: string }): target is { kind: Kind; id: string } =>
  opaqueKinds.has(target.kind);

/** Through peers as well: what a transit gateway hands to another comes out at the other's attachments. */
function reachableFrom(
  building: Building,
  start: OpaqueGatewayFinding,
  gateways: ReadonlyMap<string, OpaqueGatewayFinding>,
  attachments: ReadonlyMap<string, readonly Pick<AttachmentFinding, 'to'>[]>,
  everyVpc: readonly string[],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const visited = new Set<string>();
  const visit = (id: string): void => {
    if (visited.has(id)) return;
    visited.add(id);
    const gateway = gateways.get(id);
    const own = attachments.get(id) ?? [];
    // A gateway of somebody else is known by the attachments that its neighbours show.
    if (gateway === undefined) return;
    for (const vpc of gateway.vpcs ?? []) reached.add(vpc);
    for (const { to } of own)
      if (to.kind === 'vpc') reached.add(to.id);
      else if (to.kind === 'gateway') visit(to.id);
    const told = attachmentCalls[gateway.kind].some((call) => wasRead(building, call, gateway));
    if (gateway.vpcs === undefined && !told) for (const vpc of everyVpc) reached.add(vpc);
  };
  visit(start.id);
  return reached;
}
