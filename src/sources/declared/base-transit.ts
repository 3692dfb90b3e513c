/**
 * The routes that transit gateways were told to have learnt from their attachments, as a change of blocks, propagations
 * and static routes leaves them: AWS's answers know those of before alone (semantics 7.4 to 7.9).
 */
import { formatPrefix, type Prefix, prefixesOverlap, samePrefix, includesPrefix } from '../../net/prefix.ts';
import { groupBy } from '../../base/group.ts';
import type { Findings } from '../../network/build/findings.ts';
import type {
  TransitGatewayAttachmentFinding,
  TransitGatewayRoutesFinding,
} from '../../network/build/transit-gateway-finding.ts';
import type { Provenance } from '../../network/resource.ts';
import { conditionOf } from '../../network/state.ts';
import type { TransitGatewayRoute } from '../../network/transit-gateway.ts';
import { replace } from './in-place.ts';
import type { Declared } from './index.ts';

export function settleTransit(out: Findings, base: Findings, before: Declared, after: Declared): void {
  const answers = groupBy(base.transitGatewayRoutes, ({ table }) => table);
  for (const [table, all] of answers) {
    // Where no answer shows what was propagated, it follows from the propagations anew.
    if (all.some(showsPropagated)) settle({ table, out, base, before, after, all });
  }
}

const showsPropagated = ({ asked, routes }: TransitGatewayRoutesFinding): boolean =>
  asked?.propagated ?? routes.some(({ origin }) => origin === 'propagated');

interface Table {
  readonly table: string;
  readonly out: Findings;
  readonly base: Findings;
  readonly before: Declared;
  readonly after: Declared;
  /** The answers about its routes. */
  readonly all: readonly TransitGatewayRoutesFinding[];
}

type Certainty = 'yes' | 'no' | 'perhaps';

function settle(of: Table): void {
  const { table, out, base, all } = of;
  const gateway = out.transitGatewayRouteTables.find(({ id }) => id === table)?.gateway;
  if (gateway === undefined) return;
  const mine = ({ transitGatewayAttachments }: Findings) =>
    transitGatewayAttachments.filter((one) => one.gateway === gateway && conditionOf(one.state) !== 'idle');
  const then = mine(base);
  const now = mine(out);
  const told = all.flatMap(({ routes }) => routes);
  const was = new Map(then.map((one) => [one.id, propagatedThen(of, one.id, told)]));
  const is = new Map(now.map((one) => [one.id, propagatesNow(of, one.id, was.get(one.id) ?? 'no')]));
  const blocks = (findings: Findings, { type, behind }: TransitGatewayAttachmentFinding): readonly Prefix[] =>
    type === 'vpc' ? (findings.vpcs.find(({ id }) => id === behind)?.cidrs ?? []) : [];

  // What is no longer brought leaves the table, and lets in what it hid.
  const leaves = (id: string, block: Prefix): boolean => {
    const one = now.find((each) => each.id === id);
    if (one === undefined) return then.some((each) => each.id === id);
    return (
      is.get(id) === 'no' || (includesPrefix(blocks(base, one), block) && !includesPrefix(blocks(out, one), block))
    );
  };
  const staysOf = (route: TransitGatewayRoute): readonly string[] =>
    route.origin === 'static' || route.destination.kind !== 'prefix'
      ? route.attachments
      : route.attachments.filter((id) => !leaves(id, (route.destination as { readonly prefix: Prefix }).prefix));
  replace(out.transitGatewayRoutes, (one) =>
    one.table !== table
      ? one
      : {
          ...one,
          routes: one.routes.flatMap((route) => {
            const attachments = staysOf(route);
            return attachments.length === 0 && route.attachments.length > 0 ? [] : [{ ...route, attachments }];
          }),
        },
  );
  const routes = out.transitGatewayRoutes.filter((one) => one.table === table).flatMap((one) => one.routes);
  const uncovered = told.filter(isShown).flatMap(({ destination }) => {
    const block = destination.kind === 'prefix' ? destination.prefix : undefined;
    return block === undefined || at(routes, block).some(isShown) ? [] : [block];
  });

  const added: TransitGatewayRoute[] = [];
  for (const one of now) {
    const certainty = is.get(one.id)!;
    if (certainty === 'no') continue;
    const isNew = was.get(one.id) === undefined || (was.get(one.id) === 'no' && !untouched(of, one.id));
    if (one.type !== 'vpc') {
      if (isNew && !isSilent(out, one)) added.push(anywhere(one.source));
      else if (!isSilent(out, one)) for (const block of uncovered) added.push(propagated(block, one, 'unknown'));
      continue;
    }
    const own = blocks(out, one);
    if (own.length === 0 && isNew) added.push(anywhere(one.source));
    const fresh = own.filter(
      (block) => isNew || !includesPrefix(blocks(base, one), block) || includesPrefix(uncovered, block),
    );
    const others = now.filter((other) => other.id !== one.id && other.type === 'vpc');
    const settings = out.transitGatewayVpcAttachments.find(({ id }) => id === one.id);
    for (const block of fresh) {
      const shown = at(routes, block).filter(isShown);
      // A static route hides it, and so does that of another VPC.
      if (shown.some((route) => route.origin === 'static' || leadsTo(route, others))) continue;
      if (shown.length > 0) {
        added.push(anywhere(one.source));
        continue;
      }
      const overlaps = others.some((other) => blocks(out, other).some((each) => prefixesOverlap(each, block)));
      const open = certainty === 'perhaps' || overlaps || (block.family === 'ipv6' && settings?.ipv6 !== true);
      added.push(propagated(block, one, open ? 'unknown' : 'active'));
    }
  }
  const first = all[0]!;
  if (added.length > 0)
    out.transitGatewayRoutes.push({
      table,
      routes: once(added),
      asked: { static: false, propagated: false },
      continues: false,
      cut: false,
      lists: [],
      source: first.source,
      ...(first.account === undefined ? {} : { account: first.account }),
      ...(first.region === undefined ? {} : { region: first.region }),
    });
}

