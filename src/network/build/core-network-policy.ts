/**
 * The routes of a segment, or of a network function group, at an edge, as they follow from the policy of the core network
 * where no answer shows what AWS computed (semantics 14.4). VPC attachments propagate the blocks of their VPC. What does
 * not follow for certain is a route of no table: the attachments that it could lead to are among what the table `learns`.
 */
import { formatPrefix, parsePrefix, type Prefix, prefixesOverlap } from '../../net/prefix.ts';
import { invariant } from '../../base/invariant.ts';
import type { Provenance } from '../resource.ts';
import { conditionOf } from '../state.ts';
import type { TransitGatewayRoute } from '../transit-gateway.ts';
import type { Vpc } from '../vpc.ts';
import type {
  CoreNetworkAttachmentFinding,
  CoreNetworkPolicyFinding,
  SegmentAction,
  SegmentFinding,
  Segments,
} from './core-network-finding.ts';
import type { CoreNetworkVpcAttachmentFinding } from './core-network-finding.ts';

export interface Policed {
  readonly sides: readonly CoreNetworkAttachmentFinding[];
  readonly vpcAttachments: readonly CoreNetworkVpcAttachmentFinding[];
  readonly policy: CoreNetworkPolicyFinding | undefined;
  readonly vpcs: ReadonlyMap<string, Vpc>;
}

export interface TableRoutes {
  readonly routes: readonly TransitGatewayRoute[];
  /** Attachments. */
  readonly learns: readonly string[];
  readonly source: Provenance;
}

type Side = CoreNetworkAttachmentFinding;
type Told = Policed & { readonly policy: CoreNetworkPolicyFinding };

/** Undefined where the policy does not tell. */
export function segmentRoutes(parts: Policed, name: string, edge: string): TableRoutes | undefined {
  const { policy, sides } = parts;
  const segment = policy?.segments.find((one) => one.name === name);
  if (policy?.whole !== true || segment === undefined) return undefined;
  const told = { ...parts, policy };
  const draft = createDraft(told, edge);
  for (const side of sides) {
    const direct = reachesDirectly(told, segment, side, edge);
    const inserted = insertionsOf(told, segment, side);
    const settled = inserted.length === 1 && meet(told, segment, side, edge);
    const one = settled ? wayVia(told, inserted[0]!, edge, side.edge) : undefined;
    if (direct === 'no' && inserted.length === 0) continue;
    if (direct === 'yes' && inserted.length === 0) draft.propagate(side);
    else if (direct === 'no' && one !== undefined) draft.insert(side, one);
    else {
      if (direct !== 'no') draft.learn(side.id);
      for (const action of inserted) draft.learn(...membersOf(told, action.via).map(({ id }) => id));
    }
  }
  for (const action of policy.actions) if (action.segment === name) draft.act(action);
  return draft.finish(policy.source);
}

/** A group knows the attachments of the segments that it is inserted between, and no static route of theirs. */
export function groupRoutes(parts: Policed, name: string, edge: string): TableRoutes | undefined {
  const { policy, sides } = parts;
  if (policy?.whole !== true || !policy.networkFunctionGroups.includes(name)) return undefined;
  const told = { ...parts, policy };
  const draft = createDraft(told, edge);
  for (const side of sides) {
    const segment = side.segment ?? '';
    const serving = policy.actions.filter(
      (action): action is Insertion =>
        (action.action === 'send-via' || action.action === 'send-to') &&
        action.via.includes(name) &&
        (action.segment === segment || (action.action === 'send-via' && names(action.whenSentTo, segment))),
    );
    if (segment === '' || serving.length === 0) continue;
    // Between edges a dual hop goes on to the other edge's group first.
    const twice =
      side.edge !== edge && serving.some((action) => action.action === 'send-via' && action.mode === 'dual-hop');
    if (twice) draft.learn(side.id, ...membersOf(told, [name]).map(({ id }) => id));
    else draft.propagate(side);
  }
  return draft.finish(policy.source);
}

type Insertion = Extract<SegmentAction, { readonly via: readonly string[] }>;
type SendVia = Extract<SegmentAction, { readonly action: 'send-via' }>;

