/** Static routes of transit gateway route tables (semantics 7.4 to 7.9). */
import { didYouMean } from '../base/near.ts';
import { type Prefix, formatPrefix, prefixesOverlap, samePrefix, includesPrefix } from '../net/prefix.ts';
import { type Unread, isUnread, unreadKey } from '../network/resource.ts';
import {
  type TransitGatewayAttachment,
  type TransitGatewayRoute,
  type TransitGatewayRouteTable,
  awsIdOf,
} from '../network/transit-gateway.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf, NamedPeer } from './edit.ts';
import { some, thing } from './selection.ts';

/** The target of a route that drops. */
export const blackholeWord = 'blackhole';

export function setTransitRoute(
  draft: Draft,
  edit: EditOf<'set-route'>,
  tables: readonly TransitGatewayRouteTable[],
): void {
  const block = blockOf(draft, edit.destination);
  const asked = edit.target === blackholeWord ? blackholeWord : attachmentOf(draft, edit.target);
  if (block === undefined || asked === undefined) return;
  toEach(draft, 'target', tables, undefined, (table) => {
    const routes = routesOf(draft, table);
    const side = asked === blackholeWord ? undefined : sideAt(draft, asked, table);
    if (routes === undefined || (side === undefined && asked !== blackholeWord)) return undefined;
    const before = staticAt(routes, block);
    if (before?.list !== undefined) return ofList(draft, table, before.list, block);
    const after: TransitGatewayRoute = {
      destination: { kind: 'prefix', prefix: block },
      origin: 'static',
      state: side === undefined ? 'blackhole' : 'active',
      attachments: side === undefined ? [] : [side.id],
      source: draft.source,
    };
    if (before?.state === after.state && before.attachments.join(' ') === after.attachments.join(' '))
      return `\`${table.id}\` has the route ${transitRouteText(before)} already.`;
    // A propagated one of the same block stays, and is hidden (semantics 7.6).
    put(draft, 'transitGatewayRouteTables', {
      ...table,
      routes: before === undefined ? [...routes, after] : routes.map((one) => (one === before ? after : one)),
    });
    note(draft, table, 'route', before && transitRouteText(before), transitRouteText(after));
    return undefined;
  });
}

export function removeTransitRoute(
  draft: Draft,
  edit: EditOf<'remove-route'>,
  tables: readonly TransitGatewayRouteTable[],
): void {
  const block = blockOf(draft, edit.destination);
  if (block === undefined) return;
  const texts = tables.flatMap(({ routes }) =>
    isUnread(routes)
      ? []
      : routes.flatMap(({ destination, origin, list }) =>
          origin === 'static' && destination.kind === 'prefix' && list === undefined
            ? `\`${formatPrefix(destination.prefix)}\``
            : [],
        ),
  );
  const hint = texts.length === 0 ? 'It has no static route.' : `Static routes are for ${some(texts)}.`;
  toEach(draft, 'destination', tables, hint, (table) => {
    const routes = routesOf(draft, table);
    if (routes === undefined) return undefined;
    const gone = staticAt(routes, block);
    if (gone?.list !== undefined) return ofList(draft, table, gone.list, block);
    const propagated = routes.find((one) => one.origin === 'propagated' && isFor(one, block));
    if (gone === undefined) {
      if (propagated === undefined) return `\`${table.id}\` has no route for ${formatPrefix(block)}.`;
      draft.wrong('destination', {
        code: 'not-static',
        message: `${transitRouteText(propagated)} of \`${table.id}\` is propagated, and no static route.`,
        hint: `\`${table.id} route ${formatPrefix(block)} -> blackhole\` hides it.`,
      });
      return undefined;
    }
    const left = routes.filter((one) => one !== gone);
    const uncovered = propagated === undefined ? hidden(draft, table, left, block) : nothing;
    if (uncovered === undefined) return undefined;
    const { routes: shown, from } = uncovered;
    const learns: Unread = { unread: 'search-transit-gateway-routes', subject: table.id };
    put(draft, 'transitGatewayRouteTables', {
      ...table,
      routes: [...left, ...shown],
      ...(from.length === 0
        ? {}
        : { learns: { ...learns, from: [...new Set([...(table.learns?.from ?? []), ...from])].sort() } }),
    });
    note(draft, table, 'route', transitRouteText(gone), undefined);
    for (const one of shown) note(draft, table, 'route', undefined, transitRouteText(one));
    if (propagated !== undefined)
      draft.notes.push(`${transitRouteText(propagated)}, which is propagated, is no longer hidden in \`${table.id}\`.`);
    if (from.length > 0)
      draft.notes.push(
        `Whether ${some(from.map((id) => `\`${id}\``))} propagates ${formatPrefix(block)} into \`${table.id}\`, which the static route hid, is not told; \`${unreadKey(learns)}\` stands for it.`,
      );
    return undefined;
  });
}

