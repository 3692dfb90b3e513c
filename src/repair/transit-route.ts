/** Routes of transit gateway route tables as candidates: what keeps apart those who should not meet, and what joins them (semantics section 7). */
import type { Address } from '../net/address.ts';
import { type Prefix, formatPrefix, parsePrefix, prefixContains, samePrefix } from '../net/prefix.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { TransitGatewayAttachment, TransitGatewayRouteTable } from '../network/transit-gateway.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, candidate, everywhere, ofPrefix } from './candidate.ts';
import type { Step } from './step.ts';

interface Way {
  readonly target: string;
  readonly weight: number;
}

const blackhole = 'blackhole';

/** A blackhole for where it goes; another attachment, behind which is what it is meant to cross; or the route goes. */
export function closingTransit(network: Network, step: Step, question: Question): readonly Candidate[] {
  const table = tableAt(network, step);
  if (table === undefined) return [];
  const { dst } = step.after;
  const now = blockAt(step);
  const wider = privateBlocks.filter((one) => prefixContains(one, dst));
  const blocks = distinctBlocks([...vpcBlocks(network, dst), ...wider, ...(now ?? [])]);
  return [
    ...blocks
      .filter((block) => !isWider(now, block))
      .map((block, i) => routed(table, block, { target: blackhole, weight: 0.1 + i / 50 })),
    ...meant(network, table, question).flatMap((way) => (now ?? []).map((block) => routed(table, block, way))),
    ...removals(table, step, 0.3),
  ];
}

/** No route leads on, or a blackhole is in the way. */
export function openingTransit(network: Network, step: Step, question: Question): readonly Candidate[] {
  const table = tableAt(network, step);
  if (table === undefined) return [];
  return [...ways(network, table, step, question, 0), ...removals(table, step, 0.2)];
}

/** The way by this route comes to a stop later: another attachment. */
export function otherTransit(network: Network, step: Step, question: Question): readonly Candidate[] {
  const table = tableAt(network, step);
  if (table === undefined) return [];
  return [...ways(network, table, step, question, 0.2), ...removals(table, step, 0.45)];
}

/** The routes of a core network are not edited. */
function tableAt({ transitGatewayRouteTables }: Network, { resource }: Step): TransitGatewayRouteTable | undefined {
  const table = transitGatewayRouteTables.get(resource);
  return table?.kind === 'transit-gateway-route-table' && !isUnread(table.routes) ? table : undefined;
}

/** The block of the route that decided: `10.0.0.0/8` of `10.0.0.0/8 -> tgw-attach-1`; none of a prefix list. */
function blockAt({ rule = '' }: Step): readonly [Prefix] | undefined {
  const block = parsePrefix(rule.split(' -> ')[0]!);
  return block && [block];
}

const routed = ({ id }: TransitGatewayRouteTable, block: Prefix, { target, weight }: Way): Candidate =>
  candidate({ kind: 'set-route', table: id, destination: ofPrefix(block), target }, weight);

function removals(table: TransitGatewayRouteTable, step: Step, weight: number): readonly Candidate[] {
  const [block] = blockAt(step) ?? [];
  const { id, routes } = table;
  if (block === undefined || isUnread(routes)) return [];
  const isThere = routes.some(
    ({ destination, origin, list }) =>
      origin === 'static' &&
      list === undefined &&
      destination.kind === 'prefix' &&
      samePrefix(destination.prefix, block),
  );
  return isThere ? [candidate({ kind: 'remove-route', table: id, destination: ofPrefix(block) }, weight)] : [];
}

/** For the block of the route that decided, and for the narrower one of the VPC that holds the address. */
function ways(
  network: Network,
  table: TransitGatewayRouteTable,
  step: Step,
  question: Question,
  more: number,
): readonly Candidate[] {
  const { dst } = step.after;
  const now = blockAt(step);
  const held = vpcBlocks(network, dst);
  const asked = [
    ...question.to.members.flatMap((one) => (one.kind === 'cidr' ? [one.prefix] : [])),
    ...question.traffic.flatMap((one) => one.dst ?? []),
  ].filter((block) => prefixContains(block, dst));
  const wide = held.length === 0 && now === undefined ? [...asked, everywhere(dst.family)] : [];
  const blocks = distinctBlocks([...held, ...(now ?? []), ...wide]);
  const all = [...meant(network, table, question), ...waysTo(network, table, dst)];
  return all.flatMap(({ target, weight }) =>
    blocks
      .filter((block) => !isWider(now, block))
      .map((block, i) => routed(table, block, { target, weight: weight + more + i / 50 })),
  );
}

/** A route for it would decide nothing, for the one that decided is for a narrower block. */
const isWider = (now: readonly [Prefix] | undefined, block: Prefix): boolean =>
  now !== undefined && block.length < now[0].length;

const attachmentsOf = (network: Network, { gateway }: TransitGatewayRouteTable): readonly TransitGatewayAttachment[] =>
  [...network.transitGatewayAttachments.values()].filter((one) => one.gateway === gateway);

/** The attachments by which the address could be reached. */
function waysTo(network: Network, table: TransitGatewayRouteTable, dst: Address): readonly Way[] {
  const all = attachmentsOf(network, table);
  const home = all.filter(
    ({ behind }) =>
      behind.kind === 'vpc' && network.vpcs.get(behind.vpc)?.cidrs.some((cidr) => prefixContains(cidr, dst)) === true,
  );
  if (home.length > 0) return home.map(({ id }) => ({ target: id, weight: 0.05 }));
  const outward = new Set([...network.natGateways.values()].map(({ vpc }) => vpc));
  return all.flatMap(({ id, behind }) =>
    behind.kind !== 'vpc' || outward.has(behind.vpc) ? [{ target: id, weight: behind.kind === 'vpc' ? 0.1 : 0.2 }] : [],
  );
}

/** The attachments behind which stands what the question wants crossed, or which are that. */
function meant(network: Network, table: TransitGatewayRouteTable, { via, viaBoth, except }: Question): readonly Way[] {
  const ids = new Set([...via, ...viaBoth, ...except.flatMap((one) => one.via ?? [])].flatMap((one) => [...one.ids]));
  if (ids.size === 0) return [];
  const vpcs = new Set(
    [...network.endpoints.values(), ...network.natGateways.values(), ...network.interfaces.values()].flatMap(
      ({ id, vpc }) => (ids.has(id) ? [vpc] : []),
    ),
  );
  return attachmentsOf(network, table).flatMap(({ id, behind }) =>
    ids.has(id) ||
    (behind.kind === 'vpc' && vpcs.has(behind.vpc)) ||
    (behind.kind === 'network-function' && behind.firewall !== undefined && ids.has(behind.firewall))
      ? [{ target: id, weight: 0.02 }]
      : [],
  );
}

/** The blocks of VPCs that hold the address. */
const vpcBlocks = ({ vpcs }: Network, address: Address): readonly Prefix[] =>
  [...vpcs.values()].flatMap(({ cidrs }) => cidrs.filter((cidr) => prefixContains(cidr, address)));

/** What VPCs take their blocks from: RFC 1918. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parsePrefix(text)!);

const distinctBlocks = (blocks: readonly Prefix[]): readonly Prefix[] => [
  ...new Map(blocks.map((block) => [formatPrefix(block), block])).values(),
];