const membersOf = (findings: Findings, table: string, id: string): boolean =>
  findings.transitGatewayPropagations.some(
    (one) =>
      one.table === table && one.members.some(({ attachment, state }) => attachment === id && state !== 'disabled'),
  );

/** As what runs tells it: by the propagations, or by the routes that it brought. */
function propagatedThen({ table, base }: Table, id: string, told: readonly TransitGatewayRoute[]): Certainty {
  if (membersOf(base, table, id)) return 'yes';
  if (told.some(({ origin, attachments }) => origin === 'propagated' && attachments.includes(id))) return 'yes';
  const whole = base.transitGatewayPropagations.some((one) => one.table === table && one.complete && !one.continues);
  return whole ? 'no' : 'perhaps';
}

/** Once the change is made: by the plan where it tells, else as it was. */
function propagatesNow({ table, before, after }: Table, id: string, was: Certainty): Certainty {
  if (membersOf(after.findings, table, id)) return 'yes';
  if (membersOf(before.findings, table, id)) return 'no';
  return was === 'no' && after.outside.mayPropagate.has(id) ? 'perhaps' : was;
}

/** Nothing that the plan changes has to do with whether it propagates. */
const untouched = ({ table, before, after }: Table, id: string): boolean =>
  membersOf(before.findings, table, id) === membersOf(after.findings, table, id) &&
  before.outside.mayPropagate.has(id) === after.outside.mayPropagate.has(id);

/** A connection without BGP tells nothing (semantics 8.9), nor does a peer (7.10) or a network function (7.23). */
function isSilent({ vpnConnections }: Findings, { type, behind }: TransitGatewayAttachmentFinding): boolean {
  if (type === 'peering' || type === 'network-function') return true;
  const connection = vpnConnections.find(({ id }) => id === behind);
  return type === 'vpn' && connection?.dynamic === false && connection.staticRoutes.length === 0;
}

const at = (routes: readonly TransitGatewayRoute[], block: Prefix): readonly TransitGatewayRoute[] =>
  routes.filter(({ destination }) => destination.kind === 'prefix' && samePrefix(destination.prefix, block));

/** One that may be there no more hides nothing. */
const isShown = ({ origin, state }: TransitGatewayRoute): boolean => origin === 'propagated' || state !== 'unknown';

const leadsTo = ({ attachments }: TransitGatewayRoute, others: readonly TransitGatewayAttachmentFinding[]): boolean =>
  others.some(({ id }) => attachments.includes(id));

const propagated = (
  prefix: Prefix,
  { id, source }: TransitGatewayAttachmentFinding,
  state: 'active' | 'unknown',
): TransitGatewayRoute => ({
  destination: { kind: 'prefix', prefix },
  origin: 'propagated',
  state,
  attachments: [id],
  source,
});

/** A route that may be there, and may lead anywhere: with it the table is one of which nothing is known. */
const anywhere = (source: Provenance): TransitGatewayRoute => ({
  destination: { kind: 'prefix', prefix: { family: 'ipv4', base: 0n, length: 0 } },
  origin: 'static',
  state: 'unknown',
  attachments: [],
  source,
});

/** One route of a block: of several that bring it, AWS chooses. */
function once(routes: readonly TransitGatewayRoute[]): readonly TransitGatewayRoute[] {
  const byBlock = groupBy(routes, ({ destination }) =>
    destination.kind === 'prefix' ? formatPrefix(destination.prefix) : destination.id,
  );
  return [...byBlock.values()].map((all) => {
    const [first] = all;
    const open = all.find(({ attachments }) => attachments.length === 0);
    if (all.length === 1 || open !== undefined) return open ?? first!;
    return { ...first!, state: 'unknown', attachments: [...new Set(all.flatMap(({ attachments }) => attachments))] };
  });
}
