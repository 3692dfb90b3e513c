/**
 * Transit gateways of which enough was read to say how they forward, with their attachments and tables. One of which
 * anything is missing, or does what is not modelled, stays an opaque gateway alone.
 */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { Firewall } from '../firewall.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import { conditionOf } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import type {
  BehindAttachment,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRouteTable,
} from '../transit-gateway.ts';
import { passes, up } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import type { TransitGatewayAttachmentFinding, TransitGatewayFinding } from './transit-gateway-finding.ts';
import { transportOf } from './transit-gateway-connect.ts';
import { functionBehind, notReady } from './transit-gateway-firewall.ts';
import { reachPartsOf } from './opaque-gateway.ts';
import { reachBeyond, reachFrom, type ReachParts, stranger, wouldShow } from './reach.ts';
import { buildTransitGatewayRouteTables, policyTableOf, tableOf, tablesTold } from './transit-gateway-route-table.ts';

export interface TransitPlaces {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly opaqueGateways: ReadonlyMap<string, OpaqueGateway>;
  readonly firewalls: ReadonlyMap<string, Firewall>;
  /** Of firewalls, those that were read, by ARN. */
  readonly policies: ReadonlyMap<string, unknown>;
}

export interface Transit {
  readonly transitGateways: Map<string, TransitGateway>;
  readonly transitGatewayAttachments: Map<string, TransitGatewayAttachment>;
  readonly transitGatewayRouteTables: Map<string, TransitGatewayRouteTable>;
}

export const bothTransits = (one: Transit, other: Transit): Transit => ({
  transitGateways: new Map([...one.transitGateways, ...other.transitGateways]),
  transitGatewayAttachments: new Map([...one.transitGatewayAttachments, ...other.transitGatewayAttachments]),
  transitGatewayRouteTables: new Map([...one.transitGatewayRouteTables, ...other.transitGatewayRouteTables]),
});

export function buildTransit(building: Building, places: TransitPlaces): Transit {
  const { findings } = building;
  const parts = reachPartsOf(building, places.vpcs);
  const live = groupBy(findings.transitGatewayAttachments.filter(isLive), ({ gateway }) => gateway);
  const transitGateways = new Map<string, TransitGateway>();
  const attachments: TransitGatewayAttachment[] = [];
  for (const { state, defaults: _, ...found } of findings.transitGateways) {
    const sides = live.get(found.id) ?? [];
    if (conditionOf(state) !== 'works' || !isWhole(building, found, sides, parts)) continue;
    const attached = new Set(sides.flatMap(({ type, behind }) => (type === 'vpc' ? [behind] : [])));
    const gateway = { ...found, vpcs: [...places.vpcs.keys()].filter((vpc) => attached.has(vpc)) };
    const built = sides.map((side) => buildAttachment(building, side, gateway, sides, places, parts));
    const whole = built.filter((one) => one !== undefined);
    if (whole.length < built.length) continue;
    transitGateways.set(gateway.id, gateway);
    attachments.push(...whole);
  }
  const own = attachments.map((one) => ({ ...one, id: ownId(one, attachments) }));
  for (const { id, state, behind } of own) {
    const firewall = behind.kind === 'network-function' ? places.firewalls.get(behind.firewall ?? '') : undefined;
    if (state !== undefined) building.assumed.set(id, up(id));
    else if (firewall !== undefined && !places.policies.has(firewall.policyArn ?? ''))
      building.assumed.set(id, passes(firewall.id));
  }
  return {
    transitGateways,
    transitGatewayAttachments: new Map(own.map((one) => [one.id, one])),
    transitGatewayRouteTables: buildTransitGatewayRouteTables(building, {
      parts,
      gateways: transitGateways,
      attachments: own,
      vpcs: places.vpcs,
    }),
  };
}

/** What is not `deleted`, `rejected` or the like: it carries packets, or may. */
const isLive = ({ state }: TransitGatewayAttachmentFinding): boolean => conditionOf(state) !== 'idle';

/** A peering connection may have one id at both its gateways. */
function ownId({ id, gateway }: TransitGatewayAttachment, all: readonly TransitGatewayAttachment[]): string {
  return all.some((one) => one.id === id && one.gateway < gateway) ? `${id}@${gateway}` : id;
}

/** Whether its owner was shown all its attachments, and no other answer shows one that is not among them. */
function isWhole(
  building: Building,
  gateway: Omit<TransitGatewayFinding, 'state'>,
  sides: readonly TransitGatewayAttachmentFinding[],
  parts: ReachParts,
): boolean {
  if (!wouldShow(building, ['describe-transit-gateway-attachments'], [gateway], parts)) return false;
  const shown = new Set(sides.flatMap(({ id, behind = id }) => [id, behind]));
  return (parts.attachments.get(gateway.id) ?? []).every(
    ({ id, to }) => shown.has(to.id) || (id !== undefined && shown.has(id)),
  );
}

