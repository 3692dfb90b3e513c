/** What a network firewall lets through, as its policy says: packet by packet of a flow (semantics 10B to 10E). */
import type { Family } from '../../net/address.ts';
import { overlaps, union } from '../../net/interval.ts';
import { protocols } from '../../net/protocol.ts';
import type { Firewall } from '../../network/firewall.ts';
import { type FirewallPolicy, policyOf } from '../../network/firewall-policy.ts';
import { filtersNames } from '../../network/name-filter.ts';
import type { Mode } from '../../network/replay.ts';
import { continues } from '../../network/unknown.ts';
import { queriesTold } from '../name-pattern.ts';
import { type Carrier, type Plane, fact, once, open } from '../plane.ts';
import { type Predicate, and, anyOf, equals, isIn, no, not, or, yes } from '../predicate.ts';
import { entriesInOrder, statefulRules } from './entry.ts';
import { opening } from './flags.ts';
import { unfollowedBits } from './flowbit.ts';
import { inspectionOf } from './inspection.ts';
import { type Moment, handshake, laterPacket, otherMoments, request, syn, tcpMoments } from './moment.ts';
import { askedOf } from './payload-match.ts';
import { type PayloadSpace, payloadSpace } from './payload-space.ts';
import { shared } from './shared.ts';
import { type Engine, engineLets } from './stateful.ts';
import { type Passage, statelessOf } from './stateless.ts';

/** Some firewall's policy was read, or some VPC's names are filtered, so that it matters what flows carry. */
export const looksAtPayload = (plane: Plane): boolean =>
  once(
    plane,
    'looks at payload',
    () =>
      [...plane.network.firewalls.values()].some((firewall) => policyOf(plane.network, firewall) !== undefined) ||
      [...plane.network.vpcs.keys()].some((vpc) => filtersNames(plane.network, vpc)),
  );

/** What flows can carry, as far as the network's rules and the question tell it apart. */
export const payloadsOf = (plane: Plane): PayloadSpace =>
  plane.payloads ??
  shared(plane, 'payloads', () =>
    payloadSpace(statefulRules(plane.network.ruleGroups.values()), plane.names ?? [], queriesTold(plane.network)),
  );

/**
 * Whether a flow gets through whose first packet has the current header, as far as the mode asks: every packet of it that
 * is needed, there and back. With a carrier, of the flows that it carries alone.
 */
export function firewallPasses(
  plane: Plane,
  firewall: Firewall,
  policy: FirewallPolicy,
  family: Family,
  mode: Mode,
  carrier?: Carrier,
): Predicate {
  const of = (one: Carrier, make: (engine: Engine) => Predicate): Predicate =>
    carrier !== undefined && carrier !== one
      ? no
      : shared(plane, `firewall ${firewall.id} ${policy.id} ${family} ${mode} ${one}`, () =>
          make(enginesOf(plane, firewall, policy, family)[one]),
        );
  // Fragments of anything but UDP are dropped (semantics 10.13).
  return or(
    of('tcp', (engine) => and(equals('protocol', 6), equals('fragment', 0), overTcp(engine, mode))),
    of('other', (engine) =>
      and(
        not(equals('protocol', 6)),
        or(equals('fragment', 0), equals('protocol', 17)),
        other(engine, otherMoments[mode]),
      ),
    ),
  );
}

/** The same for every mode: what a rule matches at a moment is worked out once. */
const enginesOf = (
  plane: Plane,
  firewall: Firewall,
  policy: FirewallPolicy,
  family: Family,
): Readonly<Record<Carrier, Engine>> =>
  shared(plane, `engines ${firewall.id} ${policy.id} ${family}`, () => {
    const payloads = payloadsOf(plane);
    const ordered = entriesInOrder(plane, firewall, policy, family);
    const common = {
      plane,
      firewall,
      policy,
      family,
      payloads,
      entries: ordered,
      unfollowed: unfollowedBits(ordered),
      inspection: inspectionOf(plane, policy, payloads, family),
    };
    // Nothing but TCP carries what most rules ask for.
    const elsewhere = union(payloads.over(protocols.udp), payloads.app('none'));
    const entries = ordered.filter((entry) => {
      const asked = entry.kind === 'rule' ? askedOf(payloads, entry.rule).of.set : undefined;
      return asked === undefined || overlaps(asked, elsewhere);
    });
    const stateless = (tcp: boolean) => ({ tcp, stateless: statelessOf(plane, policy, family, tcp), found: new Map() });
    return { tcp: { ...common, ...stateless(true) }, other: { ...common, entries, ...stateless(false) } };
  });