function blockOf(draft: Draft, asked: NamedPeer): Prefix | undefined {
  if (asked.kind === 'prefix') return asked.prefix;
  draft.wrong('destination', {
    code: 'invalid-route',
    message: `A static route of a transit gateway is for a CIDR block, and \`${asked.name}\` is none.`,
    hint: 'References to prefix lists are not edited.',
  });
  return undefined;
}

function attachmentOf(draft: Draft, name: string): TransitGatewayAttachment | undefined {
  const found = thing(draft, 'target', name, 'transit gateway attachment', 'transit-gateway-attachment');
  // Its routes are BGP's alone (semantics 7.22).
  if (found?.behind.kind !== 'unknown' || found.behind.type !== 'connect') return found;
  draft.wrong('target', {
    code: 'invalid-route',
    message: `\`${found.id}\` is a Connect attachment, to which no static route leads.`,
    hint: 'Its routes come by BGP.',
  });
  return undefined;
}

/** The attachment at the table's gateway: of a peering connection, that side of it. */
function sideAt(
  draft: Draft,
  asked: TransitGatewayAttachment,
  { id, gateway }: TransitGatewayRouteTable,
): TransitGatewayAttachment | undefined {
  if (asked.gateway === gateway) return asked;
  const own = [...draft.network.transitGatewayAttachments.values()].filter((one) => one.gateway === gateway);
  const side = own.find((one) => awsIdOf(one.id) === awsIdOf(asked.id));
  if (side === undefined)
    draft.wrong('target', {
      code: 'not-attached',
      message: `\`${asked.id}\` is an attachment of \`${asked.gateway}\`, and \`${id}\` a table of \`${gateway}\`.`,
      hint:
        didYouMean(
          asked.id,
          own.map((one) => one.id),
        ) ?? `The attachments of \`${gateway}\` are ${some(own.map((one) => `\`${one.id}\``))}.`,
    });
  return side;
}

function routesOf(draft: Draft, table: TransitGatewayRouteTable): readonly TransitGatewayRoute[] | undefined {
  if (!isUnread(table.routes)) return table.routes;
  draft.wrong('table', {
    code: 'not-read',
    message: `The routes of \`${table.id}\` were not read.`,
    hint: `Add what \`aws ec2 ${table.routes.unread}\` prints of it.`,
  });
  return undefined;
}

const isFor = ({ destination }: TransitGatewayRoute, block: Prefix): boolean =>
  destination.kind === 'prefix' && samePrefix(destination.prefix, block);

const staticAt = (routes: readonly TransitGatewayRoute[], block: Prefix): TransitGatewayRoute | undefined =>
  routes.find((one) => one.origin === 'static' && isFor(one, block));

function ofList(draft: Draft, { id }: TransitGatewayRouteTable, list: string, block: Prefix): undefined {
  draft.wrong('destination', {
    code: 'not-static',
    message: `The route of \`${id}\` for ${formatPrefix(block)} is that of the prefix list \`${list}\`.`,
    hint: 'References to prefix lists are not edited.',
  });
  return undefined;
}

/** What a static route may have hidden: AWS shows the preferred route of a block alone (semantics 7.6). */
interface Hidden {
  readonly routes: readonly TransitGatewayRoute[];
  /** Attachments that may propagate the block, and of which that is not told. */
  readonly from: readonly string[];
}

const nothing: Hidden = { routes: [], from: [] };

/** Once no static route is there for the block, nor a propagated one that was read; undefined where that is refused. */
function hidden(
  draft: Draft,
  table: TransitGatewayRouteTable,
  left: readonly TransitGatewayRoute[],
  block: Prefix,
): Hidden | undefined {
  const listed = ofLists(draft, table, left, block);
  if (listed === undefined || listed.length > 0) return listed && { routes: listed, from: [] };
  const own = [...draft.network.transitGatewayAttachments.values()].filter(({ gateway }) => gateway === table.gateway);
  const found = own.map((one) => ({ id: one.id, brings: propagates(draft, one, own, left, block) }));
  const unclear = found.find(({ brings }) => brings === 'overlaps');
  if (unclear !== undefined) {
    draft.wrong('destination', {
      code: 'not-read',
      message: `VPCs of \`${table.gateway}\` overlap at ${formatPrefix(block)}: which of them \`${table.id}\` would learn the block from is not told.`,
      hint: 'Let the route lead elsewhere, or to `blackhole`.',
    });
    return undefined;
  }
  const certain = found.filter(({ brings }) => brings === 'yes');
  return {
    routes: certain.map(({ id }) => ({
      destination: { kind: 'prefix', prefix: block },
      origin: 'propagated',
      state: 'active',
      attachments: [id],
      source: draft.source,
    })),
    // A VPC's route wins over those that BGP brings (semantics 7.5).
    from: certain.length > 0 ? [] : found.flatMap(({ id, brings }) => (brings === 'perhaps' ? [id] : [])),
  };
}

