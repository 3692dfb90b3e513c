/**
 * Core networks of which enough was read to say how they forward, in the vocabulary of transit gateways: each segment at
 * an edge, and each network function group at one, is a route table (semantics 14.4). One of which anything is missing
 * stays an opaque gateway alone.
 */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import { conditionOf } from '../state.ts';
import type { BehindAttachment, TransitGateway, TransitGatewayAttachment } from '../transit-gateway.ts';
import { passes, up } from '../unknown.ts';
import { type Building } from './building.ts';
import { putBy } from './core-network-attachment-rule.ts';
import {
  type CoreNetworkAttachmentFinding,
  type CoreNetworkPolicyFinding,
  groupTable,
  segmentTable,
} from './core-network-finding.ts';
import { buildCoreNetworkRouteTables } from './core-network-route-table.ts';
import { reachPartsOf } from './opaque-gateway.ts';
import { reachBeyond, reachFrom, type ReachParts, stranger, wouldShow } from './reach.ts';
import type { Transit, TransitPlaces } from './transit-gateway.ts';

const attachmentsCall = 'networkmanager list-attachments';

export function buildCoreNetworks(building: Building, places: TransitPlaces): Transit {
  const { findings } = building;
  const parts = reachPartsOf(building, places.vpcs);
  const transit: Transit = {
    transitGateways: new Map(),
    transitGatewayAttachments: new Map(),
    transitGatewayRouteTables: new Map(),
  };
  for (const [arn, told] of groupBy(findings.coreNetworkAttachments, ({ coreNetwork }) => coreNetwork)) {
    const { coreNetworkId: id, source } = told[0]!;
    const account = /^arn:[^:]*:networkmanager:[^:]*:(\d{12}):/.exec(arn)?.[1];
    const policy = policyOf(building, id);
    const sides = told.map((side) => placed(side, policy));
    const isTold = policy !== undefined || findings.coreNetworkRoutes.some(({ coreNetworkId }) => coreNetworkId === id);
    const owner = { id: arn, ...present({ account }) };
    if (!isTold || !wouldShow(building, [attachmentsCall], [owner], parts) || !isWhole(arn, sides, parts)) continue;
    const attached = new Set(sides.flatMap(({ type, behind }) => (type === 'VPC' ? [behind] : [])));
    const gateway: TransitGateway = {
      name: id,
      tags: {},
      source,
      ...findings.opaqueGateways.find((one) => one.id === arn),
      id: arn,
      kind: 'core-network',
      vpcs: [...places.vpcs.keys()].filter((vpc) => attached.has(vpc)),
      ...present({ account, securityGroupReferencing: referencing(policy, sides) }),
    };
    const built = sides.map((side) => buildAttachment(building, side, gateway, sides, places, parts));
    const whole = built.filter((one) => one !== undefined);
    if (whole.length < built.length) continue;
    transit.transitGateways.set(arn, gateway);
    for (const one of whole) {
      transit.transitGatewayAttachments.set(one.id, one);
      if (one.state !== undefined) building.assumed.set(one.id, up(one.id));
    }
    const tables = buildCoreNetworkRouteTables(building, {
      gateway,
      sides,
      policy,
      vpcs: places.vpcs,
      vpcAttachments: findings.coreNetworkVpcAttachments,
    });
    for (const table of tables) transit.transitGatewayRouteTables.set(table.id, table);
  }
  accountForOthers(building, transit);
  return transit;
}

/** Policies, and routes of tables that nothing is associated with; those of core networks that stay opaque say nothing. */
function accountForOthers(
  { findings, coverage }: Building,
  { transitGateways, transitGatewayRouteTables }: Transit,
): void {
  const arns = new Map(findings.coreNetworkAttachments.map((one) => [one.coreNetworkId, one.coreNetwork]));
  const answers = [
    ...findings.coreNetworkPolicies.map(({ coreNetworkId, source }) => ({
      kind: 'core-network-policy',
      id: coreNetworkId,
      coreNetworkId,
      source,
    })),
    ...findings.coreNetworkRoutes.flatMap(({ table, coreNetworkId, source }) =>
      transitGatewayRouteTables.has(table)
        ? []
        : { kind: 'core-network-route-table', id: table, coreNetworkId, source },
    ),
  ];
  for (const { coreNetworkId, ...entry } of answers) {
    const arn = arns.get(coreNetworkId);
    if (arn !== undefined && transitGateways.has(arn)) coverage.push({ ...entry, status: 'modelled' });
    else if (arn !== undefined) coverage.push({ ...entry, status: 'assumed', assumption: passes(arn) });
    else
      coverage.push({
        ...entry,
        status: 'not-modelled',
        why: 'no answer of networkmanager list-attachments shows what is attached to it',
        affects: 'flows through the core network',
      });
  }
}