/** The attachment; undefined where not enough of it is known, or it does what is not modelled. */
function buildAttachment(
  building: Building,
  side: TransitGatewayAttachmentFinding,
  gateway: TransitGateway,
  sides: readonly TransitGatewayAttachmentFinding[],
  places: TransitPlaces,
  parts: ReachParts,
): TransitGatewayAttachment | undefined {
  const { type, behind: _, state, association, translates, ...attachment } = side;
  // Which subnets an attachment has, once it is modified, is not told.
  const modified = ['modifying', 'rollingBack'].includes(state);
  if (modified || translates) return undefined;
  const table =
    association?.policyTable === undefined
      ? tableOf(building, side, tablesTold(building), parts)
      : policyTableOf(association);
  const far =
    type === 'vpc' ? vpcBehind(building, side, places, parts) : behindOf(building, side, gateway, sides, places, parts);
  if (table === undefined || far === undefined) return undefined;
  const changing = conditionOf(state) === 'works' ? (table.changing ?? notReady(building, far)) : state;
  return {
    ...attachment,
    kind: 'transit-gateway-attachment',
    behind: far,
    ...present({ state: changing, routeTable: table.id }),
  };
}

/** A VPC of the input must show its subnets: they are where its packets come out. */
function vpcBehind(
  building: Building,
  { id, gateway, behind, source, type }: TransitGatewayAttachmentFinding,
  { vpcs, subnets }: TransitPlaces,
  parts: ReachParts,
): BehindAttachment | undefined {
  const vpc = behind === undefined ? undefined : vpcs.get(behind);
  if (vpc === undefined) {
    const reach = reachBeyond(building, behind ?? id, gateway, parts);
    return { kind: 'unknown', type, vpcs: [...vpcs.keys()].filter((each) => reach.vpcs.has(each)), elsewhere: true };
  }
  const told = building.findings.transitGatewayVpcAttachments.find((one) => one.id === id && one.gateway === gateway);
  if (told === undefined || told.subnets.length === 0) return undefined;
  const missing = told.subnets.filter((subnet) => subnets.get(subnet)?.vpc !== vpc.id);
  if (missing.length > 0) {
    const { account, region } = vpc;
    const from = { id, source, ...present({ account, region }) };
    for (const subnet of missing)
      if (wasRead(building, 'describe-subnets', vpc))
        blameDangling(building, from, `subnet of \`${vpc.id}\``, subnet, 'describe-subnets');
    return undefined;
  }
  return {
    kind: 'vpc',
    vpc: vpc.id,
    subnets: told.subnets,
    applianceMode: told.applianceMode ?? off(building, id, 'ApplianceModeSupport'),
    ipv6: told.ipv6 ?? off(building, id, 'Ipv6Support'),
    ...present({ securityGroupReferencing: told.securityGroupReferencing }),
  };
}

function off(building: Building, attachment: string, option: string): false {
  const call = 'ec2 describe-transit-gateway-vpc-attachments';
  building.defaults.push({ setting: `${attachment}.${option}`, value: 'disable', call });
  return false;
}

/** What lies behind an attachment that leads to no VPC. */
function behindOf(
  building: Building,
  { id, type, behind = id }: TransitGatewayAttachmentFinding,
  gateway: TransitGateway,
  sides: readonly TransitGatewayAttachmentFinding[],
  { vpcs, opaqueGateways, firewalls }: TransitPlaces,
  parts: ReachParts,
): BehindAttachment {
  const unknown = (reached: readonly string[], elsewhere: boolean): BehindAttachment => ({
    kind: 'unknown',
    type,
    vpcs: reached,
    ...(elsewhere ? { elsewhere } : {}),
  });
  switch (type) {
    case 'vpn':
    case 'vpn-concentrator':
    case 'direct-connect-gateway':
      return { kind: 'on-premises', id: behind };
    case 'peering':
    case 'tgw-peering': {
      if (opaqueGateways.get(behind)?.kind === 'transit-gateway') return { kind: 'transit-gateway', id: behind };
      const reach = reachFrom(building, stranger(behind), parts);
      return unknown(
        [...vpcs.keys()].filter((vpc) => reach.vpcs.has(vpc)),
        reach.elsewhere,
      );
    }
    case 'network-function':
      return functionBehind(building, { id, behind, gateway: gateway.id }, sides, firewalls);
    case 'client-vpn':
      return unknown([], false);
    case 'connect': {
      const over = transportOf(building, id, behind, sides, vpcs);
      if (over !== undefined) return unknown(over, false);
      break;
    }
  }
  // Where the appliance of a Connect attachment stands is not told, nor what AWS has yet to make: in a VPC attached.
  return unknown(
    gateway.vpcs,
    sides.some((one) => one.type === 'vpc' && !gateway.vpcs.includes(one.behind ?? '')),
  );
}
