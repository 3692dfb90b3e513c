/** The stateful engine: what it remembers of a flow, and what it does with the next packet (semantics 10C, 10.82). */
import facts from '../../../models/facts.json' with { type: 'json' };
import type { Payload } from '../../net/payload.ts';
import { protocols } from '../../net/protocol.ts';
import type { FirewallPolicy } from '../../network/firewall-policy.ts';
import { fact, passes } from '../../network/unknown.ts';
import type { Sides } from '../../network/replay.ts';
import type { Moment } from './conversation.ts';
import { defaultDrop } from './default-action.ts';
import type { Sight } from './keyword.ts';
import type { Line, Place, RuleList } from './rule-list.ts';
import { matchesRule } from './rule-match.ts';
import { isLookedAt, reachesFlow } from './rule-type.ts';
import type { Truth } from './truth.ts';

export interface Engine {
  readonly policy: FirewallPolicy;
  readonly rules: RuleList;
  readonly payload: Payload;
  readonly sides: Sides;
  /** See `Sight`. */
  readonly decrypted: boolean;
  /** What it did with the flow as a whole: from then on no rule is asked. */
  passedBy?: Decision;
  /** Set, or perhaps set; every other is not. */
  readonly bits: Map<string, 'yes' | 'unknown'>;
  /** It has seen a packet in this direction. */
  readonly seen: Set<Moment['direction']>;
}

type RuleLine = Extract<Line, { kind: 'rule' }>;

export interface Decision {
  readonly passes: boolean;
  /** What decided, as the subject of a sentence; absent where nothing had anything against the packet. */
  readonly by?: string;
  readonly place?: Place;
}

/** The first rule in order that is looked at, matches and decides; else the defaults. */
export function decide(engine: Engine, moment: Moment): Decision {
  engine.seen.add(moment.direction);
  if (engine.passedBy !== undefined) return engine.passedBy;
  const sight = sightOf(engine, moment);
  for (const [i, line] of engine.rules.lines.entries()) {
    const decision = decideBy(engine, line, sight);
    if (decision === undefined) continue;
    if (!decision.passes) return decision;
    const wins = line.kind === 'rule' ? winnerOver(engine, line, sight) : undefined;
    if (wins === undefined || reachesFlow(wins.type)) engine.passedBy = decision;
    // Whether the rules behind it still leave their bits is not agreed (10.31, 10.32).
    for (const behind of engine.rules.lines.slice(i + 1))
      if (behind.kind === 'rule' && behind.setsBits && isLookedAt(behind.type, moment))
        if (matchesRule(behind, sight) !== 'no') setBits(engine, behind, 'unknown');
    return decision;
  }
  const drop = defaultDrop(engine.policy, engine.sides, moment);
  return drop === undefined ? { passes: true } : { passes: false, by: `the default action ${drop}` };
}

/**
 * Of the passes of one rank that match, the first of each group could be the first of all; if these do not reach
 * equally far, 10.21 decides.
 */
function winnerOver(engine: Engine, line: RuleLine, sight: Sight): RuleLine {
  const rivals = engine.rules.lines.flatMap((other) =>
    other.kind === 'rule' && line.rank !== undefined && other.rank === line.rank ? [other] : [],
  );
  if (rivals.every(({ type, place }) => place.group === line.place.group || type === line.type)) return line;
  const firsts = new Map<string, RuleLine>();
  for (const other of rivals)
    if (!firsts.has(other.place.group) && hits(engine, other, sight)) firsts.set(other.place.group, other);
  const wanted = isFact(engine.sides, '10.21');
  return [...firsts.values()].find(({ type }) => reachesFlow(type) === wanted) ?? line;
}

function hits(engine: Engine, line: RuleLine, sight: Sight): boolean {
  if (!isLookedAt(line.type, sight.moment)) return false;
  const truth = matchesRule(line, sight);
  return truth === 'yes' || (truth === 'unknown' && taken(engine, line.key));
}

function decideBy(engine: Engine, line: Line, sight: Sight): Decision | undefined {
  const { place } = line;
  switch (line.kind) {
    case 'managed':
      if (taken(engine, passes(place.group))) return undefined;
      return { passes: false, by: `\`${place.name}\`, a managed group whose rules nobody may read,`, place };
    case 'unread':
      return {
        passes: taken(engine, passes(place.group)),
        by: `${unreadName(place)}, which is not understood,`,
        place,
      };
    case 'rule': {
      if (!isLookedAt(line.type, sight.moment)) return undefined;
      const truth = matchesRule(line, sight);
      setBits(engine, line, truth);
      const matched = truth === 'yes' || (truth === 'unknown' && taken(engine, line.key));
      if (!matched || line.action === 'alert') return undefined;
      const doubt = truth === 'unknown' ? ', which is taken to match,' : '';
      return { passes: line.action === 'pass', by: `rule ${nameOf(place)}${doubt}`, place };
    }
  }
}

const taken = ({ sides }: Engine, key: string): boolean => sides.get(key) === true;

const nameOf = ({ sid, line, name }: Place): string =>
  `${sid === undefined ? `line ${line}` : `sid ${sid}`} of \`${name}\``;

const unreadName = (place: Place): string => (place.line === undefined ? `\`${place.name}\`` : nameOf(place));

/** A rule that may have matched has set its bits, perhaps. */
function setBits({ bits }: Engine, line: RuleLine, truth: Truth): void {
  if (truth === 'no') return;
  for (const option of line.rule.options)
    if (option.kind === 'flowbits' && option.command === 'set')
      for (const name of option.names) if (bits.get(name) !== 'yes') bits.set(name, truth);
}

function sightOf(engine: Engine, moment: Moment): Sight {
  const { payload, decrypted, bits, rules } = engine;
  return {
    moment,
    payload,
    decrypted,
    ...stateOf(engine, moment),
    homeHoldsIpv6: isFact(engine.sides, '10.42'),
    bit: (name) => (rules.wavering.has(name) ? 'unknown' : (bits.get(name) ?? 'no')),
  };
}

function stateOf(engine: Engine, moment: Moment): Pick<Sight, 'established' | 'notEstablished'> {
  const { packet, established, request } = moment;
  // Only what TLS inspection takes apart can be kept back; whether rules for established connections match it is 10.69.
  const held = engine.policy.sessionHolding && engine.decrypted && packet.protocol === protocols.tcp && request;
  if (held && engine.payload.app === 'tls')
    return { established: isFact(engine.sides, '10.69') ? 'yes' : 'no', notEstablished: 'yes' };
  if (established === undefined) return { established: 'unknown', notEstablished: 'unknown' };
  // Protocols without a handshake are established with a packet each way that the engine has seen.
  const holds = established && (packet.protocol === protocols.tcp || engine.seen.size === 2);
  return holds ? { established: 'yes', notEstablished: 'no' } : { established: 'no', notEstablished: 'yes' };
}

/** A disputed fact: its declared side, or its default. */
export const isFact = (sides: Sides, number: keyof typeof facts): boolean =>
  sides.get(fact(number)) ?? facts[number].default === 'yes';
