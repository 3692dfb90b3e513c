/** Gateways beyond which nothing is modelled: the VPCs that what enters them could come out in. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { NetworkInterface } from '../interface.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import { passes } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import type { VpcPeering } from '../vpc-peering.ts';
import { type Building, wasRead } from './building.ts';
import type { AttachmentFinding, OpaqueGatewayFinding } from './opaque-gateway-finding.ts';
import { isToLattice } from './route-check.ts';
import { attachmentCalls, type Kind, reachFrom, type ReachParts } from './reach.ts';
import { opaquePeerings } from './vpc-peering.ts';

const opaqueKinds: ReadonlySet<string> = new Set(Object.keys(attachmentCalls));

/** All but the modelled peering connections. */
export function buildOpaqueGateways(
  building: Building,
  { vpcs, interfaces, peerings }: Places,
): Map<string, OpaqueGateway> {
  const parts = reachPartsOf(building, vpcs);
  const edges = new Map(building.findings.routeTables.flatMap(({ id, gateways }) => gateways.map((one) => [one, id])));
  const gateways = new Map<string, OpaqueGateway>();
  for (const gateway of parts.gateways.values()) {
    if (peerings.has(gateway.id)) continue;
    const { vpcs: _, ...rest } = gateway;
    const { vpcs: reached, elsewhere } = reachFrom(building, gateway, parts);
    building.assumed.set(gateway.id, passes(gateway.id));
    gateways.set(gateway.id, {
      ...rest,
      vpcs: [...vpcs.keys()].filter((vpc) => reached.has(vpc)),
      ...(elsewhere ? { elsewhere } : {}),
      ...(gateway.kind === 'service-network' ? { clients: clientsOf(gateway.id, parts) } : {}),
      ...present({ routeTable: edges.get(gateway.id) }),
    });
  }
  for (const { interfaces: named, subnets, ...told } of building.findings.directInternet) {
    const owned = (nic: NetworkInterface): boolean =>
      named.includes(nic.id) ||
      (subnets.includes(nic.subnet) && (nic.role === 'other-service' || /sagemaker/i.test(nic.description)));
    const beside = [...interfaces.values()].filter(owned).map(({ id }) => id);
    if (beside.length === 0)
      building.warnings.push(
        `\`${told.id}\` has direct internet access and no network interface in the input: no proof speaks of it.`,
      );
    building.assumed.set(told.id, passes(told.id));
    gateways.set(told.id, { ...told, kind: 'direct-internet-access', vpcs: [], beside });
  }
  for (const vpc of vpcs.values())
    if (isAssociatedUnread(building, vpc.id)) {
      const line: OpaqueGateway = { ...standIn(vpc), id: `sn-unread-${vpc.id}`, kind: 'service-network' };
      building.assumed.set(line.id, passes(line.id));
      gateways.set(line.id, { ...line, vpcs: [...vpcs.keys()], elsewhere: true, clients: [vpc.id] });
    }
  for (const vpc of vpcs.values())
    for (const { calls, made } of unreadLines)
      if (calls.some((alike) => !alike.some((call) => wasRead(building, call, vpc)))) {
        const line = made(vpc);
        building.assumed.set(line.id, passes(line.id));
        gateways.set(line.id, line);
      }
  return gateways;
}

interface Places {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly peerings: ReadonlyMap<string, VpcPeering>;
}

/** The VPCs of the input that are associated with the service network. */
const clientsOf = (id: string, { attachments, vpcs }: ReachParts): readonly string[] => [
  ...new Set((attachments.get(id) ?? []).flatMap(({ to }) => (to.kind === 'vpc' && vpcs.has(to.id) ? [to.id] : []))),
];

/** Routes show that the VPC is associated with a service network, and no answer says with which. */
const isAssociatedUnread = ({ findings }: Building, vpc: string): boolean =>
  findings.routeTables.some((table) => table.vpc === vpc && table.routes.some(isToLattice)) &&
  !findings.lattice.vpcAssociations.some((one) => one.vpc === vpc);

interface UnreadLine {
  /** All are wanted; of each those that tell as much. */
  readonly calls: readonly (readonly string[])[];
  readonly made: (vpc: Vpc) => OpaqueGateway;
}

/** A missing call is no empty answer: the VPC may have a line on premises, or a peer, that nobody asked for. */
const unreadLines: readonly UnreadLine[] = [
  {
    calls: [attachmentCalls['vpn-gateway'], attachmentCalls['transit-gateway']],
    made: (vpc) => ({ ...standIn(vpc), id: `vgw-unread-${vpc.id}`, kind: 'vpn-gateway' }),
  },
  {
    calls: [attachmentCalls['vpc-peering']],
    made: (vpc) => ({ ...standIn(vpc), id: `pcx-unread-${vpc.id}`, kind: 'vpc-peering', elsewhere: true }),
  },
];

const standIn = ({ id, account, region, source }: Vpc): Omit<OpaqueGateway, 'id' | 'kind'> => ({
  tags: {},
  source,
  vpcs: [id],
  unread: true,
  ...present({ account, region }),
});

/** The gateways that the input names, and what it shows attached to each. */
export function reachPartsOf(building: Building, vpcs: ReadonlyMap<string, Vpc>): ReachParts {
  const told = [...building.findings.opaqueGateways, ...opaquePeerings(building)];
  const gateways = new Map(told.map((gateway) => [gateway.id, gateway]));
  for (const gateway of namedElsewhere(building)) if (!gateways.has(gateway.id)) gateways.set(gateway.id, gateway);
  const attachments = groupBy([...building.findings.attachments, ...shownByRoutes(building)], (one) => one.gateway.id);
  return { gateways, attachments, vpcs };
}

/** Gateways that only attachments, parts of theirs, routes and edge associations name. */
function* namedElsewhere({ findings }: Building): Iterable<OpaqueGatewayFinding> {
  for (const named of findings.namedGateways) yield { ...named, tags: {} };
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
  const peerings = new Set(findings.vpcPeerings.map(({ id }) => id));
  for (const { vpc, routes } of findings.routeTables)
    for (const { target, state } of routes)
      // The answer that describes a peering connection tells its state as well.
      if (isOpaque(target) && !peerings.has(target.id) && state === 'active')
        yield { gateway: target, to: { kind: 'vpc', id: vpc } };
}

const isOpaque = (target: { kind: string; id?: string }): target is { kind: Kind; id: string } =>
  opaqueKinds.has(target.kind);