/** The one in force; none where two answers contradict each other. */
function policyOf({ findings }: Building, id: string): CoreNetworkPolicyFinding | undefined {
  const [first, ...others] = findings.coreNetworkPolicies.filter(({ coreNetworkId }) => coreNetworkId === id);
  const same = (other: CoreNetworkPolicyFinding): boolean => contentOf(other) === contentOf(first!);
  return others.every(same) ? first : undefined;
}

const contentOf = (policy: CoreNetworkPolicyFinding): string =>
  JSON.stringify({ ...policy, source: '' }, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));

/**
 * The attachment where the policy's rules put it, if they have yet to: one that had another place may be asked to wait for
 * somebody's acceptance there, and one without a place waits before anything passes.
 */
function placed(
  side: CoreNetworkAttachmentFinding,
  policy: CoreNetworkPolicyFinding | undefined,
): CoreNetworkAttachmentFinding {
  const { unplaced, segment: before, networkFunctionGroup: beforeGroup, ...rest } = side;
  if (unplaced === undefined) return side;
  const edge = side.edge === '' && policy?.edges.length === 1 ? policy.edges[0]! : side.edge;
  const { tags, type, account } = side;
  const { openTags, resource, accepted } = unplaced;
  const put =
    policy?.rules &&
    putBy(policy.rules, { tags, openTags, type, ...present({ region: edge || undefined, account, resource }) });
  if (policy === undefined || put === undefined) return { ...side, edge, moving: true };
  const found = { segment: undefined, networkFunctionGroup: undefined, ...(put === 'none' ? {} : put) };
  const { segments, networkFunctionGroups, unattended } = policy;
  const segment = segments.some(({ name }) => name === found.segment) ? found.segment : undefined;
  const group = networkFunctionGroups.includes(found.networkFunctionGroup ?? '')
    ? found.networkFunctionGroup
    : undefined;
  const had = before ?? beforeGroup;
  if (had !== undefined && segment === before && group === beforeGroup) return { ...side, edge };
  const isFree = (one: string | undefined, ofGroup: string | undefined): boolean =>
    (ofGroup === undefined ? unattended.segments : unattended.networkFunctionGroups).includes(ofGroup ?? one ?? '');
  const waits = put !== 'none' && !accepted && (put.acceptance || !isFree(segment, group));
  return {
    ...rest,
    edge,
    // What leaves a place that asks for acceptance may be held there as well.
    moving: side.moving || (had !== undefined && (waits || !isFree(before, beforeGroup))),
    state: waits && conditionOf(side.state) === 'works' ? 'PENDING_ATTACHMENT_ACCEPTANCE' : side.state,
    ...present({ segment, networkFunctionGroup: group }),
  };
}

/** Off unless the policy says otherwise; it counts within one edge alone. */
function referencing(
  policy: CoreNetworkPolicyFinding | undefined,
  sides: readonly CoreNetworkAttachmentFinding[],
): boolean | undefined {
  if (policy === undefined) return undefined;
  if (!policy.securityGroupReferencing) return policy.whole ? false : undefined;
  return new Set(sides.map(({ edge }) => edge)).size > 1 ? undefined : true;
}

/** No other answer shows an attachment that is not among them. */
function isWhole(arn: string, sides: readonly CoreNetworkAttachmentFinding[], parts: ReachParts): boolean {
  const shown = new Set(sides.flatMap(({ id, behind = id }) => [id, behind]));
  return (parts.attachments.get(arn) ?? []).every(
    ({ id, to }) => shown.has(to.id) || (id !== undefined && shown.has(id)),
  );
}