const names = (segments: Segments, name: string): boolean =>
  'only' in segments ? segments.only.includes(name) : !segments.except.includes(name);

/** Whether the attachment propagates into the segment, with nothing between. */
function reachesDirectly(told: Told, to: SegmentFinding, side: Side, edge: string): 'yes' | 'no' | 'perhaps' {
  const { policy } = told;
  if (side.segment === to.name)
    // What a transit gateway's table brings is not isolated.
    return !to.isolated || side.type === 'TRANSIT_GATEWAY_ROUTE_TABLE' ? 'yes' : 'no';
  const from = policy.segments.find(({ name }) => name === side.segment);
  if (from === undefined) return side.segment === undefined ? 'no' : 'perhaps';
  const shared = policy.actions.some(
    (action) =>
      action.action === 'share' &&
      ((action.segment === to.name && names(action.with, from.name)) ||
        (action.segment === from.name && names(action.with, to.name))),
  );
  if (!shared || !admits(to, from.name)) return 'no';
  // By one page of AWS a filter cuts the routes that come in, by another those of both ways.
  return admits(from, to.name) && meet(told, to, side, edge) ? 'yes' : 'perhaps';
}

/** Both segments are at both edges: of others it is not told how they exchange routes. */
const meet = ({ policy }: Told, to: SegmentFinding, side: Side, edge: string): boolean =>
  [to, ...policy.segments.filter(({ name }) => name === side.segment)].every(
    ({ edges }) => edges === undefined || (edges.includes(edge) && edges.includes(side.edge)),
  );

const admits = ({ deny = [], allow }: SegmentFinding, other: string): boolean =>
  !deny.includes(other) && (allow === undefined || allow.includes(other));

/** What is inserted between the segment and the attachment, whichever of the two the policy names first. */
function insertionsOf({ policy }: Told, { name }: SegmentFinding, { segment }: Side): readonly SendVia[] {
  if (segment === undefined) return [];
  return policy.actions.filter(
    (action): action is SendVia =>
      action.action === 'send-via' &&
      ((action.segment === name && names(action.whenSentTo, segment)) ||
        (action.segment === segment && names(action.whenSentTo, name))),
  );
}

const membersOf = ({ sides }: Told, groups: readonly string[]): readonly Side[] =>
  sides.filter(({ networkFunctionGroup: group }) => group !== undefined && groups.includes(group));

/** The one attachment that serves, or that none does; undefined where several may. */
function wayVia(
  told: Told,
  { via, overridden, mode }: SendVia,
  edge: string,
  far: string,
): Side | 'blackhole' | undefined {
  const members = membersOf(told, via);
  if (members.length === 0) return 'blackhole';
  const here = members.filter((one) => one.edge === edge);
  if (mode === 'single-hop' && members.length === 1) return members[0];
  const settled = via.length === 1 && !overridden && here.length === 1 && (mode === 'dual-hop' || far === edge);
  return settled ? here[0] : undefined;
}

interface Draft {
  /** The attachment brings its blocks. */
  propagate(side: Side): void;
  /** What the attachment brings leads elsewhere first. */
  insert(side: Side, by: Side | 'blackhole'): void;
  learn(...attachments: readonly string[]): void;
  act(action: SegmentAction): void;
  finish(source: Provenance): TableRoutes;
}

/** A way to a block: an attachment, or nowhere. */
interface Candidate {
  readonly prefix: Prefix;
  readonly to: Side | undefined;
  /** Static 0, of a VPC in this Region 1, all else 2. */
  readonly rank: 0 | 1 | 2;
  /** It is propagated for that VPC attachment. */
  readonly of?: string;
}

