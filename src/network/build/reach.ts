/**
 * Where a packet that goes into an opaque gateway could come out: the VPCs that the answers show, and those that they
 * would not show if the gateway led there. An attachment is in the answers of its two owners alone.
 */
import { present } from '../../base/present.ts';
import type { OpaqueGateway } from '../opaque-gateway.ts';
import { conditionOf } from '../state.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, wasRead } from './building.ts';
import type { AttachmentFinding, OpaqueGatewayFinding } from './opaque-gateway-finding.ts';
import type { Read } from './findings.ts';
import { behindStrangersEndpoints } from './stranger-endpoint.ts';

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
  // Its services and resources may stand in any VPC, whoever shares it.
  'service-network': [],
  'direct-internet-access': [],
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

type Start = End & { readonly kind: Kind; readonly vpcs?: readonly string[] };

/** Through peers as well: what a transit gateway hands to another comes out at the other's attachments (semantics 7.10). */
export function reachFrom(building: Building, start: Start, parts: ReachParts): Reach {
  const walk = walkOf(building, parts);
  walk.visit(start);
  return walk.reach();
}

/** Out of a VPC that is not in the input, but for the gateway by which packets come into it. */
export function reachBeyond(building: Building, vpc: string, by: string, parts: ReachParts): Reach {
  const walk = walkOf(building, parts, [by]);
  walk.cross(vpc);
  return walk.reach();
}

/** What is met from gateway to gateway; those already visited are not entered. */
function walkOf(building: Building, parts: ReachParts, already: readonly string[] = []) {
  const described = new Set(building.findings.opaqueGateways.map(({ id }) => id));
  const reached = new Set<string>();
  const crossed = new Set<string>();
  const visited = new Set(already);
  let elsewhere = false;
  /** In a VPC that was read the packet is followed; what one that was not does with it is not known. */
  const cross = (vpc: string): void => {
    if (parts.vpcs.has(vpc) || crossed.has(vpc)) return;
    crossed.add(vpc);
    for (const one of building.findings.vpcPeerings) {
      const sides = one.sides.flatMap((side) => side.vpc ?? []);
      // By a NAT gateway or a guest of its own (semantics 5.20, 5.21).
      if (conditionOf(one.state) !== 'idle' && sides.includes(vpc)) for (const side of sides) reached.add(side);
    }
    for (const [id, attached] of parts.attachments) {
      const gateway = parts.gateways.get(id);
      const leads = attached.some(({ to }) => to.kind === 'vpc' && to.id === vpc);
      if (leads && gateway !== undefined && handsOn(gateway)) visit(gateway);
    }
    for (const own of parts.vpcs.values())
      if (lines.some((calls) => !calls.some((call) => wasRead(building, call, own)))) reached.add(own.id);
  };
  const visit = (gateway: Start): void => {
    if (visited.has(gateway.id)) return;
    visited.add(gateway.id);
    const into = (vpc: string): void => {
      reached.add(vpc);
      if (handsOn(gateway)) cross(vpc);
    };
    for (const vpc of gateway.vpcs ?? []) into(vpc);
    for (const { to } of parts.attachments.get(gateway.id) ?? [])
      if (to.kind === 'vpc') into(to.id);
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
  const reach = (): Reach => {
    const leadsElsewhere = elsewhere || [...reached].some((id) => !parts.vpcs.has(id));
    // Endpoints of a VPC that was not read are reached like any of its interfaces.
    const beyond = leadsElsewhere || crossed.size > 0 ? behindStrangersEndpoints(building, parts.vpcs) : [];
    return { vpcs: new Set([...reached, ...beyond]), elsewhere: leadsElsewhere };
  };
  return { visit, cross, reach };
}

/** What comes out of it goes on by the route tables of the VPC. */
const handsOn = ({ kind }: Start): boolean => kind === 'transit-gateway' || kind === 'core-network';

/** The calls that tell how another VPC may hand on to one. */
const lines = [attachmentCalls['vpc-peering'], attachmentCalls['transit-gateway']];

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
  // What joins something to what is declared with all that belongs to it is declared too.
  if (calls.length > 0 && ends.some(({ id }) => building.findings.edges.whole.has(id))) return true;
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