/** The attachment; undefined where not enough of it is known. */
function buildAttachment(
  building: Building,
  side: CoreNetworkAttachmentFinding,
  gateway: TransitGateway,
  sides: readonly CoreNetworkAttachmentFinding[],
  places: TransitPlaces,
  parts: ReachParts,
): TransitGatewayAttachment | undefined {
  const {
    coreNetwork: _,
    coreNetworkId,
    type,
    behind: __,
    state,
    edge,
    segment,
    networkFunctionGroup,
    moving,
    unplaced: ___,
    ...rest
  } = side;
  // Which subnets it has, and in which segment it is, is not told while it changes.
  if (moving || edge === '' || /^(?:UPDATING|PENDING_NETWORK_UPDATE|PENDING_TAG_ACCEPTANCE)$/.test(state))
    return undefined;
  const far =
    type === 'VPC' ? vpcBehind(building, side, places, parts) : behindOf(building, side, gateway, sides, places, parts);
  if (far === undefined) return undefined;
  const routeTable = networkFunctionGroup
    ? groupTable(coreNetworkId, networkFunctionGroup, edge)
    : segment
      ? segmentTable(coreNetworkId, segment, edge)
      : undefined;
  return {
    ...rest,
    kind: 'core-network-attachment',
    gateway: gateway.id,
    behind: far,
    ...present({ state: conditionOf(state) === 'works' ? undefined : state, routeTable }),
  };
}

/** A VPC of the input must show its subnets: they are where its packets come out. */
function vpcBehind(
  building: Building,
  { id, coreNetwork, behind }: CoreNetworkAttachmentFinding,
  { vpcs, subnets }: TransitPlaces,
  parts: ReachParts,
): BehindAttachment | undefined {
  const vpc = behind === undefined ? undefined : vpcs.get(behind);
  if (vpc === undefined) {
    const reach = reachBeyond(building, behind ?? id, coreNetwork, parts);
    return {
      kind: 'unknown',
      type: 'vpc',
      vpcs: [...vpcs.keys()].filter((each) => reach.vpcs.has(each)),
      elsewhere: true,
    };
  }
  const told = building.findings.coreNetworkVpcAttachments.find((one) => one.id === id);
  if (told === undefined || told.subnets.length === 0) return undefined;
  if (told.subnets.some((subnet) => subnets.get(subnet)?.vpc !== vpc.id)) return undefined;
  const off = (option: string): false => {
    const call = 'networkmanager get-vpc-attachment';
    building.defaults.push({ setting: `${id}.${option}`, value: 'false', call });
    return false;
  };
  return {
    kind: 'vpc',
    vpc: vpc.id,
    subnets: told.subnets,
    applianceMode: told.applianceMode ?? off('ApplianceModeSupport'),
    ipv6: told.ipv6 ?? off('Ipv6Support'),
    ...present({ securityGroupReferencing: told.securityGroupReferencing }),
  };
}

/** What lies behind an attachment that leads to no VPC. */
function behindOf(
  building: Building,
  { type, behind }: CoreNetworkAttachmentFinding,
  gateway: TransitGateway,
  sides: readonly CoreNetworkAttachmentFinding[],
  { vpcs }: TransitPlaces,
  parts: ReachParts,
): BehindAttachment {
  const unknown = (reached: readonly string[], elsewhere: boolean): BehindAttachment => ({
    kind: 'unknown',
    type: type.toLowerCase().replaceAll('_', '-'),
    vpcs: reached,
    ...(elsewhere ? { elsewhere } : {}),
  });
  switch (type) {
    case 'SITE_TO_SITE_VPN':
      return behind === undefined ? unknown([], false) : { kind: 'on-premises', id: behind };
    case 'CONNECT':
      // Its peer stands in a VPC that is attached (semantics 7.22).
      return unknown(
        gateway.vpcs,
        sides.some((one) => one.type === 'VPC' && !gateway.vpcs.includes(one.behind ?? '')),
      );
    case 'TRANSIT_GATEWAY_ROUTE_TABLE': {
      const table = building.findings.transitGatewayRouteTables.find((one) => one.id === behind);
      if (table === undefined) return unknown([...vpcs.keys()], true);
      const start = parts.gateways.get(table.gateway) ?? stranger(table.gateway);
      const reach = reachFrom(building, start, parts);
      return unknown(
        [...vpcs.keys()].filter((vpc) => reach.vpcs.has(vpc)),
        reach.elsewhere,
      );
    }
    default:
      // A Direct Connect gateway may lead back to VPCs (semantics 8.11), and so may what AWS has yet to make.
      return unknown([...vpcs.keys()], true);
  }
}