/** The routes of prefix lists that an answer shows block by block: one of them may be for this block too. */
function ofLists(
  draft: Draft,
  { id }: TransitGatewayRouteTable,
  left: readonly TransitGatewayRoute[],
  block: Prefix,
): readonly TransitGatewayRoute[] | undefined {
  const byList = new Map(left.flatMap((one) => (one.list === undefined ? [] : [[one.list, one] as const])));
  const found: TransitGatewayRoute[] = [];
  for (const [list, route] of byList) {
    const entries = draft.network.prefixLists.get(list)?.entries;
    const isTold = entries !== undefined && !isUnread(entries);
    if (isTold && !includesPrefix(entries, block)) continue;
    if (isTold && found.length === 0) {
      found.push({ ...route, destination: { kind: 'prefix', prefix: block } });
      continue;
    }
    draft.wrong('destination', {
      code: 'not-read',
      message: `Whether \`${id}\` then has the route of the prefix list \`${list}\` for ${formatPrefix(block)} is not told.`,
      hint: isTold ? 'Several lists hold the block.' : 'Add what `aws ec2 get-managed-prefix-list-entries` prints.',
    });
    return undefined;
  }
  return found;
}

/** Whether the attachment propagates just this block into the table of these routes. */
function propagates(
  { network }: Draft,
  attachment: TransitGatewayAttachment,
  own: readonly TransitGatewayAttachment[],
  routes: readonly TransitGatewayRoute[],
  block: Prefix,
): 'yes' | 'no' | 'perhaps' | 'overlaps' {
  const { behind, id } = attachment;
  switch (behind.kind) {
    case 'vpc': {
      const cidrs = cidrsBehind(network, attachment);
      if (!includesPrefix(cidrs, block)) return 'no';
      const others = own.filter((one) => one.id !== id);
      const overlaps = (cidr: Prefix): boolean =>
        others.some((one) => cidrsBehind(network, one).some((other) => prefixesOverlap(other, cidr)));
      if (overlaps(block)) return 'overlaps';
      const isAnywhere = others.some((one) => one.behind.kind === 'unknown' && ['', 'vpc'].includes(one.behind.type));
      const isTold = (cidr: Prefix): boolean =>
        (cidr.family === 'ipv4' || behind.ipv6) && !overlaps(cidr) && !routes.some((one) => mayHide(one, cidr));
      if (attachment.state !== undefined || isAnywhere || !isTold(block)) return 'perhaps';
      // All blocks of a VPC are propagated, or none (semantics 7.4).
      const other = cidrs.find((cidr) => !samePrefix(cidr, block) && isTold(cidr));
      if (other === undefined) return 'perhaps';
      const shown = routes.find((one) => one.origin === 'propagated' && isFor(one, other));
      return shown === undefined
        ? 'no'
        : shown.state === 'active' && shown.attachments.includes(id)
          ? 'yes'
          : 'perhaps';
    }
    case 'on-premises': {
      // Without BGP a connection tells the gateway nothing (semantics 8.9).
      const connection = network.vpnConnections.get(behind.id);
      return connection?.dynamic === false && connection.staticRoutes.length === 0 ? 'no' : 'perhaps';
    }
    case 'transit-gateway': {
      // Only a core network tells its peer of blocks (semantics 7.5, 7.10).
      const peer = network.transitGateways.get(behind.id) ?? network.opaqueGateways.get(behind.id);
      return peer?.kind === 'transit-gateway' ? 'no' : 'perhaps';
    }
    case 'network-function':
      // Static routes alone lead there (semantics 7.23).
      return 'no';
    case 'unknown':
      return behind.type === 'peering' ? 'no' : 'perhaps';
  }
}

const cidrsBehind = ({ vpcs }: Draft['network'], { behind }: TransitGatewayAttachment): readonly Prefix[] =>
  behind.kind === 'vpc' ? (vpcs.get(behind.vpc)?.cidrs ?? []) : [];

/** A propagated route of the block might not be shown beside it: that of a prefix list, whatever it holds, hides it too. */
const mayHide = (route: TransitGatewayRoute, block: Prefix): boolean =>
  route.origin === 'static' && (route.destination.kind === 'prefix-list' || isFor(route, block));

export const transitRouteText = ({ destination, attachments, state }: TransitGatewayRoute): string =>
  `${destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id} -> ${
    state === 'blackhole' ? blackholeWord : attachments.join(', ')
  }`;
