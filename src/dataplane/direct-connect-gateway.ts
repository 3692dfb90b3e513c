/**
 * Direct Connect: what it certainly carries to a gateway of AWS, by what it advertises of it, and which gateways it may
 * join at its own location (semantics 8.10, 8.11). Advertisements restrict nothing on the may side: on premises may route
 * by what it was never told (semantics 8.12), and no page of AWS says that what was not advertised is dropped.
 */
import type { Family } from '../net/address.ts';
import { type Prefix, intervalsOf, prefixesOverlap } from '../net/prefix.ts';
import type { DirectConnectGateway } from '../network/direct-connect-gateway.ts';
import { unreadKey } from '../network/resource.ts';
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { declaredOnPremises, passes, transitBy, up } from '../network/unknown.ts';
import type { VpnGateway } from '../network/vpn-gateway.ts';
import type { Context } from './context.ts';
import { type Plane, once, open } from './plane.ts';
import { type Predicate, and, anyOf, constant, isIn, no, yes } from './predicate.ts';

/** By an attachment of a transit gateway behind which is a Direct Connect gateway. */
export function directConnectCarries(
  plane: Plane,
  attachment: TransitGatewayAttachment,
  gateway: DirectConnectGateway,
  way: 'out' | 'in',
  { header: { family } }: Context,
): Predicate {
  const learnt = learntBy(plane, attachment, family);
  const unshown = open(plane, passes(attachment.id));
  if (way === 'out') {
    // It learns by BGP alone what is on premises; routes that it propagated show some of that.
    const declared = declaredOnPremises(plane.sides, [attachment.id, gateway.id]);
    return anyOf([isIn('dst', intervalsOf([...learnt, ...declared], family)), unshown]);
  }
  const told = gateway.associations.filter((one) => one.gateway === attachment.gateway);
  // To a transit gateway, the allowed prefixes are just what is advertised (DX guide, allowed-to-prefixes).
  const advertised = intervalsOf(
    told.flatMap(({ allowed }) => allowed),
    family,
  );
  const unread = told.length === 0 && gateway.unread !== undefined ? open(plane, unreadKey(gateway.unread)) : unshown;
  const live = learnt.length > 0 || isUp(plane, [gateway.id], family) ? yes : open(plane, up(gateway.id));
  return and(live, anyOf([isIn('dst', advertised), unread]));
}

/** The destinations that the attachment has propagated into tables of its gateway. */
const learntBy = (plane: Plane, { id, gateway }: TransitGatewayAttachment, family: Family): readonly Prefix[] =>
  once(plane, `learnt ${id} ${family}`, () =>
    [...plane.network.transitGatewayRouteTables.values()]
      .flatMap((table) => (table.gateway === gateway && Array.isArray(table.routes) ? table.routes : []))
      .flatMap(({ destination, origin, state, attachments }) =>
        origin === 'propagated' &&
        state === 'active' &&
        attachments.includes(id) &&
        destination.kind === 'prefix' &&
        destination.prefix.family === family
          ? [destination.prefix]
          : [],
      ),
  );

const isUp = ({ network }: Plane, gateways: readonly string[], family: Family): boolean =>
  [...network.virtualInterfaces.values()].some(
    (one) => gateways.includes(one.gateway) && one.up?.includes(family) === true,
  );

/** What comes to a virtual private gateway for certain, over Direct Connect, to its VPC. */
export function directConnectBrings(
  plane: Plane,
  { id, vpc }: VpnGateway,
  family: Family,
  /** Something shows that Direct Connect, or whatever else it is that a route comes by, is at work. */
  shown: boolean,
): { readonly guard: Predicate; readonly by: readonly string[] }[] {
  const joined = gatewaysOf(plane, id);
  const ownInterface = isUp(plane, [id], family);
  const through = joined.map((gateway) => {
    const allowed = gateway.associations.flatMap((one) => (one.gateway === id ? one.allowed : []));
    // Blocks of the VPC that lie whole in an allowed prefix (DX guide, allowed-to-prefixes).
    const blocks = (plane.network.vpcs.get(vpc ?? '')?.cidrs ?? []).filter((block) =>
      allowed.some((prefix) => prefix.length <= block.length && prefixesOverlap(prefix, block)),
    );
    return {
      guard: shown || isUp(plane, [gateway.id], family) ? isIn('dst', intervalsOf(blocks, family)) : no,
      by: [gateway.id],
    };
  });
  // Without an association, or by an interface of its own, all blocks of the VPC, as AWS has it unless told otherwise.
  return [...through, { guard: constant(ownInterface || (shown && joined.length === 0)), by: [] }];
}

/** Those with which the virtual private gateway, or an opaque gateway, is associated. */
export const gatewaysOf = ({ network }: Plane, line: string): readonly DirectConnectGateway[] =>
  [...network.directConnectGateways.values()].filter(({ associations }) =>
    associations.some(({ gateway }) => gateway === line),
  );

/**
 * What leaves by one line turns round at a Direct Connect location and comes in by the other, or the same: it may where a
 * supernet is advertised from on premises, which one page of AWS says (direct-connect-gateways-intro) and another denies
 * (virtualgateways). Undefined where no Direct Connect gateway joins the two.
 */
export function turnsRound(
  plane: Plane,
  out: string,
  into: string,
): { readonly guard: Predicate; readonly by: readonly string[] } | undefined {
  const [from, to] = [joiningOf(plane, out), joiningOf(plane, into)];
  if (from.gateway !== undefined && to.gateway !== undefined)
    return from.gateway === to.gateway
      ? { guard: open(plane, transitBy(from.gateway.id)), by: [from.gateway.id] }
      : undefined;
  // One whose associations were all read joins no other; and a line is not joined with itself by what nobody read.
  if (out === into || from.unread === undefined || to.unread === undefined) return undefined;
  return { guard: open(plane, from.gateway === undefined ? from.unread : to.unread), by: [] };
}

/** The Direct Connect gateway of a line; and by which unknown it may have one with others that nobody read. */
interface Joining {
  readonly gateway?: DirectConnectGateway;
  readonly unread?: string;
}

function joiningOf(plane: Plane, line: string): Joining {
  const { network } = plane;
  const attachment = network.transitGatewayAttachments.get(line);
  if (attachment?.behind.kind === 'on-premises') {
    const gateway = network.directConnectGateways.get(attachment.behind.id);
    // What is associated with a transit gateway is so with no virtual private gateway (DX guide, virtualgateways).
    return gateway === undefined ? {} : { gateway };
  }
  const [gateway] = gatewaysOf(plane, line);
  if (gateway !== undefined) return { gateway, ...(gateway.unread ? { unread: unreadKey(gateway.unread) } : {}) };
  const told = network.vpnGateways.get(line);
  if (told !== undefined) return told.unreadAssociation ? { unread: unreadKey(told.unreadAssociation) } : {};
  const opaque = network.opaqueGateways.get(line);
  // A VPC has one virtual private gateway: beside one that was read there is no other (semantics 8.1).
  const hasOne = [...network.vpnGateways.values()].some(({ vpc }) => opaque?.vpcs.includes(vpc ?? '') === true);
  return opaque?.kind === 'vpn-gateway' && !(opaque.unread === true && hasOne) ? { unread: passes(line) } : {};
}
