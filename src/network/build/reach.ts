/**
 * Where a packet that goes into an opaque gateway could come out: the VPCs that the answers show, and those that they
 * would not show if the gateway led there. An attachment is in the answers of its two owners alone.
 */
import { present } from '../../base/present.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import type { Vpc } from '../vpc.ts';
import type { Building } from './building.ts';
import type { AttachmentFinding, OpaqueGatewayFinding, Read } from './findings.ts';

export type Kind = OpaqueGateway['kind'];

/** The calls that tell a gateway's VPCs; a kind without one may lead to every VPC. */
export const attachmentCalls: Readonly<Record<Kind, readonly string[]>> = {
  'transit-gateway': ['describe-transit-gateway-attachments', 'describe-transit-gateway-vpc-attachments'],
  'vpc-peering': ['describe-vpc-peering-connections'],
  'vpn-gateway': ['describe-vpn-gateways'],
  'local-gateway': ['describe-local-gateway-route-table-vpc-associations'],
  'carrier-gateway': ['describe-carrier-gateways'],
  'core-network': [],
  'odb-network': [],
};

/** The calls that tell a transit gateway's peers. */
const peeringCalls = ['describe-transit-gateway-attachments', 'describe-transit-gateway-peering-attachments'];

export interface ReachParts {
  readonly gateways: ReadonlyMap<string, OpaqueGatewayFinding>;
  /** By gateway. */
  readonly attachments: ReadonlyMap<string, readonly (Pick<AttachmentFinding, 'to'> & { readonly id?: string })[]>;
  readonly vpcs: ReadonlyMap<string, Vpc>;
}

export interface Reach {
  readonly vpcs: ReadonlySet<string>;
  /** It may lead to VPCs that are not in the input. */
  readonly elsewhere: boolean;
}

/** Through peers as well: what a transit gateway hands to another comes out at the other's attachments (semantics 7.10). */
export function reachFrom(
  building: Building,
  start: End & { readonly kind: Kind; readonly vpcs?: readonly string[] },
  parts: ReachParts,
): Reach {
  const described = new Set(building.findings.opaqueGateways.map(({ id }) => id));
  const reached = new Set<string>();
  const visited = new Set<string>();
  let elsewhere = false;
  const visit = (gateway: End & { readonly kind: Kind; readonly vpcs?: readonly string[] }): void => {
    if (visited.has(gateway.id)) return;
    visited.add(gateway.id);
    for (const vpc of gateway.vpcs ?? []) reached.add(vpc);
    for (const { to } of parts.attachments.get(gateway.id) ?? [])
      if (to.kind === 'vpc') reached.add(to.id);
      else if (to.kind === 'gateway') visit(parts.gateways.get(to.id) ?? stranger(to.id));
    if (gateway.vpcs !== undefined) return;
    const calls = attachmentCalls[gateway.kind];
    // Whose a gateway is that no answer describes is not known: it may be somebody else's.
    const owned = (one: End): readonly End[] => (described.has(one.id) ? [one] : []);
    const isShown = (by: readonly string[], ...ends: readonly End[]): boolean => wouldShow(building, by, ends, parts);
    for (const vpc of parts.vpcs.values()) if (!isShown(calls, vpc, ...owned(gateway))) reached.add(vpc.id);
    elsewhere ||= !isShown(calls, ...owned(gateway));
    if (gateway.kind !== 'transit-gateway') return;
    for (const peer of parts.gateways.values())
      if (peer.kind === 'transit-gateway' && !isShown(peeringCalls, ...owned(gateway), ...owned(peer))) visit(peer);
  };
  visit(start);
  return { vpcs: reached, elsewhere: elsewhere || [...reached].some((id) => !parts.vpcs.has(id)) };
}

/** A gateway that only another one's attachment names. */
export const stranger = (id: string): End & { readonly kind: Kind } => ({
  id,
  kind: id.includes('core-network') ? 'core-network' : 'transit-gateway',
});

/** One side of an attachment: its owner sees it, in its Region. */
interface End {
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
}

/** Whether a complete answer of one of the calls, made by the owner of an end, would hold what joins the ends. */
export function wouldShow(
  building: Building,
  calls: readonly string[],
  ends: readonly End[],
  parts: Pick<ReachParts, 'vpcs' | 'gateways'>,
): boolean {
  const sees = ({ account, region }: Reader): boolean =>
    ends.some((end) => mayBe(end.account, account) && mayBe(end.region, region));
  return calls.some((call) =>
    (building.reads.get(call) ?? []).some((read) => read.complete && readersOf(read, parts).every(sees)),
  );
}

const mayBe = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

type Reader = Pick<Read, 'account' | 'region'>;

/** Whose answer it may be: where it does not tell, that of any account and any Region that the input shows. */
function readersOf(read: Read, { vpcs, gateways }: Pick<ReachParts, 'vpcs' | 'gateways'>): readonly Reader[] {
  const shown = [...vpcs.values(), ...gateways.values()];
  const any = (told: string | undefined, all: readonly (string | undefined)[]): readonly (string | undefined)[] => {
    if (told !== undefined) return [told];
    const known = new Set(all.filter((one) => one !== undefined));
    return known.size === 0 ? [undefined] : [...known];
  };
  const regions = any(
    read.region,
    shown.map(({ region }) => region),
  );
  return any(
    read.account,
    shown.map(({ account }) => account),
  ).flatMap((account) => regions.map((region) => present({ account, region })));
}