function overTcp(engine: Engine, mode: Mode): Predicate {
  if (mode === 'packet') return tcpPacket(engine);
  const moments = tcpMoments[mode];
  const chosen = fact(engine.plane, '10.16');
  // Who means harm chooses what suits him.
  return mode === 'client-data'
    ? or(tcpFlow(engine, moments, yes), unseenData(engine))
    : tcpFlow(engine, moments, chosen);
}

/** A hostile client sends data without a handshake where nobody asks for one (semantics 10.18, 10.37). */
const unseenData = (engine: Engine): Predicate =>
  anyOf(
    engine.stateless
      .anyhow(request)
      .map(({ survives, forwarded }) => and(survives, or(not(forwarded), midstream(engine)))),
  );

/** Under the flags of ordinary senders, whichever they take; or, where that is so, under any that get through. */
function tcpFlow(engine: Engine, moments: readonly Moment[], chosen: Predicate): Predicate {
  const { ordinarily, anyhow } = engine.stateless;
  const ordinary = tcpFlowBy(engine, moments, ordinarily);
  if (moments.every((at) => anyhow(at).every((way) => way === ordinarily(at)))) return ordinary;
  const others = moments.map((at): Moment => ({ ...at, chosen: true }));
  const ways = others.reduce<readonly (readonly Passage[])[]>(
    (before, at) => before.flatMap((way) => anyhow(at).map((passage) => [...way, passage])),
    [[]],
  );
  return or(
    ordinary,
    and(chosen, anyOf(ways.map((way) => tcpFlowBy(engine, others, (at) => way[others.indexOf(at)]!)))),
  );
}

/** A TCP flow, from its first packet on. */
function tcpFlowBy(engine: Engine, moments: readonly Moment[], passage: (at: Moment) => Passage): Predicate {
  const all = moments.map(passage);
  const whole = inOneRun(all);
  const inspected = moments.flatMap((at) =>
    at.data && at.toServer ? or(not(passage(at).forwarded), engine.inspection.allows) : [],
  );
  const [first] = all;
  const bare = first !== undefined && moments.every(({ request: asks }) => !asks);
  return and(
    ...new Set(all.map(({ survives }) => survives)),
    bare ? or(not(first.forwarded), engine.inspection.handshakes) : yes,
    or(and(whole, ...inspected), and(not(whole), midstream(engine))),
    engineLets(engine, moments, passage),
  );
}

/** No packet that the engine sees comes after one that it does not see (semantics 10.17). */
const inOneRun = (all: readonly Passage[]): Predicate =>
  and(
    ...all.flatMap(({ forwarded, torn = no }, i) => {
      const before = all[i - 1]?.forwarded;
      const follows = before === undefined || before === forwarded ? yes : or(before, not(forwarded));
      return [not(torn), follows];
    }),
  );

/** What becomes of packets of flows whose start the engine has not seen (semantics 10.37). */
const midstream = ({ plane, firewall, policy }: Engine): Predicate =>
  policy.stateful.streamException === 'CONTINUE' ? open(plane, continues(firewall.id)) : no;

/** One TCP packet: the first of a flow, or one of a flow that was set up here, or that nobody knows of. */
function tcpPacket(engine: Engine): Predicate {
  const opens = isIn('flags', opening);
  const { survives, forwarded } = engine.stateless.ordinarily(laterPacket);
  const known = tcpFlow(engine, [...handshake, laterPacket], fact(engine.plane, '10.16'));
  const later = and(survives, or(not(forwarded), midstream(engine), known));
  return or(and(opens, tcpFlow(engine, [syn], no)), and(not(opens), later));
}

/** A flow of another protocol: there is no handshake that the engine could have missed. */
function other(engine: Engine, moments: readonly Moment[]): Predicate {
  const passage = engine.stateless.ordinarily;
  return and(...new Set(moments.map((at) => passage(at).survives)), engineLets(engine, moments, passage));
}