function createDraft(told: Told, edge: string): Draft {
  const { sides, policy } = told;
  const candidates: Candidate[] = [];
  const learns = new Set<string>();
  const learn = (...attachments: readonly string[]): void => {
    for (const id of attachments) learns.add(id);
  };
  const bring = (side: Side, to: Side | 'blackhole'): void => {
    const blocks = blocksOf(told, side);
    if (blocks === undefined) return to === 'blackhole' ? undefined : learn(to.id);
    const rank = side.edge === edge ? 1 : 2;
    for (const prefix of blocks)
      candidates.push({ prefix, to: to === 'blackhole' ? undefined : to, rank, of: side.id });
  };
  const everywhere = (blocks: readonly Prefix[], to: Side | undefined): void => {
    for (const prefix of blocks) candidates.push({ prefix, to, rank: 0 });
  };
  return {
    learn,
    propagate: (side) => bring(side, side),
    insert: bring,
    act(action) {
      if (action.action === 'create-route') {
        const ends = sides.filter(({ id }) => action.destinations.includes(id));
        const here = ends.filter((one) => one.edge === edge);
        if (action.destinations.length === 0) everywhere(action.blocks, undefined);
        else if (here.length === 1) everywhere(action.blocks, here[0]);
        else if (here.length === 0 && ends.length === 1)
          // A Region without an attachment of its own in the list is told the route of another.
          for (const prefix of action.blocks) candidates.push({ prefix, to: ends[0], rank: 2 });
        else learn(...ends.map(({ id }) => id));
      } else if (action.action === 'send-to') {
        const members = membersOf(told, action.via);
        const here = members.filter((one) => one.edge === edge);
        if (members.length === 0) everywhere(defaults, undefined);
        else if (members.length === 1 || (here.length === 1 && !action.overridden && action.via.length === 1))
          everywhere(defaults, here[0] ?? members[0]);
        else learn(...members.map(({ id }) => id));
      }
    },
    finish(source) {
      const routes: TransitGatewayRoute[] = [];
      const changing = (side: Side): boolean => conditionOf(side.state) !== 'works';
      for (const [prefix, all] of byBlock(candidates)) {
        // Of two VPCs that overlap it is not told which is propagated.
        const own = new Set(all.map(({ of }) => of));
        const overlaps = candidates.some(
          (one) => one.of !== undefined && !own.has(one.of) && prefixesOverlap(one.prefix, prefix),
        );
        for (const [rank, origin] of ranks) {
          const tied = all.filter((one) => one.rank === rank);
          const ways = [...new Set(tied.map(({ to }) => to))];
          const [way] = ways;
          if (ways.length === 0) continue;
          if (
            ways.length > 1 ||
            (way !== undefined && changing(way)) ||
            (overlaps && tied.some(({ of }) => of !== undefined))
          ) {
            // The next best may be in force as well.
            learn(...ways.flatMap((one) => one?.id ?? []));
            continue;
          }
          routes.push({
            destination: { kind: 'prefix', prefix },
            origin,
            state: way === undefined ? 'blackhole' : 'active',
            attachments: way === undefined ? [] : [way.id],
            source,
          });
          break;
        }
      }
      invariant(policy.whole, 'what is not understood tells no routes');
      return { routes, learns: [...learns].sort(), source };
    },
  };
}

const ranks = [
  [0, 'static'],
  [1, 'propagated'],
  [2, 'propagated'],
] as const;

const defaults = ['0.0.0.0/0', '::/0'].map((text) => {
  const prefix = parsePrefix(text);
  invariant(prefix !== undefined, `${text} is a CIDR block`);
  return prefix;
});

function byBlock(candidates: readonly Candidate[]): Iterable<readonly [Prefix, readonly Candidate[]]> {
  const blocks = new Map<string, { readonly prefix: Prefix; readonly all: Candidate[] }>();
  for (const one of candidates) {
    const text = formatPrefix(one.prefix);
    const found = blocks.get(text);
    if (found === undefined) blocks.set(text, { prefix: one.prefix, all: [one] });
    else found.all.push(one);
  }
  return [...blocks.values()].map(({ prefix, all }) => [prefix, all] as const);
}

/** The blocks that the attachment propagates; undefined where that is not told. */
function blocksOf({ vpcs, vpcAttachments }: Told, { id, type, behind }: Side): readonly Prefix[] | undefined {
  const vpc = type === 'VPC' ? vpcs.get(behind ?? '') : undefined;
  if (vpc === undefined) return undefined;
  const ipv6 = vpcAttachments.find((one) => one.id === id)?.ipv6 === true;
  // Whether a block without IPv6 support is propagated is not told: what is sent there would be dropped.
  return ipv6 || vpc.cidrs.every(({ family }) => family === 'ipv4') ? vpc.cidrs : undefined;
}
