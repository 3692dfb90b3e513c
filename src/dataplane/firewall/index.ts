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
import { type Carrier, type Plane, once, open } from '../plane.ts';
import { type Predicate, and, equals, isIn, no, not, or } from '../predicate.ts';
import { entriesInOrder, statefulRules } from './entry.ts';
import { opening } from './flags.ts';
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
    const common = {
      plane,
      firewall,
      policy,
      family,
      payloads,
      entries: entriesInOrder(plane, firewall, policy, family),
      inspection: inspectionOf(plane, policy, payloads, family),
    };
    // Nothing but TCP carries what most rules ask for.
    const elsewhere = union(payloads.over(protocols.udp), payloads.app('none'));
    const entries = common.entries.filter((entry) => {
      const asked = entry.kind === 'rule' ? askedOf(payloads, entry.rule).of.set : undefined;
      return asked === undefined || overlaps(asked, elsewhere);
    });
    return {
      tcp: { ...common, tcp: true, found: new Map() },
      other: { ...common, entries, tcp: false, found: new Map() },
    };
  });

function overTcp(engine: Engine, mode: Mode): Predicate {
  if (mode === 'packet') return tcpPacket(engine);
  const flow = tcpFlow(engine, tcpMoments[mode]);
  return mode === 'client-data' ? or(flow, unseenData(engine)) : flow;
}

/** A hostile client sends data without a handshake where nobody asks for one (semantics 10.18, 10.37). */
function unseenData(engine: Engine): Predicate {
  const { survives, forwarded } = statelessOf(engine.plane, engine.policy, engine.family, true)(request);
  return and(survives, or(not(forwarded), midstream(engine)));
}

/** A TCP flow, from its first packet on. */
function tcpFlow(engine: Engine, moments: readonly Moment[]): Predicate {
  const passage = statelessOf(engine.plane, engine.policy, engine.family, true);
  const all = moments.map(passage);
  const whole = inOneRun(all);
  const inspected = moments.flatMap((at) =>
    at.data && at.toServer ? or(not(passage(at).forwarded), engine.inspection.allows) : [],
  );
  return and(
    ...new Set(all.map(({ survives }) => survives)),
    or(and(whole, ...inspected), and(not(whole), midstream(engine))),
    engineLets(engine, moments, passage),
  );
}

/** No packet that the engine sees comes after one that it does not see (semantics 10.17). */
const inOneRun = (all: readonly Passage[]): Predicate =>
  and(
    ...all.flatMap(({ forwarded }, i) => {
      const before = all[i - 1]?.forwarded;
      return before === undefined || before === forwarded ? [] : or(before, not(forwarded));
    }),
  );

/** What becomes of packets of flows whose start the engine has not seen (semantics 10.37). */
const midstream = ({ plane, firewall, policy }: Engine): Predicate =>
  policy.stateful.streamException === 'CONTINUE' ? open(plane, continues(firewall.id)) : no;

/** One TCP packet: the first of a flow, or one of a flow that was set up here, or that nobody knows of. */
function tcpPacket(engine: Engine): Predicate {
  const opens = isIn('flags', opening);
  const passage = statelessOf(engine.plane, engine.policy, engine.family, true);
  const { survives, forwarded } = passage(laterPacket);
  const later = and(survives, or(not(forwarded), midstream(engine), tcpFlow(engine, [...handshake, laterPacket])));
  return or(and(opens, tcpFlow(engine, [syn])), and(not(opens), later));
}

/** A flow of another protocol: there is no handshake that the engine could have missed. */
function other(engine: Engine, moments: readonly Moment[]): Predicate {
  const passage = statelessOf(engine.plane, engine.policy, engine.family, false);
  return and(...new Set(moments.map((at) => passage(at).survives)), engineLets(engine, moments, passage));
}
