/**
 * The routes that attachments propagate into a table, where no answer shows them: a VPC attachment those to all CIDR
 * blocks of its VPC (semantics 7.4). What BGP brings is not told, and could be more specific than any other route of the
 * table, so that no route could stand for it: the table may have learnt routes to that attachment then.
 */
import { formatPrefix, type Prefix, prefixesOverlap } from '../../net/prefix.ts';
import type { TransitGatewayAttachment, TransitGatewayRoute } from '../transit-gateway.ts';
import type { Vpc } from '../vpc.ts';
import type { Building } from './building.ts';
import { attachmentNamed, type Gateway, type Table } from './transit-gateway-member.ts';

export interface Propagated {
  readonly routes: readonly TransitGatewayRoute[];
  /** Every propagation of the table was read, and what each brings is among `routes` or was shown, but for `learns`. */
  readonly whole: boolean;
  /** The attachments by which BGP may bring routes to any block. */
  readonly learns: readonly string[];
}

/** Those of attachments that are not `told` already, but for destinations that `routes` show. */
export function propagatedRoutes(
  building: Building,
  table: Table,
  routes: readonly TransitGatewayRoute[],
  gateway: Gateway,
  told: ReadonlySet<string>,
): Propagated {
  const answers = building.findings.transitGatewayPropagations.filter((one) => one.table === table.id);
  let whole = answers.some(({ complete, continues }) => complete && !continues);
  const learns = new Set<string>();
  const derived = new Map<string, TransitGatewayRoute>();
  for (const { attachment: id, state, announced, source } of answers.flatMap(({ members }) => members)) {
    if (state === 'disabled') continue;
    const attachment = attachmentNamed(building, table, id, gateway.attachments, source);
    if (attachment === undefined || told.has(attachment.id)) continue;
    const settled = state === 'enabled' && !announced && attachment.state === undefined;
    const blocks = settled ? propagatedBy(building, attachment, gateway) : undefined;
    // What it brings leads to itself, whatever the blocks.
    if (blocks === undefined && speaksBgp(attachment) && !announced) learns.add(attachment.id);
    else whole &&= blocks !== undefined;
    for (const prefix of blocks ?? [])
      derived.set(formatPrefix(prefix), {
        destination: { kind: 'prefix', prefix },
        origin: 'propagated',
        state: 'active',
        attachments: [attachment.id],
        source,
      });
  }
  // A static route for the same block hides the propagated one (semantics 7.6), unless it may be there no more.
  const shown = new Set(
    routes.flatMap(({ destination, origin, state }) =>
      destination.kind === 'prefix' && (origin === 'propagated' || state !== 'unknown')
        ? [formatPrefix(destination.prefix)]
        : [],
    ),
  );
  return {
    routes: [...derived].flatMap(([text, route]) => (shown.has(text) ? [] : [route])),
    whole,
    learns: [...learns].sort(),
  };
}

/** The blocks that the attachment propagates; undefined where that is not told. */
function propagatedBy(
  { findings }: Building,
  attachment: TransitGatewayAttachment,
  { attachments, vpcs }: Gateway,
): readonly Prefix[] | undefined {
  const { behind } = attachment;
  switch (behind.kind) {
    case 'vpc': {
      const blocks = vpcs.get(behind.vpc)?.cidrs ?? [];
      // Whether a block without IPv6 support is propagated is not told.
      if (!behind.ipv6 && blocks.some(({ family }) => family === 'ipv6')) return undefined;
      const others = attachments.filter((one) => one.id !== attachment.id);
      return others.some((one) => mayOverlap(one, blocks, vpcs)) ? undefined : blocks;
    }
    case 'on-premises': {
      const connection = findings.vpnConnections.find(({ id }) => id === behind.id);
      // Without BGP a connection to a transit gateway tells it nothing: its routes are static ones of the table (8.9).
      return connection?.dynamic === false && connection.staticRoutes.length === 0 ? [] : undefined;
    }
    case 'network-function':
      // Static routes alone lead there (semantics 7.23).
      return [];
    case 'transit-gateway':
    case 'unknown':
      return undefined;
  }
}

/** A line to on premises, or to the appliances of a Connect attachment (semantics 7.22, 8.9, 8.10). */
const speaksBgp = ({ behind }: TransitGatewayAttachment): boolean =>
  behind.kind === 'on-premises' || (behind.kind === 'unknown' && behind.type === 'connect');

/** Of VPCs that overlap, not every one is propagated (semantics 7.9); nobody knows the blocks of one not in the input. */
function mayOverlap(
  { behind }: TransitGatewayAttachment,
  blocks: readonly Prefix[],
  vpcs: ReadonlyMap<string, Vpc>,
): boolean {
  switch (behind.kind) {
    case 'vpc':
      return (vpcs.get(behind.vpc)?.cidrs ?? []).some((one) => blocks.some((other) => prefixesOverlap(one, other)));
    case 'unknown':
      return behind.type === 'vpc' || behind.type === '';
    case 'on-premises':
    case 'network-function':
    case 'transit-gateway':
      return false;
  }
}
